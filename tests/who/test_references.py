"""Whom phrases that refer back mean, and offices without a name, with Rasd's own registry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rasd import Reader
from rasd.text.document import ActorMention, Document
from rasd.who import resolve_pronoun

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "references.yaml").read_text(encoding="utf-8"))


def read(reader: Reader, case: dict[str, Any]) -> Document:
    """The working document of a case, with all that the steps of reading add to it."""
    return reader._read(case["text"], case["published"], None, None, None, None)[1]  # pyright: ignore[reportPrivateUsage]


def meant(doc: Document, case: dict[str, Any]) -> ActorMention | None:
    """The mention that a case's phrase is, or that its pronoun means."""
    at = case["text"].rindex(case["ref"])
    if "pronoun" in case:
        token = next(t.index for t in doc.tokens if t.start >= at)
        number, gender = case["pronoun"].split()
        return resolve_pronoun(doc, token, number, gender)
    end = at + len(case["ref"])
    return next((m for m in doc.actors if m.end == end and at - 1 <= m.start <= at), None)


@pytest.mark.parametrize("case", CASES, ids=[f"{c['published'][:4]} {c['ref']}: {c['text'][:30]}" for c in CASES])
def test_whom_a_phrase_means(case: dict[str, Any], reader: Reader) -> None:
    doc = read(reader, case)
    mention = meant(doc, case)
    assert mention is not None, [doc.text[m.start : m.end] for m in doc.actors]
    assert sorted(doc.entities[e].code or "" for e in mention.entities) == sorted(case["codes"])
    if "names" in case:
        assert sorted(doc.entities[e].en or "" for e in mention.entities) == sorted(case["names"])


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 150
