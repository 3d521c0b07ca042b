"""Calendar arithmetic: days, weeks, months, seasons, Hijri dates, as TIMEX3 values and stretches."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

from hijridate import Gregorian, Hijri

DAY = dt.timedelta(days=1)
SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
# TIMEX3's letter for each unit, and whether it counts below a day.
UNITS = {
    "second": ("S", True), "minute": ("M", True), "hour": ("H", True), "day": ("D", False), "night": ("D", False),
    "week": ("W", False), "month": ("M", False), "year": ("Y", False), "decade": ("DE", False),
    "century": ("CE", False),
}  # fmt: skip


class Stretch(NamedTuple):
    """A value and the first and last day that it covers."""

    value: str
    begin: dt.date
    end: dt.date


def day_of(date: dt.date) -> Stretch:
    return Stretch(date.isoformat(), date, date)


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where there is none."""
    if not (1 <= year <= 9998 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return dt.date(year, month, day)


def month_of(year: int, month: int) -> Stretch:
    return Stretch(
        f"{year:04d}-{month:02d}", dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    )


def year_of(year: int) -> Stretch:
    return Stretch(f"{year:04d}", dt.date(year, 1, 1), dt.date(year, 12, 31))


def week_of(date: dt.date) -> Stretch:
    """The ISO week that a day is in."""
    iso = date.isocalendar()
    monday = date - (iso.weekday - 1) * DAY
    return Stretch(f"{iso.year:04d}-W{iso.week:02d}", monday, monday + 6 * DAY)


def weekend_of(date: dt.date) -> Stretch:
    week = week_of(date)
    return Stretch(week.value + "-WE", week.begin + 5 * DAY, week.end)


def decade_of(first: int) -> Stretch:
    return Stretch(f"{first // 10:03d}", dt.date(first, 1, 1), dt.date(first + 9, 12, 31))


def century_of(number: int) -> Stretch:
    """The n-th century: the 21st has the value ``20``."""
    first = (number - 1) * 100
    return Stretch(f"{number - 1:02d}", dt.date(max(1, first), 1, 1), dt.date(first + 99, 12, 31))


def season_of(year: int, season: str) -> Stretch:
    first, last = SEASONS[season]
    end_year = year + 1 if last < first else year
    return Stretch(f"{year:04d}-{season}", dt.date(year, first, 1), month_of(end_year, last).end)


def part_of_year(year: int, parts: int, nth: int) -> Stretch:
    """The n-th half (``H``) or quarter (``Q``) of a year."""
    months = 12 // parts
    first = (nth - 1) * months + 1
    letter = {2: "H", 4: "Q", 3: "T"}[parts]
    return Stretch(f"{year:04d}-{letter}{nth}", dt.date(year, first, 1), month_of(year, first + months - 1).end)


def add_months(date: dt.date, months: int) -> dt.date:
    """The same day so many months on, or the month's last."""
    index = date.year * 12 + date.month - 1 + months
    year = min(max(index // 12, 1), 9998)
    month = index % 12 + 1
    return dt.date(year, month, min(date.day, calendar.monthrange(year, month)[1]))


def shift(date: dt.date, unit: str, count: float) -> dt.date:
    """``date`` moved by so many units; kept within the years that Python knows."""
    if unit in ("month", "year", "decade", "century"):
        months = count * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit]
        return add_months(date, int(max(-120_000, min(120_000, months))))
    days = count * {"week": 7, "day": 1, "night": 1, "hour": 1 / 24, "minute": 1 / 1440, "second": 1 / 86400}[unit]
    ordinal = date.toordinal() + int(max(-3_700_000, min(3_700_000, days)))
    return dt.date.fromordinal(min(max(ordinal, 1), dt.date(9998, 12, 31).toordinal()))


def narrowed(stretch: Stretch, part: str | None) -> Stretch:
    """The first, middle or last third of a stretch (``START``, ``MID``, ``END``); the value stays."""
    if part is None:
        return stretch
    third = max(1, ((stretch.end - stretch.begin).days + 1) // 3)
    if part == "START":
        return stretch._replace(end=stretch.begin + third * DAY)
    if part == "END":
        return stretch._replace(begin=stretch.end - third * DAY)
    return stretch._replace(begin=stretch.begin + (third - 1) * DAY, end=stretch.end - (third - 1) * DAY)


def hijri_day(year: int, month: int, day: int) -> dt.date | None:
    """The Gregorian day of a Hijri date by the Umm al-Qura calendar (1343 to 1500)."""
    try:
        date = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return dt.date(date.year, date.month, date.day)


def hijri_month(year: int, month: int) -> Stretch | None:
    begin = hijri_day(year, month, 1)
    after = hijri_day(year + month // 12, month % 12 + 1, 1)
    if begin is None or after is None:
        return None
    return Stretch(begin.strftime("%Y-%m"), begin, after - DAY)


def hijri_year(year: int) -> Stretch | None:
    begin, after = hijri_day(year, 1, 1), hijri_day(year + 1, 1, 1)
    if begin is None or after is None:
        return None
    return Stretch(begin.strftime("%Y"), begin, after - DAY)


def hijri_year_at(date: dt.date) -> int | None:
    """The Hijri year that a day is in."""
    try:
        return Gregorian(date.year, date.month, date.day).to_hijri().year
    except (ValueError, OverflowError):
        return None


def duration_value(count: float | None, unit: str) -> str:
    """TIMEX3's duration: ``P3W``, ``PT1.5H``, ``PXY`` where the count is not said."""
    letter, below_day = UNITS[unit]
    number = "X" if count is None else str(int(count)) if count == int(count) else f"{count:g}"
    if count is not None and unit in ("decade", "century"):
        letter, factor = "Y", 10 if unit == "decade" else 100
        number = str(int(count * factor)) if count * factor == int(count * factor) else f"{count * factor:g}"
    return f"P{'T' if below_day else ''}{number}{letter}"


def stretch_value(begin: str, end: str, length: str) -> str:
    """The value of a stretch between two times: ``(2016-10-02,2016-10-07,P5D)``."""
    return f"({begin},{end},{length})"


def days_value(begin: dt.date, end: dt.date) -> str:
    """A stretch of days, its length the days from the first to the last."""
    return stretch_value(begin.isoformat(), end.isoformat(), f"P{(end - begin).days}D")
