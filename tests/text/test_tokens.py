"""Tokens and sentences: where they end, and that their offsets point into the text, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rasd.text.document import BREAK, LATIN, NUMBER, PUNCT, WORD
from text.conftest import Read

KINDS = {WORD, NUMBER, LATIN, PUNCT, BREAK}
anything = st.one_of(
    st.text(),
    st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF)),
    st.text(st.sampled_from('ابتلوي ال.!؟،"«»()\n\r\t0123٤٥-ـَّ\u200f\ufeffab'), max_size=80),
)


def pieces(read: Read, text: str) -> list[str]:
    return [t.text for t in read(text).tokens if t.kind != BREAK]


def sentences(read: Read, text: str) -> list[str]:
    return [text[s.start : s.end] for s in read(text).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل الوفد، ثم غادر.", ["وصل", "الوفد", "،", "ثم", "غادر", "."]),
        ("بلغت 3.5 في المئة", ["بلغت", "3.5", "في", "المئة"]),
        ("قرابة ١٬٢٥٠ جنديا", ["قرابة", "١٬٢٥٠", "جنديا"]),
        ("نوفمبر/تشرين الثاني", ["نوفمبر", "/", "تشرين", "الثاني"]),
        ("في 12-10-2015.", ["في", "12", "-", "10", "-", "2015", "."]),
        ("مقاتلات F-16 أميركية", ["مقاتلات", "F", "-", "16", "أميركية"]),
        ("شركة Rolls-Royce.", ["شركة", "Rolls-Royce", "."]),
        ("مُحـــادَثاتٌ", ["مُحـــادَثاتٌ"]),
        ("(رويترز)-قال", ["(", "رويترز", ")", "-", "قال"]),
        ("نعم...", ["نعم", "..."]),
        ("\u200fالقدس\u200f", ["القدس"]),
        ("", []),
        (" \t ", []),
    ],
)
def test_tokens(read: Read, text: str, expected: list[str]):
    assert pieces(read, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل الوفد. غادر الوزير.", ["وصل الوفد.", "غادر الوزير."]),
        ("هل وصل؟ نعم! وصل.", ["هل وصل؟", "نعم!", "وصل."]),
        ("قال: «وصلنا.» ثم سكت.", ["قال: «وصلنا.»", "ثم سكت."]),
        ("العنوان\n\nوصل الوفد", ["العنوان", "وصل الوفد"]),
        ("سطر\r\nوسطر\u2029وسطر", ["سطر", "وسطر", "وسطر"]),
        ("نقلت أ.ف.ب عن مصدر. وصمت.", ["نقلت أ.ف.ب عن مصدر.", "وصمت."]),
        ("قال د. سامر إنه وصل.", ["قال د. سامر إنه وصل."]),
        ("ارتفع 3.5 بالمئة. انخفض.", ["ارتفع 3.5 بالمئة.", "انخفض."]),
        ("وصل؛ ثم غادر، وعاد.", ["وصل؛ ثم غادر، وعاد."]),
        ("وصل الوفد", ["وصل الوفد"]),
        ("... !!! ؟", []),
        ("وصل الوفد...!", ["وصل الوفد...!"]),
    ],
)
def test_sentences(read: Read, text: str, expected: list[str]):
    assert sentences(read, text) == expected


@settings(deadline=None)
@given(anything)
@example("\ufdfa")
@example("\u064b")
@example("\u0640\u0640")
def test_offsets_point_into_the_text(read: Read, text: str):
    document = read(text)
    assert document.text == text
    end = 0
    for index, token in enumerate(document.tokens):
        assert token.index == index
        assert token.kind in KINDS
        assert end <= token.start < token.end
        assert text[token.start : token.end] == token.text
        assert token.key
        end = token.end
    # What is in no token is white space or invisible.
    covered = {at for token in document.tokens for at in range(token.start, token.end)}
    assert all(not c.isprintable() or c.isspace() for at, c in enumerate(text) if at not in covered)


@settings(deadline=None)
@given(anything)
def test_sentences_are_in_order_and_hold_words(read: Read, text: str):
    document = read(text)
    last = 0
    for index, sentence in enumerate(document.sentences):
        assert sentence.index == index
        assert last <= sentence.first < sentence.last <= len(document.tokens)
        tokens = document.sentence_tokens(sentence)
        assert (sentence.start, sentence.end) == (tokens[0].start, tokens[-1].end)
        assert any(t.kind in (WORD, NUMBER, LATIN) for t in tokens)
        last = sentence.last
    held = {at for s in document.sentences for at in range(s.first, s.last)}
    assert all(t.kind in (PUNCT, BREAK) for t in document.tokens if t.index not in held)


@pytest.mark.parametrize("text", ["ا" * 200_000, "." * 200_000, "و " * 100_000, "\n" * 200_000, "«" * 200_000])
def test_long_runs_take_no_long_time(read: Read, text: str):
    assert read(text).text == text
