"""A month of events: what each of its days has, and what goes on for longer."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from rasd.store.events import DayTally

# What lasts, or is known, no better than so many days stands on no single one.
_LONGEST = 7
# Weeks begin on Sunday, as in most Arab countries.
FIRST_WEEKDAY = calendar.SUNDAY


@dataclass(slots=True)
class Day:
    """A day of the month (``inside``) or of a week that it shares: events by kind, of those the ones still to come."""

    date: dt.date
    inside: bool
    hijri: tuple[int, int, int] | None = None
    cooperation: int = 0
    conflict: int = 0
    planned: int = 0

    @property
    def events(self) -> int:
        return self.cooperation + self.conflict


@dataclass(slots=True)
class Month:
    """The weeks of a month; ``longer`` counts events that are known to no better than some days of it."""

    first: dt.date
    weeks: list[list[Day]] = field(default_factory=list[list[Day]])
    longer: int = 0

    @property
    def last(self) -> dt.date:
        return next_month(self.first) - dt.timedelta(days=1)

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week]

    @property
    def most(self) -> int:
        """The most events of a day."""
        return max((day.events for day in self.days), default=0)


def month(first: dt.date, tallies: Iterable[DayTally]) -> Month:
    """The month that begins on ``first``, with the events that these tallies count."""
    weeks = calendar.Calendar(FIRST_WEEKDAY).monthdatescalendar(first.year, first.month)
    made = Month(first, [[Day(d, d.month == first.month, hijri(d)) for d in week] for week in weeks])
    days = {day.date: day for day in made.days}
    for tally in tallies:
        begin, end = _bounds(tally)
        if begin is None or end is None or (end - begin).days >= _LONGEST:
            made.longer += tally.events
            continue
        for n in range((end - begin).days + 1):
            day = days.get(begin + dt.timedelta(days=n))
            if day is None:
                continue
            if tally.quad.endswith("conflict"):
                day.conflict += tally.events
            else:
                day.cooperation += tally.events
            day.planned += tally.events if tally.status in ("planned", "possible") else 0
    return made


def next_month(first: dt.date) -> dt.date:
    """The first day of the month after; the same at the end of all days."""
    if first.year == dt.MAXYEAR and first.month == 12:
        return first
    return dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)


def month_before(first: dt.date) -> dt.date:
    """The first day of the month before; the same at the beginning of all days."""
    if first.year == dt.MINYEAR and first.month == 1:
        return first
    return dt.date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)


def hijri(day: dt.date) -> tuple[int, int, int] | None:
    """Year, month and day of the calendar of Umm al-Qura; None of a day that it does not reach."""
    from hijridate import Gregorian

    try:
        return Gregorian(day.year, day.month, day.day).to_hijri().datetuple()
    except (OverflowError, ValueError):
        return None


def _bounds(tally: DayTally) -> tuple[dt.date | None, dt.date | None]:
    try:
        return dt.date.fromisoformat(tally.first), dt.date.fromisoformat(tally.last)
    except (TypeError, ValueError):
        return None, None
