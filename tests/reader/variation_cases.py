"""The short articles of variations.yaml and which of their facts a record lacks."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from facts import missing
from rasd import Reader

TABLE = Path(__file__).resolve().parent / "variations.yaml"


@cache
def variations() -> list[dict[str, Any]]:
    """The articles: ``id``, ``published``, ``text`` and ``facts`` as in `facts`, some with ``known_gap``.

    One more kind of fact is ``undated`` (contains, within_days): what the article, read without its
    day, tells of that day.
    """
    return yaml.safe_load(TABLE.read_text(encoding="utf-8"))


def lacking(reader: Reader, variation: dict[str, Any]) -> set[str]:
    """The ids of the facts that the record of an article does not hold."""
    facts = [{k: v for k, v in f.items() if k != "known_gap"} for f in variation["facts"]]
    record = reader.read(variation["text"], published=str(variation["published"]))
    undated = {f["id"] for f in facts if "undated" in f and not _dated(reader, variation["text"], f["undated"])}
    return undated | set(missing(record, [f for f in facts if "undated" not in f]))


def _dated(reader: Reader, text: str, want: dict[str, Any]) -> bool:
    """Whether an article read without its day is placed around the day wanted, closely enough."""
    dating = reader.read(text).article.dating
    if dating.earliest is None or dating.latest is None:
        return False
    width = dt.date.fromisoformat(dating.latest) - dt.date.fromisoformat(dating.earliest)
    return dating.earliest <= str(want["contains"]) <= dating.latest and width.days <= want["within_days"]


def marked_and_failing(reader: Reader) -> tuple[set[str], set[str]]:
    """The facts marked ``known_gap`` and those that fail, as ``article/fact``."""
    marked = {f"{v['id']}/{f['id']}" for v in variations() for f in v["facts"] if f.get("known_gap")}
    return marked, {f"{v['id']}/{fact}" for v in variations() for fact in lacking(reader, v)}
