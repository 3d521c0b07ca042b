"""Short articles of our own about talks, quarrels and projects of real states: each fact is in the record.

The same things are told in many orders and words, so that a rule which fits one way of
telling only shows. Facts marked ``known_gap`` are right but not read yet.
"""

from __future__ import annotations

from typing import Any

import pytest
from variation_cases import lacking, variations

from rasd import Reader

KNOWN = pytest.mark.xfail(reason="a known gap", strict=False)
FACTS = [
    pytest.param(v, f["id"], id=f"{v['id']}-{f['id']}", marks=[KNOWN] if f.get("known_gap") else [])
    for v in variations()
    for f in v["facts"]
]


@pytest.fixture(scope="module")
def lacked(reader: Reader) -> dict[str, set[str]]:
    return {v["id"]: lacking(reader, v) for v in variations()}


@pytest.mark.parametrize(("variation", "fact"), FACTS)
def test_the_record_holds_the_fact(variation: dict[str, Any], fact: str, lacked: dict[str, set[str]]) -> None:
    assert fact not in lacked[variation["id"]]


def test_there_are_enough_variations() -> None:
    assert len(variations()) >= 25
    assert len({v["id"] for v in variations()}) == len(variations())


def test_the_known_gaps_are_few() -> None:
    facts = [f for v in variations() for f in v["facts"]]
    assert sum(bool(f.get("known_gap")) for f in facts) <= 0.4 * len(facts)
