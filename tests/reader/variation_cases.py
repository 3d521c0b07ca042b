"""The short articles of variations.yaml and which of their facts a record lacks."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from facts import missing
from rasd import Reader

TABLE = Path(__file__).resolve().parent / "variations.yaml"


@cache
def variations() -> list[dict[str, Any]]:
    """The articles: ``id``, ``published``, ``text`` and ``facts`` as in `facts`, some with ``known_gap``."""
    return yaml.safe_load(TABLE.read_text(encoding="utf-8"))


def lacking(reader: Reader, variation: dict[str, Any]) -> set[str]:
    """The ids of the facts that the record of an article does not hold."""
    facts = [{k: v for k, v in f.items() if k != "known_gap"} for f in variation["facts"]]
    record = reader.read(variation["text"], published=str(variation["published"]))
    return set(missing(record, facts))


def marked_and_failing(reader: Reader) -> tuple[set[str], set[str]]:
    """The facts marked ``known_gap`` and those that fail, as ``article/fact``."""
    marked = {f"{v['id']}/{f['id']}" for v in variations() for f in v["facts"] if f.get("known_gap")}
    return marked, {f"{v['id']}/{fact}" for v in variations() for fact in lacking(reader, v)}
