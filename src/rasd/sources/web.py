"""Web pages: the article of a page without what stands round it; its headline, day, outlet and address as it says."""

from __future__ import annotations

import codecs
import contextlib
import datetime as dt
import logging
import re
from collections.abc import Iterator
from typing import Any

from rasd.sources.article import YEARS, Article
from rasd.sources.decoding import UndecodableError, decode
from rasd.sources.libraries import library, missing
from rasd.sources.part import FormError, Gathered, Part

# Pages of news have a tenth of this; parsing what is larger takes long.
MAX_PAGE = 8 * 1024 * 1024
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
# Parsing takes the square of the attributes of a tag; a picture that is written into its page is long, but one word.
_LONG_TAG = re.compile(r"<[^<>]{20000,}")
_MAX_WORDS = 2000
# What Arabic pages are written in. Python knows more by name that are no encodings of text (idna, unicode_escape), one
# of which takes the square of the page (punycode).
_DECLARED = frozenset(
    ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso8859-6", "mac-arabic", "cp720", "cp864")
)
# Only what a page says of its day counts, not the first date that stands somewhere on it; the span is given so that
# the answer does not depend on today.
_DATES = {"extensive_search": False, "original_date": True, "min_date": "1995-01-01", "max_date": "2200-12-31",
          "outputformat": "%Y-%m-%d"}  # fmt: skip


def read(part: Part) -> Iterator[Gathered]:
    """The article of a page. Raises `FormError`."""
    yield Gathered(part.origin, page(part.all(MAX_PAGE), part.url), file=part.path)


def page(data: bytes, url: str | None = None, charset: str | None = None) -> Article:
    """The article of a page, which lies at ``url``; ``charset`` is what its server called its encoding.

    Raises `FormError`.
    """
    try:
        trafilatura = library("trafilatura")
    except ImportError:
        raise missing("HTML", "trafilatura") from None
    # It tells on a log of its own what a page lacks; that is said by the reason.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    html = markup(data, charset)
    if any(len(tag[0].split()) > _MAX_WORDS for tag in _LONG_TAG.finditer(html)):
        raise FormError("a tag of the page has too many attributes")
    try:
        # Without its second and third way, which go through the stop words of fifty languages for a page.
        found: Any = trafilatura.bare_extraction(
            html, url=url, fast=True, include_comments=False, include_tables=False, with_metadata=True,
            date_extraction_params=_DATES,
        )  # fmt: skip
    except (RecursionError, MemoryError):
        raise
    except Exception as error:
        raise FormError(f"the page cannot be read ({type(error).__name__})") from error
    if found is None or not (text := str(found.text or "").strip()):
        raise FormError("no article on the page")
    return Article(text, None, _of(found.title), _of(found.sitename) or _of(found.hostname), url or _of(found.url),
                   _day(found.date))  # fmt: skip


def markup(data: bytes, charset: str | None = None) -> str:
    """A page as text: in the encoding that its server or it itself names where that fits, else as text is told."""
    declared = _CHARSET.search(data[:4096])
    for name in (charset, declared[1].decode("ascii") if declared else None):
        # Named so are also pages in Windows-1252 and worse, hence only with nothing left over.
        if name and name.lower() not in ("iso-8859-1", "latin1", "us-ascii", "windows-1252"):
            with contextlib.suppress(LookupError, UnicodeError, ValueError):
                known = codecs.lookup(name).name
                if known in _DECLARED:
                    return data.decode(known)
    try:
        return decode(data, arabic=False)
    except UndecodableError as error:
        raise FormError(str(error)) from None


def _of(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _day(value: object) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
    return day if day.year in YEARS else None
