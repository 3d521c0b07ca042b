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
from typing import Any, Literal

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
    placed, by_publication = _placed(lines)
    placed = [p for p in placed if (begin is None or p[1] >= begin) and (end is None or p[0] <= end)]
    chosen = step or _fitting(placed)
    kept = [p for p in placed if (p[1] - p[0]).days < _LOOSEST[chosen]]
    made = Course(chosen, unplaced=len(placed) - len(kept), by_publication=by_publication)
    reading = _Reading(read)
    made.points = _filled({bin_of(p[0], chosen) for p in kept}, chosen, reading)
    _count_in(made, kept, reading)
    if turns:
        made.turns = _turns(made.points)
    return made


def bin_of(day: dt.date, step: Step) -> dt.date:
    """The first day of the day, week or month that ``day`` is in."""
    if step == "month":
        return day.replace(day=1)
    return day - dt.timedelta(days=day.weekday()) if step == "week" else day


def _placed(lines: Iterable[Line]) -> tuple[list[tuple[dt.date, dt.date, Line]], int]:
    placed: list[tuple[dt.date, dt.date, Line]] = []
    by_publication = 0
    for item in lines:
        if item.occurrence.status not in HAPPENED:
            continue
        first, last = item.begin, item.end
        told = day_told(item)
        if first is not None and told is not None and first > told + _LATE:
            continue  # what was told as done before its day was misread
        if first is None or last is None:
            first = last = told
            if first is None or last is None:
                continue
            by_publication += 1
        placed.append((first, last, item))
    return placed, by_publication


def _fitting(placed: list[tuple[dt.date, dt.date, Line]]) -> Step:
    if not placed:
        return "month"
    # A few looks back years do not make a course by months of what is told day by day.
    ordered = sorted(p[0] for p in placed)
    span = (ordered[-1] - ordered[len(ordered) // 20]).days
    chosen: Step = "day" if span <= 80 else "week" if span <= 560 else "month"
    loose = sum((p[1] - p[0]).days >= _LOOSEST[chosen] for p in placed)
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


def _count_in(made: Course, placed: list[tuple[dt.date, dt.date, Line]], reading: _Reading) -> None:
    at = {p.begin: p for p in made.points}
    for point in made.points:
        point.read = reading.between(point.begin, point.end)
        point.exposure = (point.read + reading.between(point.begin + _LATE, point.end + _LATE)) / 2
    weights = _weights(made.points)
    for first, _, item in placed:
        point = at[bin_of(first, made.step)]
        weight = weights[point.begin]
        if is_conflict(item.occurrence.quad):
            point.conflict_events += 1
            point.conflict += min(item.occurrence.score, 0.0) * weight
        else:
            point.cooperation_events += 1
            point.cooperation += max(item.occurrence.score, 0.0) * weight


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


def _turns(points: list[Point]) -> list[Turn]:
    """Where the level of the net score changes, by ruptures' kernel change points with a linear kernel (PELT).

    The noise is estimated from the differences of neighbours, which a change of level hardly touches. Bins told in
    retrospect alone say nothing of a level and are left out.
    """
    seen = [p for p in points if p.exposure]
    events = sum(p.cooperation_events + p.conflict_events for p in seen)
    if len(seen) < _BINS or events < _EVENTS:
        return []
    import numpy as np
    import ruptures  # pyright: ignore[reportMissingTypeStubs]

    # Scores add up: a week of ten raids is not ten weeks' worth of turn.
    net = np.array([math.copysign(math.log1p(abs(p.net)), p.net) for p in seen])
    noise = float(np.median(np.abs(np.diff(net)))) / 0.954 or float(np.std(np.diff(net))) / math.sqrt(2)
    if not noise:
        return []
    search: Any = ruptures.KernelCPD(kernel="linear", min_size=3)
    penalty = _PENALTY * math.log(len(net)) * noise**2
    ends = [0, *(int(e) for e in search.fit(net.reshape(-1, 1)).predict(pen=penalty))]
    levels = [sum(p.net for p in seen[a:b]) / (b - a) for a, b in pairwise(ends)]
    return [
        Turn(seen[at].begin, round(before, 2), round(after, 2))
        for at, (before, after) in zip(ends[1:-1], pairwise(levels), strict=True)
    ]
