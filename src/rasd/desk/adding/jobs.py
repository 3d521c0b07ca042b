"""Jobs of adding articles: so many wait, one runs, the last ones are remembered.

One process reads at a time, so that the database has one writer beside those who review, and a core is left for pages.
A job is given up when it takes too long; when the server ends, the running one stops after the batch that it writes.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import shutil
import tempfile
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO

from rasd.desk.adding.process import Reading, Start, started
from rasd.desk.adding.task import FOLDER, Became, Done, Prepare, Stage, Task, Told
from rasd.errors import RasdError
from rasd.relations.adding import ADDED, ASIDE, CHANGED, SAME

_LOG = logging.getLogger("rasd.desk")
_LOG_TAIL = 2000


class TooManyJobsError(RasdError):
    """No further job is taken now. ``word`` is the word of the desk that says why."""

    def __init__(self, word: str) -> None:
        super().__init__("no further articles are taken now: try again when those before have been read")
        self.word = word


@dataclass(slots=True, frozen=True)
class JobLimits:
    """``waiting`` jobs at most wait, ``each`` of one person, with ``size`` bytes of files in all; ``remembered`` are
    known after they ended. Of a job ``outcomes`` are kept, and it may take ``seconds``."""

    waiting: int = 20
    each: int = 5
    size: int = 256 * 1024 * 1024
    remembered: int = 50
    outcomes: int = 1000
    seconds: int = 1800
    # How long what is told to stop may take, and a process without a job is kept.
    stop_seconds: float = 8.0
    rest_seconds: float = 300.0


class State(StrEnum):
    """How a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(slots=True)
class Job:
    """Articles that somebody adds. ``names`` are what he gave: files, an address, a headline; ``size`` in bytes.

    ``counts`` say how many articles came to what (`rasd.relations.adding`); of those that came first ``outcomes`` are
    kept. ``reason`` says why the job failed. Changed by the thread of `Jobs` alone.
    """

    id: str
    person: str
    task: Task
    names: list[str]
    size: int = 0
    begun: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    state: State = State.WAITING
    stage: str = ""
    reason: str | None = None
    outcomes: list[Became] = field(default_factory=list[Became])
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((ADDED, CHANGED, SAME, ASIDE), 0))
    events: int = 0
    seconds: float = 0.0

    @property
    def over(self) -> bool:
        """Whether nothing further comes of it."""
        return self.state not in (State.WAITING, State.RUNNING)

    @property
    def articles(self) -> int:
        """How many articles there were so far, those set aside too."""
        return sum(self.counts.values())


