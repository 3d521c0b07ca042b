"""One look at a feed: what it names that is new, and the articles that this leads to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from rasd.sources.feeds import Following, Item, Listing, listed
from rasd.sources.feeds.following import LIST, content_type
from rasd.sources.fetching import Fault, FetchError
from rasd.sources.libraries import FormError
from rasd.sources.part import Gathered
from rasd.store.feeds import ItemState, WatchedFeed, item_key

# So many pages are fetched in a look; a feed names fewer, the map of a site is worked off look by look.
MOST = 500
# A page that cannot be had is tried in so many looks; after so many in a row that cannot, the look ends.
TRIES, IN_A_ROW = 4, 3
# Items are asked for in the database so many at a time.
_TOGETHER = 200
# How often it is noted that a feed still names an item, in days.
_NOTED = 7
# Faults that the next look would meet again.
_LASTING = frozenset({Fault.ADDRESS, Fault.PRIVATE, Fault.LARGE, Fault.TYPE, Fault.REDIRECTS, Fault.ROBOTS})
_LASTING_STATUS = frozenset({400, 401, 402, 403, 404, 405, 406, 410, 414, 451})

# What is known of items of a feed.
Known = Callable[[WatchedFeed, Sequence[bytes]], dict[bytes, ItemState]]


@dataclass(slots=True)
class Brought:
    """An item that is new, with its article or why there is none, and its state once that is dealt with."""

    feed: WatchedFeed
    gathered: Gathered
    state: ItemState


@dataclass(slots=True)
class Looked:
    """The end of a look. ``error``: the feed could not be had. ``etag`` and ``modified`` are what to ask with next.

    ``present`` are known items that the feed still names; ``wait`` is the fault of a page whose server asks to wait;
    ``remark`` is what was wrong though the feed could be had. ``listing``: it was read, not only found unchanged.
    """

    feed: WatchedFeed
    error: Exception | None = None
    title: str | None = None
    moved: str | None = None
    etag: str | None = None
    modified: str | None = None
    present: list[ItemState] = field(default_factory=list[ItemState])
    wait: FetchError | None = None
    remark: str | None = None
    listing: bool = False


Message: TypeAlias = Brought | Looked


def look(feed: WatchedFeed, following: Following, known: Known, today: dt.date) -> Iterator[Message]:
    """What a look at a feed brings, the end of it last."""
    at = feed.moved or feed.address
    try:
        fetched = following.fetcher.fetch(at, LIST, etag=feed.etag, modified=feed.modified)
        if fetched.unchanged:
            yield Looked(feed, None, None, feed.moved, feed.etag, feed.modified)
            return
        listing = listed(fetched.body, fetched.url, content_type(fetched))
        if listing is None:
            raise FormError("no feed there")
    except (FetchError, FormError) as error:
        yield Looked(feed, error)
        return
    looking = _Looking(feed, following, known, today)
    yield from looking.messages(listing, at)
    ended = looking.ended
    ended.title, ended.moved = listing.title, fetched.moved or feed.moved
    if looking.complete:
        # With something left to fetch, the feed must be sent again even if it is as it was.
        ended.etag, ended.modified = fetched.etag, fetched.modified
    yield ended


class _Looking:
    """The items of one look."""

    def __init__(self, feed: WatchedFeed, following: Following, known: Known, today: dt.date) -> None:
        self._feed = feed
        self._following = following
        self._known = known
        self._today = today
        self._fetched = self._in_a_row = 0
        self.complete = True
        self.ended = Looked(feed, listing=True)

    def messages(self, listing: Listing, at: str) -> Iterator[Brought]:
        together: list[Item] = []
        for found in self._following.items(listing, at):
            if isinstance(found, Gathered):
                self.complete = False
                self.ended.remark = f"{found.origin}: {found.reason}"
                continue
            together.append(found)
            if len(together) >= _TOGETHER:
                yield from self._new(together, listing)
                together = []
            if self._stopped:
                return
        yield from self._new(together, listing)

    @property
    def _stopped(self) -> bool:
        return self._fetched >= MOST or self._in_a_row >= IN_A_ROW or self.ended.wait is not None

    def _new(self, items: list[Item], listing: Listing) -> Iterator[Brought]:
        keys = [item_key(item.key) for item in items]
        known = self._known(self._feed, keys)
        seen = self._today.isoformat()
        stale = (self._today - dt.timedelta(days=_NOTED)).isoformat()
        for item, key in zip(items, keys, strict=True):
            state = known.get(key)
            if state is not None and state.done:
                if state.seen < stale:
                    self.ended.present.append(ItemState(key, True, state.tries, seen))
                continue
            if self._stopped:
                self.complete = False
                return
            tries = 1 + (state.tries if state is not None else 0)
            yield self._brought(item, ItemState(key, True, tries, seen), listing)

    def _brought(self, item: Item, state: ItemState, listing: Listing) -> Brought:
        self._fetched += 1
        try:
            gathered = self._following.opened(item, listing)
        except FetchError as error:
            again = not lasting(error) and state.tries < TRIES
            if not lasting(error):
                self._in_a_row += 1
            if error.retry_after is not None:
                self.ended.wait = error
            self.complete = self.complete and not again
            self.ended.remark = str(error)
            state = ItemState(state.key, not again, state.tries, state.seen)
            return Brought(self._feed, Gathered(item.url or item.key, reason=error.reason), state)
        except Exception as error:  # one page is no reason to give up its feed
            reason = f"cannot be read ({type(error).__name__}: {error})"[:300]
            gathered = Gathered(item.url or item.key, reason=reason)
        self._in_a_row = 0
        return Brought(self._feed, gathered, state)


def lasting(error: FetchError) -> bool:
    """Whether a page that cannot be had now will not be to be had later either."""
    return error.fault in _LASTING or error.status in _LASTING_STATUS
