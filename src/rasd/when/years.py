"""The rules of years, their parts, decades and centuries."""

from __future__ import annotations

import datetime as dt

from rasd.text.document import TimeClue
from rasd.when import calendar as cal
from rasd.when.calendar import DAY, Stretch
from rasd.when.dates import hijri_year_near, named_month, resolve_month, said_year, year_relation
from rasd.when.scene import Found, Meaning, actions, definite, of_stretch, unknown


def _year_meaning(m: Found, year: int) -> Meaning | None:
    part = m.text("mod")
    era = m.lex("era")
    if (era is not None and era.kind == "ERAH") or (era is None and 1380 <= year <= 1460):
        stretch = cal.hijri_year(year)
        if stretch is None:
            return None
        hijri = TimeClue("hijri-year", year, relation=m.value("rel") if m.has("rel") else None)
        return of_stretch("year", cal.narrowed(stretch, part), clue=hijri)
    if not 1 <= year <= 2199:
        return None
    clue = TimeClue("year", year, relation=m.value("rel") if m.has("rel") else None)
    return of_stretch("year", cal.narrowed(cal.year_of(year), part), clue=clue)


def year(m: Found) -> Meaning | None:
    number, unit = said_year(m), m.scene.found.get(m.first)
    if number is None or (unit is not None and unit.kind in ("UP", "U2D") and unit.value != "year"):
        return None
    return _year_meaning(m, number)


# Units and words after which four digits are an amount, not a year.
_COUNTED = {"NW", "U2", "UP", "MINUTE", "U1", "DAY", "MONW", "HOUR", "YRW", "TIMES", "F", "D", "INT"}


def year_bare(m: Found) -> Meaning | None:
    """``في 2013``: four digits that no noun follows."""
    number = m.value("year")
    after = m.after
    if number is None or (not 1900 <= number <= 2100 and not (m.has("mod") and number >= 1000)):
        return None
    if after is not None and after.kind in _COUNTED:
        return None
    if m.before is not None and m.before.kind == "AND" and not _after_year(m):
        return None
    if after is None and m.last < len(m.scene.tokens):
        token = m.scene.tokens[m.last]
        readings = token.form.readings
        noun = readings and readings[0].tag in ("N", "M", "J", "A", "U", "R")
        if token.kind == "word" and (noun or not readings) and not definite(token.key):
            return None
        if token.text in ("%", "٪", "$"):
            return None
    if m.before is not None and m.before.kind == "LP" and (after is None or after.kind != "RP"):
        return None
    return _year_meaning(m, number)


def _after_year(m: Found) -> bool:
    before = m.scene.found.get(m.first - 2)
    return before is not None and before.kind == "Y"


def year_words(m: Found) -> Meaning | None:
    """``في ألف وتسعمئة وستين``."""
    number = said_year(m)
    after = m.scene.tokens[m.last].kind if m.last < len(m.scene.tokens) else "punct"
    if number is None or not 1100 <= number <= 2100 or (after == "word" and m.after is None):
        return None
    return _year_meaning(m, number)


def year_range(m: Found) -> Meaning | None:
    """``2013-2015``, ``2014/15``."""
    first, second = m.value("y1"), m.value("y2")
    if first is None or second is None or not 1800 <= first <= 2150:
        return None
    if second < 100:
        second += first // 100 * 100
    if not first < second <= first + 200:
        return None
    before = m.before
    if before is not None and before.kind in ("SL", "DS"):
        return None
    begin, end = dt.date(first, 1, 1), dt.date(second, 12, 31)
    return Meaning(
        "range",
        "DATE",
        cal.stretch_value(begin.isoformat(), f"{second}-01-01", f"P{second - first}Y"),
        begin,
        end,
        clue=TimeClue("year", second),
    )


def _of_age(m: Found) -> bool:
    """``في العشرينات من عمره``."""
    word = m.scene.found.get(m.last + 1)
    return m.after is not None and m.after.kind == "OF" and word is not None and word.kind == "AGE"


