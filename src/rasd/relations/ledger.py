"""The ledger of a relationship: meetings, agreements, projects, disputes, incidents, promises."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from rasd.record import Name
from rasd.relations.agenda import Outcome, outcome, was_planned
from rasd.relations.course import HAPPENED
from rasd.relations.disputes import Dispute, Stance
from rasd.relations.dyad import Party, bearing
from rasd.relations.knowledge import Knowledge
from rasd.relations.lines import Line, Quote
from rasd.relations.topics import Topic

_STATE = re.compile(r"\(([^()]+)\)\s*$")


@dataclass(slots=True)
class Meetings:
    """Meetings and calls that took place, and how often of which kind, where, and between whom."""

    lines: list[Line] = field(default_factory=list[Line])
    kinds: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    places: list[tuple[Name, int]] = field(default_factory=list[tuple[Name, int]])
    who: list[tuple[Name, Name, int]] = field(default_factory=list[tuple[Name, Name, int]])


@dataclass(slots=True)
class PactStep:
    """A state that an agreement was told to be in (`labels.yaml`, ``state.*``), since when, by which words."""

    state: str
    on: str | None
    quote: Quote | None


@dataclass(slots=True)
class Pact:
    """An agreement. ``topic`` is None for one that only an act tells of (``line``)."""

    topic: Topic | None
    line: Line | None
    state: str
    steps: list[PactStep]


@dataclass(slots=True)
class Project:
    """A project or goal, its state, and what was told of its progress."""

    topic: Topic
    state: str


@dataclass(slots=True)
class Promise:
    """Something undertaken or announced, and what became of it."""

    line: Line
    outcome: Outcome


@dataclass(slots=True)
class Ledger:
    """See the module. ``open`` was only sought or possible, ``denied`` did not happen, ``joint`` was done by the
    parties together towards others. ``kinds`` gives the kind of act (`acts.yaml`) of each line by its id."""

    meetings: Meetings
    agreements: list[Pact]
    projects: list[Project]
    disputes: list[Dispute]
    stances: list[Stance]
    incidents: list[Line]
    measures: list[Line]
    deeds: list[Line]
    words: list[Line]
    joint: list[Line]
    open: list[Line]
    denied: list[Line]
    promises: list[Promise]
    topics: list[Topic]
    kinds: dict[str, str]


def ledger(
    lines: Sequence[Line],
    topics: Sequence[Topic],
    disputes: list[Dispute],
    stances: list[Stance],
    knowledge: Knowledge,
    *,
    parties: Sequence[Party] = (),
    persons: Collection[str] = (),
    as_of: dt.date | None = None,
) -> Ledger:
    """The ledger of ``lines``. With two ``parties`` what both do towards others is kept apart.

    ``persons`` are the English names of people, to tell who met from which states met.
    """
    sections: dict[str, list[Line]] = {}
    kinds: dict[str, str] = {}
    promises: list[Promise] = []
    for item in lines:
        act = knowledge.act(item.occurrence.type, item.occurrence.mode, item.rules)
        kinds[item.occurrence.id] = act.id
        sections.setdefault(_section(item, act.section, parties), []).append(item)
        became = outcome(item, as_of)
        if became and was_planned(item):
            promises.append(Promise(item, became))
        elif act.pledge and item.occurrence.status in HAPPENED:
            promises.append(Promise(item, "given"))
    return Ledger(
        meetings=_meetings(sections.get("meetings", []), kinds, parties, persons),
        agreements=_pacts(sections.get("agreements", []), lines, topics, knowledge),
        projects=[Project(t, _progress(t)) for t in topics if t.kind in ("project", "target")],
        disputes=disputes,
        stances=stances,
        promises=promises,
        topics=[t for t in topics if t.kind in ("issue", "gathering")],
        kinds=kinds,
        **{
            name: sections.get(name, [])
            for name in ("incidents", "measures", "deeds", "words", "joint", "open", "denied")
        },
    )


def _section(item: Line, section: str, parties: Sequence[Party]) -> str:
    status = item.occurrence.status
    if status == "possible":
        return "open"
    if status == "denied":
        return "denied"
    if status not in HAPPENED:
        return "ahead"
    together = len(parties) == 2 and section != "meetings"
    return "joint" if together and bearing(item.occurrence, *parties) == "joint" else section


# Meetings


def _meetings(lines: list[Line], kinds: dict[str, str], parties: Sequence[Party], persons: Collection[str]) -> Meetings:
    by_kind = Counter(kinds[x.occurrence.id] for x in lines)
    places: Counter[str] = Counter()
    names: dict[str, Name] = {}
    who: Counter[tuple[str, str]] = Counter()
    for item in lines:
        place = item.occurrence.place
        if place is not None and kinds[item.occurrence.id] != "call":
            key = place.name.en or place.name.ar or ""
            names[key] = place.name
            places[key] += 1
        for pair in _met(item, parties, persons, names):
            who[pair] += 1
    return Meetings(
        lines,
        by_kind.most_common(),
        [(names[k], n) for k, n in places.most_common()],
        [(names[a], names[b], n) for (a, b), n in who.most_common() if n > 1],
    )


def _met(
    item: Line, parties: Sequence[Party], persons: Collection[str], names: dict[str, Name]
) -> Iterable[tuple[str, str]]:
    """Pairs of people who met, one of each party."""
    if len(parties) != 2:
        return
    sides = [s for s in (*item.occurrence.actors, *item.occurrence.recipients) if s.name.en in persons]
    for first in (s for s in sides if parties[0].is_of(s.code)):
        for second in (s for s in sides if parties[1].is_of(s.code) and s is not first):
            pair = first.name.en or "", second.name.en or ""
            names.setdefault(pair[0], first.name)
            names.setdefault(pair[1], second.name)
            yield pair


# Agreements and projects


def _pacts(acts: list[Line], lines: Sequence[Line], topics: Sequence[Topic], knowledge: Knowledge) -> list[Pact]:
    pacts: list[Pact] = []
    within: set[str] = set()
    for topic in topics:
        if topic.kind != "agreement":
            continue
        steps = [_named_step(topic, day, what) for day, what in topic.whats if _STATE.search(what)]
        for item in topic.lines:
            step = _step(item, knowledge)
            if step is not None:
                within.add(item.occurrence.id)
                steps.append(step)
        steps = _in_order(steps)
        pacts.append(Pact(topic, None, steps[-1].state if steps else "named", steps))
    alone = ((item, _step(item, knowledge)) for item in acts if item.occurrence.id not in within)
    return pacts + [Pact(None, item, step.state, [step]) for item, step in alone if step is not None]


def _named_step(topic: Topic, day: str | None, what: str) -> PactStep:
    match = _STATE.search(what)
    state = match[1].replace(" ", "-") if match else "named"
    return PactStep(state, day, topic.quotes[0] if topic.quotes else None)


def _step(item: Line, knowledge: Knowledge) -> PactStep | None:
    entry = knowledge.pact_state(item.occurrence.type, item.rules)
    if entry is None:
        return None
    status = item.occurrence.status
    state = entry.done if status in HAPPENED else entry.denied if status == "denied" else entry.ahead
    if state is None:
        return None
    date = item.occurrence.date
    on = (date.value or date.begin) if date is not None and status in HAPPENED else None
    return PactStep(state, on or item.told, item.quotes[0] if item.quotes else None)


def _in_order(steps: list[PactStep]) -> list[PactStep]:
    """The steps by day, each change once."""
    ordered: list[PactStep] = []
    for step in sorted(steps, key=lambda s: s.on or ""):
        if not ordered or ordered[-1].state != step.state:
            ordered.append(step)
    return ordered


def _progress(topic: Topic) -> str:
    statuses = [x.occurrence.status for x in topic.lines]
    if any(s in HAPPENED for s in statuses):
        return "under-way"
    return "planned" if "planned" in statuses else "named"
