"""The agenda: what is due on a day, what should have happened, what was called off; and promises."""

from __future__ import annotations

import datetime as dt

import pytest
from told import line

from rasd.chronicle import StatusChange
from rasd.relations.agenda import agenda, latest_day, outcome

AS_OF = dt.date(2031, 5, 10)


@pytest.mark.parametrize(
    ("on", "status", "expected"),
    [
        ("2031-05-12", "planned", "due"),
        ("2031-05-10", "planned", "due"),
        ("2031-05", "planned", "due"),
        ("2031-05-09", "planned", "passed"),
        (None, "planned", "undated"),
        ("2031-05-09", "occurred", "kept"),
        ("2031-05-12", "denied", "called-off"),
        ("2031-05-10", "ongoing", "under-way"),
        ("2031-05-12", "possible", None),
    ],
)
def test_what_became_of_it(on: str | None, status: str, expected: str | None):
    assert outcome(line(on=on, status=status, told="2031-05-01"), AS_OF) == expected


def test_the_lists_of_an_agenda():
    moved = [StatusChange("planned", "2031-05-01", "r1"), StatusChange("denied", "2031-05-04", "r2")]
    told = [
        line("due", on="2031-05-12", status="planned"),
        line("past", on="2031-05-02", status="planned"),
        line("open", told="2031-05-02", status="planned"),
        line("off", on="2031-05-12", status="denied", course=moved),
        line("never", on="2031-05-12", status="denied"),
        line("done", on="2031-05-02"),
        line("unsure", on="2031-05-12", status="planned", confidence=0.45),
    ]
    made = agenda(told, AS_OF)
    lists = (made.due, made.overdue, made.undated, made.cancelled, made.under_way)
    assert [[x.occurrence.id for x in found] for found in lists] == [["due"], ["past"], ["open"], ["off"], []]


@pytest.mark.parametrize(
    ("told", "on", "there"),
    [
        ("2031-05-08", None, True),
        ("2031-04-08", None, False),
        ("2031-05-08", "2029", False),
        ("2031-05-08", "2031-05", True),
    ],
)
def test_what_goes_on_was_told_of_late(told: str, on: str | None, there: bool):
    made = agenda([line(on=on, told=told, status="ongoing")], AS_OF)
    assert bool(made.under_way) is there


def test_days_bound_it_both_ways():
    told = [line(f"o{n}", on=f"2031-{n:02}-10", status="planned") for n in range(1, 10)]
    made = agenda(told, AS_OF, days=31)
    assert [x.occurrence.id for x in made.due] == ["o5", "o6"]
    assert [x.occurrence.id for x in made.overdue] == ["o4"]


def test_without_a_day_what_has_a_date_is_due():
    assert [x.occurrence.id for x in agenda([line(on="2031-05-02", status="planned")], None).due] == ["o1"]


def test_the_latest_day_read():
    assert latest_day({dt.date(2031, 5, 1): 3, dt.date(2031, 5, 4): 1}) == dt.date(2031, 5, 4)
    assert latest_day({}) is None
