"""How the feeds are doing that are watched, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rasd.store.feeds import WatchedFeed
from rasd.terminal.printing import print_bare
from rasd.terminal.wording import plain

_HEADINGS = ("feed", "state", "asked", "newest", "next")


def show_feeds(feeds: Sequence[WatchedFeed], console: Console) -> None:
    """Print a line for each feed, and below it what is wrong with it."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in _HEADINGS:
        table.add_column(heading, no_wrap=True, overflow="ellipsis")
    table.add_column("articles", justify="right", no_wrap=True)
    for feed in feeds:
        due = "" if feed.gone else _time(feed.due)
        cells = (_name(feed), state_of(feed), _time(feed.looked), _time(feed.newest), due, f"{feed.added:,}")
        table.add_row(*(Text(plain(cell)) for cell in cells))
    print_bare(table, console)
    for feed in feeds:
        if feed.fault:
            console.print(Text(plain(f"{_name(feed)}: {feed.fault}")), soft_wrap=True)
        if feed.moved and feed.moved != feed.address:
            console.print(Text(plain(f"{_name(feed)}: has moved to {feed.moved}")), soft_wrap=True)


def state_of(feed: WatchedFeed) -> str:
    """How a feed is doing, in a word or two."""
    if feed.gone:
        return "gone"
    if feed.failures:
        return f"failing ({feed.failures:,})"
    return "new" if feed.looked is None else "fair" if feed.fault else "well"


def _name(feed: WatchedFeed) -> str:
    return feed.title or feed.address


def _time(stamped: str | None) -> str:
    return "" if stamped is None else stamped[:16].replace("T", " ")
