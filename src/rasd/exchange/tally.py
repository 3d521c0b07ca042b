"""What was exchanged and what was not: counts by reason, so that nothing is lost in silence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import msgspec


class BadRow(msgspec.Struct, frozen=True):
    """A row of a table set aside: its line (from 1), why, its beginning."""

    line: int
    reason: str
    raw: str


@dataclass(slots=True)
class Tally:
    """Counts of an export or import.

    ``rows``: written or read; ``occurrences``: of which they tell; ``left_out``: occurrences or rows that have no place
    in the other form, by reason; ``lost``: what of a kept one has none, by what (``mode ASSAULT/primitive``);
    ``bad``: rows set aside as damaged.
    """

    rows: int = 0
    occurrences: int = 0
    left_out: Counter[str] = field(default_factory=Counter[str])
    lost: Counter[str] = field(default_factory=Counter[str])
    bad: int = 0

    def lines(self, most: int = 10) -> list[str]:
        """What to tell the user, commonest first: ``left out: 12 possible``; at most ``most`` of a kind."""
        found: list[str] = []
        for verb, counts in (("left out", self.left_out), ("not carried over", self.lost)):
            common = counts.most_common(most)
            found.extend(f"{verb}: {n:,} {what}" for what, n in common)
            rest = len(counts) - len(common)
            if rest > 0:
                found.append(f"{verb}: {sum(counts.values()) - sum(n for _, n in common):,} of {rest:,} other kinds")
        return found
