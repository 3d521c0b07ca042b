"""An event at work: what the layer's steps know of it before it becomes a record's event."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasd.record import Attribution, Count, EventDate, Ordinal
from rasd.text.document import ActorMention, PlaceMention
from rasd.what.candidates import Candidate


@dataclass(slots=True)
class EventDraft:
    """One telling of an act. Entities are indexes into ``Document.entities``."""

    candidate: Candidate
    sentence: int
    actors: list[int]
    recipients: list[int]
    others: list[tuple[str, int]]
    actor_codes: list[str]
    recipient_codes: list[str]
    status: str
    date: EventDate | None
    place: PlaceMention | None
    contexts: list[str]
    attribution: list[Attribution]
    ordinal: Ordinal | None
    confidence: float
    reasons: list[str]
    evidence: tuple[int, int]
    # The affairs that it is about, by their record ids.
    about: list[str] = field(default_factory=list[str])
    # What is counted of it: its dead, those who march, its money.
    counts: list[Count] = field(default_factory=list[Count])
    same_as: int | None = None
    subject: ActorMention | None = None

    @property
    def type(self) -> str:
        return self.candidate.predicate.type

    def states(self) -> set[str]:
        """The states and bodies on either side."""
        return {c.split("/")[0] for c in (*self.actor_codes, *self.recipient_codes)} - {"None"}
