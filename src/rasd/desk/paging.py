"""A long list, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from rasd.desk import links


@dataclass(frozen=True, slots=True)
class Paging:
    """Page ``page`` (from 1) of ``pages``, of ``total`` things; ``earlier`` and ``later`` are addresses or None."""

    page: int
    pages: int
    total: int
    size: int
    earlier: str | None
    later: str | None

    @property
    def offset(self) -> int:
        """How many things stand on the pages before."""
        return (self.page - 1) * self.size


def paging(request: Request, total: int, page: int, size: int = 50) -> Paging:
    """The page that was asked for, else the last there is; what else the address says is kept."""
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    kept = {key: value for key, value in request.query_params.items() if key not in ("page", "lang")}

    def at(number: int) -> str:
        return links.with_query(request.url.path, **{**kept, "page": number if number > 1 else None})

    return Paging(page, pages, total, size, at(page - 1) if page > 1 else None, at(page + 1) if page < pages else None)
