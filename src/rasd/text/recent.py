"""What was looked up of a word is kept for the next time, and memory stays bounded."""

from __future__ import annotations

from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

# Of each thing that depends on a word alone, so many are kept: a process that reads news for days stays under 300 MB.
KEPT = 80_000


class Recent(Generic[K, V]):
    """What was looked up lately, by its key: look in ``lately``, then `recall`, then find it and `keep` it.

    ``lately`` is a plain dictionary, always the same one, of half the ``size``. When it is full it becomes the older
    half, whose entries are forgotten by the time that the next is full unless they are asked for before: what news says
    every day stays, what it said once goes.
    """

    def __init__(self, size: int = KEPT) -> None:
        self._half = max(1, size // 2)
        self._older: dict[K, V] = {}
        self.lately: dict[K, V] = {}

    def recall(self, key: K) -> V | None:
        """What is kept of a key that is not in ``lately``, or None."""
        found = self._older.get(key)
        if found is not None:
            self.keep(key, found)
        return found

    def keep(self, key: K, value: V) -> V:
        """Keep a value, and return it."""
        if len(self.lately) >= self._half:
            self._older = self.lately.copy()
            self.lately.clear()
        self.lately[key] = value
        return value
