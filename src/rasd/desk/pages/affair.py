"""An affair (an issue, a project, an agreement, a goal, a gathering): what it is, whose, how far it has come."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from rasd.desk import links
from rasd.desk.asking import lines
from rasd.desk.finding import TOOLS
from rasd.desk.mapping import mapped
from rasd.desk.rendering import desk_of, language_of, render
from rasd.relations.disputes import Stance, stances
from rasd.relations.lines import Line
from rasd.relations.topics import Topic, folded, topics
from rasd.store.events import AffairTally, EventChoice, PlaceTally
from rasd.store.ledger import Ledger

router = APIRouter()

KINDS = ("agreement", "project", "issue", "target", "gathering")
_LISTED = 400
# So many events stand on the page, those told last; all are in the search that it leads to.
_EVENTS = 40
_PLACES, _POWERS, _QUOTES = 60, 12, 6


@dataclass(frozen=True, slots=True)
class _Known:
    """An affair, how many events are about it and who stands in them, the latest of them, where, who holds what."""

    topic: Topic
    total: int
    powers: dict[str, int]
    status: dict[str, int]
    events: list[Line]
    places: list[PlaceTally]
    stances: list[Stance]


@router.get("/affairs", response_class=HTMLResponse)
def affairs(request: Request, name: str = "", kind: str = "") -> HTMLResponse:
    """The affairs that events are about, those of most events first, by kind and by a part of their name."""
    desk = desk_of(request)
    with desk.store.reading() as ledger:
        told = desk.answers.get("affairs told", lambda: ledger.affairs_told(EventChoice()))
    kind = kind if kind in KINDS else ""
    found = [a for a in told if (not kind or a.kind == kind) and _called(a, folded(name[:200]))]
    return render(
        request, "affairs.html.j2", affairs=found[:_LISTED], total=len(found), kinds=KINDS, kind=kind, name=name[:200]
    )


def _called(affair: AffairTally, part: str) -> bool:
    """Whether a part of an affair's name is this."""
    return not part or any(part in folded(n) for n in (affair.name.ar, affair.name.en) if n)


@router.get("/affair/{key:path}", response_class=HTMLResponse)
def affair(request: Request, key: str) -> Response:
    """An affair by its key (`rasd.chronicle.affair_key`), or by its name in either language."""
    desk = desk_of(request)
    key = key[:300]
    with desk.store.reading() as ledger:
        known = desk.answers.get(("affair", key), lambda: _known(ledger, key))
        if known is None:
            told = desk.answers.get("affairs told", lambda: ledger.affairs_told(EventChoice()))
            named = [a.key for a in told if folded(key) in {folded(n) for n in (a.name.ar, a.name.en) if n}]
            if named:
                return RedirectResponse(links.affair(named[0]), 307)
            raise HTTPException(404, "missing.affair")
    say = desk.words(language_of(request))
    name = say.name(known.topic.name)
    map_ = mapped(desk, say, known.places, about=name)
    return render(
        request,
        "affair.html.j2",
        key=key,
        name=name,
        topic=known.topic,
        known=known,
        map=map_,
        quotes=_QUOTES,
        tools=TOOLS,
    )


def _known(ledger: Ledger, key: str) -> _Known | None:
    stated = list(ledger.affairs(keys=[key]))
    if not stated:
        return None
    choice = EventChoice(about=(key,))
    events = lines(ledger, ledger.events(choice, limit=_EVENTS))
    return _Known(
        topics(stated, events)[0], ledger.count_events(choice), ledger.powers(choice, limit=_POWERS),
        ledger.tally(choice, "status"), events, ledger.places(choice, limit=_PLACES),
        stances(ledger.positions(about=[key])),
    )  # fmt: skip
