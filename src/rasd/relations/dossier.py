"""The dossier of a relationship, of one actor, or of an affair: all views of it together, as plain dataclasses.

`pair`, `actor` and `affair` ask a `rasd.chronicle.Chronicle` and nothing else, so a dossier is the same over one
article and over a database. ``rasd.relations.pages`` makes documents of it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from rasd.chronicle import Chronicle, Occurrence, Source, Stated, affair_key
from rasd.errors import RasdError
from rasd.lexicon import KnowledgeFiles
from rasd.record import Affair, Entity, Name, Phase, Position
from rasd.relations.agenda import Agenda, agenda, latest_day, may_be_near
from rasd.relations.course import Course, Step, course
from rasd.relations.days import first_day, last_day
from rasd.relations.disputes import Dispute, Stance, disputes, stances
from rasd.relations.dyad import Party, bearing, concerns, is_conflict
from rasd.relations.knowledge import knowledge_of
from rasd.relations.ledger import Ledger, ledger
from rasd.relations.lines import Line, in_order, line
from rasd.relations.naming import CodeNames, in_english
from rasd.relations.people import Person, people
from rasd.relations.phases import Period, periods
from rasd.relations.topics import Topic, named, topics
from rasd.relations.voices import Voices, voices

T = TypeVar("T")

Kind = Literal["pair", "actor", "affair", "agenda"]


class DossierError(RasdError):
    """What was asked for cannot be found; the message says so in one sentence."""


@dataclass(slots=True)
class Counterpart:
    """Another power in an actor's events: how often in cooperation and in conflict, and the sum of scores."""

    code: str
    cooperation: int = 0
    conflict: int = 0
    score: float = 0.0


@dataclass(slots=True)
class Dossier:
    """All that is known of a relationship (two ``parties``), an actor (one) or an affair (``affair``).

    ``names`` says what the codes in it are called, ``sectored`` which of them mean a part of the state they are named
    after, ``speakers`` what those are called whom attributions name in English, ``towns`` likewise the places in which
    reports differ. ``lines`` are all occurrences in order of time; ``articles`` those that they and the statements
    rest on. ``read`` is how many articles were read in all, ``as_of`` the day the agenda is asked for.
    """

    kind: Kind
    parties: list[str]
    affair: Topic | None
    begin: dt.date | None
    end: dt.date | None
    as_of: dt.date | None
    read: int
    names: dict[str, Name]
    sectored: list[str]
    speakers: dict[str, Name]
    periods: list[Period]
    course: Course
    agenda: Agenda
    ledger: Ledger
    people: list[Person]
    voices: Voices
    lines: list[Line]
    articles: list[Source]
    counterparts: list[Counterpart] = field(default_factory=list[Counterpart])
    towns: dict[str, Name] = field(default_factory=dict[str, Name])


@dataclass(slots=True)
class Asked:
    """What is asked of a dossier beside its subject. ``as_of`` None: the latest day read. ``least``: confidence."""

    begin: dt.date | None = None
    end: dt.date | None = None
    as_of: dt.date | None = None
    step: Step | None = None
    least: float = 0.0


def pair(chronicle: Chronicle, first: Party, second: Party, asked: Asked, files: KnowledgeFiles) -> Dossier:
    """The dossier of the relationship of two powers, over all time or from ``asked.begin`` to ``asked.end``."""
    if first == second:
        raise DossierError("a relationship has two sides: name two different powers")
    parties = [first, second]
    build = _Builder(chronicle, files, asked)
    codes = list(dict.fromkeys(p.main for p in parties))
    lines = build.lines(o for o in build.occurrences(codes) if concerns(o, parties))
    keys = {key for item in lines for key in item.occurrence.affairs}
    stated = build.affairs(codes, keys)
    known = [s for code in codes for s in build.within(chronicle.positions((code,)))]
    own = {key for item in lines for key in item.articles}
    towards = [s for s in known if _between(s, first, second) or s.source.key in own]
    held = stances(_once(s for s in towards if any(p.is_of(s.what.holder) for p in parties)))
    return build.dossier("pair", parties, lines, stated, held, build.phases(codes))


def actor(chronicle: Chronicle, party: Party, asked: Asked, files: KnowledgeFiles) -> Dossier:
    """The dossier of one power: its acts and what was done to it, its agenda, whom it deals with."""
    build = _Builder(chronicle, files, asked)
    lines = build.lines(o for o in build.occurrences([party.main]) if concerns(o, [party]))
    keys = {key for item in lines for key in item.occurrence.affairs}
    stated = build.affairs([party.main], keys)
    held = stances(s for s in build.within(chronicle.positions((party.main,))) if party.is_of(s.what.holder))
    return build.dossier("actor", [party], lines, stated, held, build.phases([party.main]))


