"""robots.txt: what a site asks of programs, kept for a day."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from rasd.sources.fetching.refusal import Fault, FetchError

# Google's limit for it, which sites write for.
MAX_BYTES = 500 * 1024
_KEPT, _SECONDS, _SECONDS_OF_FAULT = 2000, 24 * 3600.0, 600.0
# What the answer to a question for robots.txt is: its status and its text. Raises `FetchError`.
Get = Callable[[str], tuple[int, bytes]]


@dataclass(slots=True, frozen=True)
class _Rules:
    rules: Protego | None
    closed: str | None
    until: float


class Robots:
    """The rules of sites, by their origin (``https://example.org``)."""

    def __init__(self, agent: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._agent = agent
        self._clock = clock
        self._known: OrderedDict[str, _Rules] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, url: str, origin: str, get: Get) -> float | None:
        """Seconds that the site asks to pause between two questions, if it does; ``get`` asks for its rules.

        Raises `FetchError` where the site asks not to fetch ``url``, or where its rules cannot be had for a fault of
        its server (RFC 9309, 2.3.1.4).
        """
        rules = self._of(origin, get)
        if rules.closed is not None:
            raise FetchError(url, Fault.ROBOTS, rules.closed)
        if rules.rules is None:
            return None
        if not rules.rules.can_fetch(url, self._agent):
            raise FetchError(url, Fault.ROBOTS, "the site's robots.txt asks not to fetch it")
        return rules.rules.crawl_delay(self._agent)

    def _of(self, origin: str, get: Get) -> _Rules:
        with self._lock:
            known = self._known.get(origin)
            if known is not None and known.until > self._clock():
                self._known.move_to_end(origin)
                return known
        found = self._asked(origin, get)
        with self._lock:
            self._known[origin] = found
            self._known.move_to_end(origin)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return found

    def _asked(self, origin: str, get: Get) -> _Rules:
        now = self._clock()
        try:
            status, text = get(f"{origin}/robots.txt")
        except FetchError as error:
            if error.fault in (Fault.LARGE, Fault.REDIRECTS, Fault.TYPE):
                return _Rules(None, None, now + _SECONDS)  # no rules, as far as anybody can read them
            raise  # the page would fare the same: the reason is the host's, not that of robots.txt
        if status == 429 or status >= 500:
            return _Rules(None, f"the site's robots.txt cannot be had (the server answered {status})",
                          now + _SECONDS_OF_FAULT)  # fmt: skip
        if status >= 400 or not text:
            return _Rules(None, None, now + _SECONDS)
        return _Rules(Protego.parse(text.decode("utf-8", "replace").lstrip("\ufeff")), None, now + _SECONDS)
