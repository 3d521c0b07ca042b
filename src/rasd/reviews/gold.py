"""Reviews in the form of gold: what a careful reader takes from each article, to score readings by.

An article is written where every event that Rasd read in it was reviewed: what a person refused is not in it, what
they put in is. Times are nobody's to review here, so that no article has any.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from rasd.chronicle import Answer
from rasd.record import Event, Record
from rasd.relations.reviewed import matched
from rasd.reviews.errors import ReviewError
from rasd.store import reviews as kept
from rasd.store.ledger import Ledger


@dataclass(slots=True)
class Exported:
    """What was written, and what was not: articles that were reviewed in part, reviews whose words are gone."""

    articles: int = 0
    read_through: int = 0
    events: int = 0
    partly: int = 0
    lost: int = 0


def export(ledger: Ledger, folder: Path, *, partly: bool = False, read_through: bool = False) -> Exported:
    """Write gold to ``folder``: a JSON file for each article, and the articles in ``articles.jsonl``.

    ``partly`` takes articles too of which only some events were reviewed, with those; ``read_through`` only those that
    a person read from end to end. The folder appears complete, or not at all. Raises `ReviewError` where there is one
    with files in it already, or it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ReviewError(f"{folder}: there is something there already; name a new folder")
    made = Exported()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            _write(ledger, part, made, partly, read_through)
            part.chmod(0o755)
            if folder.exists():
                folder.rmdir()
            os.replace(part, folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise ReviewError(f"{folder}: {(error.strerror or 'cannot be written').lower()}") from error
    return made


def _write(ledger: Ledger, folder: Path, made: Exported, partly: bool, read_through: bool) -> None:
    whole = kept.articles_read_through(ledger.connection)
    keys = Keys()
    with (folder / "articles.jsonl").open("wb") as articles:
        for key, record, answers, complete in _reviewed(ledger, made):
            if not complete and not partly:
                made.partly += 1
                continue
            if read_through and key not in whole:
                continue
            name = keys.key(record.article.id, key)
            gold = gold_of(record, answers, name)
            (folder / f"{keys.file(name)}.json").write_bytes(_pretty(gold))
            of = record.article
            line = {"id": name, "title": of.title, "text": of.text, "source": of.source, "url": of.url,
                    "published": of.published}  # fmt: skip
            articles.write(msgspec.json.encode(line) + b"\n")
            made.articles += 1
            made.read_through += key in whole
            made.events += len(gold["events"])


def _reviewed(
    ledger: Ledger, made: Exported
) -> Iterator[tuple[str, Record, list[tuple[Event | None, int, int, Answer]], bool]]:
    """Each reviewed article: its events as people have them, and whether all that was read in it was reviewed."""
    for key in sorted({*kept.articles_reviewed(ledger.connection)}, key=int):
        record = ledger.record(key)
        if record is None:
            continue
        reviews = ledger.reviews([key])
        made.lost += sum(r.start is None for r in reviews)
        of_event = {id: review for review, id in matched(record, reviews)}
        events = {e.id: e for e in record.events}
        answers = [
            (events.get(id), r.start or 0, r.end or 0, r.answer) for id, r in of_event.items() if r.answer is not None
        ]
        yield key, record, sorted(answers, key=lambda a: (a[1], a[2])), set(events) <= set(of_event)


def gold_of(record: Record, answers: list[tuple[Event | None, int, int, Answer]], key: str) -> dict[str, Any]:
    """The gold of an article. ``answers`` are its events by their place: what Rasd read, the trigger, what it is."""
    text = record.article.text
    ids = {event.id: f"e{n}" for n, (event, *_) in enumerate(answers, 1) if event is not None}
    events: list[dict[str, Any]] = []
    for number, (event, start, end, answer) in enumerate(answers, 1):
        same_as = ids.get(event.same_as) if event is not None and event.same_as is not None else None
        events.append({
            "id": f"e{number}", "start": start, "trigger": text[start:end], "type": answer.type, "mode": answer.mode,
            "actors": list(answer.actors), "recipients": list(answer.recipients), "status": answer.status,
            "date": answer.date, "place": answer.place, "source": answer.source, "same_as": same_as,
        })  # fmt: skip
    return {"key": key, "published": record.article.published, "events": events, "times": []}


class Keys:
    """Names of articles and of their files, no two alike."""

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self._files: set[str] = set()

    def key(self, given: str | None, number: str) -> str:
        """The key of an article: its own id, else its number here."""
        key = given if given and given not in self._keys else f"{given}@{number}" if given else f"rasd-{number}"
        self._keys.add(key)
        return key

    def file(self, key: str) -> str:
        """The name of its file, without an ending."""
        name = re.sub(r"[^\w.-]+", "_", key).strip(".")[:120] or "article"
        number = 1
        while (unique := name if number == 1 else f"{name}-{number}").casefold() in self._files:
            number += 1
        self._files.add(unique.casefold())
        return unique


def _pretty(gold: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(gold), indent=1) + b"\n"
