"""Dating articles by their text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from rasd.lexicon import KnowledgeFiles, open_compiled
from rasd.record import Dating, Span
from rasd.text import document
from rasd.text.forms import WORDS, WordTable
from rasd.text.particles import PARTICLES, Particles
from rasd.text.tagger import Tagger
from rasd.when import SECTIONS, ArticleDater, TimeReader
from rasd.when.clues import Bound
from rasd.when.dating import both

LEXICON = open_compiled(KnowledgeFiles(), (WORDS, PARTICLES, *SECTIONS))
TABLE, TAGGER = WordTable(LEXICON), Tagger(Particles(LEXICON))
READER, DATER = TimeReader(LEXICON), ArticleDater(LEXICON)
CASES = yaml.safe_load((Path(__file__).parent / "dating.yaml").read_text(encoding="utf-8"))


def dated(text: str, hints: list[tuple[dt.date | None, dt.date | None, str]] | None = None) -> Dating:
    doc = document(text, TABLE)
    TAGGER.tag(doc)
    READER.read(doc)
    spans = [(a, b, Span(text.index(words), text.index(words) + len(words))) for a, b, words in hints or ()]
    return DATER.date(doc, spans)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_when_a_text_was_written(case: dict[str, Any]) -> None:
    found = dated(case["text"], case.get("hints"))
    wanted = [str(case[end]) if end in case else None for end in ("earliest", "latest")]
    assert [found.earliest, found.latest] == wanted
    assert found.basis == case.get("basis", "inferred")
    if "evidence" in case:
        assert [case["text"][s.start : s.end] for s in found.evidence] == case["evidence"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_an_interval_shows_the_words_that_tell(case: dict[str, Any]) -> None:
    found = dated(case["text"], case.get("hints"))
    assert bool(found.evidence) == (found.basis != "unknown")
    assert all(0 <= s.start < s.end <= len(case["text"]) for s in found.evidence)


def test_a_hint_that_contradicts_is_passed_over() -> None:
    text = "التقى الرئيس فلان الرئيس علان."
    hints = [
        (dt.date(2019, 1, 1), dt.date(2019, 12, 31), "الرئيس فلان"),
        (dt.date(1990, 1, 1), dt.date(1991, 1, 1), "الرئيس علان"),
    ]
    found = dated(text, hints)
    assert (found.earliest, found.latest) == ("2019-01-01", "2019-12-31")


def test_bounds_that_leave_no_day_have_no_common_one() -> None:
    before, after = Bound(None, dt.date(2010, 1, 1), ()), Bound(dt.date(2011, 1, 1), None, ())
    assert both(before, after) is None
    assert both(before, Bound(dt.date(2009, 1, 1), None, ())) == Bound(dt.date(2009, 1, 1), dt.date(2010, 1, 1), ())
