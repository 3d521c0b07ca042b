"""Workers that read articles side by side: the answers in order, the dead replaced, nothing lost to them.

Each worker is a process of its own with a thread here that asks it one article at a time, so that it is known which
article it died of or is too long about. Only so many articles are under way at once, whatever the input's size.
"""

from __future__ import annotations

import os
import queue
import select
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from rasd.corpus.worker import Answer, length, question
from rasd.errors import RasdError
from rasd.sources.article import Article

T = TypeVar("T")

# Seconds that an article may take, and letters for which a further second is given.
LIMIT, LETTERS_A_SECOND = 120.0, 10_000
# A worker that dies of an article may have died of something else: the article is asked once more.
_ASKED = 2
# Workers that cannot even start, one after another, before that is an error.
_STARTS = 3
_START_LIMIT = 300.0
# So many articles for each worker are under way, of so many letters together.
_AHEAD, _LETTERS_AHEAD = 8, 16 * 1024 * 1024


class CrewError(RasdError):
    """No worker can be had."""


class _DiedError(Exception):
    """The worker is no more; what the system says of its end."""


class _LateError(Exception):
    """The worker took longer than an article may."""


@dataclass(slots=True)
class Job(Generic[T]):
    """Something to be answered: an article, or what needs no reading (no ``article``); ``of`` is what it is of."""

    of: T
    article: Article | None
    answer: Answer = field(default_factory=Answer)
    done: threading.Event = field(default_factory=threading.Event)
    fault: BaseException | None = None


class Crew:
    """Workers. Use it as a context manager: they end with it.

    ``command`` starts a worker (`rasd.corpus.worker`); ``limit`` are the seconds that an article may take, to which a
    second for each 10,000 letters is added. With ``profile`` each answer says what its stages took.
    """

    def __init__(self, workers: int, *, lexicon: Path | None = None, careful: bool = False, profile: bool = False,
                 limit: float = LIMIT, command: Sequence[str] | None = None) -> None:  # fmt: skip
        own = [sys.executable, "-m", "rasd.corpus.worker", *(["--careful"] if careful else []),
               *(["--profile"] if profile else []), *([str(lexicon)] if lexicon is not None else [])]  # fmt: skip
        self._command = list(command) if command is not None else own
        self._limit = limit
        self._jobs: queue.SimpleQueue[Job[object] | None] = queue.SimpleQueue()
        self._workers: list[_Worker | None] = [None] * workers
        self._closing = False
        self._first, self._warm = threading.Lock(), threading.Event()
        self.replaced = 0
        self._threads = [threading.Thread(target=self._serve, args=(n,), daemon=True) for n in range(workers)]

    def __enter__(self) -> Crew:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing = True
        for _thread in self._threads:
            self._jobs.put(None)
        for worker in self._workers:
            if worker is not None:
                worker.kill()
        for thread in self._threads:
            thread.join()

    def answered(self, jobs: Iterable[Job[T]]) -> Iterator[Job[T]]:
        """The jobs in their order, each answered. Raises `CrewError` where no worker can be had."""
        under_way: deque[Job[T]] = deque()
        letters = 0
        for job in jobs:
            under_way.append(job)
            if job.article is None:
                job.done.set()
            else:
                letters += len(job.article.text)
                self._jobs.put(job)  # pyright: ignore[reportArgumentType]
            while under_way and (
                under_way[0].done.is_set() or len(under_way) >= _AHEAD * len(self._threads) or letters >= _LETTERS_AHEAD
            ):
                found = _finished(under_way.popleft())
                letters -= len(found.article.text) if found.article is not None else 0
                yield found
        while under_way:
            yield _finished(under_way.popleft())

    def _serve(self, number: int) -> None:
        """Ask one worker, and whoever replaces it, until there are no more jobs."""
        while (job := self._jobs.get()) is not None:
            assert job.article is not None
            try:
                job.answer = self._ask(number, job.article)
            except BaseException as error:
                job.fault = error
            job.done.set()

    def _ask(self, number: int, article: Article) -> Answer:
        asked, limit = question(article), self._limit + len(article.text) / LETTERS_A_SECOND
        died = ""
        for _ in range(_ASKED):
            worker = self._worker(number)
            try:
                return worker.ask(asked, limit)
            except _LateError:
                self._replace(number)
                return Answer(None, f"reading took over {limit:.0f} s")
            except _DiedError as error:
                self._replace(number)
                died = str(error)
                if self._closing:
                    raise
        return Answer(None, f"reading ended its process ({died})")

    def _worker(self, number: int) -> _Worker:
        found = self._workers[number]
        if found is not None:
            return found
        # The first to start makes what the others only open: the compiled lexicon.
        with nullcontext() if self._warm.is_set() else self._first:
            for _ in range(_STARTS - 1):
                try:
                    return self._started(number)
                except (_DiedError, _LateError):
                    if self._closing:
                        raise
            try:
                return self._started(number)
            except (_DiedError, _LateError) as error:
                raise CrewError(f"no worker starts: {error or 'it takes too long'}") from error

    def _started(self, number: int) -> _Worker:
        worker = _Worker(self._command)
        self._workers[number] = worker
        try:
            if self._closing:  # whoever ends the workers may not have seen this one
                raise _DiedError("not wanted any more")
            worker.wait(_START_LIMIT)
        except BaseException:
            worker.kill()
            self._workers[number] = None
            raise
        self._warm.set()
        return worker

    def _replace(self, number: int) -> None:
        worker, self._workers[number] = self._workers[number], None
        if worker is not None:
            worker.kill()
            self.replaced += 1


