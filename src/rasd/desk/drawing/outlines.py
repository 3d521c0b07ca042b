"""The outlines of countries (``data/desk/outlines.txt.gz``): read once, drawn for any stretch of the world."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rasd.desk.drawing.view import View
from rasd.lexicon.files import OURS

Point = tuple[float, float]

FILE = "desk/outlines.txt.gz"
# Land is drawn a little past the edge of a view, so that no cut shows.
_MARGIN = 0.02


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of border: its points (longitude, latitude), and the level of map from which each is shown."""

    points: tuple[Point, ...]
    levels: tuple[int, ...]

    def at(self, level: int) -> list[Point]:
        """The points that a map of a level shows."""
        return [p for p, n in zip(self.points, self.levels, strict=True) if n <= level]


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its code (``-`` where it has none): its rings, each the numbers of its pieces (``~n`` backwards)."""

    code: str
    rings: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Outlines:
    """All pieces of border, and the countries that they enclose."""

    pieces: tuple[Piece, ...]
    countries: tuple[Country, ...]


@lru_cache(maxsize=1)
def outlines() -> Outlines:
    """The outlines that come with Rasd."""
    pieces: list[Piece] = []
    countries: list[Country] = []
    for line in gzip.decompress((OURS / FILE).read_bytes()).decode("utf-8").splitlines():
        if line.startswith("A "):
            _, levels, *steps = line.split(" ")
            pieces.append(Piece(tuple(_walked(steps)), tuple(map(int, levels))))
        elif line.startswith("C "):
            _, code, said = line.split(" ", 2)
            rings = [tuple(_number(n) for n in ring.split()) for ring in said.split(";")]
            countries.append(Country(code, tuple(rings)))
    return Outlines(tuple(pieces), tuple(countries))


@lru_cache(maxsize=32)
def land(view: View) -> tuple[tuple[str, str], ...]:
    """The countries that a view shows: code and path (the ``d`` of an SVG path), in the units of the view."""
    known = outlines()
    level = view.level
    # The same piece bounds two countries: each is thinned once.
    thinned: dict[int, list[Point]] = {}
    found: list[tuple[str, str]] = []
    for country in known.countries:
        parts: list[str] = []
        for ring in country.rings:
            points = _ring(known, thinned, ring, level)
            if len(points) > 3 and _meets(points, view):
                parts.append(_path(_clipped(points, view), view))
        drawn = "".join(parts)
        if drawn:
            found.append((country.code, drawn))
    return tuple(found)


def _walked(steps: Sequence[str]) -> Iterator[Point]:
    x = y = 0
    for step in steps:
        dx, _, dy = step.partition(",")
        x, y = x + int(dx), y + int(dy)
        yield x / 100, y / 100


def _number(text: str) -> int:
    return ~int(text[:-1]) if text.endswith("~") else int(text)


def _ring(known: Outlines, thinned: dict[int, list[Point]], ring: Sequence[int], level: int) -> list[Point]:
    points: list[Point] = []
    for number in ring:
        at = number if number >= 0 else ~number
        if at not in thinned:
            thinned[at] = known.pieces[at].at(level)
        piece = thinned[at] if number >= 0 else thinned[at][::-1]
        points.extend(piece[1:] if points else piece)
    return _unbroken(points)


def _unbroken(points: list[Point]) -> list[Point]:
    """A ring that crosses the 180th meridian goes on beyond it, and does not jump round the world."""
    if all(abs(a[0] - b[0]) < 180 for a, b in pairwise(points)):
        return points
    return [(x + 360 if x < 0 else x, y) for x, y in points]


def _meets(points: Sequence[Point], view: View) -> bool:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return not (max(xs) < view.west or min(xs) > view.east or max(ys) < view.south or min(ys) > view.north)


def _clipped(points: list[Point], view: View) -> list[Point]:
    """A ring cut along the edges of a view (Sutherland and Hodgman)."""
    wide, high = (view.east - view.west) * _MARGIN, (view.north - view.south) * _MARGIN
    for axis, bound, above in (
        (0, view.west - wide, True), (0, view.east + wide, False),
        (1, view.south - high, True), (1, view.north + high, False),
    ):  # fmt: skip
        points = _cut(points, axis, bound, above)
    return points


def _cut(points: list[Point], axis: int, bound: float, above: bool) -> list[Point]:
    kept: list[Point] = []
    for one, two in zip([points[-1], *points[:-1]] if points else [], points, strict=True):
        inside = (one[axis] >= bound) == above, (two[axis] >= bound) == above
        if inside[0] != inside[1]:
            share = (bound - one[axis]) / (two[axis] - one[axis])
            other = one[1 - axis] + share * (two[1 - axis] - one[1 - axis])
            kept.append((bound, other) if axis == 0 else (other, bound))
        if inside[1]:
            kept.append(two)
    return kept


def _path(points: Sequence[Point], view: View) -> str:
    placed = [view.at(*p) for p in points]
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in placed) + "Z" if len(placed) > 2 else ""
