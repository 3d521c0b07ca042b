"""Coding on the machines of a Ray cluster: chunks of the input dealt out to them, the work of one that dies done anew.

Each machine runs one actor (`rasd.corpus.node`), which holds all processors that it asks for and keeps workers of its
own, as `rasd code --workers` does: only so can an article that kills its worker be set aside by name, and the lexicon
be compiled and mapped once for a machine. Ray places the actors, carries the chunks, and tells who has died.
"""

# ray has types of its own for some things only.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import importlib
import logging
import os
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from rasd.corpus.archive import installed_version, run_facts
from rasd.corpus.chunks import Chunk, Done, chunks
from rasd.corpus.coding import CodingSummary, OnReject, Progress, nothing_read
from rasd.corpus.crew import LIMIT
from rasd.corpus.depot import Depot
from rasd.corpus.node import NodeCoder, Setup
from rasd.corpus.tables import ARTICLES
from rasd.errors import RasdError
from rasd.lexicon.files import KnowledgeFiles, knowledge_paths
from rasd.sources.gathering import Articles
from rasd.stages import Stages

# Chunks that a machine has at once: while the last articles of one are read it has others to read.
_AT_ONCE = 2
# A chunk whose machine is lost is given to another, so many times.
_GIVEN = 5
# Machines are looked for so often, in seconds; where none gets ready for so long, that is an error.
_LOOK, _PATIENCE = 2.0, 300.0
# A machine whose actor has died so often is not asked again.
_DEATHS = 3
# Seconds that a cluster may take to answer at its address.
_REACH = 10.0


class ClusterError(RasdError):
    """There is no cluster to be had, or it cannot do the work."""


def code_on_ray(
    lines: Articles, path: str, output: str, *, address: str | None = None, workers: int | None = None,
    lexicon: Path | None = None, careful: bool = False, form: str = "jsonl", limit: float = LIMIT,
    articles: int = ARTICLES, stages: Stages | None = None, command: list[str] | None = None,
    progress: Progress | None = None, on_reject: OnReject | None = None,
    on_resume: Callable[[int], None] | None = None,
) -> CodingSummary:  # fmt: skip
    """Read every article of ``lines`` on the cluster at ``address``, and write the records to ``output``.

    ``output`` is a folder that all machines share, or a URL that `fsspec` knows; records are there in parts, one a
    line (``part-000000.jsonl``, in the order of the input) or as tables. ``workers`` is how many each machine runs; all
    its processors where it is None. A run that was killed is gone on with as `rasd.corpus.archive.code_archive` says;
    so many ``articles`` at once are lost to it. Raises `ClusterError`, and what the other raises.
    """
    ray = _ray()
    facts = run_facts(path, lines, lexicon, form, careful) | {"articles": str(articles)}
    with _connected(ray, address), Depot(output, facts) as depot:
        setup = Setup(
            depot.shelf.url, depot.token, form, installed_version(), facts["lexicon"], workers or 0, careful,
            stages is not None, limit, _user_files(lexicon), command,
        )  # fmt: skip
        run = _Run(lines, depot, articles, stages, progress, on_reject)
        if run.done and on_resume is not None:
            on_resume(max(run.done.values()))
        fleet = _Fleet(ray, setup)
        try:
            run.go(fleet)
        finally:
            fleet.close()
        return run.finish(form)


def _ray() -> Any:
    try:
        return importlib.import_module("ray")
    except ImportError as error:
        raise ClusterError("--engine ray needs more than is installed: pip install 'rasd[ray]'") from error


class _connected:
    """The connection to a cluster; one that is there already is used, and left."""

    def __init__(self, ray: Any, address: str | None) -> None:
        self._ray, self._address = ray, address
        self._ours = False

    def __enter__(self) -> None:
        if self._ray.is_initialized():
            return
        address = self._address or os.environ.get("RAY_ADDRESS") or "auto"
        try:
            _reach(address)
            self._ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, namespace="rasd")
        except (OSError, ValueError, RuntimeError) as error:
            said = "no Ray cluster runs on this machine" if address == "auto" else f"no Ray cluster at {address}"
            raise ClusterError(f"{said}: start one with 'ray start --head', or name its --address") from error
        self._ours = True

    def __exit__(self, *_: object) -> None:
        if self._ours:
            self._ray.shutdown()


