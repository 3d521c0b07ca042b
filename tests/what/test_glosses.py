"""The Arabic and the English line of events, as an editor could print them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from invented import invented_reader
from rasd.record import EventDate
from rasd.what import arabic_line, english_line
from rasd.what.arabic_line import Party
from rasd.what.english_line import Side, Words

TABLE: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("glosses.yaml").read_text(encoding="utf-8"))
SIDES: dict[str, dict[str, Any]] = TABLE["sides"]
LINES: list[dict[str, Any]] = TABLE["lines"]
NAMES = [f"{n}-{line['rule']}-{line['status']}" for n, line in enumerate(LINES, 1)]


def _party(key: str) -> Party:
    side = SIDES[key]
    return Party(side["ar"], side["gender"], side["number"], side["proper"])


def _side(key: str) -> Side:
    return Side(SIDES[key]["en"], SIDES[key]["plural"])


@pytest.mark.parametrize("line", LINES, ids=NAMES)
def test_an_act_is_said_in_arabic(line: dict[str, Any]) -> None:
    lexemes = invented_reader()._events.lexemes
    predicate = next(p for p in lexemes.predicates if p.id == line["rule"])
    tail = "في ليندور يوم 3 يونيو 2016" if line.get("tail") else ""
    said = arabic_line.sentence(
        predicate, lexemes.arabic_lines, [_party(k) for k in line["actors"]], [_party(k) for k in line["recipients"]],
        line["status"], line.get("future", False), tail,
    )  # fmt: skip
    assert said == line["ar"]


@pytest.mark.parametrize("line", LINES, ids=NAMES)
def test_an_act_is_said_in_english(line: dict[str, Any]) -> None:
    lexemes = invented_reader()._events.lexemes
    predicate = next(p for p in lexemes.predicates if p.id == line["rule"])
    tail = "in Lindor on 3 June 2016" if line.get("tail") else ""
    said = english_line.sentence(
        predicate, lexemes.english_lines, [_side(k) for k in line["actors"]], [_side(k) for k in line["recipients"]],
        line["status"], line.get("future", False), tail, Words(lexemes.english_pasts, lexemes.english_participles),
    )  # fmt: skip
    assert said == line["en"]


def test_the_table_covers_types_and_statuses() -> None:
    lexemes = invented_reader()._events.lexemes
    kinds = {p.id: p.type for p in lexemes.predicates}
    assert {kinds[line["rule"]] for line in LINES} == {p.type for p in lexemes.predicates}
    assert {line["status"] for line in LINES} == {"occurred", "ongoing", "planned", "possible", "denied"}
    assert len(LINES) >= 80


def test_every_predicate_can_be_said() -> None:
    lexemes = invented_reader()._events.lexemes
    words = Words(lexemes.english_pasts, lexemes.english_participles)
    for predicate in lexemes.predicates:
        for actors, recipients in (("Z", "M"), ("Z", ""), ("", "M"), ("", "")):
            for status in ("occurred", "ongoing", "planned", "possible", "denied"):
                arabic = arabic_line.sentence(
                    predicate, lexemes.arabic_lines, [_party(k) for k in actors], [_party(k) for k in recipients],
                    status, False, "",
                )  # fmt: skip
                english = english_line.sentence(
                    predicate, lexemes.english_lines, [_side(k) for k in actors], [_side(k) for k in recipients],
                    status, False, "", words,
                )  # fmt: skip
                for said in (arabic, english):
                    assert said.strip()
                    assert not set("~:/") & set(said), (predicate.id, said)


READ = [
    (
        "من المقرر أن يزور بالوك زارستان الأحد المقبل",
        "من المقرر أن يزور أندري بالوك زارستان يوم 22 مايو 2016",
        "Andri Baluk will visit Zarland on 22 May 2016",
    ),
    (
        "فرضت زارستان عقوبات على الميران أمس",
        "فرضت زارستان عقوبات على الميران يوم 17 مايو 2016",
        "Zarland imposed sanctions on Mirania on 17 May 2016",
    ),
    (
        "قصفت القوات الميرانية ليندور",
        "قصفت القوات الميرانية مدنيين في ليندور",
        "Miranian forces shelled civilians in Lindor",
    ),
    (
        "لم تفرض بلغوفيا عقوبات على الميران",
        "لم تفرض بلغوفيا عقوبات على الميران",
        "Belgovia did not impose sanctions on Mirania",
    ),
]


@pytest.mark.parametrize(("text", "arabic", "english"), READ)
def test_an_article_is_read_to_its_lines(text: str, arabic: str, english: str) -> None:
    glosses = [(e.gloss.ar, e.gloss.en) for e in invented_reader().read(text, published="2016-05-18").events]
    assert (arabic, english) in glosses


@pytest.mark.parametrize(
    ("begin", "end", "arabic", "english"),
    [
        ("2016-06-03", "2016-06-03", "يوم 3 يونيو 2016", "on 3 June 2016"),
        ("2016-06-01", "2016-06-30", "في يونيو 2016", "in June 2016"),
        ("2016-01-01", "2016-12-31", "عام 2016", "in 2016"),
        ("2016-06-03", "2016-06-09", "بين 3 يونيو 2016 و9 يونيو 2016", "between 3 June 2016 and 9 June 2016"),
    ],
)
def test_a_date_is_said(begin: str, end: str, arabic: str, english: str) -> None:
    when = EventDate(begin, begin, end, None, None, False)
    assert arabic_line.date(when) == arabic
    assert english_line.date(when) == english
