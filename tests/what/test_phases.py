"""How relationships stood, and from when."""

from __future__ import annotations

import pytest
from affair_documents import cases, make, phase_reader


@pytest.mark.parametrize("case", cases("phases.yaml"), ids=lambda c: c["text"][:40])
def test_phases(case: dict) -> None:
    document = make(case)
    found = phase_reader().read(document)
    got = sorted([sorted(p.parties), p.state, p.begin, p.end] for p in found)
    assert got == sorted([sorted(parties), state, begin, end] for parties, state, begin, end in case["phases"])
    for phase in found:
        assert 0 <= phase.evidence.start < phase.evidence.end <= len(document.text)
