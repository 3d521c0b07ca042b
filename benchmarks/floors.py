"""Floors under measured figures: read, held against, raised, and lowered only on purpose.

``quality.toml`` holds a table a figure::

    ["articles: typed F1"]
    floor = 0.683            # the figure may not be less
    best = 0.683             # the highest floor that it ever had
    date = 2026-11-25        # of the last change
    reason = "first pinned"

and a table ``data`` with the hash of each collection that the floors were pinned on. A floor
under its ``best`` must have been lowered by `lower`, which asks for a reason; a file where
somebody lowered it by hand, leaving ``best``, is refused when it is read.
"""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

import tomlkit

DIGITS = 3
HEADER = (
    "The least that each figure of benchmarks/quality.py may be. Written by its --pin and --lower;",
    "a floor under its best says why in `reason`.",
)
_LOWERED = "lowered: "


class FloorError(Exception):
    """The file of floors, or what is asked of it, is not right; the message says what."""


@dataclass(frozen=True)
class Floor:
    """The least that a figure may be, the best that this ever was, and when and why it last changed."""

    floor: float
    best: float
    date: dt.date
    reason: str


@dataclass(frozen=True)
class Floors:
    """All floors by the name of their figure, and the hashes of the data by collection."""

    figures: dict[str, Floor]
    data: dict[str, str]


@dataclass(frozen=True)
class Finding:
    """A figure held against its floor. ``floor`` is None for a figure that has none yet."""

    name: str
    value: float
    floor: float | None

    @property
    def fell(self) -> bool:
        return self.floor is not None and rounded(self.value) < self.floor

    @property
    def rose(self) -> bool:
        return self.floor is not None and rounded(self.value) > self.floor


def rounded(value: float) -> float:
    """A figure as it is pinned: cut, not rounded, so that a floor never stands above its figure."""
    scale = 10**DIGITS
    return math.floor(value * scale + 1e-9) / scale


def load(path: Path) -> Floors:
    """The floors in a file; none where there is no file.

    Raises `FloorError` where the file is not TOML, an entry lacks a field or has a wrong one,
    or a floor stands under its best without having been lowered by `lower`.
    """
    if not path.exists():
        return Floors({}, {})
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FloorError(f"{path.name}: not TOML: {error}") from error
    data = {str(k): str(v) for k, v in tables.pop("data", {}).items()}
    return Floors({name: _floor(path.name, name, table) for name, table in tables.items()}, data)


def _floor(file: str, name: str, table: object) -> Floor:
    wanted = {"floor": (int, float), "best": (int, float), "date": dt.date, "reason": str}
    if not isinstance(table, dict) or set(table) != set(wanted):
        raise FloorError(f"{file}: [{name}] must have {', '.join(wanted)} and nothing else")
    for key, kind in wanted.items():
        if not isinstance(table[key], kind) or isinstance(table[key], bool):
            raise FloorError(f"{file}: [{name}] {key}: {table[key]!r} is of the wrong kind")
    found = Floor(float(table["floor"]), float(table["best"]), table["date"], table["reason"])
    if found.floor < found.best and not found.reason.startswith(_LOWERED):
        raise FloorError(f"{file}: [{name}] was lowered from {found.best} by hand: use --lower and say why")
    if found.floor > found.best or not found.reason.strip():
        raise FloorError(f"{file}: [{name}] has a floor above its best, or no reason")
    return found


def save(path: Path, floors: Floors) -> None:
    """Write floors to a file, in the order of their names' first words as given."""
    document = tomlkit.document()
    for line in HEADER:
        document.add(tomlkit.comment(line))
    data = tomlkit.table()
    for name, value in sorted(floors.data.items()):
        data.add(name, value)
    document.add("data", data)
    for name, entry in floors.figures.items():
        table = tomlkit.table()
        for key in ("floor", "best", "date", "reason"):
            table.add(key, getattr(entry, key))
        document.add(name, table)
    path.write_text(tomlkit.dumps(document), encoding="utf-8")


def compare(floors: Floors, measured: dict[str, float]) -> list[Finding]:
    """Each measured figure beside its floor, in the order measured."""
    return [
        Finding(name, value, floors.figures[name].floor if name in floors.figures else None)
        for name, value in measured.items()
    ]


def pin(floors: Floors, measured: dict[str, float], data: dict[str, str], reason: str, date: dt.date) -> Floors:
    """Floors raised to the figures measured; none is lowered. New figures get a floor."""
    figures = dict(floors.figures)
    for finding in compare(floors, measured):
        if finding.floor is None or finding.rose:
            value = rounded(finding.value)
            old = figures.get(finding.name)
            best = max(value, old.best) if old else value
            why = f"{_LOWERED}{reason}" if value < best else reason
            figures[finding.name] = Floor(value, best, date, why)
    return Floors(figures, {**floors.data, **data})


def lower(floors: Floors, name: str, measured: dict[str, float], reason: str, date: dt.date) -> Floors:
    """The floors with one of them lowered to its figure.

    Raises `FloorError` where there is no such floor or figure, no reason, or nothing to lower.
    """
    old = floors.figures.get(name)
    if old is None or name not in measured:
        raise FloorError(f"no floor or figure named {name!r}")
    if not reason.strip():
        raise FloorError("a floor is lowered only with a reason (--reason)")
    value = rounded(measured[name])
    if value >= old.floor:
        raise FloorError(f"{name}: {value} is not under the floor of {old.floor}: nothing to lower")
    return replace(
        floors, figures={**floors.figures, name: Floor(value, old.best, date, f"{_LOWERED}{reason.strip()}")}
    )
