"""The sentences of our own writing that the neural reader is trained on: whole, and in the ontology's terms."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from rasd.checking.world import our_world
from rasd.lexicon.files import load_yaml

FILES = sorted((Path(__file__).parents[2] / "training" / "sentences").glob("*.yaml"))
STATUSES = {"occurred", "ongoing", "planned", "possible", "denied"}
CODE = re.compile(r"[A-Z][A-Z0-9]{2,3}/[A-Z]{3}|None/[A-Z]{3}")
ARABIC = re.compile(r"[\u0621-\u0652]")
WORLD = our_world()


class Event(msgspec.Struct, forbid_unknown_fields=True):
    """One event of a passage; ``nth`` counts the places where the trigger's letters stand, from 1."""

    trigger: str
    type: str
    mode: str | None
    actors: list[str]
    recipients: list[str]
    status: str
    place: str | None
    source: str | None
    nth: int = 1


class Passage(msgspec.Struct, forbid_unknown_fields=True):
    """A passage of one to three sentences with every event that it tells."""

    id: str
    published: datetime.date
    text: str
    events: list[Event]


def _passages(path: Path) -> list[Passage]:
    return load_yaml(path, list[Passage])


def _start(text: str, event: Event) -> int:
    at = -1
    for _ in range(event.nth):
        at = text.find(event.trigger, at + 1)
        if at < 0:
            break
    return at


def _code_faults(code: str) -> list[str]:
    main, _, sector = code.partition("/")
    if not CODE.fullmatch(code) or sector not in WORLD.sectors:
        return [f"{code} is no MAIN/SECTOR"]
    return [] if main in WORLD.owners | WORLD.countries | {"None"} else [f"{main} is no state and no body"]


def _faults(text: str, event: Event) -> list[str]:
    faults: list[str] = []
    at = _start(text, event)
    if event.nth < 1 or at < 0:
        return [f"{event.trigger} does not stand in the text"]
    before, after = text[:at], text[at + len(event.trigger) :]
    if ARABIC.match(after[:1]) or (ARABIC.match(before[-1:]) and not re.search(r"(^|[^\u0621-\u0652])[وف]$", before)):
        faults.append(f"{event.trigger} stands inside a word")
    if event.type not in WORLD.modes:
        faults.append(f"{event.type} is no type")
    elif event.mode is not None and event.mode not in WORLD.modes[event.type]:
        faults.append(f"{event.mode} is no mode of {event.type}")
    if event.status not in STATUSES:
        faults.append(f"{event.status} is no status")
    if event.source is not None and "/" in event.source:
        faults += _code_faults(event.source)
    faults += [
        f"{name} is no English name"
        for name in (event.place, event.source)
        if name is not None and (not name.strip() or ARABIC.search(name))
    ]
    return faults + [fault for code in event.actors + event.recipients for fault in _code_faults(code)]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_each_event_stands_in_its_text_and_in_the_ontology(path: Path):
    wrong = [f"{p.id}: {fault}" for p in _passages(path) for e in p.events for fault in _faults(p.text, e)]
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_no_word_is_recorded_twice(path: Path):
    wrong = [
        f"{p.id}: {event.trigger}"
        for p in _passages(path)
        for (event, times) in ((e, [_start(p.text, o) for o in p.events].count(_start(p.text, e))) for e in p.events)
        if times > 1
    ]
    assert wrong == []


def test_no_passage_stands_twice():
    passages = [p for path in FILES for p in _passages(path)]
    for values in ([p.id for p in passages], [p.text for p in passages]):
        assert [value for value, times in Counter(values).items() if times > 1] == []
