"""The course of a relationship: what is counted, where it is placed, how it is corrected, where it turns."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from told import line, lines, read_daily

from rasd.relations.course import bin_of, course


def test_cooperation_and_conflict_are_apart():
    made = course([line("a", on="2031-05-02"), line("b", type="ASSAULT", on="2031-05-02")], {}, step="day")
    assert [(p.cooperation, p.conflict) for p in made.points] == [(2.5, -9.0)]
    assert (made.points[0].cooperation_events, made.points[0].conflict_events) == (1, 1)


def test_an_occurrence_counts_once_however_many_reports_tell_it():
    told = line("a", on="2031-05-02", reports=[f"r{n}/e1" for n in range(40)])
    assert course([told], {}, step="day").points[0].cooperation == 2.5


@pytest.mark.parametrize("status", ["planned", "possible", "denied"])
def test_what_did_not_happen_is_not_counted(status: str):
    assert course([line("a", on="2031-05-02", status=status)], {}, step="day").points == []


def test_what_is_told_as_done_before_its_day_is_not_counted():
    assert course([line("a", on="2032-05-02", told="2031-05-02")], {}, step="day").points == []


def test_a_time_of_which_much_was_read_does_not_look_fuller():
    busy = {dt.date(2031, 5, 5) + dt.timedelta(days=n): 300 for n in range(7)}
    thin = {dt.date(2031, 5, 12) + dt.timedelta(days=n): 100 for n in range(8)}
    told = lines("2031-05-05", 6) + [line(f"x{n}", on=f"2031-05-{13 + 2 * n}") for n in range(2)]
    first, second = course(told, busy | thin, step="week").points
    assert (first.cooperation_events, second.cooperation_events) == (6, 2)
    assert first.cooperation == pytest.approx(second.cooperation, rel=0.35)
    assert first.cooperation > second.cooperation * 0.9


def test_what_is_told_in_retrospect_is_not_corrected():
    told = [line("a", on="2030-11-03", told="2031-05-02"), line("b", on="2031-05-02")]
    made = course(told, {dt.date(2031, 5, 2): 50}, step="month")
    assert [(p.begin, p.read, p.exposure > 0) for p in made.points if p.cooperation] == [
        (dt.date(2030, 11, 1), 0, False),
        (dt.date(2031, 5, 1), 50, True),
    ]


def test_a_date_too_loose_for_the_step_is_left_out_and_counted():
    made = course([line("a", on="2031-05"), line("b", on="2031-05-02")], {}, step="day")
    assert made.unplaced == 1
    assert sum(p.cooperation_events for p in made.points) == 1


def test_the_undated_stand_on_the_day_they_were_told():
    made = course([line("a", told="2031-05-02")], {}, step="day")
    assert made.points[0].begin == dt.date(2031, 5, 2)
    assert made.by_publication == 1


@pytest.mark.parametrize(("step", "first"), [("day", 14), ("week", 12), ("month", 1)])
def test_bins(step: str, first: int):
    assert bin_of(dt.date(2031, 5, 14), step) == dt.date(2031, 5, first)


def test_days_without_events_are_there_where_articles_were_read():
    told = [line("a", on="2031-01-05"), line("b", on="2031-04-05")]
    assert len(course(told, read_daily("2031-01-01", 120), step="day").points) == 91
    assert len(course(told, {}, step="day").points) == 2


@pytest.mark.parametrize(("days", "step"), [(60, "day"), (300, "week"), (1500, "month")])
def test_the_step_follows_the_stretch(days: int, step: str):
    assert course(lines("2031-01-01", days, every=5), {}).step == step


def test_a_change_of_level_is_a_turn():
    told = lines("2031-01-06", 70, type="ASSAULT") + lines("2031-03-17", 70, type="AID")
    made = course(told, read_daily("2031-01-01", 160), step="week")
    assert [t.on for t in made.turns] == [dt.date(2031, 3, 17)]
    assert made.turns[0].before < 0 < made.turns[0].after


def test_a_bout_within_a_steady_course_is_two_turns():
    told = lines("2031-01-06", 70, every=7, type="AID") + lines("2031-05-26", 70, every=7, type="AID")
    told += lines("2031-03-17", 70, type="ASSAULT")
    made = course(told, read_daily("2031-01-01", 240), step="week")
    assert [t.on for t in made.turns] == [dt.date(2031, 3, 17), dt.date(2031, 5, 26)]


def test_a_steady_course_has_no_turn():
    told = [x for n, x in enumerate(lines("2031-01-06", 140, type="AID")) if n % 7 in (0, n // 7 % 6)]
    assert course(told, read_daily("2031-01-01", 160), step="week").turns == []


def test_what_swings_at_random_has_no_turn():
    chance = random.Random(3)
    told = [
        line(f"o{n}", type=chance.choice(("AID", "ASSAULT", "CONSULT", "ACCUSE")), on=x.occurrence.date.begin)
        for n, x in enumerate(lines("2031-01-06", 700))
        if x.occurrence.date
    ]
    assert course(told, read_daily("2031-01-01", 720), step="week").turns == []


def test_few_events_show_no_turn():
    told = lines("2031-01-06", 70, every=30, type="ASSAULT") + lines("2031-03-17", 70, every=30, type="AID")
    assert course(told, read_daily("2031-01-01", 160), step="week").turns == []


def test_a_stretch_bounds_the_course():
    told = lines("2031-01-01", 60)
    made = course(told, {}, step="day", begin=dt.date(2031, 1, 10), end=dt.date(2031, 1, 19))
    assert [made.points[0].begin, made.points[-1].end] == [dt.date(2031, 1, 10), dt.date(2031, 1, 19)]
