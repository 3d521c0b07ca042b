"""Joining neighbours: a part of the day with its day, a clock with its date, two dates to a stretch."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

from rasd.when.calendar import DAY, days_value, make_date, stretch_value
from rasd.when.clocks import PART_CLOCKS, clock_value, clocks_value, hour_in_part
from rasd.when.lexemes import MORE
from rasd.when.scene import Meaning, Scene

# What may stand between two expressions for them to be one, in the names of classes.
GAPS = {
    "part-day": "(?:LP|OF|DAY|OF DAY|IN DAY|CM)?",
    "day-part": "(?:CM|IN|LP|CM IN|IN EARLY|EARLY|EARLY OF|IN EARLY OF)?",
    "clock-day": "(?:CM|OF|IN|DAY|CM DAY|LP|OF DAY|AT)?",
    "day-clock": "(?:CM|IN|AT|CM IN|CM AT|DS|LP|APPROX|AT APPROX|IN APPROX|BETWEEN|CM BETWEEN)?",
    "then-date": "(?:OF|IN|DAY|OF DAY)?",
    "day-day": "(?:LP|CM|IN|AT)?",
    "from-now": "OF",
    "open": "LP",
    "close": "RP(?:OF|IN|CM|DAY)?",
    "to": "(?:TO|TO DAY)",
    "and": "(?:AND|AND DAY)",
    "dash": "(?:DS)",
}
# No expression has more tokens; what goes on is a list.
LONGEST = 40
_DATES = ("day", "month", "year", "week", "part-day", "clock")


class Joiner:
    """Joins the meanings of a document, left to right."""

    def __init__(self, chars: dict[str, str]) -> None:
        self.gaps = {
            name: re.compile(re.sub("[A-Z]+", lambda m: chars[m[0]], pattern).replace(" ", "") + r"\Z").match
            for name, pattern in GAPS.items()
        }

    def join(self, scene: Scene, left: Meaning, right: Meaning) -> Meaning | None:
        """The two as one, or None."""
        if right.first - left.last > 4 or right.first < left.last or right.last - left.first > LONGEST:
            return None
        gap = scene.classes[left.last : right.first].replace(MORE, "")
        join = _JOINS.get((left.kind, right.kind))
        if join is not None:
            name, function = join
            if self.gaps[name](gap):
                joined = function(scene, left, right)
                if joined is not None:
                    return self._placed(scene, joined, left, right)
        if left.kind in _DATES and right.kind in _DATES and left.begin and right.end and not left.hidden:
            return self._stretch(scene, left, right, gap)
        return None

    def date_clocks(self, scene: Scene, day: Meaning) -> None:
        """Give the day after two clocks, the second in brackets, to both: ``الثامنة (1700 بتوقيت غرينتش) مساء أمس``."""
        said = scene.said
        if len(said) < 2 or day.kind not in ("day", "part-day") or day.begin is None:
            return
        first, second = said[-2:]
        if first.kind != "clock" or second.kind != "clock" or second.dated or not first.last < second.first:
            return
        between = scene.classes[first.last : second.first], scene.classes[second.last : day.first]
        if self.gaps["open"](between[0]) and self.gaps["close"](between[1]):
            for at, clock in ((-2, first), (-1, second)):
                dated = _clock_and_day(scene, clock, day)
                if dated is not None:
                    said[at] = dated

    def _placed(self, scene: Scene, joined: Meaning, left: Meaning, right: Meaning) -> Meaning:
        joined.first, joined.last = left.first, right.last
        joined.mod = joined.mod or left.mod or right.mod
        joined.rule = f"{left.rule}+{right.rule}" if left.rule.count("+") < 2 else left.rule
        after = scene.found.get(joined.last)
        opened = any(scene.found.get(at) and scene.found[at].kind == "LP" for at in range(left.last, right.first))
        if opened and after is not None and after.kind == "RP":
            joined.last += 1
        return joined

    def _stretch(self, scene: Scene, left: Meaning, right: Meaning, gap: str) -> Meaning | None:
        """``من 3 يناير إلى 5 فبراير``, ``بين 2 و8 أكتوبر``: one stretch of time."""
        at = left.first - 1
        while at > 0 and scene.classes[at] == MORE:
            at -= 1
        before = scene.found.get(at)
        kind = before.kind if before is not None else ""
        word = scene.found.get(right.first)
        joined = bool(word is not None and word.joined and not gap)
        to, whole = bool(self.gaps["to"](gap)), _has_month(left) and _has_month(right)
        dates = to and (kind in ("OF", "BETWEEN") or whole)
        dates = dates or (kind == "BETWEEN" and (joined or bool(self.gaps["and"](gap))))
        dates = dates or (whole and bool(self.gaps["dash"](gap)) and _has_year(left) and _has_year(right))
        if not dates or left.kind != right.kind or left.type != right.type:
            return None
        begin, end = _aligned(left, right)
        if begin is None or end is None or begin > end:
            return None
        if left.kind == "clock" and left.clock and right.clock:
            stretch = _clocks(begin, left.clock, end, right.clock)
            stretch.part, stretch.dated, stretch.zone = left.part, left.dated, left.zone or right.zone
        elif left.kind == "day":
            stretch = Meaning("range", "DATE", days_value(begin, end), begin, end)
        elif left.kind == "year":
            years = stretch_value(f"{begin.year:04d}-01-01", f"{end.year:04d}-01-01", f"P{end.year - begin.year}Y")
            stretch = Meaning("range", "DATE", years, begin, end)
        elif left.kind == "month":
            months = (end.year - begin.year) * 12 + end.month - begin.month
            value = stretch_value(begin.strftime("%Y-%m"), end.strftime("%Y-%m"), f"P{months}M")
            stretch = Meaning("range", "DATE", value, begin, end)
        else:
            stretch = Meaning("range", left.type, f"{left.value}/{right.value}", begin, end, clock=left.clock)
        return self._placed(scene, stretch, left, right)


def _clocks(begin: dt.date, first: str, end: dt.date, last: str) -> Meaning:
    """A stretch from a clock of one day to a clock of the same or a later day."""
    same = begin == end
    value = clocks_value("" if same else begin.isoformat(), first, "" if same else end.isoformat(), last)
    return Meaning("clock-range", "TIME", value, begin, end, clock=first, until=last)


def _has_month(meaning: Meaning) -> bool:
    return meaning.clue is not None and meaning.clue.month is not None


def _has_year(meaning: Meaning) -> bool:
    return meaning.clue is not None and meaning.clue.year is not None


def _aligned(left: Meaning, right: Meaning) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of a stretch whose ends were resolved apart from one another."""
    begin, end = left.begin, right.end
    if begin is None or end is None:
        return begin, end
    if _has_month(left) and _has_month(right) and not _has_year(left):
        begin = make_date(end.year, begin.month, begin.day) or begin
        if begin > end:
            begin = make_date(end.year - 1, begin.month, begin.day) or begin
    elif left.weekday is not None and left.relation is None and right.weekday is not None:
        # From Sunday to Thursday: the Sunday before that Thursday.
        if right.relation is None and begin > end:
            end += 7 * DAY
        begin = end - ((end.isoweekday() - left.weekday) % 7) * DAY
    return begin, end


