"""What goes wrong, said to a program: ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import msgspec
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import Response

from rasd.reviews import ReviewError

KIND = "application/problem+json"
_LONGEST = 500


@dataclass(slots=True)
class Problem:
    """What went wrong. ``title`` names the status, ``detail`` says it in a sentence; ``faults`` gives each wrong
    parameter or field with what is wrong with it."""

    type: str
    title: str
    status: int
    detail: str
    faults: dict[str, str]


class ProblemError(Exception):
    """Ends a call with a problem."""

    def __init__(self, status: int, detail: str, faults: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.faults = dict(faults or {})


def problem(
    status: int, detail: str, faults: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """The answer that says what went wrong."""
    try:
        title = HTTPStatus(status).phrase
    except ValueError:
        title = "Error"
    said = "".join(c if c.isprintable() else " " for c in detail)[:_LONGEST]
    found = {_plain(name): _plain(fault) for name, fault in (faults or {}).items()}
    body = msgspec.json.encode(Problem("about:blank", title, status, said, found))
    return Response(body, status, dict(headers or {}), KIND)


def of_error(_request: Request, error: Exception) -> Response:
    """The answer to a `ProblemError`."""
    assert isinstance(error, ProblemError)
    return problem(error.status, error.detail, error.faults)


def of_validation(error: RequestValidationError) -> Response:
    """The answer to what has not the form that was asked for; what was sent is not said again."""
    faults = {".".join(str(part) for part in e["loc"][1:]) or str(e["loc"][0]): str(e["msg"]) for e in error.errors()}
    return problem(422, "the call has not the form that is asked for", faults)


def of_review(error: ReviewError) -> ProblemError:
    """A review that cannot be taken."""
    return ProblemError(422, str(error), error.faults)


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)[:_LONGEST]
