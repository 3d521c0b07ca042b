"""The rules of days told by their distance from today, their weekday or their number in the month."""

from __future__ import annotations

import datetime as dt

from rasd.text.document import TimeClue
from rasd.when import calendar as cal
from rasd.when.calendar import DAY
from rasd.when.dates import named_month, which_month
from rasd.when.scene import FUTURE, Found, Meaning, actions, day_meaning, nearest_weekday, unknown

# How many days a weekday in the text may lie from what "today" means before the text is
# taken to be wrong about one of them.
WEEKDAY_SLACK = 1


def deictic(m: Found) -> Meaning | None:
    """``اليوم``, ``أمس الأربعاء``, ``غدا``, ``اليوم (أمس)``."""
    scene = m.scene
    offset = m.value("over") if m.has("over") else m.value("deic")
    offset = offset or 0
    before = m.before
    if before is not None and before.kind == "PAPER" and offset == 0 and not m.has("wd"):
        return None
    weekday = m.value("wd")
    clue = TimeClue("today", weekday=weekday, day=offset, relation=offset) if weekday else None
    if scene.today is None:
        if offset == 0 and not weekday and _nowadays(m):
            return Meaning("ref", "DATE", "PRESENT_REF")
        return Meaning("day", "DATE", "", clue=clue, weekday=weekday)
    day = _shifted(scene.today, offset)
    if weekday and day.isoweekday() != weekday:
        for slack in (-WEEKDAY_SLACK, WEEKDAY_SLACK):
            other = _shifted(day, slack)
            if other.isoweekday() == weekday:
                # The paper's today is the day that was written on, not the one it appeared on.
                scene.today = _shifted(scene.today, slack)
                return day_meaning(other, clue)
    if offset == 0 and not weekday and _nowadays(m):
        return Meaning("ref", "DATE", "PRESENT_REF")
    return day_meaning(day, clue)


def _shifted(date: dt.date, days: int) -> dt.date:
    return cal.shift(date, "day", days)


def _nowadays(m: Found) -> bool:
    """``أما اليوم``, ``عالم اليوم``: these days, not this day."""
    before = m.scene.tokens[m.first - 1].key if m.first else ""
    return (
        _of_a_state(m)
        or before in ("اما", "عالم", "واما", "حتي", "وحتي")
        or m.scene.tokens[m.first].key in ("فاليوم", "كاليوم")
    )


def _of_a_state(m: Found) -> bool:
    """``إن المسرح اليوم يعاني``: between a subject and what is true of it."""
    tokens = m.scene.tokens
    if m.last >= len(tokens) or tokens[m.last].tag != "VI" or m.scene.cue(m.last) == FUTURE:
        return False
    for at in range(m.first - 1, max(-1, m.first - 5), -1):
        if tokens[at].key in ("ان", "بان", "لان"):
            return at < m.first - 1
        if tokens[at].kind != "word" or tokens[at].tag in ("VP", "VI", "P"):
            return False
    return False


def weekday(m: Found) -> Meaning | None:
    """``الثلاثاء``, ``يوم الجمعة الماضي``, ``الأحد (أول من أمس)``."""
    scene = m.scene
    number = m.value("wd")
    if number is None:
        return None
    tokens = m.scene.tokens
    if m.last + 1 < len(tokens) and tokens[m.last].key == "في" and tokens[m.last + 1].key in ("المئة", "المائة"):
        return None
    if m.before is not None and m.before.kind == "NAMED" and m.first + 1 == m.last:
        return Meaning("name", "DATE", "", hidden=True)
    relation = m.value("rel") if m.has("rel") else None
    if relation is None:
        relation = _shared_relation(m)
    if m.has("deic") and scene.today is not None:
        return day_meaning(_shifted(scene.today, m.value("deic") or 0))
    clue = TimeClue("weekday", weekday=number, relation=relation)
    if scene.today is None:
        return Meaning("day", "DATE", "", clue=clue, weekday=number, relation=relation)
    if relation is not None and relation != 0:
        direction = -1 if relation < 0 else 1
        date = nearest_weekday(scene.today, number, direction, strict=True)
        date = _shifted(date, 7 * direction * (abs(relation) - 1))
    else:
        this = scene.classes[m.first] == scene.lexemes.chars["THIS"]
        until = m.before is not None and m.before.kind == "TO"
        # "All Saturday", "Friday's prayer": a plain imperfect about them tells of what went on.
        over = m.before is not None and m.before.kind in ("PRAYER", "THROUGHOUT") and m.tense != FUTURE
        direction = 1 if this or until or (m.tense > 0 and not over) else -1
        date = nearest_weekday(scene.today, number, direction, strict=False)
    meaning = day_meaning(date, clue)
    meaning.weekday, meaning.relation = number, relation
    return meaning


def _shared_relation(m: Found) -> int | None:
    """The adjective that a later weekday shares: ``السبت أو الأحد المقبلين``."""
    found, at = m.scene.found, m.last
    word = found.get(at)
    if word is not None and word.kind in ("OR", "AND"):
        word = found.get(at := at + 1)
    elif word is not None and not word.joined:
        return None
    after = found.get(at + 1)
    if word is not None and word.kind == "WD" and after is not None and after.kind in ("PAST", "FUT"):
        return int(after.value)
    return None


