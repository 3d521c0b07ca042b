"""Every name in a text, nested: people, bodies, places and offices, listed or not."""

from rasd.names.lexemes import NAMES
from rasd.names.reader import Name, NameReader

SECTIONS = (NAMES,)

__all__ = ["SECTIONS", "Name", "NameReader"]
