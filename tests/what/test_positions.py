"""Who supports, opposes, seeks or disputes what."""

from __future__ import annotations

import pytest
from affair_documents import affair_reader, cases, make, position_reader


@pytest.mark.parametrize("case", cases("positions.yaml"), ids=lambda c: c["text"][:40])
def test_positions(case: dict) -> None:
    document = make(case)
    affairs = affair_reader().read(document, [])
    found = position_reader().read(document, affairs)
    assert [[p.holder, p.toward, p.stance] for p in found] == case["positions"]


def test_dispute_names_its_affair() -> None:
    document = make({"text": "خلافات بين السودان وإثيوبيا بشأن سد النهضة"})
    affairs = affair_reader().read(document, [])
    found = position_reader().read(document, affairs)
    assert {p.affair for p in found} == {affairs[0].id}
