"""Feeds: RSS of all versions and Atom, also where they are not quite as they should be."""

from __future__ import annotations

import html.entities
import io
import re
import xml.parsers.expat
from typing import Any

from rasd.sources.feeds.listing import MAX_FEED, Item, Listing, check_entities, day
from rasd.sources.feeds.prose import prose
from rasd.sources.libraries import FormError, library, missing

# A feed holds its latest articles; what has more is read as far.
_ITEMS = 5000
# In words: what a feed has of an article is all of it from here on; with less it is not enough to be read at all.
_WHOLE, _SOME = 60, 8
# In bytes: broken XML up to here is read as well as can be; with more it is made whole first.
_SMALL = 256 * 1024
# Each costs feedparser some 30 millionths of a second.
_MARKS = 400_000
_NAMED = re.compile(rb"&(?!#)(?:([A-Za-z][A-Za-z0-9]{1,30});)?")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_DAYS = ("published", "created", "updated")


def feed(data: bytes, url: str | None = None, content_type: str | None = None) -> Listing:
    """The feed that ``data`` is, in the order that it has. Raises `FormError`."""
    if len(data) > MAX_FEED:
        raise FormError(f"too large for a feed (over {MAX_FEED // 1024 // 1024} MB)")
    if data.count(b"<") > _MARKS:
        raise FormError("too much markup for a feed")
    check_entities(data)
    try:
        feedparser = library("feedparser")
    except ImportError:
        raise missing("a feed", "feedparser") from None
    headers = {"content-type": content_type or "application/xml", **({"content-location": url} if url else {})}
    try:
        # As a file: text that looks like an address would be fetched. Markup is taken off here, not made harmless.
        parsed: Any = feedparser.parse(io.BytesIO(_mended(data)), response_headers=headers, sanitize_html=False)
    except (RecursionError, MemoryError):
        raise
    except Exception as error:
        raise FormError(f"the feed cannot be read ({type(error).__name__})") from error
    title = _line(parsed.feed.get("title"))
    items = [found for entry in parsed.entries[:_ITEMS] if (found := _item(entry)) is not None]
    if not items and (parsed.bozo or not parsed.version):
        raise FormError("the feed cannot be read (its XML is broken)")
    return Listing("feed", title, items)


def _mended(data: bytes) -> bytes:
    """A large feed whose XML is broken, made whole: feedparser's own way to read such takes minutes for one."""
    if len(data) <= _SMALL:
        return data
    checker = xml.parsers.expat.ParserCreate()
    try:
        checker.Parse(data, True)
    except (xml.parsers.expat.ExpatError, ValueError, LookupError):
        pass
    else:
        return data
    try:
        etree = library("lxml.etree")
    except ImportError:
        raise missing("a broken feed", "lxml") from None
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(_NAMED.sub(_numbered, data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FormError("the feed cannot be read (its XML is broken)") from error
    if root is None:
        raise FormError("the feed cannot be read (its XML is broken)")
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _numbered(found: re.Match[bytes]) -> bytes:
    """A character that XML has no name for, by its number; a bare ``&`` as one."""
    name = (found[1] or b"").decode("ascii")
    if name in _OF_XML:
        return found[0]
    point = html.entities.name2codepoint.get(name)
    return b"&#%d;" % point if point else b"&amp;" + found[0][1:]


def _item(entry: Any) -> Item | None:
    """An entry; None where it neither leads anywhere nor says enough to be read."""
    link = str(entry.get("link") or "").strip()
    if not link.lower().startswith(("http://", "https://")):
        link = ""
    bodies = [str(body.get("value") or "") for body in entry.get("content") or ()]
    text = prose(max([*bodies, str(entry.get("summary") or "")], key=len))
    words = len(text.split())
    if not link and words < _SOME:
        return None
    title = _line(entry.get("title"))
    key = str(entry.get("id") or "").strip() or link or f"{title or ''}\n{text[:500]}"
    source: Any = entry.get("source") or {}
    return Item(
        link or None, key[:2000], title, day(*(entry[name] for name in _DAYS if name in entry)),
        _line(source.get("title")), text if words >= _SOME else None, bool(bodies) and words >= _WHOLE,
    )  # fmt: skip


def _line(value: Any) -> str | None:
    return " ".join(prose(value).split())[:1000] or None if isinstance(value, str) else None
