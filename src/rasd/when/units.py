"""The rules of the last, this and the next of a unit of the calendar."""

from __future__ import annotations

import datetime as dt

from rasd.text.document import TimeClue
from rasd.when import calendar as cal
from rasd.when.calendar import DAY, Stretch
from rasd.when.dates import said_year, which_month
from rasd.when.scene import Found, Meaning, actions, of_stretch, unknown


def unit_relative(m: Found) -> Meaning | None:
    """``الأسبوع الماضي``, ``مطلع هذا العام``, ``نهاية الشهر``."""
    unit = m.text("unit")
    relation = (m.value("rel") or 0) if m.has("rel") else 0
    lexeme = m.lex("rel")
    if m.before is not None and m.before.kind == "GENERAL" and unit == "year" and not m.has("mod"):
        return None  # الأمين العام السابق
    if unit in ("season", "term"):
        value = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}[max(-1, min(1, relation))]
        return Meaning("ref", "DATE", value)
    if unit == "decade" and not m.has("rel") and not m.has("mod"):
        return unknown("decade")
    if lexeme is not None and lexeme.kind == "BEFOREADJ" and not m.scene.today:
        return unknown("unit")
    today = m.scene.today
    clue = TimeClue(f"{unit}-relative", relation=relation)
    if today is None:
        return unknown(unit or "unit", clue)
    stretch = _unit_at(today, unit or "", relation)
    if stretch is None:
        return None
    return of_stretch(unit or "unit", cal.narrowed(stretch, m.text("mod")), clue=clue)


def _unit_at(today: dt.date, unit: str, relation: int) -> Stretch | None:
    if unit == "week":
        return cal.week_of(cal.shift(today, "week", relation))
    if unit == "month":
        date = cal.add_months(today.replace(day=1), relation)
        return cal.month_of(date.year, date.month)
    if unit == "year":
        return cal.year_of(today.year + relation)
    if unit == "decade":
        return cal.decade_of(today.year // 10 * 10 + 10 * relation)
    if unit == "century":
        return cal.century_of(today.year // 100 + 1 + relation)
    return None


def unit_after(m: Found) -> Meaning | None:
    """``العام التالي``: after the one said before; with nothing said, after this one."""
    unit = m.unit()
    anchor, today = m.scene.anchor(), m.scene.today
    base = anchor.begin if anchor is not None else today if m.tense > 0 else None
    stretch = _unit_at(base, unit, 1) if base is not None else None
    if stretch is None:
        return unknown(unit)
    return of_stretch(unit, cal.narrowed(stretch, m.text("mod")))


def school_year(m: Found) -> Meaning | None:
    """``العام الدراسي المقبل``: when it begins and ends is each country's own."""
    return unknown("year")


def unit_rest(m: Found) -> Meaning | None:
    """``بقية الأسبوع``: from today to its end."""
    today, unit = m.scene.today, m.text("unit")
    if today is None:
        return unknown("unit")
    stretch = _unit_at(today, unit or "day", 0) or cal.day_of(today)
    return of_stretch("unit", stretch._replace(begin=today))


def unit_next(m: Found) -> Meaning | None:
    return Meaning("ref", "DATE", "FUTURE_REF")


def weekend(m: Found) -> Meaning | None:
    today = m.scene.today
    if today is None:
        return unknown("week")
    relation = (m.value("rel") or 0) if m.has("rel") else 0
    return of_stretch("week", cal.weekend_of(cal.shift(today, "week", relation)))


def _own_month(m: Found) -> tuple[int, int] | None:
    """The month of ``من الشهر الماضي``."""
    today = m.scene.today
    if today is None:
        return None
    first = cal.add_months(today.replace(day=1), (m.value("rel") or 0) if m.has("rel") else 0)
    return first.year, first.month


def week_of(m: Found) -> Meaning | None:
    """``الأسبوع الأول من أكتوبر``, ``الأسبوع الثالث من عام 2027``."""
    nth, month = m.value("nth"), m.value("mon")
    if nth is None or (month is not None and month > 100):
        return None
    if month is None and (number := said_year(m)) is not None:
        if not 1 <= nth <= 52:
            return None
        return of_stretch("week", cal.week_of(dt.date.fromisocalendar(number, nth, 1)))
    if m.unit() != "week":
        return None
    found = which_month(m) if month is not None or m.has("md") else _own_month(m)
    if found is None:
        return unknown("week")
    first = dt.date(*found, 1)
    if nth == -1:
        end = cal.month_of(first.year, first.month).end
        return of_stretch("week", cal.week_of(end))
    monday = cal.week_of(first + 6 * DAY).begin
    return of_stretch("week", cal.week_of(monday + 7 * (nth - 1) * DAY)) if 1 <= nth <= 5 else None


ACTIONS = actions(unit_relative, unit_after, school_year, unit_rest, unit_next, weekend, week_of)
