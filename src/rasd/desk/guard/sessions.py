"""Who is signed in: kept in the server's memory under a hash of what the browser holds, bounded, and expiring there."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from rasd.desk.guard.accounts import Account
from rasd.desk.guard.attempts import Clock

_HOUR = 3600.0


@dataclass(slots=True)
class Session:
    """Somebody's being signed in. ``id`` names it inside the server and is never sent; times are of the clock."""

    id: str
    account: Account
    began: float
    used: float


class Sessions:
    """Sessions end ``idle`` seconds after their last use, and ``whole`` seconds after they began in any case.

    Of one account ``each`` are kept, of all ``most``; older ones end for newer ones.
    """

    def __init__(
        self, *, idle: float = 12 * _HOUR, whole: float = 7 * 24 * _HOUR, each: int = 20, most: int = 2000,
        clock: Clock = time.monotonic,
    ) -> None:  # fmt: skip
        self._idle, self._whole = idle, whole
        self._each, self._most = each, most
        self._clock = clock
        self._lock = threading.Lock()
        # The one used longest ago first.
        self._open: OrderedDict[str, Session] = OrderedDict()

    def __len__(self) -> int:
        return len(self._open)

    def begin(self, account: Account) -> str:
        """Begin a session; what is given back is for the browser alone."""
        secret = secrets.token_urlsafe(32)
        now = self._clock()
        with self._lock:
            own = [s.id for s in self._open.values() if s.account.name == account.name]
            for old in own[: max(0, len(own) - self._each + 1)]:
                del self._open[old]
            while len(self._open) >= self._most:
                self._open.popitem(last=False)
            session = Session(_id(secret), account, now, now)
            self._open[session.id] = session
        return secret

    def find(self, secret: str) -> Session | None:
        """The session that a browser holds, unless it has ended; it counts as used now."""
        with self._lock:
            session = self._open.get(_id(secret))
            if session is None:
                return None
            now = self._clock()
            if now - session.used > self._idle or now - session.began > self._whole:
                del self._open[session.id]
                return None
            session.used = now
            self._open.move_to_end(session.id)
            return session

    def end(self, id: str) -> None:
        """End a session by its own id; nothing where it has ended."""
        with self._lock:
            self._open.pop(id, None)


def _id(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
