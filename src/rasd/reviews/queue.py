"""What waits for review: reports that nobody has seen, the least sure first, or drawn by lot.

Figures over events that were picked because they are doubtful say how Rasd does on doubtful ones. Those drawn by lot
stand for all: `rasd.reviews.accuracy` tells them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, tuple_

from rasd.chronicle import Report
from rasd.record import Span
from rasd.reviews.giving import CHANCE, UNSURE
from rasd.store.ledger import Ledger
from rasd.store.rows import main_code
from rasd.store.schema import Query, article, occurrence_side, report, review

# A lot that is the same for a report each time: its number, scattered over a range of primes.
_SPREAD, _RANGE = 2654435761, 4294967291


@dataclass(slots=True, frozen=True)
class Choice:
    """Which reports are asked for: of a type, of a paper, of events on whose sides these powers stand."""

    type: str | None = None
    source: str | None = None
    codes: Sequence[str] = ()


@dataclass(slots=True)
class Waiting:
    """A report that waits. ``occurrence`` is the event that it tells, ``mark`` where the queue goes on behind it.

    ``before``, ``sentence``, ``after`` are the words around its trigger as offsets into ``text``, the article's.
    """

    report: Report
    occurrence: str
    mark: tuple[float, int]
    text: str
    before: Span
    sentence: Span
    after: Span


def waiting(
    ledger: Ledger, choice: Choice | None = None, *, picked: str = UNSURE, behind: tuple[float, int] | None = None,
    limit: int = 1,
) -> list[Waiting]:  # fmt: skip
    """The reports that wait, in the order of ``picked`` (`UNSURE` or `CHANCE`); ``behind`` the mark of one of them."""
    r = report.c
    order = _lot() if picked == CHANCE else r.confidence
    query = _open(select(r.id, r.article_id, r.number, r.occurrence_id, order.label("rank")), choice or Choice())
    if behind is not None:
        query = query.where(tuple_(order, r.id) > behind)
    rows = ledger.connection.execute(query.order_by(order, r.id).limit(limit)).all()
    found: list[Waiting] = []
    for row in rows:
        id = f"{row.article_id}/e{row.number}"
        told = ledger.reports([id]).get(id)
        record = ledger.record(str(row.article_id))
        if told is None or record is None:
            continue
        spans = around(record.sentences, told.trigger, len(record.article.text))
        mark = float(row.rank), int(row.id)
        found.append(Waiting(told, f"o{row.occurrence_id}", mark, record.article.text, *spans))
    return found


def count(ledger: Ledger, choice: Choice | None = None) -> int:
    """How many reports wait."""
    return ledger.connection.execute(_open(select(func.count()).select_from(report), choice or Choice())).scalar() or 0


def around(sentences: Sequence[Span], trigger: Span, length: int) -> tuple[Span, Span, Span]:
    """The sentence that holds a trigger, with the one before it and the one behind it."""
    at = next((n for n, s in enumerate(sentences) if s.start <= trigger.start < s.end), None)
    if at is None:
        first, last = max(0, trigger.start - 200), min(length, trigger.end + 200)
        return Span(first, first), Span(first, last), Span(last, last)
    here = sentences[at]
    before = sentences[at - 1] if at else Span(here.start, here.start)
    after = sentences[at + 1] if at + 1 < len(sentences) else Span(here.end, here.end)
    return before, here, after


def _lot() -> Any:
    return (report.c.id * _SPREAD) % _RANGE


def _open(query: Query, choice: Choice) -> Query:
    """A query of reports, for those of a choice that nobody has reviewed."""
    r, v = report.c, review.c
    seen = select(1).where(
        v.article_id == r.article_id, v.current, v.start == r.trigger_start, v.stop == r.trigger_end
    )  # fmt: skip
    query = query.where(~seen.exists())
    if choice.type is not None:
        query = query.where(r.type == choice.type)
    if choice.source is not None:
        of = select(1).where(article.c.id == r.article_id, article.c.source == choice.source)
        query = query.where(of.exists())
    for code in choice.codes:
        side = occurrence_side.alias()
        on = select(1).where(side.c.main == main_code(code), side.c.occurrence_id == r.occurrence_id)
        query = query.where(on.exists())
    return query


__all__ = ["CHANCE", "UNSURE", "Choice", "Waiting", "around", "count", "waiting"]
