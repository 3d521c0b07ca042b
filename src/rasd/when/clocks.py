"""The rules of clocks, parts of the day, and ranges of hours, days and months."""

from __future__ import annotations

import datetime as dt

from rasd.text.letters import western_digits
from rasd.text.numbers import read_number
from rasd.when import calendar as cal
from rasd.when.dates import named_month, resolve_month, said_year
from rasd.when.scene import Found, Meaning, actions, unknown

# A part of the clock that TIMEX3 has no letter for.
PART_CLOCKS = {"NOON": "12:00", "MIDNIGHT": "00:00", "MIDMORNING": "10:00", "MIDAFTERNOON": "14:00", "LUNCH": "12:00"}
# The parts of the day in which an hour up to twelve is one of the afternoon.
_AFTERNOON = ("AF", "EV", "MIDAFTERNOON", "LUNCH")


def hour_in_part(hour: int, part: str | None) -> int:
    """The hour of 24 that is meant: four in the afternoon is 16, twelve at night 0."""
    if part is None or hour > 12:
        return hour
    if part in _AFTERNOON:
        return hour + 12 if hour < 12 else 0 if part == "EV" else 12
    if part == "NOON":
        return hour + 12 if hour < 10 else hour
    if part == "NI":
        return 0 if hour == 12 else hour + 12 if hour >= 6 else hour
    if part == "MIDNIGHT":
        return 0 if hour == 12 else hour
    return 0 if hour == 12 and part == "MO" else hour


def _hour(m: Found, group: str) -> tuple[int, int] | None:
    """Hour and minute of digits or words: ``8``, ``1159``, ``07,38``, ``الثامنة``, ``ثمانية``."""
    lexeme = m.lex(group)
    if lexeme is None:
        return None
    if lexeme.kind == "F":
        left, _, right = str(lexeme.value).replace(",", ".").partition(".")
        return (int(left), int(right)) if len(right) == 2 and len(left) <= 2 else None
    if lexeme.kind in ("INT", "Y"):
        text = western_digits(m.scene.tokens[m.span(group)[0]].text)  # pyright: ignore[reportOptionalSubscript]
        value = int(lexeme.value)
        if len(text) == 4:
            return value // 100, value % 100
        return (0, 0) if value == 0 and len(text) <= 2 else None
    if lexeme.kind in ("NW", "WHOLE") and group == "h":
        return _words(m)
    number = m.number(group) if lexeme.kind in ("NW", "WHOLE") else m.nth(group)
    return (int(number), 0) if number is not None else None


def _words(m: Found) -> tuple[int, int] | None:
    """An hour in number words and the minutes after it: ``عشرة وخمسة وأربعين``, ``خمسة عشر وثلاثين``."""
    first, last = m.span("h") or (0, 0)
    minutes = m.span("minw")
    last = minutes[1] if minutes else last
    found = m.scene.found
    size = 2 if first + 1 < last and not found[first + 1].joined else 1
    hour = read_number(m.scene.tokens[first : first + size], 0)
    if hour is None or hour[1] != size:
        return None
    if first + size == last:
        return int(hour[0]), 0
    rest = m.scene.tokens[first + size : last]
    if len(rest) == 1 and (lexeme := found[last - 1]).kind == "ORDTENS":
        return int(hour[0]), int(lexeme.value)
    minute = read_number(rest, 0)
    return (int(hour[0]), int(minute[0])) if minute is not None and minute[1] == len(rest) else None


def _minutes(m: Found) -> tuple[int, int, int] | None:
    """Minutes to add, to take off, and seconds; None where what stands there is no minute."""
    if m.has("colon"):
        span = m.span("colon") or (0, 0)
        digits = [m.scene.tokens[at] for at in range(*span) if m.scene.tokens[at].kind == "number"]
        values = [int(western_digits(token.text)) for token in digits]
        if any(len(token.text) != 2 for token in digits) or max(values) > 59:
            return None
        return values[0], 0, values[1] if len(values) > 1 else 0
    if m.has("frac"):
        return m.value("frac") or 0, 0, 0
    if m.has("less"):
        return 0, m.value("less") or 0, 0
    if m.has("lessw"):
        number = m.number("lessw")
        return (0, int(number), 0) if number is not None and 1 <= number <= 30 else None
    if m.has("mind"):
        return m.value("mind") or 0, 0, 0
    if m.has("minw") and (hour := m.lex("h")) is not None and hour.kind in ("NW", "WHOLE"):
        return 0, 0, 0
    if m.has("minw"):
        span = m.span("minw") or (0, 0)
        lexeme = m.scene.found.get(span[0])
        if lexeme is None or not lexeme.joined:
            return None
        said = m.has("unitw") or m.has("part") or m.has("zone") or m.scene.found[m.first].kind == "HOURD"
        if not said:
            return None  # السادسة والعشرين is an ordinal
        number = float(lexeme.value) if lexeme.kind == "ORDTENS" else m.number("minw")
        return (int(number), 0, 0) if number is not None and 1 <= number <= 59 else None
    return 0, 0, 0


