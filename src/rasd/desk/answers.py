"""Answers that are dear to make, kept while the database has not changed.

While articles are being added it changes all the time. An answer then holds a moment longer than it is exact, the
longer the dearer it was, and whoever asks while another thread makes it anew is given the one before: readers never
wait for each other.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar, cast

T = TypeVar("T")

# An answer holds for so many times as long as it took to make, in seconds within these bounds.
_TIMES, _LEAST, _MOST = 10.0, 0.5, 10.0


@dataclass(slots=True)
class _Kept:
    """An answer: the state of the database it is of, when it was made, and how long that took."""

    answer: object = None
    of: str | None = None
    at: float = 0.0
    took: float = 0.0
    ready: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def holds(self, now: str, at: float) -> bool:
        return self.ready and (self.of == now or at - self.at < min(max(self.took * _TIMES, _LEAST), _MOST))


class Answers:
    """Keeps the last answers by what was asked. Used by many threads.

    ``revision`` says what state the database is in (`rasd.store.Store.revision`), None where it cannot say.
    """

    def __init__(self, revision: Callable[[], str | None], size: int = 64) -> None:
        self._revision = revision
        self._size = size
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, asked: Hashable, make: Callable[[], T]) -> T:
        """The answer that is kept, else the one that ``make`` gives. The caller does not change it.

        What ``make`` raises is raised, and nothing is kept.
        """
        # A database that does not say when it changes is taken to change all the time.
        now = self._revision() or f"at {time.monotonic()}"
        kept = self._place(asked)
        if kept.holds(now, time.monotonic()):
            return cast(T, kept.answer)
        if not kept.lock.acquire(blocking=not kept.ready):
            return cast(T, kept.answer)
        try:
            if kept.holds(now, time.monotonic()):
                return cast(T, kept.answer)
            began = time.monotonic()
            made = make()
            # What was written meanwhile is found by the next who asks: the answer is of the state before.
            kept.answer, kept.of, kept.at, kept.took = made, now, time.monotonic(), time.monotonic() - began
            kept.ready = True
            return made
        finally:
            kept.lock.release()

    def forget(self) -> None:
        """Let go of all answers: what was just written is to be seen at once."""
        with self._lock:
            self._kept.clear()

    def _place(self, asked: Hashable) -> _Kept:
        with self._lock:
            kept = self._kept.get(asked)
            if kept is None:
                kept = self._kept[asked] = _Kept()
            self._kept.move_to_end(asked)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
            return kept
