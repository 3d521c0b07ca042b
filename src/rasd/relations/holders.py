"""Who held which office of a state or body and when, by the knowledge files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import msgspec

from rasd.lexicon import KnowledgeFiles, open_compiled
from rasd.record import Name
from rasd.who.lexemes import ACTORS
from rasd.who.schema import Office, Person


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in an office, since and until a year, month or day, each None where it is not known or still so.

    ``power`` is the code of the state or body whose office it is.
    """

    power: str
    person: Name
    wikidata: str | None
    office: Name
    since: str | None
    until: str | None


class _Registry(msgspec.Struct, array_like=True):
    """Of the compiled registry (`rasd.who.lexemes.Tables`) the first parts, of which two are read."""

    states: msgspec.Raw
    bodies: msgspec.Raw
    people: list[Person]
    offices: list[Office]


def holders(files: KnowledgeFiles, code: str) -> list[Holder]:
    """The holders of the offices of a power (its main code), the latest first, those in office before them."""
    return list(_by_power(files).get(code.partition("/")[0], ()))


@lru_cache(maxsize=2)
def _by_power(files: KnowledgeFiles) -> dict[str, list[Holder]]:
    from rasd.reader import SECTIONS

    registry = msgspec.msgpack.decode(open_compiled(files, SECTIONS)[ACTORS.name], type=_Registry)
    offices = {office.id: office for office in registry.offices}
    found: dict[str, list[Holder]] = {}
    for person in registry.people:
        for tenure in person.offices:
            owner = tenure.of or person.code or person.state or ""
            power = owner.partition("/")[0]
            office = offices.get(tenure.office)
            if power and office is not None:
                since, until = (None if v is None else str(v) for v in (tenure.since, tenure.until))
                name = Name(person.ar[0] if person.ar else None, person.en)
                found.setdefault(power, []).append(
                    Holder(owner, name, person.wikidata, _title(office, person), since, until)
                )
    for held in found.values():
        held.sort(key=lambda h: (h.until is None, h.since or "", h.until or ""), reverse=True)
    return found


def _title(office: Office, person: Person) -> Name:
    """What an office is called when this person holds it."""
    titles = office.f if person.gender == "f" and office.f else office.ar
    return Name(titles[0] if titles else None, office.en)