def _reach(address: str) -> None:
    """Raise `OSError` where nobody answers at ``host:port``: Ray itself would try for minutes."""
    host, found, port = address.rpartition("://")[2].rpartition(":")
    if found and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), _REACH).close()


def _user_files(lexicon: Path | None) -> dict[str, bytes] | None:
    if lexicon is None:
        return None
    KnowledgeFiles(lexicon)  # says where the folder is none
    return {path.relative_to(lexicon).as_posix(): path.read_bytes() for path in knowledge_paths(lexicon)}


@dataclass(slots=True)
class _Machine:
    """A machine of the cluster, by its actor. It is ``ready`` once it has said so."""

    key: str
    actor: Any
    name: str = ""
    ready: bool = False
    asked: set[Any] = field(default_factory=set[Any])


@dataclass(slots=True)
class _Dealt:
    """A chunk that is with a machine, packed; ``given`` so many times so far."""

    chunk: bytes
    number: int
    given: int = 1


class _Fleet:
    """The machines of a cluster, those that come later too."""

    def __init__(self, ray: Any, setup: Setup) -> None:
        self._ray, self._setup = ray, setup
        self._machines: dict[str, _Machine] = {}
        self._starting: dict[Any, _Machine] = {}
        self._dealt: dict[Any, tuple[_Machine, _Dealt]] = {}
        self._deaths: dict[str, int] = {}
        self._looked, self._had = -_LOOK, time.monotonic()
        self._again: deque[_Dealt] = deque()
        self.lost = 0

    @property
    def busy(self) -> bool:
        """Whether chunks are dealt out, or to be dealt out again."""
        return bool(self._dealt or self._again)

    def _look(self) -> None:
        """Put an actor on each machine that has none."""
        if time.monotonic() - self._looked < _LOOK:
            return
        self._looked = time.monotonic()
        for node in self._ray.nodes():
            key, processors = str(node["NodeID"]), int(node["Resources"].get("CPU", 0))
            if node["Alive"] and processors and key not in self._machines and self._deaths.get(key, 0) < _DEATHS:
                self._start(key, processors)

    def _start(self, key: str, processors: int) -> None:
        strategy = importlib.import_module("ray.util.scheduling_strategies").NodeAffinitySchedulingStrategy
        workers = min(self._setup.workers or processors, processors)
        setup = msgspec.structs.replace(self._setup, workers=workers)
        made: Any = self._ray.remote(NodeCoder).options(
            num_cpus=workers, max_concurrency=_AT_ONCE, scheduling_strategy=strategy(key, soft=False)
        )
        machine = _Machine(key, made.remote(msgspec.msgpack.encode(setup)))
        self._machines[key] = machine
        self._starting[machine.actor.ready.remote()] = machine

    def deal(self, chunk_of: Callable[[], Chunk | None]) -> None:
        """Give every machine that has room a chunk, those lost to others first."""
        self._look()
        for machine in sorted(self._machines.values(), key=lambda m: len(m.asked)):
            while machine.ready and len(machine.asked) < _AT_ONCE:
                if self._again:
                    dealt = self._again.popleft()
                else:
                    chunk = chunk_of()
                    if chunk is None:
                        return
                    dealt = _Dealt(msgspec.msgpack.encode(chunk), chunk.number)
                asked = machine.actor.code.remote(dealt.chunk)
                machine.asked.add(asked)
                self._dealt[asked] = (machine, dealt)

    def answers(self) -> Iterator[Done]:
        """What was done since, after waiting for a moment. Raises `ClusterError`, and whatever a machine fails with."""
        waiting = [*self._dealt, *self._starting]
        found = self._ray.wait(waiting, num_returns=1, timeout=_LOOK)[0] if waiting else []
        if not waiting:
            time.sleep(_LOOK / 10)
        if any(m.ready for m in self._machines.values()):
            self._had = time.monotonic()
        elif time.monotonic() - self._had > _PATIENCE:
            raise ClusterError(f"no machine of the cluster got ready in {_PATIENCE:.0f} s: its processors are taken")
        for answered in found:
            if answered in self._starting:
                self._started(answered)
            elif answered in self._dealt:  # else the machine is lost by now
                done = self._answer(answered)
                if done is not None:
                    yield done

    def _started(self, answered: Any) -> None:
        machine = self._starting.pop(answered)
        errors = self._ray.exceptions
        try:
            machine.name = self._ray.get(answered)
            machine.ready = True
        except errors.RayTaskError as error:
            raise _plain(error) from error
        except errors.RayError as error:
            self._lose(machine, error)

    def _answer(self, answered: Any) -> Done | None:
        machine, dealt = self._dealt.pop(answered)
        machine.asked.discard(answered)
        errors = self._ray.exceptions
        try:
            return msgspec.msgpack.decode(self._ray.get(answered), type=Done)
        except errors.RayTaskError as error:
            plain = _plain(error)
            if not isinstance(plain, OSError) or dealt.given >= _GIVEN:
                raise plain from error
            self._deal_again(dealt, error)
        except errors.RayError as error:
            self._deal_again(dealt, error)
            self._lose(machine, error)
        return None

    def _lose(self, machine: _Machine, error: Exception) -> None:
        """Forget a machine whose actor is no more, and have its chunks dealt out again."""
        if self._machines.get(machine.key) is not machine:
            return
        del self._machines[machine.key]
        self.lost += 1
        deaths = self._deaths[machine.key] = self._deaths.get(machine.key, 0) + 1
        for asked in machine.asked:
            self._deal_again(self._dealt.pop(asked)[1], error)
        if deaths >= _DEATHS and not self._machines:
            raise ClusterError(f"no machine of the cluster lasts: {_first_line(error)}") from error

    def _deal_again(self, dealt: _Dealt, error: Exception) -> None:
        if dealt.given >= _GIVEN:
            raise ClusterError(f"chunk {dealt.number} was lost {dealt.given} times: {_first_line(error)}") from error
        dealt.given += 1
        self._again.append(dealt)

    def close(self) -> None:
        """End the actors, and with them their workers."""
        for machine in self._machines.values():
            self._ray.kill(machine.actor)


