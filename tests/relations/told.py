"""Occurrences and lines from a few words, for tests of the views of a relationship."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rasd.chronicle import Occurrence, Side, StatusChange
from rasd.record import EventDate, Gloss, Name
from rasd.relations.days import first_day, last_day
from rasd.relations.lines import Line, Quote

_KINDS = {
    "CONSULT": ("verbal_cooperation", 2.5),
    "AGREE": ("verbal_cooperation", 2.5),
    "SUPPORT": ("verbal_cooperation", 5.0),
    "AID": ("material_cooperation", 10.0),
    "ACCUSE": ("verbal_conflict", -3.0),
    "ASSAULT": ("material_conflict", -9.0),
}


def date(value: str | None) -> EventDate | None:
    """``2031-05-02``, ``2031-05`` or ``2031-05-02..2031-05-09`` as an event's date."""
    if value is None:
        return None
    begin, _, end = value.partition("..")
    first, last = first_day(begin), last_day(end or begin)
    assert first is not None
    assert last is not None
    return EventDate(value, first.isoformat(), last.isoformat(), None, None, False)


def occurrence(
    id: str = "o1",
    type: str = "CONSULT",
    actors: str = "AAA/GOV BBB/GOV",
    recipients: str = "",
    on: str | None = None,
    status: str = "occurred",
    **more: Any,
) -> Occurrence:
    quad, score = _KINDS[type]
    given: dict[str, Any] = {
        "mode": None, "contexts": [], "place": None, "affairs": [], "confidence": 0.9, "reports": [f"{id}/e1"],
        "voices": 1, "gloss": Gloss(f"{id} بالعربية", f"{id} in English"), "course": [StatusChange(status, on, id)],
    } | more  # fmt: skip
    return Occurrence(
        id=id, type=type, quad=quad, score=score, actors=_sides(actors), recipients=_sides(recipients), status=status,
        date=date(on), **given,
    )  # fmt: skip


def line(id: str = "o1", *, told: str | None = None, rules: tuple[str, ...] = (), **more: Any) -> Line:
    """The line of an `occurrence`, told first on the day ``told``, else on its own day."""
    made = occurrence(id, **more)
    day = told or (made.date.end if made.date else None)
    return Line(made, [Quote(id, f"words of {id}")], [], [], list(rules), ["paper"], [id], ["voice:1"], day)


def lines(first: str, days: int, *, every: int = 1, **more: Any) -> list[Line]:
    """One line every so many days from ``first`` on."""
    begin = dt.date.fromisoformat(first)
    return [
        line(f"{more.get('type', 'CONSULT')}{n}", on=(begin + dt.timedelta(days=n)).isoformat(), **more)
        for n in range(0, days, every)
    ]


def read_daily(first: str, days: int, articles: int = 10) -> dict[dt.date, int]:
    begin = dt.date.fromisoformat(first)
    return {begin + dt.timedelta(days=n): articles for n in range(days)}


def _sides(codes: str) -> list[Side]:
    return [Side(code, Name(None, code), None) for code in codes.split()]
