"""A stretch of the world that a map shows, and where its places lie on the drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# The drawing, in its own units.
WIDTH, HEIGHT = 960.0, 540.0
# No view goes farther north or south, where nobody lives, nor is smaller than so many degrees.
_NORTH, _SOUTH = 83.0, -57.0
_LEAST = 7.0
# Air around the outermost places, as a share of the stretch.
_AIR = 0.14
# Of so many places on, those few that lie far from all others are left to the list (a share of events at each edge).
_FEW, _TAIL = 4, 0.07
# Degrees that the width shows, from which a map of level 0, 1, 2 is detailed enough.
_LEVELS = (170.0, 70.0, 28.0)


@dataclass(frozen=True, slots=True)
class View:
    """Bounds in degrees. Longitude and latitude are drawn evenly, their ratio true at the middle of the view."""

    west: float
    south: float
    east: float
    north: float

    @property
    def level(self) -> int:
        """How fine outlines have to be: 0 for the world, 3 for a few hundred kilometres."""
        return next((n for n, width in enumerate(_LEVELS) if self.east - self.west > width), len(_LEVELS))

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a place lies on the drawing."""
        x = (lon - self.west) / (self.east - self.west) * WIDTH
        y = (self.north - lat) / (self.north - self.south) * HEIGHT
        return x, y

    def holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north


WORLD = View(-169.0, _SOUTH, 190.0, _NORTH)


def fitted(places: Iterable[tuple[float, float, int]], *, every: bool = False) -> View:
    """The view of places given by longitude, latitude and number of events; of no place, the Arab countries.

    A few places far from the others would make the rest a blot: they are left outside unless ``every`` is wanted.
    """
    given = list(places)
    if not given:
        return _shaped(-18.0, 8.0, 62.0, 40.0)
    tail = 0.0 if every or len(given) < _FEW else _TAIL
    west, east = _bounds([(lon, n) for lon, _, n in given], tail)
    south, north = _bounds([(lat, n) for _, lat, n in given], tail)
    air_x, air_y = (east - west) * _AIR, (north - south) * _AIR
    return _shaped(west - air_x, south - air_y, east + air_x, north + air_y)


def _bounds(values: Sequence[tuple[float, int]], tail: float) -> tuple[float, float]:
    """The first and the last value, but for a share of the weight at each end."""
    ordered = sorted(values)
    total = sum(n for _, n in ordered)
    bounds: list[float] = []
    for side in (ordered, ordered[::-1]):
        left = total * tail
        for value, n in side:
            left -= n
            if left < 0 or (left == 0 and tail == 0):
                bounds.append(value)
                break
    return (bounds[0], bounds[1]) if len(bounds) == 2 and bounds[0] <= bounds[1] else (ordered[0][0], ordered[-1][0])


def _shaped(west: float, south: float, east: float, north: float) -> View:
    """Bounds widened to the shape of the drawing and to whole degrees, so that like views are one."""
    south, north = max(south, _SOUTH), min(north, _NORTH)
    middle = (south + north) / 2
    narrow = max(math.cos(math.radians(middle)), 0.3)
    tall = max(north - south, _LEAST * HEIGHT / WIDTH, (east - west) * narrow * HEIGHT / WIDTH)
    tall = min(math.ceil(tall), _NORTH - _SOUTH)
    wide = tall * WIDTH / HEIGHT / narrow
    if wide < east - west or wide >= WORLD.east - WORLD.west:
        return WORLD
    centre = round((west + east) / 2, 1)
    base = min(max(round(middle - tall / 2, 1), _SOUTH), _NORTH - tall)
    left = min(max(centre - wide / 2, WORLD.west), WORLD.east - wide)
    return View(round(left, 2), round(base, 2), round(left + wide, 2), round(base + tall, 2))
