"""Names in sentences of our own: what is found, how far it reaches, what stands inside what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rasd import Reader

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:40] for c in CASES])
def test_names_of_a_sentence(case: dict[str, Any], reader: Reader):
    text = case["text"]
    seen = [[name.kind, text[name.start : name.end]] for name in reader.names(text)]
    assert sorted(seen) == sorted(case["names"])


def test_names_are_in_order_the_longer_first(reader: Reader):
    for case in CASES:
        names = reader.names(case["text"])
        assert [(n.first, -n.last) for n in names] == sorted((n.first, -n.last) for n in names)
