"""What people said of events, as rows: written, undone, moved with the words that they are of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from rasd.chronicle import Answer, Filling, Reading, Review
from rasd.store.numbers import Numbers
from rasd.store.schema import Found, article, read_through, review

T = TypeVar("T")

# So many characters on each side of a trigger tell its place in a text that changed.
_AROUND = 30


def of_articles(connection: Connection, keys: Sequence[str], *, every: bool = False) -> list[Review]:
    """The current reviews of articles in the order they were given, or ``every`` one: superseded and undone too."""
    r = review.c
    query = select(review).where(r.article_id.in_([int(key) for key in keys])).order_by(r.id)
    if not every:
        query = query.where(r.current)
    return [review_of(row) for row in connection.execute(query)]


def by_id(connection: Connection, id: int) -> Review | None:
    """A review, None where there is none such."""
    row = connection.execute(select(review).where(review.c.id == id)).one_or_none()
    return None if row is None else review_of(row)


def of_batch(connection: Connection, batch: int) -> list[Review]:
    """The reviews that were given at once."""
    query = select(review).where(review.c.batch == batch).order_by(review.c.id)
    return [review_of(row) for row in connection.execute(query)]


def review_of(row: Found) -> Review:
    """A row of the table as a review."""
    return Review(
        id=row.id, article=str(row.article_id), thread=row.thread, batch=row.batch, start=row.start, end=row.stop,
        trigger=row.trigger, type=row.type, verdict=row.verdict, read=_read(row.read, Reading),
        answer=_read(row.answer, Answer), filling=_read(row.filling, Filling), person=row.person, at=row.at,
        note=row.note, picked=row.picked, current=bool(row.current), undone=row.undone, undone_by=row.undone_by,
    )  # fmt: skip


def write(connection: Connection, numbers: Numbers, given: Sequence[Review]) -> list[Review]:
    """Write reviews that are given at once, numbered; each takes the place of what was current in its thread.

    ``id``, ``batch``, ``at``, and a ``thread`` of 0 (a new one) are filled in. All are of one article.
    """
    at, batch = now(), 0
    version = connection.execute(select(article.c.version).where(article.c.id == int(given[0].article))).scalar_one()
    made: list[Review] = []
    for one in given:
        id = numbers.next(review)
        batch = batch or id
        filled = replace(one, id=id, thread=one.thread or id, batch=batch, at=at)
        _settle(connection, filled.thread, None)
        connection.execute(insert(review), {**_row(filled), "version": version})
        made.append(filled)
    return made


def undo(connection: Connection, given: Sequence[Review], person: str) -> None:
    """Mark reviews as undone; what each had taken the place of is current again."""
    at = now()
    for one in given:
        values = {"undone": at, "undone_by": person, "current": False}
        connection.execute(update(review).where(review.c.id == one.id).values(values))
        r = review.c
        last = select(r.id).where(r.thread == one.thread, r.undone.is_(None)).order_by(r.id.desc()).limit(1)
        _settle(connection, one.thread, connection.execute(last).scalar())


def follow(connection: Connection, number: int, before: str, after: str) -> None:
    """Let the reviews of an article whose text changed point at their words in the new text, or at none."""
    r = review.c
    for row in connection.execute(select(r.id, r.start, r.stop).where(r.article_id == number)).all():
        if row.start is None:
            continue
        place = moved(before, after, row.start, row.stop)
        values = {"start": None, "stop": None} if place is None else {"start": place[0], "stop": place[1]}
        connection.execute(update(review).where(r.id == row.id).values(values))


def moved(before: str, after: str, start: int, end: int) -> tuple[int, int] | None:
    """Where words of a text stand in a later text: where all around them is the same, or one side of it; else None."""
    first, last = max(0, start - _AROUND), min(len(before), end + _AROUND)
    for left, right in ((first, last), (first, end), (start, last)):
        around = before[left:right]
        at = after.find(around)
        if len(around) - (end - start) >= _AROUND // 2 and at >= 0 and after.find(around, at + 1) < 0:
            return at + start - left, at + end - left
    return None


def mark_read_through(connection: Connection, number: int, person: str) -> None:
    """Note that a person read an article from end to end, as it is now, and misses nothing."""
    version = connection.execute(select(article.c.version).where(article.c.id == number)).scalar_one()
    unmark_read_through(connection, number)
    row = {"article_id": number, "version": version, "person": person, "at": now()}
    connection.execute(insert(read_through), row)


def unmark_read_through(connection: Connection, number: int) -> None:
    """Take that note back."""
    connection.execute(delete(read_through).where(read_through.c.article_id == number))


def articles_read_through(connection: Connection) -> set[str]:
    """The keys of articles that a person read through, and that have not changed since."""
    t = read_through.c
    query = select(t.article_id).join(article, (article.c.id == t.article_id) & (article.c.version == t.version))
    return {str(number) for number in connection.execute(query).scalars()}


def articles_reviewed(connection: Connection) -> set[str]:
    """The keys of articles of which something was reviewed."""
    query = select(review.c.article_id).where(review.c.current).distinct()
    return {str(number) for number in connection.execute(query).scalars()}


def forget(connection: Connection, number: int) -> None:
    """Remove all that was said of an article."""
    connection.execute(delete(review).where(review.c.article_id == number))
    unmark_read_through(connection, number)


def now() -> str:
    """This moment, in UTC."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _settle(connection: Connection, thread: int, current: int | None) -> None:
    """Let one review of a thread be current, or none."""
    r = review.c
    connection.execute(update(review).where(r.thread == thread, r.current).values(current=False))
    if current is not None:
        connection.execute(update(review).where(r.id == current).values(current=True))


def _row(one: Review) -> dict[str, object]:
    return {
        "id": one.id, "article_id": int(one.article), "thread": one.thread, "batch": one.batch, "start": one.start,
        "stop": one.end, "trigger": one.trigger, "type": one.type, "verdict": one.verdict, "read": _json(one.read),
        "answer": _json(one.answer), "filling": _json(one.filling), "person": one.person, "at": one.at,
        "note": one.note, "picked": one.picked, "current": True, "undone": None, "undone_by": None,
    }  # fmt: skip


def _json(value: object) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _read(value: str | None, kind: type[T]) -> T | None:
    return None if value is None else msgspec.json.decode(value, type=kind)
