"""Reports of one event become one occurrence: what most voices say, how its status moved, where they disagree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rasd.chronicle import Occurrence, Report
from rasd.relations import merge, reports
from relations.records import made

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("occurrences.yaml").read_text("utf-8").replace("date: 2031", "date: !!str 2031")
)

SAYS = {
    "type": lambda o: o.type,
    "status": lambda o: o.status,
    "course": lambda o: [[c.on[-2:], c.status] for c in o.course],
    "date": lambda o: o.date.value if o.date else None,
    "place": lambda o: o.place.name.en if o.place else None,
    "actors": lambda o: [s.code for s in o.actors],
    "names": lambda o: [s.name.en for s in o.actors],
    "recipients": lambda o: [s.code for s in o.recipients],
    "voices": lambda o: o.voices,
    "reports": lambda o: [r[0] for r in o.reports],
    "differences": lambda o: {d.field: {v: "".join(r[0] for r in told) for v, told in d.values} for d in o.differences},
}


def told(case: dict[str, Any]) -> list[Report]:
    """The one report of each article, with the voice that the case gives it."""
    found: list[Report] = []
    for number, event in enumerate(case["reports"]):
        day = str(event.get("printed", "2031-05-03"))
        record = made({"published": day, "events": [event]})
        found += reports(record, "abcdefgh"[number], voice=event.get("voice"))
    return found


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_merge(case: dict[str, Any]) -> None:
    found: Occurrence = merge(told(case))
    assert {key: SAYS[key](found) for key in case["is"]} == case["is"]


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_order_does_not_matter(case: dict[str, Any]) -> None:
    given = told(case)
    assert merge(given[::-1]) == merge(given)


def test_more_voices_are_believed_more_and_copies_are_not() -> None:
    one, two = told({"reports": [{"confidence": 0.6}, {"confidence": 0.6}]})
    alone, both = merge([one]), merge([one, two])
    assert both.confidence == pytest.approx(1 - 0.4 * 0.4)
    two.voice = one.voice
    assert merge([one, two]).confidence == alone.confidence == pytest.approx(0.6)
