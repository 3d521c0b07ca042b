"""Who stands how towards whom in an occurrence: parties of a relationship, and the side that each is on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rasd.chronicle import Occurrence, Side

Bearing = Literal["mutual", "from_first", "from_second", "joint"]


@dataclass(frozen=True, slots=True)
class Party:
    """A power by its code: all of a state (``SYR``) or one part of it (``SYR/OPP``)."""

    code: str

    @property
    def main(self) -> str:
        return self.code.partition("/")[0]

    def is_of(self, code: str) -> bool:
        """Whether the holder of ``code`` belongs to this party."""
        if "/" in self.code:
            return code == self.code or code.startswith(f"{self.code}/")
        return code.partition("/")[0] == self.code

    def among(self, sides: Iterable[Side]) -> bool:
        return any(self.is_of(side.code) for side in sides)


def concerns(occurrence: Occurrence, parties: Sequence[Party]) -> bool:
    """Whether each party stands on some side of an occurrence, two of them not as one and the same."""
    sides = [*occurrence.actors, *occurrence.recipients]
    if len(parties) == 2 and parties[0].main == parties[1].main:
        first = [s for s in sides if parties[0].is_of(s.code)]
        return any(s is not f for f in first for s in sides if parties[1].is_of(s.code))
    return all(party.among(sides) for party in parties)


def bearing(occurrence: Occurrence, first: Party, second: Party) -> Bearing:
    """How two parties of an occurrence stand towards each other in it.

    ``mutual``: they do it together and towards nobody else (a meeting, a clash); ``from_first``, ``from_second``: one
    does it towards the other; ``joint``: both do it, towards others (a raid on a third).
    """
    acting = first.among(occurrence.actors), second.among(occurrence.actors)
    receiving = first.among(occurrence.recipients), second.among(occurrence.recipients)
    if all(acting):
        return "joint" if occurrence.recipients and not any(receiving) else "mutual"
    if acting[0] and receiving[1]:
        return "from_first"
    if acting[1] and receiving[0]:
        return "from_second"
    # Both receive: a mediator between them, or an act of a third towards both.
    return "joint"


def is_conflict(quad: str) -> bool:
    return quad.endswith("conflict")
