"""What codes chunks on one machine of a cluster: workers of its own, results put straight where the output goes.

It knows nothing of what brings it there (`rasd.corpus.cluster`).
"""

from __future__ import annotations

import platform
import socket
import tempfile
from pathlib import Path

import msgspec

from rasd.corpus.chunks import Chunk, Done, Item
from rasd.corpus.crew import LIMIT, Crew, Job
from rasd.corpus.depot import Shelf, report_done, token
from rasd.corpus.tables import TableBatch, part_name
from rasd.errors import RasdError
from rasd.sources.jsonl import BadLine


class NodeError(RasdError):
    """A machine cannot take part in a run."""


class Setup(msgspec.Struct):
    """What a machine must know to take part in a run.

    ``shelf`` is where parts go, ``token`` the word that lies there; ``digest`` that of the knowledge files;
    ``lexicon`` the user's own, by name, to be laid over ours; ``command`` starts a worker other than Rasd's.
    """

    shelf: str
    token: str
    form: str
    version: str
    digest: str
    workers: int
    careful: bool = False
    profile: bool = False
    limit: float = LIMIT
    lexicon: dict[str, bytes] | None = None
    command: list[str] | None = None


class NodeCoder:
    """Codes chunks with workers of its own: the lexicon is compiled and mapped once for all of them."""

    def __init__(self, setup: bytes) -> None:
        self._setup = msgspec.msgpack.decode(setup, type=Setup)
        self._shelf = Shelf(self._setup.shelf)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._crew: Crew | None = None

    def ready(self) -> str:
        """Check that this machine can take part, and start. Returns its name; raises `NodeError` with the reason."""
        from rasd.corpus.archive import installed_version
        from rasd.lexicon.files import KnowledgeFiles

        setup, name = self._setup, socket.gethostname()
        lexicon = self._lexicon()
        version = installed_version()
        if version != setup.version or KnowledgeFiles(lexicon).digest != setup.digest:
            raise NodeError(f"{name} has another Rasd ({version}): install the same version on every machine")
        if token(self._shelf) != setup.token:
            raise NodeError(f"{name} does not see {setup.shelf}: name a folder that all machines share, or a URL")
        self._crew = Crew(
            setup.workers, lexicon=lexicon, careful=setup.careful, profile=setup.profile, limit=setup.limit,
            command=setup.command,
        ).__enter__()  # fmt: skip
        return f"{name} ({platform.machine()})"

    def _lexicon(self) -> Path | None:
        """The user's knowledge files, laid down on this machine."""
        if self._setup.lexicon is None:
            return None
        self._folder = tempfile.TemporaryDirectory(prefix="rasd-lexicon-")
        for name, content in self._setup.lexicon.items():
            path = Path(self._folder.name, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return Path(self._folder.name)

    def code(self, packed: bytes) -> bytes:
        """Code a chunk (`Chunk` in msgpack), put what it gives, and say what was done (`Done` in msgpack).

        Raises `rasd.corpus.crew.CrewError` where no worker can be had, and `OSError` where nothing can be put.
        """
        assert self._crew is not None
        chunk = msgspec.msgpack.decode(packed, type=Chunk)
        done = Done(chunk.number, chunk.items[0].line, chunk.items[-1].line, position=chunk.position)
        sheets = Tables() if self._setup.form == "parquet" else Lines()
        for job in self._crew.answered(Job(item, item.article) for item in chunk.items):
            _take(done, job, sheets)
        sheets.put(self._shelf, chunk.number)
        report_done(self._shelf, done)
        return msgspec.msgpack.encode(done)

    def close(self) -> None:
        """End the workers."""
        if self._crew is not None:
            self._crew.__exit__()
            self._crew = None
        if self._folder is not None:
            self._folder.cleanup()


def _take(done: Done, job: Job[Item], sheets: Lines | Tables) -> None:
    item, answer = job.of, job.answer
    if item.wrong is not None:
        done.rejects.append(item.wrong)
    elif answer.record is None:
        assert item.article is not None
        done.rejects.append(
            BadLine(item.line, item.article.id, answer.reason or "", item.raw, item.article.origin)
        )  # fmt: skip
    else:
        done.articles += 1
        done.events += answer.events
        done.words += answer.words
        sheets.add(item.line, answer.record)
    for stage, seconds in (answer.stages or {}).items():
        done.stages[stage] = done.stages.get(stage, 0.0) + seconds


class Lines:
    """The records of a chunk, one a line."""

    def __init__(self) -> None:
        self._records: list[bytes] = []

    def add(self, line: int, record: bytes) -> None:
        self._records.append(record + b"\n")

    def put(self, shelf: Shelf, number: int) -> None:
        """Put them as a file of their own."""
        if self._records:
            shelf.put(f"part-{number:06}.jsonl", b"".join(self._records))


class Tables:
    """The records of a chunk as rows of tables."""

    def __init__(self) -> None:
        self._batch = TableBatch()
        self.add = self._batch.add

    def put(self, shelf: Shelf, number: int) -> None:
        """Put a file for each table and month."""
        for folder, content in self._batch.files():
            shelf.put(f"{folder}/{part_name(number)}", content)