class Jobs:
    """The jobs of one server. ``on_added`` is told when the database has something new; ``start`` starts a process.

    Call `close` at the end: it stops what runs and removes the files that were given.
    """

    def __init__(
        self, limits: JobLimits | None = None, on_added: Callable[[], None] | None = None,
        start: Start = started,
    ) -> None:  # fmt: skip
        self.limits = limits or JobLimits()
        self._on_added = on_added
        self._start = start
        self._changed = threading.Condition()
        self._known: OrderedDict[str, Job] = OrderedDict()
        self._waiting: deque[Job] = deque()
        self._reading: Reading | None = None
        self._running: Job | None = None
        self._wanted: Prepare | None = None
        self._stopping: set[str] = set()
        self._closed = False
        self._root: Path | None = None
        self._thread: threading.Thread | None = None

    def folder(self) -> Path:
        """A new folder for the files of one job, which nobody else can read."""
        with self._changed:
            if self._root is None:
                self._root = Path(tempfile.mkdtemp(prefix=FOLDER))
            return Path(tempfile.mkdtemp(dir=self._root))

    def check(self, person: str, size: int = 0) -> None:
        """Raises `TooManyJobsError` where a job of somebody, with so many bytes of files, would not be taken."""
        with self._changed:
            if self._closed:
                raise TooManyJobsError("add.closing")
            if sum(1 for job in self._open() if job.person == person) >= self.limits.each:
                raise TooManyJobsError("add.yours")
            if len(self._waiting) >= self.limits.waiting or self._size() + size > self.limits.size:
                raise TooManyJobsError("add.full")

    def put(self, task: Task, person: str, names: list[str], size: int = 0) -> Job:
        """A new job, which runs when those before it have ended. Raises `TooManyJobsError`."""
        with self._changed:
            self.check(person, size)
            job = Job(secrets.token_hex(8), person, task, names, size)
            self._known[job.id] = job
            self._waiting.append(job)
            self._forget()
            self._begin()
            return job

    def prepare(self, lexicon: str | None) -> None:
        """Have a process made ready, since somebody is about to add something."""
        with self._changed:
            if not self._closed and self._reading is None:
                self._wanted = Prepare(lexicon)
                self._begin()

    def job(self, id: str) -> Job | None:
        """The job of an id; None where there is none, or it was forgotten."""
        return self._known.get(id)

    def recent(self) -> list[Job]:
        """The jobs that are known, the latest first."""
        with self._changed:
            return list(reversed(self._known.values()))

    def before(self, job: Job) -> int:
        """How many jobs come before one that waits."""
        with self._changed:
            return self._waiting.index(job) + (self._running is not None) if job in self._waiting else 0

    def stop(self, id: str) -> None:
        """Stop a job; what it has added stays."""
        with self._changed:
            job = self._known.get(id)
            if job is None or job.over:
                return
            if job in self._waiting:
                self._waiting.remove(job)
                job.state = State.STOPPED
                _remove(job)
                return
            self._stopping.add(id)
            if self._reading is not None:
                self._reading.stop(self.limits.stop_seconds)

    def close(self) -> None:
        """Stop all jobs and wait until the process that reads has ended."""
        with self._changed:
            self._closed = True
            for job in self._waiting:
                job.state = State.STOPPED
            self._waiting.clear()
            thread = self._thread
            if self._reading is not None:
                self._reading.stop(self.limits.stop_seconds)
            self._changed.notify_all()
        if thread is not None:
            thread.join(2 * self.limits.stop_seconds)
        if self._root is not None:
            shutil.rmtree(self._root, ignore_errors=True)

    def _open(self) -> list[Job]:
        return [job for job in self._known.values() if not job.over]

    def _size(self) -> int:
        return sum(job.size for job in self._open())

    def _forget(self) -> None:
        """Forget the oldest of those that have ended."""
        ended = [job.id for job in self._known.values() if job.over]
        for id in ended[: max(0, len(ended) - self.limits.remembered)]:
            del self._known[id]

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="rasd-adding", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def _work(self) -> None:
        try:
            while not self._closed:
                job = self._next()
                if job is not None:
                    self._run(job)
        finally:
            self._rest()

    def _next(self) -> Job | None:
        """The next job, once there is one; None where there was something else to do."""
        with self._changed:
            if not self._waiting and self._wanted is None and not self._closed:
                self._changed.wait(self.limits.rest_seconds if self._reading is not None else None)
            wanted, self._wanted = self._wanted, None
            if self._waiting and not self._closed:
                job = self._running = self._waiting.popleft()
                job.state = State.RUNNING
                return job
        if wanted is not None:
            try:
                self._process().ask(wanted)
            except OSError as error:
                _LOG.error("no process to read with: %s", error)
        elif not self._closed:
            self._rest()
        return None

    def _process(self) -> Reading:
        """The process that reads. Raises `OSError` where none can be started."""
        with self._changed:
            if self._reading is None or not self._reading.alive:
                self._reading = Reading(self._start)
            return self._reading

    def _rest(self) -> None:
        """Let go of the process."""
        with self._changed:
            reading, self._reading = self._reading, None
        if reading is not None:
            reading.end(self.limits.stop_seconds)

    def _run(self, job: Job) -> None:
        _LOG.info("job %s of %s begins", job.id, job.person)
        try:
            reading = self._process()
            if job.id in self._stopping:  # between its turn and now
                job.state = State.STOPPED
                return
            reading.ask(job.task)
            code = reading.hear(lambda told: self._hear(job, told), self.limits.seconds)
            if code is not None:
                self._ended(job, code, reading.said)
                self._rest()
        except OSError as error:
            job.reason, job.state = (error.strerror or "no process").lower(), State.FAILED
        except Exception:
            _LOG.exception("job %s failed", job.id)
            job.reason, job.state = "a fault of the server", State.FAILED
            self._rest()
        finally:
            with self._changed:
                self._running = None
                self._stopping.discard(job.id)
            _remove(job)
            _LOG.info("job %s: %s, %s", job.id, job.state, job.counts)

    def _hear(self, job: Job, told: Told) -> None:
        if isinstance(told, Stage):
            job.stage = told.stage
        elif isinstance(told, Became):
            job.counts[told.outcome] += 1
            job.events += told.events
            if len(job.outcomes) < self.limits.outcomes:
                job.outcomes.append(told)
            if told.outcome in (ADDED, CHANGED):
                self._tell_added()
        elif isinstance(told, Done):
            job.seconds, job.state = told.seconds, State.DONE
        else:
            job.reason, job.state = told.reason, State.FAILED

    def _tell_added(self) -> None:
        if self._on_added is None:
            return
        try:
            self._on_added()
        except RasdError as error:
            _LOG.error("what was added is not shown: %s", error)

    def _ended(self, job: Job, code: int, said: str) -> None:
        """The process ended without saying how it went."""
        if self._closed or job.id in self._stopping:
            job.state = State.STOPPED
            return
        job.reason = "it took too long or too much memory" if code < 0 else "a fault of the server"
        job.state = State.FAILED
        _LOG.error("job %s ended with %d: %s", job.id, code, said[-_LOG_TAIL:])


def _remove(job: Job) -> None:
    """Remove the files that were given for a job."""
    for folder in {Path(file.path).parent for file in job.task.files}:
        shutil.rmtree(folder, ignore_errors=True)


def write_down(folder: Path, number: int, name: str, data: IO[bytes] | bytes) -> tuple[str, int]:
    """Lay a file of a job down in its folder: its path and size. Of its own name only the ending is kept.

    The ending tells the form of a file; what stands before it, folders above all, is whoever sends it to choose.
    """
    path = folder / f"{number}{_ending(name)}"
    with path.open("xb") as file:
        if isinstance(data, bytes):
            file.write(data)
        else:
            shutil.copyfileobj(data, file)
    return str(path), path.stat().st_size


def _ending(name: str) -> str:
    """The last two endings of a file's name (``.jsonl.gz``), of plain letters."""
    pieces = name.replace("\\", "/").rpartition("/")[2].lower().split(".")[1:][-2:]
    return "".join(f".{piece}" for piece in pieces if piece.isascii() and piece.isalnum() and len(piece) <= 12)
