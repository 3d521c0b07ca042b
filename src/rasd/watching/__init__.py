"""Feeds that are watched: asked again and again for what is new, which is read and kept."""

from rasd.watching.rounds import Watch, Watched
from rasd.watching.timing import interval

__all__ = ["Watch", "Watched", "interval"]
