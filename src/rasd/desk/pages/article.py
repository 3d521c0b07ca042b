"""An article as it was published, with what was read in it marked and explained; the list of articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from rasd.chronicle import affair_key
from rasd.desk.desk import Desk
from rasd.desk.marking import Piece, marks_of, pieces, places_of
from rasd.desk.paging import paging
from rasd.desk.rendering import desk_of, language_of, render, render_part
from rasd.record import Entity, Event, Record
from rasd.relations.naming import in_english
from rasd.relations.pages.page import Language
from rasd.relations.reviewed import reviewed
from rasd.store import StoreError
from rasd.store.articles import Choice, KeptArticle

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Told:
    """An event of an article: ``number`` in its list, ``occurrence`` its id across articles, later tellings."""

    event: Event
    number: int
    occurrence: str | None
    again: list[Event]


@router.get("/articles", response_class=HTMLResponse)
def articles(request: Request, page: int = 1, source: str = "") -> HTMLResponse:
    """The articles, the latest first, all or those of a source."""
    desk = desk_of(request)
    choice = Choice(source=source[:200] or None)
    shown = paging(request, desk.store.count(choice), page)
    found = desk.store.list(choice, limit=shown.size, offset=shown.offset)
    with desk.store.reading() as ledger:
        sources = desk.answers.get("sources", ledger.sources)
    return render(request, "articles.html.j2", articles=found, paging=shown, source=source[:200], sources=sources[:30])


@router.get("/article/{key}", response_class=HTMLResponse)
def article(request: Request, key: str, version: int | None = None) -> HTMLResponse:
    """An article by its key, or as an earlier version of it was."""
    desk = desk_of(request)
    language = language_of(request)
    shown = desk.answers.get(("article", key, version, language), lambda: _shown(desk, key, version, language))
    return render(request, "article.html.j2", shown=shown)


@dataclass(frozen=True, slots=True)
class _Shown:
    """The page of an article: its headline, and all else as markup."""

    title: str | None
    body: Markup


def _shown(desk: Desk, key: str, version: int | None, language: Language) -> _Shown:
    kept = _kept(desk, key, version)
    record, verdicts = kept.record, dict[str, str]()
    with desk.store.reading() as ledger:
        current = version in (None, kept.listed.versions)
        told_as = ledger.occurrences_of(kept.listed.key) if current else {}
        if current:
            # As those who reviewed it have it; what Rasd read stays where it is reviewed.
            seen = reviewed(record, ledger.reviews([kept.listed.key]))
            record, verdicts = seen.record, seen.verdicts
    body = render_part(
        desk, language, "article_body.html.j2", kept=kept, article=record.article, shown_version=version,
        paragraphs=_paragraphs(record), told=_told(record, told_as), entities={e.id: e for e in record.entities},
        events={e.id: e for e in record.events}, times={f"t{n}": t for n, t in enumerate(record.times)},
        places=_places(record), affairs=record.affairs, affair_key=affair_key, occurrences=told_as,
        actors=_actors(record), verdicts=verdicts, named=in_english(record.entities),
    )  # fmt: skip
    return _Shown(record.article.title, body)


def _kept(desk: Desk, key: str, version: int | None) -> KeptArticle:
    if not (key.isascii() and key.isdecimal()) or len(key) > 18:
        raise HTTPException(404, "missing.article")
    try:
        return desk.store.show(str(int(key)), version=version)
    except StoreError:
        raise HTTPException(404, "missing.article") from None


def _paragraphs(record: Record) -> list[list[Piece]]:
    return pieces(record.article.text, marks_of(record))


def _told(record: Record, told_as: Mapping[str, str]) -> list[Told]:
    """The events of an article in its order, each once."""
    again: dict[str, list[Event]] = {}
    known = {e.id for e in record.events}
    for event in record.events:
        if event.same_as in known and event.same_as:
            again.setdefault(event.same_as, []).append(event)
    first = [e for e in record.events if e.same_as not in known or not e.same_as]
    return [Told(e, n, told_as.get(e.id), again.get(e.id, [])) for n, e in enumerate(first, 1)]


def _places(record: Record) -> dict[str, object]:
    """The places of a record by the marks of `rasd.desk.marking`."""
    known = [e.place for e in record.events if e.place] + [a.place for a in record.affairs if a.place]
    by_name = {p.name.ar: p for p in reversed(known)}
    return {f"p{n}": by_name[name] for n, name in enumerate(places_of(record))}


def _actors(record: Record) -> list[Entity]:
    """Those who are named, the most named first; crowds that no name tells apart are left out."""
    named = [e for e in record.entities if e.kind != "group"]
    return sorted(named, key=lambda e: -len(e.mentions))
