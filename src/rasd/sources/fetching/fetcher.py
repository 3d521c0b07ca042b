"""`fetch`: one address of the web, with all that it takes to ask for it safely and politely."""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import ipaddress
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from rasd.sources.fetching.address import Address
from rasd.sources.fetching.hosts import Network, Resolve, checked, resolved
from rasd.sources.fetching.refusal import Fault, FetchError
from rasd.sources.fetching.turns import Turns
from rasd.sources.libraries import missing

if TYPE_CHECKING:
    import ssl

    from rasd.sources.fetching.asking import Answer, Deadline, Wanted
    from rasd.sources.fetching.robots import Robots

AGENT = "Rasd"
# What pages and feeds are called by servers, well or badly.
PAGES = ("text/html", "application/xhtml+xml")
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"
_ALWAYS = {"Accept-Encoding": "gzip, deflate", "Accept-Language": "ar,*;q=0.5"}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LASTING = frozenset({301, 308})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
# What a site may ask for as a pause, in seconds: with more, a feed of thirty articles takes hours.
_LONGEST_PAUSE = 30.0
_MARK = 500
_MEGABYTE = 1024 * 1024


@dataclass(slots=True, frozen=True)
class Limits:
    """What one address may take: ``seconds`` in all, redirects included; ``size`` in bytes, unpacked; ``redirects``.

    ``types`` are the beginnings of the types that are wanted (``text/html``), none for any. ``pause`` are the seconds
    between two questions to a host, ``wait`` the longest that one's turn is waited for, which ``seconds`` do not count.
    """

    seconds: float = 30.0
    size: int = 8 * _MEGABYTE
    redirects: int = 5
    types: tuple[str, ...] = ()
    pause: float = 1.0
    wait: float = 120.0


@dataclass(slots=True, frozen=True)
class Fetched:
    """What an address gave.

    ``url`` is where it was in the end; ``moved`` is the same where every redirect on the way was a lasting one.
    ``type`` is its type in small letters, empty if unsaid; ``charset`` its encoding, as the server says. ``etag``
    and ``modified`` are what to ask with the next time. ``unchanged``: it is as it was, and there is no body.
    """

    url: str
    status: int
    type: str
    charset: str | None
    body: bytes
    etag: str | None = None
    modified: str | None = None
    moved: str | None = None
    unchanged: bool = False


class Fetcher:
    """Fetches, and keeps for all its threads whose turn it is with each host and what the sites' robots.txt ask.

    ``allowed`` are networks that are asked though they are not public. It is for programs that know what they do, and
    no command, page or file can give it.
    """

    def __init__(
        self, *, allowed: Sequence[str] = (), resolve: Resolve = resolved,
        sleep: Callable[[float], object] = time.sleep, context: ssl.SSLContext | None = None,
    ) -> None:  # fmt: skip
        self._allowed: list[Network] = [ipaddress.ip_network(text) for text in allowed]
        self._resolve = resolve
        self._sleep = sleep
        self._context = context
        self._turns = Turns()
        self._lock = threading.Lock()
        self._robots: Robots | None = None

    def fetch(self, url: str, limits: Limits | None = None, *, etag: str | None = None, modified: str | None = None,
              robots: bool = True) -> Fetched:  # fmt: skip
        """What ``url`` gives, within ``limits``.

        With ``etag`` and ``modified`` of an earlier answer the server need not send again what has not changed.
        Addresses in private networks are refused, at first and after each redirect; the connection is made to the very
        address that was checked. Raises `FetchError`, and `FormError` where the libraries are not installed.
        """
        try:
            from rasd.sources.fetching.asking import Deadline
        except ImportError:
            raise missing("fetching from the web", "urllib3") from None
        limits = limits or Limits()
        return _Fetch(self, limits, Deadline(limits.seconds), robots).run(Address.parsed(url), _marks(etag, modified))

    def answer(self, address: Address, headers: Mapping[str, str], wanted: Wanted, deadline: Deadline) -> Answer:
        """The answer to one question, without redirects, robots.txt or turns. Raises `FetchError`."""
        from rasd.sources.fetching.asking import ask, secure_context

        numbers = checked(address.url, address.host, address.port, resolve=self._resolve, allowed=self._allowed,
                          seconds=deadline.left)  # fmt: skip
        with self._lock:
            if self._context is None:
                self._context = secure_context()
        return ask(address, numbers, {"User-Agent": agent(), **headers}, wanted, deadline, self._context)

    def turn(self, address: Address, pause: float, limits: Limits, deadline: Deadline) -> None:
        """Wait until it is one's turn with a host. Raises `FetchError` where that takes too long."""
        seconds = self._turns.take(address.host, pause, limits.wait)
        if seconds is None:
            raise FetchError(address.url, Fault.BUSY, "too much is asked of that host already: try again later")
        if seconds:
            deadline.put_off(seconds)
            self._sleep(seconds)

    def robots(self) -> Robots:
        """What sites ask."""
        try:
            from rasd.sources.fetching.robots import Robots
        except ImportError:
            raise missing("fetching from the web", "protego") from None
        with self._lock:
            if self._robots is None:
                self._robots = Robots(AGENT)
            return self._robots


