"""Politeness: one host is asked one thing at a time, with a pause between."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_HOSTS = 10_000


class Turns:
    """Whose turn it is with each host, over all threads that share this."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def take(self, host: str, pause: float, longest: float) -> float | None:
        """Seconds to wait for a turn, which is taken with that; None where that is longer than ``longest``."""
        with self._lock:
            now = self._clock()
            at = max(now, self._next.get(host, now))
            if at - now > longest:
                return None
            if len(self._next) >= _HOSTS:
                self._next = {known: moment for known, moment in self._next.items() if moment > now}
            self._next[host] = at + pause
            return at - now
