"""Where the time of coding goes, stage by stage.

Whoever works calls ``mark`` at the end of each stage; where nobody asked, that is `UNTIMED`, which does nothing.
"""

from __future__ import annotations

import time
from collections.abc import Mapping


class Untimed:
    """Keeps no times."""

    def begin(self) -> None:
        """A piece of work begins."""

    def mark(self, stage: str) -> None:
        """What was done since the last mark, or the beginning, was this stage."""

    def add(self, seconds: Mapping[str, float]) -> None:
        """Add what others spent."""


class Stages(Untimed):
    """Seconds by stage, in the order in which the stages came first: of the clock on the wall, waiting too."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def begin(self) -> None:
        self._last = time.perf_counter()

    def mark(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now

    def add(self, seconds: Mapping[str, float]) -> None:
        for stage, spent in seconds.items():
            self.seconds[stage] = self.seconds.get(stage, 0.0) + spent

    def taken(self) -> dict[str, float]:
        """What was spent since this was last asked for."""
        found, self.seconds = self.seconds, {}
        return found


UNTIMED = Untimed()
