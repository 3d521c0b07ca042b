"""Calendar time in Arabic: expressions found and valued, articles dated by what they say."""

from rasd.when.dating import date_article
from rasd.when.reader import SECTIONS, TimeReader, find, found_times
from rasd.when.timex3 import timex3

__all__ = ["SECTIONS", "TimeReader", "date_article", "find", "found_times", "timex3"]
