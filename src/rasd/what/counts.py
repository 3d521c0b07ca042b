"""Numbers of an act: how many it killed or wounded, how many marched, how much money it is about.

A quantity of its sentence goes to the nearest act of a type that is so counted, the one before it first. A number of
people is told by the words beside it (``مقتل 14 شخصا``, ``20 متظاهرا``); money by its unit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from rasd.record import Count, Quantity
from rasd.text.document import Document
from rasd.text.letters import fold
from rasd.what.draft import EventDraft
from rasd.what.grammar import Counted
from rasd.what.lexemes import Lexemes

# How many words before a number, and after it, say what it counts.
BEFORE, AFTER = 3, 2
# How far an act may stand from a number of it, in tokens.
REACH = 25
PEOPLE = "people"


def tie_counts(document: Document, events: list[EventDraft], quantities: list[Quantity], lexemes: Lexemes) -> None:
    """Set ``counts`` of each event from the quantities of its sentence, in place."""
    if not quantities or not events:
        return
    starts = [token.start for token in document.tokens]
    by_sentence: dict[int, list[EventDraft]] = {}
    for event in events:
        by_sentence.setdefault(event.sentence, []).append(event)
    words = [(entry, frozenset(fold(word) for word in entry.words)) for entry in lexemes.counted]
    sentences = [s.first for s in document.sentences]
    for quantity in quantities:
        first = bisect_right(starts, quantity.start) - 1
        last = bisect_right(starts, quantity.end - 1)
        siblings = by_sentence.get(bisect_right(sentences, first) - 1)
        for entry in _counted(document, quantity, first, last, words) if siblings else ():
            event = _nearest(siblings or [], entry, first)
            if event is not None:
                event.counts.append(
                    Count(entry.role, quantity.value, quantity.unit, quantity.per, quantity.start, quantity.end)
                )
                break


def _counted(
    document: Document, quantity: Quantity, first: int, last: int, words: list[tuple[Counted, frozenset[str]]]
) -> Iterator[Counted]:
    """What a quantity may count, the likeliest first."""
    unit = quantity.unit or ""
    for entry, _ in words:
        if unit in entry.units or (entry.money and (unit in _MONEY or (unit.isupper() and len(unit) == 3))):
            yield entry
            return
    if unit not in ("", PEOPLE) and not unit.endswith("s"):
        return
    # What stands before the number, then the counted noun itself, then what follows: مقتل 14 متظاهرا, 20 متظاهرا.
    for at in (*range(first - 1, first - 1 - BEFORE, -1), *range(first, last), *range(last, last + AFTER)):
        if 0 <= at < len(document.tokens):
            token = document.tokens[at]
            stems = {token.key, *(split.stem for split in token.form.splits)}
            yield from (entry for entry, known in words if not known.isdisjoint(stems))


_MONEY = {"riyal", "pound", "lira", "dirham", "dinar"}


def _nearest(siblings: list[EventDraft], entry: Counted, at: int) -> EventDraft | None:
    """The act that a number is of: the last before it of a type so counted, else the first behind it."""
    fitting = [e for e in siblings if e.type in entry.types and abs(e.candidate.at - at) <= REACH]
    before = [e for e in fitting if e.candidate.at <= at]
    return before[-1] if before else fitting[0] if fitting else None
