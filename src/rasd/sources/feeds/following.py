"""From an address to articles: those of the page that lies there, or of all pages that a feed or a map leads to."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import cast
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from rasd.sources.article import Article
from rasd.sources.columns import Columns
from rasd.sources.feeds.listing import MAX_MAP, Item, Listing, kind_of, listed
from rasd.sources.fetching import Fault, Fetched, Fetcher, FetchError, Limits, shared
from rasd.sources.files import MAX_BYTES
from rasd.sources.forms import articles
from rasd.sources.libraries import FormError
from rasd.sources.part import Budget, Gathered, Part
from rasd.sources.web import MAX_PAGE, page

# What a user names may be a whole archive; what a list leads to is an article.
NAMED = Limits(seconds=300, size=MAX_BYTES)
LIST = Limits(seconds=60, size=MAX_MAP, wait=600)
PAGE = Limits(seconds=30, size=MAX_PAGE, wait=600,
              types=("text/html", "application/xhtml+xml", "text/plain", "application/pdf"))  # fmt: skip
# Maps of maps of maps; by the standard there is only one above another.
_DEPTH = 3
_HTML = ("text/html", "application/xhtml+xml")
# Said by whoever spreads an address, not part of it.
_TRAILING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")


class Following:
    """Follows addresses to their articles, by ``fetcher`` (this process's shared one, if none)."""

    def __init__(self, fetcher: Fetcher | None = None, columns: Columns | None = None) -> None:
        self.fetcher = fetcher or shared()
        self._columns = columns or Columns()

    def gathered(self, url: str) -> Iterator[Gathered]:
        """The articles of whatever lies at ``url``: a page, a feed, a map of a site, a file in any form."""
        try:
            fetched = self.fetcher.fetch(url, NAMED)
            listing = listed(fetched.body, fetched.url, content_type(fetched))
        except FetchError as error:
            yield Gathered(url, reason=error.reason)
            return
        except FormError as error:
            yield Gathered(url, reason=str(error))
            return
        if listing is None:
            yield from self._of(fetched, url)
            return
        if not listing.items and not listing.maps:
            yield Gathered(url, reason="a list without items")
        for item in self.items(listing, url):
            yield self.article(item, listing) if isinstance(item, Item) else item

    def items(self, listing: Listing, url: str) -> Iterator[Item | Gathered]:
        """The items of a list and of the maps it names, in order, each once; maps that cannot be had, with the reason.

        One map is in memory at a time for each level.
        """
        seen: set[str] = {url}
        yield from _new(listing.items, seen)
        waiting = [iter(listing.maps)]
        while waiting:
            at = next(waiting[-1], None)
            if at is None:
                waiting.pop()
            elif at not in seen:
                seen.add(at)
                within = self._map(at)
                if isinstance(within, Gathered):
                    yield within
                    continue
                yield from _new(within.items, seen)
                if within.maps and len(waiting) < _DEPTH:
                    waiting.append(iter(within.maps))

    def _map(self, at: str) -> Listing | Gathered:
        """The map at an address, or why there is none."""
        try:
            fetched = self.fetcher.fetch(at, LIST)
            found = listed(fetched.body, fetched.url, content_type(fetched))
        except FetchError as error:
            return Gathered(at, reason=error.reason)
        except FormError as error:
            return Gathered(at, reason=str(error))
        return found if found is not None else Gathered(at, reason="no map of a site")

    def article(self, item: Item, listing: Listing) -> Gathered:
        """The article of an item: what its page says, and what its list says where the page does not.

        Where the page cannot be had, and the list holds the whole article, that is taken.
        """
        try:
            return self.opened(item, listing)
        except FetchError as error:
            return Gathered(item.url or item.key, reason=error.reason)

    def opened(self, item: Item, listing: Listing) -> Gathered:
        """As `article`. Raises `FetchError` where the page cannot be had."""
        own = own_words(item, listing)
        if item.url is None:
            return own or Gathered(item.key, reason="an item without an address or text")
        try:
            fetched = self.fetcher.fetch(item.url, PAGE)
        except FetchError as error:
            # What is closed to everybody is no reason to retry; a page that is only out of reach just now is.
            if item.whole and own is not None and error.fault in (Fault.ROBOTS, Fault.STATUS, Fault.TYPE, Fault.LARGE):
                return own
            raise
        found = next(self._of(fetched, item.url), None)
        if found is None or found.article is None:
            return own if item.whole and own is not None else found or Gathered(item.url, reason="no article there")
        return replace(found, article=_filled(found.article, item, listing))

    def _of(self, fetched: Fetched, url: str) -> Iterator[Gathered]:
        """What lies at an address that is no list."""
        if kind_of(fetched.body) == "opml":
            yield Gathered(url, reason="a list of feeds, which rasd watch follows")
            return
        where = plain_address(fetched.url)
        if fetched.type.startswith(_HTML):
            try:
                yield Gathered(url, page(fetched.body, where, fetched.charset))
            except FormError as error:
                yield Gathered(url, reason=str(error))
            except (RecursionError, MemoryError) as error:
                yield Gathered(url, reason=f"too deep or too large to be read ({type(error).__name__})")
            return
        name = urlsplit(fetched.url).path.lower()
        stream = cast(io.BufferedReader, io.BufferedReader(io.BytesIO(fetched.body)))
        size = len(fetched.body)
        part = Part(url, name, stream, Budget(lambda: size), self._columns, None, 0, where)
        alone = fetched.type in ("text/plain", "application/pdf")
        for found in articles(part):
            if alone and found.article is not None and found.article.url is None:
                found = replace(found, article=replace(found.article, url=where))
            yield found


def _new(items: list[Item], seen: set[str]) -> Iterator[Item]:
    for item in items:
        if item.key not in seen:
            seen.add(item.key)
            yield item


def own_words(item: Item, listing: Listing) -> Gathered | None:
    """The article that a list itself holds of an item; None where it holds none."""
    if item.text is None:
        return None
    article = Article(item.text, None, item.title, item.source or listing.title,
                      plain_address(item.url) if item.url else None, item.published)  # fmt: skip
    return Gathered(item.url or item.title or item.key, article)


def plain_address(url: str) -> str:
    """An address without what was hung on to see who spreads it: by it an article is known again."""
    parts = urlsplit(url)
    if not parts.query:
        return url
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].startswith(_TRAILING)]
    if len(kept) == len(parts.query.split("&")):
        return url
    return urlunsplit(parts._replace(query=urlencode(kept)))


def _filled(article: Article, item: Item, listing: Listing) -> Article:
    return replace(
        article, title=article.title or item.title, published=article.published or item.published,
        source=article.source or item.source or listing.title,
    )  # fmt: skip


def content_type(fetched: Fetched) -> str | None:
    """The type of what was fetched, with its encoding, as a server writes it."""
    if not fetched.type:
        return None
    return f"{fetched.type}; charset={fetched.charset}" if fetched.charset else fetched.type
