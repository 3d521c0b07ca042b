"""Days that are only partly known: the first and the last day that a date can mean."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from rasd.record import EventDate

_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")


@lru_cache(maxsize=4096)
def first_day(text: str | None) -> dt.date | None:
    """The first day that ``2016``, ``2016-10`` or ``2016-10-10`` can mean; None for anything else."""
    parts = _parts(text)
    return None if parts is None else _date(parts[0], parts[1] or 1, parts[2] or 1)


@lru_cache(maxsize=4096)
def last_day(text: str | None) -> dt.date | None:
    """The last day that ``2016``, ``2016-10`` or ``2016-10-10`` can mean; None for anything else."""
    parts = _parts(text)
    if parts is None:
        return None
    year, month, day = parts
    if day:
        return _date(year, month, day)
    year, month = (year + 1, 1) if not month or month == 12 else (year, month + 1)
    after = _date(year, month, 1)
    return None if after is None else after - dt.timedelta(days=1)


def bounds(date: EventDate | None) -> tuple[dt.date, dt.date] | None:
    """The first and last day of an event's date; None where it is unknown or open at an end."""
    if date is None:
        return None
    first, last = first_day(date.begin or date.value), last_day(date.end or date.value)
    if first is None or last is None:
        return None
    return (first, last) if first <= last else (last, first)


def _parts(text: str | None) -> tuple[int, int, int] | None:
    match = _PARTIAL.match(text[:10]) if text else None
    return None if match is None else (int(match[1]), int(match[2] or 0), int(match[3] or 0))


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
