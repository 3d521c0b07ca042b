"""The rules of lengths of time, and of times counted from now."""

from __future__ import annotations

from rasd.when import calendar as cal
from rasd.when.calendar import DAY
from rasd.when.scene import Found, Meaning, actions, definite


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
        count, unit = 2.0, m.unit("dual")
    elif m.has("part_of"):
        count, unit = (m.value("part_of") or 0) / 60, m.unit()
        if definite(m.scene.tokens[m.span("part_of")[0]].key):  # pyright: ignore[reportOptionalSubscript]
            return None
    elif m.has("n"):
        lexeme = m.lex("n")
        number = m.number("n")
        if number is None and lexeme is not None and lexeme.kind == "F":
            number = float(str(lexeme.value).replace(",", "."))
        if number is None:
            return None
        count, unit = number, m.unit()
    else:
        count, unit = 1.0, m.unit()
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
    unit, unit2 = m.unit(), m.unit("unit2")
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
        return _duration(m, 1, m.unit(), None, False)
    return None


_OPENERS = {"SINCE", "BEFORE", "AFTER", "DURING", "IN", "THROUGHOUT", "TO", "LESS", "APPROX"}


def several(m: Found) -> Meaning | None:
    """``عدة أسابيع``, ``أيام قليلة``, ``منذ سنوات``."""
    unit = m.unit()
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
    unit = m.unit() if m.has("unit") else m.unit("unit3")
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
    return _duration(m, 1, "day" if m.text("unit") is None else m.unit(), None, False)


ACTIONS = actions(counted, compound, single, several, last, throughout)
