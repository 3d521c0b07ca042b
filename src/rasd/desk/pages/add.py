"""Adding articles: a text, files, an address; and what comes of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, HTTPException, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from rasd.desk.adding import receiving
from rasd.desk.adding.jobs import Job, Jobs
from rasd.desk.adding.receiving import About, GivenError, TooManyJobsError, Upload
from rasd.desk.adding.task import Became
from rasd.desk.desk import Desk
from rasd.desk.guard.person import Person, editor_of
from rasd.desk.rendering import desk_of, render
from rasd.record import Event
from rasd.store import StoreError

router = APIRouter(include_in_schema=False)

Editor = Annotated[Person, Depends(editor_of)]
Line = Annotated[str, Form(max_length=2000)]
# Articles on one page of a job, events shown of each, jobs in the list.
_SHOWN, _EVENTS, _JOBS = 20, 6, 20
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(slots=True, frozen=True)
class Taken:
    """What became of an article, with what was read in it: the first of its ``events``, of which it ``told`` so many.

    An event that an article tells twice counts once.
    """

    became: Became
    events: list[Event]
    told: int


@router.get("/add", response_class=HTMLResponse)
def add(request: Request, _editor: Editor) -> HTMLResponse:
    """The three forms, and the jobs of late."""
    settings = desk_of(request).settings
    _jobs(request).prepare(str(settings.lexicon) if settings.lexicon else None)
    return _forms(request)


@router.post("/add/text", response_model=None)
def add_text(
    request: Request, editor: Editor, text: Annotated[str, Form()] = "", title: Line = "", source: Line = "",
    published: Line = "", url: Line = "",
) -> Response:  # fmt: skip
    """Add a pasted text."""

    def begun() -> Job:
        about = _about(request, source, published)
        at = url.strip() or None
        return receiving.text_job(_jobs(request), editor.name, about, text, title=receiving.line(title), url=at)

    fields = {"text": text, "title": title, "source": source, "published": published, "url": url}
    return _begun(request, "text", begun, fields)


@router.post("/add/files", response_model=None)
def add_files(
    request: Request, editor: Editor, files: Annotated[list[UploadFile] | None, File()] = None, source: Line = "",
    published: Line = "",
) -> Response:  # fmt: skip
    """Add files in any form."""

    def begun() -> Job:
        uploads = [Upload(file.filename or "", file.file) for file in files or ()]
        return receiving.files_job(_jobs(request), editor.name, _about(request, source, published), uploads)

    return _begun(request, "files", begun, {"source": source, "published": published})


@router.post("/add/address", response_model=None)
def add_address(
    request: Request, editor: Editor, address: Line = "", source: Line = "", published: Line = ""
) -> Response:
    """Add what is at an address: a page, a feed, a map of a site."""

    def begun() -> Job:
        about = _about(request, source, published)
        return receiving.address_job(_jobs(request), editor.name, about, address.strip())

    return _begun(request, "address", begun, {"address": address, "source": source, "published": published})


@router.get("/add/jobs/{id}", response_class=HTMLResponse)
def show_job(
    request: Request, id: str, _editor: Editor, page: Annotated[int, Query(ge=1, le=1000)] = 1
) -> HTMLResponse:
    """How a job stands, and what was taken from each of its articles."""
    job = _job(request, id)
    outcomes = list(job.outcomes)
    pages = max(1, ceil(len(outcomes) / _SHOWN))
    page = min(page, pages)
    some = outcomes[(page - 1) * _SHOWN : page * _SHOWN]
    response = render(
        request, "job.html.j2", job=job, taken=_taken(desk_of(request), some), before=_jobs(request).before(job),
        page=page, pages=pages, kept=len(outcomes),
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


@router.post("/add/jobs/{id}/stop", response_model=None)
def stop_job(request: Request, id: str, _editor: Editor) -> Response:
    """Stop a job; what it has added stays."""
    job = _job(request, id)
    _jobs(request).stop(job.id)
    return RedirectResponse(f"/add/jobs/{job.id}", 303)


def _jobs(request: Request) -> Jobs:
    return request.app.state.jobs


def _job(request: Request, id: str) -> Job:
    job = _jobs(request).job(id) if _ID.fullmatch(id) else None
    if job is None:
        raise HTTPException(404, "add.forgotten")
    return job


def _about(request: Request, source: str, published: str) -> About:
    settings = desk_of(request).settings
    lexicon = str(settings.lexicon) if settings.lexicon else None
    return About(settings.database, lexicon, receiving.line(source), receiving.day(published))


def _begun(request: Request, form: str, begin: Callable[[], Job], fields: dict[str, str]) -> Response:
    """To the page of the job, or the form again with what was written and what is wrong with it."""
    try:
        job = begin()
    except GivenError as error:
        return _forms(request, form, fields, wrong=error.word, status=422)
    except TooManyJobsError as error:
        return _forms(request, form, fields, wrong=error.word, status=429)
    return RedirectResponse(f"/add/jobs/{job.id}", 303)


def _forms(
    request: Request, form: str = "", fields: dict[str, str] | None = None, *, wrong: str | None = None,
    status: int = 200,
) -> HTMLResponse:  # fmt: skip
    limits = desk_of(request).settings.limits
    return render(
        request, "add.html.j2", status=status, form=form, fields=fields or {}, wrong=wrong, limits=limits,
        jobs=_jobs(request).recent()[:_JOBS],
    )  # fmt: skip


def _taken(desk: Desk, some: list[Became]) -> list[Taken]:
    """What was read in articles that were added."""
    found: list[Taken] = []
    for became in some:
        told: list[Event] = []
        if became.key is not None:
            try:
                events = desk.store.show(became.key).record.events
                told = [event for event in events if event.same_as is None]
            except StoreError:  # removed since
                pass
        found.append(Taken(became, told[:_EVENTS], len(told)))
    return found
