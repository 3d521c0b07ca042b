"""Events on a map, by filters."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from rasd.desk.choosing import chosen
from rasd.desk.feeding import title
from rasd.desk.mapping import mapped
from rasd.desk.pages.search import filters
from rasd.desk.rendering import desk_of, language_of, render
from rasd.store.events import EventChoice

router = APIRouter()


@router.get("/map", response_class=HTMLResponse)
def events_on_map(request: Request) -> HTMLResponse:
    """The places of events; ``all=1`` widens the map to the farthest of them."""
    desk, language = desk_of(request), language_of(request)
    say = desk.words(language)
    with desk.store.reading() as ledger:
        asked = chosen(request, desk, ledger, ignore=("lang", "all", "order"))
        choice = asked.choice
        every = request.query_params.get("all") == "1"
        tallies = [] if choice is None else desk.answers.get(("places", repr(choice)), lambda: ledger.places(choice))
        total = 0 if choice is None else ledger.count_events(choice)
        form = filters(desk, ledger, asked, "/map", language)
    shown = mapped(desk, say, tallies, asked=asked, every=every, here=frozenset(choice.countries if choice else ()))
    placed = sum(t.events for t in tallies)
    return render(
        request, "map.html.j2", asked=asked, form=form, map=shown, total=total, placed=placed, every=every,
        title=title(asked, say), everything=choice == EventChoice(),
    )  # fmt: skip