def _finished(job: Job[T]) -> Job[T]:
    job.done.wait()
    if job.fault is not None:
        raise job.fault
    return job


class _Worker:
    """One process."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in, self._out = self._process.stdin, self._process.stdout
        # So that one who has stopped reading is late, and holds nobody up.
        os.set_blocking(self._in.fileno(), False)
        self._decoder = msgspec.msgpack.Decoder(Answer)

    def wait(self, limit: float) -> None:
        """Wait until it is ready. Raises `CrewError` with its reason where it says that it cannot be."""
        problem = msgspec.msgpack.decode(self._message(time.monotonic() + limit), type=str | None)
        if problem is not None:
            raise CrewError(problem)

    def ask(self, asked: bytes, limit: float) -> Answer:
        """Its answer. Raises `_DiedError` and `_LateError`."""
        until = time.monotonic() + limit
        try:
            self._write(memoryview(asked), until)
        except (OSError, ValueError) as error:
            raise _DiedError(self._end()) from error
        return self._decoder.decode(self._message(until))

    def _write(self, rest: memoryview, until: float) -> None:
        poll = select.poll()
        poll.register(self._in.fileno(), select.POLLOUT)
        while rest:
            left = until - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                raise _LateError
            with suppress(BlockingIOError):
                rest = rest[os.write(self._in.fileno(), rest) :]

    def _message(self, until: float) -> bytes:
        return self._read(length(self._read(4, until)), until)

    def _read(self, size: int, until: float) -> bytes:
        parts: list[bytes] = []
        poll = select.poll()
        try:
            descriptor = self._out.fileno()
        except ValueError as error:
            raise _DiedError(self._end()) from error
        poll.register(descriptor, select.POLLIN)
        while size:
            left = until - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                raise _LateError
            part = os.read(descriptor, min(size, 1 << 20))
            if not part:
                raise _DiedError(self._end())
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _end(self) -> str:
        """What became of the process, which has closed its pipe."""
        try:
            code = self._process.wait(5)
        except subprocess.TimeoutExpired:
            return "it closed its output"
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def kill(self) -> None:
        """End the process, whatever it does. Harmless when it has ended."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._in, self._out):
            try:
                pipe.close()
            except OSError:
                continue
