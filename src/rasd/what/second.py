"""What a second reader may say of events while the rules read: the border between `rasd.what` and `rasd.learned`.

The rules find sides, status, time and place of every candidate; a second reader adds candidates that no rule
foresaw, and says what it holds of each candidate's sides, status and truth.
"""

from __future__ import annotations

from typing import Protocol

from rasd.text.document import Document
from rasd.what.candidates import Candidate, Proposal
from rasd.what.clauses import SentenceView
from rasd.what.draft import EventDraft
from rasd.what.roles import Roles


class Sight(Protocol):
    """What a second reader holds of one document. Indexes are those of ``Document.tokens``."""

    @property
    def keep(self) -> float:
        """The least joint probability that is believed."""
        ...

    def proposals(self, view: SentenceView) -> list[Proposal]:
        """Words of a sentence that it takes for acts, in order."""
        ...

    def settle(self, view: SentenceView, candidate: Candidate, roles: Roles) -> None:
        """Change, in place, who stands on the sides of an act, where it is sure of another."""
        ...

    def fill(self, candidate: Candidate, event: EventDraft) -> None:
        """Give an event whom it lacks on a side, after all that goes without saying has been said."""
        ...

    def status(self, candidate: Candidate, status: str, why: str) -> tuple[str, str]:
        """The status of an act and the reason, given what the rules say."""
        ...

    def grounds(self, candidate: Candidate, own: float) -> dict[str, float]:
        """What speaks for and against a candidate when the rules give it the probability ``own``."""
        ...

    def reasons(self, candidate: Candidate, grounds: dict[str, float]) -> list[str]:
        """The same in words, with the words of the sentence that weighed most for it. Slow: for explanations."""
        ...

    def probability(self, candidate: Candidate, grounds: dict[str, float]) -> float:
        """How likely it is that a candidate is an event, by both readers."""
        ...


class SecondReader(Protocol):
    """Looks at a document whose times, actors and places are known."""

    def look(self, document: Document) -> Sight: ...
