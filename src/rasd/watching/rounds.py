"""Rounds over feeds: several are fetched from at once, one process reads and keeps what they bring.

Nothing is lost to a kill at any moment: an item counts as done with only after its article is kept, and a feed as
heard only after its items are. What was kept but not yet noted is known again by its address the next time.
"""

from __future__ import annotations

import datetime as dt
import queue
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from rasd.errors import RasdError
from rasd.relations.adding import ADDED, ASIDE, CHANGED, Outcome, ReadsForStore, add
from rasd.sources.feeds import Following, Subscription
from rasd.sources.fetching import Fetcher
from rasd.sources.gathering import ready
from rasd.sources.libraries import library, missing
from rasd.sources.part import Gathered
from rasd.store import Store
from rasd.store.feeds import ItemState, WatchedFeed
from rasd.watching.timing import moment, now, put_off, stamp, wished
from rasd.watching.visit import Brought, Looked, Message, look

# So many feeds are asked at once, and so many articles wait to be read.
WORKERS, _WAITING = 8, 64
# What is dealt with is noted so often: after so many items, if not before at the end of a look.
_NOTED = 50
# So long, in seconds, before the list of feeds is looked at again.
_NAP = 60.0
# Days after which an item that its feed names no more is forgotten.
_FORGOTTEN = 90
_NEEDED = ("urllib3", "protego", "feedparser", "defusedxml", "trafilatura")


@dataclass(slots=True)
class Watched:
    """How a look at a feed went: what came of its new items, and what was wrong."""

    feed: WatchedFeed
    added: int = 0
    changed: int = 0
    aside: int = 0

    @property
    def fault(self) -> str | None:
        return self.feed.fault


@dataclass(slots=True)
class _Open:
    """A feed that is being looked at."""

    watched: Watched
    waiting: int = 0
    states: list[ItemState] = field(default_factory=list[ItemState])
    ended: Looked | None = None


class Watch:
    """Watches the feeds that ``wanted`` names, which is asked anew for each round.

    What is new is read by ``reader`` and kept in ``store``; ``every`` is how often a feed is asked. ``on_watched`` is
    told of each look. Raises `FormError` where the libraries are not installed.
    """

    def __init__(
        self, store: Store, reader: ReadsForStore, wanted: Callable[[], Sequence[Subscription]], *,
        every: dt.timedelta, fetcher: Fetcher | None = None, workers: int = WORKERS,
        on_watched: Callable[[Watched], None] | None = None, clock: Callable[[], dt.datetime] = now,
    ) -> None:  # fmt: skip
        for name in _NEEDED:
            try:
                library(name)
            except ImportError:
                raise missing("watching feeds", name) from None
        self._store = store
        self._reader = reader
        self._wanted = wanted
        self._every = every
        self._following = Following(fetcher)
        self._workers = workers
        self._on_watched = on_watched
        self._clock = clock

    def run(self) -> None:
        """Watch until an exception, such as that of a signal, ends it."""
        while True:
            self.round()
            time.sleep(max(1.0, min(_NAP, self._idle())))

    def _idle(self) -> float:
        """Seconds until a feed is due."""
        dues = [feed.due for feed in self._feeds() if not feed.gone]
        at = self._clock()
        return min(((moment(due) - at).total_seconds() if due else 0.0 for due in dues), default=_NAP)

    def round(self) -> list[Watched]:
        """Look once at each feed that is due. Raises `rasd.store.StoreError`."""
        at = stamp(self._clock())
        due = [feed for feed in self._feeds() if not feed.gone and (feed.due is None or feed.due <= at)]
        return _Round(self, due).run() if due else []

    def _feeds(self) -> list[WatchedFeed]:
        """The feeds that are wanted; new ones are written down."""
        wanted = self._wanted()
        known = {feed.address: feed for feed in self._store.feeds()}
        changed: list[WatchedFeed] = []
        for each in wanted:
            feed = known.setdefault(each.url, WatchedFeed(each.url))
            if not feed.key or (each.title and each.title != feed.title):
                feed.title = each.title or feed.title
                changed.append(feed)
        if changed:
            self._store.keep_feeds(changed)
        return [known[url] for url in dict.fromkeys(each.url for each in wanted)]

    def look(self, feed: WatchedFeed) -> Iterator[Message]:
        """What a look at a feed brings; whatever goes wrong with it is its fault and nobody else's."""
        try:
            yield from look(feed, self._following, self._store.item_states, self._clock().date())
        except RasdError as error:
            yield Looked(feed, error)
        except Exception as error:
            yield Looked(feed, RasdError(f"cannot be read ({type(error).__name__}: {error})"[:300]))

    def keep(self, opened: _Open) -> None:
        """Write down how a feed is doing, and what became of its items."""
        feed, ended = opened.watched.feed, opened.ended
        states, opened.states = opened.states, []
        forgotten: str | None = None
        if ended is not None:
            states += ended.present
            self._conclude(opened.watched, ended)
            if ended.listing:
                forgotten = (self._clock().date() - dt.timedelta(days=_FORGOTTEN)).isoformat()
        self._store.keep_feeds([feed], states, forgotten)
        if ended is not None and self._on_watched is not None:
            self._on_watched(opened.watched)

    def _conclude(self, watched: Watched, ended: Looked) -> None:
        feed, at = watched.feed, self._clock()
        feed.looked = stamp(at)
        if ended.error is not None:
            put_off(feed, ended.error, self._every, at)
            return
        feed.failures, feed.fault, feed.heard = 0, ended.remark, feed.looked
        feed.title = feed.title or ended.title
        feed.moved, feed.etag, feed.modified = ended.moved, ended.etag, ended.modified
        feed.due = stamp(at + wished(ended.wait, self._every))

    def read(self, found: Iterator[Gathered], on_outcome: Callable[[Outcome], None]) -> None:
        """Read and keep what is found."""
        add(self._store, self._reader, found, on_outcome=on_outcome)

    @property
    def workers(self) -> int:
        return self._workers

    def count(self, watched: Watched, outcome: str) -> None:
        """Count what became of an item."""
        if outcome == ASIDE:
            watched.aside += 1
        elif outcome == ADDED:
            watched.added += 1
            watched.feed.added += 1
            watched.feed.newest = stamp(self._clock())
        elif outcome == CHANGED:
            watched.changed += 1