def clock(m: Found) -> Meaning | None:
    """``الساعة الرابعة عصرا بالتوقيت المحلي``, ``7:30 مساء``, ``السابعة إلا ربعا``."""
    time, minutes = _hour(m, "h"), _minutes(m)
    if time is None or minutes is None:
        return None
    lexeme = m.lex("h")
    part = m.text("part")
    at = m.span("part")
    if lexeme is not None and lexeme.kind in ("D", "INT") and at and m.scene.tokens[at[0]].key in _NIGHTS:
        return None  # 16 أمسية
    if m.has("pm"):
        if m.scene.tokens[(m.span("pm") or (0, 0))[0]].key != "م":
            return None
        part = "EV" if time[0] < 12 else None
    marked = m.scene.classes[m.first] == m.scene.lexemes.chars["HOURD"] or part is not None or m.has("zone")
    worded = lexeme is not None and (lexeme.kind == "ORD" or m.has("frac"))
    if not marked and m.before is not None and m.before.kind == "NUMBERED":
        return None
    # Two number words are a clock only where the hour is said to be one.
    listed = m.has("minw") and (m.before.kind == "AT" if m.before is not None else _no_one_number(m))
    if not (marked or m.has("colon") or worded or listed):
        return None
    if not marked and lexeme is not None and lexeme.kind == "ORD" and not m.scene.tokens[m.first].key.endswith("ة"):
        return None
    if lexeme is not None and lexeme.kind in ("INT", "Y", "WHOLE") and not marked:
        return None
    hour, minute = time
    if hour > 24 or minute > 59 or (lexeme is not None and lexeme.kind in ("ORD", "NW") and hour > 23):
        return None
    hour = hour_in_part(hour, part) if part else hour
    total = hour * 60 + minute + minutes[0] - minutes[1]
    return clock_meaning(m, total % 1440, minutes[2], part, m.has("fuzzy") or _approximate(m))


def _no_one_number(m: Found) -> bool:
    """``على عشرة وخمسة وأربعين``: two numbers that are not one, with nothing that they could count."""
    if m.first == 0 or (m.last < len(m.scene.tokens) and m.after is None):
        return False
    number = read_number(m.scene.tokens, m.first)
    return m.scene.tokens[m.first - 1].key == "علي" and number is not None and number[1] < m.last


def _approximate(m: Found) -> bool:
    return m.before is not None and m.before.kind == "APPROX"


def clock_meaning(m: Found, total: int, seconds: int, part: str | None, fuzzy: bool) -> Meaning:
    """A clock time on the day last spoken of, which a neighbouring date may still change."""
    text = f"{total // 60:02d}:{total % 60:02d}"
    zone = m.text("zone")
    day = context_day(m)
    meaning = Meaning("clock", "TIME", "", day, day, approximate=fuzzy, clock=text, zone=zone, part=part)
    meaning.value = clock_value(day, text + (f":{seconds:02d}" if seconds else ""), zone) if day else ""
    if seconds:
        meaning.clock = f"{text}:{seconds:02d}"
    return meaning


def clock_value(day: dt.date | None, text: str, zone: str | None) -> str:
    return f"{day.isoformat() if day else ''}T{text}{'Z' if zone == 'UTC' else ''}"


def context_day(m: Found) -> dt.date | None:
    """The day said before in the sentence, else the article's."""
    sentence = m.scene.sentence_first(m.first)
    for meaning in reversed(m.scene.said[-6:]):
        if meaning.first < sentence:
            break
        if meaning.day is not None and meaning.kind in ("day", "part-day", "clock"):
            return meaning.day
    return m.scene.today


