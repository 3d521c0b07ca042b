"""Clitics: the ways to take a form apart, by letters alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasd.text.clitics import ENCLITICS, enclitic_splits, splits, stands_in, unjoined
from rasd.text.letters import fold

letters = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي" + "ةء", min_size=1, max_size=14)


def parts(key: str) -> set[tuple[str, str, bool, int]]:
    return {(s.proclitics, s.stem, s.definite, s.cut) for s in splits(key)}


@pytest.mark.parametrize(
    ("word", "proclitics", "stem", "definite", "cut"),
    [
        ("الوزير", "", "وزير", True, 2),
        ("والوزير", "و", "وزير", True, 3),
        ("فالوزير", "ف", "وزير", True, 3),
        ("بالوزير", "ب", "وزير", True, 3),
        ("كالوزير", "ك", "وزير", True, 3),
        ("وبالوزير", "وب", "وزير", True, 4),
        ("للوزير", "ل", "وزير", True, 2),
        ("للوزير", "ل", "الوزير", False, 1),
        ("وللوزير", "ول", "وزير", True, 3),
        ("لوزير", "ل", "وزير", False, 1),
        ("بوزير", "ب", "وزير", False, 1),
        ("ووزير", "و", "وزير", False, 1),
        ("سيزور", "س", "يزور", False, 1),
        ("وستزور", "وس", "تزور", False, 2),
        ("لليمن", "ل", "يمن", True, 2),
        ("للبنان", "ل", "لبنان", False, 1),
    ],
)
def test_proclitics_come_off(word: str, proclitics: str, stem: str, definite: bool, cut: int):
    assert (proclitics, stem, definite, cut) in parts(fold(word))


@pytest.mark.parametrize(
    ("word", "never"), [("سوريا", "وريا"), ("سفير", "فير"), ("ولد", ""), ("ال", ""), ("لله", ""), ("الى", "")]
)
def test_what_is_no_clitic_stays(word: str, never: str):
    assert never not in {s.stem for s in splits(fold(word))}


@pytest.mark.parametrize(
    ("word", "stem", "enclitic"),
    [
        ("زيارته", "زيارة", "ه"),
        ("بلادها", "بلاد", "ها"),
        ("التقاه", "التقي", "ه"),
        ("قتلوهم", "قتلوا", "هم"),
        ("لقائهما", "لقاء", "هما"),
        ("رؤساؤهم", "رؤساء", "هم"),
        ("استقبلنا", "استقبل", "نا"),
        ("دعمكم", "دعم", "كم"),
        ("ابلغني", "ابلغ", "ني"),
    ],
)
def test_pronouns_come_off(word: str, stem: str, enclitic: str):
    assert (stem, enclitic) in {(s.stem, s.enclitic) for s in enclitic_splits(splits(fold(word))[0])}


def test_a_definite_word_has_no_pronoun():
    definite = next(s for s in splits("الوجه") if s.definite)
    assert enclitic_splits(definite) == (definite,)


@given(letters)
def test_the_whole_word_comes_first_and_parts_are_its_own(word: str):
    found = splits(word)
    assert found[0] == ("", word, "", False, 0)
    for split in found:
        assert split.stem
        assert 0 <= split.cut < len(word)
        # What stands before the stem is its proclitics and article; ل takes in the alef of the article.
        assert word[: split.cut].startswith(split.proclitics)
        assert split.stem.removeprefix("ا") in word
        for taken in enclitic_splits(split):
            assert len(taken.stem) >= 2 or taken == split
            assert taken.enclitic in ("", *ENCLITICS)
            assert word.endswith(taken.enclitic)


@given(st.text(max_size=10))
def test_any_text_comes_apart(text: str):
    for split in splits(fold(text)):
        enclitic_splits(split)


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("وفي", "في"),
        ("وفوق", "فوق"),
        ("ووفق", "وفق"),
        ("فوراء", "وراء"),
        ("ولم", "لم"),
        ("فلا", "لا"),
        ("مع", "مع"),
        ("في", "في"),
    ],
)
def test_one_conjunction_is_taken_off(written: str, bare: str) -> None:
    assert unjoined(written) == bare
    assert stands_in(written, {bare})
