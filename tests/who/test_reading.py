"""Actors in sentences of our own, over invented states and people."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from rasd.lexicon import KnowledgeFiles, open_compiled
from rasd.text import document
from rasd.text.document import Document
from rasd.text.forms import WORDS, WordTable
from rasd.text.particles import PARTICLES, Particles
from rasd.text.tagger import Tagger
from rasd.who import SECTIONS, ActorReader, main_states, office_intervals, resolve_pronoun, romanize

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8"))


class _Bench:
    def __init__(self) -> None:
        files = KnowledgeFiles(HERE / "lexicon")
        compiled = open_compiled(files, [WORDS, PARTICLES, *SECTIONS])
        self._words, self._tagger = WordTable(compiled), Tagger(Particles(compiled))
        self._actors = ActorReader(compiled)

    def read(self, text: str, published: str | None = None) -> Document:
        doc = document(text, self._words)
        doc.published = dt.date.fromisoformat(published) if published else None
        self._tagger.tag(doc)
        self._actors.read(doc)
        self._actors.settle(doc)
        return doc


@pytest.fixture(scope="module")
def bench() -> _Bench:
    return _Bench()


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:40] for c in CASES])
def test_mentions_of_a_sentence(case: dict[str, Any], bench: _Bench) -> None:
    doc = bench.read(case["text"], case.get("published"))
    seen = []
    for mention, want in zip(doc.actors, case["mentions"], strict=False):
        have: dict[str, Any] = {"text": doc.text[mention.start : mention.end], "codes": list(mention.codes)}
        have["names"] = [doc.entities[e].en for e in mention.entities]
        seen.append({k: have[k] if k in have else getattr(mention, k) for k in want})
    assert seen == case["mentions"]
    assert len(doc.actors) == len(case["mentions"])


def test_mentions_are_in_order_and_point_into_the_text(bench: _Bench) -> None:
    for case in CASES:
        doc = bench.read(case["text"])
        starts = [m.first for m in doc.actors if m.within is None]
        assert starts == sorted(starts)
        assert [m.index for m in doc.actors] == list(range(len(doc.actors)))
        assert all(m.first <= m.head < m.last and m.start < m.end for m in doc.actors)
        assert all(m.within is None or doc.actors[m.within].last >= m.last for m in doc.actors)


def test_reading_twice_gives_the_same(bench: _Bench) -> None:
    text = CASES[0]["text"]
    doc = bench.read(text)
    before = [(m.start, m.end, m.codes) for m in doc.actors]
    bench._actors.read(doc)  # pyright: ignore[reportPrivateUsage]
    bench._actors.settle(doc)  # pyright: ignore[reportPrivateUsage]
    assert [(m.start, m.end, m.codes) for m in doc.actors] == before


def test_titles_tell_when_a_text_was_written(bench: _Bench) -> None:
    doc = bench.read("قال الرئيس الزارستاني تيمور زركلي إن بلاده بخير، ورد الرئيس البلغوفي السابق بورين فوديك.")
    [(since, until, start, end)] = office_intervals(doc)
    assert (since, until) == (dt.date(2010, 3, 1), dt.date(2018, 6, 30))
    assert doc.text[start:end] == "الرئيس الزارستاني تيمور زركلي"


def test_pronouns_find_their_antecedent(bench: _Bench) -> None:
    doc = bench.read("وصل زركلي إلى فودغراد. وبدأ زيارته بلقاء فوديك، ويعقدان غدا مؤتمرا.")
    visit = next(t.index for t in doc.tokens if t.text == "زيارته")
    found = resolve_pronoun(doc, visit, "s", "m")
    assert found is not None
    assert doc.entities[found.entities[0]].en == "Taymur Zarkali"
    hold = next(t.index for t in doc.tokens if t.text == "ويعقدان")
    pair = resolve_pronoun(doc, hold, "d", "m")
    assert pair is not None
    assert {doc.entities[e].en for e in pair.entities} == {"Taymur Zarkali", "Borin Vodek"}


def test_main_states_come_by_weight(bench: _Bench) -> None:
    doc = bench.read("زارت زارستان بلغوفيا. وقالت زارستان إن زركلي راض. وأشارت إلى الغاز الميراني.")
    assert main_states(doc) == ["XAA", "XBB", "XCC"]


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("عامر لافي", "Amer Lafi"),
        ("عبد الله الزيدي", "Abdullah al-Zidi"),
        ("سمير القنطار", "Samir al-Qantar"),
        ("محمد بن سالم", "Mohammed bin Salem"),
    ],
)
def test_romanised_as_newspapers_do(written: str, latin: str) -> None:
    assert romanize(written) == latin
