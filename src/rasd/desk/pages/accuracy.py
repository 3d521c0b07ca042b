"""How right Rasd has been, by the people who reviewed it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from rasd.desk.rendering import desk_of, render
from rasd.reviews.accuracy import accuracy as figures

router = APIRouter(include_in_schema=False)


@router.get("/accuracy", response_class=HTMLResponse)
def accuracy(request: Request) -> HTMLResponse:
    """The figures by type and by source, with how sure they are and what they do not say."""
    with desk_of(request).store.reading() as ledger:
        found = figures(ledger)
    return render(request, "accuracy.html.j2", a=found)