def clock_at(m: Found) -> Meaning | None:
    """``عند العاشرة``; ``في السابعة`` only where the sentence has little else."""
    token = m.scene.tokens[m.first]
    hour = m.nth("h")
    before = m.before
    if hour is None or not 1 <= hour <= 12 or not token.key.endswith("ة") or before is None:
        return None
    key = m.scene.tokens[m.first - 1].key
    if not (key in ("عند", "تمام") or (key == "في" and len(m.scene.tokens) <= 8 and hour > 2)):
        return None
    return clock_meaning(m, hour * 60, 0, None, False)


def part(m: Found) -> Meaning | None:
    """A part of the day alone: kept only as an adverb or with the article after a preposition."""
    name = m.text("part") or ""
    lexeme = m.lex("part")
    if lexeme is None:
        return None
    key = m.scene.tokens[m.first].key
    before = m.before
    hidden = lexeme.kind == "PART" and not _adverb(m)
    if key == "فجرا" and m.first and m.scene.tokens[m.first - 1].key in ("قد", "الذي", "اللذين"):
        return None
    if lexeme.kind == "PARTD":
        # العصر is an age and الظهر a back as well: a preposition has to say that it is a time.
        marked = before is not None and before.kind in ("IN", "SINCE", "TO", "AFTER", "BEFORE", "AND", "EARLY")
        hidden = name != "MIDNIGHT" and not marked and not key.startswith("منتصف") and len(m.scene.tokens) > 5
        if "عصر" in key and m.last - m.first == 1:
            hidden = True
    value = PART_CLOCKS.get(name)
    suffix = f"T{value}" if value else f"T{name}"
    day = None
    sentence = m.scene.sentence_first(m.first)
    for meaning in reversed(m.scene.said[-4:]):
        if meaning.first >= sentence and meaning.day is not None:
            day = meaning.day
            break
    # "In the evening" says no day at all; "(they left) at night" leaves out one that it has.
    general = lexeme.kind == "PARTD" and before is not None and before.kind in ("IN", "EARLY")
    unsaid = suffix if general or m.has("early") else f"XXXX-XX-XX{suffix}"
    text = f"{day.isoformat()}{suffix}" if day else unsaid if m.scene.today else ""
    return Meaning("part", "TIME", text, day, day, clock=value, part=name, hidden=hidden)


def _adverb(m: Found) -> bool:
    """Whether ``مساء`` stands alone ("in the evening"), not before what it is the evening of."""
    if m.scene.tokens[m.first].key != "مساء":
        return False
    if m.last >= len(m.scene.tokens):
        return True
    token = m.scene.tokens[m.last]
    readings = token.form.readings
    after = m.after
    if after is not None:
        return after.kind in ("DT", "CM", "IN", "OF", "BR", "RP", "AND", "QT")
    return token.kind != "word" or (token.tag or (readings[0].tag if readings else "")) == "P"


def part_this(m: Found) -> Meaning | None:
    if m.scene.tokens[m.last - 1].key == "العصر":
        return None  # this age
    name, day = m.text("part") or "", m.scene.today
    value = PART_CLOCKS.get(name)
    if day is None:
        return unknown("part-day", type_="TIME")
    text = f"{day.isoformat()}T{value or name}"
    return Meaning("part-day", "TIME", text, day, day, clock=value, part=name)


def early(m: Found) -> Meaning | None:
    """``وقت متأخر من مساء (أمس)``: the part of the day that it is early or late in."""
    meaning = part(m)
    if meaning is not None:
        lexeme = m.lex("early")
        meaning.hidden = lexeme is not None and lexeme.kind != "EARLY" and len(m.scene.tokens) > 5
    return meaning


# Parts of the day that are counted.
_NIGHTS = ("امسية", "ليلة", "صبيحة")
_MOMENTS = {"START": "MO", "MID": "12:00", "END": "23:59"}


def part_of_today(m: Found) -> Meaning | None:
    """``في نهاية اليوم``: about its last minute."""
    day, value = m.scene.today, _MOMENTS.get(m.text("mod") or "")
    if day is None or value is None:
        return unknown("part-day", type_="TIME")
    day = cal.shift(day, "day", m.value("deic") or 0)
    clock = value if ":" in value else None
    return Meaning(
        "part-day", "TIME", f"{day.isoformat()}T{value}", day, day, approximate=True, clock=clock, mod="APPROX"
    )


