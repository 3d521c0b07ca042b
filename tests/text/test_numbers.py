"""Number words to values."""

from __future__ import annotations

import pytest

from rasd.lexicon import KnowledgeFiles, open_compiled
from rasd.text import document
from rasd.text.forms import WORDS, WordTable
from rasd.text.numbers import read_number

TABLE = WordTable(open_compiled(KnowledgeFiles(), (WORDS,)))


@pytest.mark.parametrize(
    ("text", "value", "size"),
    [
        ("ثلاثة جنود", 3, 1),
        ("أحد عشر جنديا", 11, 2),
        ("اثنتي عشرة طائرة", 12, 2),
        ("خمسة وعشرون ألفا وثلاثمئة", 25_300, 4),
        ("خمسة و عشرون", 25, 3),
        ("مئتي ألف", 200_000, 2),
        ("ثلاث مئة", 300, 2),
        ("مئة وخمسة آلاف", 105_000, 3),
        ("مليون وخمسمئة ألف", 1_500_000, 3),
        ("ألفين وثمانية عشر", 2018, 3),
        ("ألف وتسعمائة وتسعة وثمانين", 1989, 4),
        ("4.5 مليون", 4_500_000, 2),
        ("٣ آلاف", 3000, 2),
        ("ثلاثة ملايين ونصف المليون", 3_500_000, 4),
        ("نصف مليون", 500_000, 2),
        ("1,250 طنا", 1250, 1),
        ("خمسة وستة", 5, 1),
    ],
)
def test_value(text: str, value: float, size: int) -> None:
    tokens = document(text, TABLE).tokens
    assert read_number(tokens, 0) == (value, size)


@pytest.mark.parametrize("text", ["أحد الجنود", "نصف المدينة", "جنود", "ونصف", ""])
def test_no_number(text: str) -> None:
    assert read_number(document(text, TABLE).tokens, 0) is None
