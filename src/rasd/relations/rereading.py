"""Reading kept articles again after the lexicon grew, and saying what came of it: events gone, new, altered."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from rasd.record import Event, Record
from rasd.relations.adding import CHARACTERS, SECONDS, ReadsForStore, tell, withdraw
from rasd.relations.identity import Identity
from rasd.store import Store

# Fields of an event that say what is believed; its lines, rule and confidence follow from them or are of no account.
_FIELDS = (
    "type",
    "mode",
    "contexts",
    "actor_codes",
    "recipient_codes",
    "status",
    "date",
    "place",
    "attribution",
    "counts",
)


@dataclass(slots=True, frozen=True)
class Altered:
    """An event that is read otherwise now; ``fields`` are those that differ."""

    before: Event
    after: Event
    fields: list[str]


@dataclass(slots=True)
class Changes:
    """What another reading of one article says otherwise. ``key`` and ``title`` are the article's."""

    key: str
    title: str | None
    gone: list[Event] = field(default_factory=list[Event])
    new: list[Event] = field(default_factory=list[Event])
    altered: list[Altered] = field(default_factory=list[Altered])

    def __bool__(self) -> bool:
        return bool(self.gone or self.new or self.altered)


@dataclass(slots=True)
class Reread:
    """How many articles were read again, how many said something else, and which events came and went."""

    articles: int = 0
    changed: int = 0
    gone: int = 0
    new: int = 0
    altered: int = 0
    failed: int = 0
    seconds: float = 0.0

    def count(self, changes: Changes) -> None:
        """Add what one article brought."""
        self.articles += 1
        self.changed += bool(changes)
        self.gone += len(changes.gone)
        self.new += len(changes.new)
        self.altered += len(changes.altered)


OnChanges = Callable[[Changes], None]


def changes(before: Record, after: Record, key: str) -> Changes:
    """What a second reading of an article says otherwise than the first.

    An event is the same where the same word tells it; of several told by one word, those of the same type are.
    """
    found = Changes(key, after.article.title)
    earlier = _by_word(before)
    for (_, events), rest in ((item, earlier.pop(item[0], [])) for item in _by_word(after).items()):
        for event in events:
            match = next((e for e in rest if e.type == event.type), rest[0] if rest else None)
            if match is None:
                found.new.append(event)
                continue
            rest.remove(match)
            fields = [name for name in _FIELDS if getattr(match, name) != getattr(event, name)]
            if fields:
                found.altered.append(Altered(match, event, fields))
        found.gone.extend(rest)
    found.gone.extend(event for events in earlier.values() for event in events)
    return found


def reread(
    store: Store, reader: ReadsForStore, *, every: bool = False, keep: bool = True, on_changes: OnChanges | None = None,
) -> Reread:  # fmt: skip
    """Read again the articles that another version of the lexicon read, or ``every`` one, oldest first.

    What is read now takes the place of what was, in batches, each whole or not at all; without ``keep`` nothing is
    written. ``on_changes`` is told of each article that says something else, once that is written.
    """
    identity = Identity()
    total = Reread()
    began = time.perf_counter()
    waiting = store.keys() if every else store.keys(read_by_others_than=reader.version)
    while waiting:
        batch = _read_some(store, reader, waiting, total)
        if keep and batch:
            with store.writing() as writer:
                for key, version, _, record in batch:
                    if writer.holds(key, version):  # neither removed nor changed at its source in the meantime
                        withdraw(writer, key)
                        writer.reread(key, record, reader.version)
                        tell(writer, key, record, identity)
        for key, _, before, after in batch:
            found = changes(before, after, key)
            total.count(found)
            total.seconds = time.perf_counter() - began
            if found and on_changes is not None:
                on_changes(found)
    if keep and total.articles:
        with store.writing() as writer:
            writer.tidy()
    total.seconds = time.perf_counter() - began
    return total


def _read_some(
    store: Store, reader: ReadsForStore, waiting: list[str], total: Reread
) -> list[tuple[str, int, Record, Record]]:
    """The next batch of articles, taken off ``waiting``: key, version at its source, earlier record, new record."""
    batch: list[tuple[str, int, Record, Record]] = []
    size, began = 0, time.perf_counter()
    while waiting and size < CHARACTERS and time.perf_counter() - began < SECONDS:
        key = waiting.pop(0)
        kept = store.show(key)
        if kept.lexicon.startswith("import."):
            continue  # the row of another table, which no reader made (`rasd.exchange.keeping`)
        before = kept.record
        of = before.article
        given = of.published if of.dating.basis == "given" else None
        try:
            after = reader.read(of.text, published=given, id=of.id, title=of.title, source=of.source, url=of.url)
        except Exception:  # an article that cannot be read any more stays as it was read
            total.failed += 1
            continue
        batch.append((key, kept.listed.versions, before, after))
        size += len(of.text)
    return batch


def _by_word(record: Record) -> dict[tuple[int, int], list[Event]]:
    """The events of a record by the word that tells each."""
    found: dict[tuple[int, int], list[Event]] = {}
    for event in record.events:
        found.setdefault((event.trigger.start, event.trigger.end), []).append(event)
    return found
