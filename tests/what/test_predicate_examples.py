"""Each example of the predicate files is read as its entry says.

What the reader does not manage yet is listed in known_gaps.txt, which
``python scripts/known_gaps.py`` writes anew.
"""

from __future__ import annotations

import pytest
from predicate_examples import GAPS, Case, examples, fault, known_gaps

from rasd import Reader

GAP_LIMIT = 0.3


def _parameters() -> list[object]:
    gaps = known_gaps()
    mark = pytest.mark.xfail(reason="a known gap", strict=False)
    return [pytest.param(c, id=c.key.replace(" ", "-"), marks=[mark] if c.key in gaps else []) for c in examples()]


@pytest.mark.parametrize("case", _parameters())
def test_an_example_is_read_as_its_entry_says(reader: Reader, case: Case) -> None:
    assert fault(reader, case) is None


def test_the_known_gaps_are_few() -> None:
    assert len(known_gaps()) <= GAP_LIMIT * len(examples()), f"too many lines in {GAPS.name}"


def test_the_known_gaps_are_examples() -> None:
    assert known_gaps() <= {case.key for case in examples()}
