"""Numbers with a unit, and only those."""

from __future__ import annotations

import pytest
from affair_documents import cases, make, quantity_reader


@pytest.mark.parametrize("case", cases("quantities.yaml"), ids=lambda c: c["text"][:40])
def test_quantities(case: dict) -> None:
    found = quantity_reader().read(make(case))
    assert [[q.text, q.value, q.unit, q.per] for q in found] == case["quantities"]
    for quantity in found:
        assert case["text"][quantity.start : quantity.end] == quantity.text
