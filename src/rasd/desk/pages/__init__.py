"""The pages, a module each with its ``router``. `PAGES` is the one list of them: the application takes it as it is.

A page that stands in the navigation says under which path and by which word (``nav.today`` of ``desk/words*.yaml``).
"""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter

from rasd.desk.pages import (
    accuracy,
    actor,
    add,
    affair,
    article,
    calendar,
    event,
    map,
    place,
    relation,
    review,
    search,
    sign_in,
    today,
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page or a family of pages; ``path`` and ``word`` are given where it stands in the navigation."""

    router: APIRouter
    path: str | None = None
    word: str | None = None


PAGES: tuple[Page, ...] = (
    Page(today.router, "/", "nav.today"),
    Page(relation.router, "/relations", "nav.relations"),
    Page(actor.router, "/actors", "nav.actors"),
    Page(affair.router, "/affairs", "nav.affairs"),
    Page(place.router),
    Page(map.router, "/map", "nav.map"),
    Page(calendar.router, "/calendar", "nav.calendar"),
    Page(search.router, "/search", "nav.search"),
    Page(event.router),
    Page(article.router, "/articles", "nav.articles"),
    Page(add.router, "/add", "nav.add"),
    Page(review.router, "/review", "nav.review"),
    Page(accuracy.router),
    Page(sign_in.router),
)
