"""Events of a search written as a file: a table, JSON-LD, a calendar, a feed."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO, Literal

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from rasd.desk.choosing import Chosen
from rasd.desk.desk import Desk
from rasd.exchange import Told, exports, of_events
from rasd.exchange.tally import Tally
from rasd.relations.pages.page import Language
from rasd.store.events import EventChoice
from rasd.store.ledger import Ledger

# A file holds so many events at most, those told last: more are asked for by narrower searches, or by `rasd export`.
MOST = 10_000
# Up to this size an answer is put together in memory.
_IN_MEMORY = 4_000_000
_CHUNK = 65_536

Form = Literal["csv", "json", "ics"]


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a form is named in `rasd.exchange.exports`, and what its files are."""

    form: str
    media: str


FORMS: dict[Form, _Kind] = {
    "csv": _Kind("csv", "text/csv; charset=utf-8"),
    "json": _Kind("jsonld", "application/ld+json"),
    "ics": _Kind("ics", "text/calendar; charset=utf-8"),
}


def exported(request: Request, desk: Desk, chosen: Chosen, form: Form, language: Language) -> Response:
    """The events that are chosen, as a file of a form. The same events give the same bytes."""
    kind = FORMS[form]
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # the answer closes it
    with desk.store.reading() as ledger:
        events = told(ledger, chosen.choice, planned=form == "ics") if chosen.choice is not None else iter(())
        tally = Tally()
        if form == "ics":
            from rasd.exchange import ics

            ics.write(events, file, tally, language)
        else:
            exports()[kind.form].write(events, file, tally)
    digest, size = hashlib.sha256(), file.tell()
    file.seek(0)
    while block := file.read(_CHUNK):
        digest.update(block)
    tag = f'"{digest.hexdigest()[:32]}"'
    headers = {
        "ETag": tag, "Content-Length": str(size), "Content-Disposition": f'attachment; filename="rasd.{form}"',
    }  # fmt: skip
    if known(request, tag):
        file.close()
        return Response(status_code=304, headers={"ETag": tag})
    file.seek(0)
    return StreamingResponse(_blocks(file), media_type=kind.media, headers=headers)


def told(ledger: Ledger, choice: EventChoice, *, planned: bool = False) -> Iterator[Told]:
    """The events of a choice with their reports, those told last first; of a calendar those to come alone."""
    if planned and not choice.status:
        choice = replace(choice, status=("planned", "possible"))
    return of_events(ledger, ledger.stream(choice, limit=MOST))


def known(request: Request, tag: str) -> bool:
    """Whether who asks has an answer of this tag already."""
    said = request.headers.get("if-none-match", "")
    return said.strip() == "*" or tag in [part.strip().removeprefix("W/") for part in said.split(",")]


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while block := file.read(_CHUNK):
            yield block
