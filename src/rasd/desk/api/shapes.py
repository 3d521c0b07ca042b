"""What the API answers with where no type of the library says it, and what it is sent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from rasd.chronicle import Occurrence, Report, Review, Source
from rasd.record import Name, Place
from rasd.relations.course import Course
from rasd.relations.disputes import Dispute, Stance
from rasd.relations.lines import Line
from rasd.relations.people import Person
from rasd.relations.phases import Period
from rasd.relations.voices import Voices
from rasd.store.articles import Earlier, Listed
from rasd.store.paged import Counterpart


@dataclass(slots=True)
class Index:
    """What there is: the version of Rasd, where the description lies, and the lists to begin with."""

    rasd: str
    openapi: str
    articles: int
    lists: dict[str, str]


@dataclass(slots=True)
class ArticleFull:
    """An article: how it is listed, its text, which version of Rasd read it, what it was before, its near-copies."""

    article: Listed
    text: str
    language: str
    lexicon: str
    earlier: list[Earlier]
    copies: list[str]


@dataclass(slots=True)
class EventFull:
    """An article's telling of an event, the occurrence that it tells, and every review of it, the last last."""

    occurrence: str | None
    report: Report
    reviews: list[Review]


@dataclass(slots=True)
class OccurrenceFull:
    """An event of the world with its reports, the oldest first; of very many the first 200."""

    occurrence: Occurrence
    reports: list[Report]


@dataclass(slots=True)
class Relation:
    """A relationship: the periods of it, who speaks for it, who tells of it. ``names`` says what codes are called;
    ``read`` is how many articles were read in all, ``events`` how many tell of this relationship."""

    parties: list[str]
    names: dict[str, Name]
    begin: dt.date | None
    end: dt.date | None
    as_of: dt.date | None
    read: int
    events: int
    periods: list[Period]
    people: list[Person]
    voices: Voices


@dataclass(slots=True)
class RelationCourse:
    """The course of a relationship in numbers; ``names`` says what codes are called."""

    parties: list[str]
    names: dict[str, Name]
    course: Course


@dataclass(slots=True)
class Section:
    """A section of a ledger: so many lines in all, and the first of them in order of time."""

    total: int
    lines: list[Line]


@dataclass(slots=True)
class RelationLedger:
    """What happened between two powers, by kind: ``meetings``, ``incidents``, ``measures``, ``deeds``, ``words``,
    ``joint`` (both towards others), ``promises``, ``open`` (possible), ``denied``."""

    parties: list[str]
    names: dict[str, Name]
    sections: dict[str, Section]


@dataclass(slots=True)
class RelationAgenda:
    """What is due as of a day, announced without a day, under way, past its day without news, called off."""

    parties: list[str]
    names: dict[str, Name]
    as_of: dt.date | None
    sections: dict[str, Section]


@dataclass(slots=True)
class RelationPositions:
    """Where two powers stand: what they dispute with each other, and what else each holds."""

    parties: list[str]
    names: dict[str, Name]
    disputes: list[Dispute]
    stances: list[Stance]


@dataclass(slots=True)
class KnownAs:
    """What a name or a code may mean by the knowledge files. ``kind``: person, state, office, or a body's kind."""

    kind: str
    name: Name
    code: str | None
    names: list[str]
    since: str | None
    until: str | None
    wikidata: str | None
    note: str | None


@dataclass(slots=True)
class Actor:
    """A power: its name, how many events it stands in, their first and last day, and with whom it stands in them."""

    code: str
    name: Name
    events: int
    first: str | None
    last: str | None
    counterparts: list[Counterpart]


@dataclass(slots=True)
class AffairStated:
    """What one article states of an affair."""

    source: Source
    what: str | None
    parties: dict[str, str]
    place: Place | None


@dataclass(slots=True)
class AffairFull:
    """An affair: what names it, how many events are about it, and what articles state of it (the first 100)."""

    key: str
    kind: str
    name: Name
    events: int
    articles: int
    stated: list[AffairStated] = field(default_factory=list[AffairStated])


