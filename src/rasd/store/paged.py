"""Lists read page by page: each page begins behind a place in the order, so that what is added between shifts nothing.

An order is by values that a row keeps, its number last; a place is these values of the last row that was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlalchemy import Connection, func, select, tuple_

from rasd.chronicle import Occurrence, Report, Review
from rasd.record import Name
from rasd.store import reviews
from rasd.store.articles import Choice, Listed, listed_as, listed_columns
from rasd.store.events import EventChoice, chosen
from rasd.store.ledger import Ledger
from rasd.store.packing import unpack_occurrence
from rasd.store.rows import main_code
from rasd.store.schema import (
    Query,
    affair,
    article,
    article_affair,
    occurrence,
    occurrence_affair,
    occurrence_side,
    report,
    review,
)

# A place in an order: the values of the last row that was given.
Place: TypeAlias = tuple[str | int | float, ...]
Order = Literal["latest", "earliest"]


@dataclass(slots=True)
class Told:
    """A report with the event that it tells."""

    occurrence: str | None
    report: Report


@dataclass(slots=True)
class PowerTold:
    """A power by its main code, with how many events it stands in and the first and last day of one."""

    code: str
    events: int
    first: str | None
    last: str | None


@dataclass(slots=True)
class Counterpart:
    """A power that another one stands in events with, and in how many."""

    code: str
    events: int


@dataclass(slots=True)
class AffairTold:
    """What events are about: its key, kind and name, how many events are about it and how many articles name it."""

    key: str
    kind: str
    name: Name
    events: int
    articles: int


def articles(
    connection: Connection, choice: Choice, behind: Place | None, limit: int
) -> tuple[list[Listed], list[Place]]:
    """Articles, the latest day of publication first, those of no known day last; each with its place."""
    a = article.c
    day = func.coalesce(a.published, "")
    query = choice.apply(select(*listed_columns(), day.label("day"))).order_by(day.desc(), a.id.desc()).limit(limit)
    if behind is not None:
        query = query.where(tuple_(day, a.id) < behind)
    rows = connection.execute(query).all()
    return [listed_as(row) for row in rows], [(row.day, row.id) for row in rows]


def occurrences(
    connection: Connection, choice: EventChoice, order: Order, behind: Place | None, limit: int
) -> tuple[list[Occurrence], list[Place]]:
    """Events by their days, those of no known day last; each with its place."""
    o = occurrence.c
    # Numbers alone: sorting rows with all their content would move megabytes to show a page.
    query = chosen(select(o.id), choice)
    if order == "latest":
        day = func.coalesce(o.first, "")
        query = query.order_by(day.desc(), o.id.desc())
        query = query if behind is None else query.where(tuple_(day, o.id) < behind)
    else:
        day = func.coalesce(o.first, "9999-99-99")
        query = query.order_by(day, o.id)
        query = query if behind is None else query.where(tuple_(day, o.id) > behind)
    rows = connection.execute(query.add_columns(day.label("day")).limit(limit)).all()
    whole = select(o.id, o.content).where(o.id.in_([row.id for row in rows]))
    contents = {row.id: row.content for row in connection.execute(whole)}
    return [unpack_occurrence(contents[row.id], f"o{row.id}") for row in rows], [(row.day, row.id) for row in rows]


def reports(
    ledger: Ledger, choice: EventChoice, of: str | None, behind: Place | None, limit: int
) -> tuple[list[Told], list[Place]]:
    """Reports in the order in which their articles came, those of one article or of all; each with its place.

    Type, status, country and confidence are those that the report itself says; sides, days and affairs its event's.
    """
    r = report.c
    query = _reports(select(r.article_id, r.number, r.occurrence_id), choice).order_by(r.article_id, r.number)
    if of is not None:
        query = query.where(r.article_id == int(of))
    if behind is not None:
        query = query.where(tuple_(r.article_id, r.number) > behind)
    rows = ledger.connection.execute(query.limit(limit)).all()
    ids = [f"{row.article_id}/e{row.number}" for row in rows]
    known = ledger.reports(ids)
    told = [
        Told(f"o{row.occurrence_id}" if row.occurrence_id is not None else None, known[id])
        for row, id in zip(rows, ids, strict=True)
        if id in known
    ]
    return told, [(row.article_id, row.number) for row, id in zip(rows, ids, strict=True) if id in known]


def powers(connection: Connection, behind: Place | None, limit: int) -> tuple[list[PowerTold], list[Place]]:
    """The powers that stand in events, by their codes; each with its place."""
    s = occurrence_side.c
    query = _powers().where(s.main != "None").order_by(s.main).limit(limit)
    if behind is not None:
        query = query.where(s.main > behind[0])
    rows = connection.execute(query).all()
    return [PowerTold(*row) for row in rows], [(row.main,) for row in rows]


def power(connection: Connection, code: str) -> PowerTold | None:
    """A power by its code, None where it stands in no event."""
    row = connection.execute(_powers().where(occurrence_side.c.main == main_code(code))).one_or_none()
    return None if row is None else PowerTold(*row)


def counterparts(connection: Connection, code: str, limit: int) -> list[Counterpart]:
    """With whom a power stands in events, those of most events first."""
    mine, other = occurrence_side.alias(), occurrence_side.alias()
    main = main_code(code)
    query = select(other.c.main, func.count()).join(mine, mine.c.occurrence_id == other.c.occurrence_id)
    query = query.where(mine.c.main == main, other.c.main.not_in((main, "None"))).group_by(other.c.main)
    rows = connection.execute(query.order_by(func.count().desc(), other.c.main).limit(limit)).all()
    return [Counterpart(*row) for row in rows]


def affairs(
    connection: Connection, behind: Place | None, limit: int, *, kind: str | None = None, key: str | None = None
) -> tuple[list[AffairTold], list[Place]]:
    """Affairs by their keys, all or of a kind; each with its place."""
    f = affair.c
    events = select(func.count()).where(occurrence_affair.c.affair_id == f.id).scalar_subquery()
    named = select(func.count(article_affair.c.article_id.distinct())).where(article_affair.c.affair_id == f.id)
    query = select(f.key, f.kind, f.name_ar, f.name_en, events, named.scalar_subquery()).order_by(f.key).limit(limit)
    if kind is not None:
        query = query.where(f.kind == kind)
    if key is not None:
        query = query.where(f.key == key)
    if behind is not None:
        query = query.where(f.key > behind[0])
    rows = [*connection.execute(query).all()]
    made = [AffairTold(key, kind, Name(ar, en), events, named) for key, kind, ar, en, events, named in rows]
    return made, [(told.key,) for told in made]


def given_reviews(
    connection: Connection, behind: Place | None, limit: int, *, article: str | None = None,
    person: str | None = None, verdict: str | None = None, every: bool = False,
) -> tuple[list[Review], list[Place]]:  # fmt: skip
    """Reviews, the last given first, those that hold or ``every`` one; each with its place."""
    v = review.c
    query = select(review).order_by(v.id.desc()).limit(limit)
    for column, value in ((v.person, person), (v.verdict, verdict), (v.article_id, int(article) if article else None)):
        if value is not None:
            query = query.where(column == value)
    if not every:
        query = query.where(v.current)
    if behind is not None:
        query = query.where(v.id < behind[0])
    rows = connection.execute(query).all()
    return [reviews.review_of(row) for row in rows], [(row.id,) for row in rows]


def last_article(connection: Connection) -> int:
    """The number of the article that came last, 0 where there is none."""
    return connection.execute(select(func.max(article.c.id))).scalar() or 0


def _powers() -> Query:
    s = occurrence_side.c
    return select(s.main, func.count(), func.min(s.first), func.max(s.last)).group_by(s.main)


def _reports(query: Query, choice: EventChoice) -> Query:
    r = report.c
    for column, values in ((r.type, choice.types), (r.status, choice.status), (r.country, choice.countries)):
        if values:
            query = query.where(column.in_(values))
    if choice.least > 0:
        query = query.where(r.confidence >= choice.least)
    if choice.sources:
        query = query.where(r.article_id.in_(select(article.c.id).where(article.c.source.in_(choice.sources))))
    of_events = EventChoice(choice.codes, begin=choice.begin, end=choice.end, about=choice.about)
    if of_events != EventChoice():
        query = query.where(r.occurrence_id.in_(chosen(select(occurrence.c.id), of_events)))
    return query
