"""Look-ups for who shows the record: what an article's events tell, who is called what, what some days brought."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from rasd.chronicle import Occurrence
from rasd.record import Name, Record
from rasd.store import recent
from rasd.store.articles import sources
from rasd.store.packing import unpack_record, unpack_text
from rasd.store.schema import Found, Query, affair, article, report, report_side

# So many values are asked for at once: databases bound the parameters of a statement.
_CHUNK = 500


class Lookups:
    """The part of a `rasd.store.ledger.Ledger` that answers these."""

    connection: Connection

    def occurrences_of(self, key: str) -> dict[str, str]:
        """The occurrences that the events of an article tell, by the events' ids in its record (``e3``)."""
        r = report.c
        query = select(r.number, r.occurrence_id).where(r.article_id == int(key), r.occurrence_id.is_not(None))
        return {f"e{number}": f"o{of}" for number, of in self.connection.execute(query)}

    def records(self, keys: Iterable[str]) -> dict[str, Record]:
        """The whole records of articles, by their keys, those that are kept."""
        numbers = sorted({int(key) for key in keys if key.isdecimal()})
        a = article.c
        found = self._in(select(a.id, a.text, a.record), a.id, numbers)
        return {str(row.id): unpack_record(row.record, unpack_text(row.text)) for row in found}

    def affair_names(self, keys: Iterable[str]) -> dict[str, Name]:
        """What affairs are called, by their keys, those that are kept."""
        a = affair.c
        found = self._in(select(a.key, a.name_ar, a.name_en), a.key, list(dict.fromkeys(keys)))
        return {row.key: Name(row.name_ar, row.name_en) for row in found}

    def sources(self) -> list[tuple[str | None, int]]:
        """The papers, agencies and sites that articles are of, with how many, the most frequent first."""
        return sources(self.connection)

    def codes(self) -> dict[str, int]:
        """The codes of those who stand on sides of events, and in how many reports."""
        query = select(report_side.c.code, func.count()).group_by(report_side.c.code)
        return {row.code: row[1] for row in self.connection.execute(query)}

    def told(
        self, begin: dt.date, end: dt.date, *, again: bool = False, limit: int | None = None
    ) -> Iterator[Occurrence]:
        """The occurrences that articles of these days tell, those of most voices first (`rasd.store.recent.told`)."""
        return recent.told(self.connection, begin, end, again=again, limit=limit)

    def pair_days(self, begin: dt.date, end: dt.date, *, least: float = 0.0) -> list[recent.PairDay]:
        """What each pair of powers did to each other on each day (`rasd.store.recent.pair_days`)."""
        return recent.pair_days(self.connection, begin, end, least=least)

    def pairs(self, *, limit: int, offset: int = 0) -> list[tuple[str, str, int]]:
        """The pairs of powers that stand in events together, with how many, the most first."""
        return recent.pairs(self.connection, limit=limit, offset=offset)

    def count_pairs(self) -> int:
        """How many pairs of powers stand in events together."""
        return recent.count_pairs(self.connection)

    def _in(self, query: Query, column: Any, values: Sequence[Any]) -> Iterator[Found]:
        """The rows of a query where a column has one of many values."""
        for at in range(0, len(values), _CHUNK):
            yield from self.connection.execute(query.where(column.in_(values[at : at + _CHUNK]))).all()
