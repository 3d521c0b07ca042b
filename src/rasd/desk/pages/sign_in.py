"""Signing in and out, where the desk is for more than who sits at this machine."""

from __future__ import annotations

import logging
from typing import Annotated

import anyio
import anyio.to_thread
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from rasd.desk.guard.addresses import local_path
from rasd.desk.guard.cookies import FORM, SESSION, setting
from rasd.desk.guard.guarding import Guarding
from rasd.desk.guard.passwords import LONGEST
from rasd.desk.guard.person import person_of
from rasd.desk.rendering import render

_LOG = logging.getLogger("rasd.desk")
# A password takes 64 MB and a tenth of a second to check, so that few are checked at a time.
_CHECKING = anyio.CapacityLimiter(2)

router = APIRouter(include_in_schema=False)


@router.get("/sign-in", response_model=None)
def sign_in(request: Request, next: str = "/") -> Response:
    """The form to sign in by; on to the page where nobody has to."""
    if not request.app.state.guarding.signs_in():
        return RedirectResponse(local_path(next), 303)
    return _form(request, next)


@router.post("/sign-in", response_model=None)
async def signed_in(
    request: Request, name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=LONGEST)] = "", next: Annotated[str, Form()] = "/",
) -> Response:  # fmt: skip
    """Begin a session, or say that it was wrong; not which of the two."""
    guarding: Guarding = request.app.state.guarding
    address = request.client.host if request.client else ""
    wait = guarding.tries(name, address)
    if wait:
        _LOG.warning("too many attempts to sign in from %s", address)
        seconds = {"Retry-After": str(int(wait) + 1)}
        response = _form(request, next, name, wrong="guard.often", status=429)
        response.headers.update(seconds)
        return response
    account = await anyio.to_thread.run_sync(guarding.accounts.of_password, name, password, limiter=_CHECKING)
    if account is None:
        # A password typed where the name goes must not stand in the log.
        _LOG.warning("wrong name or password from %s", address)
        return _form(request, next, name, wrong="guard.wrong", status=403)
    secret = guarding.succeeds(account, address, person_of(request))
    _LOG.info("%s signed in from %s", account.name, address)
    response = RedirectResponse(local_path(next), 303)
    secure = request.url.scheme == "https"
    response.headers.append("Set-Cookie", setting(SESSION, secret, secure=secure))
    response.headers.append("Set-Cookie", setting(FORM, "", secure=secure, strict=True, seconds=0))
    return response


@router.post("/sign-out", response_model=None)
def sign_out(request: Request) -> Response:
    """End the session."""
    guarding: Guarding = request.app.state.guarding
    person = person_of(request)
    if person is not None and person.session is not None:
        guarding.sessions.end(person.session)
        _LOG.info("%s signed out", person.name)
    response = RedirectResponse("/sign-in", 303)
    secure = request.url.scheme == "https"
    response.headers.append("Set-Cookie", setting(SESSION, "", secure=secure, seconds=0))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _form(request: Request, next: str, name: str = "", *, wrong: str | None = None, status: int = 200) -> HTMLResponse:
    return render(
        request, "sign_in.html.j2", status=status, next=local_path(next), name=name, wrong=wrong, longest=LONGEST
    )