def _plain(error: Any) -> Exception:
    """What a machine failed with, as it was raised there."""
    cause = getattr(error, "cause", None)
    return cause if isinstance(cause, RasdError | OSError) else ClusterError(_first_line(error))


def _first_line(error: Exception) -> str:
    """The line of Ray's long messages that says what is wrong."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[-1] if "Traceback" in str(error) else lines[0])[:300] if lines else type(error).__name__


class _Run:
    """One run, or the rest of one."""

    def __init__(self, lines: Articles, depot: Depot, articles: int, stages: Stages | None,
                 progress: Progress | None, on_reject: OnReject | None) -> None:  # fmt: skip
        self._lines, self._depot, self._stages = lines, depot, stages
        self._progress, self._on_reject = progress, on_reject
        self._began = time.monotonic()
        self._summary = CodingSummary()
        # The last line of each chunk that is done.
        self.done: dict[int, int] = {}
        for done in depot.done():
            self.done[done.number] = done.last
            self._count(done)
        self._summary.words_before = self._summary.words
        self._chunks = chunks(lines, articles)

    def go(self, fleet: _Fleet) -> None:
        """Have all chunks done."""
        more = True

        def next_chunk() -> Chunk | None:
            nonlocal more
            for chunk in self._chunks:
                if chunk.number not in self.done:
                    chunk.position = self._lines.position
                    return chunk
            more = False
            return None

        position = 0
        while more or fleet.busy:
            fleet.deal(next_chunk)
            for done in fleet.answers() if more or fleet.busy else ():
                self._count(done)
                for bad in done.rejects if self._on_reject is not None else ():
                    self._on_reject(bad)  # pyright: ignore[reportOptionalCall]
                if self._stages is not None:
                    self._stages.add(done.stages)
                position = max(position, done.position)
                if self._progress is not None:
                    self._progress(self.summary(), position)

    def _count(self, done: Done) -> None:
        summary = self._summary
        summary.articles += done.articles
        summary.events += done.events
        summary.words += done.words
        summary.rejects += len(done.rejects)

    def summary(self) -> CodingSummary:
        """What was done so far."""
        self._summary.seconds = time.monotonic() - self._began
        return self._summary

    def finish(self, form: str) -> CodingSummary:
        """Put the output in its place. Raises `SourceError` where no article at all could be read."""
        summary = self.summary()
        if summary.articles:
            self._depot.finish(form)
            return summary
        self._depot.forget()
        raise nothing_read(self._lines.name, summary.rejects, None)
