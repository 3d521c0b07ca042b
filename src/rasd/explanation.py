"""What a reader saw in an article, and why: the answer of `rasd.Reader.explain`.

Plain dataclasses, made for people (``rasd explain FILE``) and for programs (``--json``).
Offsets are characters into the article's text, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec


@dataclass(slots=True)
class TokenExplanation:
    """A token as it was read in context.

    ``tag`` is its part of speech, ``lemma`` its dictionary word ("" where unknown);
    ``proclitics`` and ``enclitic`` are what is written onto it (``و`` ``ب``, ``ها``).
    """

    text: str
    tag: str = ""
    lemma: str = ""
    proclitics: str = ""
    enclitic: str = ""


@dataclass(slots=True)
class TimeExplanation:
    """An expression of time, its TIMEX3 value and the rule that gave it."""

    text: str
    value: str
    rule: str


@dataclass(slots=True)
class MentionExplanation:
    """A phrase that names an actor. ``code`` joins several with ``+``; ``how`` as in `Mention`."""

    text: str
    code: str | None
    how: str
    rule: str


@dataclass(slots=True)
class PlaceExplanation:
    """A place named, which one it was taken for (English name) and its country's code."""

    text: str
    name: str
    country: str | None


@dataclass(slots=True)
class PredicateExplanation:
    """A word that may carry an event.

    ``predicate`` is the entry it matched. ``verdict`` is the rule that made an event of it
    (then ``event_id`` names that event) or the reason why it made none. ``score`` is the
    probability, 0 to 1, that it is an event, and ``grounds`` the traits that weighed most.
    """

    text: str
    predicate: str
    event_id: str | None
    verdict: str
    score: float = 0.0
    grounds: list[str] = field(default_factory=list[str])


@dataclass(slots=True)
class SentenceExplanation:
    start: int
    end: int
    text: str
    tokens: list[TokenExplanation] = field(default_factory=list[TokenExplanation])
    times: list[TimeExplanation] = field(default_factory=list[TimeExplanation])
    mentions: list[MentionExplanation] = field(default_factory=list[MentionExplanation])
    places: list[PlaceExplanation] = field(default_factory=list[PlaceExplanation])
    predicates: list[PredicateExplanation] = field(default_factory=list[PredicateExplanation])


@dataclass(slots=True)
class Explanation:
    """All sentences of an article, in order, with what was seen in each."""

    sentences: list[SentenceExplanation]

    def to_json(self) -> bytes:
        """The explanation as one line of UTF-8 JSON."""
        return msgspec.json.encode(self)
