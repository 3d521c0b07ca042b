"""Templates made into answers. Everything is escaped; what is markup says so by `markupsafe.Markup`."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from rasd.desk import links
from rasd.desk.desk import Desk
from rasd.desk.guard.person import may_see
from rasd.desk.language import DIRECTIONS, chosen, remember, switched
from rasd.relations.pages.page import Language
from rasd.relations.pages.wording import clean

STATIC = Path(__file__).resolve().parent / "static"


def desk_of(request: Request) -> Desk:
    """What the pages of this application read from; for `fastapi.Depends`."""
    return request.app.state.desk


def language_of(request: Request) -> Language:
    """The language that this request is answered in."""
    return chosen(request, desk_of(request).settings.language)


def render(request: Request, template: str, *, status: int = 200, **context: object) -> HTMLResponse:
    """The page that a template makes, in the language of the request.

    Templates see beside ``context``: ``say`` (`rasd.desk.language.Words`), ``t`` (its `label`), ``language``,
    ``direction``, ``switch`` (the language and address of this page in the other one), ``desk``, ``links``, ``asset``
    (the address of a file of ``static/``), ``clean`` (text of articles as one line without direction marks),
    ``navigation`` and ``request``. Macros that use them are imported ``with context``.
    """
    desk = desk_of(request)
    language = language_of(request)
    other: Language = "en" if language == "ar" else "ar"
    body = _environment().get_template(template).render(
        request=request, switch=(other, switched(request, other)),
        navigation=[entry for entry in request.app.state.navigation if may_see(request, entry[0])],
        **_usual(desk, language), **context,
    )  # fmt: skip
    response = HTMLResponse(body, status_code=status, headers={"Content-Language": language})
    remember(request, response)
    return response


def render_part(desk: Desk, language: Language, template: str, **context: object) -> Markup:
    """A part of a page that is the same for whoever asks, to be kept among `Desk.answers`: it sees no request."""
    return Markup(_environment().get_template(template).render(**_usual(desk, language), **context))


def _usual(desk: Desk, language: Language) -> dict[str, object]:
    say = desk.words(language)
    return {
        "desk": desk, "say": say, "t": say.label, "language": language, "direction": DIRECTIONS[language],
        "links": links, "asset": asset, "clean": clean,
    }  # fmt: skip


@cache
def asset(name: str) -> str:
    """The address of a file of ``static/``; another one when the file changes, so that browsers may keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("rasd.desk", "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=StrictUndefined, auto_reload=False,
    )  # fmt: skip
