"""The application: the pages of `rasd.desk.pages` over one database."""

from __future__ import annotations

import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import Response

from rasd.desk.adding.jobs import Jobs
from rasd.desk.api.application import mount
from rasd.desk.api.problems import of_validation, problem
from rasd.desk.desk import Desk
from rasd.desk.guard.accounts import Accounts
from rasd.desk.guard.guarding import Guarding
from rasd.desk.guard.middleware import Guard
from rasd.desk.guard.settings import GuardSettings
from rasd.desk.pages import PAGES
from rasd.desk.rendering import STATIC, desk_of, render
from rasd.desk.settings import Settings
from rasd.relations.course import prepare
from rasd.store import StoreError

# What begins so answers in JSON, errors too.
API = "/api/"


class _Kept(StaticFiles):
    """Files whose address changes with their content, which browsers may keep."""

    async def get_response(self, path: str, scope: dict[str, object]) -> Response:  # type: ignore[override]
        response = await super().get_response(path, scope)  # type: ignore[arg-type]
        if response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def create_app(settings: Settings) -> FastAPI:
    """The desk as an ASGI application.

    Raises `rasd.store.StoreError` where the database cannot be had, and `rasd.desk.guard.accounts.AccountsError` where
    the file of users is not as it should be.
    """
    guarding = guarding_of(settings)
    desk = Desk(settings)
    jobs = Jobs(on_added=desk.leave_sample)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncGenerator[None]:
        # Not while the first who asks for a relation waits.
        threading.Thread(target=prepare, daemon=True).start()
        yield
        # Another thread waits for the job that is stopped, so that answers can still be given.
        await anyio.to_thread.run_sync(jobs.close)
        desk.close()

    app = FastAPI(title="Rasd", lifespan=life, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    app.state.guarding = guarding
    app.state.jobs = jobs
    app.state.navigation = [(page.path, page.word) for page in PAGES if page.path and page.word]
    app.mount("/static", _Kept(directory=STATIC), name="static")
    for page in PAGES:
        app.include_router(page.router)
    mount(app)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _misasked)
    app.add_exception_handler(StoreError, _unserved)
    app.add_middleware(Guard, guarding=guarding, answer=_said)
    return app


def guarding_of(settings: Settings) -> Guarding:
    """Who may see and change a desk with these settings. Raises `rasd.desk.guard.accounts.AccountsError`."""
    where = GuardSettings(settings.host, settings.names, settings.public, settings.limits)
    return Guarding(where, Accounts.from_environment(settings.users))


def _refused(request: Request, error: Exception) -> Response:
    """A page that says what is missing or not allowed. ``detail`` may be the key of a word of the desk."""
    assert isinstance(error, HTTPException)
    response = _said(request, error.status_code, str(error.detail))
    response.headers.update(error.headers or {})
    return response


def _misasked(request: Request, error: Exception) -> Response:
    """What was asked for has not the form that the page takes."""
    assert isinstance(error, RequestValidationError)
    if request.url.path.startswith(API):
        return of_validation(error)
    return _said(request, 422, "error.form")


def _unserved(request: Request, error: Exception) -> Response:
    """The database is not to be had now."""
    return _said(request, 503, str(error))


def _said(request: Request, status: int, detail: str) -> Response:
    if request.url.path.startswith(API):
        # What a page says in the reader's language is said to programs in English.
        words = desk_of(request).words("en")
        return problem(status, words.label(detail) if words.has(detail) else detail)
    return render(request, "error.html.j2", status=status, code=status, detail=detail)
