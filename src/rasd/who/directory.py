"""The registry for people: who or what a name means, and who held which office when."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from rasd.text.clitics import splits
from rasd.text.letters import fold
from rasd.who.lexemes import ALONE, BODY, BODY_NISBA, FAMILY, METONYM, NISBA, OFFICE, PERSON, SHORT, STATE, Tables
from rasd.who.schema import Body, Person, State, Tenure
from rasd.who.tenure import Tenures, first_day, last_day

_OF_STATES = (STATE, METONYM, NISBA)
_OF_BODIES = (BODY, SHORT, BODY_NISBA)
_OF_PEOPLE = (PERSON, ALONE, FAMILY)
_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class Term:
    """An office held: ``of`` names the state or body, ``since`` and ``until`` are as exact as known.

    Dates are ``2014``, ``2014-05`` or ``2014-05-07``; None where a term began before the registry or
    is still running as far as known. ``holder`` is the person's English name.
    """

    office: str
    of: str | None
    since: str | None
    until: str | None
    holder: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the registry knows by a name. ``kind``: person, state, office, or a body's kind.

    ``code`` is ``MAIN/SECTOR`` on the day asked for (else as last known), ``names`` every Arabic
    name and spelling, ``adjectives`` the nisbas of a state or body, ``stands_for`` the cities and
    palaces that stand for a state's government, ``terms`` the offices: a person's, or those held
    in a state or body on the day asked for (else all).
    """

    kind: str
    ar: str
    en: str
    code: str | None
    names: list[str]
    adjectives: list[str]
    stands_for: list[str]
    since: str | None
    until: str | None
    terms: list[Term]
    wikidata: str | None = None
    note: str | None = None


