"""What many articles say of one event: the types that the store keeps and the views of a relationship read.

An article's `record.Event` is a *report*; what happened is an *occurrence*, told by one report or by many.
Offsets (``start``, ``end``) count characters into the text of the article named beside them, end exclusive.
Dates are ISO 8601. A day that is only bounded has ``begin`` and ``end``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from rasd.record import (
    Affair,
    Article,
    Attribution,
    Count,
    Entity,
    EventDate,
    Gloss,
    Name,
    Ordinal,
    Phase,
    Place,
    Position,
    Role,
    Span,
)

T = TypeVar("T")


@dataclass(slots=True, frozen=True)
class Words:
    """The words of an article that a statement rests on."""

    article: str
    start: int
    end: int
    text: str


@dataclass(slots=True, frozen=True)
class Dated:
    """How an article's day is known: as `record.Dating`, with the words that tell it."""

    basis: str
    earliest: str | None
    latest: str | None
    words: tuple[Words, ...] = ()


@dataclass(slots=True, frozen=True)
class Source:
    """An article as far as a reader of its facts needs it: its key in the store, outlet, headline, day."""

    key: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    dating: Dated | None = None


def source_of(article: Article, key: str) -> Source:
    """The article of a record, kept under ``key``, as readers of its facts name it."""
    dating = article.dating
    words = tuple(Words(key, s.start, s.end, article.text[s.start : s.end]) for s in dating.evidence)
    dated = Dated(dating.basis, dating.earliest, dating.latest, words)
    return Source(key, article.source, article.title, article.url, article.published, dated)


def affair_key(affair: Affair) -> str:
    """What names an affair across articles, whose own ids (``a1``) hold in one article alone."""
    return f"{affair.kind}:{(affair.name.en or affair.name.ar or affair.id).casefold()}"


def place_key(place: Place) -> str:
    """What names a place across articles: its number in GeoNames, else its country and name."""
    if place.geonames is not None:
        return f"geonames:{place.geonames}"
    return f"{place.country or ''}:{(place.name.en or place.name.ar or '').casefold()}"


@dataclass(slots=True)
class Side:
    """One on a side of an event: PLOVER's ``MAIN/SECTOR`` code, and who it is (``wikidata`` where known).

    ``kind`` is the `record.Entity`'s; ``None`` of those who are only implied.
    """

    code: str
    name: Name
    wikidata: str | None = None
    kind: str | None = None


@dataclass(slots=True)
class Report:
    """One article's telling of an event; ``voice`` is the same for near-copies of one text.

    ``affairs`` are keys, see `affair_key`. ``words`` are those of its first telling, ``retold`` those of later ones
    in other sentences of the article. The ``entity`` of a role is a code, or a name where there is none. ``reviewed``
    is the verdict of the person whose word it is told on (`Review`), ``None`` of what Rasd alone read.
    """

    id: str
    source: Source
    voice: str
    type: str
    mode: str | None
    contexts: list[str]
    quad: str
    score: float
    actors: list[Side]
    recipients: list[Side]
    others: list[Role]
    status: str
    date: EventDate | None
    place: Place | None
    affairs: list[str]
    attribution: list[Attribution]
    counts: list[Count]
    trigger: Span
    words: Words
    rule: str
    confidence: float
    gloss: Gloss
    ordinal: Ordinal | None = None
    retold: list[Words] = field(default_factory=list[Words])
    reviewed: str | None = None


@dataclass(slots=True)
class StatusChange:
    """From a day of publication on, an occurrence had a status, on the word of a report."""

    status: str
    on: str | None
    report: str


@dataclass(slots=True)
class Difference:
    """Where reports of one occurrence disagree: the field, and each value with the reports that give it."""

    field: str
    values: list[tuple[str, list[str]]]


@dataclass(slots=True)
class Occurrence:
    """One event of the world. Its fields are those that its reports together make likeliest.

    ``reports`` are ids, oldest first; ``voices`` counts those that are no copies of another;
    ``affairs`` are keys, see `affair_key`.
    """

    id: str
    type: str
    mode: str | None
    contexts: list[str]
    quad: str
    score: float
    actors: list[Side]
    recipients: list[Side]
    status: str
    date: EventDate | None
    place: Place | None
    affairs: list[str]
    confidence: float
    gloss: Gloss
    reports: list[str]
    voices: int
    course: list[StatusChange] = field(default_factory=list[StatusChange])
    differences: list[Difference] = field(default_factory=list[Difference])
    denies: str | None = None
    ordinal: Ordinal | None = None


@dataclass(slots=True)
class Stated(Generic[T]):
    """Something that an article states (an affair, a position, a phase), with its words.

    A position names its affair by `affair_key`; an entity's words are its mentions.
    """

    what: T
    source: Source
    words: list[Words]


@dataclass(slots=True, frozen=True)
class Answer:
    """What an event is, said as gold is: by Rasd, or by a person who corrects it.

    Sides are ``MAIN/SECTOR`` codes. ``date`` is ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY`` or ``A..B``; ``place`` an English
    name; ``source`` a code, or an outlet's name in English.
    """

    type: str
    mode: str | None
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    date: str | None
    place: str | None
    source: str | None


@dataclass(slots=True, frozen=True)
class Filling:
    """What follows from an `Answer` by the knowledge files, worked out when it is given."""

    quad: str
    score: float
    rule: str
    date: EventDate | None
    place: Place | None
    gloss: Gloss


