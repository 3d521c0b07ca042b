"""A point some way off another: "30 km north-east of Baghdad"."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin

EARTH_KM = 6371.0
KM_PER_MILE = 1.609344


def away(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point ``km`` from a point, in a direction given in degrees clockwise from north.

    >>> away(33.0, 44.0, 0, 111.2)
    (34.0, 44.0)
    """
    angle, start, turn = km / EARTH_KM, radians(lat), radians(bearing)
    end = asin(sin(start) * cos(angle) + cos(start) * sin(angle) * cos(turn))
    east = atan2(sin(turn) * sin(angle) * cos(start), cos(angle) - sin(start) * sin(end))
    return round(degrees(end), 3), round((lon + degrees(east) + 540) % 360 - 180, 3)


def between(first: float, second: float) -> float:
    """The bearing halfway between two points of the compass: north and west give 315.

    >>> between(0, 270), between(180, 90)
    (315.0, 135.0)
    """
    x = cos(radians(first)) + cos(radians(second))
    y = sin(radians(first)) + sin(radians(second))
    return round(degrees(atan2(y, x)) % 360, 1)
