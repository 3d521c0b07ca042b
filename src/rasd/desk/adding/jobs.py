"""Jobs of adding articles: so many wait, one runs, the last ones are remembered.

One process reads at a time, so that the database has one writer beside those who review, and a core is left for pages.
A job is given up when it takes too long; when the server ends, the running one stops after the batch that it writes.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO

import msgspec

from rasd.desk.adding.task import Became, Done, Stage, Task, Told
from rasd.errors import RasdError
from rasd.relations.adding import ADDED, ASIDE, CHANGED, SAME

_LOG = logging.getLogger("rasd.desk")
_TOLD = msgspec.json.Decoder(Told)
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
    stop_seconds: float = 8.0


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
        start: Callable[[], subprocess.Popen[bytes]] | None = None,
    ) -> None:  # fmt: skip
        self.limits = limits or JobLimits()
        self._on_added = on_added
        self._start = start or started
        self._changed = threading.Condition()
        self._known: OrderedDict[str, Job] = OrderedDict()
        self._waiting: deque[Job] = deque()
        self._running: subprocess.Popen[bytes] | None = None
        self._stopping: set[str] = set()
        self._closed = False
        self._root: Path | None = None
        self._thread: threading.Thread | None = None

    def folder(self) -> Path:
        """A new folder for the files of one job, which nobody else can read."""
        with self._changed:
            if self._root is None:
                self._root = Path(tempfile.mkdtemp(prefix="rasd-desk-"))
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
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="rasd-adding", daemon=True)
                self._thread.start()
            self._changed.notify_all()
            return job

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
            running = self._running
            if running is not None:
                running.terminate()
                # What does not hear is ended.
                ending = threading.Timer(self.limits.stop_seconds, running.kill)
                ending.daemon = True
                ending.start()

    def close(self) -> None:
        """Stop all jobs and wait until the process that reads has ended."""
        with self._changed:
            self._closed = True
            for job in self._waiting:
                job.state = State.STOPPED
            self._waiting.clear()
            running, thread = self._running, self._thread
            if running is not None:
                running.terminate()
            self._changed.notify_all()
        if running is not None:
            try:
                running.wait(self.limits.stop_seconds)
            except subprocess.TimeoutExpired:
                running.kill()
        if thread is not None:
            thread.join(self.limits.stop_seconds)
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

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._closed:
                    self._changed.wait()
                if self._closed:
                    return
                job = self._waiting.popleft()
                job.state = State.RUNNING
                try:
                    process = self._running = self._start()
                except OSError as error:
                    job.state, job.reason = State.FAILED, (error.strerror or "no process").lower()
                    continue
            try:
                self._run(job, process)
            except Exception:
                _LOG.exception("job %s failed", job.id)
                process.kill()
                job.state, job.reason = State.FAILED, "a fault of the server"
            finally:
                process.wait()
                with self._changed:
                    self._running = None
                    self._stopping.discard(job.id)
                _remove(job)

    def _run(self, job: Job, process: subprocess.Popen[bytes]) -> None:
        """Tell the process what to read, and hear what becomes of it until it ends."""
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        said: deque[bytes] = deque(maxlen=50)
        listening = threading.Thread(target=said.extend, args=(process.stderr,), daemon=True)
        listening.start()
        late = threading.Timer(self.limits.seconds, process.kill)
        late.daemon = True
        late.start()
        _LOG.info("job %s of %s begins", job.id, job.person)
        try:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(msgspec.json.encode(job.task) + b"\n")
                process.stdin.flush()
            for line in process.stdout:
                self._hear(job, line)
        finally:
            late.cancel()
            with contextlib.suppress(OSError):
                process.stdin.close()
        code = process.wait()
        listening.join(1.0)
        if not job.over:
            self._ended(job, code, b"".join(said))
        _LOG.info("job %s: %s, %s", job.id, job.state, job.counts)

    def _hear(self, job: Job, line: bytes) -> None:
        told = _TOLD.decode(line)
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
            job.state, job.reason = State.FAILED, told.reason

    def _tell_added(self) -> None:
        if self._on_added is None:
            return
        try:
            self._on_added()
        except RasdError as error:
            _LOG.error("what was added is not shown: %s", error)

    def _ended(self, job: Job, code: int, said: bytes) -> None:
        """The process ended without saying how it went."""
        if self._closed or job.id in self._stopping:
            job.state = State.STOPPED
            return
        job.state = State.FAILED
        job.reason = "it took too long or too much memory" if code < 0 else "a fault of the server"
        _LOG.error("job %s ended with %d: %s", job.id, code, said.decode("utf-8", "replace")[-_LOG_TAIL:])


def started() -> subprocess.Popen[bytes]:
    """The process that reads a job. Nothing in the folder where the server was started is imported (-P)."""
    command = [sys.executable, "-P", "-m", "rasd.desk.adding.worker"]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


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
