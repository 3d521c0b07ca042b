"""Imported rows into the database, beside the articles that Rasd reads itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from rasd.exchange.records import to_record
from rasd.exchange.told import Told
from rasd.record import Record
from rasd.relations.adding import Added, OnOutcome, add
from rasd.relations.identity import Identity, Link, Traces
from rasd.relations.profile import Profile
from rasd.sources.article import Article
from rasd.sources.gathering import Gathered
from rasd.store import Store


def keep(
    store: Store, rows: Iterable[Told], form: str, *, join: bool = False, on_outcome: OnOutcome | None = None
) -> Added:
    """Keep rows of a table in ``store``, each as an article of one event; a row kept before is passed over.

    Each row is an event of its own, as its table has it, unless ``join`` lets rows that seem to tell one event be one.
    Events that Rasd reads later may be told by rows too. Raises `rasd.store.StoreError` where the database refuses;
    what was reported until then is kept.
    """
    given = _Given(form)
    identity = Identity() if join else _Apart()
    return add(store, given, given.gathered(rows), identity=identity, on_outcome=on_outcome)


class _Given:
    """What reads a row: its record is made already."""

    def __init__(self, form: str) -> None:
        self.version = f"import.{form}"
        self._record: Record | None = None

    def gathered(self, rows: Iterable[Told]) -> Iterator[Gathered]:
        """The rows as articles; that given last is read next."""
        for told in rows:
            self._record = record = to_record(told)
            article = record.article
            day = dt.date.fromisoformat(article.published) if article.published else None
            # A row is listed by the line that tells it; with its id, so that no two are taken for copies of one text.
            title = f"{told.occurrence.gloss.en or told.occurrence.gloss.ar} ({article.id})"
            yield Gathered(article.id or "", Article(article.text, article.id, title, article.source, article.url, day))

    def read(
        self, text: str, *, published: str | dt.date | None = None, id: str | None = None,
        title: str | None = None, source: str | None = None, url: str | None = None,
    ) -> Record:  # fmt: skip
        assert self._record is not None
        return self._record


class _Apart(Identity):
    """Takes each report for an event of its own."""

    def link(self, profiles: Sequence[Profile], archive: Traces) -> list[Link]:
        return [Link(profile.id, None, [], 1.0) for profile in profiles]
