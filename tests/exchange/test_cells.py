"""Cells of CSV that a spreadsheet would take for formulas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasd.exchange import tabular


@given(st.text())
def test_every_text_comes_back(text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    assert tabular._meant(tabular._quotable(text)) == text  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd", "-cmd|x", "\t=1", "'=1"])
def test_no_text_is_a_formula(text: str) -> None:
    assert tabular._quotable(text) == f"'{text}"  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize("text", ["-2.5", "+3", "-1e-05", "", "'quoted'", "نص"])
def test_numbers_and_other_text_stay(text: str) -> None:
    assert tabular._quotable(text) == text  # pyright: ignore[reportPrivateUsage]
