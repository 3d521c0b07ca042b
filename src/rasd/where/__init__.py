"""Places: finding names, choosing which place is meant, where it lies."""

from rasd.where.answer import PlaceAnswer
from rasd.where.gazetteer import PLACES, Place
from rasd.where.reader import PlaceReader
from rasd.where.surroundings import GRAMMAR

SECTIONS = (PLACES, GRAMMAR)

__all__ = ["SECTIONS", "Place", "PlaceAnswer", "PlaceReader"]
