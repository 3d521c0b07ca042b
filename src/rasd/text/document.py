"""The working document: an article's tokens and what each step of the reader adds to them.

It lives inside `rasd.Reader` alone; a `rasd.record.Record` leaves. All spans of tokens are
``[first, last)`` over ``Document.tokens``; all offsets are characters into ``Document.text``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from rasd.text.forms import Form

WORD, NUMBER, LATIN, PUNCT, BREAK = "word", "number", "latin", "punct", "break"


class Token:
    """A word, number, Latin word, punctuation mark or line break of the text.

    ``tag`` is the reading chosen in context (`rasd.text.tagger`): one of the tags of
    `rasd.text.forms.Reading`, or "" for what is no Arabic word.
    """

    __slots__ = ("end", "form", "index", "key", "kind", "start", "tag", "text")

    def __init__(self, index: int, start: int, end: int, text: str, kind: str, form: Form) -> None:
        self.index = index
        self.start = start
        self.end = end
        self.text = text
        self.kind = kind
        self.form = form
        self.key = form.key
        self.tag = ""

    def __repr__(self) -> str:
        return f"<{self.index} {self.text} {self.tag or self.kind}>"


@dataclass(slots=True)
class Sentence:
    """A sentence: tokens ``[first, last)``, characters ``[start, end)``."""

    index: int
    first: int
    last: int
    start: int
    end: int


class TimeClue(NamedTuple):
    """What a time expression says of itself, before anything is known of the article's date.

    ``relation``: -1 past (``الماضي``, yesterday), 0 current, 1 to come, None not said.
    """

    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    relation: int | None = None


@dataclass(slots=True)
class TimeMention:
    """An expression of calendar time, found and valued by `rasd.when`.

    ``value`` is "" where it depends on a date that is not known. ``begin`` and ``end_date`` are
    days (``2016-10-01``); ``clock`` is ``HH:MM`` and ``zone`` an IANA name, or ``local``, where a
    clock time is said; ``rule`` names the rule that read it; ``clue`` is for dating the article;
    ``mod`` is TIMEX3's (``START``, ``APPROX``).
    """

    first: int
    last: int
    start: int
    end: int
    sentence: int
    type: str
    value: str
    begin: str | None
    end_date: str | None
    approximate: bool
    rule: str
    clock: str | None = None
    zone: str | None = None
    clue: TimeClue | None = None
    mod: str | None = None


@dataclass(slots=True)
class EntityDraft:
    """Somebody or something that can act, as `rasd.who` gathered it from its mentions."""

    index: int
    code: str | None
    kind: str
    ar: str | None
    en: str | None
    wikidata: str | None = None
    # What the registry calls it ("person:putin", "state:TUR"), or None for one nobody listed.
    key: str | None = None
    office: str | None = None


@dataclass(slots=True)
class ActorMention:
    """A phrase that names one or more entities (``الجانبان`` names two).

    ``[first, last)`` is the whole phrase (title, nisba and name together) and ``head`` the token
    that stands for it in the sentence; ``start`` leaves out proclitics. ``prep`` is the
    preposition that governs it, written apart or as proclitic (``ب``, ``مع``, ``بين``), "" if
    none; ``locative`` says that it is named as a place (``في موسكو``, ``مدينة دمشق``), so that
    it acts only where nothing better is found. ``within`` is the index of the mention that
    holds this one (the state inside an office's title), or None. ``joined`` is the index of the
    mention that this one continues after ``و`` ("Turkey and Russia"), or None. ``anchor`` says of
    a common noun whose state is not said with it where that may come from (``institution``,
    ``place``); ``possessed`` that a pronoun names its owner (``قواتها``). ``named`` are the tokens
    of the person's own name where a title goes before it, or None. ``governed`` says that its ending
    shows that it is no subject (``جنديا``, ``متظاهرين``); ``human`` that it names people one by one
    (``جنود``), not a force or a body (``الجيش``).
    """

    index: int
    first: int
    last: int
    head: int
    start: int
    end: int
    sentence: int
    entities: tuple[int, ...]
    codes: tuple[str, ...]
    how: str
    kind: str
    number: str = "s"
    gender: str | None = None
    prep: str = ""
    locative: bool = False
    within: int | None = None
    joined: int | None = None
    rule: str = ""
    anchor: str = ""
    possessed: bool = False
    named: tuple[int, int] | None = None
    governed: bool = False
    human: bool = False


@dataclass(slots=True)
class PlaceMention:
    """A place named in the text, chosen from the gazetteer by `rasd.where`.

    ``prep`` as for `ActorMention`. ``dateline`` is true for the place an article is sent from.
    """

    first: int
    last: int
    start: int
    end: int
    sentence: int
    ar: str
    en: str
    country: str | None
    lat: float | None
    lon: float | None
    geonames: int | None
    kind: str
    prep: str = ""
    dateline: bool = False


@dataclass(slots=True)
class Document:
    """An article at work. Lists are filled in the order of the reader's steps."""

    text: str
    tokens: list[Token]
    sentences: list[Sentence]
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: dt.date | None = None
    times: list[TimeMention] = field(default_factory=list[TimeMention])
    entities: list[EntityDraft] = field(default_factory=list[EntityDraft])
    actors: list[ActorMention] = field(default_factory=list[ActorMention])
    places: list[PlaceMention] = field(default_factory=list[PlaceMention])

    def sentence_tokens(self, sentence: Sentence) -> list[Token]:
        return self.tokens[sentence.first : sentence.last]
