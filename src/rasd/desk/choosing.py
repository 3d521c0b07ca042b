"""Which events a page is asked for: its address read into a choice, and a choice written as an address.

The same names everywhere: ``q`` words, ``actor`` (twice for two), ``type``, ``status``, ``class`` (cooperation or
conflict), ``from``, ``to``, ``place`` (a key, a country's code or a name), ``source``, ``affair`` (its key), ``sure``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from starlette.requests import Request

from rasd.chronicle import Occurrence
from rasd.desk import links
from rasd.desk.desk import Desk
from rasd.relations.lines import SURE
from rasd.relations.topics import folded
from rasd.store.events import ORDERS, EventChoice, KeptPlace, Order
from rasd.store.ledger import Ledger

CLASSES: Mapping[str, tuple[str, ...]] = {
    "cooperation": ("verbal_cooperation", "material_cooperation"),
    "conflict": ("verbal_conflict", "material_conflict"),
}
STATUS = ("occurred", "ongoing", "planned", "possible", "denied")
# In the order of PLOVER's scale, from agreement to assault.
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
# Longer ones are no search but an attempt at something else.
_LONGEST = 300
_MOST = 8


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an address asks for. ``choice`` is None where nothing can be meant (a power that nobody knows).

    ``said`` is what the address says, for the form and for other addresses; ``wrong`` are keys of words that say what
    in it is not understood, each with what was said; ``places`` are the places whose keys it says.
    """

    choice: EventChoice | None
    said: tuple[tuple[str, str], ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()
    order: Order = "told"
    places: Mapping[str, KeptPlace] = field(default_factory=dict[str, KeptPlace])

    def value(self, name: str, at: int = 0) -> str:
        """What the address says under a name, the ``at``-th time; empty where it does not."""
        values = self.values(name)
        return values[at] if at < len(values) else ""

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.said if key == name]

    def address(self, path: str, **changed: object) -> str:
        """The address of another page, or of this one, of the same events but for what is changed (None: without)."""
        kept = [(key, value) for key, value in self.said if key not in changed]
        kept += [(key, str(value)) for key, value in changed.items() if value not in (None, "")]
        return links.with_pairs(path, kept)

    def also(self, path: str, name: str, value: str) -> str:
        """The address of a page of the same events, with one more value of a name."""
        return links.with_pairs(path, [*self.said, (name, value)])

    @property
    def narrowed(self) -> bool:
        """Whether anything is chosen at all."""
        return any(key != "order" for key, _ in self.said)


@dataclass(slots=True)
class _Reading:
    """An address on its way to a choice."""

    desk: Desk
    ledger: Ledger
    said: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    wrong: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    places: dict[str, KeptPlace] = field(default_factory=dict[str, KeptPlace])
    hopeless: bool = False

    def refuse(self, key: str, value: str, *, hopeless: bool = True) -> None:
        self.wrong.append((key, value))
        self.hopeless = self.hopeless or hopeless

    def keep(self, name: str, values: Iterable[str]) -> None:
        self.said.extend((name, value) for value in values)


def chosen(request: Request, desk: Desk, ledger: Ledger, *, ignore: Sequence[str] = ()) -> Chosen:
    """What the address of a request asks for; names in ``ignore`` are left alone."""
    given = {
        name: list(dict.fromkeys(v for value in request.query_params.getlist(name) if (v := _said(value))))[:_MOST]
        for name in dict.fromkeys(request.query_params.keys())
        if name not in ignore
    }
    reading = _Reading(desk, ledger)
    choice = _powers(reading, EventChoice(), given)
    choice = _kinds(reading, choice, given)
    choice = _days(reading, choice, given)
    choice = _places(reading, choice, given)
    for name, field_name in (("source", "sources"), ("affair", "about")):
        if name in given:
            reading.keep(name, given[name])
            choice = replace(choice, **{field_name: tuple(given[name])})
    if "1" in given.get("sure", ()):
        reading.keep("sure", ["1"])
        choice = replace(choice, least=SURE)
    choice = _words(reading, choice, given)
    orders: list[Order] = [o for o in ORDERS if o in given.get("order", ())]
    order = orders[0] if orders else "told"
    if order != "told":
        reading.keep("order", [order])
    return Chosen(
        None if reading.hopeless else choice, tuple(reading.said), tuple(reading.wrong), order, reading.places
    )


def _said(value: str) -> str:
    return " ".join(value.replace("\0", " ").split())[:_LONGEST]