def weekday_of_week(m: Found) -> Meaning | None:
    number = m.value("wd")
    relation = m.value("rel") or 0
    if number is None or m.scene.today is None:
        return unknown("day")
    monday = cal.week_of(m.scene.today).begin
    day = _shifted(monday, 7 * relation + number - 1)
    return day_meaning(day)


def weekday_night(m: Found) -> Meaning | None:
    """``ليل الخميس الجمعة``: the night of the first; ``منتصف ليل الخميس ـ الجمعة``: of the second."""
    first, second, part = m.value("wd"), m.value("wd2"), m.text("part")
    if first is None or second is None or second != first % 7 + 1 or part not in ("NI", "MIDNIGHT"):
        return None
    number = second if part == "MIDNIGHT" else first
    if m.scene.today is None:
        return unknown("day", TimeClue("weekday", weekday=number), type_="TIME")
    date = nearest_weekday(m.scene.today, number, 1 if m.tense > 0 else -1, strict=False)
    value = f"{date.isoformat()}T00:00" if part == "MIDNIGHT" else f"{date.isoformat()}TNI"
    return Meaning("part-day", "TIME", value, date, date, clock="00:00" if part == "MIDNIGHT" else None, part=part)


def night(m: Found) -> Meaning | None:
    offset = m.value("night") or 0
    if m.scene.today is None:
        return unknown("part-day", type_="TIME")
    date = _shifted(m.scene.today, offset)
    return Meaning("part-day", "TIME", f"{date.isoformat()}TNI", date, date, part="NI")


def day_of_event(m: Found) -> Meaning | None:
    """``اليوم الثالث (من المهرجان)``: a day that only the event's own calendar tells."""
    return unknown("event-day")


def day_next(m: Found) -> Meaning | None:
    offset = m.value("next") or 1
    anchor = m.scene.anchor()
    if anchor is not None and anchor.end is not None and anchor.day is not None:
        date = _shifted(anchor.end, offset)
        # غداة and عشية tell of an event named after them, which may have happened at another time.
        alone = m.last - m.first == 1
        if not (alone and m.scene.today is not None and date > m.scene.today):
            return day_meaning(date)
    if m.scene.today is not None and m.tense > 0 and offset > 0:
        return day_meaning(_shifted(m.scene.today, offset))
    return unknown("event-day")


def weekday_day(m: Found) -> Meaning | None:
    """``الخميس 21``: the day of the month nearest to the article that is that weekday."""
    day, number = m.nth("day"), m.value("wd")
    today = m.scene.today
    if day is None or number is None or not 1 <= day <= 31:
        return None
    if today is None:
        return unknown("day", TimeClue("weekday-day", day=day, weekday=number))
    options = [_month_day(today, step, day) for step in range(-6, 7)]
    dates = [date for date in options if date is not None and date.isoweekday() == number]
    if not dates:
        return None
    direction = m.tense
    return day_meaning(min(dates, key=lambda d: (abs((d - today).days), (d - today).days * -direction)))


def _month_day(today: dt.date, step: int, day: int) -> dt.date | None:
    base = cal.add_months(today.replace(day=1), step)
    return cal.make_date(base.year, base.month, day)


def weekday_nth(m: Found) -> Meaning | None:
    """``الأحد الثاني``: of the month."""
    number, nth, today = m.value("wd"), m.value("nth"), m.scene.today
    if number is None or nth is None or nth > 5 or today is None:
        return None
    return _nth_weekday(today.year, today.month, number, nth)


def _nth_weekday(year: int, month_number: int, number: int, nth: int) -> Meaning | None:
    """The n-th of a weekday in a month, the last for -1."""
    if nth == -1:
        return day_meaning(nearest_weekday(cal.month_of(year, month_number).end, number, -1, strict=False))
    first = dt.date(year, month_number, 1)
    date = nearest_weekday(first, number, 1, strict=False) + 7 * (nth - 1) * DAY
    return day_meaning(date) if date.month == month_number else None


def nth_weekday(m: Found) -> Meaning | None:
    """``أول جمعة من يوليو``, ``الجمعة الأولى من الشهر المقبل``."""
    number, nth, month = m.value("wd"), m.value("nth"), which_month(m)
    if number is None or nth is None or nth > 5 or (m.has("mon") and (named_month(m) or 13) > 12):
        return None
    return _nth_weekday(*month, number, nth) if month is not None else unknown("day")


def day_only(m: Found) -> Meaning | None:
    """``يوم 27``: of the month of writing."""
    day, today = m.nth("day"), m.scene.today
    if day is None or not 1 <= day <= 31:
        return None
    if today is None:
        return unknown("day", TimeClue("day-of-month", day=day))
    date = _month_day(today, 0, day)
    if date is not None and m.tense > 0 and date < today:
        date = _month_day(today, 1, day)
    return day_meaning(date) if date is not None else None


def day_to(m: Found) -> Meaning | None:
    """``تأجلت للثاني والعشرين``: a number alone is a day where something is put off to it."""
    word = m.scene.found.get(m.first)
    return day_only(m) if word is not None and word.prefix == "ل" else None


ACTIONS = actions(
    deictic,
    weekday,
    weekday_of_week,
    weekday_night,
    night,
    day_of_event,
    day_next,
    weekday_day,
    weekday_nth,
    nth_weekday,
    day_to,
    day_only,
)
