"""What the learned reader is shown of a document: the pieces of each sentence, and marks of who stands where.

The same functions make the inputs in training (``training/``) and in reading.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rasd.text.document import BREAK, ActorMention, Document, Sentence
from rasd.text.letters import fold
from rasd.what.roles import Roles

# A sentence of more pieces is cut; 99 in 100 sentences of newspapers are shorter.
MOST_PIECES = 192

# How many sentences before its own may name who stands on a side.
BACK = 2

_PREPOSITIONS = tuple(
    fold(p) for p in ("ب", "مع", "بين", "إلى", "من", "على", "ضد", "ل", "عن", "في", "ك", "لدى", "تجاه")
)
_HOWS = ("name", "title", "metonym", "pronoun", "description")
_KINDS = ("person", "office", "state", "organization", "group", "people", "place", "facility", "gathering", "outlet")
_SECTORS = ("GOV", "MIL", "COP", "UAF", "REB", "CVL", "OPP", "MED", "IGO", "NGO", "PTY", "JUD", "LEG", "BUS", "SPY")
_STEPS = (-24, -12, -6, -3, 0, 3, 6, 12, 24)
# What the rules say of a pair: nothing is known, neither, actor, recipient, another part, joined to one with a part.
RULE_MARKS = 6
# So many words between act and mention are looked at.
_BETWEEN = 60


class Encodes(Protocol):
    """A tokenizer of pieces: ids and the characters that each covers."""

    def pieces(self, text: str) -> tuple[list[int], list[tuple[int, int]]]: ...


@dataclass(slots=True)
class Row:
    """A sentence as the network takes it: ids of pieces, and for each token with any its pieces.

    ``tokens`` are indexes into the document's tokens; ``spans`` the pieces ``[first, last)`` of each.
    """

    sentence: int
    ids: list[int]
    tokens: list[int]
    spans: list[tuple[int, int]]


def row(document: Document, sentence: Sentence, tokenizer: Encodes) -> Row:
    """The row of a sentence; tokens beyond its first `MOST_PIECES` pieces are left out."""
    text = document.text[sentence.start : sentence.end]
    ids, offsets = tokenizer.pieces(text)
    starts = [begin for begin, _ in offsets[:MOST_PIECES]]
    tokens: list[int] = []
    spans: list[tuple[int, int]] = []
    for token in document.sentence_tokens(sentence):
        if token.kind == BREAK:
            continue
        begin, end = token.start - sentence.start, token.end - sentence.start
        first = max(0, bisect_right(starts, begin) - 1)
        while first < len(starts) and offsets[first][1] <= begin:
            first += 1
        last = first
        while last < len(starts) and offsets[last][0] < end:
            last += 1
        if last > first:
            tokens.append(token.index)
            spans.append((first, last))
    return Row(sentence.index, ids[:MOST_PIECES], tokens, spans)


def powers(document: Document) -> list[list[ActorMention]]:
    """The mentions that may stand on a side, those with a code, by sentence."""
    found: list[list[ActorMention]] = [[] for _ in document.sentences]
    for mention in document.actors:
        if mention.codes:
            found[mention.sentence].append(mention)
    return found


def options(named: Sequence[Sequence[ActorMention]], own: int, roles: Roles | None) -> list[ActorMention]:
    """Who may stand on a side of an act in sentence ``own``: those whom it or the two before it name (`powers`), and
    those whom the rules fetched from further away. In the order of the text.
    """
    near = [m for mentions in named[max(0, own - BACK) : own + 1] for m in mentions]
    if roles is None:
        return near
    known = {m.index for m in near}
    far = {m.index: m for m in (*roles.actors, *roles.recipients) if m.index not in known and m.codes}
    return sorted([*near, *far.values()], key=lambda m: m.index) if far else near


@dataclass(slots=True)
class Seen:
    """What the rules found of the sides of the act at a word: mentions by part, by their index."""

    actors: frozenset[int]
    recipients: frozenset[int]
    others: frozenset[int]
    mains: frozenset[str]


def seen(roles: Roles) -> Seen:
    """The roles that the rules found, as they are marked."""
    sides = [*roles.actors, *roles.recipients]
    return Seen(
        frozenset(m.index for m in roles.actors),
        frozenset(m.index for m in roles.recipients),
        frozenset(m.index for _, m in roles.others),
        frozenset(code.partition("/")[0] for m in sides for code in m.codes) - {"None"},
    )


def marks(document: Document, at: int, mention: ActorMention, seen: Seen | None, among: int) -> list[float]:
    """Marks of a pair of event word and mention, each between 0 and 1. ``among`` counts the sentence's mentions."""
    found: list[float] = []
    distance = mention.head - at
    found += [float(distance <= step) for step in _STEPS]
    between = document.tokens[min(at, mention.head) + 1 : max(at, mention.head)][:_BETWEEN]
    breaks = sum(t.text in ".؟!\n" for t in between) if abs(distance) > 3 else 0
    found += [float(breaks > 0), float(breaks > 1)]
    found += [
        float(any(t.text in "،,؛:" for t in between)), float(any(t.tag in ("VP", "VI") for t in between)),
        float(sum(t.tag in ("VP", "VI") for t in between) > 1), min(1.0, abs(distance) / 30),
        float(mention.first <= at < mention.last), float(mention.locative), float(mention.within is not None),
        float(mention.joined is not None), float(mention.governed), float(mention.human), float(mention.possessed),
        min(1.0, among / 8), float(len(mention.entities) > 1),
    ]  # fmt: skip
    prep = fold(mention.prep) if mention.prep else ""
    found += [float(prep == p) for p in _PREPOSITIONS]
    found += [float(mention.how == how) for how in _HOWS]
    found += [float(mention.kind == kind) for kind in _KINDS]
    sectors = {code.rpartition("/")[2] for code in mention.codes}
    found += [float(sector in sectors) for sector in _SECTORS]
    found.append(float(all(code.startswith("None/") for code in mention.codes)))
    return found + rule_marks(mention, seen)


def rule_marks(mention: ActorMention, seen: Seen | None) -> list[float]:
    """What the rules say of the pair, `RULE_MARKS` marks."""
    if seen is None:
        return [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    actor, recipient = mention.index in seen.actors, mention.index in seen.recipients
    again = not actor and not recipient and any(code.partition("/")[0] in seen.mains for code in mention.codes)
    return [
        0.0, float(not (actor or recipient)), float(actor), float(recipient), float(mention.index in seen.others),
        float(again),
    ]  # fmt: skip
