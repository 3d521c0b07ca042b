"""How often something may be tried: a bucket for each key that fills again with time, in bounded memory."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

Clock = Callable[[], float]


class Attempts:
    """Lets each key try ``allowed`` times at once and as often again in ``seconds``.

    The keys that were used longest ago are forgotten where there are over ``most``.
    """

    def __init__(self, allowed: int, seconds: float, *, most: int = 10_000, clock: Clock = time.monotonic) -> None:
        self._allowed = allowed
        self._rate = allowed / seconds
        self._most = most
        self._clock = clock
        self._lock = threading.Lock()
        # What is left to each key, and when that was so.
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._left)

    def take(self, key: str) -> float:
        """Take one attempt: 0 where there was one left, else the seconds to wait for the next."""
        with self._lock:
            left = self._now(key)
            if left < 1:
                return (1 - left) / self._rate
            self._put(key, left - 1)
            return 0.0

    def give_back(self, key: str) -> None:
        """Give back what was taken: the attempt was good."""
        with self._lock:
            self._put(key, min(self._now(key) + 1, self._allowed))

    def _now(self, key: str) -> float:
        left, when = self._left.get(key, (float(self._allowed), self._clock()))
        return min(left + (self._clock() - when) * self._rate, self._allowed)

    def _put(self, key: str, left: float) -> None:
        self._left[key] = (left, self._clock())
        self._left.move_to_end(key)
        while len(self._left) > self._most:
            self._left.popitem(last=False)


def address_key(address: str) -> str:
    """By what an address is counted: of IPv6 the network that one customer has (/64), of which he has every address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
