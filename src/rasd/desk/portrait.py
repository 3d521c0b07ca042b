"""What is known of one power: whom it deals with, where, what it promised, who acts for it, what it is party to."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rasd.chronicle import Occurrence
from rasd.desk.asking import lines
from rasd.record import Name
from rasd.relations.agenda import Outcome, latest_day, outcome, was_planned
from rasd.relations.dyad import Party
from rasd.relations.lines import Line, line
from rasd.store.events import AffairTally, DayTally, Dealing, EventChoice, PlaceTally
from rasd.store.ledger import Ledger

# In the order of the page.
OUTCOMES: tuple[Outcome, ...] = ("due", "undated", "passed", "kept", "under-way", "called-off")
_OTHERS, _PLACES, _AFFAIRS, _LATEST, _PROMISES, _PEOPLE = 14, 60, 12, 8, 6, 24


@dataclass(frozen=True, slots=True)
class Promises:
    """What became of things announced: those shown, and how many there are."""

    outcome: Outcome
    shown: list[Line]
    count: int


@dataclass(frozen=True, slots=True)
class Portrait:
    """See the module. ``as_of`` is the last day read, to which promises are held; ``people`` with their events."""

    party: Party
    total: int
    happened: int
    conflict: int
    begin: dt.date | None
    as_of: dt.date | None
    days: list[DayTally]
    dealings: list[Dealing]
    among: list[Dealing]
    places: list[PlaceTally]
    affairs: list[AffairTally]
    latest: list[Line]
    promises: list[Promises]
    people: list[tuple[Name, int]]


def portrait(ledger: Ledger, party: Party) -> Portrait:
    """The portrait of a power: of all of a state, or of the part of it that its code means."""
    choice = EventChoice(codes=(party.code,))
    read = ledger.articles_by_day()
    as_of = latest_day(read)
    days = ledger.days(choice)
    happened = [d for d in days if d.status in ("occurred", "ongoing")]
    dealings = ledger.dealings(party.main, choice, limit=_OTHERS)
    acts = list(ledger.stream(EventChoice(by=(party.code,))))
    return Portrait(
        party=party,
        total=ledger.count_events(choice),
        happened=sum(d.events for d in happened),
        conflict=sum(d.events for d in happened if d.quad.endswith("conflict")),
        begin=min(read, default=None),
        as_of=as_of,
        days=days,
        dealings=dealings,
        among=ledger.dealings_among([d.second for d in dealings]) if len(dealings) > 1 else [],
        places=ledger.places(choice, limit=_PLACES),
        affairs=ledger.affairs_told(choice, limit=_AFFAIRS),
        latest=lines(ledger, ledger.events(choice, limit=_LATEST)),
        promises=_promises(ledger, acts, as_of),
        people=_people(acts, party),
    )


def _promises(ledger: Ledger, acts: Sequence[Occurrence], as_of: dt.date | None) -> list[Promises]:
    """What was announced, by what became of it. What is due comes by its day, everything else the latest first."""
    by_outcome: dict[str, list[Line]] = {}
    for act in acts:
        bare = line(act, {})
        became = outcome(bare, as_of) if was_planned(bare) and bare.sure else None
        if became is not None:
            by_outcome.setdefault(became, []).append(bare)
    found: list[Promises] = []
    for became in OUTCOMES:
        told = by_outcome.get(became, [])
        told.sort(key=lambda x: (x.begin or dt.date.max, x.occurrence.id), reverse=became != "due")
        if told:
            shown = lines(ledger, [x.occurrence for x in told[:_PROMISES]])
            found.append(Promises(became, shown, len(told)))
    return found


def _people(acts: Sequence[Occurrence], party: Party) -> list[tuple[Name, int]]:
    """The people who stand for a power in its own acts, those in most first."""
    counted: Counter[str] = Counter()
    names: dict[str, Name] = {}
    for act in acts:
        for side in act.actors:
            if side.kind == "person" and party.is_of(side.code) and (side.name.ar or side.name.en):
                key = side.wikidata or side.name.en or side.name.ar or ""
                counted[key] += 1
                names.setdefault(key, side.name)
    return [(names[key], n) for key, n in sorted(counted.items(), key=lambda p: (-p[1], p[0]))[:_PEOPLE]]
