"""What a stretch of days brought: events told in it, and how pairs of powers stood in each of its days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, and_, case, func, or_, select

from rasd.chronicle import Occurrence
from rasd.store.packing import unpack_occurrence
from rasd.store.schema import article, occurrence, occurrence_side, report

# `occurrence_side.side`: who acts, who is acted upon, who does both.
_ACTS, _SUFFERS, _BOTH = 1, 2, 3
# Events of what happened, of which alone a sum speaks.
_HAPPENED = ("occurred", "ongoing")
# No power: those whom an article does not name.
_NOBODY = "None"


@dataclass(slots=True, frozen=True)
class PairDay:
    """What two powers did to each other on a day: sums of scores (``conflict`` is negative or 0), and of how many."""

    first: str
    second: str
    day: dt.date
    cooperation: float
    conflict: float
    events: int


def told(
    connection: Connection, begin: dt.date, end: dt.date, *, again: bool = False, limit: int | None = None
) -> Iterator[Occurrence]:
    """The occurrences of which an article published on these days tells, those that most voices tell first.

    ``again``: only those that have several reports, whose status may have moved.
    """
    o, r, a = occurrence.c, report.c, article.c
    of = (
        select(r.occurrence_id)
        .join(article, a.id == r.article_id)
        .where(a.published.between(begin.isoformat(), end.isoformat()))
    )
    query = select(o.id, o.content).where(o.id.in_(of))
    if again:
        query = query.where(o.reports > 1)
    query = query.order_by(o.voices.desc(), o.confidence.desc(), o.id.desc()).limit(limit)
    for number, content in connection.execute(query):
        yield unpack_occurrence(content, f"o{number}")


def pair_days(connection: Connection, begin: dt.date, end: dt.date, *, least: float = 0.0) -> list[PairDay]:
    """What each pair of powers did to each other on each day; what both did towards others is left out.

    An occurrence counts on its first day, with its whole score; ``least`` is the confidence it needs.
    """
    o, one, two, third = occurrence.c, occurrence_side.alias(), occurrence_side.alias(), occurrence_side.alias()
    acting, suffering = (_ACTS, _BOTH), (_SUFFERS, _BOTH)
    towards = or_(
        and_(one.c.side.in_(acting), two.c.side.in_(suffering)),
        and_(two.c.side.in_(acting), one.c.side.in_(suffering)),
    )
    nobody_else = ~select(1).where(third.c.occurrence_id == o.id, third.c.side.in_(suffering)).exists()
    together = and_(one.c.side == _ACTS, two.c.side == _ACTS, nobody_else)
    query = (
        select(
            one.c.main,
            two.c.main,
            o.first,
            func.sum(case((o.score > 0, o.score), else_=0.0)),
            func.sum(case((o.score < 0, o.score), else_=0.0)),
            func.count(),
        )
        .select_from(occurrence)
        .join(one, one.c.occurrence_id == o.id)
        .join(two, and_(two.c.occurrence_id == o.id, one.c.main < two.c.main))
        .where(o.first.between(begin.isoformat(), end.isoformat()), o.status.in_(_HAPPENED), o.confidence >= least)
        .where(one.c.main != _NOBODY, two.c.main != _NOBODY, or_(towards, together))
        .group_by(one.c.main, two.c.main, o.first)
    )
    return [PairDay(a, b, dt.date.fromisoformat(day[:10]), up, down, n)
            for a, b, day, up, down, n in connection.execute(query) if len(day) >= 10]  # fmt: skip


def pairs(connection: Connection, *, limit: int, offset: int = 0) -> list[tuple[str, str, int]]:
    """The pairs of powers that stand in events together, with how many, the most first."""
    one, two = occurrence_side.alias(), occurrence_side.alias()
    count = func.count()
    query = (
        select(one.c.main, two.c.main, count)
        .join(two, and_(two.c.occurrence_id == one.c.occurrence_id, one.c.main < two.c.main))
        .where(one.c.main != _NOBODY, two.c.main != _NOBODY)
        .group_by(one.c.main, two.c.main)
        .order_by(count.desc(), one.c.main, two.c.main)
        .limit(limit)
        .offset(offset)
    )
    return [(a, b, n) for a, b, n in connection.execute(query)]


def count_pairs(connection: Connection) -> int:
    """How many pairs of powers stand in events together."""
    one, two = occurrence_side.alias(), occurrence_side.alias()
    found = (
        select(one.c.main, two.c.main.label("other"))
        .join(two, and_(two.c.occurrence_id == one.c.occurrence_id, one.c.main < two.c.main))
        .where(one.c.main != _NOBODY, two.c.main != _NOBODY)
        .distinct()
        .subquery()
    )
    return connection.execute(select(func.count()).select_from(found)).scalar() or 0
