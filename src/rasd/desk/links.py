"""Addresses of pages. A code's slash is a hyphen in them: ``/relation/SYR-OPP/RUS``."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode


def coded(code: str) -> str:
    """A code as a part of an address."""
    return quote(code.replace("/", "-"), safe="")


def code_in(part: str) -> str:
    """The code, or name, that a part of an address means."""
    return part.replace("-", "/", 1) if part[3:4] == "-" and part[:3].isascii() else part


def relation(first: str, second: str) -> str:
    return f"/relation/{coded(first)}/{coded(second)}"


def actor(code: str) -> str:
    return f"/actor/{coded(code)}"


def event(id: str) -> str:
    """``id`` is an occurrence's (``o12``)."""
    return f"/event/{quote(id, safe='')}"


def article(key: str, mark: str = "") -> str:
    """``mark`` is an anchor in the article: the id of an event in its record (``e3``)."""
    return f"/article/{quote(key, safe='')}{'#' + mark if mark else ''}"


def affair(key: str) -> str:
    """``key`` as `rasd.chronicle.affair_key` gives it."""
    return f"/affair/{quote(key, safe=':')}"


def review(report: str) -> str:
    """Where a report (``17/e3``) is reviewed."""
    return f"/review/event/{quote(report, safe='/')}"


def place(key: str) -> str:
    """``key`` as `rasd.chronicle.place_key` gives it, or the code of a country."""
    return f"/place/{quote(key, safe=':')}"


def with_pairs(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A path with its query, in which a name may stand several times."""
    kept = list(pairs)
    return f"{path}?{urlencode(kept)}" if kept else path


def with_query(path: str, **values: object) -> str:
    """A path with those of the values that are not None or empty as its query."""
    kept = [(key, str(value)) for key, value in values.items() if value not in (None, "")]
    return f"{path}?{urlencode(kept)}" if kept else path
