"""Phases that articles state, reconciled into periods with each other and with the turns of the series."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from told import lines, read_daily

from rasd.chronicle import Source, Stated, Words
from rasd.record import Phase, Span
from rasd.relations.course import Course, Point, Turn, course
from rasd.relations.knowledge import ours
from rasd.relations.phases import Period, periods

CASES = yaml.safe_load((Path(__file__).parent / "periods.yaml").read_text(encoding="utf-8"))


def stated(n: int, state: str, begin: Any, end: Any, published: Any) -> Stated[Phase]:
    phase = Phase(["AAA", "BBB"], state, begin and str(begin), end and str(end), Span(0, 5))
    return Stated(phase, Source(f"a{n}", None, None, None, str(published)), [Words(f"a{n}", 0, 5, f"text {n}")])


def written(period: Period) -> str:
    bounds = f"{' '.join(period.states)} {period.begin or ''}..{period.end or ''}"
    return bounds + ("~" if period.begin_measured else "") + ("!" if period.turn else "")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_periods(case: dict[str, Any]):
    turns = [Turn(day, *((-1.0, 1.0) if way == "up" else (1.0, -1.0))) for day, way in case.get("turns", [])]
    said = [stated(n, *given) for n, given in enumerate(case["stated"])]
    assert [written(p) for p in periods(said, Course("week", turns=turns), ours())] == case["periods"]


def test_the_evidence_is_all_who_state_it():
    said = [stated(n, "crisis", "2030-11", None, "2031-01-01") for n in range(3)]
    found = periods(said, Course("week"), ours())
    assert [len(p.evidence) for p in found] == [3]
    assert found[0].voices == 3


def test_stretches_of_which_nothing_is_stated_are_measured():
    told = lines("2031-01-06", 70, type="ASSAULT") + lines("2031-03-17", 70, type="AID")
    series = course(told, read_daily("2031-01-01", 160), step="week")
    found = periods([], series, ours(), told)
    assert [(p.states, p.begin, p.basis) for p in found] == [
        (["conflict"], "2031-01-06", "measured"),
        (["cooperation"], "2031-03-17", "measured"),
    ]
    assert all(p.evidence for p in found)


def test_a_course_without_turns_is_not_cut():
    series = Course("week", [Point(dt.date(2031, 1, 6), dt.date(2031, 1, 12), 5.0, exposure=1.0)])
    assert periods([], series, ours()) == []
