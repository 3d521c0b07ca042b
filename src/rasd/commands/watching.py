"""Feeds that are watched: ``rasd watch``."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated

import typer

from rasd.commands import shell
from rasd.commands.keeping import DatabaseOption, open_store
from rasd.commands.shell import LexiconOption
from rasd.errors import RasdError
from rasd.sources.article import is_address, source_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rasd.sources.feeds import Subscription
    from rasd.watching import Watched


def watch(
    feeds: Annotated[
        str | None,
        typer.Argument(metavar="FEEDS", help="A list of feeds (OPML, or an address a line), or the address of one."),
    ] = None,
    db: DatabaseOption = None,
    every: Annotated[str, typer.Option(metavar="TIME", help="How often each feed is asked: 1m to 7d.")] = "15m",
    once: Annotated[bool, typer.Option("--once", help="Ask the feeds that are due once, and end: for cron.")] = False,
    status: Annotated[bool, typer.Option("--status", help="Only say how each feed is doing.")] = False,
    lexicon: LexiconOption = None,
    json: Annotated[bool, typer.Option("--json", help="With --status: a line of JSON for each feed.")] = False,
) -> None:
    """Keep adding what feeds bring that is new.

    RSS, Atom and sitemaps are followed to their articles. What was seen is kept in the database, so that nothing is
    fetched twice, and nothing lost, whenever this is stopped. A feed that fails is asked ever more seldom; one that is
    gone for good no more. The list is read anew as it changes.
    """
    if status:
        _say_status(db, json=json)
        return
    if feeds is None:
        raise typer.BadParameter("which feeds? name a list of them (or ask for --status)")
    from rasd.watching import Watch, interval

    wanted = _wanted(shell.clean(feeds) or "")
    wanted()
    span = interval(every)
    shell.stop_on_signals()
    with open_store(db, create=True) as store:
        watching = Watch(store, shell.reader(lexicon), wanted, every=span, on_watched=_say)
        if once:
            looked = watching.round()
            shell.say(f"{shell.count(len(looked), 'feed')} asked ({store.name})")
            if looked and all(each.feed.failures for each in looked):
                raise typer.Exit(1)
            return
        shell.say(f"watching {shell.count(len(wanted()), 'feed')} ({store.name})")
        try:
            watching.run()
        except SystemExit:
            # Asked to stop: that is how a service ends well.
            shell.say("stopped")
            raise typer.Exit(0) from None


def _wanted(feeds: str) -> Callable[[], Sequence[Subscription]]:
    """What gives the feeds as they are wanted now; a list that has become unreadable counts as it was."""
    from rasd.sources.article import SourceError
    from rasd.sources.feeds import Subscription, subscriptions
    from rasd.sources.fetching import Address

    if is_address(feeds):
        alone = [Subscription(Address.parsed(feeds).url)]
        return lambda: alone
    last: list[Subscription] = []
    told: set[str] = set()

    def tell(bad: str) -> None:
        if bad not in told:
            told.add(bad)
            shell.say(f"{bad}; passed over")

    def wanted() -> Sequence[Subscription]:
        nonlocal last
        try:
            last = subscriptions(feeds, tell)
        except SourceError as error:
            if not last:
                raise
            shell.say(f"{error}; going on with the list as it was")
        return last

    return wanted


def _say(watched: Watched) -> None:
    """A line for a look that brought something, good or bad."""
    feed = watched.feed
    counts = ((watched.added, "added"), (watched.changed, "changed"), (watched.aside, "set aside"))
    parts = [f"{n:,} {word}" for n, word in counts if n]
    if feed.gone:
        parts.append(f"{feed.fault}; asked no more")
    elif feed.failures:
        parts.append(f"{feed.fault}; asked again after {feed.due}")
    if parts:
        shell.say(f"{source_name(feed.title or feed.address)}: {', '.join(parts)}")


def _say_status(db: str | None, *, json: bool) -> None:
    from rasd.terminal.watching import show_feeds

    with open_store(db) as store:
        feeds = store.feeds()
    if json:
        for feed in feeds:
            shell.write_json(dataclasses.asdict(feed))
        return
    if not feeds:
        raise RasdError("no feeds are watched in this database: rasd watch FEEDS.opml")
    show_feeds(feeds, shell.console())


def register(app: typer.Typer) -> None:
    """Put this command on the app."""
    app.command()(watch)
