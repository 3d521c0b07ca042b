"""No text, however odd or long, makes the reader of times run away: work is counted, not timed."""

from __future__ import annotations

import datetime as dt
import importlib
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasd.lexicon import KnowledgeFiles, open_compiled
from rasd.text import document
from rasd.text.forms import WORDS, WordTable
from rasd.when import SECTIONS, TimeReader
from rasd.when.joining import LONGEST
from rasd.when.lexemes import MORE, pack
from rasd.when.rules import PackedRule, pack_rules

LEXICON = open_compiled(KnowledgeFiles(), (WORDS, *SECTIONS))
TABLE = WordTable(LEXICON)
READER = TimeReader(LEXICON)
PACKED = pack(KnowledgeFiles())
RULES = pack_rules(KnowledgeFiles(), PACKED)
AT = dt.date(2020, 6, 15)
# Calls a token in the worst of texts, with room: each place tries the rules that can start there, once.
CALLS = 250


def work(text: str) -> tuple[int, int]:
    """How many calls reading takes, and how many tokens there are."""
    doc = document(text, TABLE)
    doc.published = AT
    READER.read(doc)  # what is kept for each distinct form is looked up now
    calls = 0

    def count(_frame: FrameType, event: str, _arg: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        READER.read(doc)
    finally:
        sys.setprofile(None)
    return calls, len(doc.tokens)


PHRASES = {f"{head} {' '.join(rest)}" for head, rows in PACKED.phrases.items() for rest, _, _ in rows}
WORDS_OF_TIME = sorted({*PACKED.words, *PHRASES})
OTHERS = [
    *(
        "3",
        "15",
        "31",
        "2015",
        "1436",
        "99999",
        "4.22",
        "12.10.2015",
        "٢١",
        "/",
        "-",
        ":",
        "(",
        ")",
        "،",
        ".",
        "\n",
        "و",
    ),
    *("ثلاثة", "وعشرين", "ألف", "مئة", "عشرة", "وخمسة", "وصل", "سيصل", "الوفد", "%", "«", "»", "ه", "م"),
]
pieces = st.sampled_from(WORDS_OF_TIME) | st.sampled_from(OTHERS)


@settings(max_examples=400, deadline=None)
@given(st.lists(pieces, min_size=1, max_size=80).map(" ".join))
def test_any_words_of_time_take_bounded_work(text: str) -> None:
    calls, tokens = work(text)
    assert calls <= CALLS * (tokens + 5)


@settings(max_examples=100, deadline=None)
@given(st.lists(pieces, min_size=1, max_size=4).map(" ".join))
def test_one_phrase_over_and_over_takes_work_by_its_length(text: str) -> None:
    few, more, most = (work(f"{text} " * times)[0] for times in (60, 120, 180))
    assert most - more <= 1.2 * (more - few) + CALLS


@pytest.mark.parametrize(
    "text",
    ["ثلاثة " * 3000, "وثلاثة " * 3000, "1 " * 3000, "1/" * 3000, "(" * 3000, "الأحد، " * 3000, "أيام 3 و" * 2000,
     "الساعة 3 الأحد " * 1500, "من 3 إلى " * 1500, "قبل ذلك ب" * 1500, "2015-" * 2000, "كانون الثاني/" * 1500,
     "12.10." * 3000, "9" * 20000, "ألف " * 3000, "الحادي والعشرين " * 1500],
)  # fmt: skip
def test_long_texts_of_one_kind(text: str) -> None:
    calls, tokens = work(text)
    assert calls <= CALLS * (tokens + 5)


def test_an_expression_has_an_end() -> None:
    doc = document("الساعة 3 " + "الأحد " * 200, TABLE)
    doc.published = AT
    READER.read(doc)
    assert all(time.last - time.first <= LONGEST for time in doc.times)


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_no_pattern_repeats_what_repeats(rule: PackedRule) -> None:
    """Nested repeats are what makes a pattern try one text in very many ways."""
    parser = importlib.import_module("re._parser")
    assert list(_nested(parser.parse(rule.pattern), inside=False)) == []


def _nested(items: Any, inside: bool) -> Iterator[str]:
    for op, arg in items:
        name = str(op)
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            _, most, body = arg
            if [str(o) for o, _ in body] == ["LITERAL"] and chr(body[0][1]) == MORE:
                continue  # the further tokens of a word of several parts: they start nothing
            if int(most) > 1 and inside:
                yield f"{name} {most}"
            yield from _nested(body, inside or int(most) > 1)
        elif name == "BRANCH":
            for branch in arg[1]:
                yield from _nested(branch, inside)
        elif name == "SUBPATTERN":
            yield from _nested(arg[-1], inside)
        elif name.startswith("ASSERT"):
            yield from _nested(arg[1], inside)
