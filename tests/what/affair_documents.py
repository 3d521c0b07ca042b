"""Documents made by hand for the tests of affairs, quantities, positions and phases.

Actors, places and times are given beside each sentence, so that these tests say what these
layers do with them, whatever the layers before find.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from rasd.lexicon import Compiled, KnowledgeFiles, open_compiled
from rasd.text import document as tokenized
from rasd.text.document import ActorMention, Document, PlaceMention, TimeMention
from rasd.text.forms import WORDS, WordTable
from rasd.text.particles import PARTICLES
from rasd.what import affairs, phases, positions, quantities

HERE = Path(__file__).resolve().parent


@lru_cache(maxsize=1)
def lexicon() -> Compiled:
    sections = (WORDS, PARTICLES, *affairs.SECTIONS, *positions.SECTIONS, *phases.SECTIONS, *quantities.SECTIONS)
    return open_compiled(KnowledgeFiles(), sections)


@lru_cache(maxsize=1)
def _words() -> WordTable:
    return WordTable(lexicon())


@lru_cache(maxsize=1)
def affair_reader() -> affairs.AffairReader:
    return affairs.AffairReader(lexicon())


@lru_cache(maxsize=1)
def quantity_reader() -> quantities.QuantityReader:
    return quantities.QuantityReader(lexicon())


@lru_cache(maxsize=1)
def position_reader() -> positions.PositionReader:
    return positions.PositionReader(lexicon())


@lru_cache(maxsize=1)
def phase_reader() -> phases.PhaseReader:
    return phases.PhaseReader(lexicon())


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of a table beside this file."""
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def make(case: dict[str, Any]) -> Document:
    """The document of a case: its text, with the actors, places and times that it names."""
    document = tokenized(case["text"], _words())
    for phrase, codes in case.get("actors", {}).items():
        for first, last, start, end, sentence in _found(document, phrase):
            given = tuple([codes] if isinstance(codes, str) else codes)
            mention = ActorMention(
                len(document.actors), first, last, first, start, end, sentence, (), given, "name", "state"
            )
            document.actors.append(mention)
    for phrase, (en, country) in case.get("places", {}).items():
        for first, last, start, end, sentence in _found(document, phrase):
            place = PlaceMention(first, last, start, end, sentence, phrase, en, country, None, None, None, "city", "")
            document.places.append(place)
    for phrase, value in case.get("times", {}).items():
        for first, last, start, end, sentence in _found(document, phrase):
            time = TimeMention(first, last, start, end, sentence, "DATE", value, value, value, False, "test")
            document.times.append(time)
    _add_states(document)
    document.actors.sort(key=lambda m: m.first)
    return document


def _add_states(document: Document) -> None:
    """A mention for each state's name or capital of one word that the case does not cover."""
    covered = {i for m in document.actors for i in range(m.first, m.last)}
    covered |= {i for p in document.places for i in range(p.first, p.last)}
    nations = affair_reader().nations
    for sentence in document.sentences:
        for token in document.sentence_tokens(sentence):
            code = nations.state(token) if token.index not in covered else None
            if code is None:
                continue
            split = nations.senses.of(token.form)["state"].split
            prep = split.proclitics[-1:] if split.proclitics[-1:] in ("ب", "ل", "ك") else ""
            at, start = token.index, token.start + token.form.cut_at(split)
            document.actors.append(
                ActorMention(
                    len(document.actors), at, at + 1, at, start, token.end, sentence.index, (),
                    (f"{code}/GOV",), "name", "state", prep=prep,
                )
            )  # fmt: skip


def _found(document: Document, phrase: str) -> list[tuple[int, int, int, int, int]]:
    """Where a phrase stands: tokens, characters, sentence."""
    found: list[tuple[int, int, int, int, int]] = []
    at = document.text.find(phrase)
    assert at >= 0, f"{phrase!r} is not in {document.text!r}"
    while at >= 0:
        end = at + len(phrase)
        tokens = [t for t in document.tokens if t.end > at and t.start < end]
        sentence = next(s.index for s in document.sentences if s.start <= at < s.end)
        found.append((tokens[0].index, tokens[-1].index + 1, at, end, sentence))
        at = document.text.find(phrase, end)
    return found