class _Round:
    """One round: threads fetch, this one reads, keeps and notes."""

    def __init__(self, watch: Watch, due: list[WatchedFeed]) -> None:
        self._watch = watch
        self._due = deque(due)
        self._messages: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._room = threading.Semaphore(_WAITING)
        self._open = {feed.key: _Open(Watched(feed)) for feed in due}
        # What is being read, by where it is from; the same may come by two feeds.
        self._reading: defaultdict[str, deque[Brought]] = defaultdict(deque)
        self._over = False

    def run(self) -> list[Watched]:
        threads = min(self._watch.workers, len(self._due))
        for _ in range(threads):
            threading.Thread(target=self._fetch, daemon=True).start()
        try:
            self._watch.read(self._found(threads), self._read)
        finally:
            self._over = True
        return [opened.watched for opened in self._open.values()]

    def _fetch(self) -> None:
        try:
            while not self._over:
                try:
                    feed = self._due.popleft()
                except IndexError:
                    return
                for message in self._watch.look(feed):
                    if isinstance(message, Brought):
                        self._room.acquire()
                    if self._over:
                        return
                    self._messages.put(message)
        finally:
            self._messages.put(None)

    def _found(self, threads: int) -> Iterator[Gathered]:
        """The articles that the threads bring, as they come; what brings none is noted here."""
        while threads:
            message = self._messages.get()
            if message is None:
                threads -= 1
            elif isinstance(message, Looked):
                self._open[message.feed.key].ended = message
                self._close(message.feed)
            else:
                self._room.release()
                self._open[message.feed.key].waiting += 1
                gathered = ready(message.gathered)
                if gathered.article is None:
                    self._settle(message, ASIDE)
                else:
                    self._reading[gathered.origin].append(message)
                    yield gathered

    def _read(self, outcome: Outcome) -> None:
        waiting = self._reading.get(outcome.origin)
        if not waiting:
            return
        message = waiting.popleft()
        if not waiting:
            del self._reading[outcome.origin]
        self._settle(message, outcome.outcome)

    def _settle(self, message: Brought, outcome: str) -> None:
        """Note an item that is dealt with for good."""
        opened = self._open[message.feed.key]
        self._watch.count(opened.watched, outcome)
        opened.waiting -= 1
        opened.states.append(message.state)
        if len(opened.states) >= _NOTED:
            self._watch.keep(_Open(opened.watched, states=opened.states))
            opened.states = []
        self._close(message.feed)

    def _close(self, feed: WatchedFeed) -> None:
        opened = self._open[feed.key]
        if opened.ended is not None and not opened.waiting:
            self._watch.keep(opened)
