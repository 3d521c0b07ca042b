"""The rules of weeks, years, seasons, decades, durations, sets, feasts and references."""

from __future__ import annotations

import datetime as dt

from rasd.text.document import TimeClue
from rasd.when import calendar as cal
from rasd.when.calendar import DAY, Stretch
from rasd.when.days import resolve_month, said_year, year_relation
from rasd.when.lexemes import Feast
from rasd.when.scene import Found, Meaning, of_stretch, unknown

# -- years


def _year_meaning(m: Found, year: int) -> Meaning | None:
    part = m.text("mod")
    era = m.lex("era")
    if (era is not None and era.kind == "ERAH") or (era is None and 1380 <= year <= 1460):
        stretch = cal.hijri_year(year)
        if stretch is None:
            return None
        return of_stretch("year", cal.narrowed(stretch, part))
    if not 1 <= year <= 2199:
        return None
    clue = TimeClue("year", year, relation=m.value("rel") if m.has("rel") else None)
    return of_stretch("year", cal.narrowed(cal.year_of(year), part), clue=clue)


def year(m: Found) -> Meaning | None:
    number = said_year(m)
    return _year_meaning(m, number) if number is not None else None


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
        if token.kind == "word" and (noun or not readings) and not _definite(token.key):
            return None
        if token.text in ("%", "٪", "$"):
            return None
    if m.before is not None and m.before.kind == "LP" and (after is None or after.kind != "RP"):
        return None
    return _year_meaning(m, number)


def _definite(key: str) -> bool:
    return key.startswith(("ال", "وال", "بال", "لل", "كال"))


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


# -- the last, this and the next of a unit


def unit_relative(m: Found) -> Meaning | None:
    """``الأسبوع الماضي``, ``مطلع هذا العام``, ``نهاية الشهر``."""
    unit = m.text("unit")
    relation = (m.value("rel") or 0) if m.has("rel") else 0
    lexeme = m.lex("rel")
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


def week_of(m: Found) -> Meaning | None:
    """``الأسبوع الأول من أكتوبر``, ``الأسبوع الثالث من عام 2027``."""
    nth, month = m.value("nth"), m.value("mon")
    if nth is None or (month is not None and month > 100):
        return None
    if month is None and (number := said_year(m)) is not None:
        if not 1 <= nth <= 52:
            return None
        return of_stretch("week", cal.week_of(dt.date.fromisocalendar(number, nth, 1)))
    today = m.scene.today
    if month is None:
        if today is None:
            return unknown("week")
        first = cal.add_months(today.replace(day=1), m.value("rel") or 0)
    else:
        number = said_year(m) or resolve_month(m, month, None, m.value("rel") if m.has("rel") else None)
        if number is None:
            return unknown("week")
        first = dt.date(number, month, 1)
    if nth == -1:
        end = cal.month_of(first.year, first.month).end
        return of_stretch("week", cal.week_of(end))
    monday = cal.week_of(first + 6 * DAY).begin
    return of_stretch("week", cal.week_of(monday + 7 * (nth - 1) * DAY)) if 1 <= nth <= 5 else None


def decade(m: Found) -> Meaning | None:
    """``الثمانينات``, ``تسعينات القرن الماضي``."""
    tens = m.value("decade")
    if tens is None:
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
    return of_stretch("century", cal.narrowed(cal.century_of(nth), m.text("mod")))


def season(m: Found) -> Meaning | None:
    """``الصيف``, ``خريف 2014``, ``الشتاء المقبل``."""
    name = m.text("season") or ""
    number = said_year(m)
    relation = m.value("rel") if m.has("rel") else None
    definite = _definite(m.scene.tokens[m.span("season")[0]].key) if m.span("season") else False  # pyright: ignore[reportOptionalSubscript]
    if number is not None:
        return of_stretch("season", cal.narrowed(cal.season_of(number, name), m.text("mod")))
    marked = m.before is not None and m.before.kind in ("IN", "SINCE", "DURING", "TO", "THIS", "AFTER", "BEFORE", "OF")
    if relation is None and not (definite and (marked or name == "SU")) and not m.has("mod"):
        return None
    if not definite:
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
    if number is None and step is None and (parts != 4 or not _definite(m.scene.tokens[m.first].key)):
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
        return None
    elif number is None:
        number = resolve_month(m, month, None, relation)
    if number is None:
        return unknown("month")
    stretch = cal.month_of(number, month)
    names = {2: ("START", "END"), 3: ("START", "MID", "END"), 4: ("START", "MID", "MID", "END")}[parts]
    return of_stretch("month", cal.narrowed(stretch, names[nth - 1]))


