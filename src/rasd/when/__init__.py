"""Calendar time in Arabic: expressions found and valued, articles dated by what they say."""

from rasd.when.dating import date_article
from rasd.when.reader import SECTIONS, TimeReader, find

__all__ = ["SECTIONS", "TimeReader", "date_article", "find"]