def _part_and_day(scene: Scene, part: Meaning, day: Meaning) -> Meaning | None:
    name = part.part or ""
    clock = PART_CLOCKS.get(name)
    if day.begin is None or day.day is None:
        if not day.value and day.kind == "day":
            return Meaning("part-day", "TIME", "", clue=day.clue, clock=clock, part=name)
        if day.value.startswith("XXXX"):
            return Meaning("part-day", "TIME", f"{day.value}T{clock or name}", clue=day.clue, clock=clock, part=name)
        return None
    value = f"{day.begin.isoformat()}T{clock or name}"
    return Meaning("part-day", "TIME", value, day.begin, day.end, clock=clock, part=name, clue=day.clue)


def _day_and_part(scene: Scene, day: Meaning, part: Meaning) -> Meaning | None:
    if scene.found[part.first].kind == "PART" and scene.tokens[part.first].key != "مساء":
        return None
    return _part_and_day(scene, part, day)


def _clock_and_day(scene: Scene, clock: Meaning, day: Meaning) -> Meaning | None:
    if clock.clock is None:
        return None
    part = day.part if day.kind in ("part-day", "part") else None
    text = clock.clock
    if part is not None and clock.part is None:
        hour = hour_in_part(int(text[:2]), part)
        text = f"{hour:02d}{text[2:]}"
    if clock.kind == "clock-range":
        return _range_and_day(clock, day)
    value = clock_value(day.begin, text, clock.zone) if day.begin else ""
    if not value and day.value.startswith("XXXX"):
        value = f"{day.value}T{text}"
    return replace(
        clock, value=value, begin=day.begin, end=day.end, clock=text, part=clock.part or part, clue=day.clue, dated=True
    )