# -- durations


def _unit(m: Found, group: str = "unit") -> str:
    return m.text(group) or "day"


def _duration(m: Found, count: float | None, unit: str, relation: int | None, fuzzy: bool) -> Meaning:
    value = cal.duration_value(count, unit)
    today = m.scene.today
    begin = end = None
    if today is not None and relation:
        size = count if count is not None else 3
        if relation < 0:
            begin, end = cal.shift(today, unit, -size), today
        else:
            begin = today + DAY
            end = cal.shift(begin, unit, size)
    return Meaning("duration", "DURATION", value, begin, end, approximate=fuzzy)


def counted(m: Found) -> Meaning | None:
    """``ثلاثة أعوام ونصف``, ``60 يوما``, ``شهرين``, ``نحو عام``; after قبل a date."""
    if m.has("dual"):
        count, unit = 2.0, _unit(m, "dual")
    elif m.has("part_of"):
        count, unit = (m.value("part_of") or 0) / 60, _unit(m)
        if _definite(m.scene.tokens[m.span("part_of")[0]].key):  # pyright: ignore[reportOptionalSubscript]
            return None
    elif m.has("n"):
        lexeme = m.lex("n")
        number = m.number("n")
        if number is None and lexeme is not None and lexeme.kind == "F":
            number = float(str(lexeme.value).replace(",", "."))
        if number is None:
            return None
        count, unit = number, _unit(m)
    else:
        count, unit = 1.0, _unit(m)
        if not m.has("half") and _adjective(m):
            return None
        # عقد is a contract more often than ten years.
        if unit == "decade" and m.rule == "duration.one" and not (m.after is not None and m.after.kind == "OF"):
            return None
    if m.has("half"):
        count += (m.value("half") or 0) / 60
    fuzzy = m.lex("fuzzy") or m.lex("fuzzy2")
    relation = m.value("drel") if m.has("drel") else None
    before = m.before
    limit = fuzzy is not None and fuzzy.kind == "LESS"
    if before is not None and before.kind == "BEFORE" and relation is None and not limit:
        ago = _ago(m, count, unit, fuzzy is not None)
        if ago is not None:
            return ago
    return _duration(m, count, unit, relation, fuzzy is not None)


def _adjective(m: Found) -> bool:
    """``إضراب عام`` is a general strike: عام alone is a year only where what follows allows."""
    span = m.span("unit")
    if span is None:
        return False
    token = m.scene.tokens[span[0]]
    before = m.before
    if token.key == "عام" and before is not None and before.kind == "IN":
        previous = m.scene.tokens[m.first - 1].key
        return not previous.endswith("خلال")
    # في يوم، في ساعة: only with what counts as a stretch.
    if before is not None and before.kind in ("IN", "TO") and not m.has("fuzzy") and not m.has("fuzzy2"):
        return not m.scene.tokens[m.first - 1].key.endswith("خلال")
    return False


