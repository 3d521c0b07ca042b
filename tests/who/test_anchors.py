"""Whose the police and the people are, in sentences of our own over real places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rasd.reader import Reader

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "anchors.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:40] for c in CASES])
def test_the_state_of_common_nouns(case: dict[str, Any], reader: Reader) -> None:
    record = reader.read(case["text"], published=case.get("published"))
    found = {mention.text: entity.code for entity in record.entities for mention in entity.mentions}
    assert {text: found.get(text) for text in case["codes"]} == case["codes"]


def test_a_state_that_is_found_names_the_group_in_english(reader: Reader) -> None:
    record = reader.read("فرقت الشرطة متظاهرين في مدينة المنيا بالغاز.", published="2014-03-02")
    assert "Egyptian police" in {entity.name.en for entity in record.entities}
