"""An article as a source gives it, and what can be wrong with one."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from rasd.errors import RasdError
from rasd.text.letters import western_digits

STDIN = "-"
# What a Hijri calendar, the registry of office holders and plain arithmetic on days can bear.
YEARS = range(1800, 2201)

_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.,+\-Z ]*)?")


class SourceError(RasdError):
    """An article cannot be had from ``path``, for ``reason`` (a clause a person can act on)."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(slots=True, frozen=True)
class Article:
    """One article to be read; all but the text may be unknown. ``origin`` says for people where it comes from."""

    text: str
    id: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: dt.date | None = None
    origin: str | None = field(default=None, compare=False)


def is_address(text: str) -> bool:
    """Whether a text, such as a command's argument, is meant as an address of the web and not as a file's name."""
    return text[:8].lower().startswith(("http://", "https://"))


# What no encoding can write (lone surrogates), and what databases take for the end of a text (NUL).
_UNKEPT = re.compile("[\x00\ud800-\udfff]")


def keepable(article: Article) -> Article:
    """The article with U+FFFD for what can be written nowhere, lone surrogates and NUL; offsets stay as they are."""
    given = (article.text, article.id, article.title, article.source, article.url)
    if not any(value and _UNKEPT.search(value) for value in given):
        return article

    def kept(value: str | None) -> str | None:
        return None if value is None else _UNKEPT.sub("\ufffd", value)

    return replace(
        article, text=kept(article.text) or "", id=kept(article.id), title=kept(article.title),
        source=kept(article.source), url=kept(article.url),
    )  # fmt: skip


def source_name(path: str) -> str:
    """How messages call ``path``: standard input by that name, bytes that are no text escaped."""
    if path == STDIN:
        return "standard input"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in path)


def one_line(text: str) -> str:
    """``text`` without line ends and what a terminal would obey, for a message."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def os_reason(error: OSError) -> str:
    """The system's reason in the words of the other messages: ``no such file or directory``."""
    if isinstance(error, FileNotFoundError):
        return "no such file"
    text = error.strerror or type(error).__name__
    return text[:1].lower() + text[1:]


def publication_date(text: str) -> dt.date:
    """The day that ``2016-11-07`` or ``2016-11-07T00:00:00`` names.

    Raises `ValueError` with a message for people on anything else.
    """
    match = _DATE.fullmatch(western_digits(text.strip()))
    if match is None:
        raise ValueError(f"{_quoted(text)} is no date: write it as 2016-10-10")
    year, month, day = (int(part) for part in match.groups())
    if year not in YEARS:
        raise ValueError(f"{_quoted(text)} lies outside the years {YEARS[0]} to {YEARS[-1]}")
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{_quoted(text)} is no date: {error}") from None


def _quoted(text: str) -> str:
    shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text[:40])
    return f"'{shown}{'…' if len(text) > 40 else ''}'"
