"""What holds of every record: offsets point at the text, references resolve, nothing crashes, no chance."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasd import Reader, Record
from record_invariants import check

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.txt"))
WORDS = " ".join(p.read_text(encoding="utf-8") for p in EXAMPLES).split()

any_text = st.text(max_size=300)
# News words in any order, with stray marks, find more of the grammar than random letters do.
jumbled = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=3)), max_size=60).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(any_text)
def test_any_text_is_read(reader: Reader, text: str):
    check(reader.read(text, published="2020-02-29"))


@settings(max_examples=150, deadline=None)
@given(jumbled)
def test_jumbled_news_is_read(reader: Reader, text: str):
    record = reader.read(text)
    check(record)
    assert reader.read(text).to_json() == record.to_json()


@pytest.mark.parametrize("article", EXAMPLES, ids=lambda p: p.stem)
def test_same_record_twice(reader: Reader, article: Path):
    text = article.read_text(encoding="utf-8")
    first = reader.read(text, published="2024-05-01")
    check(first)
    assert Reader().read(text, published="2024-05-01").to_json() == first.to_json()
    assert Record.from_json(first.to_json()).to_json() == first.to_json()


def test_lone_surrogates_keep_offsets(reader: Reader):
    record = reader.read("\ud800التقى الرئيس الروسي نظيره التركي\udfff.", published="2016-10-10")
    check(record)
    assert record.article.text.startswith("\ufffdالتقى")


def test_lone_surrogates_beside_the_text(reader: Reader):
    odd = "ل\ud800"
    record = reader.read("التقى الرئيس الروسي نظيره التركي.", id=odd, title=odd, source=odd, url=odd)
    assert Record.from_json(record.to_json()).article.title == "ل\ufffd"


def test_a_date_that_is_none_is_refused(reader: Reader):
    with pytest.raises(ValueError, match="no date"):
        reader.read("نص", published="yesterday")
