"""What the text forms share when they are written: tab-separated lines, cells without tabs and line breaks."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from rasd.chronicle import Side
from rasd.exchange.folding import Folded, fold
from rasd.exchange.tally import Tally
from rasd.exchange.told import Told, day_of, published

_BREAKS = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


class Out(Protocol):
    """Where bytes go: a file, or standard output."""

    def write(self, data: bytes, /) -> object: ...


def line(cells: Iterable[object]) -> bytes:
    """A tab-separated line; None is an empty cell, tabs and line breaks within cells are spaces."""
    return ("\t".join(cell(c) for c in cells) + "\n").encode("utf-8")


def cell(value: object) -> str:
    """A value as such a line holds it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    return _BREAKS.sub(" ", str(value))


def number(key: str) -> int:
    """A positive whole number of 63 bits that stands for an id: the same each time, hardly ever one of another's."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1


def event_day(told: Told, tally: Tally) -> dt.date | None:
    """The day on which a form that wants one puts an event: its first, else the day of the first report.

    What is lost by it is counted; None, counted as left out, where neither is known.
    """
    date = told.occurrence.date
    day = day_of(date)
    if day is not None:
        if date is not None and (date.end != date.begin or date.approximate):
            tally.lost["days only bounded (the first is written)"] += 1
        return day
    day = published(told)
    if day is None:
        tally.left_out["without a day"] += 1
    else:
        tally.lost["events without a day (that of the report is written)"] += 1
    return day


def folded(told: Told, tally: Tally) -> Folded | None:
    """The act in a form without a status; None, counted by status, where it has no place there."""
    occurrence = told.occurrence
    found = fold(occurrence.type, occurrence.mode, occurrence.status, occurrence.contexts)
    if found is None:
        tally.left_out[f"{occurrence.status} acts"] += 1
    return found


def dyads(told: Told) -> Iterator[tuple[Side | None, Side | None]]:
    """An event as forms of pairs have it: each actor with each recipient; those who act together, with each other.

    An event of one side that nobody is on, or of one actor alone, is one row with what there is.
    """
    acting, receiving = told.occurrence.actors, told.occurrence.recipients
    if acting and receiving:
        yield from ((a, r) for a in acting for r in receiving)
    elif len(acting) > 1:
        yield from ((a, b) for i, a in enumerate(acting) for j, b in enumerate(acting) if i != j)
    else:
        yield (acting[0] if acting else None), (receiving[0] if receiving else None)
