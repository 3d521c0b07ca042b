"""One event: all its reports side by side, what differs between them, how its status moved, how sure it is."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from rasd.chronicle import Occurrence, Report, place_key
from rasd.desk.marking import Mark, Piece, marks_of, pieces
from rasd.desk.paging import Paging, paging
from rasd.desk.rendering import desk_of, render
from rasd.record import Event, Name, Record
from rasd.relations.naming import in_english
from rasd.store.ledger import Ledger

router = APIRouter()

_SIZE = 12


@dataclass(frozen=True, slots=True)
class Telling:
    """A report as its card shows it: its words with what they say of this event marked, those of later tellings in
    the article, the fields in which it stands against others, the report that it is a near-copy of, and whom the
    article names, by their English names."""

    report: Report
    number: int
    words: list[list[Piece]]
    retold: list[list[list[Piece]]]
    differs: frozenset[str]
    copy_of: int | None
    named: dict[str, Name]


@router.get("/event/{id}", response_class=HTMLResponse)
def event(request: Request, id: str, page: int = 1) -> HTMLResponse:
    """An event by its id (``o12``)."""
    desk = desk_of(request)
    with desk.store.reading() as ledger:
        occurrence = ledger.occurrences_by_id([id[:20]]).get(id)
        if occurrence is None:
            raise HTTPException(404, "missing.event")
        shown = paging(request, len(occurrence.reports), page, _SIZE)
        reports = list(ledger.reports(occurrence.reports).values())
        tellings = _tellings(ledger, occurrence, reports, shown)
        denied = ledger.occurrences_by_id([occurrence.denies]).get(occurrence.denies) if occurrence.denies else None
        affairs = ledger.affair_names(occurrence.affairs)
    return render(
        request, "event.html.j2", o=occurrence, tellings=tellings, paging=shown, denied=denied, affairs=affairs,
        numbers={r.id: n for n, r in enumerate(reports, 1)}, reports={r.id: r for r in reports},
        course=_course(occurrence), pairs=_pairs(occurrence),
        places={r.place.name.en or r.place.name.ar: r.place for r in reports if r.place},
        where=place_key(occurrence.place) if occurrence.place else None,
    )  # fmt: skip


def _tellings(ledger: Ledger, occurrence: Occurrence, reports: Sequence[Report], shown: Paging) -> list[Telling]:
    first: dict[str, int] = {}
    for number, report in enumerate(reports, 1):
        first.setdefault(report.voice, number)
    here = list(enumerate(reports, 1))[shown.offset : shown.offset + shown.size]
    records = ledger.records([r.source.key for _, r in here])
    return [_telling(occurrence, r, n, records.get(r.source.key), first[r.voice]) for n, r in here]


def _telling(occurrence: Occurrence, report: Report, number: int, record: Record | None, first: int) -> Telling:
    differs = frozenset(d.field for d in occurrence.differences if any(report.id in ids for _, ids in d.values))
    text = record.article.text if record else ""
    marks = _own_marks(record, report.id.rpartition("/")[2]) if record else []
    spans = [report.words, *report.retold]
    shown = [pieces(text, marks, w.start, w.end) if text else [[Piece(w.text, w.start)]] for w in spans]
    named = in_english(record.entities) if record else {}
    return Telling(report, number, shown[0], shown[1:], differs, first if first != number else None, named)


def _own_marks(record: Record, id: str) -> list[Mark]:
    """The marks of a text that say something of one event: its words, its sides, times and places near them."""
    own: list[Event] = [e for e in record.events if id in (e.id, e.same_as)]
    ids = {e.id for e in own}
    sides = {n for e in own for n in (*e.actors, *e.recipients, *(o.entity for o in e.others))}
    return [
        m for m in marks_of(record)
        if (m.kind == "event" and m.of in ids) or (m.kind == "actor" and m.of in sides) or m.kind in ("time", "place")
    ]  # fmt: skip


def _course(occurrence: Occurrence) -> list[tuple[str, str | None, str]]:
    """How the status moved: each status with the day and the report that it came with; one alone is no move."""
    moved = [next(group) for _, group in itertools.groupby(occurrence.course, key=lambda c: c.status)]
    return [(c.status, c.on, c.report) for c in moved] if len(moved) > 1 else []


def _pairs(occurrence: Occurrence) -> list[tuple[str, str]]:
    """The relationships that an event belongs to: who acts with whom it is done to, or who act together."""
    actors = list(dict.fromkeys(s.code.partition("/")[0] for s in occurrence.actors))
    recipients = list(dict.fromkeys(s.code.partition("/")[0] for s in occurrence.recipients))
    found = itertools.product(actors, recipients) if recipients else itertools.combinations(actors, 2)
    return [(a, b) for a, b in found if a != b and "None" not in (a, b)][:6]
