"""When a feed is asked again: as often as wished while it goes well, ever more seldom while it does not."""

from __future__ import annotations

import datetime as dt
import re

from rasd.errors import RasdError
from rasd.sources.fetching import FetchError
from rasd.store.feeds import WatchedFeed

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
SHORTEST = dt.timedelta(minutes=1)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_WRITTEN = re.compile(r"(\d{1,6})\s*([smhd])")
_GONE = 410


class IntervalError(RasdError):
    """A span of time that cannot be made out."""


def interval(text: str) -> dt.timedelta:
    """The span that ``15m``, ``2h``, ``1d`` or ``90s`` writes, a minute to a week. Raises `IntervalError`."""
    match = _WRITTEN.fullmatch(text.strip().lower())
    span = dt.timedelta(**{_UNITS[match[2]]: int(match[1])}) if match else None
    if span is None or not SHORTEST <= span <= WEEK:
        raise IntervalError(f"{text[:40]}: how often? from 1m to 7d, as 15m, 2h or 1d")
    return span


def now() -> dt.datetime:
    """This moment."""
    return dt.datetime.now(dt.UTC)


def stamp(moment: dt.datetime) -> str:
    """A moment as the database holds it: such stamps are in order as text too."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(stamped: str) -> dt.datetime:
    """The moment of a stamp."""
    return dt.datetime.strptime(stamped, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)


def put_off(feed: WatchedFeed, error: Exception, every: dt.timedelta, at: dt.datetime) -> None:
    """Note that a feed could not be had at a moment, and when it is asked again.

    Each failure in a row doubles the wait, up to a day; the server's own wish counts where it is longer, up to a week.
    A feed that is gone for good (410) is asked no more.
    """
    feed.failures += 1
    wait = min(every * 2 ** min(feed.failures, 20), max(DAY, every))
    if isinstance(error, FetchError):
        feed.fault = error.reason
        feed.gone = error.status == _GONE
        wait = wished(error, wait)
    else:
        feed.fault = str(error)
    feed.due = stamp(at + wait)


def wished(error: FetchError | None, wait: dt.timedelta) -> dt.timedelta:
    """A wait, or what a server asks for where that is longer, a week at most."""
    if error is None or error.retry_after is None:
        return wait
    return max(wait, min(dt.timedelta(seconds=error.retry_after), WEEK))
