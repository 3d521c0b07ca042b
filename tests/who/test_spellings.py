"""Names in all their spellings, and the same words where they are nobody's name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rasd import Reader

HERE = Path(__file__).parent
SPELLINGS: dict[str, list[str]] = yaml.safe_load((HERE / "spellings.yaml").read_text(encoding="utf-8"))
ORDINARY: list[dict[str, Any]] = yaml.safe_load((HERE / "ordinary.yaml").read_text(encoding="utf-8"))
PARTS: list[dict[str, Any]] = yaml.safe_load((HERE / "parts.yaml").read_text(encoding="utf-8"))
NAMES = [(en, spelling) for en, spellings in SPELLINGS.items() for spelling in spellings]


def named(reader: Reader, text: str) -> dict[str, list[str]]:
    """The English names of the entities of a text, each with its mentions."""
    record = reader.read(text, published="2015-06-01")
    return {e.name.en or "": [m.text for m in e.mentions] for e in record.entities}


def test_the_tables_are_long_enough():
    assert len(NAMES) + len(PARTS) >= 300
    assert len(ORDINARY) >= 100


@pytest.mark.parametrize(("en", "spelling"), NAMES, ids=[f"{en}-{n}" for n, (en, _) in enumerate(NAMES)])
def test_a_spelling_is_found(reader: Reader, en: str, spelling: str):
    assert en in named(reader, f"قال المحللون إن موقف {spelling} لم يتغير.")


@pytest.mark.parametrize("case", PARTS, ids=[c["text"][:40] for c in PARTS])
def test_a_part_of_a_name_is_its_bearer(reader: Reader, case: dict[str, Any]):
    found = named(reader, case["text"])
    assert case["part"] in found.get(case["en"], [])


@pytest.mark.parametrize("case", ORDINARY, ids=[c["text"][:40] for c in ORDINARY])
def test_an_ordinary_word_is_nobody(reader: Reader, case: dict[str, Any]):
    text, word = case["text"], case["word"]
    at = text.index(word)
    record = reader.read(text, published="2015-06-01")
    over = [
        (e.name.en, m.text)
        for e in record.entities
        for m in e.mentions
        if m.start <= at < m.end and e.kind in ("person", "state", "organization", "group", "outlet")
        and len(m.text) <= len(word) + 2
    ]  # fmt: skip
    assert over == []
