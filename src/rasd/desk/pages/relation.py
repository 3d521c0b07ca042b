"""A relationship of two powers: its course, ledger, agenda, positions and voices; its events page by page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup
from starlette.responses import Response

from rasd.desk import asking, links
from rasd.desk.desk import Desk
from rasd.desk.paging import paging
from rasd.desk.rendering import desk_of, language_of, render, render_part
from rasd.relations.dossier import Asked, Dossier, pair
from rasd.relations.dyad import Party, concerns
from rasd.relations.pages.compose import page as composed
from rasd.relations.pages.page import Bar, Language
from rasd.relations.pages.svg import drawn

router = APIRouter()

# What stands beside the ledger rather than in it.
_BESIDE = ("agenda", "positions", "voices", "people")
_PAIRS = 60


@dataclass(frozen=True, slots=True)
class _Shown:
    """The page of a relationship: its head, and all else as markup, empty where nothing is told."""

    title: str
    kind: str
    subtitle: list[str]
    body: Markup


@router.get("/relations", response_class=HTMLResponse)
def relations(request: Request, first: str = "", second: str = "", page: int = 1) -> Response:
    """The pairs that most events tell of; two powers chosen in the form lead to their page."""
    desk = desk_of(request)
    missing = [name for name in (first, second) if name.strip() and desk.party(name[:200]) is None]
    one, two = (desk.party(name[:200]) if name.strip() else None for name in (first, second))
    if one is not None and two is not None and one != two:
        return RedirectResponse(links.relation(one.code, two.code), 303)
    with desk.store.reading() as ledger:
        total = desk.answers.get("pairs", ledger.count_pairs)
        shown = paging(request, total, page, _PAIRS)
        pairs = desk.answers.get(("pairs", shown.page), lambda: ledger.pairs(limit=_PAIRS, offset=shown.offset))
    return render(
        request, "relations.html.j2", pairs=pairs, paging=shown, first=first, second=second, missing=missing,
        same=one is not None and one == two, powers=_powers(desk, language_of(request)),
    )  # fmt: skip


@router.get("/relation/{first}/{second}", response_class=HTMLResponse)
def relation(request: Request, first: str, second: str) -> Response:
    """All that is known of a relationship; ``from`` and ``to`` bound its events."""
    desk = desk_of(request)
    one, two = _pair(desk, first, second)
    address = links.relation(one.code, two.code)
    begin, end = _stretch(request)
    if request.url.path != address and links.code_in(first) != one.code:
        return RedirectResponse(links.with_query(address, **dict(request.query_params)), 307)
    language = language_of(request)
    asked = ("relation", one, two, begin, end, language)
    shown = desk.answers.get(asked, lambda: _shown(desk, one, two, begin, end, language))
    return render(
        request, "relation.html.j2", status=200 if shown.body else 404, one=one, two=two,
        shown=shown, address=address, begin=begin, end=end,
    )  # fmt: skip


@router.get("/relation/{first}/{second}/events", response_class=HTMLResponse)
def events(request: Request, first: str, second: str, page: int = 1) -> HTMLResponse:
    """The events of two powers in order of time, of a stretch of days or all."""
    desk = desk_of(request)
    one, two = _pair(desk, first, second)
    begin, end = _stretch(request)
    with desk.store.reading() as ledger:
        codes = list(dict.fromkeys((one.main, two.main)))
        found = [o for o in ledger.occurrences(codes, begin=begin, end=end) if concerns(o, [one, two])]
        found.reverse()
        shown = paging(request, len(found), page)
        lines = asking.lines(ledger, found[shown.offset : shown.offset + shown.size])
    return render(
        request, "relation_events.html.j2", one=one, two=two, lines=lines, paging=shown, begin=begin, end=end,
        address=links.relation(one.code, two.code),
    )  # fmt: skip


def _pair(desk: Desk, first: str, second: str) -> tuple[Party, Party]:
    one, two = asking.party(desk, first), asking.party(desk, second)
    if one == two:
        raise HTTPException(404, "missing.same")
    return one, two


def _stretch(request: Request) -> tuple[dt.date | None, dt.date | None]:
    """The days that a query bounds events by. Raises `HTTPException` 422 where they are none or the wrong way round."""
    begin, end = (asking.day(request.query_params.get(name)) for name in ("from", "to"))
    if begin is not None and end is not None and begin > end:
        raise HTTPException(422, "error.stretch")
    return begin, end


def _shown(
    desk: Desk, one: Party, two: Party, begin: dt.date | None, end: dt.date | None, language: Language
) -> _Shown:
    def made() -> Dossier:
        with desk.store.reading() as ledger:
            return pair(ledger, one, two, Asked(begin, end), desk.files)

    dossier = desk.answers.get(("pair", one, two, begin, end), made)
    page = composed(dossier, language, desk.files, chronology=False)
    address = links.relation(one.code, two.code)

    def leads(bar: Bar) -> str:
        return links.with_query(f"{address}/events", **{"from": bar.begin, "to": bar.end or bar.begin})

    course = next((s for s in page.sections if s.id == "course"), None)
    if not page.sections:
        return _Shown(page.title, page.kind, page.subtitle, Markup())
    rest = [s for s in page.sections if s.id != "course"]
    body = render_part(
        desk, language, "relation_body.html.j2", page=page, course=course, address=address, begin=begin, end=end,
        # The drawing escapes what it writes.
        chart=Markup(drawn(course.chart, page.direction, leads)) if course and course.chart else None,
        ledger=[s for s in rest if s.id not in _BESIDE], beside=[s for s in rest if s.id in _BESIDE],
        events=len(dossier.lines),
    )  # fmt: skip
    return _Shown(page.title, page.kind, page.subtitle, body)


def _powers(desk: Desk, language: Language) -> list[str]:
    """Names of states, for the form to propose."""
    return desk.answers.get(("powers", language), lambda: sorted(desk.state_names(language)))