class _Fetch:
    """One address, with all redirects from it."""

    def __init__(self, fetcher: Fetcher, limits: Limits, deadline: Deadline, robots: bool) -> None:
        self._fetcher = fetcher
        self._limits = limits
        self._deadline = deadline
        self._robots = robots

    def run(self, address: Address, marks: Mapping[str, str]) -> Fetched:
        lasting, moved = True, False
        for _ in range(self._limits.redirects + 1):
            pause = self._limits.pause
            if self._robots:
                asked = self._fetcher.robots().check(address.url, address.origin, self._rules)
                pause = max(pause, min(asked or 0.0, _LONGEST_PAUSE))
            self._fetcher.turn(address, pause, self._limits, self._deadline)
            asked_with = {"Accept": _ACCEPT, **_ALWAYS, **marks}
            answer = self._fetcher.answer(address, asked_with, self._wanted(address, marks), self._deadline)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                found = _fetched(address, answer)
                return replace(found, moved=found.url) if moved and lasting else found
            address = _next(address, answer)
            moved, lasting = True, lasting and answer.status in _LASTING
        raise FetchError(address.url, Fault.REDIRECTS, f"led on more than {self._limits.redirects} times")

    def _wanted(self, address: Address, marks: Mapping[str, str]) -> Wanted:
        def wanted(status: int, headers: Mapping[str, str]) -> int:
            if status in _REDIRECTS and "location" in headers:
                return 0
            if status == 304 and marks:
                return 0
            if status not in (200, 203):
                raise FetchError(address.url, Fault.STATUS, f"the server answered {_said(status)}", status=status,
                                 retry_after=retry_after(headers.get("retry-after")))  # fmt: skip
            kind = _type(headers)
            if self._limits.types and kind and not kind.startswith(self._limits.types):
                what = ", ".join(self._limits.types)
                raise FetchError(address.url, Fault.TYPE, f"it is {kind[:60]}, which is not wanted here (but {what})")
            return self._limits.size

        return wanted

    def _rules(self, url: str) -> tuple[int, bytes]:
        """A site's robots.txt, wherever it leads; its own fetch, but in the same time."""
        from rasd.sources.fetching.robots import MAX_BYTES

        address = Address.parsed(url)

        def wanted(status: int, _: Mapping[str, str]) -> int:
            return MAX_BYTES if status in (200, 203) else 0

        for _ in range(self._limits.redirects + 1):
            answer = self._fetcher.answer(address, _ALWAYS, wanted, self._deadline)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return answer.status, answer.body
            address = _next(address, answer)
        raise FetchError(url, Fault.REDIRECTS, f"led on more than {self._limits.redirects} times")


def fetch(url: str, limits: Limits | None = None, *, etag: str | None = None, modified: str | None = None,
          robots: bool = True) -> Fetched:  # fmt: skip
    """What ``url`` gives, by the fetcher that this process shares: see `Fetcher.fetch`."""
    return shared().fetch(url, limits, etag=etag, modified=modified, robots=robots)


_shared: Fetcher | None = None


def shared() -> Fetcher:
    """The fetcher of this process: whoever fetches by it takes turns with the others."""
    global _shared
    if _shared is None:
        _shared = Fetcher()
    return _shared


def agent() -> str:
    """What Rasd calls itself before servers."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"{AGENT}/{version('rasd')} (reads Arabic news)"
    except PackageNotFoundError:  # run from a checkout that is not installed
        return f"{AGENT} (reads Arabic news)"


def retry_after(text: str | None, now: dt.datetime | None = None) -> float | None:
    """Seconds that a server asks to wait, as a number or by a date; None where it does not, or not readably."""
    text = (text or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - (now or dt.datetime.now(dt.UTC))).total_seconds())


def _marks(etag: str | None, modified: str | None) -> dict[str, str]:
    """What is asked with so that nothing unchanged is sent again; what no header can hold is left out."""
    asked = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {name: value for name, value in asked.items() if value and _fits(value)}


def _fits(value: str) -> bool:
    return len(value) <= _MARK and value.isascii() and value.isprintable()


def _next(address: Address, answer: Answer) -> Address:
    # Servers send Arabic paths as bare UTF-8, which headers are not read as.
    location = answer.headers["location"]
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    return address.joined(location)


def _fetched(address: Address, answer: Answer) -> Fetched:
    charset = _CHARSET.search(answer.headers.get("content-type", ""))
    etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
    return Fetched(
        address.url, answer.status, _type(answer.headers), charset[1] if charset else None, answer.body,
        etag if etag and _fits(etag) else None, modified if modified and _fits(modified) else None,
        unchanged=answer.status == 304,
    )  # fmt: skip


def _type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _said(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)
