"""Which words of a sentence are acts and which are not, by the table of acts.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rasd import Reader

TABLE = Path(__file__).resolve().parent / "acts.yaml"
PUBLISHED = "2024-05-15"


def _cases() -> list[Any]:
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return [pytest.param(case, id=f"{case['feature']}-{n}") for n, case in enumerate(table, start=1)]


@pytest.mark.parametrize("case", _cases())
def test_the_acts_of_a_sentence(reader: Reader, case: dict[str, Any]) -> None:
    record = reader.read(case["text"], published=PUBLISHED)
    assert [f"{e.type} {e.trigger.text}" for e in record.events] == case["acts"]
