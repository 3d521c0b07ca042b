"""Calendar time in Arabic: expressions found and valued, articles dated by what they say."""

from rasd.when.dating import ArticleDater
from rasd.when.reader import SECTIONS, TimeReader, find, found_times
from rasd.when.timex3 import timex3

__all__ = ["SECTIONS", "ArticleDater", "TimeReader", "find", "found_times", "timex3"]