def _range_and_day(clocks: Meaning, day: Meaning) -> Meaning:
    """A day after a range is that of both ends, or of the last where the first has one of its own."""
    if clocks.dated and clocks.begin and clocks.clock and clocks.until and day.end and clocks.begin <= day.end:
        until = clocks.until
        if day.part is not None:
            until = f"{hour_in_part(int(until[:2]), day.part):02d}{until[2:]}"
        return _clocks(clocks.begin, clocks.clock, day.end, until)
    return replace(clocks, begin=day.begin, end=day.end, clue=day.clue, dated=True)


def _day_and_clock(scene: Scene, day: Meaning, clock: Meaning) -> Meaning | None:
    return _clock_and_day(scene, clock, day)


def _clock_and_part(scene: Scene, clock: Meaning, part: Meaning) -> Meaning | None:
    if clock.part is not None or clock.clock is None or part.part is None:
        return None
    hour = hour_in_part(int(clock.clock[:2]), part.part)
    text = f"{hour:02d}{clock.clock[2:]}"
    value = clock_value(clock.begin, text, clock.zone)
    return replace(clock, value=value, clock=text, part=part.part)


def _time_of_date(scene: Scene, vague: Meaning, date: Meaning) -> Meaning | None:
    """``وقت سابق من هذا الشهر``: the month."""
    if not date.value or date.value.endswith("_REF"):
        return None
    return replace(date)


def _day_and_day(scene: Scene, left: Meaning, right: Meaning) -> Meaning | None:
    """A weekday and a date that say the same: ``الخميس، 21 يوليو``; ``السبت (أمس)``."""
    if left.weekday is None or (left.day is None and left.value):
        return None
    clue = right.clue
    if clue is None or clue.kind not in ("date", "month-day", "day-of-month"):
        return None
    return replace(right, clue=clue._replace(weekday=left.weekday))


def _from_now(scene: Scene, length: Meaning, now: Meaning) -> Meaning | None:
    """``بعد شهرين من الآن``."""
    return replace(length) if scene.tokens[now.first].key == "الان" else None


def _set_and_clock(scene: Scene, left: Meaning, right: Meaning) -> Meaning | None:
    clock, days = (left, right) if left.clock else (right, left)
    if clock.clock is None:
        return None
    text = clock.clock.removesuffix(":00")
    weekday = days.value if days.value.startswith("XXXX") else ""
    return Meaning("set", "SET", f"{weekday}T{text}", clock=clock.clock)


_JOINS: dict[tuple[str, str], tuple[str, Callable[[Scene, Meaning, Meaning], Meaning | None]]] = {
    ("part", "day"): ("part-day", _part_and_day),
    ("day", "part"): ("day-part", _day_and_part),
    ("clock", "day"): ("clock-day", _clock_and_day),
    ("clock-range", "day"): ("clock-day", _clock_and_day),
    ("day", "clock-range"): ("day-clock", _day_and_clock),
    ("part-day", "clock-range"): ("day-clock", _day_and_clock),
    ("clock", "part-day"): ("clock-day", _clock_and_day),
    ("day", "clock"): ("day-clock", _day_and_clock),
    ("part-day", "clock"): ("day-clock", _day_and_clock),
    ("clock", "part"): ("clock-day", _clock_and_part),
    ("part", "clock"): ("day-clock", lambda scene, part, clock: _clock_and_part(scene, clock, part)),
    ("day", "day"): ("day-day", _day_and_day),
    **{(kind, "ref"): ("from-now", _from_now) for kind in ("day", "ago", "month", "duration")},
    ("clock", "set"): ("clock-day", _set_and_clock),
    ("set", "clock"): ("day-clock", _set_and_clock),
    **{
        (vague, kind): ("then-date", _time_of_date)
        for vague in ("later", "earlier")
        for kind in ("day", "month", "year", "week", "part-day")
    },
}
