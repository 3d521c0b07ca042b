"""Each head of state and government follows the one before: no gap that history did not have, no two at once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
sys.path.append(str(HERE.parents[1] / "scripts"))

import succession  # noqa: E402

VACANCIES = {tuple(row) for row in yaml.safe_load((HERE / "vacancies.yaml").read_text(encoding="utf-8"))}
KNOWN = succession.terms()


@pytest.mark.parametrize("state", succession.STATES)
def test_heads_follow_one_another(state: str):
    found = [
        stretch
        for office in succession.HEADS
        if (state, office) in KNOWN
        for stretch in succession.stretches(state, office, KNOWN[state, office], 90)
        if stretch.who or (state, office, stretch.since.year) not in VACANCIES
    ]
    assert found == []


@pytest.mark.parametrize("state", succession.STATES)
def test_every_state_has_a_head_and_its_foreign_ministers(state: str):
    assert any((state, office) in KNOWN for office in succession.HEADS)
    assert (state, "foreign-minister") in KNOWN or state == "COM"
