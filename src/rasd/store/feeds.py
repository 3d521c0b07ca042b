"""Feeds that are watched: how each is doing, and which of its items are done with."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from rasd.store.engine import is_sqlite
from rasd.store.numbers import Numbers
from rasd.store.schema import Found, feed, feed_item

# So many keys are asked for at once: databases bear a limited number of values in a question.
_ASKED = 400


@dataclass(slots=True)
class WatchedFeed:
    """A feed that is watched. Times are ISO 8601 in UTC (``2016-11-07T10:00:00Z``).

    ``address`` is the user's; ``moved`` where the feed has gone for good. ``looked`` is when it was asked last,
    ``heard`` when that went well, ``due`` when it is asked next. ``fault`` is what was wrong the last time,
    ``failures`` how many times in a row it could not be had at all; a feed that is ``gone`` is asked no more.
    ``added`` counts its articles, of which the last came at ``newest``.
    """

    address: str
    key: int = 0
    title: str | None = None
    moved: str | None = None
    etag: str | None = None
    modified: str | None = None
    looked: str | None = None
    heard: str | None = None
    due: str | None = None
    failures: int = 0
    fault: str | None = None
    gone: bool = False
    added: int = 0
    newest: str | None = None


@dataclass(slots=True, frozen=True)
class ItemState:
    """What became of an item: ``done`` with, or to be tried again after so many ``tries``; ``seen`` on a day (ISO)."""

    key: bytes
    done: bool
    tries: int
    seen: str


def item_key(text: str) -> bytes:
    """What is kept of what an item is known again by."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()


def feeds(connection: Connection) -> list[WatchedFeed]:
    """All feeds, in the order in which they came to be known."""
    found: Found = connection.execute(select(feed).order_by(feed.c.id))
    return [_feed(row) for row in found]


def _feed(row: Found) -> WatchedFeed:
    facts = dict(row._mapping)
    facts["key"] = facts.pop("id")
    return WatchedFeed(**facts)


def keep_feeds(connection: Connection, known: Iterable[WatchedFeed]) -> None:
    """Write feeds; new ones get their keys."""
    numbers = Numbers(connection)
    for each in known:
        values = {name: getattr(each, name) for name in WatchedFeed.__slots__ if name != "key"}
        if each.key:
            connection.execute(update(feed).where(feed.c.id == each.key).values(**values))
        else:
            each.key = numbers.next(feed)
            connection.execute(insert(feed).values(id=each.key, **values))
    numbers.save()


def item_states(connection: Connection, of: int, keys: Sequence[bytes]) -> dict[bytes, ItemState]:
    """What is known of those items of a feed."""
    states: dict[bytes, ItemState] = {}
    c = feed_item.c
    for at in range(0, len(keys), _ASKED):
        query = select(c.key, c.done, c.tries, c.seen)
        found: Found = connection.execute(query.where(c.feed_id == of, c.key.in_(keys[at : at + _ASKED])))
        states.update({bytes(row.key): ItemState(bytes(row.key), row.done, row.tries, row.seen) for row in found})
    return states


def keep_items(connection: Connection, of: int, states: Collection[ItemState]) -> None:
    """Write what became of items of a feed."""
    if not states:
        return
    rows = [{"feed_id": of, "key": s.key, "done": s.done, "tries": s.tries, "seen": s.seen} for s in states]
    into = sqlite.insert(feed_item) if is_sqlite(connection) else postgresql.insert(feed_item)
    new = {name: into.excluded[name] for name in ("done", "tries", "seen")}
    connection.execute(into.on_conflict_do_update(index_elements=["feed_id", "key"], set_=new), rows)


def forget_items(connection: Connection, of: int, before: str) -> None:
    """Forget items of a feed that were last seen before a day."""
    connection.execute(delete(feed_item).where(feed_item.c.feed_id == of, feed_item.c.seen < before))
