"""Sentences over invented states, by the construction that shows who stands on which side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from grammar_cases import fault

TABLE = Path(__file__).resolve().parent / "constructions.yaml"
GROUPS: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
CASES = [case for group in GROUPS for case in group["cases"]]
GAP_LIMIT = 1 / 4


def _parameters() -> list[object]:
    gap = pytest.mark.xfail(reason="a known gap", strict=False)
    return [
        pytest.param(case, id=f"{group['construction']}-{n}", marks=[gap] if case.get("known_gap") else [])
        for group in GROUPS
        for n, case in enumerate(group["cases"], 1)
    ]


@pytest.mark.parametrize("case", _parameters())
def test_who_stands_on_which_side(case: dict[str, Any]) -> None:
    assert fault(case) is None


def test_the_table_is_large_and_its_gaps_are_few() -> None:
    texts = [case["text"] for case in CASES]
    assert len(texts) == len(set(texts)) >= 100
    assert sum(bool(case.get("known_gap")) for case in CASES) <= GAP_LIMIT * len(CASES)
