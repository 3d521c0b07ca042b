"""A list of articles as a feed or the map of a site gives it, whatever its form."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from dataclasses import dataclass, field
from typing import Any

from rasd.sources.days import day_of
from rasd.sources.libraries import FormError

# Feeds have some hundred kilobytes; maps of sites 50 MB at most, by their standard.
MAX_FEED, MAX_MAP = 4 * 1024 * 1024, 52 * 1024 * 1024
# What stands before the root of an XML file: where entities are defined, and by what it is known what it is.
_HEAD = 4096
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(rss|feed|RDF|urlset|sitemapindex|opml)\b", re.IGNORECASE)
_ELEMENT = re.compile(rb"<[A-Za-z]")
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


@dataclass(slots=True, frozen=True)
class Item:
    """An article that a list names: where it is (``url``), what it is known again by (``key``), and what the list says
    of it. ``text`` are the list's own words, all of the article's if ``whole``, else how it begins or what it is about.
    """

    url: str | None
    key: str
    title: str | None = None
    published: dt.date | None = None
    source: str | None = None
    text: str | None = None
    whole: bool = False


@dataclass(slots=True, frozen=True)
class Listing:
    """A feed or a map: its ``title``, its ``items`` and, of a map of maps, the addresses of the ``maps``."""

    kind: str
    title: str | None = None
    items: list[Item] = field(default_factory=list[Item])
    maps: list[str] = field(default_factory=list[str])


def kind_of(data: bytes) -> str | None:
    """``feed``, ``map`` or ``opml`` by the first element; None where it is none of them."""
    first = _ELEMENT.search(data[:_HEAD])
    found = _ROOT.match(data, first.start()) if first else None
    if found is None:
        return None
    root = found[1].lower()
    return "opml" if root == b"opml" else "map" if root in (b"urlset", b"sitemapindex") else "feed"


def listed(data: bytes, url: str | None = None, content_type: str | None = None) -> Listing | None:
    """The list that ``data`` is, packed (gzip) or not; None where it is none. ``url`` is where it lies.

    Raises `FormError` where it is damaged, too large, or made to do harm.
    """
    data = unpacked(data)
    kind = kind_of(data)
    if kind == "map":
        from rasd.sources.feeds.maps import site_map

        return site_map(data, url)
    if kind == "feed":
        from rasd.sources.feeds.syndication import feed

        return feed(data, url, content_type)
    return None


def unpacked(data: bytes) -> bytes:
    """``data`` without gzip around it, where it is a list. Raises `FormError` where it unpacks to too much."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        found = unpacking.decompress(data, _HEAD)
        if kind_of(found) is None:
            return data
        found += unpacking.decompress(unpacking.unconsumed_tail, MAX_MAP + 1 - len(found))
    except zlib.error as error:
        raise FormError("truncated or damaged") from error
    if len(found) > MAX_MAP:
        raise FormError(f"unpacks to over {MAX_MAP // 1024 // 1024} MB (a bomb?)")
    if not unpacking.eof:
        raise FormError("truncated or damaged")
    return found


def check_entities(data: bytes) -> None:
    """Raise `FormError` where an XML file defines entities, with which little can be made much."""
    first = _ELEMENT.search(data)
    if _ENTITY.search(data, 0, first.start() if first else len(data)):
        raise FormError("it defines entities (a bomb?)")


def day(*written: Any) -> dt.date | None:
    """The first day that is readable of what a list says, as its own zone has it."""
    for text in written:
        if isinstance(text, str) and text.strip():
            try:
                return day_of(text.strip())
            except ValueError:
                continue
    return None
