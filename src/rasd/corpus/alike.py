"""Which texts of a run are near-copies of earlier ones, over all its sketches at once.

The way is that of `rasd.relations.copies`: texts that share a key are compared by their sketches. Here all keys of one
band are sorted at a time, so that memory holds some 50 bytes an article, however many there are; the sketches are
mapped from their files.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownParameterType=false, reportUnknownLambdaType=false

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rasd.relations.copies import BANDS, HELD, LENGTH, ROWS

# Texts under one key are compared with so many before them, and so many pairs at once.
_PER_KEY, _PAIRS = 60, 1 << 15
_ALL = 0.999


@dataclass(slots=True, frozen=True)
class Copy:
    """An article that is a near-copy of an earlier one, ``of``, the likest, of several the latest.

    ``first`` is the first of all of them.

    ``held`` is what part of the shorter text's runs of words the longer one holds, 0 to 1. ``of_run`` and ``first_run``
    are the number of the earlier run that those are of, -1 for this one.
    """

    article: int
    of: int
    first: int
    held: float
    of_run: int = -1
    first_run: int = -1


def copies(rows: Any, earlier: Sequence[Any] = ()) -> Iterator[Copy]:
    """The near-copies among ``rows``, of each other and of those of ``earlier`` runs, in the order of the articles.

    The earlier of two is that of an earlier run, else the one published earlier, else the one that comes first.
    """
    yield from _Comparison(rows, earlier).copies()


class _Comparison:
    """Places are numbers of articles in the order in which they came to be: those of earlier runs first."""

    def __init__(self, rows: Any, earlier: Sequence[Any]) -> None:
        self._parts = [*earlier, rows]
        self._starts = np.cumsum([0, *(len(part) for part in self._parts)])
        self._own = int(self._starts[-2])
        total = int(self._starts[-1])
        # Where the row of each place lies, in this run by days.
        self._at = np.arange(total, dtype=np.int64)
        self._at[self._own :] += np.lexsort((rows["article"], rows["day"])) - np.arange(len(rows))
        self._words = self._column(lambda part: part["words"], np.int32)
        self._best = np.full(total, -1, np.int64)
        self._held = np.zeros(total, np.float32)

    def _column(self, of: Any, kind: Any) -> Any:
        whole = np.empty(int(self._starts[-1]), kind)
        for start, part in zip(self._starts, self._parts, strict=False):
            whole[start : start + len(part)] = of(part)
        return whole[self._at]

    def copies(self) -> Iterator[Copy]:
        for band in range(BANDS):
            self._band(band)
        found = np.flatnonzero(self._best >= 0)
        numbers = self._parts[-1]["article"][self._at[found] - self._own]
        first = np.where(self._best >= 0, self._best, np.arange(len(self._best)))
        while True:  # each step halves the way to the first
            further = first[first]
            if np.array_equal(further, first):
                break
            first = further
        for place in found[np.argsort(numbers, kind="stable")].tolist():
            of, of_run = self._article(int(self._best[place]))
            first_of, first_run = self._article(int(first[place]))
            held = round(float(self._held[place]), 2)
            yield Copy(self._article(place)[0], of, first_of, held, of_run, first_run)

    def _article(self, place: int) -> tuple[int, int]:
        at = int(self._at[place])
        run = int(np.searchsorted(self._starts, at, "right")) - 1
        number = int(self._parts[run]["article"][at - int(self._starts[run])])
        return number, run if run < len(self._parts) - 1 else -1

    def _band(self, band: int) -> None:
        """Compare the texts that share their key of a band: each with those before it, the nearest first."""
        begin, end = ROWS * band, ROWS * (band + 1)
        keys = self._column(lambda part: _keys(part["hashes"][:, begin:end]), np.uint32)
        order = np.argsort(keys, kind="stable").astype(np.int32 if len(keys) < 2**31 else np.int64)
        order = order[self._words[order] > 0]
        keys = keys[order]
        waiting = np.arange(1, len(keys))
        for before in range(1, _PER_KEY + 1):
            waiting = waiting[waiting >= before]
            waiting = waiting[keys[waiting] == keys[waiting - before]]
            if not len(waiting):
                return
            self._compare(order[waiting], order[waiting - before])

    def _compare(self, later: Any, before: Any) -> None:
        short = np.minimum(self._words[later], self._words[before])
        long = np.maximum(self._words[later], self._words[before])
        worth = (later >= self._own) & (short >= LENGTH * long) & (self._held[later] < _ALL)
        later, before, short, long = later[worth], before[worth], short[worth], long[worth]
        for at in range(0, len(later), _PAIRS):
            piece = slice(at, at + _PAIRS)
            one, two = later[piece], before[piece]
            alike = (self._hashes(one) == self._hashes(two)).mean(axis=1, dtype=np.float32)
            held = np.minimum(1.0, alike * (short[piece] + long[piece]) / ((1 + alike) * short[piece]))
            better = (held >= HELD) & (held > self._held[one])
            self._best[one[better]], self._held[one[better]] = two[better], held[better]

    def _hashes(self, places: Any) -> Any:
        at = self._at[places]
        if len(self._parts) == 1:
            return self._parts[0]["hashes"][at]
        found = np.empty((len(at), self._parts[-1]["hashes"].shape[1]), np.uint16)
        runs = np.searchsorted(self._starts, at, "right") - 1
        for run in np.unique(runs):
            mine = runs == run
            found[mine] = self._parts[run]["hashes"][at[mine] - self._starts[run]]
        return found


def _keys(hashes: Any) -> Any:
    key = np.zeros(len(hashes), np.uint32)
    for column in range(hashes.shape[1]):
        key = key << np.uint32(16) | hashes[:, column]
    return key