def affair(chronicle: Chronicle, name: str, asked: Asked, files: KnowledgeFiles) -> Dossier:
    """The dossier of an issue, project, agreement, goal or gathering, by its name or a part of it, in either language.

    Raises `DossierError` where no article names such an affair.
    """
    build = _Builder(chronicle, files, asked)
    everything = list(build.within(chronicle.affairs()))
    keys = named(everything, name)
    if not keys:
        raise DossierError(f"no affair is known as '{name}'")
    stated = [s for s in everything if affair_key(s.what) in keys]
    lines = build.lines(build.occurrences([], about=keys))
    held = stances(s for s in build.within(chronicle.positions()) if s.what.affair in keys)
    made = build.dossier("affair", [], lines, stated, held, [])
    made.affair = next(t for t in topics(stated, lines) if t.key == keys[0])
    return made


def due(
    chronicle: Chronicle, parties: Sequence[Party], asked: Asked, files: KnowledgeFiles, days: int | None = None
) -> Dossier:
    """The agenda alone, of all powers or of those that stand in an event together, ``days`` ahead and back."""
    build = _Builder(chronicle, files, asked)
    as_of = asked.as_of or latest_day(chronicle.articles_by_day())
    found = build.occurrences([p.main for p in parties], status=("planned", "ongoing", "denied"))
    found = (o for o in found if all(p.among((*o.actors, *o.recipients)) for p in parties))
    lines = build.lines(o for o in found if may_be_near(o, as_of, days))
    kept = agenda(lines, as_of, days)
    lines = in_order([*kept.due, *kept.undated, *kept.under_way, *kept.overdue, *kept.cancelled])
    keys = {key for item in lines for key in item.occurrence.affairs}
    made = build.dossier("agenda", list(parties), lines, build.affairs([p.main for p in parties], keys), [], [])
    made.agenda = kept
    return made


class _Builder:
    """Asks the chronicle within the stretch asked for and puts the views together."""

    def __init__(self, chronicle: Chronicle, files: KnowledgeFiles, asked: Asked) -> None:
        self._chronicle = chronicle
        self._asked = asked
        self._knowledge = knowledge_of(files)
        self._names = CodeNames(files)
        self._read = chronicle.articles_by_day()
        self._sources: dict[str, Source] = {}
        self._towns: dict[str, Name] = {}

    def occurrences(
        self, codes: Sequence[str], about: Sequence[str] = (), status: Sequence[str] = ()
    ) -> Iterable[Occurrence]:
        asked = self._asked
        found = self._chronicle.occurrences(codes, begin=asked.begin, end=asked.end, about=about, status=status)
        return (o for o in found if o.confidence >= asked.least)

    def lines(self, occurrences: Iterable[Occurrence]) -> list[Line]:
        """Lines in order of time, with all their reports."""
        found = list(occurrences)
        reports = self._chronicle.reports([r for o in found for r in o.reports])
        self._sources.update({r.source.key: r.source for r in reports.values()})
        differing = {n for o in found for d in o.differences if d.field == "place" for n, _ in d.values}
        towns = (r.place.name for r in reports.values() if r.place is not None)
        self._towns.update({n.en: n for n in towns if n.en in differing and n.en})
        return in_order(line(o, reports) for o in found)

    def within(self, stated: Iterable[Stated[T]]) -> Iterable[Stated[T]]:
        """Statements of articles published in the stretch asked for, or undated."""
        begin, end = self._asked.begin, self._asked.end
        for s in stated:
            day = first_day(s.source.published)
            if day is None or ((begin is None or day >= begin) and (end is None or day <= end)):
                yield s

    def affairs(self, codes: Sequence[str], keys: set[str]) -> list[Stated[Affair]]:
        """The affairs that the codes are parties of, and those with these keys."""
        found = list(self.within(self._chronicle.affairs(codes))) if codes else []
        if keys:
            found += self.within(self._chronicle.affairs(keys=sorted(keys)))
        return list(_once(found))

    def phases(self, codes: Sequence[str]) -> list[Stated[Phase]]:
        """The phases stated of the codes that touch the stretch asked for."""
        begin, end = self._asked.begin, self._asked.end
        found: list[Stated[Phase]] = []
        for s in self._chronicle.phases(codes):
            first, last = first_day(s.what.begin), last_day(s.what.end)
            if not (end and first and first > end) and not (begin and last and last < begin):
                found.append(s)
        return found

    def dossier(
        self,
        kind: Kind,
        parties: list[Party],
        lines: list[Line],
        stated: list[Stated[Affair]],
        held: list[Stance],
        phases: list[Stated[Phase]],
    ) -> Dossier:
        self._names.learn(lines)
        found = topics(stated, lines)
        quarrels: list[Dispute] = []
        if kind == "pair":
            quarrels, held = disputes(held, parties[0], parties[1], found, lines)
        as_of = self._asked.as_of or latest_day(self._read)
        series = self._course(parties, lines)
        articles = self._articles(lines, stated, phases)
        entities = list(self._chronicle.entities(list(articles)))
        named_people = people(entities, lines, parties)
        persons = {p.name.en for p in named_people if p.name.en}
        codes = _codes(parties, lines, found, [*held, *(s for d in quarrels for s in d.stances)])
        return Dossier(
            kind=kind,
            parties=[p.code for p in parties],
            affair=None,
            begin=self._asked.begin,
            end=self._asked.end,
            as_of=as_of,
            read=sum(self._read.values()),
            names={code: self._names.name(code) for code in codes},
            sectored=[c for c in codes if self._names.sectored(c)],
            speakers=self._speakers(lines, entities),
            periods=periods(phases, series, self._knowledge, lines) if kind == "pair" else [],
            course=series,
            agenda=agenda(lines, as_of),
            ledger=ledger(
                lines,
                found,
                quarrels,
                held,
                self._knowledge,
                parties=parties if kind == "pair" else (),
                persons=persons,
                as_of=as_of,
            ),
            people=named_people,
            voices=voices(lines, len(articles)),
            lines=lines,
            articles=sorted(articles.values(), key=lambda s: (s.published or "9999", s.key)),
            counterparts=_counterparts(lines, parties[0]) if kind == "actor" else [],
            towns=self._towns,
        )

    def _speakers(self, lines: list[Line], entities: list[Stated[Entity]]) -> dict[str, Name]:
        """What those are called on whose word lines stand: as articles name them, else as the knowledge files do."""
        wanted = {n for x in lines for a in x.attribution for n in (a.who, a.outlet, a.citing) if n}
        known = {n: name for n in wanted if (name := self._names.called(n)) is not None}
        return {**known, **in_english(s.what for s in entities if s.what.name.en in wanted)}

    def _course(self, parties: list[Party], lines: list[Line]) -> Course:
        """The series; what two parties do together towards others says nothing of how they stand to each other."""
        counted = lines
        if len(parties) == 2:
            counted = [x for x in lines if bearing(x.occurrence, parties[0], parties[1]) != "joint"]
        asked = self._asked
        return course(counted, self._read, step=asked.step, begin=asked.begin, end=asked.end)

    def _articles(
        self, lines: Iterable[Line], stated: Iterable[Stated[Affair]], phases: Iterable[Stated[Phase]]
    ) -> dict[str, Source]:
        """The articles that the dossier rests on."""
        found = {key: self._sources[key] for item in lines for key in item.articles}
        for s in (*stated, *phases):
            found.setdefault(s.source.key, s.source)
        return found