@dataclass(slots=True, frozen=True)
class Reading:
    """What Rasd had read where a person gave a verdict: its answer, rule, confidence, and the version that read."""

    answer: Answer
    rule: str
    confidence: float
    lexicon: str


@dataclass(slots=True, frozen=True)
class Review:
    """A person's verdict on an event of an article: ``accepted``, ``corrected``, ``refused``, or ``added`` where Rasd
    had read none.

    It is tied to words: ``trigger``, at ``start`` to ``end`` of the article's text (``None`` where the article changed
    and no longer has them), and the ``type`` that was read there. Reviews of one event share a ``thread``, the id of
    the first of them; the last that was not undone is ``current``. Those given at once share a ``batch``, the id of
    the first. ``picked`` says how it came to be reviewed: by ``chance``, as ``unsure``, from an ``article``. ``at`` and
    ``undone`` are times (UTC).
    """

    id: int
    article: str
    thread: int
    batch: int
    start: int | None
    end: int | None
    trigger: str
    type: str
    verdict: str
    read: Reading | None
    answer: Answer | None
    filling: Filling | None
    person: str
    at: str
    note: str | None = None
    picked: str = "article"
    current: bool = True
    undone: str | None = None
    undone_by: str | None = None


class Chronicle(Protocol):
    """Where occurrences are kept, in memory or in a database: what the views of a relationship ask.

    ``codes`` are main codes (``RUS``): an occurrence is given when each of them stands on some side of it, a sector
    after the slash or not; an affair or phase when each is a party of it, a position when each is its holder or whom
    it is toward. ``begin`` and ``end`` bound an occurrence's day, both included; ``about`` are keys of affairs
    (`affair_key`) of which it is about one, ``status`` those of which it has one. What is empty does not choose.
    """

    def occurrences(
        self,
        codes: Sequence[str] = (),
        *,
        begin: dt.date | None = None,
        end: dt.date | None = None,
        about: Sequence[str] = (),
        status: Sequence[str] = (),
    ) -> Iterable[Occurrence]: ...

    def scored(
        self, codes: Sequence[str] = (), *, begin: dt.date | None = None, end: dt.date | None = None
    ) -> Iterable[Scored]:
        """As `occurrences`, the little of each that a series counts: quick for hundreds of thousands."""
        ...

    def reports(self, ids: Iterable[str]) -> Mapping[str, Report]: ...

    def articles_by_day(self) -> Mapping[dt.date, int]: ...

    def affairs(self, codes: Sequence[str] = (), *, keys: Sequence[str] = ()) -> Iterable[Stated[Affair]]: ...

    def positions(self, codes: Sequence[str] = ()) -> Iterable[Stated[Position]]: ...

    def phases(self, codes: Sequence[str] = ()) -> Iterable[Stated[Phase]]: ...

    def entities(self, articles: Iterable[str], *, kinds: Sequence[str] = ()) -> Iterable[Stated[Entity]]:
        """Who is named in articles (keys of `Source`), of these kinds or of all."""
        ...


@dataclass(slots=True, frozen=True)
class Scored:
    """As much of an occurrence as a series counts: its days as `EventDate` bounds them, class, score, status."""

    id: str
    begin: str | None
    end: str | None
    quad: str
    score: float
    status: str
    confidence: float
    voices: int


@dataclass(slots=True, frozen=True)
class Trace:
    """What is kept of a report, or of an article's text, so that later ones can be compared with it.

    ``of`` is the report's id or the article's key, ``group`` the occurrence's id or the text's voice; ``sketch`` is
    what the comparison needs, in few bytes: one is kept of every report.
    """

    of: str
    group: str
    sketch: bytes


@dataclass(slots=True)
class Ruling:
    """What was decided of an article: its voice, its reports with it, and which occurrences they tell.

    ``occurrences`` are those that are new (their ``id`` empty: who keeps them gives it) or altered, whole; the
    reports of each are told by its ``reports``. ``sketches`` gives for each report's id its sketch and the keys under
    which like reports are to be looked for; ``text`` the same of the article's text, for near-copies.

    ``absorbed`` are occurrences that turn out to be another, by id, with the id of the one that stays and has their
    reports now: they are to be removed, and what names them is to name the other. ``denials`` are places in
    ``occurrences`` of those that deny another of them, where the other is new and has no id yet to be named by in
    ``denies``.
    """

    voice: str
    reports: list[Report]
    occurrences: list[Occurrence]
    sketches: dict[str, tuple[bytes, list[str]]] = field(default_factory=dict[str, tuple[bytes, list[str]]])
    text: tuple[bytes, list[str]] | None = None
    absorbed: dict[str, str] = field(default_factory=dict[str, str])
    denials: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])


class Archive(Chronicle, Protocol):
    """A chronicle while articles are added to it: what those who decide which reports are one occurrence ask.

    ``keys`` are words of their own choosing under which things meet that may be alike, some ten for a report.
    """

    def like_reports(self, keys: Collection[str]) -> Sequence[Trace]:
        """The traces of earlier reports that were kept under one of these keys, the oldest first."""
        ...

    def like_texts(self, keys: Collection[str]) -> Sequence[Trace]:
        """The traces of earlier articles' texts that were kept under one of these keys, the oldest first."""
        ...

    def occurrences_by_id(self, ids: Iterable[str]) -> Mapping[str, Occurrence]:
        """These occurrences, those that are kept."""
        ...
