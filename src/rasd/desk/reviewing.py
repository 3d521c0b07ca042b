"""What the review pages and the API share: who takes reviews, filters and marks of the queue, forms as answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from fastapi import Request

from rasd.chronicle import Answer, Review
from rasd.desk.desk import Desk
from rasd.desk.rendering import desk_of
from rasd.record import Entity, Record, Span
from rasd.reviews import Knowledge, Reviewer
from rasd.reviews.giving import CHANCE, UNSURE, Standing, is_key, standings
from rasd.reviews.queue import Choice, around
from rasd.store.ledger import Ledger

_BETWEEN = re.compile(r"[\s,;،؛]+")
_MARK = re.compile(r"(\d{1,19}(?:\.\d{1,20})?)~(\d{1,18})")
_LONGEST = 200
_making = Lock()


def reviewer_of(request: Request) -> Reviewer:
    """Who takes reviews into the desk's database; made once for an application."""
    state = request.app.state
    with _making:
        if not hasattr(state, "reviewer"):
            desk: Desk = desk_of(request)
            state.reviewer = Reviewer(desk.store, Knowledge(desk.files))
    return state.reviewer


def seen_at_once(request: Request) -> None:
    """Let the next page, whoever asks for it, show what was just reviewed."""
    desk_of(request).answers.forget()


@dataclass(slots=True, frozen=True)
class Asked:
    """Which queue is asked for, as its address says it; ``pair`` is one power or two (``RUS TUR``)."""

    type: str = ""
    source: str = ""
    pair: str = ""
    by: str = UNSURE
    behind: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Asked:
        """What a query or a form asks for; what cannot be is left out."""
        said = {name: str(values.get(name) or "")[:_LONGEST].strip() for name in cls.__slots__}
        said["by"] = said["by"] if said["by"] in (CHANCE, UNSURE) else UNSURE
        return cls(**said)

    def choice(self, desk: Desk) -> Choice:
        """The reports that are meant. A power that nobody knows is looked for by its letters, and not found."""
        parties = [desk.party(part) for part in self._parts(desk)]
        codes = tuple(p.code if p is not None else "?" for p in parties)
        return Choice(self.type or None, self.source or None, codes)

    def _parts(self, desk: Desk) -> list[str]:
        """The powers of ``pair``: a name of several words is one where it is known as a whole."""
        if not self.pair:
            return []
        return [self.pair] if desk.party(self.pair) else [p for p in _BETWEEN.split(self.pair) if p][:4]

    @property
    def mark(self) -> tuple[float, int] | None:
        """Where the queue goes on, as `mark_said` wrote it."""
        match = _MARK.fullmatch(self.behind)
        return None if match is None else (float(match[1]), int(match[2]))

    def values(self, **other: str) -> dict[str, str]:
        """These as the values of an address."""
        mine = {name: getattr(self, name) for name in self.__slots__}
        return {**mine, "by": "" if self.by == UNSURE else self.by, **other}


def mark_said(mark: tuple[float, int]) -> str:
    """A mark of the queue as a part of an address."""
    return f"{mark[0]:.12g}~{mark[1]}"


@dataclass(slots=True)
class Item:
    """An event of an article as its review page shows it.

    ``words`` are the trigger's place; ``before``, ``sentence``, ``after`` the text around it, ``again`` later tellings;
    ``history`` all reviews of it, the last last.
    """

    article: str
    record: Record
    standing: Standing
    words: Span
    before: Span
    sentence: Span
    after: Span
    again: list[Span]
    history: list[Review]
    occurrence: str | None

    @property
    def id(self) -> str:
        return f"{self.article}/{self.standing.id}"

    @property
    def answer(self) -> Answer | None:
        """What is held of the event now, or was read of it where that was refused."""
        read = self.standing.review.read if self.standing.review is not None else None
        return self.standing.answer or (read.answer if read is not None else None)

    def cut(self, span: Span) -> str:
        return self.record.article.text[span.start : span.end]

    @property
    def named(self) -> list[Entity]:
        """Those named in the article who have a code, each code once."""
        found = {e.code: e for e in reversed(self.record.entities) if e.code and not e.code.startswith("None")}
        return sorted(found.values(), key=lambda e: e.code or "")


def item(ledger: Ledger, article: str, event: str) -> Item | None:
    """An event of an article, None where there is none such."""
    record = ledger.record(article) if is_key(article) else None
    if record is None:
        return None
    every = ledger.reviews([article], every=True)
    known = standings(record, [r for r in every if r.current])
    standing = next((s for s in known if s.id == event), None)
    if standing is None:
        return None
    words = words_of(standing)
    thread = standing.review.thread if standing.review is not None else None
    history = [r for r in every if r.thread == thread or (thread is None and _of(r, standing))]
    again = [
        Span(e.evidence.start, e.evidence.end)
        for e in record.events
        if standing.event is not None and e.same_as == standing.id and e.sentence != standing.event.sentence
    ]
    spans = around(record.sentences, words, len(record.article.text))
    return Item(article, record, standing, words, *spans, again, history, ledger.occurrence_of(f"{article}/{event}"))


def words_of(standing: Standing) -> Span:
    """Where the word stands that tells an event."""
    if standing.event is not None:
        return Span(standing.event.trigger.start, standing.event.trigger.end)
    review = standing.review
    return Span(review.start or 0, review.end or 0) if review is not None else Span(0, 0)


def _of(review: Review, standing: Standing) -> bool:
    """Whether a review that holds no more was of this event."""
    event = standing.event
    if event is None:
        return False
    return (review.start, review.end, review.type) == (event.trigger.start, event.trigger.end, event.type)


def sides(said: str) -> tuple[str, ...]:
    """Codes as a person writes them in one line."""
    return tuple(part for part in _BETWEEN.split(said[:2000]) if part)


def answer_said(form: Mapping[str, Any]) -> Answer:
    """The answer that a form holds, not checked yet."""

    def text(name: str) -> str:
        value = form.get(name)
        return value.strip() if isinstance(value, str) else ""

    return Answer(
        text("type"), text("mode") or None, text("status"), sides(text("actors")), sides(text("recipients")),
        text("date") or None, text("place") or None, text("source") or None,
    )  # fmt: skip


def nth(text: str, words: str, number: int) -> Span | None:
    """Where words stand in a text for the n-th time (from 1), None where they do not."""
    at = -1
    for _ in range(max(1, min(number, 10_000))):
        at = text.find(words, at + 1)
        if at < 0 or not words:
            return None
    return Span(at, at + len(words))


def pieces(text: str, marks: Sequence[tuple[Span, str]]) -> list[tuple[str, str | None]]:
    """A text cut at its marks: each piece with the mark that it bears. Of marks that overlap the first stays."""
    found: list[tuple[str, str | None]] = []
    at = 0
    for span, mark in sorted(marks, key=lambda m: (m[0].start, m[0].end)):
        if span.start < at or span.end <= span.start:
            continue
        if span.start > at:
            found.append((text[at : span.start], None))
        found.append((text[span.start : span.end], mark))
        at = span.end
    if at < len(text):
        found.append((text[at:], None))
    return found