def _codes(
    parties: Iterable[Party], lines: Iterable[Line], found: Iterable[Topic], held: Iterable[Stance]
) -> list[str]:
    """All codes that a dossier speaks of, of powers and of the countries of places."""
    codes = dict.fromkeys(p.code for p in parties)
    for item in lines:
        occurrence = item.occurrence
        sides = (*occurrence.actors, *occurrence.recipients)
        codes.update(dict.fromkeys(c for s in sides for c in (s.code, s.code.partition("/")[0])))
        codes.update(dict.fromkeys(a.code for a in item.attribution if a.code))
        if occurrence.place is not None and occurrence.place.country:
            codes[occurrence.place.country] = None
    for topic in found:
        codes.update(dict.fromkeys(c for p in topic.parties for c in (p.code, p.code.partition("/")[0])))
        if topic.place is not None and topic.place.country:
            codes[topic.place.country] = None
    for stance in held:
        codes.update(dict.fromkeys(c for c in (stance.holder, stance.toward) if c))
    codes.pop("None", None)
    return list(codes)


def _between(s: Stated[Position], first: Party, second: Party) -> bool:
    toward = s.what.toward or ""
    holder = s.what.holder
    return (first.is_of(holder) and second.is_of(toward)) or (second.is_of(holder) and first.is_of(toward))


def _once(stated: Iterable[Stated[T]]) -> list[Stated[T]]:
    found: dict[str, Stated[T]] = {}
    for s in stated:
        found.setdefault(f"{s.source.key} {s.what!r}", s)
    return list(found.values())


def _counterparts(lines: Iterable[Line], party: Party, shown: int = 20) -> list[Counterpart]:
    """The other powers in an actor's events of what happened, those most told first."""
    found: dict[str, Counterpart] = {}
    for item in lines:
        occurrence = item.occurrence
        if occurrence.status not in ("occurred", "ongoing"):
            continue
        sides = (*occurrence.actors, *occurrence.recipients)
        others = {s.code.partition("/")[0] for s in sides if not party.is_of(s.code)} - {"None"}
        for main in others:
            if bearing(occurrence, party, Party(main)) == "joint":
                continue
            counterpart = found.setdefault(main, Counterpart(main))
            counterpart.score += occurrence.score
            if is_conflict(occurrence.quad):
                counterpart.conflict += 1
            else:
                counterpart.cooperation += 1
    order = Counter({c.code: c.cooperation + c.conflict for c in found.values()})
    return [found[code] for code, _ in order.most_common(shown)]
