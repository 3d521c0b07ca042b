"""The API as the application takes it, and its description (OpenAPI 3.1)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter
from starlette.responses import Response

from rasd import __version__
from rasd.desk.api import record, relating, reviewing
from rasd.desk.api.answering import answer, responses
from rasd.desk.api.problems import Problem, ProblemError, of_error
from rasd.desk.api.shapes import Index
from rasd.desk.rendering import desk_of

ROOT = "/api/v1"
_EXAMPLES = Path(__file__).parent / "examples.json"
_ABOUT = """\
What Rasd read in articles, and what articles tell together: the same questions as the pages of the desk ask.

- **Lists** come page by page: `next` is the cursor of the page behind, null on the last. Cursors are opaque; what is
  added while you turn pages shifts nothing.
- **ETag**: send it back as `If-None-Match`; 304 says that nothing changed.
- **Problems** are `application/problem+json`; `faults` names each wrong parameter or field.
- **Signing in**: where the desk has users, send a token: `Authorization: Bearer ...`. Readers read; editors review too.
- **Days** are ISO 8601; offsets count characters into the article's text, end exclusive.
"""

api = APIRouter(prefix=ROOT)


@api.get("", operation_id="index", tags=["record"], responses=responses(Index))
def index(request: Request) -> Response:
    """What there is, and where to begin."""
    lists = ("articles", "events", "occurrences", "actors", "affairs", "reviews")
    count = desk_of(request).store.count()
    return answer(request, Index(__version__, f"{ROOT}/openapi.json", count, {n: f"{ROOT}/{n}" for n in lists}))


@api.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> Response:
    """The description of the API."""
    return answer(request, described())


for part in (record, reviewing, relating):
    api.include_router(part.router)


def mount(app: FastAPI) -> None:
    """Put the API on the application."""
    app.include_router(api)
    app.add_exception_handler(ProblemError, of_error)


@cache
def described() -> dict[str, Any]:
    """The description of the API, each operation with an example of its answer."""
    made = get_openapi(
        title="Rasd", version="1", summary="The record of who did what to whom, in Arabic news", description=_ABOUT,
        routes=api.routes,
    )  # fmt: skip
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = TypeAdapter(Problem).json_schema(ref_template="#/components/schemas/{model}")
    made["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    made["security"] = [{"token": []}, {}]
    examples = examples_kept()
    for operations in made["paths"].values():
        for operation in operations.values():
            # Each says its own problems under "default"; the form of FastAPI's own is not what is sent.
            operation["responses"].pop("422", None)
            _with_example(operation, examples)
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    return made


def examples_kept() -> dict[str, Any]:
    """An example of the answer of each operation, by its id: what the API says of the example articles."""
    return msgspec.json.decode(_EXAMPLES.read_bytes()) if _EXAMPLES.exists() else {}


def _with_example(operation: dict[str, Any], examples: dict[str, Any]) -> None:
    example = examples.get(operation["operationId"])
    for status in ("200", "201"):
        content = operation["responses"].get(status, {}).get("content", {}).get("application/json")
        if content is not None and example is not None:
            content["example"] = example