def clock_range(m: Found) -> Meaning | None:
    """``من الساعة 3 حتى 5 مساء``."""
    first, second = _hour(m, "h1"), _hour(m, "h2")
    if first is None or second is None or first[0] > 24 or second[0] > 24:
        return None
    if (word := m.lex("h2")) is not None and word.kind == "ORD" and not (word.joined or "TO" in m.kinds):
        return None
    part2 = m.text("p2")
    part1 = m.text("p1") or part2
    has_hour = "HOURD" in m.kinds
    if not (has_hour or part1 or m.has("c1") or m.has("c2")):
        return None
    part2 = part2 or (part1 if second[0] >= first[0] else None)
    begin, end = hour_in_part(first[0], part1), hour_in_part(second[0], part2)
    clocks: list[str] = []
    for hour, group, time in ((begin, "c1", first), (end, "c2", second)):
        span = m.span(group)
        minute = int(western_digits(m.scene.tokens[span[0] + 1].text)) if span else time[1]
        if minute > 59 or hour > 24:
            return None
        clocks.append(f"{hour % 24:02d}:{minute:02d}")
    day = context_day(m)
    value = clocks_value("", clocks[0], "", clocks[1])
    return Meaning("clock-range", "TIME", value, day, day, clock=clocks[0], part=part1, until=clocks[1])


def clocks_value(day1: str, clock1: str, day2: str, clock2: str) -> str:
    """A stretch between two clock times: ``(T13:30,T15:30,PT2H)``."""
    days = (dt.date.fromisoformat(day2) - dt.date.fromisoformat(day1)).days if day1 and day2 else 0
    minutes = [int(clock[:2]) * 60 + int(clock[3:5]) for clock in (clock1, clock2)]
    hours, rest = divmod(minutes[1] - minutes[0] + 1440 * days, 60)
    if hours < 0:
        hours += 24
    length = "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")
    begin, end = (f"{day}T{clock.removesuffix(':00')}" for day, clock in ((day1, clock1), (day2, clock2)))
    return cal.stretch_value(begin, end, length)


def day_range(m: Found) -> Meaning | None:
    """``من 4 إلى 23 من الشهر المقبل``, ``2-7 فبراير 2018``."""
    first, last = m.nth("d1"), m.nth("day")
    head, second = m.scene.found.get(m.first), m.lex("day")
    if first is None or last is None or not 1 <= first <= last <= 31 or second is None:
        return None
    kinds = m.kinds
    apart = kinds & {"TO", "AND", "DS"}
    if not apart and (not second.joined or second.kind == "ORDTENS"):
        return None
    listed = "TO" not in kinds and "DS" not in kinds
    if listed and last != first + 1 and (head is None or head.kind not in ("BETWEEN", "UP")):
        return None  # two days, not those between them
    month, year, today = named_month(m) if m.has("mon") else None, said_year(m), m.scene.today
    relation = m.value("rel") if m.has("rel") else None
    if month is None:
        if today is None:
            return unknown("range")
        base = cal.add_months(today.replace(day=1), relation or 0)
        year, month = base.year, base.month
    elif month > 100:
        return None
    year = year if year is not None else resolve_month(m, month, int(last), relation)
    if year is None:
        return unknown("range")
    begin, end = cal.make_date(year, month, int(first)), cal.make_date(year, month, int(last))
    if begin is None or end is None:
        return None
    return Meaning("range", "DATE", cal.days_value(begin, end), begin, end)


def month_range(m: Found) -> Meaning | None:
    first, last, year = m.value("m1"), m.value("mon"), said_year(m)
    if (
        first is None
        or last is None
        or year is None
        or not 1 <= year <= 9998
        or max(first, last) > 100
        or first >= last
    ):
        return None
    begin, end = cal.month_of(year, first), cal.month_of(year, last)
    return Meaning(
        "range", "DATE", cal.stretch_value(begin.value, end.value, f"P{last - first}M"), begin.begin, end.end
    )


ACTIONS = actions(clock, clock_at, part, part_of_today, part_this, early, clock_range, day_range, month_range)
