"""The process that reads jobs: `Asked` comes in on standard input, lines of `Told` go out on standard output.

It ends when the desk does, whatever ends that: standard input is open as long as the desk lives.
"""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import msgspec

from rasd.desk.adding.task import FOLDER, Asked, Became, Done, Failed, Prepare, Stage, Task, Told
from rasd.errors import RasdError
from rasd.garbage import collect_seldom
from rasd.reader import Reader
from rasd.relations.adding import Outcome, add
from rasd.sources.article import Article, is_address
from rasd.sources.gathering import gather
from rasd.sources.part import Gathered
from rasd.store import Store

_LONGEST = 500
# Where lines for the desk go.
_out = 1


def main() -> None:
    """Read jobs until standard input ends."""
    _keep_apart()
    collect_seldom()
    asked = _Asked()
    readers = _Readers()
    while (what := asked.next()) is not None:
        if isinstance(what, Prepare):
            readers.reader(what.lexicon)
            continue
        _be_modest(what)
        try:
            _run(what, readers)
        except RasdError as error:
            tell(Failed(str(error)))
        except MemoryError:
            tell(Failed("not enough memory"))
        except BrokenPipeError:  # nobody hears it any more
            return
        except OSError as error:
            tell(Failed((error.strerror or type(error).__name__).lower()))
        finally:
            if asked.ended:
                _clear_away(what)


def _clear_away(task: Task) -> None:
    """Remove the files of a desk that was killed, and so could not do it itself."""
    for folder in {Path(file.path).parents[1] for file in task.files}:
        if folder.name.startswith(FOLDER):
            shutil.rmtree(folder, ignore_errors=True)


class _Asked:
    """What the desk asks for. When the desk ends, so does what is being read, as a stopped run does."""

    def __init__(self) -> None:
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._busy = False
        # Whether the desk has ended.
        self.ended = False
        signal.signal(signal.SIGTERM, _stop)
        # The desk tells when to stop; an interrupt from a terminal is meant for it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=self._listen, daemon=True).start()

    def next(self) -> Asked | None:
        """What is asked next; None when the desk has ended."""
        self._busy = False
        line = self._lines.get()
        self._busy = bool(line)
        return msgspec.json.decode(line, type=Asked) if line else None

    def _listen(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            while line := sys.stdin.buffer.readline():
                self._lines.put(line)
        self.ended = True
        self._lines.put(b"")
        if self._busy:
            os.kill(os.getpid(), signal.SIGTERM)


class _Readers:
    """The reader of a folder of knowledge files, kept for the next job."""

    def __init__(self) -> None:
        self._lexicon: str | None = None
        self._reader: Reader | None = None

    def reader(self, lexicon: str | None) -> Reader:
        """The reader with a user's folder laid over Rasd's knowledge."""
        if self._reader is None or self._lexicon != lexicon:
            self._reader = Reader(Path(lexicon) if lexicon else None)
            self._lexicon = lexicon
        return self._reader


def tell(what: Told) -> None:
    """Say a line to the desk, at once."""
    os.write(_out, msgspec.json.encode(what) + b"\n")


def _run(task: Task, readers: _Readers) -> None:
    with Store(task.database, create=True) as store:
        tell(Stage("reading"))
        added = add(
            store, readers.reader(task.lexicon), _limited(task), on_outcome=lambda outcome: tell(became(outcome))
        )
    tell(Done(round(added.seconds, 1)))


def became(outcome: Outcome) -> Became:
    """An outcome as it is told to the desk."""
    return Became(
        outcome.outcome, outcome.origin[:_LONGEST], outcome.key, (outcome.title or "")[:_LONGEST] or None,
        outcome.events, outcome.reason[:_LONGEST] if outcome.reason else None,
    )  # fmt: skip


def _limited(task: Task) -> Iterator[Gathered]:
    """The articles of a task, as many as are taken."""
    for number, found in enumerate(articles_of(task)):
        if number >= task.most:
            yield Gathered(found.origin, reason=f"over {task.most:,} articles at a time: add the rest by 'rasd add'")
            return
        yield found


def articles_of(task: Task) -> Iterator[Gathered]:
    """What a task gives, whatever that is."""
    if task.address is not None:
        tell(Stage("fetching", task.address[:_LONGEST]))
        if is_address(task.address):  # nothing else: a path would be read here, on the server
            yield from gather([task.address], defaults=_defaults(task))
        else:
            yield Gathered(task.address, reason="no address of the web")
    for file in task.files:
        for found in gather([file.path], defaults=_defaults(task)):
            yield _as_given(found, file.path, file.name, task)


def _defaults(task: Task) -> Article:
    return Article("", source=task.source, published=task.published)


def _as_given(found: Gathered, path: str, name: str, task: Task) -> Gathered:
    """What was found in a file, called as whoever gave it calls it: where it lies for the moment is no one's matter."""
    article = found.article
    if article is not None and (task.title or task.url):
        article = replace(article, title=article.title or task.title, url=article.url or task.url)
    origin = name + found.origin.removeprefix(path) if found.origin.startswith(path) else found.origin
    return replace(found, article=article, origin=origin, file=None)


def _keep_apart() -> None:
    """Keep lines for the desk apart from what a library prints, which goes to standard error."""
    global _out
    _out = os.dup(1)
    os.dup2(2, 1)


def _stop(number: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + number)


def _be_modest(task: Task) -> None:
    """Let the pages go first, and take no more memory and time than is given."""
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(max(0, 10 - os.nice(0)))
    try:
        import resource
    except ImportError:  # not on Windows
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + task.seconds
    for limit, most in (
        (resource.RLIMIT_AS, task.memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        _, hard = resource.getrlimit(limit)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main()
