"""Where relations moved: the last week against what the weeks before let expect."""

from __future__ import annotations

import datetime as dt

from rasd.relations.moves import BEFORE, RECENT, moves, stretch
from rasd.store.recent import PairDay

DAY = dt.date(2031, 5, 30)


def ago(days: int) -> dt.date:
    return DAY - dt.timedelta(days=days)


def read(then: int, now: int) -> dict[dt.date, int]:
    """How many articles were read of each day: of the weeks before, and of the last."""
    return {ago(n): now if n < RECENT else then for n in range(RECENT + BEFORE)}


def test_a_pair_that_is_as_usual_has_not_moved():
    days = [PairDay("JPN", "NOR", ago(n), 2.0, 0.0, 1) for n in range(RECENT + BEFORE)]
    (move,) = moves(days, read(10, 10), DAY)
    assert (move.net, move.usual, move.events) == (14.0, 14.0, RECENT)
    assert len(move.days) == RECENT + BEFORE


def test_what_little_was_read_of_counts_for_more():
    days = [PairDay("JPN", "NOR", ago(n), 0.0, -2.0, 1) for n in range(RECENT + BEFORE)]
    (move,) = moves(days, read(5, 10), DAY)
    assert (move.net, move.usual) == (-14.0, -28.0)
    assert move.by == 14.0


def test_the_farthest_first_and_few_events_not_at_all():
    days = [
        *(PairDay("BRA", "KEN", ago(n), 9.0, 0.0, 1) for n in range(3)),
        *(PairDay("JPN", "NOR", ago(n), 0.0, -10.0, 2) for n in range(3)),
        PairDay("IND", "KEN", ago(1), 0.0, -50.0, 2),
        PairDay("BRA", "KEN", ago(200), 99.0, 0.0, 9),
    ]
    assert [(m.first, m.by) for m in moves(days, read(10, 10), DAY)] == [("JPN", -30.0), ("BRA", 27.0)]


def test_nothing_is_said_where_nothing_was_read_before():
    days = [PairDay("JPN", "NOR", ago(n), 2.0, 0.0, 1) for n in range(RECENT)]
    assert moves(days, read(0, 10), DAY) == []
    assert moves(days, {}, DAY) == []


def test_the_stretch_holds_both():
    assert stretch(DAY) == (ago(RECENT + BEFORE - 1), DAY)
