"""A place, or a country with its places: what happened there, when, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from rasd.desk.asking import lines
from rasd.desk.choosing import is_country
from rasd.desk.desk import Desk
from rasd.desk.finding import TOOLS
from rasd.desk.language import Words
from rasd.desk.mapping import mapped
from rasd.desk.rendering import desk_of, language_of, render
from rasd.relations.lines import Line
from rasd.relations.pages.wording import clean
from rasd.store.events import AffairTally, EventChoice, KeptPlace, PlaceTally
from rasd.store.ledger import Ledger

router = APIRouter()

_LATEST, _AROUND, _AFFAIRS, _POWERS = 20, 60, 8, 12


@dataclass(frozen=True, slots=True)
class _Known:
    """What is kept of a place or country; ``around`` are the places of its country."""

    total: int
    types: dict[str, int]
    quads: dict[str, int]
    powers: dict[str, int]
    around: list[PlaceTally]
    affairs: list[AffairTally]
    latest: list[Line]
    span: tuple[str, str] | None


@router.get("/place/{key:path}", response_class=HTMLResponse)
def place(request: Request, key: str) -> HTMLResponse:
    """A place by its key (`rasd.chronicle.place_key`), or a country by its code."""
    desk = desk_of(request)
    say = desk.words(language_of(request))
    key = key[:200]
    country = is_country(desk, key)
    with desk.store.reading() as ledger:
        found = None if country else ledger.place(key)
        if not country and found is None:
            raise HTTPException(404, "missing.place")
        choice = EventChoice(countries=(key,)) if country else EventChoice(places=(key,))
        of = key if country else found.country if found else None
        known = desk.answers.get(("place", key), lambda: _known(ledger, choice, of))
    name = say.code(key) if country else _name(desk, say, found)
    map_ = mapped(desk, say, _shown(found, known), here=frozenset([of] if of else []), about=name)
    conflict = sum(n for quad, n in known.quads.items() if quad.endswith("conflict"))
    return render(
        request, "place.html.j2", key=key, name=name, place=found, country=of, is_country=country, known=known,
        map=map_, conflict=conflict, tools=TOOLS,
    )  # fmt: skip


def _known(ledger: Ledger, choice: EventChoice, country: str | None) -> _Known:
    around = ledger.places(EventChoice(countries=(country,)), limit=_AROUND) if country else ledger.places(choice)
    return _Known(
        ledger.count_events(choice), ledger.tally(choice, "type"), ledger.tally(choice, "quad"),
        ledger.powers(choice, limit=_POWERS), around, ledger.affairs_told(choice, limit=_AFFAIRS),
        lines(ledger, ledger.events(choice, limit=_LATEST)), ledger.span(choice),
    )  # fmt: skip


def _shown(found: KeptPlace | None, known: _Known) -> list[PlaceTally]:
    """The places on the map: those of the country, this one among them however little happened there."""
    if found is None or any(t.place.key == found.key for t in known.around):
        return known.around
    conflict = sum(n for quad, n in known.quads.items() if quad.endswith("conflict"))
    return [PlaceTally(found, known.total, conflict, None), *known.around]


def _name(desk: Desk, say: Words, found: KeptPlace | None) -> str:
    return "" if found is None else clean(say.name(found.name)) or found.key
