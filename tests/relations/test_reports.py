"""An article's record becomes its reports: one for each event, with the best that its tellings say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rasd.chronicle import Report
from rasd.relations import reports
from relations.records import made

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("reports.yaml").read_text("utf-8").replace("date: 2031", "date: !!str 2031")
)

SAYS = {
    "id": lambda r: r.id,
    "actors": lambda r: [s.code for s in r.actors],
    "recipients": lambda r: [s.code for s in r.recipients],
    "names": lambda r: [s.name.en for s in r.actors],
    "date": lambda r: r.date.value,
    "place": lambda r: r.place.name.en,
    "affairs": lambda r: r.affairs,
    "status": lambda r: r.status,
    "counts": lambda r: {c.role: c.value for c in r.counts},
    "others": lambda r: {o.role: o.entity for o in r.others},
}


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_reports(case: dict[str, Any]) -> None:
    found: list[Report] = reports(made({"published": "2031-05-03", "events": case["events"]}), "k")
    assert len(found) == len(case["reports"])
    for report, want in zip(found, case["reports"], strict=True):
        assert {key: SAYS[key](report) for key in want} == want


def test_words_are_those_of_the_article() -> None:
    article = {"events": [{"says": "كلام أول"}, {"says": "كلام ثان", "same_as": "e1"}], "published": "2031-05-03"}
    (report,) = reports(made(article), "k", voice="v")
    assert (report.words.text, [w.text for w in report.retold]) == ("كلام أول", ["كلام ثان"])
    assert report.words.article == "k" == report.source.key
    assert report.voice == "v"


def test_voice_is_the_article_itself_unless_given() -> None:
    (report,) = reports(made({"events": [{}]}), "k")
    assert report.voice == "k"
    assert report.source.published is None
