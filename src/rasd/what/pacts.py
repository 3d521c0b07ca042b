"""The parties of an agreement as the sides of reaching or signing it.

"The deal reached in Vienna" names nobody, and everybody knows whose deal it is: the agreement
that the text names, by its own name or by who made it earlier in the text. Its parties are
then the sides of the act where the sentence itself gives fewer than two, or they were only
filled in from what surrounds it.
"""

from __future__ import annotations

from collections.abc import Sequence

from rasd.what.affairs import AffairDraft
from rasd.what.draft import EventDraft

# How far after its verb the agreement may be named, in tokens.
REACH = 6
# How far before its verb, a relative pronoun and an auxiliary in between.
RELATIVE = 2
# Acts that the parties of an agreement do: reaching it, and signing or adopting it.
_REACHED = frozenset({"AGREE"})
_SIGNED = frozenset({"support.sign", "support.signing", "support.ratify"})


class Pacts:
    """The agreements of a document that have two parties or more, by where they are named."""

    def __init__(self, affairs: Sequence[AffairDraft]) -> None:
        self._named = sorted(
            (first, last, list(dict.fromkeys(code for code, _ in affair.parties)))
            for affair in affairs
            if affair.kind == "agreement" and len({code for code, _ in affair.parties}) > 1
            for first, last in affair.spans
        )

    def give_sides(self, event: EventDraft, *, guessed: bool) -> None:
        """Add an agreement's parties to the actors of an event that reaches or signs it, in place.

        ``guessed`` says that a side was filled in from what surrounds the act: it then gives way.
        """
        predicate = event.candidate.predicate
        if not self._named or not (predicate.type in _REACHED or predicate.id in _SIGNED):
            return
        if len(event.states()) > 1 and not guessed:
            return
        at = event.candidate.at
        parties = next((codes for first, last, codes in self._named if first <= at < last), None)
        if parties is None:
            parties = next((codes for first, _, codes in self._named if at < first <= at + REACH), None)
        if parties is None:  # الاتفاق النووي الذي توصلت إليه
            parties = next((codes for _, last, codes in self._named if last <= at <= last + RELATIVE), None)
        if parties is None:
            return
        if guessed:
            event.actors, event.actor_codes, event.recipients, event.recipient_codes = [], [], [], []
        have = event.states()
        event.actor_codes += [code for code in parties if code.partition("/")[0] not in have]
        event.reasons.append("sides from the agreement's parties")
