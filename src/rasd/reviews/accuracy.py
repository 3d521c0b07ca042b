"""How right Rasd has been, by the people who reviewed it, and how sure that is.

An event counts once, by its current review, for what Rasd had read when the event was reviewed; further tellings that
were decided with it do not count. What was picked as doubtful says little of the rest: events drawn by lot are counted
apart. What Rasd missed is known only of articles that a person read through.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from rasd.chronicle import Review
from rasd.relations.reviewed import ACCEPTED, ADDED, REFUSED
from rasd.reviews.answers import FIELDS, changed
from rasd.reviews.giving import CHANCE
from rasd.store import reviews as kept
from rasd.store.ledger import Ledger
from rasd.store.schema import article, review

# The normal deviate of an interval that holds the truth 19 times in 20.
_Z = 1.959964


@dataclass(slots=True, frozen=True)
class Share:
    """So many right ``of`` so many, and between which shares (0 to 1) the truth lies 19 times in 20 (Wilson).

    ``share`` and the bounds are None where nothing was counted.
    """

    right: int
    of: int

    @property
    def share(self) -> float | None:
        return self.right / self.of if self.of else None

    @property
    def low(self) -> float | None:
        bounds = wilson(self.right, self.of)
        return None if bounds is None else bounds[0]

    @property
    def high(self) -> float | None:
        bounds = wilson(self.right, self.of)
        return None if bounds is None else bounds[1]


@dataclass(slots=True)
class Figures:
    """What was counted of one group of events (all, a type, a paper). ``key`` names the group.

    ``events`` are there at all, in the type that was read; ``whole`` right in every field; ``fields`` gives each
    field of those that are there.
    """

    key: str | None
    reviewed: int = 0
    there: int = 0
    typed: int = 0
    accepted: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))

    def count(self, one: Review) -> None:
        """Add an event."""
        if one.read is None:
            return
        self.reviewed += 1
        if one.verdict == REFUSED or one.answer is None:
            return
        wrong = changed(one.read.answer, one.answer)
        self.there += 1
        self.typed += "type" not in wrong
        self.accepted += one.verdict == ACCEPTED
        for name in FIELDS:
            self.right[name] += name not in wrong

    @property
    def events(self) -> Share:
        return Share(self.typed, self.reviewed)

    @property
    def whole(self) -> Share:
        return Share(self.accepted, self.reviewed)

    @property
    def fields(self) -> dict[str, Share]:
        return {name: Share(right, self.there) for name, right in self.right.items()}


@dataclass(slots=True)
class Accuracy:
    """The figures: of events drawn by ``lot``, and of ``all`` reviewed; by type and by source, each of all and by lot.

    ``found`` is how many of the events of articles that were read through Rasd had read. ``by_confidence`` are groups
    of a tenth (``0.6`` for 0.6 up to 0.7): what was to be right so often.
    """

    all: Figures
    lot: Figures
    by_type: list[tuple[Figures, Figures]]
    by_source: list[tuple[Figures, Figures]]
    by_confidence: list[Figures]
    found: Share
    read_through: int
    people: list[tuple[str, int]]


def accuracy(ledger: Ledger) -> Accuracy:
    """How right Rasd has been, by all reviews that hold."""
    counted = [(one, source) for one, source in _current(ledger) if one.id == one.batch or one.read is None]
    whole = kept.articles_read_through(ledger.connection)
    seen = [one for one, _ in counted if one.article in whole]
    missed = sum(one.verdict == ADDED for one in seen)
    there = sum(one.read is not None and one.verdict != REFUSED for one in seen)
    read = [(one, source) for one, source in counted if one.read is not None]
    people: dict[str, int] = {}
    for one, _ in counted:
        people[one.person] = people.get(one.person, 0) + 1
    return Accuracy(
        all=_figures(None, (one for one, _ in read)),
        lot=_figures(None, (one for one, _ in read if one.picked == CHANCE)),
        by_type=_grouped(read, lambda one, _: one.read.answer.type if one.read else None),
        by_source=_grouped(read, lambda _, source: source),
        by_confidence=[f for f, _ in _grouped(read, lambda one, _: _tenth(one), by_size=False)],
        found=Share(there, there + missed),
        read_through=len(whole),
        people=sorted(people.items(), key=lambda p: (-p[1], p[0])),
    )


def wilson(right: int, of: int) -> tuple[float, float] | None:
    """Between which shares the truth lies 19 times in 20, of so many right of so many; None of none."""
    if not of:
        return None
    share, z2 = right / of, _Z * _Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def _current(ledger: Ledger) -> list[tuple[Review, str | None]]:
    """The reviews that hold, each with its article's paper."""
    query = select(review, article.c.source).join(article, article.c.id == review.c.article_id)
    rows = ledger.connection.execute(query.where(review.c.current).order_by(review.c.id)).all()
    return [(kept.review_of(row), row.source) for row in rows]


def _figures(key: str | None, of: Iterable[Review]) -> Figures:
    found = Figures(key)
    for one in of:
        found.count(one)
    return found


def _grouped(
    read: list[tuple[Review, str | None]], key: Callable[[Review, str | None], str | None], *, by_size: bool = True
) -> list[tuple[Figures, Figures]]:
    """The figures of each group, of all in it and of those drawn by lot; the largest first, or by their keys."""
    groups: dict[str | None, list[Review]] = {}
    for one, source in read:
        groups.setdefault(key(one, source), []).append(one)
    made = [(_figures(k, of), _figures(k, (o for o in of if o.picked == CHANCE))) for k, of in groups.items()]
    return sorted(made, key=lambda pair: (-pair[0].reviewed if by_size else 0, pair[0].key or ""))


def _tenth(one: Review) -> str:
    return f"{min(9, int((one.read.confidence if one.read else 0) * 10)) / 10:.1f}"


def plain(found: Accuracy) -> dict[str, Any]:
    """The figures as plain values, for JSON."""
    return {
        "all": _plain(found.all), "lot": _plain(found.lot),
        "by_type": [{"all": _plain(a), "lot": _plain(b)} for a, b in found.by_type],
        "by_source": [{"all": _plain(a), "lot": _plain(b)} for a, b in found.by_source],
        "by_confidence": [_plain(f) for f in found.by_confidence],
        "found": _share(found.found), "read_through": found.read_through,
        "people": [{"person": person, "reviews": n} for person, n in found.people],
    }  # fmt: skip


def _plain(figures: Figures) -> dict[str, Any]:
    return {
        "key": figures.key, "reviewed": figures.reviewed, "events": _share(figures.events),
        "whole": _share(figures.whole), "fields": {name: _share(share) for name, share in figures.fields.items()},
    }  # fmt: skip


def _share(share: Share) -> dict[str, Any]:
    rounded = {name: None if (v := getattr(share, name)) is None else round(v, 4) for name in ("share", "low", "high")}
    return {"right": share.right, "of": share.of, **rounded}