class Directory:
    """Looks names up in a compiled registry."""

    def __init__(self, tables: Tables) -> None:
        self._t = tables
        self._tenures = Tenures(tables)
        self._offices = {o.id: o for o in tables.offices}
        self._english: dict[str, list[tuple[str, int | str]]] = {}
        for kind, entries in ((PERSON, tables.people), (BODY, tables.bodies), (OFFICE, tables.offices)):
            for at, entry in enumerate(entries):
                self._english.setdefault(entry.en.casefold(), []).append((kind, at))
        for code, state in tables.states.items():
            for name in {state.en, state.en_adj or state.en, code}:
                self._english.setdefault(name.casefold(), []).append((STATE, code))
        self._body_of: dict[str, int] = {}
        # The body listed first is the one that a code is made for; gatherings are of it.
        for at, body in sorted(enumerate(tables.bodies), key=lambda pair: pair[1].kind == "gathering"):
            if body.code is None or body.code.startswith("None"):
                continue
            main = body.code.partition("/")[0]
            self._english.setdefault(body.code.casefold(), []).append((BODY, at))
            self._body_of.setdefault(body.code, at)
            if main not in tables.states:
                self._body_of.setdefault(main, at)
        for code, at in self._body_of.items():
            self._english.setdefault(code.casefold(), [(BODY, at)])

    def find(self, name: str, at: dt.date | None = None) -> list[Known]:
        """Everybody and everything that a name can mean, states first, on a day if one is given.

        ``name`` is Arabic, in any of its spellings, with or without article and conjunctions
        (``ولأردوغان``), or English, or a code (``TUR``). An empty list if the registry has none.
        """
        found = self._arabic(name) or self._english.get(" ".join(name.split()).casefold(), [])
        order = {STATE: 0, BODY: 1, PERSON: 2, OFFICE: 3}
        return [self._known(kind, ref, at) for kind, ref in sorted(found, key=lambda pair: order[pair[0]])]

    def like(self, name: str) -> list[str]:
        """Names of the registry that are written much like one that it lacks, the nearest first."""
        key = " ".join(fold(name).split())
        pool = self._t.senses if any("\u0600" < c < "\u06ff" for c in key) else self._english
        same = (k for k in pool if k[:1] == key[:1].casefold() and abs(len(k) - len(key)) < 4)
        return difflib.get_close_matches(key.casefold(), list(same), _SUGGESTIONS, 0.75)

    def _arabic(self, name: str) -> list[tuple[str, int | str]]:
        words = fold(name).split()
        if not words:
            return []
        for split in splits(words[0]):
            found: dict[tuple[str, int | str], None] = {}
            for sense in self._t.senses.get(" ".join([split.stem, *words[1:]]), ()):
                kind = next(
                    (
                        kind
                        for kind, kinds in ((STATE, _OF_STATES), (BODY, _OF_BODIES), (PERSON, _OF_PEOPLE))
                        if sense.kind in kinds
                    ),
                    OFFICE if sense.kind == OFFICE else None,
                )
                if kind is not None:
                    found[kind, sense.ref] = None
            if found:
                return list(found)
        return []

    def _known(self, kind: str, ref: int | str, at: dt.date | None) -> Known:
        if kind == STATE:
            return self._state(self._t.states[str(ref)], at)
        if kind == BODY:
            return self._body(self._t.bodies[int(ref)], at)
        if kind == PERSON:
            return self._person(int(ref), at)
        office = self._t.offices[int(ref)]
        names = [*office.ar, *office.f, *office.plural, *office.dual]
        terms = self._terms((t for t in self._all() if t[1].office == office.id), at) if at is not None else []
        return Known("office", office.ar[0] if office.ar else office.en, office.en, f"None/{office.sector}", names,
                     [], [], None, None, terms)  # fmt: skip

    def _state(self, state: State, at: dt.date | None) -> Known:
        return Known(
            "state", state.ar[0], state.en, f"{state.code}/GOV", state.ar, [*state.nisba, *state.people],
            state.government, None, None, self._held(state.code, at), state.wikidata, state.note,
        )  # fmt: skip

    def _body(self, body: Body, at: dt.date | None) -> Known:
        main = (body.code or "None").partition("/")[0]
        own = {body.code or "", main} - {"None"} - self._t.states.keys()
        terms = self._terms((pair for pair in self._all() if pair[1].of in own), at) if own else []
        return Known(
            body.kind, body.ar[0], body.en, body.code, [*body.ar, *body.short], body.nisba, [], _text(body.since),
            _text(body.until), terms, body.wikidata, body.note,
        )  # fmt: skip

    def _person(self, ref: int, at: dt.date | None) -> Known:
        person = self._t.people[ref]
        terms = self._terms(((person, t) for t in person.offices), at)
        names = list(dict.fromkeys([*person.ar, *person.alone]))
        return Known(
            "person", person.ar[0], person.en, self._tenures.code(person, at), names, [], [], _text(person.since),
            _text(person.until), terms, person.wikidata, person.note,
        )  # fmt: skip

    def _all(self) -> Iterable[tuple[Person, Tenure]]:
        return ((person, tenure) for person in self._t.people for tenure in person.offices)

    def _held(self, main: str, at: dt.date | None) -> list[Term]:
        """The offices of a state, with those who held them on a day or ever."""
        here = (pair for pair in self._all() if (pair[1].of or pair[0].state) == main)
        return self._terms(here, at)

    def _terms(self, pairs: Iterable[tuple[Person, Tenure]], at: dt.date | None) -> list[Term]:
        held = [
            (person, t)
            for person, t in pairs
            if at is None or (first_day(t.since) <= at <= last_day(t.until) and (t.since or t.until))
        ]
        rank = {office: n for n, office in enumerate(self._offices)}
        if len({person.en for person, _ in held}) > 1:
            held.sort(key=lambda pair: (rank.get(pair[1].office, 99), first_day(pair[1].since)))
        return [self._term(person, t) for person, t in held]

    def _term(self, person: Person, tenure: Tenure) -> Term:
        office = self._offices.get(tenure.office)
        main = (tenure.of or person.state or "").partition("/")[0]
        at = self._body_of.get(tenure.of or "")
        state = self._t.states.get(main) if at is None else None
        of = state.en if state else self._t.bodies[at].en if at is not None else main or None
        return Term(office.en if office else tenure.office, of, _text(tenure.since), _text(tenure.until), person.en)


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)
