"""What is kept of events, to be read: occurrences with their reports, affairs, positions, phases, entities.

A `Ledger` reads on one connection, so that all of its answers are of one moment. It is a `rasd.chronicle.Archive`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from rasd.chronicle import Occurrence, Report, Review, Scored, Source, Trace
from rasd.record import Record
from rasd.store import reviews, traces
from rasd.store.articles import Identified, Standing, standing, whole
from rasd.store.events import Events
from rasd.store.packing import unpack_occurrence, unpack_reports, unpack_text
from rasd.store.rows import article_number, event_number, main_code
from rasd.store.schema import (
    Found,
    Query,
    affair,
    article,
    lexicon,
    occurrence,
    occurrence_affair,
    occurrence_side,
    report,
)
from rasd.store.statements import Statements

# So many values are asked for at once: databases bound the parameters of a statement.
CHUNK = 500
# Rows fetched at a time, so that hundreds of thousands are never in memory together.
_FETCH = 1000


class Ledger(Events, Statements):
    """See the module. ``connection`` is the caller's, who closes it after the last answer was used."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def occurrences(
        self,
        codes: Sequence[str] = (),
        *,
        begin: dt.date | None = None,
        end: dt.date | None = None,
        about: Sequence[str] = (),
        status: Sequence[str] = (),
    ) -> Iterator[Occurrence]:
        """The occurrences that are asked for, by their days; those without a day last.

        One without a date of its own counts as of the day of its first report.
        """
        query = self._chosen(select(occurrence.c.id, occurrence.c.content), codes, begin, end)
        if about:
            of = select(occurrence_affair.c.occurrence_id).join(affair).where(affair.c.key.in_(list(about)))
            query = query.where(occurrence.c.id.in_(of))
        if status:
            query = query.where(occurrence.c.status.in_(list(status)))
        for number, content in self._rows(query):
            yield unpack_occurrence(content, f"o{number}")

    def scored(
        self, codes: Sequence[str] = (), *, begin: dt.date | None = None, end: dt.date | None = None
    ) -> Iterator[Scored]:
        """As `occurrences`, what a series counts of each."""
        o = occurrence.c
        query = select(o.id, o.begins, o.ends, o.quad, o.score, o.status, o.confidence, o.voices)
        for row in self._rows(self._chosen(query, codes, begin, end)):
            number, *rest = row
            yield Scored(f"o{number}", *rest)

    def occurrences_by_id(self, ids: Iterable[str]) -> dict[str, Occurrence]:
        """These occurrences, those that are kept."""
        # No number of ours is longer; a database refuses one that it cannot hold.
        numbers = [int(i[1:]) for i in ids if i[:1] == "o" and i[1:].isdecimal() and i.isascii() and len(i) < 19]
        query = select(occurrence.c.id, occurrence.c.content)
        found = self._in(query, occurrence.c.id, numbers)
        return {f"o{number}": unpack_occurrence(content, f"o{number}") for number, content in found}

    def reports(self, ids: Iterable[str]) -> dict[str, Report]:
        """These reports with their words, those that are kept, in the order asked for."""
        asked = list(dict.fromkeys(ids))
        articles: dict[int, set[str]] = {}
        for i in asked:
            if _is_report(i):
                articles.setdefault(article_number(i), set()).add(i.rpartition("/")[2])
        a = article.c
        query = select(a.id, a.source, a.title, a.url, a.published, a.voice, a.text, a.record, a.reports)
        found: dict[str, Report] = {}
        for row in self._in(query, a.id, sorted(articles)):
            source = Source(str(row.id), row.source, row.title, row.url, row.published)
            text, wanted = unpack_text(row.text), articles[row.id]
            told = unpack_reports(row.reports, row.record, text, source, row.voice, wanted)
            found.update((r.id, r) for r in told)
        return {i: found[i] for i in asked if i in found}

    def standing(self, found: Identified) -> Standing:
        """How an article of a source stands to what is kept."""
        return standing(self.connection, found)

    def occurrence_of(self, report_id: str) -> str | None:
        """The id of the occurrence that a report tells, None where there is no such report."""
        if not _is_report(report_id):
            return None
        r = report.c
        number = self.connection.execute(
            select(r.occurrence_id).where(
                r.article_id == article_number(report_id), r.number == event_number(report_id)
            )
        ).scalar()
        return None if number is None else f"o{number}"

    def record(self, key: str) -> Record | None:
        """An article's whole record as Rasd read it, None where there is no such article."""
        return next((record for _, record in whole(self.connection, [int(key)])), None)

    def read_by(self, key: str) -> str | None:
        """The version of Rasd and the lexicon that read an article; None where there is no such article."""
        query = select(lexicon.c.version).join(article, article.c.lexicon_id == lexicon.c.id)
        return self.connection.execute(query.where(article.c.id == int(key))).scalar()

    def reviews(self, keys: Sequence[str], *, every: bool = False) -> list[Review]:
        """What people said of events of articles, the first first; ``every`` also what was superseded or undone."""
        return reviews.of_articles(self.connection, keys, every=every)

    def articles_by_day(self) -> dict[dt.date, int]:
        """How many articles are kept of each day of publication; those of no known day are left out."""
        published = article.c.published
        query = select(published, func.count()).where(published.is_not(None)).group_by(published).order_by(published)
        return {dt.date.fromisoformat(day): n for day, n in self.connection.execute(query)}

    def like_reports(self, keys: Collection[str]) -> list[Trace]:
        """The traces of earlier reports that were kept under one of these keys, the oldest first."""
        return traces.like_reports(self.connection, keys)

    def like_texts(self, keys: Collection[str]) -> list[Trace]:
        """The traces of earlier texts that were kept under one of these keys, the oldest first."""
        return traces.like_texts(self.connection, keys)

    def _chosen(self, query: Query, codes: Sequence[str], begin: dt.date | None, end: dt.date | None) -> Query:
        """A query of occurrences, for those of these powers and days."""
        mains = list(dict.fromkeys(map(main_code, codes)))
        # The power with the fewest occurrences chooses; each of them is then looked up for the others.
        for number, main in enumerate(self._rarest_first(mains)):
            side = occurrence_side.alias()
            if number == 0:
                of = _within(select(side.c.occurrence_id).where(side.c.main == main), side.c, begin, end)
                query = query.where(occurrence.c.id.in_(of))
            else:
                both = select(1).where(side.c.main == main, side.c.occurrence_id == occurrence.c.id)
                query = query.where(both.exists())
        if not mains:
            query = _within(query, occurrence.c, begin, end)
        return query.order_by(occurrence.c.first.is_(None), occurrence.c.first, occurrence.c.id)

    def _rarest_first(self, mains: list[str]) -> list[str]:
        if len(mains) < 2:
            return mains
        query = select(func.count()).select_from(occurrence_side)
        often = {m: self.connection.execute(query.where(occurrence_side.c.main == m)).scalar() or 0 for m in mains}
        return sorted(mains, key=lambda m: often[m])

    def _rows(self, query: Query) -> Iterator[Found]:
        """The rows of a query, fetched part by part."""
        yield from self.connection.execute(query, execution_options={"yield_per": _FETCH})


def _within(query: Query, columns: Any, begin: dt.date | None, end: dt.date | None) -> Query:
    """A query for rows whose days, ``first`` to ``last``, touch those asked for."""
    if begin is not None:
        query = query.where(columns.last >= begin.isoformat())
    if end is not None:
        query = query.where(columns.first <= end.isoformat())
    return query


def _is_report(id: str) -> bool:
    key, slash, event = id.partition("/e")
    return bool(slash) and key.isdecimal() and event.isdecimal()
