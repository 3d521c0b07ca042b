"""The articles in ``examples/``: each record holds what its file of facts says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from facts import missing
from rasd import Reader

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.txt"))


def test_there_are_enough_examples():
    assert len(EXAMPLES) >= 6


@pytest.mark.parametrize("article", EXAMPLES, ids=lambda p: p.stem)
def test_record_holds_the_facts(reader: Reader, article: Path):
    expected = yaml.safe_load(article.with_suffix(".yaml").read_text(encoding="utf-8"))
    record = reader.read(article.read_text(encoding="utf-8"), published=str(expected["published"]))
    assert missing(record, expected["facts"]) == []
