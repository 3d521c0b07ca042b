"""What the desk tells the process that reads a job, and what that tells back: a line of JSON each."""

from __future__ import annotations

import datetime as dt

import msgspec

# How the folder begins that a desk keeps the files of its jobs in, each job's in a folder of its own.
FOLDER = "rasd-desk-"


class GivenFile(msgspec.Struct, frozen=True):
    """A file to be read: where it lies, and what whoever gave it calls it."""

    path: str
    name: str


class Prepare(msgspec.Struct, frozen=True, tag="prepare"):
    """Make ready to read with a folder of knowledge files, since a task is likely to come."""

    lexicon: str | None = None


class Task(msgspec.Struct, frozen=True, tag="task"):
    """What is to be added to ``database`` (None: the user's own): ``files``, or what is at ``address``.

    ``title``, ``source``, ``published`` and ``url`` stand for what articles do not say of themselves; the title and
    the URL only where there is but one article, a pasted one. ``most`` articles are taken at most. ``memory`` (bytes)
    is what the process may use, and ``seconds`` of work for this task.
    """

    database: str | None
    files: list[GivenFile] = []
    address: str | None = None
    lexicon: str | None = None
    title: str | None = None
    source: str | None = None
    published: dt.date | None = None
    url: str | None = None
    most: int = 10_000
    memory: int = 4 << 30
    seconds: int = 1800


class Stage(msgspec.Struct, frozen=True, tag="stage"):
    """What is being done: ``fetching`` (with what), ``reading``."""

    stage: str
    what: str = ""


class Became(msgspec.Struct, frozen=True, tag="became"):
    """What became of an article, as `rasd.relations.adding.Outcome` says it."""

    outcome: str
    origin: str
    key: str | None = None
    title: str | None = None
    events: int = 0
    reason: str | None = None


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """The whole cannot be done, or not further; ``reason`` is a sentence."""

    reason: str


class Done(msgspec.Struct, frozen=True, tag="done"):
    """All of it has been read."""

    seconds: float


Asked = Prepare | Task
Told = Stage | Became | Failed | Done
