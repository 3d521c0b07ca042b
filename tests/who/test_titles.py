"""Titles in a row: one person's, or two people's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rasd.reader import Reader

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "titles.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_whom_titles_name(reader: Reader, case: dict[str, Any]):
    record = reader.read(case["text"], published="2015-08-11")
    named = {mention.text: entity.name.en for entity in record.entities for mention in entity.mentions}
    assert {words: named.get(words) for words in case["names"]} == case["names"]
