"""What pages ask in common: a power by what an address says, a day, events as lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from fastapi import HTTPException

from rasd.chronicle import Chronicle, Occurrence
from rasd.desk import links
from rasd.desk.desk import Desk
from rasd.relations.dyad import Party
from rasd.relations.lines import Line, line

# Days beyond these are in no news, and leave no room for the weeks before and behind that pages look at.
FIRST_DAY, LAST_DAY = dt.date(1000, 1, 1), dt.date(2999, 12, 31)


def party(desk: Desk, part: str) -> Party:
    """The power that a part of an address means. Raises `HTTPException` 404 where none is known."""
    found = desk.party(links.code_in(part)[:200])
    if found is None:
        raise HTTPException(404, "missing.power")
    return found


def day(text: str | None) -> dt.date | None:
    """The day of a query (``2016-10-10``), None for none. Raises `HTTPException` 422 on what is no day of news."""
    if not text:
        return None
    try:
        found = dt.date.fromisoformat(text.strip())
    except ValueError:
        raise HTTPException(422, "error.day") from None
    if not FIRST_DAY <= found <= LAST_DAY:
        raise HTTPException(422, "error.day")
    return found


def lines(chronicle: Chronicle, occurrences: Iterable[Occurrence]) -> list[Line]:
    """The lines of occurrences in the order given, with all their reports."""
    found = list(occurrences)
    reports = chronicle.reports([r for o in found for r in o.reports])
    return [line(o, reports) for o in found]
