"""A page before it has a form: what stands on it in one language, in order.

The same page becomes Markdown, HTML or text for a terminal. Arabic words of articles stand in `Cited` alone, so that
each form can set them apart and in their own direction.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Language = Literal["en", "ar"]
LANGUAGES: tuple[Language, ...] = ("en", "ar")


@dataclass(slots=True)
class Cited:
    """Source words around the one that carries the event (``marked``, may be empty) and where they stand.

    ``credit`` is the outlet, headline and day, those that are known (in a line of another direction each stands by
    itself); ``number`` that of the article in the page's list, ``article`` its key.
    """

    before: str
    marked: str
    after: str
    credit: list[str]
    number: int
    article: str = ""

    @property
    def worded(self) -> bool:
        """Whether there are words at all: the row of an imported table may bring none."""
        return bool(self.before or self.marked or self.after)


@dataclass(slots=True)
class Item:
    """One statement. ``head`` stands before it (a date), ``tags`` after it; ``details`` are labelled.

    ``number`` is its place in the chronology, ``refers`` that of a statement told in full elsewhere; 0: none.
    ``event`` is the id of the occurrence that it tells, ``affair`` the key of the affair that it is about.
    """

    text: str
    head: str = ""
    tags: list[str] = field(default_factory=list[str])
    details: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    cited: list[Cited] = field(default_factory=list[Cited])
    number: int = 0
    refers: list[int] = field(default_factory=list[int])
    doubtful: bool = False
    event: str = ""
    affair: str = ""


@dataclass(slots=True)
class Group:
    """Items under a title of their own; ``more`` says what was left out."""

    title: str
    items: list[Item]
    note: str = ""
    more: str = ""


@dataclass(slots=True)
class Table:
    head: list[str]
    rows: list[list[str]]


@dataclass(slots=True)
class Bar:
    """A day, week or month of the course, and how many events it counts. ``pale``: told in retrospect, nothing of that
    time was read."""

    begin: dt.date
    label: str
    cooperation: float
    conflict: float
    pale: bool
    end: dt.date | None = None
    events: int = 0


@dataclass(slots=True)
class Band:
    """A period over the bars, from the first to the last that it holds (indexes, both included)."""

    name: str
    first: int
    last: int
    worse: bool


@dataclass(slots=True)
class Chart:
    """The course and its periods as they are drawn; ``turns`` are indexes of bars, ``gaps`` those before which time
    is left out. ``legend`` names cooperation and conflict; ``caption`` says what is shown."""

    bars: list[Bar]
    bands: list[Band]
    turns: list[int]
    gaps: list[int]
    legend: tuple[str, str]
    caption: str


@dataclass(slots=True)
class Section:
    """A part of the page with a heading. ``id`` is its anchor."""

    id: str
    title: str
    groups: list[Group]
    notes: list[str] = field(default_factory=list[str])
    facts: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    chart: Chart | None = None
    table: Table | None = None


@dataclass(slots=True)
class Source:
    """An article in the page's list: its number, what it is, its address if it has one, words that date it."""

    number: int
    credit: list[str]
    url: str | None
    cited: list[str]


@dataclass(slots=True)
class Page:
    language: Language
    kind: str
    title: str
    subtitle: list[str]
    facts: list[tuple[str, str]]
    sections: list[Section]
    sources_title: str
    sources: list[Source]
    foot: str
    facts_title: str = ""

    @property
    def direction(self) -> str:
        return "rtl" if self.language == "ar" else "ltr"
