"""Adding articles to a store: each is read, its reports put to the occurrences they tell, and all of it written.

Articles are read in batches outside of any transaction, then written in one, so that several processes can add at
once; an article is reported only when it is written for good. Memory holds one batch.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from rasd.record import Record
from rasd.relations.identity import Identity
from rasd.relations.occurrences import merge
from rasd.relations.reviewed import reviewed
from rasd.relations.ruling import rule
from rasd.sources.article import Article, keepable
from rasd.sources.gathering import Gathered
from rasd.store import Store
from rasd.store.articles import Identified, Standing, identify
from rasd.store.writer import Writer

# A batch: so many articles at most, or so many characters, or as many as are read in so many seconds.
ARTICLES, CHARACTERS, SECONDS = 50, 400_000, 2.0

ADDED, CHANGED, SAME, ASIDE = "added", "changed", "same", "aside"


class ReadsForStore(Protocol):
    """What reads: a `rasd.Reader`, or anything that reads as one."""

    @property
    def version(self) -> str: ...

    def read(
        self, text: str, *, published: str | dt.date | None = None, id: str | None = None,
        title: str | None = None, source: str | None = None, url: str | None = None,
    ) -> Record: ...  # fmt: skip


@dataclass(slots=True, frozen=True)
class Outcome:
    """What became of an article: it was ``added``, had ``changed``, was the ``same``, or is set ``aside`` for a reason.

    ``key`` is its key in the store, ``origin`` where it came from.
    """

    outcome: str
    origin: str
    key: str | None = None
    id: str | None = None
    title: str | None = None
    events: int = 0
    reason: str | None = None


@dataclass(slots=True)
class Added:
    """How many articles came to what, and how long it took."""

    added: int = 0
    changed: int = 0
    same: int = 0
    aside: int = 0
    events: int = 0
    words: int = 0
    seconds: float = 0.0

    def count(self, outcome: Outcome) -> None:
        """Add one outcome."""
        setattr(self, outcome.outcome, getattr(self, outcome.outcome) + 1)
        self.events += outcome.events


OnOutcome = Callable[[Outcome], None]


def add(
    store: Store, reader: ReadsForStore, found: Iterable[Gathered], *,
    identity: Identity | None = None, on_outcome: OnOutcome | None = None,
) -> Added:  # fmt: skip
    """Read articles and keep them in ``store``; what was kept before and is the same is not read again.

    ``on_outcome`` is told of each article when it is written for good. Raises `rasd.store.StoreError` where the
    database refuses; what was reported until then is kept.
    """
    adder = _Adder(store, reader, identity or Identity())
    began = time.perf_counter()
    for outcome in adder.outcomes(found):
        adder.summary.count(outcome)
        adder.summary.seconds = time.perf_counter() - began
        if on_outcome is not None:
            on_outcome(outcome)
    adder.summary.seconds = time.perf_counter() - began
    return adder.summary


@dataclass(slots=True)
class _Read:
    """An article of a batch: how it stood, and its record, or why there is none."""

    origin: str
    identified: Identified
    record: Record | None = None
    reason: str | None = None


class _Adder:
    """One run over articles."""

    def __init__(self, store: Store, reader: ReadsForStore, identity: Identity) -> None:
        self._store = store
        self._reader = reader
        self._identity = identity
        self.summary = Added()

    def outcomes(self, found: Iterable[Gathered]) -> Iterator[Outcome]:
        """What became of each article, as soon as that is for good."""
        batch: list[_Read] = []
        size, began = 0, time.perf_counter()
        for gathered in found:
            article = gathered.article
            if article is None:
                yield Outcome(ASIDE, gathered.origin, reason=gathered.reason)
                continue
            article = keepable(article)
            identified = identify(article, gathered.file)
            standing = self._standing(identified)
            if standing.same:
                yield _outcome(SAME, gathered.origin, article, standing.key)
                continue
            batch.append(self._read(gathered.origin, identified))
            size += len(article.text)
            if len(batch) >= ARTICLES or size >= CHARACTERS or time.perf_counter() - began >= SECONDS:
                yield from self._write(batch)
                batch, size, began = [], 0, time.perf_counter()
        yield from self._write(batch)

    def _standing(self, identified: Identified) -> Standing:
        with self._store.reading() as ledger:
            return ledger.standing(identified)

    def _read(self, origin: str, identified: Identified) -> _Read:
        article = identified.article
        try:
            record = self._reader.read(
                article.text, published=article.published, id=article.id, title=article.title,
                source=article.source, url=article.url,
            )  # fmt: skip
        except Exception as error:
            reason = f"reading failed: {type(error).__name__}: {error}"[:500]
            return _Read(origin, identified, reason=reason)
        self.summary.words += len(article.text.split())
        return _Read(origin, identified, record)

    def _write(self, batch: list[_Read]) -> list[Outcome]:
        """Write a batch in one transaction. Between reading and writing another process may have added the same."""
        if not batch:
            return []
        with self._store.writing() as writer, writer.together():
            return [self._keep(writer, read) for read in batch]

    def _keep(self, writer: Writer, read: _Read) -> Outcome:
        article = read.identified.article
        if read.record is None:
            return Outcome(ASIDE, read.origin, id=article.id, title=article.title, reason=read.reason)
        standing = writer.standing(read.identified)
        if standing.same:
            return _outcome(SAME, read.origin, article, standing.key)
        key = standing.key
        if key is None:
            key = writer.keep(read.identified, read.record, self._reader.version)
        else:
            withdraw(writer, key)
            writer.replace(key, read.identified, read.record, self._reader.version)
        tell(writer, key, read.record, self._identity, new=standing.key is None)
        what = ADDED if standing.key is None else CHANGED
        return _outcome(what, read.origin, article, key, len(read.record.events))


def tell(writer: Writer, key: str, record: Record, identity: Identity, *, new: bool = False) -> None:
    """Put an article's reports, as those who reviewed it have them, to the occurrences that they tell.

    A ``new`` one is not reviewed yet.
    """
    made = reviewed(record, [] if new else writer.reviews([key]))
    writer.tell(key, rule(made.record, key, writer, identity, made.verdicts))


def withdraw(writer: Writer, key: str) -> None:
    """Take out an article's reports; occurrences that have others are made anew of these."""
    left = writer.occurrences_by_id(writer.withdraw(key))
    for occurrence in left.values():
        told = [r for r in occurrence.reports if r.partition("/")[0] != key]
        kept = list(writer.reports(told).values())
        if kept:
            writer.merge(merge(kept, occurrence.id, denies=occurrence.denies))


def remove(store: Store, keys: Iterable[str]) -> None:
    """Remove articles with their history, all or none; events that others tell too stay, told by those."""
    with store.writing() as writer:
        for key in keys:
            withdraw(writer, key)
            writer.forget(key)
        writer.tidy()


def _outcome(what: str, origin: str, article: Article, key: str | None, events: int = 0) -> Outcome:
    return Outcome(what, origin, key, article.id, article.title, events)
