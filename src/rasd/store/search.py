"""Searching the articles: the best ones first, each with the words that were found in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from rasd.record import Span
from rasd.store import index
from rasd.store.articles import Choice, Listed, listed_as, listed_columns
from rasd.store.location import StoreError
from rasd.store.packing import unpack_reports, unpack_text
from rasd.store.query import Passage, Wanted, marks, passages, wanted
from rasd.store.schema import article
from rasd.store.terms import Terms

# Lines of events that are shown of an article.
_LINES = 3


@dataclass(slots=True)
class Line:
    """An event of an article whose English line has what was looked for, and where in it."""

    report: str
    text: str
    marks: list[Span]


@dataclass(slots=True)
class Hit:
    """An article that was found: where in its headline, in which passages of its text, in which events' lines."""

    article: Listed
    score: float
    title: list[Span] = field(default_factory=list[Span])
    passages: list[Passage] = field(default_factory=list[Passage])
    lines: list[Line] = field(default_factory=list[Line])


@dataclass(slots=True)
class Found:
    """What a search found. ``every``: each has all that was looked for; else none has, and these have some of it."""

    hits: list[Hit]
    every: bool


def search(
    connection: Connection, terms: Terms, query: str, choice: Choice, *, limit: int = 10, offset: int = 0
) -> Found:
    """The articles that a query finds, the best first.

    A query is words, all of which are looked for; ``"a phrase"``; ``begin*``; ``-without``; ``this OR that``
    (``هذا أو ذاك``). Raises `StoreError` where nothing is looked for.
    """
    asked = wanted(query, terms)
    if not asked.groups:
        raise StoreError("nothing to look for: give a word that says something")
    found = index.find(connection, asked, choice, limit=limit, offset=offset)
    every = bool(found) or len(asked.groups) == 1 or offset > 0
    if not every:
        found = index.find(connection, asked, choice, every=False, limit=limit, offset=offset)
    return Found(_hits(connection, found, asked, terms), every)


def _hits(connection: Connection, found: Sequence[tuple[int, float]], asked: Wanted, terms: Terms) -> list[Hit]:
    a = article.c
    query = select(*listed_columns(), a.text, a.record, a.reports, a.voice).where(a.id.in_([n for n, _ in found]))
    rows = {row.id: row for row in connection.execute(query)}
    hits: list[Hit] = []
    for number, score in found:
        row = rows[number]
        hit = Hit(listed_as(row), round(score, 4))
        text = unpack_text(row.text)
        hit.title = marks(row.title or "", asked, terms)
        hit.passages = passages(text, asked, terms)
        if not hit.passages or _latin(asked):
            for report in unpack_reports(row.reports, row.record, text, hit.article.source_of(), row.voice):
                at = marks(report.gloss.en, asked, terms)
                if at:
                    hit.lines.append(Line(report.id, report.gloss.en, at))
            most = max((len(line.marks) for line in hit.lines), default=0)
            hit.lines = [line for line in hit.lines if len(line.marks) == most][:_LINES]
        hits.append(hit)
    return hits


def _latin(asked: Wanted) -> bool:
    """Whether a query has a word that only the English lines are sure to have."""
    return any(t.stem.isascii() for group in asked.groups for phrase in group for t in phrase.terms)