def _ago(m: Found, count: float, unit: str, fuzzy: bool) -> Meaning | None:
    """``قبل شهرين``: a date of the unit's own grain, unless it counts back from an event (من, على)."""
    after = m.after
    word = m.scene.tokens[m.last].key if m.last < len(m.scene.tokens) else ""
    today = m.scene.today
    if word in ("علي",) or (after is not None and after.kind == "OF" and not _from_now(m)):
        return None
    if today is None or unit in ("hour", "minute", "second", "decade", "century"):
        return None
    day = cal.shift(today, unit, -count)
    if unit in ("day", "night"):
        stretch = cal.day_of(day)
        slack = max(1, int(count) // 5) if fuzzy else 0
    elif unit == "week":
        stretch = cal.day_of(day) if count == 1 else cal.week_of(day)
        slack = 3 if fuzzy else 0
    elif unit == "month":
        stretch = cal.month_of(day.year, day.month)
        slack = 10 if fuzzy else 0
    else:
        # "A year ago" is some weeks about the day; many years ago the calendar year.
        stretch = cal.year_of(day.year)
        if count < 3:
            stretch = stretch._replace(begin=day, end=day)
            slack = 75 if fuzzy else 45
        else:
            slack = 180 if fuzzy else 0
    begin, end = cal.shift(stretch.begin, "day", -slack), cal.shift(stretch.end, "day", slack)
    kind = "day" if begin == end else "ago"
    return Meaning(kind, "DATE", stretch.value, begin, min(end, today), approximate=fuzzy)


def _from_now(m: Found) -> bool:
    token = m.scene.tokens[m.last + 1] if m.last + 1 < len(m.scene.tokens) else None
    return token is not None and token.key == "الان"


def compound(m: Found) -> Meaning | None:
    """``شهر و 21 يوما``, before and after now as a date."""
    second = m.number("n2")
    if second is None:
        return None
    unit, unit2 = _unit(m), _unit(m, "unit2")
    count = m.number("n") if m.has("n") else (2.0 if m.lex("unit") and m.lex("unit").kind == "U2" else 1.0)  # pyright: ignore[reportOptionalMemberAccess]
    order = ("century", "decade", "year", "month", "week", "day", "hour", "minute", "second")
    if count is None or unit not in order or unit2 not in order or order.index(unit) >= order.index(unit2):
        return None
    today, before = m.scene.today, m.before
    now = m.after is not None and m.after.kind == "OF" and _from_now(m)
    if (
        today is not None
        and before is not None
        and (before.kind == "BEFORE" or (now and before.kind in ("AFTER", "SINCE")))
    ):
        sign = 1 if before.kind == "AFTER" else -1
        day = cal.shift(cal.shift(today, unit, sign * count), unit2, sign * second)
        return Meaning("day", "DATE", day.isoformat(), day, day)
    first, rest = cal.duration_value(count, unit), cal.duration_value(second, unit2)
    time = "T" in rest
    tail = rest[1:] if time and "T" not in first else rest[1:].removeprefix("T")
    return Meaning("duration", "DURATION", first + tail)


def single(m: Found) -> Meaning | None:
    """``استمرت أسبوعا``: an accusative that counts as one; of the others only with a number."""
    if m.scene.tokens[m.first].key in ("اسبوعا", "شهرا", "قرنا") and not m.scene.found.get(m.first - 1):
        return _duration(m, 1, _unit(m), None, False)
    return None


_OPENERS = {"SINCE", "BEFORE", "AFTER", "DURING", "IN", "THROUGHOUT", "TO", "LESS", "APPROX"}


def several(m: Found) -> Meaning | None:
    """``عدة أسابيع``, ``أيام قليلة``, ``منذ سنوات``."""
    unit = _unit(m)
    marked = m.last - m.first > 1 or (m.before is not None and m.before.kind in _OPENERS)
    if m.scene.classes[m.first] == m.scene.lexemes.chars["SOME"]:
        marked = True
    lexeme = m.scene.found.get(m.first)
    if not marked and not (lexeme is not None and lexeme.prefix in ("ل", "ب")):
        return None
    before = m.before
    if before is not None and before.kind == "BEFORE" and unit in ("month", "year", "week") and m.scene.today:
        after = m.after
        if not (after is not None and after.kind == "OF") and m.scene.tokens[m.first].key != "سنوات":
            return Meaning("ref", "DATE", "PAST_REF")
    return _duration(m, None, unit, m.value("drel") if m.has("drel") else None, True)


def last(m: Found) -> Meaning | None:
    """``الأسابيع الماضية``, ``الأشهر الستة المقبلة``, ``آخر 3 سنوات``."""
    unit = _unit(m) if m.has("unit") else _unit(m, "unit3")
    count: float | None = None
    if m.has("n2"):
        count = m.number("n2")
    elif m.has("unit3"):
        count = 2.0
    elif m.has("n"):
        lexeme = m.lex("n")
        if lexeme is not None and lexeme.kind in ("NWD", "ORDTENS"):
            number = m.number("n")
            count = float(lexeme.value) if number is None else number
        elif lexeme is None or lexeme.kind != "FEW":
            count = m.number("n")
    if m.lex("unit") is not None and m.lex("unit").kind == "HOURD" and count is None:  # pyright: ignore[reportOptionalMemberAccess]
        return None
    relation = -1 if m.has("lastn") else (m.value("drel") if m.has("drel") else None)
    return _duration(m, count, unit, relation, False)


def throughout(m: Found) -> Meaning | None:
    return _duration(m, 1, "day" if m.text("unit") is None else _unit(m), None, False)


# -- sets, references, feasts


def every(m: Found) -> Meaning | None:
    unit = _unit(m) if m.has("unit") else _unit(m, "unit2")
    count = m.number("n") if m.has("n") else 1.0
    lexeme = m.lex("unit2")
    if lexeme is not None and lexeme.kind == "U2":
        count = 2.0
    return Meaning("set", "SET", cal.duration_value(count, unit)) if count else None


def every_day(m: Found) -> Meaning | None:
    """``كل اثنين``, ``أيام الأحد``."""
    number = m.value("wd")
    before = m.before
    lexeme = m.lex("wd")
    if lexeme is not None and lexeme.kind == "WDB" and m.last - m.first == 2 and number in (1, 7):
        # كل أحد is "everyone" and كل اثنين "every two" more often than the day.
        after = m.scene.tokens[m.last].kind if m.last < len(m.scene.tokens) else "punct"
        if after == "word" and m.after is None:
            return None
    if before is not None and before.kind in ("NW", "D"):
        return None
    return Meaning("set", "SET", f"XXXX-WXX-{number}", weekday=number)


def every_part(m: Found) -> Meaning | None:
    part = m.text("part") or ""
    return Meaning("set", "SET", "T12:00" if part == "NOON" else "T00:00" if part == "MIDNIGHT" else f"T{part}")


def set_word(m: Found) -> Meaning | None:
    return Meaning("set", "SET", m.text("set") or "P1D")


def set_times(m: Found) -> Meaning | None:
    if m.has("set"):
        return set_word(m)
    unit = m.text("unit") or m.text("unit2") or "day"
    return Meaning("set", "SET", cal.duration_value(1, unit))


def reference(m: Found) -> Meaning | None:
    lexeme = m.scene.found.get(m.first)
    key = m.scene.tokens[m.first].key
    if key in ("سابقا", "حديثا", "قريبا") and m.first:
        # An adjective: استطلاعا حديثا, قريبا من.
        noun = m.scene.tokens[m.first - 1]
        if (noun.key.endswith("ا") and len(noun.key) > 3) or (m.after is not None and m.after.kind == "OF"):
            return None
    kind = "earlier" if lexeme is not None and lexeme.kind == "EARLIER" else "ref"
    if lexeme is not None and lexeme.value == "PAST_REF" and m.scene.tokens[m.first].key == "وقت":
        kind = "earlier"
    return Meaning(kind, "DATE", str(lexeme.value) if lexeme is not None else "PAST_REF")


def before(m: Found) -> Meaning | None:
    """``في السابق``."""
    return Meaning("ref", "DATE", "PAST_REF")


def recently(m: Found) -> Meaning | None:
    """``أخيرا``: recently; opening a sentence or after ``و`` it is "finally"."""
    if m.scene.found[m.first].joined or m.first == m.scene.sentence_first(m.first):
        return None
    return Meaning("ref", "DATE", "PAST_REF")


def later(m: Found) -> Meaning | None:
    tense = m.tense
    undated = m.scene.today is None
    return Meaning("later", "DATE", "PAST_REF" if tense < 0 and not undated else "FUTURE_REF")


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


ACTIONS = {
    action.__name__: action
    for action in (year, year_bare, year_words, year_range, unit_relative, unit_rest, unit_next, weekend, week_of,
                   decade, century, season, quarter, counted, compound,
                   single, several, last, throughout, every, every_day, every_part,
                   set_word, set_times, reference, before, recently, later, feast)
}  # fmt: skip