def _powers(reading: _Reading, choice: EventChoice, given: Mapping[str, list[str]]) -> EventChoice:
    found: dict[str, tuple[str, ...]] = {}
    for name, field_name in (("actor", "codes"), ("by", "by"), ("to-actor", "to")):
        codes: list[str] = []
        for value in given.get(name, ()):
            party = reading.desk.party(links.code_in(value))
            if party is None:
                reading.refuse("search.no-actor", value)
            else:
                codes.append(party.code)
        reading.keep(name, given.get(name, ()))
        found[field_name] = tuple(dict.fromkeys(codes))
    return replace(choice, **found)


def _kinds(reading: _Reading, choice: EventChoice, given: Mapping[str, list[str]]) -> EventChoice:
    types = tuple(v.upper() for v in given.get("type", ()) if v.upper() in TYPES)
    status = tuple(v for v in given.get("status", ()) if v in STATUS)
    classes = [v for v in given.get("class", ()) if v in CLASSES]
    for name, known in (("type", types), ("status", status), ("class", classes)):
        for value in given.get(name, ()):
            if value not in known and value.upper() not in known:
                reading.refuse(f"search.no-{name}", value)
        reading.keep(name, known)
    quads = tuple(q for c in classes for q in CLASSES[c]) if len(classes) == 1 else ()
    return replace(choice, types=types, status=status, quads=quads)


def _days(reading: _Reading, choice: EventChoice, given: Mapping[str, list[str]]) -> EventChoice:
    days: dict[str, dt.date | None] = {}
    for name in ("from", "to"):
        value = next(iter(given.get(name, ())), "")
        days[name] = None
        if value:
            try:
                days[name] = dt.date.fromisoformat(value)
            except ValueError:
                reading.refuse("search.no-day", value)
            reading.keep(name, [value])
    begin, end = days["from"], days["to"]
    if begin is not None and end is not None and begin > end:
        reading.refuse("search.no-stretch", f"{begin} – {end}")
    return replace(choice, begin=begin, end=end)


def _places(reading: _Reading, choice: EventChoice, given: Mapping[str, list[str]]) -> EventChoice:
    keys: list[str] = []
    countries: list[str] = []
    for value in given.get("place", ()):
        if is_country(reading.desk, value):
            countries.append(value)
        elif (kept := reading.ledger.place(value)) is not None:
            reading.places[value] = kept
            keys.append(value)
        else:
            named = places_named(reading.desk, reading.ledger, value)
            party = None if named else reading.desk.party(value)
            if named:
                keys.extend(named)
            elif party is not None and is_country(reading.desk, party.code):
                countries.append(party.code)
            else:
                reading.refuse("search.no-place", value)
    reading.keep("place", given.get("place", ()))
    if keys and countries:
        # Either will do: the places of the countries stand for these.
        of = reading.ledger.places(EventChoice(countries=tuple(countries)))
        keys.extend(t.place.key for t in of)
        countries = []
    return replace(choice, places=tuple(dict.fromkeys(keys)), countries=tuple(countries))


def _words(reading: _Reading, choice: EventChoice, given: Mapping[str, list[str]]) -> EventChoice:
    said = next(iter(given.get("q", ())), "")
    if not said:
        return choice
    reading.keep("q", [said])
    wanted = reading.desk.store.wanted(said)
    if not wanted.groups:
        reading.refuse("search.no-words", said, hopeless=False)
    return replace(choice, words=wanted)


def is_country(desk: Desk, code: str) -> bool:
    """Whether a code is that of a state."""
    return len(code) == 3 and code in desk.names.states


def places_named(desk: Desk, ledger: Ledger, name: str) -> list[str]:
    """The keys of the places of this name, in either language, however it is spelled."""

    def made() -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for told in ledger.places(EventChoice()):
            for each in {folded(n) for n in (told.place.name.ar, told.place.name.en) if n}:
                found.setdefault(each, []).append(told.place.key)
        return found

    return desk.answers.get("place names", made).get(folded(name), [])


def whole_country(desk: Desk, place: KeptPlace) -> bool:
    """Whether no more is known of a place than its country."""
    state = desk.names.states.get(place.country or "")
    if state is None or place.key.startswith("geonames:"):
        return False
    names = {folded(n) for n in (state.en, state.ar) if n}
    return any(folded(n) in names for n in (place.name.en, place.name.ar) if n)


def codes_of(occurrence: Occurrence) -> list[str]:
    """The main codes that stand in an event, each once."""
    sides = (*occurrence.actors, *occurrence.recipients)
    return list(dict.fromkeys(main for s in sides if (main := s.code.partition("/")[0]) != "None"))