def decade(m: Found) -> Meaning | None:
    """``الثمانينات``, ``تسعينات القرن الماضي``."""
    tens = m.value("decade")
    if tens is None or _of_age(m):
        return None
    century = 19
    if m.has("nth"):
        century = (m.nth("nth") or 20) - 1
    elif m.has("rel"):
        today = m.scene.today
        century = (today.year // 100 if today else 20) + (m.value("rel") or 0)
    if m.before is not None and m.before.kind == "IN" and m.scene.tokens[m.first].key.endswith("اته"):
        return None
    return of_stretch("decade", cal.narrowed(cal.decade_of(max(0, century) * 100 + tens), m.text("mod")))


def century(m: Found) -> Meaning | None:
    nth = m.nth("nth")
    if nth is None or not 1 <= nth <= 21:
        return None
    era = m.lex("era")
    if era is not None and era.kind == "ERAH":
        return _hijri_century(nth)
    return of_stretch("century", cal.narrowed(cal.century_of(nth), m.text("mod")))


def _hijri_century(nth: int) -> Meaning | None:
    return _hijri_years(nth * 100 - 99, nth * 100) if nth <= 15 else None


def _hijri_years(first: int, last: int) -> Meaning:
    """About which Gregorian years Hijri years span; the value is the century that they lie in most."""
    first, last = (round(year * 0.970224 + 621.58) for year in (first, last))
    value = cal.century_of((first + last) // 200 + 1).value
    return Meaning("century", "DATE", value, dt.date(first, 1, 1), dt.date(last, 12, 31), approximate=True)


def season(m: Found) -> Meaning | None:
    """``الصيف``, ``خريف 2014``, ``الشتاء المقبل``."""
    name = m.text("season") or ""
    number = said_year(m)
    if number is None and m.has("yy"):
        return None
    relation = m.value("rel") if m.has("rel") else None
    step = year_relation(m)
    if number is None and step is not None:
        if m.scene.today is None:
            return unknown("season")
        number = m.scene.today.year + step
    has_article = definite(m.scene.tokens[m.span("season")[0]].key) if m.span("season") else False  # pyright: ignore[reportOptionalSubscript]
    if number is not None:
        return of_stretch("season", cal.narrowed(cal.season_of(number, name), m.text("mod")))
    marked = m.before is not None and m.before.kind in ("IN", "SINCE", "DURING", "TO", "THIS", "AFTER", "BEFORE", "OF")
    if relation is None and not (has_article and (marked or name == "SU")) and not m.has("mod"):
        return None
    if not has_article:
        return None
    # The Arab Spring is no season.
    after = m.scene.tokens[m.last].key if m.last < len(m.scene.tokens) else ""
    if relation is None and after.startswith("ال") and name == "SP":
        return None
    today = m.scene.today
    if today is None:
        return unknown("season")
    current = min(range(today.year - 1, today.year + 2), key=lambda y: _distance(cal.season_of(y, name), today))
    if relation is not None and relation != 0:
        step = -1 if relation < 0 else 1
        years = range(today.year - 2, today.year + 3)
        side = [
            y
            for y in years
            if (cal.season_of(y, name).end < today if step < 0 else cal.season_of(y, name).begin > today)
        ]
        current = max(side) if step < 0 else min(side)
    return of_stretch("season", cal.narrowed(cal.season_of(current, name), m.text("mod")))


def _distance(stretch: Stretch, day: dt.date) -> int:
    if stretch.begin <= day <= stretch.end:
        return 0
    return min(abs((stretch.begin - day).days), abs((stretch.end - day).days))


def quarter(m: Found) -> Meaning | None:
    """``الربع الثالث من 2016``, ``النصف الأول من العام الجاري``, ``النصف الثاني من يوليو``."""
    minutes, nth = m.value("q"), m.value("nth")
    parts = {30: 2, 15: 4, 20: 3}.get(minutes or 0)
    if parts is None or nth is None:
        return None
    nth = parts if nth == -1 else nth
    if not 1 <= nth <= parts:
        return None
    today = m.scene.today
    month, number = m.value("mon"), said_year(m)
    if month is not None or m.has("md") or m.has("md2"):
        return _part_of_month(m, parts, nth, month, number)
    step = year_relation(m)
    if number is None and step is None and (parts != 4 or not definite(m.scene.tokens[m.first].key)):
        return None
    if number is None:
        if today is None:
            return unknown("quarter")
        number = today.year + (step or 0)
        # A bare quarter is the last that began.
        if step is None and cal.part_of_year(number, parts, nth).begin > today and m.tense <= 0:
            number -= 1
    return of_stretch("quarter", cal.part_of_year(number, parts, nth))


def _part_of_month(m: Found, parts: int, nth: int, month: int | None, number: int | None) -> Meaning | None:
    relation = m.value("rel") if m.has("rel") else None
    today = m.scene.today
    if month is None:
        if today is None:
            return unknown("month")
        first = cal.add_months(today.replace(day=1), relation or 0)
        number, month = first.year, first.month
    elif month > 100:
        number = number if number is not None else hijri_year_near(m, month - 100)
        stretch = cal.hijri_month(number, month - 100) if number is not None else None
        return _piece(stretch, parts, nth) if stretch is not None else unknown("month")
    elif number is None:
        number = resolve_month(m, month, None, relation)
    if number is None:
        return unknown("month")
    return _piece(cal.month_of(number, month), parts, nth)


def _piece(stretch: Stretch, parts: int, nth: int) -> Meaning:
    """The n-th of so many parts of a month; the value stays the month's."""
    days = (stretch.end - stretch.begin).days + 1
    first, last = (days * edge // parts for edge in (nth - 1, nth))
    return of_stretch("month", Stretch(stretch.value, stretch.begin + first * DAY, stretch.begin + (last - 1) * DAY))


def part_of_century(m: Found) -> Meaning | None:
    """``النصف الثاني من القرن الماضي``, ``العقد الأول من القرن الحالي``."""
    nth, today = m.value("nth"), m.scene.today
    if m.has("cn"):
        number = m.nth("cn")
    else:
        number = (today.year // 100 + 1 + (m.value("rel") or 0)) if today is not None else None
        if number is None:
            return unknown("century")
    parts = {30: 2, 15: 4, 20: 3}.get(m.value("q") or 0, 10)
    nth = parts if nth == -1 else nth
    if number is None or nth is None or not 1 <= number <= 21 or not 1 <= nth <= parts:
        return None
    begin = (number - 1) * 100
    if (era := m.lex("era")) is not None and era.kind == "ERAH":
        return _hijri_years(begin + 100 * (nth - 1) // parts + 1, begin + 100 * nth // parts)
    if parts == 10:
        return of_stretch("decade", cal.decade_of(begin + 10 * (nth - 1))) if begin else None
    first, last = (100 * edge // parts for edge in (nth - 1, nth))
    stretch = cal.century_of(number)
    return of_stretch(
        "century",
        Stretch(stretch.value, dt.date(max(1, begin + first), 1, 1), dt.date(begin + last - 1, 12, 31)),
    )


def millennium(m: Found) -> Meaning | None:
    """``مطلع الألفية الثالثة``."""
    nth = m.value("nth") or 3
    if not 1 <= nth <= 3:
        return None
    first = (nth - 1) * 1000
    stretch = Stretch(str(nth - 1), dt.date(max(1, first), 1, 1), dt.date(first + 999, 12, 31))
    return of_stretch("century", cal.narrowed(stretch, m.text("mod")))


def last_ten(m: Found) -> Meaning | None:
    """``العشر الأواخر من رمضان``: the last ten nights."""
    month = (named_month(m) or 0) - 100 if m.has("mon") else 9
    if not 1 <= month <= 12:
        return None
    year = said_year(m)
    year = year if year is not None else hijri_year_near(m, month)
    stretch = cal.hijri_month(year, month) if year is not None else None
    if stretch is None:
        return unknown("range")
    begin = stretch.begin + 20 * DAY
    return Meaning("range", "DATE", cal.days_value(begin, stretch.end), begin, stretch.end)


ACTIONS = actions(
    year, year_bare, year_words, year_range, decade, century, part_of_century, millennium, last_ten, season, quarter
)
