"""The agenda: what is due, what should have happened by now, what was called off.

Nothing here asks the clock: ``as_of`` is a day that the caller names, or the latest day read (`latest_day`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from rasd.chronicle import Occurrence
from rasd.relations.days import bounds, first_day
from rasd.relations.lines import Line, day_told

Outcome = Literal["kept", "under-way", "called-off", "due", "passed", "undated", "given"]

# News of something that goes on holds for so long.
_STILL = dt.timedelta(days=7)
_HAPPENED = {"occurred": "kept", "ongoing": "under-way", "denied": "called-off"}


@dataclass(slots=True)
class Agenda:
    """What lies ahead of ``as_of``. ``due`` is in order of its days, ``undated`` was announced without a day,
    ``overdue`` is past its day with no report that it happened, ``cancelled`` was planned and is now denied."""

    as_of: dt.date | None
    due: list[Line] = field(default_factory=list[Line])
    undated: list[Line] = field(default_factory=list[Line])
    under_way: list[Line] = field(default_factory=list[Line])
    overdue: list[Line] = field(default_factory=list[Line])
    cancelled: list[Line] = field(default_factory=list[Line])

    @property
    def empty(self) -> bool:
        return not (self.due or self.undated or self.under_way or self.overdue or self.cancelled)


def latest_day(articles_by_day: Mapping[dt.date, int]) -> dt.date | None:
    """The last day of which an article was read."""
    return max((day for day, count in articles_by_day.items() if count), default=None)


def agenda(lines: Iterable[Line], as_of: dt.date | None, days: int | None = None) -> Agenda:
    """The agenda of ``as_of``; with ``days`` only so many days ahead, and as many back.

    Without a day (nothing read is dated) everything planned with a date counts as due. Uncertain readings are left
    out: nobody should wait for them.
    """
    made = Agenda(as_of)
    for item in lines:
        state = outcome(item, as_of)
        if state == "kept" or not item.sure or not _near(item, state, as_of, days):
            continue
        if state == "under-way" and not _going_on(item, as_of):
            continue
        if state == "called-off":
            if was_planned(item):
                made.cancelled.append(item)
        elif state in ("due", "passed", "undated", "under-way"):
            _list(made, state).append(item)
    made.overdue.reverse()
    return made


def outcome(item: Line, as_of: dt.date | None) -> Outcome | None:
    """What became of something planned by ``as_of``; None for what was only possible."""
    status = item.occurrence.status
    if status in _HAPPENED:
        return _HAPPENED[status]  # type: ignore[return-value]
    if status != "planned":
        return None
    if item.end is None:
        return "undated"
    return "passed" if as_of is not None and item.end < as_of else "due"


def was_planned(item: Line) -> bool:
    """Whether some report told it as planned."""
    return item.occurrence.status == "planned" or any(c.status == "planned" for c in item.occurrence.course)


def may_be_near(occurrence: Occurrence, as_of: dt.date | None, days: int | None) -> bool:
    """Whether an occurrence can be in an agenda of so many days, by its own dates and those of its tellings."""
    if as_of is None or days is None:
        return True
    known = bounds(occurrence.date)
    reach = dt.timedelta(days=days)
    if known is not None and known[0] <= as_of + reach and known[1] >= as_of - reach:
        return True
    told = (first_day(change.on) for change in occurrence.course)
    return any(day is None or abs(day - as_of) <= reach for day in told)


def _list(made: Agenda, state: str) -> list[Line]:
    lists = {"due": made.due, "passed": made.overdue, "undated": made.undated, "under-way": made.under_way}
    return lists[state]


def _going_on(item: Line, as_of: dt.date | None) -> bool:
    """Whether what was told as under way can still be: told, and not over, within a week."""
    told = day_told(item)
    if as_of is None:
        return True
    since = as_of - _STILL
    return (told is None or told >= since) and (item.end is None or item.end >= since)


def _near(item: Line, state: str | None, as_of: dt.date | None, days: int | None) -> bool:
    if state is None or as_of is None or days is None:
        return True
    reach = dt.timedelta(days=days)
    day = item.begin if state == "due" else item.end if state == "passed" else day_told(item)
    return day is None or abs(day - as_of) <= reach or (state == "due" and day <= as_of)
