"""Dates and places of acts in short reports over invented states."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from invented import invented_reader
from rasd.lexicon import KnowledgeFiles
from rasd.record import Event
from rasd.what.attachment import BORDERS, Weights

CASES = yaml.safe_load((Path(__file__).parent / "circumstances.yaml").read_text(encoding="utf-8"))
PUBLISHED = dt.date(2016, 5, 18)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_when_and_where_acts_happen(case: dict[str, Any]) -> None:
    record = invented_reader().read(case["text"], published=PUBLISHED)
    for wanted in case["acts"]:
        event = next((e for e in record.events if e.trigger.text == wanted["trigger"]), None)
        assert event is not None, f"{wanted['trigger']} is no act among {[e.trigger.text for e in record.events]}"
        assert {k: _seen(event, k) for k in wanted} == {k: v and str(v) for k, v in wanted.items()}


def _seen(event: Event, key: str) -> str | None:
    date = event.date
    if key == "place":
        return event.place.name.en if event.place else None
    if key == "trigger":
        return event.trigger.text
    if date is None:
        return None
    return {"date": date.value, "first": date.begin, "last": date.end}[key]


def test_every_weight_is_of_a_trait_that_is_looked_for() -> None:
    names = {f"{side}.{what}" for side in ("before", "after") for what in (*BORDERS, "words", "touching", "acts")}
    families = ("type.", "kind.", "link.", "said.", "named.", "in.", "state.", "visit.", "content.", "purpose.",
                "relative.", "imperfect.", "past-act.")  # fmt: skip
    names |= {"before", "after", "own-relative", "rival", "since", "past-time", "week", "month", "year", "decade",
              "feast", "visit", "frame", "actor", "recipient", "object", "power", "topic",
              "topic-noun", "unlisted", "measured", "outer", "dateline", "opening"}  # fmt: skip
    for table in KnowledgeFiles().entries("grammar/attachment.yaml", Weights, lambda e: e.of):
        assert [n for n in (*table.weights, *table.fixed) if n not in names and not n.startswith(families)] == []
