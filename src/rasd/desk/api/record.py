"""Articles, their events, and occurrences: what was read, and what articles tell together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from rasd.chronicle import Occurrence
from rasd.desk.api import answering
from rasd.desk.api.answering import ArticleKey, Cursor, EventNumber, Limit, OccurrenceId, Page, answer, responses
from rasd.desk.api.problems import ProblemError
from rasd.desk.api.shapes import ArticleFull, EventFull, OccurrenceFull
from rasd.desk.rendering import desk_of
from rasd.record import Record
from rasd.reviews.giving import standings
from rasd.store import StoreError, paged
from rasd.store.articles import Choice, KeptArticle, Listed
from rasd.store.events import EventChoice
from rasd.store.paged import Told
from rasd.store.search import Found, Hit

router = APIRouter(tags=["record"])

Codes = Annotated[
    list[str],
    Query(description="Powers, each of which stands on a side: `RUS`, or a part of one: `SYR/OPP`.", examples=[["RUS"]],
          max_length=8),
]  # fmt: skip
Source = Annotated[str | None, Query(max_length=300, description="Of this paper, agency or site.")]
From = Annotated[dt.date | None, Query(alias="from", description="On this day or later.", examples=["2024-05-01"])]
To = Annotated[dt.date | None, Query(description="On this day or earlier.", examples=["2024-05-31"])]
Types = Annotated[
    list[str], Query(description="Of one of these types.", examples=[["CONSULT", "AGREE"]], max_length=16)
]
Status = Annotated[
    list[Literal["occurred", "ongoing", "planned", "possible", "denied"]],
    Query(description="Of one of these statuses.", max_length=5),
]
About = Annotated[list[str], Query(description="About one of these affairs, by their keys.", max_length=20)]
Countries = Annotated[
    list[str], Query(description="In one of these countries (ISO 3166-1 alpha-3).", examples=[["EGY"]], max_length=20)
]
Least = Annotated[float, Query(ge=0, le=1, description="Of at least this confidence.")]


@router.get("/articles", operation_id="listArticles", responses=responses(Page[Listed]))
def list_articles(
    request: Request, source: Source = None, begin: From = None, end: Annotated[To, Query(alias="to")] = None,
    actor: Codes = [], limit: Limit = 20, cursor: Cursor = None,  # noqa: B006
) -> Response:  # fmt: skip
    """The articles, the latest day of publication first; of a source, of days, naming powers."""
    answering.storable(source=source, actor=actor)
    choice = Choice(source, begin.isoformat() if begin else None, end.isoformat() if end else None, _upper(actor))
    with desk_of(request).store.reading() as ledger:
        behind = answering.read(request, cursor, str, int)
        items, places = paged.articles(ledger.connection, choice, behind, limit + 1)
    return answering.page(request, items, places, limit)


@router.get("/articles/{article}", operation_id="getArticle", responses=responses(ArticleFull))
def get_article(request: Request, article: ArticleKey) -> Response:
    """An article with its text and its history."""
    kept = _kept(request, article)
    of = kept.record.article
    return answer(request, ArticleFull(kept.listed, of.text, of.language, kept.lexicon, kept.earlier, kept.copies))


@router.get("/articles/{article}/record", operation_id="getRecord", responses=responses(Record))
def get_record(request: Request, article: ArticleKey) -> Response:
    """All that Rasd read in an article, as it read it; what people corrected is in `/events`."""
    return answer(request, _kept(request, article).record)


@router.get("/events", operation_id="listEvents", responses=responses(Page[Told]))
def list_events(
    request: Request, article: Annotated[str | None, Query(pattern=r"^[1-9][0-9]{0,17}$")] = None,
    actor: Codes = [], type: Types = [], status: Status = [], begin: From = None,  # noqa: B006
    end: Annotated[To, Query(alias="to")] = None, country: Countries = [], about: About = [],  # noqa: B006
    source: Source = None, least: Least = 0.0, limit: Limit = 20, cursor: Cursor = None,
) -> Response:  # fmt: skip
    """What each article tells of an event, in the order in which articles came; as people corrected it."""
    answering.storable(actor=actor, type=type, country=country, about=about, source=source)
    choice = _choice(actor, type, status, begin, end, country, about, source, least)
    with desk_of(request).store.reading() as ledger:
        behind = answering.read(request, cursor, int, int)
        items, places = paged.reports(ledger, choice, article, behind, limit + 1)
    return answering.page(request, items, places, limit)


@router.get("/events/{article}/{event}", operation_id="getEvent", responses=responses(EventFull))
def get_event(request: Request, article: ArticleKey, event: EventNumber) -> Response:
    """What an article tells of an event, with all that people said of it. One that was refused is not here."""
    id = f"{article}/{event}"
    with desk_of(request).store.reading() as ledger:
        report = ledger.reports([id]).get(id)
        record = ledger.record(article)
        if report is None or record is None:
            raise ProblemError(404, f"there is no event {id}")
        every = ledger.reviews([article], every=True)
        held = next((s.review for s in standings(record, [r for r in every if r.current]) if s.id == event), None)
        reviews = [r for r in every if held is not None and r.thread == held.thread]
        return answer(request, EventFull(ledger.occurrence_of(id), report, reviews))


@router.get("/occurrences", operation_id="listOccurrences", responses=responses(Page[Occurrence]))
def list_occurrences(
    request: Request, actor: Codes = [], type: Types = [], status: Status = [], begin: From = None,  # noqa: B006
    end: Annotated[To, Query(alias="to")] = None, country: Countries = [], about: About = [],  # noqa: B006
    source: Source = None, least: Least = 0.0, order: Literal["latest", "earliest"] = "latest", limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:  # fmt: skip
    """Events of the world, each told by all its reports, by their days."""
    answering.storable(actor=actor, type=type, country=country, about=about, source=source)
    choice = _choice(actor, type, status, begin, end, country, about, source, least)
    with desk_of(request).store.reading() as ledger:
        behind = answering.read(request, cursor, str, int)
        items, places = paged.occurrences(ledger.connection, choice, order, behind, limit + 1)
    return answering.page(request, items, places, limit)


@router.get("/occurrences/{occurrence}", operation_id="getOccurrence", responses=responses(OccurrenceFull))
def get_occurrence(request: Request, occurrence: OccurrenceId) -> Response:
    """An event of the world with its reports side by side."""
    with desk_of(request).store.reading() as ledger:
        found = ledger.occurrences_by_id([occurrence]).get(occurrence)
        if found is None:
            raise ProblemError(404, f"there is no occurrence {occurrence}")
        reports = ledger.reports(found.reports[:200])
    return answer(request, OccurrenceFull(found, list(reports.values())))


@router.get("/search", operation_id="search", responses=responses(Page[Hit]))
def search(
    request: Request,
    q: Annotated[str, Query(min_length=1, max_length=300, examples=["اتفاق"],
                            description='Words; `"a phrase"`, `begin*`, `-without`, `this OR that`.')],
    source: Source = None, begin: From = None, end: Annotated[To, Query(alias="to")] = None,
    actor: Codes = [], limit: Limit = 20, cursor: Cursor = None,  # noqa: B006
) -> Response:  # fmt: skip
    """Articles that hold words, the best first. Articles that are added while you turn pages are not among them."""
    answering.storable(q=q, source=source, actor=actor)
    place = answering.read(request, cursor, int, int)
    store = desk_of(request).store
    with store.reading() as ledger:
        upto = int(place[0]) if place else paged.last_article(ledger.connection)
    offset = int(place[1]) if place else 0
    if not 0 <= offset <= 1_000_000:
        raise ProblemError(422, "the cursor is none of this list", {"cursor": "not one of this list"})
    choice = Choice(source, begin.isoformat() if begin else None, end.isoformat() if end else None, _upper(actor), upto)
    try:
        found: Found = store.search(q, choice, limit=limit + 1, offset=offset)
    except StoreError as error:
        if "look for" not in str(error):
            raise
        raise ProblemError(422, str(error), {"q": str(error)}) from None
    places = [(upto, offset + n) for n in range(1, len(found.hits) + 1)]
    return answering.page(request, found.hits, places, limit)


def _kept(request: Request, article: str) -> KeptArticle:
    try:
        return desk_of(request).store.show(article)
    except StoreError as error:
        if "there is no" not in str(error):
            raise
        raise ProblemError(404, str(error)) from None


def _choice(
    codes: list[str], types: list[str], status: Sequence[str], begin: dt.date | None, end: dt.date | None,
    countries: list[str], about: list[str], source: str | None, least: float,
) -> EventChoice:  # fmt: skip
    return EventChoice(
        codes=tuple(_upper(codes)), types=tuple(_upper(types)), status=tuple(status), begin=begin, end=end,
        countries=tuple(_upper(countries)), about=tuple(about), sources=(source,) if source is not None else (),
        least=least,
    )  # fmt: skip


def _upper(values: list[str]) -> list[str]:
    return [value.strip().upper() for value in values]
