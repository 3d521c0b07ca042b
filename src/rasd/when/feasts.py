"""The rules of feasts, fasts and commemorations."""

from __future__ import annotations

import datetime as dt

from rasd.when import calendar as cal
from rasd.when.calendar import DAY
from rasd.when.dates import said_year, year_relation
from rasd.when.lexemes import Feast
from rasd.when.scene import Found, Meaning, actions, unknown


def feast(m: Found) -> Meaning | None:
    index = m.value("feast")
    if index is None:
        return None
    entry = m.scene.lexemes.packed.feasts[index]
    number = said_year(m)
    today = m.scene.today
    relation = m.value("rel") if m.has("rel") and not m.has("yd") else None
    step = year_relation(m)
    if number is None and step is not None and today is not None:
        number = today.year + step
    if number is not None:
        years = [number]
    elif today is None:
        return unknown("day")
    else:
        years = [today.year - 1, today.year, today.year + 1]
    dates = [date for value in years if (date := feast_date(entry, value)) is not None]
    if relation is not None and relation != 0 and today is not None:
        dates = [date for date in dates if (date < today if relation < 0 else date > today)]
    if not dates:
        return unknown("day")
    date = min(dates, key=lambda d: abs((d - today).days)) if today is not None else dates[0]
    return Meaning("day", "DATE", date.isoformat(), date, date)


def feast_date(entry: Feast, year: int) -> dt.date | None:
    """The day of a feast in a Gregorian year."""
    if entry.hijri:
        first = cal.hijri_year_at(cal.make_date(year, 6, 30) or dt.date(year, 6, 30))
        for candidate in (first, (first or 0) - 1, (first or 0) + 1):
            date = cal.hijri_day(candidate or 0, entry.month, entry.day or 1)
            if date is not None and date.year == year:
                return date
        return None
    if entry.weekday is not None:
        begin = dt.date(year, entry.month, 1)
        return begin + ((entry.weekday - begin.isoweekday()) % 7 + 7 * ((entry.nth or 1) - 1)) * DAY
    return cal.make_date(year, entry.month, entry.day or 1)


ACTIONS = actions(feast)
