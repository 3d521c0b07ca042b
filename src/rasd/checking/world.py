"""What entries may refer to: all that our files and a user's name together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rasd.checking.kinds import KINDS, Kind
from rasd.lexicon.files import OURS, load_yaml
from rasd.what.schema import Ontology
from rasd.where.schema import PlaceEntry
from rasd.who.schema import Body, Office, State

# What these fields may hold is what our own files hold in them.
_CLOSED = {
    "actors/bodies*.yaml": ("kind", "gender", "number"),
    "actors/people*.yaml": ("gender",),
    "actors/roles*.yaml": ("kind", "anchor", "gender", "number"),
    "actors/references*.yaml": ("picks", "gender", "number"),
    "places/*.yaml": ("kind",),
}


@dataclass(slots=True)
class World:
    """Codes, ids and values that an entry may use, by what they are."""

    states: set[str] = field(default_factory=set[str])
    countries: set[str] = field(default_factory=set[str])
    offices: set[str] = field(default_factory=set[str])
    owners: set[str] = field(default_factory=set[str])
    sectors: set[str] = field(default_factory=set[str])
    contexts: set[str] = field(default_factory=set[str])
    modes: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    closed: dict[tuple[str, str], set[str]] = field(default_factory=dict[tuple[str, str], set[str]])

    def add(self, kind: Kind, entries: Iterable[Any]) -> None:
        """Take in what the entries of a kind name."""
        for entry in entries:
            if isinstance(entry, State):
                self.states.add(entry.code)
                self.owners.add(entry.code)
                self.countries.add(entry.code)
            elif isinstance(entry, Body) and entry.code:
                self.owners.update((entry.code, entry.code.split("/")[0]))
            elif isinstance(entry, Office):
                self.offices.add(entry.id)
            elif isinstance(entry, PlaceEntry) and entry.kind == "country" and entry.country:
                self.countries.add(entry.country)
            elif isinstance(entry, Ontology):
                self._add_ontology(entry)

    def close(self, kind: Kind, entries: Iterable[Any]) -> None:
        """Let the closed fields of a kind hold what the entries, which are ours, hold in them."""
        for entry in entries:
            for name in _CLOSED.get(kind.pattern, ()):
                value = getattr(entry, name)
                if value is not None:
                    self.closed.setdefault((kind.pattern, name), set()).add(value)

    def choices(self, kind: Kind) -> Iterator[tuple[str, set[str]]]:
        """The closed fields of a kind, each with what it may hold."""
        for (pattern, name), values in self.closed.items():
            if pattern == kind.pattern:
                yield name, values

    def _add_ontology(self, ontology: Ontology) -> None:
        self.sectors |= {s.name for s in ontology.sectors}
        self.contexts |= {c.name for c in ontology.contexts}
        self.modes.update({t.name: set(t.modes) for t in ontology.types})


@cache
def our_entries(kind: Kind) -> list[tuple[str, Any]]:
    """Our entries of a kind, each with the name of its file below the folder of our data."""
    found: list[tuple[str, Any]] = []
    for path in kind.files():
        content = load_yaml(path, kind.schema if kind.table else list[kind.schema])
        name = path.relative_to(OURS).as_posix()
        found += [(name, entry) for entry in ([content] if kind.table else content)]
    return found


def our_world() -> World:
    """What our own files name."""
    world = World()
    for kind in KINDS:
        entries = [entry for _, entry in our_entries(kind)]
        world.add(kind, entries)
        world.close(kind, entries)
    for path in sorted(OURS.glob("places/countries.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        world.countries |= {line[:3] for line in lines if line and not line.startswith("#")}
    return world
