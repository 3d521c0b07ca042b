"""The record of one article: what `rasd.read` returns and ``rasd read --json`` prints.

Plain dataclasses, the only types that cross a package border. Offsets (``start``, ``end``)
count characters into `Article.text`, end exclusive. What is absent is ``None`` or an empty
list; no key is ever missing. Dates are ISO 8601 (``2016-10-10``, ``2016-10``, ``2016``).
``docs/record.md`` explains each field to those who read records from other languages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec


@dataclass(slots=True)
class Span:
    """A stretch of the article's text."""

    start: int
    end: int


@dataclass(slots=True)
class Name:
    """A name in Arabic, as the lexicon or the text writes it, and in English."""

    ar: str | None
    en: str | None


@dataclass(slots=True)
class Dating:
    """How the date of publication is known.

    ``basis`` is ``given``, ``dateline``, ``inferred`` or ``unknown``; the truth lies between
    ``earliest`` and ``latest``, for the reasons at ``evidence``.
    """

    basis: str = "unknown"
    earliest: str | None = None
    latest: str | None = None
    evidence: list[Span] = field(default_factory=list[Span])


@dataclass(slots=True)
class Article:
    id: str | None
    title: str | None
    source: str | None
    url: str | None
    language: str
    text: str
    published: str | None
    dating: Dating


@dataclass(slots=True)
class Time:
    """An expression of calendar time, its value in the notation of TIMEX3.

    ``begin`` and ``end_date`` are the first and the last day that it can mean; ``value`` is
    ``None`` where it is relative to a day that the text does not give. ``mod`` is what TIMEX3
    adds to a value: ``START``, ``MID`` or ``END`` of it, ``APPROX``, ``LESS_THAN``, ``MORE_THAN``.
    ``zone`` is that of a clock: an IANA name, or ``local``.
    """

    start: int
    end: int
    text: str
    type: str
    value: str | None
    begin: str | None
    end_date: str | None
    approximate: bool
    mod: str | None = None
    zone: str | None = None


@dataclass(slots=True)
class Mention:
    """Where an entity is named. ``how``: name, title, metonym, pronoun or description."""

    start: int
    end: int
    text: str
    how: str


@dataclass(slots=True)
class Entity:
    """Somebody or something that can act: ``code`` is PLOVER's ``MAIN/SECTOR``."""

    id: str
    code: str | None
    kind: str
    name: Name
    wikidata: str | None
    mentions: list[Mention]


@dataclass(slots=True)
class EventDate:
    """When an event happens; ``time`` is a clock (``16:00``) in ``zone`` (IANA name)."""

    value: str | None
    begin: str | None
    end: str | None
    time: str | None
    zone: str | None
    approximate: bool


@dataclass(slots=True)
class Place:
    name: Name
    country: str | None
    lat: float | None
    lon: float | None
    geonames: int | None


@dataclass(slots=True)
class Role:
    """A part in an event beside actor and recipient: host, mediator, beneficiary, instrument."""

    role: str
    entity: str


@dataclass(slots=True)
class Attribution:
    """On whose word: a person or body, the outlet that printed it, whom they in turn cite."""

    who: str | None
    outlet: str | None
    code: str | None
    citing: str | None


@dataclass(slots=True)
class Ordinal:
    """The n-th of its kind, within a period if one is said (``P2M``)."""

    n: int
    within: str | None


@dataclass(slots=True)
class Trigger:
    start: int
    end: int
    text: str


@dataclass(slots=True)
class Gloss:
    """One line that says the event, in Arabic and in English."""

    ar: str
    en: str


@dataclass(slots=True)
class Count:
    """How many an act killed, wounded or brought together, or its money: ``value`` of ``unit`` (``per`` year ...).

    ``role`` is killed, wounded, arrested, abducted, protesters, troops, displaced or amount; ``start`` and ``end``
    are the number's place in the text.
    """

    role: str
    value: float
    unit: str | None
    per: str | None
    start: int
    end: int


@dataclass(slots=True)
class Event:
    """Who did what to whom; ``type``, ``mode``, ``contexts``, ``quad``, ``score`` are PLOVER's."""

    id: str
    type: str
    mode: str | None
    contexts: list[str]
    quad: str
    score: float
    actors: list[str]
    recipients: list[str]
    others: list[Role]
    actor_codes: list[str]
    recipient_codes: list[str]
    status: str
    date: EventDate | None
    place: Place | None
    about: list[str]
    attribution: list[Attribution]
    ordinal: Ordinal | None
    trigger: Trigger
    sentence: int
    evidence: Span
    same_as: str | None
    rule: str
    confidence: float
    gloss: Gloss
    counts: list[Count] = field(default_factory=list[Count])


@dataclass(slots=True)
class Party:
    code: str
    role: str


@dataclass(slots=True)
class Amount:
    """A quantity without its place in the text: ``value`` of ``unit`` (``per`` year ...)."""

    value: float
    unit: str | None
    per: str | None


@dataclass(slots=True)
class Located:
    start: int
    end: int
    text: str


@dataclass(slots=True)
class Affair:
    """What events are about: an issue, project, agreement, target or gathering."""

    id: str
    kind: str
    name: Name
    what: str | None
    parties: list[Party]
    place: Place | None
    quantity: Amount | None
    mentions: list[Located]


@dataclass(slots=True)
class Position:
    """Where a power stands: it supports, opposes, seeks or disputes something."""

    holder: str
    toward: str | None
    affair: str | None
    stance: str
    evidence: Span


@dataclass(slots=True)
class Quantity:
    start: int
    end: int
    text: str
    value: float
    unit: str | None
    per: str | None


@dataclass(slots=True)
class Phase:
    """A stretch in a relationship: crisis, freeze, thaw, normalization, war ..."""

    parties: list[str]
    state: str
    begin: str | None
    end: str | None
    evidence: Span


@dataclass(slots=True)
class Note:
    kind: str
    text: str


@dataclass(slots=True)
class Record:
    """All that one article says. See the module's docstring for the conventions."""

    article: Article
    sentences: list[Span]
    times: list[Time]
    entities: list[Entity]
    events: list[Event]
    affairs: list[Affair]
    positions: list[Position]
    quantities: list[Quantity]
    phases: list[Phase]
    notes: list[Note]

    def to_json(self) -> bytes:
        """The record as one line of UTF-8 JSON, the same bytes each time."""
        return _encoder.encode(self)

    @staticmethod
    def from_json(data: bytes | str) -> Record:
        """The record that `to_json` wrote. Raises `msgspec.ValidationError` on another form."""
        return _decoder.decode(data)

    def to_dict(self) -> dict[str, Any]:
        """The record as plain dicts and lists."""
        return msgspec.to_builtins(self)


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Record)
