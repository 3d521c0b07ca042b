"""Whether an entry that has its form makes sense: what it refers to exists, dates run forwards, letters are Arabic."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Collection, Iterator
from typing import Any, cast
from zoneinfo import available_timezones

import msgspec

from rasd.checking.kinds import Kind
from rasd.checking.world import World
from rasd.what.schema import FRAME_FUNCTIONS, Predicate
from rasd.where.schema import PlaceEntry
from rasd.who.schema import Body, Office, Person, Role, State, Tenure

Flaw = tuple[str, str]
"""A field of an entry, and what is wrong with it."""

# What else than the letters and marks of Arabic itself can stand in an Arabic block: presentation
# forms, Persian and Urdu letters, tatweel, vowel marks, Quranic signs; and what nobody sees.
FOREIGN = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u065f\u066e-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufeff"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]"
)
# Letters that newspapers borrow for foreign names, and where they may stand.
BORROWED = frozenset("پچژگڤ")
BORROWERS = ("actors/", "places/", "names/")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_MAIN = re.compile(r"[A-Z][A-Z0-9]{2,3}")
_GROUPS = ("verbs", "nouns", "actives", "passives")
# Fields of an entry that are prose in English, not words to be found in a text.
_PROSE = ("note", "en")


def flaws(entry: Any, kind: Kind, world: World) -> Iterator[Flaw]:
    """What makes no sense in an entry, field by field."""
    yield from _letters(entry, kind)
    for name, values in world.choices(kind):
        value = getattr(entry, name)
        if value is not None and value not in values:
            yield name, unknown(value, values)
    if isinstance(entry, State):
        yield from _state(entry)
    elif isinstance(entry, Body):
        yield from _body(entry, world)
    elif isinstance(entry, Person):
        yield from _person(entry, world)
    elif isinstance(entry, Office | Role):
        if entry.sector not in world.sectors:
            yield "sector", unknown(entry.sector, world.sectors)
        if isinstance(entry, Role):
            yield from _code(entry.code, world)
    elif isinstance(entry, PlaceEntry):
        yield from _place(entry, world)
    elif isinstance(entry, Predicate):
        yield from _predicate(entry, world)


def unknown(value: object, known: Collection[str]) -> str:
    """Says that a value is none of those known, with the nearest of them."""
    near = difflib.get_close_matches(str(value), list(known), 1)
    if near:
        return f"unknown: '{value}'; did you mean {near[0]}?"
    listed = f"; expected one of {', '.join(sorted(known))}" if len(known) <= 20 else ""
    return f"unknown: '{value}'{listed}"


def _letters(entry: Any, kind: Kind) -> Iterator[Flaw]:
    allowed = BORROWED if kind.pattern.startswith(BORROWERS) else frozenset[str]()
    if not isinstance(entry, msgspec.Struct):
        return
    for name, value in msgspec.structs.asdict(entry).items():
        words = cast("list[object]", [value] if isinstance(value, str) else value if isinstance(value, list) else [])
        for at, word in enumerate(words):
            if not isinstance(word, str) or name in _PROSE:
                continue
            field = f"{name}[{at + 1}]" if isinstance(value, list) else name
            odd = [c for c in FOREIGN.findall(word) if c not in allowed]
            if odd:
                yield field, f"'{word}' has U+{ord(odd[0]):04X}, which newspapers do not write"
            if word != " ".join(word.split()):
                yield field, f"'{word}' has spaces too many"
            if not word:
                yield field, "empty"
            if isinstance(value, list) and word in words[:at]:
                yield field, f"'{word}' stands twice"


def _state(entry: State) -> Iterator[Flaw]:
    if not re.fullmatch("[A-Z]{3}", entry.code):
        yield "code", f"expected three capital letters (ISO 3166-1), found '{entry.code}'"
    if entry.capital and entry.capital not in entry.government:
        yield "capital", f"'{entry.capital}' does not stand under government"
    yield from _some(entry.ar, "ar")


def _some(words: list[str], field: str) -> Iterator[Flaw]:
    if not words:
        yield field, "empty; expected at least one name"


def _code(code: str | None, world: World) -> Iterator[Flaw]:
    if code is None:
        return
    main, _, sector = code.partition("/")
    if main != "None" and not _MAIN.fullmatch(main):
        yield "code", f"expected MAIN/SECTOR such as EGY/GOV, found '{code}'"
    elif not sector:
        yield "code", f"no sector: expected {main}/GOV, {main}/MIL ..., found '{code}'"
    elif sector not in world.sectors:
        yield "code", f"sector {unknown(sector, world.sectors)}"


def _span(entry: Body | Person | Tenure, prefix: str = "") -> Iterator[Flaw]:
    sound = True
    for name, value in (("from", entry.since), ("to", entry.until)):
        if value is not None and not _is_date(str(value)):
            sound = False
            yield f"{prefix}{name}", f"expected a date (2014, 2014-05 or 2014-05-07), found '{value}'"
    since, until = str(entry.since or ""), str(entry.until or "")
    if sound and since and until and since[: len(until)] > until[: len(since)]:
        yield f"{prefix}to", f"{until} is before {since}"


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        dt.date(*[*map(int, text.split("-")), 1, 1][:3])
    except ValueError:
        return False
    return True


def _body(entry: Body, world: World) -> Iterator[Flaw]:
    yield from _some(entry.ar, "ar")
    yield from _code(entry.code, world)
    if entry.state is not None and entry.state not in world.states:
        yield "state", unknown(entry.state, world.states)
    yield from _span(entry)


def _person(entry: Person, world: World) -> Iterator[Flaw]:
    yield from _some(entry.ar, "ar")
    yield from _code(entry.code, world)
    if entry.state is not None and entry.state not in world.states:
        yield "state", unknown(entry.state, world.states)
    if entry.state is None and entry.code is None and not any(t.of for t in entry.offices):
        yield "state", "missing: neither state nor code nor an office's 'of' says for whom the person acts"
    yield from _span(entry)
    for at, tenure in enumerate(entry.offices, 1):
        prefix = f"offices[{at}]."
        if tenure.office not in world.offices:
            yield f"{prefix}office", unknown(tenure.office, world.offices)
        if tenure.of is not None and tenure.of not in world.owners:
            yield f"{prefix}of", unknown(tenure.of, world.owners)
        yield from _span(tenure, prefix)


def _place(entry: PlaceEntry, world: World) -> Iterator[Flaw]:
    yield from _some(entry.ar, "ar")
    if entry.country is not None and entry.country not in world.countries:
        yield "country", unknown(entry.country, world.countries)
    for name, value, most in (("lat", entry.lat, 90), ("lon", entry.lon, 180)):
        if value is not None and not -most <= value <= most:
            yield name, f"expected degrees between -{most} and {most}, found {value}"
    if (entry.lat is None) != (entry.lon is None):
        yield "lat" if entry.lat is None else "lon", "missing: a point has both lat and lon"
    if entry.weight is not None and not 0 <= entry.weight <= 10:
        yield "weight", f"expected a number from 0 to 10, found {entry.weight}"
    if entry.cue not in (0, 1, 2, 3):
        yield "cue", f"expected 0, 1, 2 or 3, found {entry.cue}"
    if entry.zone is not None and entry.zone not in available_timezones():
        yield "zone", unknown(entry.zone, available_timezones())


def _predicate(entry: Predicate, world: World) -> Iterator[Flaw]:
    if not any(getattr(entry, group) for group in _GROUPS):
        yield "verbs", f"no words: expected some under {', '.join(_GROUPS)}"
    for at, verb in enumerate(entry.verbs, 1):
        if len(verb.split()) != 2:
            yield f"verbs[{at}]", f"expected past and imperfect in one string, found '{verb}'"
    if entry.mode is not None and entry.mode not in world.modes[entry.type]:
        modes = world.modes[entry.type]
        yield "mode", unknown(entry.mode, modes) if modes else f"{entry.type} has no modes, found '{entry.mode}'"
    for function in entry.frame:
        if function not in FRAME_FUNCTIONS:
            yield f"frame.{function}", unknown(function, FRAME_FUNCTIONS)
    for context in entry.contexts:
        if context not in world.contexts:
            yield "contexts", unknown(context, world.contexts)
    for at, example in enumerate(entry.examples, 1):
        if example.trigger is not None and example.trigger not in example.text:
            yield f"examples[{at}].trigger", f"'{example.trigger}' does not stand in the text"
        if example.none and (example.actors or example.recipients):
            yield f"examples[{at}].none", "an example of no event has no actors or recipients"
