"""Gold as the network learns it: rows of pieces with a label for each event word and each side."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from rasd.learned.inputs import Row, marks, options, powers, row, seen
from rasd.reader import Reader
from rasd.what.roles import Roles


@dataclass
class Option:
    """A mention that may stand on a side: its row and word, and the marks of it and the act."""

    row: int
    word: int
    marks: list[float]


@dataclass
class Act:
    """A gold event at a word of a row: what it is, who may stand on its sides, and who does (places among the
    options; several where a side is named more than once; none where the text at hand does not name it).
    """

    row: int
    word: int
    kind: str
    mode: str | None
    status: str
    options: list[Option] = field(default_factory=list)
    actors: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)


@dataclass
class Example:
    """A text as rows with its acts."""

    key: str
    rows: list[Row]
    acts: list[Act] = field(default_factory=list)
    gold: list[dict[str, Any]] = field(default_factory=list)


def shared(folder: Path) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Articles and their events of ``gold/sentences`` or ``gold/dev``."""
    articles = map(json.loads, (folder / "articles.jsonl").open(encoding="utf-8"))
    file = folder / "gold.jsonl"
    if file.exists():
        gold = {g["key"]: g["events"] for g in map(json.loads, file.open(encoding="utf-8"))}
    else:
        gold = {
            g["key"]: g["events"] for g in (json.loads(p.read_text("utf-8")) for p in sorted(folder.glob("*.json")))
        }
    for article in articles:
        yield article, gold[article["id"]]


def own(folders: Iterable[Path]) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Our own passages, in the form of ``shared``."""
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            for entry in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) or []:
                text, events = entry["text"], []
                for event in entry["events"] or []:
                    at = -1
                    for _ in range(event.get("nth") or 1):
                        at = text.find(event["trigger"], at + 1)
                    if at < 0:
                        print("no such trigger:", path.name, entry["id"], event["trigger"])
                        continue
                    events.append({**event, "start": at})
                published = entry.get("published")
                yield {"id": entry["id"], "text": text, "published": str(published) if published else None}, events


def example(reader: Reader, tokenizer: Any, article: dict[str, Any], events: list[dict[str, Any]]) -> Example:
    """A text with its gold, as the network learns it. The rules' reading of it gives the marks."""
    _, document, reading = reader._read(
        article["text"], article.get("published"), None, article.get("title"), None, None
    )
    found: dict[tuple[int, str], Roles] = {}
    for v in reading.verdicts:
        if v.roles is not None:
            found.setdefault((v.candidate.at, v.candidate.predicate.type), v.roles)
    rows = [row(document, sentence, tokenizer) for sentence in document.sentences]
    places = {token: (n, word) for n, r in enumerate(rows) for word, token in enumerate(r.tokens)}
    named = powers(document)
    made = Example(article["id"], rows)
    for event in events:
        at = next((t.index for t in document.tokens if t.start <= event["start"] < t.end), None)
        if at is None or at not in places:
            continue
        act = Act(*places[at], event["type"], event.get("mode"), event["status"])
        roles = found.get((at, event["type"]))
        mentions = [m for m in options(named, places[at][0], roles) if m.head in places]
        told = seen(roles) if roles is not None else None
        act.options = [Option(*places[m.head], marks(document, at, m, told, len(mentions))) for m in mentions]
        first, second = _sides(event)
        act.actors, act.recipients = _standing(first, mentions), _standing(second, mentions)
        made.acts.append(act)
        made.gold.append(event)
    return made


def _sides(event: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Codes of the first and of the second side; of those who act together the first and the others."""
    actors, recipients = event["actors"], event["recipients"]
    if not recipients and len({code.partition("/")[0] for code in actors}) > 1:
        main = actors[0].partition("/")[0]
        return [c for c in actors if c.startswith(main)], [c for c in actors if not c.startswith(main)]
    return actors, recipients


def _standing(codes: list[str], mentions: list[Any]) -> list[int]:
    """Which mentions stand for codes: those with the very code, else those of its state or body."""
    chosen: set[int] = set()
    for code in codes:
        exact = {n for n, m in enumerate(mentions) if code in m.codes}
        main = code.partition("/")[0]
        chosen |= exact or {
            n for n, m in enumerate(mentions) if main != "None" and any(c.partition("/")[0] == main for c in m.codes)
        }
    return sorted(chosen)
