"""Where relations moved most: the last days of each pair of powers against what the weeks before let expect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rasd.store.recent import PairDay

# So many days are the present, and so many before them what is usual.
RECENT, BEFORE = 7, 28
# Fewer events than this move nothing.
_FEWEST = 3


@dataclass(slots=True)
class Move:
    """Two powers: ``net`` is the sum of scores of the last days, ``usual`` what as many read articles brought before.

    ``days`` are sums for each day of both stretches, oldest first: cooperation and conflict (negative or 0).
    ``events`` counts those of the last days.
    """

    first: str
    second: str
    net: float = 0.0
    usual: float = 0.0
    events: int = 0
    days: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])

    @property
    def by(self) -> float:
        """How far the pair moved: above 0 towards cooperation."""
        return self.net - self.usual


def stretch(as_of: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day that `moves` of a day looks at."""
    return as_of - dt.timedelta(days=RECENT + BEFORE - 1), as_of


def moves(days: Iterable[PairDay], read: Mapping[dt.date, int], as_of: dt.date, *, shown: int = 8) -> list[Move]:
    """The pairs that moved farthest, the farthest first.

    ``days`` are those of `stretch`, ``read`` how many articles were read of each day: where little was read of the
    weeks before, as much less is made of them. Where nothing was, nothing is said.
    """
    begin, _ = stretch(as_of)
    turn = as_of - dt.timedelta(days=RECENT - 1)
    now = sum(n for day, n in read.items() if turn <= day <= as_of)
    then = sum(n for day, n in read.items() if begin <= day < turn)
    if not now or not then:
        return []
    found: dict[tuple[str, str], Move] = {}
    for day in days:
        if not begin <= day.day <= as_of:
            continue
        move = found.setdefault((day.first, day.second), Move(day.first, day.second))
        if not move.days:
            move.days = [(0.0, 0.0)] * (RECENT + BEFORE)
        at = (day.day - begin).days
        up, down = move.days[at]
        move.days[at] = (up + day.cooperation, down + day.conflict)
        if day.day >= turn:
            move.net += day.cooperation + day.conflict
            move.events += day.events
        else:
            move.usual += (day.cooperation + day.conflict) * now / then
    kept = [m for m in found.values() if m.events >= _FEWEST]
    return sorted(kept, key=lambda m: (-abs(m.by), m.first, m.second))[:shown]
