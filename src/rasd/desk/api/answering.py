"""How calls are answered: values as JSON with their ETag, lists page by page behind opaque cursors."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar, cast

import msgspec
from fastapi import Path, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from rasd.desk.api.problems import KIND, ProblemError
from rasd.store.paged import Place

T = TypeVar("T")

_LONGEST_CURSOR = 2000

Limit = Annotated[int, Query(ge=1, le=200, description="So many at most.", examples=[20])]
Cursor = Annotated[
    str | None,
    Query(max_length=_LONGEST_CURSOR, description="`next` of the page before: the list goes on behind it."),
]
ArticleKey = Annotated[
    str, Path(pattern=r"^[1-9][0-9]{0,17}$", description="The key of an article, as lists give it.", examples=["1"])
]
EventNumber = Annotated[
    str, Path(pattern=r"^e[1-9][0-9]{0,8}$", description="The id of an event within its article.", examples=["e1"])
]
OccurrenceId = Annotated[
    str, Path(pattern=r"^o[1-9][0-9]{0,17}$", description="The id of an occurrence.", examples=["o1"])
]
ReviewId = Annotated[int, Path(ge=1, le=10**18, description="The id of a review.", examples=[1])]

PROBLEM: dict[str, Any] = {
    "description": "A problem.",
    "content": {KIND: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class Page(BaseModel, Generic[T]):
    """A page of a list. `next` is the cursor of the page behind it, null where there is none."""

    items: list[T]
    next: str | None


def answer(request: Request, value: object, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A value as JSON with its ETag; 304 where the caller has it already."""
    body = msgspec.json.encode(value)
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    sent = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie", **(headers or {})}
    if request.method in ("GET", "HEAD") and status == 200 and _has(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=sent)
    return Response(body, status, sent, "application/json")


def page(request: Request, items: Sequence[object], places: Sequence[Place], limit: int) -> Response:
    """A page of a list, of which one item more than ``limit`` was asked for; each item with its place."""
    more = len(items) > limit
    cursor = written(request, places[limit - 1]) if more else None
    headers: dict[str, str] = {}
    if cursor is not None:
        behind = request.url.include_query_params(cursor=cursor)
        headers["Link"] = f'<{behind.path}?{behind.query}>; rel="next"'
    return answer(request, {"items": list(items[:limit]), "next": cursor}, headers=headers)


def written(request: Request, place: Place) -> str:
    """A place in a list as a cursor: of this list alone."""
    body = json.dumps([_list(request), *place], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(body.encode()).rstrip(b"=").decode()


def read(request: Request, cursor: str | None, *kinds: type[str] | type[int] | type[float]) -> Place | None:
    """The place that a cursor means, of values of these kinds. Raises `ProblemError` where it is none of this list."""
    if cursor is None:
        return None
    try:
        body: Any = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        body = None
    values = cast(list[Any], body) if isinstance(body, list) else []
    if [type(v) for v in values] != [str, *kinds] or values[0] != _list(request) or not all(map(_kept, values)):
        raise ProblemError(422, "the cursor is none of this list", {"cursor": "not one of this list"})
    return tuple(values[1:])


def _kept(value: str | int | float) -> bool:
    """Whether a database can be asked for a value."""
    return _storable(value) if isinstance(value, str) else abs(value) < 2**62


def storable(**values: str | Sequence[str] | None) -> None:
    """Raise `ProblemError` where a value holds what no database can: NUL, or half a character."""
    for name, value in values.items():
        if any(not _storable(v) for v in ([value] if isinstance(value, str) else value or ())):
            raise ProblemError(422, "a value holds what is no text", {name: "holds what is no text"})


def responses(model: Any, **more: Any) -> dict[int | str, dict[str, Any]]:
    """How an operation answers, for its description: a model where it goes well, a problem where it does not."""
    found: dict[int | str, dict[str, Any]] = {
        200: {"model": model, "description": "Done."},
        304: {"description": "You have it already: it is what your `If-None-Match` names."},
        "default": PROBLEM,
    }
    return {**found, **more}


def made(model: Any) -> dict[int | str, dict[str, Any]]:
    """As `responses`, of an operation that makes something."""
    return {201: {"model": model, "description": "Made."}, "default": PROBLEM}


def _storable(value: str) -> bool:
    return "\0" not in value and not any("\ud800" <= c <= "\udfff" for c in value)


def _list(request: Request) -> str:
    """A short name of a list: its path. A cursor of one list is none of another's."""
    return hashlib.blake2b(request.url.path.encode("utf-8", "replace"), digest_size=4).hexdigest()


def _has(said: str | None, tag: str) -> bool:
    """Whether ``If-None-Match`` names a tag."""
    if said is None:
        return False
    return any(t.strip().removeprefix("W/") in (tag, "*") for t in said.split(","))
