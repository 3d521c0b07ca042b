"""The rules of feasts, fasts and commemorations."""

from __future__ import annotations

import datetime as dt

from rasd.when import calendar as cal
from rasd.when.calendar import DAY
from rasd.when.dates import said_year, year_relation
from rasd.when.lexemes import Feast
from rasd.when.scene import Found, Meaning, actions, unknown


def feast(m: Found) -> Meaning | None:
    """``عيد الفطر``, ``عيد الأضحى المقبل``, ``عيد العمال عام 2010``: the nearest where no year is said."""
    index = m.value("feast")
    if index is None:
        return None
    feasts = m.scene.lexemes.packed.feasts
    entry = feasts[index]
    entries = [other for other in feasts if other.name in entry.any_of] or [entry]
    dates = _dates(m, entries)
    if dates is None:
        return unknown("day") if entry.within is None else None
    today = m.scene.today
    if today is None:
        date = min(dates, default=None)
    else:
        date = min(dates, key=lambda d: abs((d - today).days), default=None)
        if date is not None and entry.within is not None and abs((date - today).days) > entry.within:
            return None
    return Meaning("day", "DATE", date.isoformat(), date, date) if date is not None else unknown("day")


def _dates(m: Found, entries: list[Feast]) -> list[dt.date] | None:
    """The days that can be meant; None where no year is known."""
    number, step, today = said_year(m), year_relation(m), m.scene.today
    relation = m.value("rel") if m.has("rel") and not m.has("yd") else None
    if number is None and step is not None and today is not None:
        number = today.year + step
    if number is None and today is None:
        return None
    years = [number] if number is not None else [today.year + step for step in (-1, 0, 1)] if today else []
    dates = [date for entry in entries for year in years if (date := feast_date(entry, year)) is not None]
    if number is not None or today is None:
        return dates
    if relation is None and m.tense == 1:
        relation = 1  # by سـ or "it is planned"
    if relation:
        return [date for date in dates if (date < today if relation < 0 else date > today)]
    return dates


def feast_date(entry: Feast, year: int) -> dt.date | None:
    """The day of a feast in a Gregorian year."""
    if entry.hijri:
        first = cal.hijri_year_at(cal.make_date(year, 6, 30) or dt.date(year, 6, 30))
        for candidate in (first, (first or 0) - 1, (first or 0) + 1):
            date = cal.hijri_day(candidate or 0, entry.month, entry.day or 1)
            if date is not None and date.year == year:
                return date
        return None
    if not 1 <= year <= 9998:
        return None
    if entry.weekday is not None:
        if entry.last:
            end = cal.month_of(year, entry.month).end
            return end - ((end.isoweekday() - entry.weekday) % 7) * DAY
        begin = dt.date(year, entry.month, 1)
        return begin + ((entry.weekday - begin.isoweekday()) % 7 + 7 * ((entry.nth or 1) - 1)) * DAY
    return cal.make_date(year, entry.month, entry.day or 1)


ACTIONS = actions(feast)
