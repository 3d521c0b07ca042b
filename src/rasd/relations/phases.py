"""Periods of a relationship: the phases that articles state, reconciled with each other and with the turns measured.

Articles state phases in passing, of one time in several words and with ends left open. Statements of one family of
states (crisis, freeze, dispute; thaw, rapprochement) that overlap or begin at about one time are one period. A period
left open ends where one of the other family begins. A turn of the series near a beginning confirms it, gives a
beginning where none is stated, and parts stretches of which no article states anything.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from rasd.chronicle import Stated
from rasd.record import Phase
from rasd.relations.course import Course, Point, Turn
from rasd.relations.days import first_day, last_day
from rasd.relations.knowledge import Knowledge
from rasd.relations.lines import Line, Quote, quotes_of

# Beginnings so near are one beginning; a turn so near confirms it.
_NEAR = dt.timedelta(days=45)
# A measured stretch is named by its share of cooperation among events, and is quiet below this part of the mean.
_MOSTLY, _QUIET = 0.65, 0.25
_EVIDENCE = 3


@dataclass(slots=True)
class Period:
    """A stretch of a relationship. ``states`` name it, the likeliest first (measured ones: cooperation, conflict,
    mixed, quiet). ``begin`` and ``end`` are as exact as known (``2015-11``); ``begin_measured`` where only a turn
    gives the beginning. ``turn`` is the turn that confirms it. ``voices`` counts the articles that state it, ``told``
    are the first and last day that they were published."""

    states: list[str]
    begin: str | None
    end: str | None
    basis: Literal["stated", "measured"]
    begin_measured: bool = False
    turn: dt.date | None = None
    evidence: list[Quote] = field(default_factory=list[Quote])
    voices: int = 0
    told: tuple[str | None, str | None] = (None, None)

    def holds(self, day: dt.date) -> bool:
        """Whether a day lies in it."""
        begin, end = first_day(self.begin), last_day(self.end)
        return (begin is None or begin <= day) and (end is None or day <= end)


@dataclass(slots=True)
class _Group:
    family: str
    stated: list[Stated[Phase]]

    @property
    def begin(self) -> str | None:
        """The beginning most often stated, of those alike the exactest and first."""
        return _commonest(sorted(s.what.begin or "" for s in self.stated))

    @property
    def end(self) -> str | None:
        """The end most often stated, of those alike the exactest and last."""
        return _commonest(sorted((s.what.end or "" for s in self.stated), reverse=True))

    def takes(self, phase: Phase) -> bool:
        first, last = first_day(self.begin), last_day(self.end)
        begin, end = first_day(phase.begin), last_day(phase.end)
        if first is None or begin is None:
            # Without beginnings nothing but the word itself says that two statements mean one time.
            return first is begin and phase.state == self.stated[0].what.state
        if abs(first - begin) <= _NEAR:
            return True
        return first < begin <= (last or begin) or begin < first <= (end or dt.date.min)


def periods(
    stated: Iterable[Stated[Phase]],
    series: Course,
    knowledge: Knowledge,
    lines: Sequence[Line] = (),
) -> list[Period]:
    """The periods in order of time; those without a beginning come last."""
    groups = _grouped(stated, knowledge)
    made = [(group, _period(group)) for group in groups]
    _measure_beginnings(made, series.turns)
    made.sort(key=lambda pair: (pair[1].begin is not None, pair[1].begin or "", pair[1].end or "9999"))
    _close(made)
    for _, period in made:
        period.turn = _near(series.turns, period)
    found = [period for _, period in made]
    found += _measured(series, found, lines)
    return sorted(found, key=lambda p: (p.begin is None, p.begin or "", p.end or "9999", p.states))


def _grouped(stated: Iterable[Stated[Phase]], knowledge: Knowledge) -> list[_Group]:
    groups: list[_Group] = []
    ordered = sorted(stated, key=lambda s: (s.what.begin is None, s.what.begin or "", s.source.published or ""))
    for statement in ordered:
        family = knowledge.families.get(statement.what.state, statement.what.state)
        fitting = [g for g in groups if g.family == family]
        home = next((g for g in fitting if g.takes(statement.what)), None)
        if home is None and statement.what.begin is None:
            # Without a beginning of its own: the period that was going on when the article was written.
            home = next((g for g in fitting if _covers(g, statement)), None)
        if home is None:
            groups.append(_Group(family, [statement]))
        else:
            home.stated.append(statement)
    return groups


def _covers(group: _Group, statement: Stated[Phase]) -> bool:
    written, begin, end = first_day(statement.source.published), first_day(group.begin), last_day(group.end)
    if written is None or begin is None:
        return False
    return begin <= written and (end is None or written <= end)


def _period(group: _Group) -> Period:
    names = Counter(s.what.state for s in group.stated)
    voices = len({s.source.key for s in group.stated})
    days = sorted(s.source.published for s in group.stated if s.source.published)
    return Period(
        [name for name, _ in names.most_common()], group.begin, group.end, "stated",
        evidence=quotes_of(group.stated), voices=voices, told=(days[0], days[-1]) if days else (None, None),
    )  # fmt: skip


def _measure_beginnings(made: list[tuple[_Group, Period]], turns: list[Turn]) -> None:
    """Give a period whose beginning nobody states that of the last turn in its direction before it was stated."""
    for group, period in made:
        written = [d for s in group.stated if (d := first_day(s.source.published))]
        if period.begin is not None or not written:
            continue
        better = group.family == "better"
        fitting = [t for t in turns if t.on <= max(written) and (t.after > t.before) == better]
        if fitting:
            period.begin, period.begin_measured = fitting[-1].on.isoformat(), True


def _close(made: list[tuple[_Group, Period]]) -> None:
    for number, (group, period) in enumerate(made):
        if period.end is not None or period.begin is None:
            continue
        later = (p.begin for g, p in made[number + 1 :] if g.family != group.family and p.begin)
        period.end = next((begin for begin in later if begin > period.begin), None)


def _near(turns: list[Turn], period: Period) -> dt.date | None:
    first, last = first_day(period.begin), last_day(period.begin)
    if first is None or last is None or period.begin_measured:
        return None
    return next((t.on for t in turns if first - _NEAR <= t.on <= last + _NEAR), None)


def _measured(series: Course, stated: list[Period], lines: Sequence[Line]) -> list[Period]:
    """Stretches between turns of which no article says anything."""
    points = [p for p in series.points if p.exposure]
    if not series.turns or not points:
        return []
    edges = [points[0].begin, *(t.on for t in series.turns), points[-1].end + dt.timedelta(days=1)]
    mean = sum(_events(p) for p in points) / len(points)
    found: list[Period] = []
    for begin, after in pairwise(edges):
        middle = begin + (after - begin) / 2
        if any(p.begin and p.holds(middle) for p in stated):
            continue
        inside = [p for p in points if begin <= p.begin < after]
        end = after - dt.timedelta(days=1)
        found.append(
            Period([_level(inside, mean)], begin.isoformat(), end.isoformat(), "measured",
                   evidence=_weightiest(lines, begin, end))
        )  # fmt: skip
    return found


def _events(point: Point) -> int:
    return point.cooperation_events + point.conflict_events


def _level(points: list[Point], mean: float) -> str:
    events = sum(_events(p) for p in points)
    if not points or events / len(points) < mean * _QUIET:
        return "quiet"
    share = sum(p.cooperation_events for p in points) / events
    return "cooperation" if share >= _MOSTLY else "conflict" if share <= 1 - _MOSTLY else "mixed"


def _weightiest(lines: Sequence[Line], begin: dt.date, end: dt.date) -> list[Quote]:
    inside = [x for x in lines if x.begin and x.end and begin <= x.begin and x.end <= end and x.quotes]
    inside.sort(key=lambda x: (-x.occurrence.voices, -abs(x.occurrence.score), x.occurrence.id))
    return [x.quotes[0] for x in inside[:_EVIDENCE]]


def _commonest(values: Iterable[str]) -> str | None:
    """The value that stands there most often, of those alike the longest, then the first; None without any."""
    counted = Counter(v for v in values if v)
    return max(counted, key=lambda v: (counted[v], len(v))) if counted else None