@dataclass(slots=True)
class Waiting:
    """A report that waits for review, with the sentence that tells it and those around."""

    occurrence: str
    report: Report
    before: str
    sentence: str
    after: str


class ShareShown(TypedDict):
    """How many of how many were right, as a share with the interval that holds the truth 19 times in 20."""

    right: int
    of: int
    share: float | None
    low: float | None
    high: float | None


class FiguresShown(TypedDict):
    """How right Rasd was in some events: whether there was one, whether all of it was right, and by field."""

    key: str | None
    reviewed: int
    events: ShareShown
    whole: ShareShown
    fields: dict[str, ShareShown]


class BothShown(TypedDict):
    """Figures of all that were reviewed, and of those among them that were drawn by lot."""

    all: FiguresShown
    lot: FiguresShown


class PersonShown(TypedDict):
    """Who reviewed, and how much."""

    person: str
    reviews: int


class AccuracyShown(TypedDict):
    """How right Rasd has been. ``found`` is how much of what there is it found, by articles that were read through."""

    all: FiguresShown
    lot: FiguresShown
    by_type: list[BothShown]
    by_source: list[BothShown]
    by_confidence: list[FiguresShown]
    found: ShareShown
    read_through: int
    people: list[PersonShown]


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class AnswerPart(_Sent):
    """The fields of an event that are to be otherwise; those left out stay as they are."""

    type: str | None = Field(None, max_length=20, examples=["CONSULT"])
    mode: str | None = Field(None, max_length=30, examples=["visit"])
    status: Literal["occurred", "ongoing", "planned", "possible", "denied"] | None = None
    actors: list[str] | None = Field(None, max_length=20, examples=[["RUS/GOV"]])
    recipients: list[str] | None = Field(None, max_length=20, examples=[["TUR/GOV"]])
    date: str | None = Field(None, max_length=24, examples=["2016-10-10"])
    place: str | None = Field(None, max_length=200, examples=["Istanbul"])
    source: str | None = Field(None, max_length=200, examples=["TUR/GOV"])


class AnswerWhole(_Sent):
    """An event in the fields of gold."""

    type: str = Field(max_length=20, examples=["CONSULT"])
    mode: str | None = Field(None, max_length=30, examples=["visit"])
    status: Literal["occurred", "ongoing", "planned", "possible", "denied"] = "occurred"
    actors: list[str] = Field(default_factory=list, max_length=20, examples=[["RUS/GOV"]])
    recipients: list[str] = Field(default_factory=list, max_length=20, examples=[["TUR/GOV"]])
    date: str | None = Field(None, max_length=24, examples=["2016-10-10"])
    place: str | None = Field(None, max_length=200, examples=["Istanbul"])
    source: str | None = Field(None, max_length=200, examples=["TUR/GOV"])


class ReviewSent(_Sent):
    """A verdict on an event of an article. ``answer`` is for a correction alone."""

    event: str = Field(pattern=r"^[1-9][0-9]{0,17}/e[1-9][0-9]{0,8}$", examples=["1/e1"])
    verdict: Literal["accepted", "corrected", "refused"] = Field(examples=["corrected"])
    answer: AnswerPart | None = None
    note: str | None = Field(None, max_length=2000, examples=["The visit lies ahead."])
    picked: Literal["chance", "unsure", "article"] = "article"


class MissedSent(_Sent):
    """An event that Rasd missed, told by the characters ``start`` to ``end`` of an article's text."""

    article: str = Field(pattern=r"^[1-9][0-9]{0,17}$", examples=["1"])
    start: int = Field(ge=0, le=100_000_000, examples=[0])
    end: int = Field(ge=1, le=100_000_000, examples=[4])
    answer: AnswerWhole
    note: str | None = Field(None, max_length=2000, examples=["Told in the headline alone."])
