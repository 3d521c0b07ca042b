"""Each example of docs/when.md is read as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rasd.when import find

PAGE = Path(__file__).resolve().parents[2] / "docs" / "when.md"
HEADER = ["written", "type", "value", "from", "to"]


def examples() -> list[list[str]]:
    """The cells of the rows of the page's tables."""
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return [row for row in cells if row != HEADER and row[0] != "---"]


@pytest.mark.parametrize("row", examples(), ids=lambda row: row[0])
def test_example(row: list[str]) -> None:
    written, kind, values, begin, end = (cell.replace("`", "") for cell in row)
    found = find(written.replace("**", ""), at="2020-06-15")
    assert [time.text for time in found] == re.findall(r"\*\*(.+?)\*\*", written)
    assert [time.value for time in found] == ([values] if values.startswith("(") else re.findall(r"[^, ]+", values))
    assert {time.type for time in found} <= {kind}
    if begin:
        assert [(time.begin, time.end_date) for time in found] == [(begin, end)]


def test_there_are_examples() -> None:
    assert len(examples()) > 60
