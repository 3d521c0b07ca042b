"""What an event is in the few fields that gold has: taken from an event that was read, or from what a person writes."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from rasd.chronicle import Answer
from rasd.record import Event, EventDate

STATUSES = ("occurred", "ongoing", "planned", "possible", "denied")
# The fields of an answer that a person may put right, as pages and figures name them.
FIELDS = ("type", "mode", "actors", "recipients", "status", "date", "place", "source")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def answer_of(event: Event) -> Answer:
    """What Rasd answers of an event."""
    told = event.attribution[0] if event.attribution else None
    return Answer(
        type=event.type, mode=event.mode, status=event.status, actors=tuple(event.actor_codes),
        recipients=tuple(event.recipient_codes), date=date_said(event.date),
        place=(event.place.name.en or event.place.name.ar) if event.place is not None else None,
        source=(told.code or told.outlet or told.who) if told is not None else None,
    )  # fmt: skip


def changed(before: Answer, after: Answer) -> list[str]:
    """The fields in which two answers differ. In which order those on a side are named is of no account."""
    return [f for f in FIELDS if _plain(getattr(before, f)) != _plain(getattr(after, f))]


def _plain(value: str | tuple[str, ...] | None) -> object:
    return frozenset(value) if isinstance(value, tuple) else value


def date_said(date: EventDate | None) -> str | None:
    """A date as gold writes it: ``2016-10-10``, ``2016-10``, ``2016``, or ``A..B`` for a stretch."""
    if date is None:
        return None
    if date.value and bounds(date.value) is not None:
        return date.value
    begin, end = date.begin, date.end
    if not begin or not end or begin == end:
        return begin or end
    for whole in (begin[:4], begin[:7]):
        if (days := days_of(whole)) is not None and [d.isoformat() for d in days] == [begin, end]:
            return whole
    return f"{begin}..{end}"


def event_date(said: str | None) -> EventDate | None:
    """The date that `date_said` writes so. Raises ValueError where there is no such date."""
    if said is None:
        return None
    days = bounds(said)
    if days is None:
        raise ValueError(f"no date: {said[:40]} (2016-10-10, 2016-10, 2016, or 2016-10-10..2016-10-12)")
    return EventDate(said, days[0].isoformat(), days[1].isoformat(), None, None, False)


def bounds(said: str) -> tuple[dt.date, dt.date] | None:
    """The first and last day of what gold writes as a date; None where it is none."""
    first, stretch, last = said.partition("..")
    begin, end = days_of(first), days_of(last if stretch else first)
    if begin is None or end is None or begin[0] > end[1]:
        return None
    return begin[0], end[1]


def days_of(partial: str) -> tuple[dt.date, dt.date] | None:
    """The first and last day of ``2016-10-10``, ``2016-10`` or ``2016``; None where it is no such thing."""
    match = _PARTIAL.fullmatch(partial) if partial.isascii() else None
    if match is None:
        return None
    year, month, day = int(match[1]), match[2], match[3]
    try:
        first = dt.date(year, int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return first, first
    return first, dt.date(year, int(month or 12), calendar.monthrange(year, int(month or 12))[1])
