"""A power and those it deals with, as SVG: what binds them, and what parts them.

The power stands in the middle. The others stand around it, those of most cooperation at the top, those of most
conflict at the bottom. Cooperation is an even line, conflict a dashed one, both the thicker the more happened; so the
drawing can be read without colour. Where everything lies follows from the numbers alone: the same each time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

WIDTH, HEIGHT = 880.0, 540.0
_ACROSS, _DOWN = 255.0, 205.0
_SMALL, _LARGE, _CENTRE = 8.0, 22.0, 26.0
_THIN, _THICK = 1.4, 8.0
# Ties among the others: so many at most, and thinner.
_TIES = 24


@dataclass(frozen=True, slots=True)
class Node:
    """A power: its name, where it leads, and what happened between it and the one in the middle.

    ``relation`` is where what happened leads, ``says`` what is said of it at a touch.
    """

    code: str
    name: str
    href: str
    cooperation: int = 0
    conflict: int = 0
    relation: str = ""
    says: str = ""

    @property
    def events(self) -> int:
        return self.cooperation + self.conflict


@dataclass(frozen=True, slots=True)
class Tie:
    """What happened between two of the others."""

    first: str
    second: str
    cooperation: int
    conflict: int


def drawn_network(centre: Node, others: Sequence[Node], ties: Sequence[Tie], label: str) -> Markup:
    """The network of ``centre`` with ``others`` and what happened among these."""
    others = sorted(others, key=lambda n: (n.conflict / max(n.events, 1), -n.events, n.code))
    places = _placed(others)
    most = max((n.events for n in others), default=1)
    parts = [
        f'<svg class="network" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="group" aria-label="{escape(label)}" '
        f'xmlns="http://www.w3.org/2000/svg" direction="ltr" font-size="13">',
        '<g class="ties" aria-hidden="true">',
    ]
    among = [t for t in ties if t.first in places and t.second in places]
    among.sort(key=lambda t: (-t.cooperation - t.conflict, t.first, t.second))
    parts += [_tie(places[t.first], places[t.second], t, most) for t in among[:_TIES]]
    parts.append("</g>")
    middle = WIDTH / 2, HEIGHT / 2
    parts += [_bond(middle, places[n.code], n, most) for n in others]
    parts += [_node(n, *places[n.code], _radius(n.events, most)) for n in others]
    parts.append(_middle(centre, *middle))
    parts.append("</svg>")
    return Markup("".join(parts))


def _placed(others: Sequence[Node]) -> dict[str, tuple[float, float]]:
    """Where each stands: from the top down to those of most conflict, on either side by turns, no two alike high."""
    found: dict[str, tuple[float, float]] = {}
    for at, node in enumerate(others):
        height = (2 * at + 1) / len(others) - 1
        across = math.sqrt(1 - height * height) * (1 if at % 2 == 0 else -1)
        found[node.code] = WIDTH / 2 + _ACROSS * across, HEIGHT / 2 + _DOWN * height
    return found


def _radius(events: int, most: int) -> float:
    return _SMALL + (_LARGE - _SMALL) * math.sqrt(events / max(most, 1))


def _weight(events: int, most: int) -> float:
    return _THIN + (_THICK - _THIN) * math.sqrt(events / max(most, 1))


def _bond(one: tuple[float, float], two: tuple[float, float], node: Node, most: int) -> str:
    """What happened between the middle and another: a line of each kind, beside each other."""
    kinds = [(k, n) for k, n in (("up", node.cooperation), ("down", node.conflict)) if n]
    wide = [_weight(n, most) for _, n in kinds]
    length = math.hypot(two[0] - one[0], two[1] - one[1]) or 1.0
    across = -(two[1] - one[1]) / length, (two[0] - one[0]) / length
    lines: list[str] = []
    at = -(sum(wide) + 2 * (len(wide) - 1)) / 2
    for (kind, _), thick in zip(kinds, wide, strict=True):
        dx, dy = (across[0] * (at + thick / 2), across[1] * (at + thick / 2))
        lines.append(_line(kind, (one[0] + dx, one[1] + dy), (two[0] + dx, two[1] + dy), thick))
        at += thick + 2
    says = escape(node.says)
    return (
        f'<a class="bond" href="{escape(node.relation)}" aria-label="{says}"><title>{says}</title>{"".join(lines)}</a>'
    )


def _line(kind: str, one: tuple[float, float], two: tuple[float, float], thick: float) -> str:
    dashes = f' stroke-dasharray="{thick * 1.6 + 2:.1f} {thick + 2.5:.1f}"' if kind == "down" else ""
    ends = f'x1="{one[0]:.1f}" y1="{one[1]:.1f}" x2="{two[0]:.1f}" y2="{two[1]:.1f}"'
    return f'<line class="{kind}" {ends} stroke-width="{thick:.1f}"{dashes}/>'


def _tie(one: tuple[float, float], two: tuple[float, float], tie: Tie, most: int) -> str:
    """A curve that bends towards the middle, of the kind that prevails."""
    kind = "down" if tie.conflict > tie.cooperation else "up"
    bend = tuple((a + b) / 2 * 0.72 + m * 0.28 for a, b, m in zip(one, two, (WIDTH / 2, HEIGHT / 2), strict=True))
    thick = _weight(tie.cooperation + tie.conflict, most) * 0.45
    dashes = ' stroke-dasharray="5 4"' if kind == "down" else ""
    way = f"M{one[0]:.1f},{one[1]:.1f}Q{bend[0]:.1f},{bend[1]:.1f} {two[0]:.1f},{two[1]:.1f}"
    return f'<path class="{kind}" d="{way}" stroke-width="{min(thick, 4):.1f}"{dashes}/>'


def _node(node: Node, x: float, y: float, r: float) -> str:
    side = (x - WIDTH / 2) / _ACROSS
    if abs(side) < 0.35:
        upper = y < HEIGHT / 2
        anchor, tx, ty = "middle", x, (y - r - 20 if upper else y + r + 15)
    else:
        anchor, tx, ty = ("start", x + r + 5, y - 2) if side > 0 else ("end", x - r - 5, y - 2)
    numbers = " ".join(f"{sign}{n}" for sign, n in (("▲", node.cooperation), ("▼", node.conflict)) if n)
    place = f'x="{tx:.1f}" text-anchor="{anchor}"'
    return (
        f'<a class="node" href="{escape(node.href)}"><circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>'
        f'<text {place} y="{ty:.1f}">{escape(node.name)}</text>'
        f'<text class="count" {place} y="{ty + 14:.1f}" font-size="11">{numbers}</text></a>'
    )


def _middle(node: Node, x: float, y: float) -> str:
    inside = len(node.name) * 6.4 < 2 * _CENTRE
    at = f'class="inside" y="{y + 4:g}"' if inside else f'y="{y + _CENTRE + 16:g}"'
    text = f'<text x="{x:g}" {at} text-anchor="middle">{escape(node.name)}</text>'
    return f'<g class="middle"><circle cx="{x:g}" cy="{y:g}" r="{_CENTRE:g}"/>{text}</g>'
