"""Reviewing: one event at a time, with its words and what was read of them; the whole of it works by keyboard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from rasd.chronicle import Answer
from rasd.desk import links
from rasd.desk.guard.person import Person, editor_of
from rasd.desk.rendering import desk_of, render
from rasd.desk.reviewing import Asked, Item, answer_said, item, mark_said, reviewer_of, seen_at_once, words_of
from rasd.desk.reviewing import nth as nth_of
from rasd.desk.reviewing import pieces as cut
from rasd.record import Span
from rasd.reviews import ReviewError
from rasd.reviews.answers import STATUSES
from rasd.reviews.errors import NothingThereError
from rasd.reviews.giving import ARTICLE, Standing, is_key, standings
from rasd.reviews.queue import count, waiting
from rasd.store import reviews as kept
from rasd.store.articles import sources

router = APIRouter(include_in_schema=False)
_NO_FAULTS: Mapping[str, str] = {}


@router.get("/review", response_class=HTMLResponse)
def queue(request: Request, _editor: Person = Depends(editor_of)) -> HTMLResponse:  # noqa: B008
    """The next event that waits."""
    desk, asked = desk_of(request), Asked.of(request.query_params)
    choice = asked.choice(desk)
    with desk.store.reading() as ledger:
        found = waiting(ledger, choice, picked=asked.by, behind=asked.mark)
        shown = item(ledger, *found[0].report.id.split("/")) if found else None
        context: dict[str, Any] = {
            "left": count(ledger, choice), "sources": [s for s, _ in sources(ledger.connection) if s][:200],
            "done": _done(ledger.connection, request.query_params.get("done", "")),
        }  # fmt: skip
    skip = links.with_query("/review", **asked.values(behind=mark_said(found[0].mark))) if found else None
    return _page(request, shown, asked, skip=skip, **context)


@router.get("/review/event/{article}/{event}", response_class=HTMLResponse)
def one(request: Request, article: str, event: str, _editor: Person = Depends(editor_of)) -> HTMLResponse:  # noqa: B008
    """One event of an article, reviewed or not (``/review/event/17/e3``)."""
    with desk_of(request).store.reading() as ledger:
        shown = _item(ledger, article, event)
        done = _done(ledger.connection, request.query_params.get("done", ""))
    return _page(request, shown, None, done=done)


@router.post("/review/event/{article}/{event}", response_model=None)
async def give(request: Request, article: str, event: str, editor: Person = Depends(editor_of)) -> Response:  # noqa: B008
    """Take a verdict on an event, and go on to the next."""
    form = await request.form()
    return await run_in_threadpool(_give, request, article, event, dict(form), editor.name)


def _give(request: Request, article: str, event: str, form: Mapping[str, Any], person: str) -> Response:
    reviewer, id = reviewer_of(request), f"{article}/{event}"
    # The queue's type and source go by other names in a form that has fields of these names itself.
    queue = {**form, "type": form.get("of-type"), "source": form.get("of-source")}
    asked = Asked.of(queue) if form.get("from") == "queue" else None
    picked = asked.by if asked is not None else ARTICLE
    note, verdict = str(form.get("note") or "") or None, form.get("verdict")
    answer: Answer | None = None
    try:
        if verdict == "refuse":
            made = reviewer.refuse(id, person, note=note, picked=picked)
        elif verdict == "accept":
            made = reviewer.accept(id, person, note=note, picked=picked)
        else:
            answer = answer_said(form)
            made = reviewer.correct(id, answer, person, note=note, picked=picked)
    except NothingThereError:
        raise HTTPException(404) from None
    except ReviewError as error:
        with desk_of(request).store.reading() as ledger:
            shown = _item(ledger, article, event)
        return _page(request, shown, asked, status=422, entered=answer, note=note or "", faults=_faults(error))
    seen_at_once(request)
    back = links.with_query("/review", **asked.values(done=str(made.id))) if asked is not None else None
    return RedirectResponse(back or links.with_query(links.review(id), done=made.id), 303)


@router.post("/review/undo", response_model=None)
async def undo(request: Request, editor: Person = Depends(editor_of)) -> Response:  # noqa: B008
    """Take a review back, and show its event again."""
    form = dict(await request.form())
    return await run_in_threadpool(_undo, request, form, editor.name)


def _undo(request: Request, form: Mapping[str, Any], person: str) -> Response:
    id = str(form.get("review") or "")
    if not is_key(id):
        raise HTTPException(404)
    try:
        undone = reviewer_of(request).undo(int(id), person)
    except NothingThereError:
        raise HTTPException(404) from None
    seen_at_once(request)
    if undone and undone[0].start is not None:
        with desk_of(request).store.reading() as ledger:
            record = ledger.record(undone[0].article)
            known = standings(record, ledger.reviews([undone[0].article])) if record is not None else []
        words = Span(undone[0].start, undone[0].end or 0)
        again = next((s.id for s in known if words_of(s) == words), None)
        if again is not None:
            return RedirectResponse(links.review(f"{undone[0].article}/{again}"), 303)
    return RedirectResponse("/review", 303)


@router.get("/review/article/{key}", response_class=HTMLResponse)
def whole(request: Request, key: str, _editor: Person = Depends(editor_of)) -> HTMLResponse:  # noqa: B008
    """An article with its events, to put in what was missed and to note that it was read through."""
    return _whole(request, key)


@router.post("/review/article/{key}", response_model=None)
async def add(request: Request, key: str, editor: Person = Depends(editor_of)) -> Response:  # noqa: B008
    """Put in an event that was missed, or note that none was."""
    form = dict(await request.form())
    return await run_in_threadpool(_add, request, key, form, editor.name)


def _add(request: Request, key: str, form: Mapping[str, Any], person: str) -> Response:
    reviewer = reviewer_of(request)
    answer = answer_said(form)
    try:
        if form.get("verdict") in ("through", "not-through"):
            reviewer.read_through(key, person, whole=form.get("verdict") == "through")
            return RedirectResponse(f"/review/article/{key}", 303)
        with desk_of(request).store.reading() as ledger:
            record = ledger.record(key) if is_key(key) else None
        words = _words(record.article.text if record is not None else "", form)
        if words is None:
            raise ReviewError("the words are not in the article", {"trigger": ""})
        made = reviewer.add(key, words.start, words.end, answer, person, note=str(form.get("note") or "") or None)
    except NothingThereError:
        raise HTTPException(404) from None
    except ReviewError as error:
        return _whole(request, key, status=422, entered=answer, form=form, faults=_faults(error))
    seen_at_once(request)
    return RedirectResponse(f"/review/article/{key}?done={made.id}", 303)


def _words(text: str, form: Mapping[str, Any]) -> Span | None:
    """The words that a form names: by their place where a script gave it, else the n-th time that they stand there."""
    words = str(form.get("words") or "").strip()
    start = str(form.get("start") or "")
    if start.isascii() and start.isdecimal() and len(start) < 10 and text.startswith(words, int(start)) and words:
        return Span(int(start), int(start) + len(words))
    number = str(form.get("number") or "1")
    return nth_of(text, words, int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 1)


def _whole(request: Request, key: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    desk = desk_of(request)
    if not is_key(key):
        raise HTTPException(404)
    with desk.store.reading() as ledger:
        record = ledger.record(key)
        if record is None:
            raise HTTPException(404)
        known = standings(record, ledger.reviews([key]))
        through = key in kept.articles_read_through(ledger.connection)
        done = _done(ledger.connection, request.query_params.get("done", ""))
    given = {"entered": None, "faults": _NO_FAULTS, "form": _NO_FAULTS, "done": done, **context}
    parts = cut(record.article.text, [(words_of(s), s.id) for s in known if words_of(s).end])
    return render(
        request, "review_article.html.j2", status=status, key=key, record=record, known={s.id: s for s in known},
        parts=parts, through=through, verdicts={s.id: _verdict(s) for s in known}, types=_types(request),
        statuses=STATUSES, named=_named(record.entities), **given,
    )  # fmt: skip


def _page(
    request: Request, shown: Item | None, asked: Asked | None, *, status: int = 200, **context: Any
) -> HTMLResponse:
    given = {
        "left": None, "sources": (), "done": None, "skip": None, "entered": None, "faults": _NO_FAULTS, "note": "",
        **context,
    }  # fmt: skip
    return render(
        request, "review.html.j2", status=status, item=shown, asked=asked, types=_types(request), statuses=STATUSES,
        named=shown.named if shown is not None else [], verdict=_verdict(shown.standing) if shown is not None else None,
        **given,
    )  # fmt: skip


def _item(ledger: Any, article: str, event: str) -> Item:
    shown = item(ledger, article, event)
    if shown is None:
        raise HTTPException(404)
    return shown


def _verdict(standing: Standing) -> str | None:
    return standing.review.verdict if standing.review is not None else None


def _types(request: Request) -> dict[str, list[str]]:
    """The types with their modes."""
    return {name: list(entry.modes) for name, entry in reviewer_of(request).knowledge.types.items()}


def _named(entities: list[Any]) -> list[Any]:
    found = {e.code: e for e in reversed(entities) if e.code and not e.code.startswith("None")}
    return sorted(found.values(), key=lambda e: e.code or "")


def _faults(error: ReviewError) -> dict[str, str]:
    """What is wrong with each field; under ``""`` what is wrong with all of it."""
    return error.faults or {"": str(error)}


def _done(connection: Any, id: str) -> Any:
    """The review that was given last, to be taken back."""
    if not is_key(id):
        return None
    found = kept.by_id(connection, int(id))
    return found if found is not None and found.undone is None else None
