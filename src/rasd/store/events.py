"""Events chosen by who, what, when, where, on whose word and by their words: listed, counted, put on days and places.

All of it asks indexes; the content of an event is looked at only where it is shown. A day of an event is that of its
date, else the day it was first told, as everywhere in the store.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, case, func, or_, select

from rasd.chronicle import Occurrence
from rasd.record import Name
from rasd.store import index
from rasd.store.packing import unpack_occurrence
from rasd.store.query import Wanted
from rasd.store.rows import ACTOR, RECIPIENT, main_code
from rasd.store.schema import (
    Found,
    Query,
    affair,
    article,
    occurrence,
    occurrence_affair,
    occurrence_side,
    place,
    report,
    report_side,
)

# In which order events are listed: those told last first, the latest day first, the earliest first, or those last
# written first.
Order = Literal["told", "latest", "earliest", "changed"]
ORDERS: tuple[Order, ...] = ("told", "latest", "earliest", "changed")
# What events can be tallied by.
Field = Literal["type", "status", "quad", "country"]

# So many values are asked for at once: databases bound the parameters of a statement.
_CHUNK = 500
# The main code of a side that no file gives one.
UNKNOWN = "None"
_HAPPENED = ("occurred", "ongoing")


@dataclass(slots=True, frozen=True)
class EventChoice:
    """Which events are meant; what is empty does not choose.

    ``codes``: each stands on a side; ``by``: each acts; ``to``: each is acted upon (``RUS``, or a part: ``SYR/OPP``).
    ``types``, ``quads``, ``status``: one of them. ``begin``, ``end``: its days touch these, both included. ``places``
    (`rasd.chronicle.place_key`) and ``countries``: it lies in one of them. ``sources``: one of them tells it;
    ``about``: it is about one of these affairs (`rasd.chronicle.affair_key`). ``least``: of such confidence.
    ``told_since``, ``told_until``: days of publication of its last report. ``words``: they stand in what it rests on
    (`rasd.store.Store.wanted`).
    """

    codes: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    quads: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    begin: dt.date | None = None
    end: dt.date | None = None
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    least: float = 0.0
    told_since: dt.date | None = None
    told_until: dt.date | None = None
    words: Wanted | None = None


@dataclass(slots=True, frozen=True)
class KeptPlace:
    """A place across articles. ``id`` is its number here, ``key`` as `rasd.chronicle.place_key`."""

    id: int
    key: str
    name: Name
    country: str | None
    lat: float | None
    lon: float | None


@dataclass(slots=True, frozen=True)
class PlaceTally:
    """How many of some events a place has, how many of those are conflict, and the last day of one of them."""

    place: KeptPlace
    events: int
    conflict: int
    last: str | None


@dataclass(slots=True, frozen=True)
class DayTally:
    """How many of some events have exactly these days and this class and status, and the sum of their scores."""

    first: str
    last: str
    quad: str
    status: str
    events: int
    score: float


@dataclass(slots=True, frozen=True)
class Dealing:
    """What happened between two powers: events of cooperation and of conflict, and the sum of their scores.

    What both do together towards others is no dealing of theirs.
    """

    first: str
    second: str
    cooperation: int
    conflict: int
    score: float


@dataclass(slots=True, frozen=True)
class AffairTally:
    """An affair by its key, with how many events are about it and the last day that one was told."""

    key: str
    kind: str
    name: Name
    events: int
    last: str | None


def chosen(query: Query, choice: EventChoice) -> Query:
    """A query of occurrences, narrowed to those that are meant."""
    o = occurrence.c
    for codes, sides in ((choice.codes, None), (choice.by, (ACTOR, 3)), (choice.to, (RECIPIENT, 3))):
        for code in codes:
            query = _of(query, code, sides)
    for column, values in (
        (o.type, choice.types), (o.quad, choice.quads), (o.status, choice.status), (o.country, choice.countries),
    ):  # fmt: skip
        if values:
            query = query.where(column.in_(values))
    if choice.begin is not None:
        query = query.where(o.last >= choice.begin.isoformat())
    if choice.end is not None:
        query = query.where(o.first <= choice.end.isoformat())
    if choice.told_since is not None:
        query = query.where(o.retold >= choice.told_since.isoformat())
    if choice.told_until is not None:
        query = query.where(o.retold <= choice.told_until.isoformat())
    if choice.places:
        query = query.where(o.place_id.in_(select(place.c.id).where(place.c.key.in_(choice.places))))
    if choice.about:
        told = select(occurrence_affair.c.occurrence_id).join(affair).where(affair.c.key.in_(choice.about))
        query = query.where(o.id.in_(told))
    if choice.sources:
        of = article.c.source.in_(choice.sources)
        query = query.where(o.id.in_(select(report.c.occurrence_id).join(article).where(of)))
    if choice.least > 0:
        query = query.where(o.confidence >= choice.least)
    return query


def with_words(connection: Connection, query: Query, choice: EventChoice) -> Query:
    """As `chosen`, and those with the words that are looked for, by the index of this database."""
    query = chosen(query, choice)
    if choice.words is not None and choice.words.groups:
        found = index.found_reports(connection, choice.words)
        query = query.where(occurrence.c.id.in_(select(report.c.occurrence_id).where(report.c.id.in_(found))))
    return query


def _of(query: Query, code: str, sides: tuple[int, ...] | None) -> Query:
    """Those in which a power, or a part of one, stands on one of the sides."""
    side = occurrence_side.alias()
    stands = select(side.c.occurrence_id).where(side.c.main == main_code(code))
    if sides is not None:
        stands = stands.where(side.c.side.in_(sides))
    query = query.where(occurrence.c.id.in_(stands))
    if "/" in code:
        part = report_side.alias()
        is_part = or_(part.c.code == code, part.c.code.startswith(f"{code}/", autoescape=True))
        told = select(report.c.occurrence_id).join(part, part.c.report_id == report.c.id).where(is_part)
        if sides is not None:
            told = told.where(part.c.side == sides[0])
        query = query.where(occurrence.c.id.in_(told))
    return query


class Events:
    """The part of a `rasd.store.ledger.Ledger` that lists and counts events of a choice."""

    connection: Connection

    def events(
        self, choice: EventChoice, *, order: Order = "told", limit: int | None = None, offset: int = 0
    ) -> list[Occurrence]:
        """The events of a choice in an order; those without a day come last."""
        o = occurrence.c
        # Numbers first: sorting rows with all their content would move megabytes to show a page.
        ids = with_words(self.connection, select(o.id), choice).order_by(*_ordered(order)).limit(limit).offset(offset)
        numbers = list(self.connection.execute(ids).scalars())
        found = self._contents(numbers)
        return [found[n] for n in numbers]

    def stream(self, choice: EventChoice, *, order: Order = "told", limit: int | None = None) -> Iterator[Occurrence]:
        """As `events`, some at a time, for what is too much to hold."""
        o = occurrence.c
        ids = with_words(self.connection, select(o.id), choice).order_by(*_ordered(order)).limit(limit)
        numbers = list(self.connection.execute(ids).scalars())
        for at in range(0, len(numbers), _CHUNK):
            found = self._contents(numbers[at : at + _CHUNK])
            yield from (found[n] for n in numbers[at : at + _CHUNK])

    def count_events(self, choice: EventChoice) -> int:
        """How many events a choice has."""
        query = with_words(self.connection, select(func.count()).select_from(occurrence), choice)
        return self.connection.execute(query).scalar() or 0

    def last_change(self, choice: EventChoice) -> str | None:
        """When an event of a choice was last written (``2024-05-14T08:00:00Z``), None where there is none."""
        query = with_words(self.connection, select(func.max(occurrence.c.changed)), choice)
        return self.connection.execute(query).scalar()

    def changed(self, ids: Iterable[str]) -> dict[str, str]:
        """When each of these occurrences was last written."""
        numbers = [int(i[1:]) for i in ids]
        o = occurrence.c
        query = select(o.id, o.changed)
        return {f"o{row.id}": row.changed or "" for row in self._in_chunks(query, o.id, numbers)}

    def tally(self, choice: EventChoice, field: Field) -> dict[str, int]:
        """How many events of a choice have each value of a field, the commonest first."""
        column = occurrence.c[field]
        query = with_words(self.connection, select(column, func.count()), choice).group_by(column)
        rows = self._all(query.where(column.is_not(None)))
        return {row[0]: row[1] for row in sorted(rows, key=lambda row: (-row[1], row[0]))}

    def days(self, choice: EventChoice) -> list[DayTally]:
        """How many events of a choice have which days, class and status, by day."""
        o = occurrence.c
        by = (o.first, o.last, o.quad, o.status)
        counted = select(*by, func.count(), func.sum(o.score))
        query = with_words(self.connection, counted, choice).where(o.first.is_not(None))
        return [DayTally(*row) for row in self._all(query.group_by(*by).order_by(*by))]

    def span(self, choice: EventChoice) -> tuple[str, str] | None:
        """The first and the last day on which an event of a choice begins; None where none has a day."""
        o = occurrence.c
        query = with_words(self.connection, select(func.min(o.first), func.max(o.first)), choice)
        ((first, last),) = self._all(query)
        return (first, last) if first else None

    def places(self, choice: EventChoice, *, limit: int | None = None) -> list[PlaceTally]:
        """The places of a choice's events, those with most first."""
        o, p = occurrence.c, place.c
        conflict = func.sum(case((o.quad.endswith("conflict"), 1), else_=0))
        query = with_words(self.connection, select(o.place_id, func.count(), conflict, func.max(o.last)), choice)
        counted = query.where(o.place_id.is_not(None)).group_by(o.place_id)
        rows = sorted(self._all(counted), key=lambda row: (-row[1], row[0]))[:limit]
        known = {row.id: row for row in self._in_chunks(select(*_PLACE), p.id, [row[0] for row in rows])}
        return [PlaceTally(_kept_place(known[id]), n, bad, last) for id, n, bad, last in rows]

    def place(self, key: str) -> KeptPlace | None:
        """A place by its key, None where no event lies there."""
        row = self.connection.execute(select(*_PLACE).where(place.c.key == key)).one_or_none()
        return None if row is None else _kept_place(row)

    def powers(self, choice: EventChoice, *, limit: int | None = None) -> dict[str, int]:
        """The main codes that stand in events of a choice, with how many, those in most first."""
        side = occurrence_side.c
        query = select(side.main, func.count().label("n")).join(occurrence, occurrence.c.id == side.occurrence_id)
        query = with_words(self.connection, query, choice).group_by(side.main)
        query = query.where(side.main != UNKNOWN).order_by(func.count().desc(), side.main).limit(limit)
        return {row.main: row.n for row in self._all(query)}

    def dealings(self, code: str, choice: EventChoice | None = None, *, limit: int | None = None) -> list[Dealing]:
        """What happened between a power and each other one, those it deals with most first."""
        mine, other = occurrence_side.alias(), occurrence_side.alias()
        return self._dealings(mine, other, mine.c.main == main_code(code), choice)[:limit]

    def dealings_among(self, codes: Sequence[str], choice: EventChoice | None = None) -> list[Dealing]:
        """What happened between powers of a few, each pair once (``first`` before ``second``), the most first."""
        mine, other = occurrence_side.alias(), occurrence_side.alias()
        mains = sorted({main_code(code) for code in codes})
        among = mine.c.main.in_(mains) & other.c.main.in_(mains) & (mine.c.main < other.c.main)
        return self._dealings(mine, other, among, choice)

    def affairs_told(
        self, choice: EventChoice, *, kinds: Sequence[str] = (), limit: int | None = None
    ) -> list[AffairTally]:
        """The affairs that events of a choice are about, those of most events first."""
        o, a, about = occurrence.c, affair.c, occurrence_affair.c
        query = select(a.key, a.kind, a.name_ar, a.name_en, func.count(), func.max(o.retold))
        query = query.select_from(occurrence).join(occurrence_affair, about.occurrence_id == o.id)
        query = with_words(self.connection, query.join(affair, a.id == about.affair_id), choice)
        if kinds:
            query = query.where(a.kind.in_(list(kinds)))
        query = query.group_by(a.key, a.kind, a.name_ar, a.name_en).order_by(func.count().desc(), a.key).limit(limit)
        return [AffairTally(key, kind, Name(ar, en), n, last) for key, kind, ar, en, n, last in self._all(query)]

    def sources_told(self) -> dict[str, int]:
        """The papers, agencies and sites with how many articles are kept of each, those with most first."""
        name = article.c.source
        query = select(name, func.count()).where(name.is_not(None)).group_by(name).order_by(func.count().desc(), name)
        return {row[0]: row[1] for row in self._all(query)}

    def _dealings(self, mine: Any, other: Any, condition: Any, choice: EventChoice | None) -> list[Dealing]:
        o = occurrence.c
        acted = occurrence_side.alias()
        towards = select(1).where(acted.c.occurrence_id == o.id, acted.c.side >= RECIPIENT).exists()
        # Both act and nobody is acted upon (a meeting), or one acts towards the other.
        together = (mine.c.side == ACTOR) & (other.c.side == ACTOR) & ~towards
        directed = ((mine.c.side != other.c.side) | (mine.c.side == 3)) & (mine.c.side.op("|")(other.c.side) == 3)
        bad = case((o.quad.endswith("conflict"), 1), else_=0)
        query = select(mine.c.main, other.c.main, func.count(), func.sum(bad), func.sum(o.score))
        query = query.select_from(mine).join(other, other.c.occurrence_id == mine.c.occurrence_id)
        query = query.join(occurrence, o.id == mine.c.occurrence_id)
        query = query.where(
            other.c.main != UNKNOWN,
            condition,
            mine.c.main != other.c.main,
            o.status.in_(_HAPPENED),
            together | directed,
        )
        if choice is not None:
            query = with_words(self.connection, query, choice)
        rows = self._all(query.group_by(mine.c.main, other.c.main))
        found = [Dealing(a, b, n - conflict, conflict, score or 0.0) for a, b, n, conflict, score in rows]
        return sorted(found, key=lambda d: (-d.cooperation - d.conflict, d.first, d.second))

    def _all(self, query: Query) -> list[Found]:
        return [*self._stream(query)]

    def _stream(self, query: Query) -> Iterator[Found]:
        yield from self.connection.execute(query)

    def _contents(self, numbers: Sequence[int]) -> dict[int, Occurrence]:
        o = occurrence.c
        rows = self._in_chunks(select(o.id, o.content), o.id, numbers)
        return {row.id: unpack_occurrence(row.content, f"o{row.id}") for row in rows}

    def _in_chunks(self, query: Query, column: Any, values: Sequence[int]) -> Iterator[Any]:
        for at in range(0, len(values), _CHUNK):
            yield from self.connection.execute(query.where(column.in_(values[at : at + _CHUNK]))).all()


_PLACE = (place.c.id, place.c.key, place.c.name_ar, place.c.name_en, place.c.country, place.c.lat, place.c.lon)


def _kept_place(row: Any) -> KeptPlace:
    return KeptPlace(row.id, row.key, Name(row.name_ar, row.name_en), row.country, row.lat, row.lon)


def _ordered(order: Order) -> tuple[Any, ...]:
    o = occurrence.c
    if order == "latest":
        return o.first.desc().nulls_last(), o.id.desc()
    if order == "earliest":
        return o.first.asc().nulls_last(), o.id
    if order == "changed":
        return o.changed.desc().nulls_last(), o.id.desc()
    return o.retold.desc().nulls_last(), o.id.desc()
