"""The form of the knowledge files that events are read with: predicates, ontology, contexts."""

from __future__ import annotations

from typing import Literal

import msgspec

Role = Literal["actor", "recipient", "instrument", "place", "topic", "beneficiary", "host", "mediator", "content"]
Status = Literal["occurred", "ongoing", "planned", "possible", "denied"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip


class Example(msgspec.Struct, forbid_unknown_fields=True):
    """A sentence that shows an entry at work; the tests read it.

    ``actors`` and ``recipients`` are main codes (``EGY``) or full ones (``EGY/GOV``); ``trigger``
    is the word that carries the event where that is not plain; ``none`` says that the sentence
    holds no event of the entry's type.
    """

    text: str
    actors: list[str] = msgspec.field(default_factory=list[str])
    recipients: list[str] = msgspec.field(default_factory=list[str])
    status: Status = "occurred"
    trigger: str | None = None
    none: bool = False


class Predicate(msgspec.Struct, forbid_unknown_fields=True):
    """Words that report one kind of act, and who is who around them (``data/predicates/*.yaml``).

    ``verbs`` holds past and imperfect (3rd person masculine singular) in one string, ``nouns`` a
    masdar or event noun followed by its plurals; ``actives`` and ``passives`` are participles that
    report the act. ``frame`` gives the role of what stands as ``subject``, ``object`` or after a
    preposition, of verb and noun alike; ``of`` that of the genitive after a noun. ``objects`` lists
    nouns one of which must follow within the phrase; ``unless`` words of the clause that rule the
    act out; ``needs`` the sides that must be named; ``status`` one that the word itself carries;
    ``weak`` a word so ambiguous that both sides must be named. ``homographs`` are written forms
    that look like one of the entry's and are other words (``اثنين`` is no form of ``أثنى``).
    ``belongs`` says that whoever stands after ل right behind the noun does the act (``هجوم للمتمردين``).
    ``topic`` says that the noun also names a thing (``الاتفاق``): made definite, it is an act only
    under a light verb. ``result`` marks what an act of the same type led to (the dead of a raid):
    it counts only where the sentence does not tell the act. ``stand_in`` marks words that name who
    does an act (``المتظاهرون``): they count where the sentence tells no other act of the type.
    ``lasting`` marks a state of things as much as an act (an inquiry, a siege, an alert): named with the
    article it goes on, unless the text says otherwise.
    ``only_with`` lists words one of which must come after the entry's verbs, and after its nouns where a
    genitive follows them: ``حقق في الحادث`` and ``تحقيق النيابة في الحادث`` investigate, ``تحقيق الهدف`` does not.
    """

    id: str
    type: EventType
    en: str
    ar: str
    frame: dict[str, Role]
    examples: list[Example]
    mode: str | None = None
    en_link: str | None = None
    verbs: list[str] = msgspec.field(default_factory=list[str])
    nouns: list[str] = msgspec.field(default_factory=list[str])
    actives: list[str] = msgspec.field(default_factory=list[str])
    passives: list[str] = msgspec.field(default_factory=list[str])
    sides: Literal["directed", "symmetric"] = "directed"
    of: Literal["auto", "actor", "recipient"] = "auto"
    objects: list[str] = msgspec.field(default_factory=list[str])
    unless: list[str] = msgspec.field(default_factory=list[str])
    needs: Literal["any", "actor", "recipient", "both", "none"] = "any"
    status: Status | None = None
    contexts: list[str] = msgspec.field(default_factory=list[str])
    weak: bool = False
    homographs: list[str] = msgspec.field(default_factory=list[str])
    topic: bool = False
    belongs: bool = False
    result: bool = False
    stand_in: bool = False
    negated: bool = False
    lasting: bool = False
    never_after: list[str] = msgspec.field(default_factory=list[str])
    never_before: list[str] = msgspec.field(default_factory=list[str])
    only_with: list[str] = msgspec.field(default_factory=list[str])


class TypeEntry(msgspec.Struct, forbid_unknown_fields=True):
    """An event type: its quad class, its score, and the scores of its modes."""

    name: EventType
    quad: str
    score: float
    gloss: str
    ar: str
    modes: dict[str, float] = msgspec.field(default_factory=dict[str, float])


class QuadEntry(msgspec.Struct, forbid_unknown_fields=True):
    """One of the four quad classes, numbered as PLOVER numbers them."""

    name: str
    number: int
    ar: str


class NamedEntry(msgspec.Struct, forbid_unknown_fields=True):
    """A context or sector with its meaning."""

    name: str
    gloss: str
    ar: str


class Ontology(msgspec.Struct, forbid_unknown_fields=True):
    """PLOVER's types, quads, contexts and sectors (``data/ontology.yaml``)."""

    quads: list[QuadEntry]
    types: list[TypeEntry]
    contexts: list[NamedEntry]
    sectors: list[NamedEntry]


class ContextWords(msgspec.Struct, forbid_unknown_fields=True):
    """Words that, in an event's clause, give it a context (``data/contexts.yaml``).

    ``words`` are matched as whole stems (article and proclitics aside, feminine and plural
    endings allowed); ``phrases`` are two or more words in a row.
    """

    context: str
    words: list[str] = msgspec.field(default_factory=list[str])
    phrases: list[str] = msgspec.field(default_factory=list[str])


FRAME_FUNCTIONS = frozenset(
    {"subject", "object", "بين", "مع", "إلى", "من", "على", "ضد", "ل", "ب", "عن", "في", "لدى", "تجاه", "حول"}
    | {"بحق", "نحو", "أمام", "بشأن", "برعاية", "بوساطة", "بواسطة", "لصالح", "حيال", "إزاء", "داخل", "خلال"}
    | {"من قبل", "على يد", "من جانب", "في حق", "إلى جانب", "على أيدي"}
)
"""What a ``frame`` may give a role to: a grammatical function or a preposition."""
