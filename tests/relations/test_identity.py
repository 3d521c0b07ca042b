"""Reports of one event meet, others stay apart, and an article is never told what it did not say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rasd.chronicle import Occurrence
from rasd.relations import Identity, Memory
from relations.records import made

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("identity.yaml").read_text("utf-8").replace("date: 2031", "date: !!str 2031")
)


@pytest.fixture(scope="module")
def identity() -> Identity:
    return Identity()


def remembered(identity: Identity, articles: list[dict[str, Any]]) -> Memory:
    """A memory of articles read one after another; their keys are a, b, c ..."""
    memory = Memory(identity=identity)
    for number, article in enumerate(articles):
        record = made({**article, "published": str(article.get("published", "2031-05-03"))})
        memory.add(record, "abcdefgh"[number])
    return memory


def told_by(occurrence: Occurrence) -> str:
    """a1b2: the first report of a, the second of b."""
    return "".join(sorted(report.replace("/e", "") for report in occurrence.reports))


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_occurrences(case: dict[str, Any], identity: Identity) -> None:
    found = remembered(identity, case["articles"]).occurrences()
    assert sorted(map(told_by, found)) == sorted(case["occurrences"])
    names = {o.id: told_by(o) for o in found}
    assert {names[o.id]: names[o.denies] for o in found if o.denies} == case.get("denies", {})
