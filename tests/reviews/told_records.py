"""Articles whose events are written down beside them: a reader that reads what a test says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rasd.record import Record, Trigger
from rasd.relations.rereading import Reread, reread
from rasd.sources.article import Article
from rasd.store import Store
from relations.records import made
from store.articles import put

DAY = dt.date(2031, 5, 3)


class Told:
    """Reads of each text the events that were given for it; an event's ``word`` is its trigger."""

    def __init__(self, version: str = "told") -> None:
        self.version = version
        self.events: dict[str, list[dict[str, Any]]] = {}

    def read(self, text: str, *, published: Any = None, **named: Any) -> Record:
        events = [{"says": text, "sentence": 0} | e for e in self.events.get(text, [])]
        record = made({"published": str(published) if published else None, "text": text, "events": events})
        for event, given in zip(record.events, events, strict=True):
            at = text.index(given["word"])
            event.trigger = Trigger(at, at + len(given["word"]), given["word"])
        for name in ("id", "title", "source", "url"):
            setattr(record.article, name, named.get(name))
        return record


def keep(store: Store, reader: Told, id: str, text: str, *events: dict[str, Any], source: str = "صدى الوادي") -> str:
    """Keep an article and what is read in it; its key."""
    reader.events[text] = list(events)
    put(store, reader, Article(text, id=id, source=source, published=DAY))  # type: ignore[arg-type]
    return store.key(id)


def read_again(store: Store, reader: Told, text: str, *events: dict[str, Any]) -> Reread:
    """Let an article be read otherwise."""
    reader.events[text] = list(events)
    return reread(store, reader, every=True)  # type: ignore[arg-type]
