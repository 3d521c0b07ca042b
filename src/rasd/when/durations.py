"""The rules of lengths of time, and of times counted from now."""

from __future__ import annotations

import datetime as dt

from rasd.when import calendar as cal
from rasd.when.calendar import DAY
from rasd.when.scene import Found, Meaning, actions, definite

_BELOW_DAY = ("hour", "minute", "second")
# Over so many years "in ... years" is a length, not a year of the calendar.
_FORESEEN = 20
# Words after a length that say from what it is counted: بعد يومين من الهجوم, على الهجوم, لـ.
_FROM_EVENT = ("علي", "في", "من")


def _duration(m: Found, count: float | None, unit: str, relation: int | None, fuzzy: bool) -> Meaning:
    value = cal.duration_value(count, unit)
    today = m.scene.today
    begin = end = None
    if today is not None and relation:
        size = count if count is not None else 3
        if relation < 0:
            begin, end = cal.shift(today, unit, -size), today
        else:
            begin = today if unit in _BELOW_DAY else today + DAY
            end = cal.shift(begin, unit, size)
    return Meaning("duration", "DURATION", value, begin, end, approximate=fuzzy)


def counted(m: Found) -> Meaning | None:
    """``ثلاثة أعوام ونصف``, ``60 يوما``, ``شهرين``, ``نحو عام``; after قبل and بعد a date."""
    size = _size(m)
    if size is None or (m.before is not None and m.before.kind == "UNDER"):
        return None  # a team of the under 23
    count, unit = size
    fuzzy = m.lex("fuzzy") or m.lex("fuzzy2")
    relation = m.value("drel") if m.has("drel") else None
    before = m.before
    if before is not None and relation is None and not (fuzzy is not None and fuzzy.kind == "LESS"):
        date = _from_event(m, count, unit, fuzzy is not None)
        if date is None and before.kind == "BEFORE":
            date = _ago(m, count, unit, fuzzy is not None)
        elif date is None and before.kind == "AFTER":
            date = _later(m, count, unit, fuzzy is not None)
        if date is not None:
            return date
    return _duration(m, count, unit, relation, fuzzy is not None)


def _size(m: Found) -> tuple[float, str] | None:
    """How many of which unit a match says."""
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
        word = m.lex("unit")
        if number is None or (word is not None and (word.prefix or word.joined)):
            return None  # القانون 5 لسنة 2010
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
    return count, unit


def _adjective(m: Found) -> bool:
    """``إضراب عام`` is a general strike: عام alone is a year only where what follows allows."""
    span = m.span("unit")
    if span is None:
        return False
    token = m.scene.tokens[span[0]]
    before = m.before
    if token.key == "عام" and before is not None and before.kind == "IN" and not (m.has("fuzzy") or m.has("fuzzy2")):
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
    if today is None or unit in (*_BELOW_DAY, "decade", "century"):
        return None
    meaning = _counted_from(today, -1, count, unit, fuzzy)
    meaning.end = min(meaning.end or today, today)
    return meaning


def _later(m: Found, count: float, unit: str, fuzzy: bool) -> Meaning | None:
    """``سيعود بعد شهرين``: counted from today; ``وصل في 3 مايو وغادر بعد يومين``: from the date before."""
    today = m.scene.today
    word = m.scene.tokens[m.last].key if m.last < len(m.scene.tokens) else ""
    now = m.after is not None and m.after.kind == "OF" and _from_now(m)
    if (word in _FROM_EVENT and not now) or _qualified(m) or unit in ("decade", "century"):
        return None
    if now or m.tense > 0:
        if today is None or (unit == "year" and count > _FORESEEN):
            return None
        if unit in _BELOW_DAY:
            return Meaning(
                "duration", "DURATION", cal.duration_value(count, unit), today, cal.shift(today, unit, count)
            )
        meaning = _counted_from(today, 1, count, unit, fuzzy)
        meaning.begin = max(meaning.begin or today, today)
        return meaning
    anchor = m.scene.anchor()
    if anchor is None or anchor.first < m.scene.sentence_first(m.first) or not _new_verb(m, anchor):
        return None
    return _from_anchor(anchor, 1, count, unit, fuzzy)


