"""A power: who it is through time, whom it deals with, where, what it promised; the list of powers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup
from starlette.responses import Response

from rasd.desk import asking, links
from rasd.desk.courses import course
from rasd.desk.desk import Desk
from rasd.desk.drawing.network import Node, Tie, drawn_network
from rasd.desk.finding import TOOLS
from rasd.desk.language import Words
from rasd.desk.mapping import mapped
from rasd.desk.portrait import Portrait, portrait
from rasd.desk.rendering import desk_of, language_of, render
from rasd.relations.days import first_day, last_day
from rasd.relations.holders import Holder, holders
from rasd.relations.naming import APART
from rasd.relations.pages.page import Bar, Language
from rasd.relations.pages.svg import drawn
from rasd.store.events import Dealing, EventChoice

router = APIRouter()

_POWERS = 300
# Holders of offices shown at once; the others are closed until asked for.
_HOLDERS = 12


@router.get("/actors", response_class=HTMLResponse)
def actors(request: Request, name: str = "") -> Response:
    """The powers that stand in events, those in most first; a name in the form leads to its page."""
    desk = desk_of(request)
    found = desk.party(name[:200]) if name.strip() else None
    if found is not None:
        return RedirectResponse(links.actor(found.code), 303)
    with desk.store.reading() as ledger:
        powers = desk.answers.get("powers told", lambda: ledger.powers(EventChoice(), limit=_POWERS))
    names = desk.answers.get(("powers", language_of(request)), lambda: sorted(desk.state_names(language_of(request))))
    return render(request, "actors.html.j2", powers=powers, name=name[:200], names=names)


@router.get("/actor/{code}", response_class=HTMLResponse)
def actor(request: Request, code: str) -> Response:
    """All that is known of a power."""
    desk, language = desk_of(request), language_of(request)
    party = asking.party(desk, code)
    address = links.actor(party.code)
    if links.code_in(code) != party.code:
        return RedirectResponse(links.with_query(address, **dict(request.query_params)), 307)
    say = desk.words(language)

    def made() -> Portrait:
        with desk.store.reading() as ledger:
            return portrait(ledger, party)

    known = desk.answers.get(("portrait", party), made)
    state = _is_state(desk, party.main)
    here = frozenset([party.main] if state else [])
    places = mapped(desk, say, known.places, here=here, about=say.label("actor.map"))
    held = [h for h in holders(desk.files, party.main) if _holds_of(desk, h, party.code, state)]
    then, others = _held(held, known.begin, known.as_of)
    return render(
        request, "actor.html.j2", p=known, code=party.code, map=places,
        network=_network(say, known), chart=_chart(say, known, language), holders=then, other_holders=others,
        shown_holders=_HOLDERS, kind=_kind(party.code, state), tools=TOOLS,
    )  # fmt: skip


def _is_state(desk: Desk, main: str) -> bool:
    """Whether a main code is used for the state of its letters, and not for a body that has the same (``HTI``)."""
    return desk.names.states.get(main) is not None and desk.names.name(main) == desk.names.states[main]


def _holds_of(desk: Desk, holder: Holder, code: str, state: bool) -> bool:
    """Whether an office is one of this power, not of another with the same letters."""
    if "/" in code:
        return holder.power.startswith(code)
    main, _, sector = holder.power.partition("/")
    apart = sector in APART
    return not apart if state else apart or main not in desk.names.states


def _kind(code: str, state: bool) -> str:
    """What kind of power it is, as the key of a word."""
    return "actor.kind.part" if "/" in code else "actor.kind.state" if state else "actor.kind.body"


def _network(say: Words, known: Portrait) -> Markup | None:
    if not known.dealings:
        return None
    own = known.party.main
    nodes = [_node(say, own, d) for d in known.dealings]
    ties = [Tie(d.first, d.second, d.cooperation, d.conflict) for d in known.among]
    middle = Node(known.party.code, say.code(known.party.code), links.actor(known.party.code))
    return drawn_network(middle, nodes, ties, say.label("actor.network"))


def _node(say: Words, own: str, dealing: Dealing) -> Node:
    other, good, bad = dealing.second, dealing.cooperation, dealing.conflict
    says = say.label(
        "actor.dealing", first=say.code(own), second=say.code(other), cooperation=say.number(good),
        conflict=say.number(bad),
    )  # fmt: skip
    return Node(other, say.code(other), links.actor(other), good, bad, links.relation(own, other), says)


def _chart(say: Words, known: Portrait, language: Language) -> tuple[Markup, str] | None:
    """The course as a drawing, and what it shows."""
    if known.begin is None or known.as_of is None:
        return None
    chart = course(known.days, known.begin, known.as_of, say)
    if chart is None:
        return None

    def leads(bar: Bar) -> str:
        days = {"from": bar.begin, "to": bar.end or bar.begin}
        return links.with_query("/search", actor=known.party.code, **days)

    return Markup(drawn(chart, "rtl" if language == "ar" else "ltr", leads)), chart.caption


def _held(
    held: Sequence[Holder], begin: dt.date | None, end: dt.date | None
) -> tuple[list[Holder], list[Holder]]:  # fmt: skip
    """Those who were in office in the time that was read, and the others."""
    then: list[Holder] = []
    others: list[Holder] = []
    for holder in held:
        since, until = first_day(holder.since), last_day(holder.until)
        late = since is not None and end is not None and since > end
        early = until is not None and begin is not None and until < begin
        unknown = holder.since is None and holder.until is None
        (others if late or early or unknown else then).append(holder)
    return then, others
