"""Make ``src/rasd/data/desk/outlines.txt.gz``, the outlines of countries that the desk's map is drawn with.

They are Natural Earth's (https://www.naturalearthdata.com, in the public domain), scale 1:50m, which the npm package
``world-atlas`` hands on as TopoJSON. Run once when there is a new edition::

    npm pack world-atlas && tar xzf world-atlas-*.tgz && python scripts/build_outlines.py package/countries-50m.json

Each point of a border is kept with how coarse a map may be that still shows it (Douglas and Peucker's measure), so that
a map of the world takes few points and a map of the Gulf many, out of one file.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import sys
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "src/rasd/data"
# A point belongs to the first level whose tolerance, in degrees, it is farther from the line without it.
TOLERANCES = (0.5, 0.2, 0.08, 0.03)
# Parts of the world that ISO 3166 gives no number of their own; what is not here is drawn without a code.
UNNUMBERED = {"Kosovo": "XKX"}
HEADER = """\
# Outlines of countries and territories, to draw maps with.
# Origin: Natural Earth (https://www.naturalearthdata.com), 1:50m cultural vectors, admin 0 countries, edition 4.1;
# in the public domain. By way of the npm package world-atlas (ISC licence). Simplified by scripts/build_outlines.py.
# Borders are drawn as Natural Earth does, by who governs in fact. Rasd takes no side in any dispute by them.
# Gaps: Antarctica is left out; islets under some kilometres are.
# A line of A is a piece of border, numbered from 0: the level of each point (0: shown on every map, 3: on close ones),
# then longitude and latitude in hundredths of a degree, the first point in full, the others as steps from the last.
# A line of C is a country: its code and its rings, each the numbers of its pieces (n~ runs backwards).
"""


def main(source: Path) -> None:
    topology = json.loads(source.read_text("utf-8"))
    codes = _codes()
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    kept = [_leveled(arc) for arc in arcs]
    countries: list[tuple[str, list[list[int]]]] = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        if name == "Antarctica" or "arcs" not in geometry:
            continue
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        rings = [ring for polygon in polygons for ring in polygon if _large(ring, kept)]
        if rings:
            countries.append((codes.get(geometry.get("id", ""), UNNUMBERED.get(name, "-")), rings))
    _write(countries, kept)


def _codes() -> dict[str, str]:
    """The three letters of countries by the number of ISO 3166."""
    lines = (DATA / "exchange/countries.tsv").read_text("utf-8").splitlines()
    rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return {row[2]: row[0].partition("|")[0] for row in rows if len(row) > 2 and row[2].isdigit()}


def _decoded(arc: list[list[int]], transform: dict[str, Any]) -> list[tuple[float, float]]:
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    found: list[tuple[float, float]] = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        found.append((round(x * sx + tx, 2), round(y * sy + ty, 2)))
    return found


def _leveled(arc: list[tuple[float, float]]) -> list[tuple[float, float, int]]:
    """The points of a piece that some map shows, each with its level."""
    weight = [0.0] * len(arc)
    weight[0] = weight[-1] = math.inf
    waiting = [(0, len(arc) - 1, math.inf)]
    while waiting:
        first, last, bound = waiting.pop()
        if last - first < 2:
            continue
        far = max(range(first + 1, last), key=lambda i: _distance(arc[i], arc[first], arc[last]))
        weight[far] = min(bound, _distance(arc[far], arc[first], arc[last]))
        waiting += [(first, far, weight[far]), (far, last, weight[far])]
    levels = [next((n for n, t in enumerate(TOLERANCES) if w >= t), None) for w in weight]
    return [(x, y, level) for (x, y), level in zip(arc, levels, strict=True) if level is not None]


def _distance(point: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    """How far a point lies from a stretch of border, in degrees of latitude."""
    narrow = math.cos(math.radians(point[1]))
    px, py = (point[0] - a[0]) * narrow, point[1] - a[1]
    bx, by = (b[0] - a[0]) * narrow, b[1] - a[1]
    length = bx * bx + by * by
    along = max(0.0, min(1.0, (px * bx + py * by) / length)) if length else 0.0
    return math.hypot(px - along * bx, py - along * by)


def _large(ring: list[int], kept: list[list[tuple[float, float, int]]]) -> bool:
    """Whether enough points are left of a ring to enclose anything."""
    return sum(len(kept[n if n >= 0 else ~n]) - 1 for n in ring) >= 3


def _write(countries: list[tuple[str, list[list[int]]]], kept: list[list[tuple[float, float, int]]]) -> None:
    used = sorted({n if n >= 0 else ~n for _, rings in countries for ring in rings for n in ring})
    number = {old: new for new, old in enumerate(used)}
    lines = [HEADER.rstrip("\n")]
    for old in used:
        points = [(round(x * 100), round(y * 100)) for x, y, _ in kept[old]]
        steps = [(x - a, y - b) for (x, y), (a, b) in zip(points, [(0, 0), *points], strict=False)]
        levels = "".join(str(level) for _, _, level in kept[old])
        lines.append(f"A {levels} {' '.join(f'{x},{y}' for x, y in steps)}")
    for code, rings in sorted(countries):
        said = [" ".join(f"{number[n]}" if n >= 0 else f"{number[~n]}~" for n in ring) for ring in rings]
        lines.append(f"C {code} {'; '.join(said)}")
    content = ("\n".join(lines) + "\n").encode("utf-8")
    target = DATA / "desk/outlines.txt.gz"
    target.write_bytes(gzip.compress(content, 9, mtime=0))
    print(f"{target}: {len(used)} pieces, {len(countries)} countries, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
