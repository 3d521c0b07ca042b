"""Letters: what does not count, and what is written for one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasd.text.letters import fold, strip_marks, western_digits

arabic = st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF))
presentation = st.text(st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("أحمد", "احمد"), ("إيران", "ايران"), ("آسيا", "اسيا"), ("ٱلله", "الله"),
        ("مستشفى", "مستشفي"), ("لقاء", "لقاء"), ("مسؤول", "مسؤول"), ("هيئة", "هيئة"),
        ("مُحَادَثَاتٌ", "محادثات"), ("الأردنّ", "الاردن"), ("محــادثات", "محادثات"), ("هٰذا", "هذا"),
        ("ایران", "ايران"), ("پاکستان", "باكستان"), ("گازپروم", "كازبروم"), ("ۀ", "ه"),
        ("ﺍﻟﻘﺎﻫﺮﺓ", "القاهرة"), ("ﻻ", "لا"), ("ﻷن", "لان"), ("ﷲ", "الله"),
        ("\u200fالقدس\u200e", "القدس"), ("بي\u200cبي", "بيبي"), ("\ufeffخبر", "خبر"),
        ("NATO 2016", "NATO 2016"), ("", ""),
    ],
)  # fmt: skip
def test_fold(written: str, folded: str):
    assert fold(written) == folded


@pytest.mark.parametrize(("one", "other"), [("زيارة", "زيارته"), ("علي", "عل"), ("سورة", "صورة"), ("مائة", "مئة")])
def test_what_makes_another_word_stays(one: str, other: str):
    assert fold(one) != fold(other)


def test_strip_marks_keeps_hamzas_and_look_alikes():
    assert strip_marks("أُسْرَةٌ إلى یوم") == "أسرة إلى یوم"


@pytest.mark.parametrize(
    ("written", "read"), [("٢٠١٦", "2016"), ("۱۴", "14"), ("٣٫٥", "3.5"), ("١٬٢٥٠", "1,250"), ("12.5", "12.5")]
)
def test_western_digits(written: str, read: str):
    assert western_digits(written) == read


@given(st.one_of(st.text(), arabic, presentation))
def test_folding_twice_changes_nothing(text: str):
    assert fold(fold(text)) == fold(text)
    assert strip_marks(strip_marks(text)) == strip_marks(text)
    assert fold(strip_marks(text)) == fold(text)


@given(st.one_of(st.text(), arabic))
def test_digits_keep_their_places(text: str):
    assert len(western_digits(text)) == len(text)


@given(arabic, arabic)
def test_folding_works_letter_by_letter(one: str, other: str):
    assert fold(one + other) == fold(one) + fold(other)