def _qualified(m: Found) -> bool:
    """``بعد يوم عمل``: one of a unit that a noun says more of."""
    if m.has("n") or m.has("dual") or m.last >= len(m.scene.tokens):
        return False
    token = m.scene.tokens[m.last]
    return (
        token.kind == "word" and m.after is None and token.tag in ("N", "M", "A", "U", "J") and token.key[0] not in "وف"
    )


# How far before a date the noun of what happened then is looked for.
_NEAR = 8


def _from_event(m: Found, count: float, unit: str, fuzzy: bool) -> Meaning | None:
    """``بعد يومين من القمة``, where the summit was dated before: ``عقدت القمة في 3 مايو``."""
    tokens, before = m.scene.tokens, m.before
    if before is None or before.kind not in ("BEFORE", "AFTER") or m.last + 1 >= len(tokens):
        return None
    noun = tokens[m.last + 1].key
    if tokens[m.last].key not in ("من", "علي") or not noun.startswith("ال") or len(noun) < 5:
        return None
    sentence = m.scene.sentence_first(m.first)
    for anchor in reversed(m.scene.said[-12:]):
        if anchor.first < sentence:
            return None
        if anchor.day is None:
            continue
        near = range(max(sentence, anchor.first - _NEAR), anchor.first)
        if any(noun in (split.stem, f"ال{split.stem}") for at in near for split in tokens[at].form.splits):
            return _from_anchor(anchor, -1 if before.kind == "BEFORE" else 1, count, unit, fuzzy)
    return None


def _new_verb(m: Found, anchor: Meaning) -> bool:
    """Whether another thing happens between a date and a length after it."""
    return any(m.scene.cue(at) for at in range(anchor.last, m.first))


def _from_anchor(anchor: Meaning, sign: int, count: float, unit: str, fuzzy: bool) -> Meaning | None:
    """So many units after or before what was said, if that is known as exactly as the unit."""
    begin = anchor.begin
    if begin is None or unit in (*_BELOW_DAY, "decade", "century"):
        return None
    coarse = {"month": ("day", "night", "week"), "year": ("day", "night", "week", "month")}
    if anchor.day is None and unit in coarse.get(anchor.kind, ()):
        return None
    return _counted_from(begin, sign, count, unit, fuzzy, exact=True)


def after_that(m: Found) -> Meaning | None:
    """``بعد ذلك بيومين``, ``قبلها بعام``: counted from the date said last."""
    size, head = _size(m), m.scene.found.get(m.core)
    if size is None or head is None or head.prefix != "ب":
        return None
    fuzzy = m.has("fuzzy")
    anchor = m.scene.anchor()
    sign = -1 if m.has("back") else 1
    date = _from_anchor(anchor, sign, *size, fuzzy) if anchor is not None else None
    return date if date is not None else _duration(m, *size, None, fuzzy)


def _counted_from(day: dt.date, sign: int, count: float, unit: str, fuzzy: bool, exact: bool = False) -> Meaning:
    """The date so many units from ``day``, as exact as the unit; ``exact``: a year is that year, not some weeks."""
    day = cal.shift(day, unit, sign * count)
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
        if count < 3 and not exact:
            stretch = stretch._replace(begin=day, end=day)
            slack = 75 if fuzzy else 45
        else:
            slack = 180 if fuzzy else 0
    begin, end = cal.shift(stretch.begin, "day", -slack), cal.shift(stretch.end, "day", slack)
    kinds = {"month": "month", "year": "year", "week": "week"}
    kind = "day" if begin == end else kinds.get(unit, "ago") if exact else "ago"
    return Meaning(kind, "DATE", stretch.value, begin, end, approximate=fuzzy)


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


# How far before a unit alone its verb of lasting is looked for.
_REACH = 5


def lasting(m: Found) -> Meaning | None:
    """``استمر الاجتماع ساعة``: one of the unit, after a verb of lasting."""
    after = m.after
    if m.last < len(m.scene.tokens) and (
        after is None or after.kind not in ("AND", "CM", "DT", "BR", "RP", "IN", "QT")
    ):
        return None
    for at in range(m.first - 1, max(-1, m.first - 1 - _REACH), -1):
        word = m.scene.found.get(at)
        if word is not None and (word.kind != "DURING" or word.value == "lasting"):
            return _duration(m, 1, m.unit(), None, False) if word.kind == "DURING" else None
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


ACTIONS = actions(counted, after_that, compound, single, lasting, several, last, throughout)
