"""The form of ``data/grammar/*.yaml``: light verbs, operators of status, words of saying."""

from __future__ import annotations

from typing import Literal

import msgspec

from rasd.what.schema import EventType, Status


class LightVerb(msgspec.Struct, forbid_unknown_fields=True):
    """A verb whose act is in the noun that follows. See the head of ``light.yaml``."""

    id: str
    verbs: list[str]
    subject: Literal["actor", "recipient", "none"]
    link: list[str]
    status: Status | None = None
    outcome: bool = False


class Operator(msgspec.Struct, forbid_unknown_fields=True):
    """A word that gives a status to the act after it. See the head of ``operators.yaml``."""

    id: str
    status: Status
    subject: Literal["same", "none"]
    reach: int
    verbs: list[str] = msgspec.field(default_factory=list[str])
    nouns: list[str] = msgspec.field(default_factory=list[str])
    actives: list[str] = msgspec.field(default_factory=list[str])
    passives: list[str] = msgspec.field(default_factory=list[str])
    phrases: list[str] = msgspec.field(default_factory=list[str])
    links: list[str] = msgspec.field(default_factory=lambda: [""])
    takes: list[Literal["masdar", "bare", "an", "imperfect", "past"]] = msgspec.field(
        default_factory=lambda: ["masdar", "an"]
    )
    through: list[str] = msgspec.field(default_factory=list[str])
    past: Status | None = None
    imperfect: Status | None = None


class Speech(msgspec.Struct, forbid_unknown_fields=True):
    """Words of one way of saying. See ``speech.yaml``."""

    id: Literal["say", "assert", "according", "cite"]
    verbs: list[str] = msgspec.field(default_factory=list[str])
    actives: list[str] = msgspec.field(default_factory=list[str])
    phrases: list[str] = msgspec.field(default_factory=list[str])


class OrdinalWord(msgspec.Struct, forbid_unknown_fields=True):
    """An ordinal number and its words, without the article (``ordinals.yaml``)."""

    n: int
    words: list[str]


class Family(msgspec.Struct, forbid_unknown_fields=True):
    """Predicates by which one act may be told again. See the head of ``families.yaml``."""

    id: str
    rules: list[str]
    general: bool = False
    topical: list[str] = msgspec.field(default_factory=list[str])


class Counted(msgspec.Struct, forbid_unknown_fields=True):
    """What is counted of an act. See the head of ``counts.yaml``."""

    role: Literal["killed", "wounded", "arrested", "abducted", "protesters", "troops", "displaced", "amount"]
    types: list[EventType]
    words: list[str] = msgspec.field(default_factory=list[str])
    units: list[str] = msgspec.field(default_factory=list[str])
    money: bool = False


class Casualty(msgspec.Struct, forbid_unknown_fields=True):
    """Words that say who was hurt. See the head of ``casualties.yaml``."""

    id: str
    sufferer: Literal["object", "subject", "none"]
    verbs: list[str] = msgspec.field(default_factory=list[str])
    nouns: list[str] = msgspec.field(default_factory=list[str])
    parts: list[str] = msgspec.field(default_factory=list[str])


class Figure(msgspec.Struct, forbid_unknown_fields=True):
    """Words beside which the acts of some types are figures of speech. See the head of ``figures.yaml``."""

    id: str
    types: list[EventType]
    words: list[str]
    apart: list[str] = msgspec.field(default_factory=list[str])


class WordClass(msgspec.Struct, forbid_unknown_fields=True):
    """Words, or words in a row, that phrases and clauses are read by (``classes.yaml``)."""

    id: Literal[
        "agent", "about", "quantity", "linking", "noun-preposition", "seat", "doing", "undergoing", "another",
        "feminine", "english-counted", "english-plural", "time-of", "prepositional", "incident",
    ]  # fmt: skip
    words: list[str]
