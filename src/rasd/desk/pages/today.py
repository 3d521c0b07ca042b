"""The first page: what is new."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from rasd.desk.rendering import desk_of, render

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
def today(request: Request) -> HTMLResponse:
    """What is new."""
    desk = desk_of(request)
    return render(request, "today.html.j2", articles=desk.store.list(limit=12))
