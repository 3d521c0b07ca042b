"""A map of places as SVG: land, a mark for each place by how much happened there, names where there is room.

A mark is round where cooperation prevails and a square on its corner where conflict does; it is hollow where no more
is known than the country. So it can be read without colour. Nothing is mirrored in pages that run from right to left.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from rasd.desk.drawing.outlines import land
from rasd.desk.drawing.view import HEIGHT, WIDTH, View

# Radii of the smallest and the largest mark; how many marks get names; a letter's width and a line's height.
_SMALL, _LARGE = 3.5, 17.0
_NAMED = 16
_LETTER, _LINE = 6.6, 15.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a map: its name, what is said of it at a touch, where it leads, its events and those of conflict.

    ``vague``: it stands for a whole country.
    """

    name: str
    says: str
    href: str
    lon: float
    lat: float
    events: int
    conflict: int
    vague: bool = False


def drawn_map(marks: Sequence[Mark], view: View, label: str, *, here: frozenset[str] = frozenset()) -> Markup:
    """The map of a view with those marks that lie in it. ``here`` are codes of countries to be set off."""
    shown = sorted((m for m in marks if view.holds(m.lon, m.lat)), key=lambda m: (-m.events, m.name))
    most = shown[0].events if shown else 1
    parts = [
        f'<svg class="map" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="group" aria-label="{escape(label)}" '
        f'xmlns="http://www.w3.org/2000/svg" direction="ltr" font-size="13">',
        f'<rect class="sea" width="{WIDTH:g}" height="{HEIGHT:g}"/><g class="lands" fill-rule="evenodd">',
    ]
    parts += [f'<path class="land{" here" if code in here else ""}" d="{d}"/>' for code, d in land(view)]
    parts.append("</g>")
    placed = [(m, *view.at(m.lon, m.lat), _radius(m.events, most)) for m in shown]
    parts += [_drawn(*mark) for mark in placed]
    parts += _names(placed)
    parts.append("</svg>")
    return Markup("".join(parts))


def _radius(events: int, most: int) -> float:
    return _SMALL + (_LARGE - _SMALL) * math.sqrt(max(events - 1, 0) / max(most - 1, 1))


def _drawn(mark: Mark, x: float, y: float, r: float) -> str:
    bad = mark.conflict * 2 > mark.events
    kind = ("down" if bad else "up") + (" vague" if mark.vague else "")
    if bad:
        d = r * 1.15
        shape = f'<path d="M{x:.1f},{y - d:.1f}L{x + d:.1f},{y:.1f}L{x:.1f},{y + d:.1f}L{x - d:.1f},{y:.1f}Z"/>'
    else:
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>'
    says = escape(mark.says)
    return f'<a class="mark {kind}" href="{escape(mark.href)}" aria-label="{says}"><title>{says}</title>{shape}</a>'


def _names(placed: Sequence[tuple[Mark, float, float, float]]) -> list[str]:
    """Names beside the largest marks, each where it covers no other name and no large mark."""
    taken: list[tuple[float, float, float, float]] = [
        (x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8) for _, x, y, r in placed[: _NAMED * 2]
    ]
    parts: list[str] = []
    for mark, x, y, r in placed[: _NAMED * 3]:
        if len(parts) >= _NAMED:
            break
        wide = len(mark.name) * _LETTER
        for anchor, tx, ty in (
            ("start", x + r + 4, y + 4), ("end", x - r - 4, y + 4), ("middle", x, y - r - 5),
            ("middle", x, y + r + _LINE - 2),
        ):  # fmt: skip
            left = tx if anchor == "start" else tx - wide if anchor == "end" else tx - wide / 2
            box = (left, ty - _LINE + 4, left + wide, ty + 4)
            if box[0] < 2 or box[2] > WIDTH - 2 or box[1] < 2 or box[3] > HEIGHT - 2:
                continue
            if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
                continue
            taken.append(box)
            at = f'x="{tx:.1f}" y="{ty:.1f}" text-anchor="{anchor}"'
            parts.append(f'<text class="name" aria-hidden="true" {at}>{escape(mark.name)}</text>')
            break
    return parts
