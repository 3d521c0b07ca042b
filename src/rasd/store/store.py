"""The record over time, in a database: what `rasd add` fills and everything else reads."""

from __future__ import annotations

import builtins
import datetime as dt
import threading
from collections.abc import Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from types import TracebackType

from sqlalchemy import Connection, Engine

from rasd.chronicle import Occurrence, Report, Review, Scored, Stated, Trace
from rasd.record import Affair, Entity, Phase, Position
from rasd.store import feeds
from rasd.store.articles import (
    Choice,
    KeptArticle,
    Listed,
    counted,
    kept,
    listed,
    number_of,
    numbers,
)
from rasd.store.engine import data_version, open_engine, reading, writing
from rasd.store.feeds import WatchedFeed
from rasd.store.indexing import indexed_by, renew
from rasd.store.ledger import Ledger
from rasd.store.location import StoreError, database_url, shown
from rasd.store.migrating import migrate
from rasd.store.query import Wanted, wanted
from rasd.store.search import Found, search
from rasd.store.terms import Terms, open_terms
from rasd.store.writer import Writer


class Store:
    """A database of articles and the events they tell. Use it as a context manager, or `close` it.

    ``place`` is a file of SQLite or the URL of a PostgreSQL database; without one it is ``$RASD_DB`` or a file in the
    user's data folder. ``create`` makes a file that is not there. The database is brought to the form that this
    version of Rasd knows. Raises `rasd.store.StoreError` where it cannot be had.

    It is a `rasd.chronicle.Archive`; each question is answered of its own moment. Use `reading` to ask several of one
    moment, or for what is too much to hold at once.
    """

    def __init__(self, place: str | None = None, *, create: bool = False) -> None:
        url = database_url(place)
        self.name = shown(url)
        self._engine: Engine = open_engine(url, create=create)
        try:
            migrate(self._engine)
        except BaseException:
            self._engine.dispose()
            raise
        self._terms: Terms | None = None
        # SQLite tells of changes by how they look from one connection, which is kept for that.
        self._watch: Connection | None = None
        self._watching = threading.Lock()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self._engine.dispose()

    @property
    def terms(self) -> Terms:
        """The terms that articles are searched by; the index is of these from here on."""
        if self._terms is None:
            terms = open_terms()
            self._renew_index(terms)
            self._terms = terms
        return self._terms

    @contextmanager
    def reading(self) -> Generator[Ledger]:
        """What is kept, as of one moment."""
        with reading(self._engine) as connection:
            yield Ledger(connection)

    @contextmanager
    def writing(self) -> Generator[Writer]:
        """What is kept, to be added to: all that the block does is written at its end, or nothing.

        One process writes at a time; the others wait.
        """
        terms = self.terms
        with writing(self._engine) as connection:
            writer = Writer(connection, terms)
            yield writer
            writer.finish()

    def revision(self) -> str | None:
        """What changes whenever something is written, by whichever process; None where a database cannot say.

        To know whether an answer given before still holds.
        """
        with self._watching:
            if self._watch is None:
                self._watch = self._engine.connect()
            return data_version(self._watch)

    def search(self, query: str, choice: Choice | None = None, *, limit: int = 10, offset: int = 0) -> Found:
        """The articles that a query finds, the best first (`rasd.store.search.search`)."""
        terms = self.terms
        with reading(self._engine) as connection:
            return search(connection, terms, query, choice or Choice(), limit=limit, offset=offset)

    def wanted(self, query: str) -> Wanted:
        """A search as a user writes it, taken apart, to be a part of an `EventChoice`."""
        return wanted(query, self.terms)

    def list(self, choice: Choice | None = None, *, limit: int | None = None, offset: int = 0) -> list[Listed]:
        """Articles, the latest day of publication first."""
        with reading(self._engine) as connection:
            return listed(connection, choice or Choice(), limit=limit, offset=offset)

    def count(self, choice: Choice | None = None) -> int:
        """How many articles there are."""
        with reading(self._engine) as connection:
            return counted(connection, choice or Choice())

    def keys(self, *, read_by_others_than: str | None = None) -> builtins.list[str]:
        """The keys of all articles, or of those that were not read by a lexicon (`Reader.version`), oldest first."""
        with reading(self._engine) as connection:
            found = numbers(connection, Choice(), not_read_by=read_by_others_than)
        return [str(number) for number in found]

    def key(self, id: str) -> str:
        """The key of the article that an id means: its key, else its id at its source, else its URL.

        Raises `StoreError` where there is none such, or more than one.
        """
        with reading(self._engine) as connection:
            found = number_of(connection, id)
        if not found:
            raise StoreError(f"no article is known as {id}")
        if len(found) > 1:
            raise StoreError(f"{id} means several articles: {', '.join(map(str, found))}")
        return str(found[0])

    def show(self, key: str, *, version: int | None = None) -> KeptArticle:
        """An article with its whole record, or as an earlier version of it was.

        Raises `StoreError` where there is none such.
        """
        with reading(self._engine) as connection:
            found = kept(connection, int(key), at=version)
        if found is None:
            raise StoreError(f"article {key} has no version {version}" if version else f"there is no article {key}")
        return found

    def reviews(self, keys: Sequence[str], *, every: bool = False) -> builtins.list[Review]:
        """What people said of events of articles (`rasd.store.ledger.Ledger.reviews`)."""
        with self.reading() as ledger:
            return ledger.reviews(keys, every=every)

    def occurrences(
        self, codes: Sequence[str] = (), *, begin: dt.date | None = None, end: dt.date | None = None,
        about: Sequence[str] = (), status: Sequence[str] = (),
    ) -> list[Occurrence]:  # fmt: skip
        """See `rasd.chronicle.Chronicle`."""
        with self.reading() as ledger:
            return list(ledger.occurrences(codes, begin=begin, end=end, about=about, status=status))

    def scored(
        self, codes: Sequence[str] = (), *, begin: dt.date | None = None, end: dt.date | None = None
    ) -> list[Scored]:
        """See `rasd.chronicle.Chronicle`."""
        with self.reading() as ledger:
            return list(ledger.scored(codes, begin=begin, end=end))

    def reports(self, ids: Iterable[str]) -> dict[str, Report]:
        """See `rasd.chronicle.Chronicle`."""
        with self.reading() as ledger:
            return ledger.reports(ids)

    def articles_by_day(self) -> dict[dt.date, int]:
        """See `rasd.chronicle.Chronicle`."""
        with self.reading() as ledger:
            return ledger.articles_by_day()

    def affairs(self, codes: Sequence[str] = (), *, keys: Sequence[str] = ()) -> list[Stated[Affair]]:
        """See `rasd.chronicle.Chronicle`."""
        with self.reading() as ledger:
            return list(ledger.affairs(codes, keys=keys))

    def positions(self, codes: Sequence[str] = ()) -> list[Stated[Position]]:
        """See `rasd.chronicle.Chronicle`."""
        with self.reading() as ledger:
            return list(ledger.positions(codes))

    def phases(self, codes: Sequence[str] = ()) -> list[Stated[Phase]]:
        """See `rasd.chronicle.Chronicle`."""
        with self.reading() as ledger:
            return list(ledger.phases(codes))

    def entities(self, articles: Iterable[str], *, kinds: Sequence[str] = ()) -> list[Stated[Entity]]:
        """See `rasd.chronicle.Chronicle`."""
        with self.reading() as ledger:
            return list(ledger.entities(articles, kinds=kinds))

    def feeds(self) -> builtins.list[WatchedFeed]:
        """The feeds that are watched, in the order in which they came to be."""
        with reading(self._engine) as connection:
            return feeds.feeds(connection)

    def item_states(self, feed: WatchedFeed, keys: Sequence[bytes]) -> dict[bytes, feeds.ItemState]:
        """What is known of those items of a feed, by their keys."""
        with reading(self._engine) as connection:
            return feeds.item_states(connection, feed.key, keys)

    def keep_feeds(
        self, kept: Sequence[WatchedFeed], states: Sequence[feeds.ItemState] = (), forgotten: str | None = None
    ) -> None:
        """Write how feeds are doing; new ones get their keys.

        ``states`` are what became of items of the first of them, whose items that were last seen before the day
        ``forgotten`` (ISO) are taken out. All of it is written, or nothing.
        """
        with writing(self._engine) as connection:
            feeds.keep_feeds(connection, kept)
            if kept and (states or forgotten):
                feeds.keep_items(connection, kept[0].key, states)
                if forgotten is not None:
                    feeds.forget_items(connection, kept[0].key, forgotten)

    def like_reports(self, keys: Collection[str]) -> list[Trace]:
        """See `rasd.chronicle.Archive`."""
        with self.reading() as ledger:
            return ledger.like_reports(keys)

    def like_texts(self, keys: Collection[str]) -> list[Trace]:
        """See `rasd.chronicle.Archive`."""
        with self.reading() as ledger:
            return ledger.like_texts(keys)

    def occurrences_by_id(self, ids: Iterable[str]) -> dict[str, Occurrence]:
        """See `rasd.chronicle.Archive`."""
        with self.reading() as ledger:
            return ledger.occurrences_by_id(ids)

    def _renew_index(self, terms: Terms) -> None:
        """Make the indexes anew where they were made of other terms."""
        with reading(self._engine) as connection:
            if indexed_by(connection) == terms.version:
                return
        with writing(self._engine) as connection:
            if indexed_by(connection) == terms.version:  # another process was quicker
                return
            renew(connection, terms)
