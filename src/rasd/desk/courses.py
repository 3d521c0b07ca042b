"""The course of what a power does and meets, by day, week or month, as a chart of what is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from rasd.desk.language import Words
from rasd.relations.pages.page import Bar, Chart
from rasd.store.events import DayTally

_HAPPENED = ("occurred", "ongoing")
# Up to so many days a bar is a day, up to so many a week; then a month.
_DAYS, _WEEKS = 45, 300
# Events that are known no better than so many days are in no bar.
_EXACT = {"day": 1, "week": 7, "month": 31}


def course(tallies: Iterable[DayTally], begin: dt.date, end: dt.date, say: Words) -> Chart | None:
    """Sums of scores by bar from ``begin`` to ``end``; None where nothing that happened is known well enough."""
    length = (end - begin).days + 1
    step = "day" if length <= _DAYS else "week" if length <= _WEEKS else "month"
    sums: dict[dt.date, list[float]] = {}
    for tally in tallies:
        try:
            first, last = dt.date.fromisoformat(tally.first), dt.date.fromisoformat(tally.last)
        except (TypeError, ValueError):
            continue
        if tally.status not in _HAPPENED or not begin <= first <= end or (last - first).days >= _EXACT[step]:
            continue
        both = sums.setdefault(_begin(first, step), [0.0, 0.0])
        both[tally.quad.endswith("conflict")] += tally.score
    if not sums:
        return None
    bars: list[Bar] = []
    at = _begin(begin, step)
    while at <= end:
        after = _after(at, step)
        up, down = sums.get(at, (0.0, 0.0))
        label = say.day(at.isoformat()[:7] if step == "month" else at)
        bars.append(Bar(at, label, max(up, 0.0), min(down, 0.0), False, after - dt.timedelta(days=1)))
        at = after
    legend = say.label("course.cooperation"), say.label("course.conflict")
    return Chart(bars, [], [], [], legend, say.label("actor.course-note", step=say.label(f"course.{step}")))


def _begin(day: dt.date, step: str) -> dt.date:
    if step == "month":
        return day.replace(day=1)
    return day - dt.timedelta(days=(day.weekday() + 1) % 7) if step == "week" else day


def _after(day: dt.date, step: str) -> dt.date:
    if step == "month":
        return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return day + dt.timedelta(days=7 if step == "week" else 1)
