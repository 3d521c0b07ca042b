"""Sides that an act has even where the text names none.

A raid that kills "nine" hurts civilians of where it happened; a march is of the people of where
it is held, before their government. Such a side has a code and no mention, and the event says in
its reasons that it is implied.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from rasd.lexicon import Compiled, KnowledgeFiles, Section
from rasd.what.draft import EventDraft
from rasd.what.schema import EventType
from rasd.what.scorer import LEAST


class Implied(msgspec.Struct, forbid_unknown_fields=True):
    """One kind of side that goes without saying. See the head of ``grammar/implied.yaml``."""

    id: str
    type: EventType
    state: Literal["place", "actor", "other"] = msgspec.field(name="from")
    mode: str | None = None
    of: list[str] = msgspec.field(default_factory=list[str])
    by: list[str] = msgspec.field(default_factory=list[str])
    actor: str | None = None
    recipient: str | None = None
    apart: bool = False


# A side that nobody named makes an event less sure.
IMPLIED_COSTS = 0.97
# Types whose acts are between two sides, who may both stand as actors.
_BETWEEN = {"CONSULT", "COOPERATE", "AGREE"}


class Implications:
    """Gives events the sides that they cannot lack."""

    def __init__(self, lexicon: Compiled) -> None:
        self._of: dict[str, list[Implied]] = {}
        for entry in msgspec.msgpack.decode(lexicon["implied"], type=list[Implied]):
            self._of.setdefault(entry.type, []).append(entry)

    def imply(self, event: EventDraft, main_state: str | None, pair: list[str], unknown: set[str]) -> None:
        """Add the codes of sides that go without saying.

        ``main_state`` is the article's, ``pair`` the two states that it is about, if it is about two;
        ``unknown`` the roles of those whom the text names and no registry lists: they are taken for
        people of the place.
        """
        country = event.place.country if event.place is not None and event.place.country else main_state
        if country is not None:
            event.actor_codes = [_placed(code, country) for code in event.actor_codes]
            event.recipient_codes = [_placed(code, country) for code in event.recipient_codes]
        for entry in self._of.get(event.type, ()):
            self._apply(entry, event, country, pair)
        for role, codes in (("actor", event.actor_codes), ("recipient", event.recipient_codes)):
            if country is not None and role in unknown and not codes:
                codes.append(f"{country}/CVL")
                event.reasons.append(f"{role} named, and of the place")

    def _apply(self, entry: Implied, event: EventDraft, country: str | None, pair: list[str]) -> None:
        predicate = event.candidate.predicate
        codes = event.actor_codes if entry.actor is not None else event.recipient_codes
        between = entry.state == "other" and len(event.states()) == 1 and predicate.type in _BETWEEN
        if (codes and not between) or (entry.mode is not None and entry.mode != predicate.mode):
            return
        if entry.of and predicate.id not in entry.of:
            return
        acting = [c for c in event.actor_codes if not c.startswith("None/")]
        if entry.by and not any(c.split("/")[-1] in entry.by for c in acting):
            return
        if entry.state == "other":
            named = event.states()
            state = next((s for s in pair if s not in named), None) if len(named) == 1 and named < set(pair) else None
        else:
            state = acting[0].split("/")[0] if acting and entry.state == "actor" else country
        if state is None or (entry.apart and state in event.states()):
            return
        codes.append(f"{state}/{entry.actor or entry.recipient}")
        event.confidence = max(LEAST, round(event.confidence * IMPLIED_COSTS, 2))
        event.reasons.append(f"{'actor' if entry.actor else 'recipient'} implied: {entry.id}")


# Who belongs to the country where they act: crowds, police, courts; not gunmen, not bodies.
_LOCAL = frozenset({"CVL", "COP", "OPP", "JUD", "LEG", "EDU", "MIL"})


def _placed(code: str, country: str) -> str:
    """A local actor of no known state is of the country of the act: ``None/COP`` in Cairo is ``EGY/COP``."""
    main, _, sector = code.partition("/")
    return f"{country}/{sector}" if main == "None" and sector in _LOCAL else code


def _build(files: KnowledgeFiles) -> bytes:
    return msgspec.msgpack.encode(files.entries("grammar/implied.yaml", Implied, lambda e: e.id))


IMPLIED = Section("implied", 1, _build)
