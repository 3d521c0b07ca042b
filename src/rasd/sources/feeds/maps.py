"""Maps of sites (sitemaps): the addresses of a site's pages, those for news with their headline and day."""

from __future__ import annotations

import io
import re
from typing import Any
from urllib.parse import urljoin

from rasd.sources.feeds.listing import MAX_MAP, Item, Listing, day
from rasd.sources.libraries import FormError, library, missing

# By the standard a map names so many pages or maps at most.
_ENTRIES = 50_000
_WRITTEN = re.compile(r"\s+")


def site_map(data: bytes, url: str | None = None) -> Listing:
    """The map that ``data`` is, of pages or of maps. Raises `FormError`."""
    if len(data) > MAX_MAP:
        raise FormError(f"too large for a map of a site (over {MAX_MAP // 1024 // 1024} MB)")
    try:
        xml, common = library("defusedxml.ElementTree"), library("defusedxml.common")
    except ImportError:
        raise missing("a map of a site", "defusedxml") from None
    found = Listing("map")
    fields: dict[str, str] = {}
    depth = 0
    try:
        for event, element in xml.iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            if event == "start":
                continue
            name = str(element.tag).rpartition("}")[2]
            if depth > 1:
                fields.setdefault(name, str(element.text or "").strip())
                continue
            if depth == 1:
                _take(found, name, fields, url)
                fields = {}
                element.clear()
                if len(found.items) + len(found.maps) >= _ENTRIES:
                    break
    except common.DefusedXmlException as error:
        raise FormError("it defines entities (a bomb?)") from error
    except (xml.ParseError, ValueError, LookupError) as error:
        if not found.items and not found.maps:
            raise FormError("truncated or damaged") from error
    return found


def _take(found: Listing, name: str, fields: dict[str, str], url: str | None) -> None:
    at = _WRITTEN.sub("", fields.get("loc", ""))
    at = urljoin(url, at) if url and at else at
    if not at.lower().startswith(("http://", "https://")):
        return
    if name == "sitemap":
        found.maps.append(at)
    elif name == "url":
        found.items.append(_item(at, fields))


def _item(at: str, fields: dict[str, Any]) -> Item:
    # When a page was changed last is not when it was published: only the map of news says that.
    return Item(at, at, fields.get("title") or None, day(fields.get("publication_date")), fields.get("name") or None)
