"""A reader that stands in for Rasd's own where a test is about files and processes, not reading.

Run as a program it is the command line with that reader: ``python stand_in.py code …``; ``python stand_in.py worker``
is a worker with it.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import time
from pathlib import Path
from types import ModuleType

from rasd.explanation import Explanation
from rasd.record import Article, Dating, Record


class StandInReader:
    """Gives a record without events; fails on a text with ``FAIL`` in it, is slow on ``SLOW``.

    ``DIE`` ends the process, ``HANG`` never comes back, ``ONCE:PATH`` ends the process the first time.
    """

    def __init__(self, lexicon: str | Path | None = None, *, careful: bool = False) -> None:
        self.lexicon, self.careful = lexicon, careful

    def read(
        self, text: str, *, published: str | dt.date | None = None, id: str | None = None,
        title: str | None = None, source: str | None = None, url: str | None = None,
    ) -> Record:  # fmt: skip
        if "FAIL" in text:
            raise RuntimeError("asked to fail")
        if "SLOW" in text:
            time.sleep(0.01)
        if "DIE" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "HANG" in text:
            time.sleep(1000)
        if "ONCE:" in text and not (marker := Path(text.split("ONCE:")[1].split()[0])).exists():
            marker.touch()
            os._exit(3)
        if "STOP" in text:
            raise KeyboardInterrupt
        day = str(published) if published else None
        article = Article(id, title, source, url, "ar", text, day, Dating("given" if day else "unknown", day, day))
        return Record(article, [], [], [], [], [], [], [], [], [])

    def explain(self, text: str, *, published: str | dt.date | None = None) -> Explanation:
        return Explanation([])


def install() -> None:
    """Let the command line find this reader where it looks for Rasd's."""
    module = ModuleType("rasd.reader")
    module.Reader = StandInReader  # type: ignore[attr-defined]
    module.read = StandInReader().read  # type: ignore[attr-defined]
    sys.modules["rasd.reader"] = module


if __name__ == "__main__":
    if sys.argv[1:2] == ["worker"]:
        from rasd.corpus.worker import run

        sys.exit(run(StandInReader, None))
    install()
    from rasd.cli import main

    main()
