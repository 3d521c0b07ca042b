"""Reviews: what people said of events, what waits, how right Rasd has been; editors give and take back."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from rasd.chronicle import Answer, Review
from rasd.desk.api import answering
from rasd.desk.api.answering import ArticleKey, Cursor, Limit, Page, ReviewId, answer, responses
from rasd.desk.api.problems import ProblemError, of_review
from rasd.desk.api.record import Codes, Source
from rasd.desk.api.shapes import AccuracyShown, MissedSent, ReviewSent, Waiting
from rasd.desk.guard.person import Person, editor_of
from rasd.desk.rendering import desk_of
from rasd.desk.reviewing import reviewer_of, seen_at_once
from rasd.reviews import ReviewError
from rasd.reviews.accuracy import accuracy, plain
from rasd.reviews.errors import NothingThereError
from rasd.reviews.queue import Choice, waiting
from rasd.store import paged
from rasd.store import reviews as kept

router = APIRouter(tags=["reviews"])

_Editor = Annotated[Person, Depends(editor_of)]


@router.get("/reviews", operation_id="listReviews", responses=responses(Page[Review]))
def list_reviews(
    request: Request, article: Annotated[str | None, Query(pattern=r"^[1-9][0-9]{0,17}$")] = None,
    person: Annotated[str | None, Query(max_length=100)] = None,
    verdict: Literal["accepted", "corrected", "refused", "added"] | None = None,
    every: Annotated[bool, Query(description="Those superseded and taken back as well.")] = False,
    limit: Limit = 20, cursor: Cursor = None,
) -> Response:  # fmt: skip
    """Reviews, the last given first: each with what Rasd had read and what the person said."""
    answering.storable(person=person)
    with desk_of(request).store.reading() as ledger:
        items, places = paged.given_reviews(
            ledger.connection, answering.read(request, cursor, int), limit + 1, article=article, person=person,
            verdict=verdict, every=every,
        )  # fmt: skip
    return answering.page(request, items, places, limit)


@router.get("/reviews/waiting", operation_id="listWaiting", responses=responses(Page[Waiting]))
def list_waiting(
    request: Request,
    by: Annotated[Literal["unsure", "chance"], Query(description="The least sure first, or drawn by lot.")] = "unsure",
    type: Annotated[str | None, Query(max_length=20, examples=["CONSULT"])] = None, source: Source = None,
    actor: Codes = [], limit: Limit = 20, cursor: Cursor = None,  # noqa: B006
) -> Response:  # fmt: skip
    """Events that nobody has reviewed yet, with their sentence."""
    answering.storable(type=type, source=source, actor=actor)
    place = answering.read(request, cursor, float, int)
    behind = None if place is None else (float(place[0]), int(place[1]))
    if behind is not None and not 0 <= behind[0] < 1e12:
        raise ProblemError(422, "the cursor is none of this list", {"cursor": "not one of this list"})
    choice = Choice(type.upper() if type else None, source, [code.strip().upper() for code in actor])
    with desk_of(request).store.reading() as ledger:
        found = waiting(ledger, choice, picked=by, behind=behind, limit=limit + 1)
    items = [
        Waiting(w.occurrence, w.report, *(w.text[s.start : s.end] for s in (w.before, w.sentence, w.after)))
        for w in found
    ]
    return answering.page(request, items, [w.mark for w in found], limit)


@router.get("/reviews/accuracy", operation_id="getAccuracy", responses=responses(AccuracyShown))
def get_accuracy(request: Request) -> Response:
    """How right Rasd has been, by the reviews that hold: of events drawn by lot, of all, by type and by source; each
    share with the interval that holds the truth 19 times in 20."""
    with desk_of(request).store.reading() as ledger:
        return answer(request, plain(accuracy(ledger)))


@router.get("/reviews/{id}", operation_id="getReview", responses=responses(Review))
def get_review(request: Request, id: ReviewId) -> Response:
    """A review, whether it holds or not."""
    with desk_of(request).store.reading() as ledger:
        found = kept.by_id(ledger.connection, id)
    if found is None:
        raise ProblemError(404, f"there is no review {id}")
    return answer(request, found)


@router.post("/reviews", operation_id="giveReview", status_code=201, responses=answering.made(Review))
def give_review(request: Request, sent: ReviewSent, editor: _Editor) -> Response:
    """Accept, correct or refuse an event of an article. Editors alone."""
    reviewer = reviewer_of(request)
    _texts(sent.note, sent.answer)
    if (sent.answer is not None) != (sent.verdict == "corrected"):
        raise ProblemError(422, "an answer belongs to a correction, and to nothing else", {"answer": "see verdict"})
    try:
        if sent.verdict == "refused":
            made = reviewer.refuse(sent.event, editor.name, note=sent.note, picked=sent.picked)
        elif sent.answer is None:
            made = reviewer.accept(sent.event, editor.name, note=sent.note, picked=sent.picked)
        else:
            fields = sent.answer.model_dump(exclude_unset=True)
            null = [f for f in ("type", "status", "actors", "recipients") if f in fields and fields[f] is None]
            if null:
                raise ProblemError(422, "a field cannot be null", {f"answer.{f}": "null" for f in null})
            made = reviewer.correct(sent.event, fields, editor.name, note=sent.note, picked=sent.picked)
    except NothingThereError as error:
        raise ProblemError(404, str(error)) from None
    except ReviewError as error:
        raise of_review(error) from None
    return _made(request, made)


@router.post("/reviews/missed", operation_id="addMissed", status_code=201, responses=answering.made(Review))
def add_missed(request: Request, sent: MissedSent, editor: _Editor) -> Response:
    """Put in an event that Rasd missed. Editors alone."""
    _texts(sent.note, sent.answer)
    a = sent.answer
    said = Answer(a.type, a.mode, a.status, tuple(a.actors), tuple(a.recipients), a.date, a.place, a.source)
    try:
        made = reviewer_of(request).add(sent.article, sent.start, sent.end, said, editor.name, note=sent.note)
    except NothingThereError as error:
        raise ProblemError(404, str(error)) from None
    except ReviewError as error:
        raise of_review(error) from None
    return _made(request, made)


@router.delete("/reviews/{id}", operation_id="undoReview", responses=responses(list[Review]))
def undo_review(request: Request, id: ReviewId, editor: _Editor) -> Response:
    """Take a review back, with those given at once with it; what it superseded holds again. Editors alone.

    Answers with those taken back: none where they were already.
    """
    try:
        undone = reviewer_of(request).undo(id, editor.name)
    except NothingThereError as error:
        raise ProblemError(404, str(error)) from None
    seen_at_once(request)
    return answer(request, undone)


@router.put("/articles/{article}/read-through", operation_id="markReadThrough", status_code=204,
            responses={"default": answering.PROBLEM})  # fmt: skip
def mark_read_through(request: Request, article: ArticleKey, editor: _Editor) -> Response:
    """Note that you read an article from end to end, and no event in it is missing. Editors alone."""
    return _read_through(request, article, editor, True)


@router.delete("/articles/{article}/read-through", operation_id="unmarkReadThrough", status_code=204,
               responses={"default": answering.PROBLEM})  # fmt: skip
def unmark_read_through(request: Request, article: ArticleKey, editor: _Editor) -> Response:
    """Take that note back. Editors alone."""
    return _read_through(request, article, editor, False)


def _read_through(request: Request, article: str, editor: Person, whole: bool) -> Response:
    try:
        reviewer_of(request).read_through(article, editor.name, whole=whole)
    except NothingThereError as error:
        raise ProblemError(404, str(error)) from None
    return Response(status_code=204)


def _made(request: Request, made: Review) -> Response:
    seen_at_once(request)
    return answer(request, made, status=201, headers={"Location": f"/api/v1/reviews/{made.id}"})


def _texts(note: str | None, sent: BaseModel | None) -> None:
    fields: dict[str, Any] = sent.model_dump(exclude_none=True) if sent is not None else {}
    answering.storable(note=note, **{f"answer.{name}": value for name, value in fields.items()})
