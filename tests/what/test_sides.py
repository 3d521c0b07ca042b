"""Who stands on which side of an act, as far as meaning tells it, in sentences of our own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rasd.reader import Reader

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "sides.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def _mains(codes: list[str]) -> list[str]:
    return sorted({code.split("/")[0] for code in codes})


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:40] for c in CASES])
def test_the_sides_of_an_act(case: dict[str, Any], reader: Reader) -> None:
    record = reader.read(case["text"], published=case.get("published", "2013-05-02"))
    found = [e for e in record.events if e.trigger.text == case["trigger"]]
    assert found, [e.trigger.text for e in record.events]
    for side, codes in (("actors", found[0].actor_codes), ("recipients", found[0].recipient_codes)):
        if side in case:
            assert _mains(codes) == sorted(case[side]), side
