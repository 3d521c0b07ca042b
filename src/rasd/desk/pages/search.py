"""Searching: events and articles by filters and words, as a page, as files, as a feed for alerts."""

from __future__ import annotations

from dataclasses import dataclass, field

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from rasd.desk.choosing import CLASSES, STATUS, TYPES, Chosen, chosen
from rasd.desk.desk import Desk
from rasd.desk.exporting import MOST, Form, exported
from rasd.desk.feeding import feed, title
from rasd.desk.finding import TOOLS, FoundEvent, found_events
from rasd.desk.paging import Paging, paging
from rasd.desk.rendering import desk_of, language_of, render
from rasd.relations.pages.page import Language
from rasd.store.articles import Choice
from rasd.store.events import ORDERS, EventChoice, Order
from rasd.store.ledger import Ledger
from rasd.store.search import Hit

router = APIRouter()

_SIZE = 25
_POWERS = 12
_ARTICLES = "articles"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the form of filters offers, and what stands in it."""

    chosen: Chosen
    path: str
    sources: list[str]
    powers: list[str]
    types: tuple[str, ...] = TYPES
    status: tuple[str, ...] = STATUS
    classes: tuple[str, ...] = tuple(CLASSES)
    orders: tuple[Order, ...] = ()
    days: bool = True


@dataclass(slots=True)
class _Events:
    """What was found of events: those of the page, and how many there are by type, status and power."""

    found: list[FoundEvent] = field(default_factory=list[FoundEvent])
    types: dict[str, int] = field(default_factory=dict[str, int])
    status: dict[str, int] = field(default_factory=dict[str, int])
    powers: dict[str, int] = field(default_factory=dict[str, int])


@router.get("/search", response_class=HTMLResponse)
def search(request: Request, page: int = 1) -> HTMLResponse:
    """Events, or with ``in=articles`` articles, by what the address says (`rasd.desk.choosing`)."""
    desk, language = desk_of(request), language_of(request)
    articles = request.query_params.get("in") == _ARTICLES
    key = ("search", str(request.url.query), page, language)
    asked, counted, form, shown, every, hits, events = desk.answers.get(
        key, lambda: _found(request, desk, page, language, articles)
    )
    return render(
        request, "search.html.j2", asked=asked, form=form, paging=shown, events=events, hits=hits, every=every,
        articles=articles, total=counted, most=MOST, title=title(asked, desk.words(language)), tools=TOOLS,
    )  # fmt: skip


def _found(
    request: Request, desk: Desk, page: int, language: Language, articles: bool
) -> tuple[Chosen, int, Filters, Paging, bool, list[Hit], _Events]:
    """What a search finds, with what its page offers to ask further."""
    with desk.store.reading() as ledger:
        asked = chosen(request, desk, ledger, ignore=("page", "lang", "in"))
        counted = ledger.count_events(asked.choice) if asked.choice is not None else 0
        form = filters(desk, ledger, asked, "/search", language, orders=ORDERS)
        if articles:
            hits, shown, every = _articles(request, desk, asked, page)
            return asked, counted, form, shown, every, hits, _Events()
        shown = paging(request, counted, page, _SIZE)
        return asked, counted, form, shown, True, [], _events(ledger, desk, asked, shown, language)


@router.get("/search.atom")
def atom(request: Request) -> Response:
    """The feed of a search."""
    desk = desk_of(request)
    return feed(request, desk, _asked(request, desk), language_of(request))


@router.get("/search.{form}")
def export(request: Request, form: Form) -> Response:
    """The events of a search as a file: ``csv``, ``json`` or ``ics``."""
    desk = desk_of(request)
    return exported(request, desk, _asked(request, desk), form, language_of(request))


def filters(
    desk: Desk, ledger: Ledger, asked: Chosen, path: str, language: Language, *, orders: tuple[Order, ...] = (),
    days: bool = True,
) -> Filters:  # fmt: skip
    """The form of filters for a page that lists events."""
    known = desk.answers.get("sources told", ledger.sources_told)
    powers = desk.answers.get(("powers", language), lambda: sorted(desk.state_names(language)))
    return Filters(asked, path, list(known), powers, orders=orders, days=days)


def _asked(request: Request, desk: Desk) -> Chosen:
    with desk.store.reading() as ledger:
        return chosen(request, desk, ledger, ignore=("page", "lang", "in"))


def _events(ledger: Ledger, desk: Desk, asked: Chosen, shown: Paging, language: Language) -> _Events:
    choice = asked.choice
    if choice is None or not shown.total:
        return _Events()
    page = ledger.events(choice, order=asked.order, limit=shown.size, offset=shown.offset)
    words = choice.words if choice.words is not None and choice.words.groups else None
    found = found_events(ledger, desk.store.terms, page, words, language)

    def tallied() -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        return ledger.tally(choice, "type"), ledger.tally(choice, "status"), ledger.powers(choice, limit=_POWERS)

    # The first page of everything is asked for most, and dearest to count.
    types, status, powers = desk.answers.get("tallies", tallied) if choice == EventChoice() else tallied()
    return _Events(found, types, status, powers)


def _articles(request: Request, desk: Desk, asked: Chosen, page: int) -> tuple[list[Hit], Paging, bool]:
    """The articles of a search: those that have its words, else all of its sources, days and powers."""
    given = asked.choice
    if given is None:
        return [], paging(request, 0, page, _SIZE), True
    begin, end = (None if d is None else d.isoformat() for d in (given.begin, given.end))
    choice = Choice(next(iter(given.sources), None), begin, end, given.codes)
    if given.words is None or not given.words.groups:
        shown = paging(request, desk.store.count(choice), page, _SIZE)
        listed = desk.store.list(choice, limit=_SIZE, offset=shown.offset)
        return [Hit(article, 0.0) for article in listed], shown, True
    words = asked.value("q")
    shown = paging(request, _SIZE * max(page, 1) + 1, page, _SIZE)
    found = desk.store.search(words, choice, limit=_SIZE + 1, offset=shown.offset)
    # How many there are is not counted: one more than fits says whether there is another page.
    total = shown.offset + len(found.hits)
    return found.hits[:_SIZE], paging(request, total, page, _SIZE), found.every
