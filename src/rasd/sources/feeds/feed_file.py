"""A feed that was kept as a file: its items are articles as far as it holds their text; nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator

from rasd.sources.feeds.following import own_words
from rasd.sources.feeds.listing import MAX_FEED, kind_of
from rasd.sources.feeds.syndication import feed
from rasd.sources.part import FormError, Gathered, Part


def read(part: Part) -> Iterator[Gathered]:
    """The articles of a feed. Raises `FormError`."""
    kind = kind_of(part.head())
    if kind == "map":
        raise FormError("a map of a site: give its address instead, to fetch what it leads to")
    if kind == "opml":
        raise FormError("a list of feeds, which rasd watch follows")
    listing = feed(part.all(MAX_FEED), part.url)
    if not listing.items:
        raise FormError("a feed without items")
    for number, item in enumerate(listing.items, 1):
        origin = f"{part.origin}, item {number:,}"
        own = own_words(item, listing)
        if own is None:
            yield Gathered(
                origin, reason="the feed has no text of it: give its address, to fetch it", raw=item.url or ""
            )
        else:
            yield Gathered(origin, own.article)
