"""The course of a relationship in numbers: PLOVER scores by day, week or month, and where they turn.

Counted are occurrences and not their reports, those that took place (``occurred``, ``ongoing``). Each is placed by its
date, or where it has none by the day it was first told. Sums are corrected for how much was read: a week of which ten
articles were read and one of which a thousand were become comparable.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, pairwise, zip_longest
from statistics import median
from typing import Any, Literal, NamedTuple

from rasd.chronicle import Scored
from rasd.relations.days import first_day, last_day
from rasd.relations.dyad import is_conflict
from rasd.relations.lines import Line, day_told

Step = Literal["day", "week", "month"]

HAPPENED = ("occurred", "ongoing")
# An event dated no more exactly than this many days still belongs to one bin of the step.
_LOOSEST = {"day": 1, "week": 7, "month": 31}
# A day of which little was read weighs at most so many times what a usual one does.
_MOST = 4.0
_LATE = dt.timedelta(days=1)
# Where more than this part of the events has no date exact enough for a step, months are taken.
_TOO_LOOSE = 0.25
# Fewer bins or events than these show no turn that could be believed.
_BINS, _EVENTS = 8, 12
# How much better two levels must fit than one, in variances of the noise for each log of the length.
_PENALTY = 3.0
# A level lasts at least so many bins.
_SHORTEST = 3
_LONGEST = 5000
# So many empty bins of which nothing was read are still drawn.
_GAP = 24


@dataclass(slots=True)
class Point:
    """A day, week (from Monday) or month: sums of scores, corrected, and what they are made of.

    ``conflict`` is negative or 0. ``read`` is how many articles of that time were read; ``exposure`` counts half of
    them a day later, since news of a day is printed that day or the next: where it is 0 the events were told in
    retrospect and the sums are not corrected.
    """

    begin: dt.date
    end: dt.date
    cooperation: float = 0.0
    conflict: float = 0.0
    cooperation_events: int = 0
    conflict_events: int = 0
    read: int = 0
    exposure: float = 0.0

    @property
    def net(self) -> float:
        return self.cooperation + self.conflict


@dataclass(slots=True)
class Turn:
    """A change point: from this day on the mean net score per bin is ``after``, before it was ``before``."""

    on: dt.date
    before: float
    after: float


@dataclass(slots=True)
class Course:
    """A series in order of time without gaps. ``unplaced`` events have no date exact enough for the step."""

    step: Step
    points: list[Point] = field(default_factory=list[Point])
    turns: list[Turn] = field(default_factory=list[Turn])
    unplaced: int = 0
    by_publication: int = 0


def course(
    lines: Iterable[Line],
    read: Mapping[dt.date, int],
    *,
    step: Step | None = None,
    begin: dt.date | None = None,
    end: dt.date | None = None,
    turns: bool = True,
) -> Course:
    """The series of what happened, with its turns.

    ``read`` is how many articles were read of each day. Without ``step`` the finest that shows the stretch in some
    eighty bins is taken.
    """
    placed = [p for item in lines if (p := _of_line(item)) is not None]
    return _course(placed, read, step, begin, end, turns)


def scored_course(
    occurrences: Iterable[Scored],
    read: Mapping[dt.date, int],
    *,
    step: Step | None = None,
    begin: dt.date | None = None,
    end: dt.date | None = None,
    turns: bool = True,
) -> Course:
    """As `course`, of hundreds of thousands of occurrences; the undated, whose day of telling is not kept with
    them, are left out, and who does what to whom is not looked at.
    """
    placed = [p for o in occurrences if (p := _of_scored(o)) is not None]
    return _course(placed, read, step, begin, end, turns)


class _Placed(NamedTuple):
    first: dt.date
    last: dt.date
    quad: str
    score: float
    by_publication: bool = False


def _course(
    placed: list[_Placed],
    read: Mapping[dt.date, int],
    step: Step | None,
    begin: dt.date | None,
    end: dt.date | None,
    turns: bool,
) -> Course:
    placed = [p for p in placed if (begin is None or p.last >= begin) and (end is None or p.first <= end)]
    chosen = step or _fitting(placed)
    kept = [p for p in placed if (p.last - p.first).days < _LOOSEST[chosen]]
    by_publication = sum(p.by_publication for p in kept)
    made = Course(chosen, unplaced=len(placed) - len(kept), by_publication=by_publication)
    reading = _Reading(read)
    made.points = _filled({bin_of(p.first, chosen) for p in kept}, chosen, reading)
    _count_in(made, kept, reading)
    if turns:
        made.turns = _turns(made.points)
    return made


def bin_of(day: dt.date, step: Step) -> dt.date:
    """The first day of the day, week or month that ``day`` is in."""
    if step == "month":
        return day.replace(day=1)
    return day - dt.timedelta(days=day.weekday()) if step == "week" else day


def _of_line(item: Line) -> _Placed | None:
    """A line by its day, or the day it was told; None for what did not happen or has neither."""
    if item.occurrence.status not in HAPPENED:
        return None
    first, last, told = item.begin, item.end, day_told(item)
    if first is not None and told is not None and first > told + _LATE:
        return None  # what was told as done before its day was misread
    if first is not None and last is not None:
        return _Placed(first, last, item.occurrence.quad, item.occurrence.score)
    return _Placed(told, told, item.occurrence.quad, item.occurrence.score, True) if told is not None else None


def _of_scored(o: Scored) -> _Placed | None:
    first, last = first_day(o.begin), last_day(o.end)
    if o.status not in HAPPENED or first is None or last is None:
        return None
    return _Placed(first, last, o.quad, o.score)


def _fitting(placed: list[_Placed]) -> Step:
    if not placed:
        return "month"
    # A few looks back years do not make a course by months of what is told day by day.
    ordered = sorted(p.first for p in placed)
    span = (ordered[-1] - ordered[len(ordered) // 20]).days
    chosen: Step = "day" if span <= 80 else "week" if span <= 560 else "month"
    loose = sum((p.last - p.first).days >= _LOOSEST[chosen] for p in placed)
    return "month" if loose > len(placed) * _TOO_LOOSE else chosen


def _filled(begins: set[dt.date], step: Step, reading: _Reading) -> list[Point]:
    """A point for each bin from the first to the last; a long stretch of which nothing was read is left out."""
    points: list[Point] = []
    ordered = sorted(begins)
    for at, following in zip_longest(ordered, ordered[1:]):
        points.append(Point(at, _next(at, step) - dt.timedelta(days=1)))
        after = _next(at, step)
        if following is None or following <= after:
            continue
        empty = (following - after).days
        if empty > _GAP * _LOOSEST[step] and not reading.between(after, following - dt.timedelta(days=1)):
            continue
        while after < following and len(points) < _LONGEST:
            points.append(Point(after, _next(after, step) - dt.timedelta(days=1)))
            after = _next(after, step)
    return points


def _next(at: dt.date, step: Step) -> dt.date:
    if step == "month":
        return dt.date(at.year + at.month // 12, at.month % 12 + 1, 1)
    return at + dt.timedelta(days=7 if step == "week" else 1)


def _count_in(made: Course, placed: list[_Placed], reading: _Reading) -> None:
    at = {p.begin: p for p in made.points}
    for point in made.points:
        point.read = reading.between(point.begin, point.end)
        point.exposure = (point.read + reading.between(point.begin + _LATE, point.end + _LATE)) / 2
    weights = _weights(made.points)
    for item in placed:
        point = at[bin_of(item.first, made.step)]
        weight = weights[point.begin]
        if is_conflict(item.quad):
            point.conflict_events += 1
            point.conflict += min(item.score, 0.0) * weight
        else:
            point.cooperation_events += 1
            point.cooperation += max(item.score, 0.0) * weight


class _Reading:
    """How many articles were read of a stretch of days."""

    def __init__(self, read: Mapping[dt.date, int]) -> None:
        self._days = sorted(read)
        self._sums = [0, *accumulate(read[day] for day in self._days)]

    def between(self, begin: dt.date, end: dt.date) -> int:
        return self._sums[bisect_right(self._days, end)] - self._sums[bisect_left(self._days, begin)]


def _weights(points: list[Point]) -> dict[dt.date, float]:
    """What an event of each bin counts: more where less was read than usual. The usual is the median."""
    read = [p.exposure for p in points if p.exposure]
    usual = median(read) if read else 0.0
    return {p.begin: min(max(usual / p.exposure, 1 / _MOST), _MOST) if p.exposure else 1.0 for p in points}


def prepare() -> None:
    """Import what finds change points, which takes a second, before a series is asked for."""
    _library()


def _library() -> Any:
    import ruptures  # pyright: ignore[reportMissingTypeStubs]

    return ruptures


def _turns(points: list[Point]) -> list[Turn]:
    """Where the level of the net score changes, by ruptures' kernel change points with a linear kernel (PELT).

    The noise is estimated from the differences of neighbours, which a change of level hardly touches. Bins told in
    retrospect alone say nothing of a level and are left out.
    """
    seen = [p for p in points if p.exposure]
    events = sum(p.cooperation_events + p.conflict_events for p in seen)
    if len(seen) < _BINS or events < _EVENTS:
        return []
    # Scores add up: a week of ten raids is not ten weeks' worth of turn.
    net = [math.copysign(math.log1p(abs(p.net)), p.net) for p in seen]
    penalty = _PENALTY * math.log(len(net)) * _noise(net)
    if not penalty or not _may_turn(net, penalty):
        return []
    import numpy as np

    search: Any = _library().KernelCPD(kernel="linear", min_size=_SHORTEST)
    ends = [0, *(int(e) for e in search.fit(np.array(net).reshape(-1, 1)).predict(pen=penalty))]
    levels = [sum(p.net for p in seen[a:b]) / (b - a) for a, b in pairwise(ends)]
    return [
        Turn(seen[at].begin, round(before, 2), round(after, 2))
        for at, (before, after) in zip(ends[1:-1], pairwise(levels), strict=True)
    ]


def _noise(net: list[float]) -> float:
    """The variance of the noise: half the mean square of the steps between neighbours, which levels hardly touch.

    Their median would be robuster, but says too little where scores swing between the two signs.
    """
    steps = [b - a for a, b in pairwise(net)]
    return sum(s * s for s in steps) / len(steps) / 2


def _may_turn(net: list[float], penalty: float) -> bool:
    """Whether one change of level, or a stretch at another level, gains more than it costs.

    A first look, without which ruptures (and scipy with it, most of a second) is not loaded: what is steady by it is
    steady.
    """
    sums = [0.0, *accumulate(net)]
    count, total = len(net), sums[-1]
    for begin in range(count - _SHORTEST + 1):
        for end in range(begin + _SHORTEST, count + 1):
            inside, outside = end - begin, count - (end - begin)
            if not outside:
                continue
            held = sums[end] - sums[begin]
            gain = held**2 / inside + (total - held) ** 2 / outside - total**2 / count
            changes = (begin > 0) + (end < count)
            if gain > penalty * changes:
                return True
    return False
