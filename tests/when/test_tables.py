"""The tables of sentences: every time in each, with its words, type, value and days, and no other."""

from __future__ import annotations

import dataclasses

import pytest
from tables import Row, rows

from rasd.when import find

ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=[f"{n}-{row.text}" for n, row in enumerate(ROWS)])
def test_row(row: Row) -> None:
    found = [dataclasses.asdict(time) for time in find(row.text, at=row.at)]
    kept = [{key: time[key] for key in wanted} for time, wanted in zip(found, row.times, strict=False)]
    assert kept == row.times
    assert [time["text"] for time in found] == [wanted["text"] for wanted in row.times]
