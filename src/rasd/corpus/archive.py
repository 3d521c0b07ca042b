"""Code a whole archive with several workers: in order, and going on where a killed run stopped."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from rasd.corpus.coding import CodingSummary, OnReject, Progress, nothing_read, rejects_path
from rasd.corpus.crew import LIMIT, Crew, Job
from rasd.corpus.placing import PlacedFile, sync_folder
from rasd.corpus.unfinished import Counts, Unfinished
from rasd.sources.article import STDIN, Article
from rasd.sources.gathering import Articles
from rasd.sources.jsonl import BadLine, JsonLines, bad_line
from rasd.stages import UNTIMED, Stages

# What is done is put on disk so often, in seconds: a killed run loses no more.
_EVERY = 2.0


class Sheets(Protocol):
    """Where the records of a run go until it is finished; see `RecordLines` and `rasd.corpus.tables.TableParts`."""

    @property
    def whole(self) -> bool:
        """Whether nothing is held back, so that what was added can be kept."""
        ...

    def add(self, line: int, record: bytes) -> None:
        """Add the record of an input line."""
        ...

    def flush(self) -> None:
        """Write what is held back."""
        ...

    def place(self, target: Path) -> None:
        """Put the whole in its place."""
        ...


class RecordLines:
    """Records, one a line."""

    def __init__(self, unfinished: Unfinished) -> None:
        self._path = unfinished.folder / "records.jsonl"
        self._file = unfinished.file("records.jsonl")

    @property
    def whole(self) -> bool:
        return True

    def add(self, line: int, record: bytes) -> None:
        self._file.write(record + b"\n")

    def flush(self) -> None:
        self._file.flush()

    def place(self, target: Path) -> None:
        real = target.resolve()
        if target.suffix != ".gz":
            if real.exists():
                os.chmod(self._path, real.stat().st_mode & 0o7777)
            os.replace(self._path, real)
            sync_folder(real.parent)
            return
        file = PlacedFile(target)
        try:
            with self._path.open("rb") as whole:
                shutil.copyfileobj(whole, file, 1 << 20)  # pyright: ignore[reportArgumentType]
            file.finish()
            file.place()
        finally:
            file.discard()


# A line of the input by its number: as it stands where it holds an article, else what is wrong with it.
_Job = Job[tuple[int, BadLine | bytes]]
Make = Callable[[Unfinished], Sheets]


def code_archive(
    lines: JsonLines | Articles, path: str, target: Path, *, workers: int = 1, lexicon: Path | None = None,
    careful: bool = False,
    form: str = "jsonl", make: Make = RecordLines, limit: float = LIMIT, command: list[str] | None = None,
    progress: Progress | None = None, on_reject: OnReject | None = None, on_resume: Callable[[int], None] | None = None,
    stages: Stages | None = None,
) -> CodingSummary:  # fmt: skip
    """Read every article of ``lines`` (opened from ``path``) with so many workers, and write the records to ``target``.

    The records come in the order of the input and are the same whatever the number of workers. What is done is kept
    in ``TARGET.part`` until all is: a run that was killed is gone on with by the next over the same input with the
    same lexicon (``on_resume`` is told how many lines are done). A line that is no article, an article that the reader
    fails on, that ends its worker twice or is too long about is set aside, as `code_corpus` does. ``stages`` is
    told what each stage took, of all workers together. Raises `SourceError` and `CrewError`; ``target`` is then as it
    was.
    """
    with Unfinished(target, run_facts(path, lines, lexicon, form, careful)) as unfinished:
        if unfinished.resumed and on_resume is not None:
            on_resume(unfinished.state.line)
        run = _Run(lines, unfinished, make(unfinished), progress, on_reject, stages)
        profile = stages is not None
        with Crew(workers, lexicon=lexicon, careful=careful, profile=profile, limit=limit, command=command) as crew:
            run.go(crew)
        run.finish(target)
        return run.summary()


def run_facts(path: str, lines: JsonLines | Articles, lexicon: Path | None, form: str, careful: bool) -> dict[str, str]:
    """What makes a run the same run."""
    from rasd.lexicon.files import KnowledgeFiles

    facts = {
        "form": form,
        "lexicon": KnowledgeFiles(lexicon).digest,
        "rasd": installed_version(),
        "careful": str(careful),
    }
    if path == STDIN or (isinstance(lines, Articles) and lines.piped):
        # Nobody can know whether it gives the same again.
        return facts | {"input": f"standard input of process {os.getpid()} at {time.time_ns()}"}
    if isinstance(lines, Articles):
        return facts | {"input": lines.identity}
    status = Path(path).stat()
    return facts | {"input": str(Path(path).resolve()), "size": str(lines.size), "changed": str(status.st_mtime_ns)}


def installed_version() -> str:
    """Rasd's version; "" where it runs from a checkout that is not installed."""
    try:
        return importlib.metadata.version("rasd")
    except importlib.metadata.PackageNotFoundError:
        return ""


class _Run:
    """One run, or the rest of one."""

    def __init__(self, lines: JsonLines | Articles, unfinished: Unfinished, sheets: Sheets, progress: Progress | None,
                 on_reject: OnReject | None, stages: Stages | None) -> None:  # fmt: skip
        self._lines = lines
        self._stages = stages or UNTIMED
        self._unfinished = unfinished
        self._sheets = sheets
        self._rejects = unfinished.file("rejects.jsonl")
        self._progress, self._on_reject = progress, on_reject
        self._encoder = msgspec.json.Encoder()
        self._began = self._kept = time.monotonic()
        self._words_before = unfinished.state.counts.words

    @property
    def _counts(self) -> Counts:
        return self._unfinished.state.counts

    def go(self, crew: Crew) -> None:
        for job in crew.answered(self._jobs()):
            self._stages.begin()
            self._take(job)
            self._unfinished.state.line = job.of[0]
            if self._sheets.whole and time.monotonic() - self._kept > _EVERY:
                self._unfinished.keep()
                self._kept = time.monotonic()
            self._stages.mark("writing")
            if self._progress is not None:
                self._progress(self.summary(), self._lines.position)
        self._stages.begin()
        self._sheets.flush()
        self._unfinished.keep()
        self._stages.mark("writing")

    def _jobs(self) -> Iterator[_Job]:
        done = self._unfinished.state.line
        self._stages.begin()
        for number, raw, found in self._lines:
            self._stages.mark("input")
            if number <= done:
                continue
            if isinstance(found, Article):
                yield Job((number, raw), found)
            else:
                yield Job((number, found), None)
            self._stages.begin()

    def _take(self, job: _Job) -> None:
        (number, of), answer, counts = job.of, job.answer, self._counts
        if answer.stages:
            self._stages.add(answer.stages)
        if isinstance(of, bytes):
            if answer.record is not None:
                counts.articles += 1
                counts.events += answer.events
                counts.words += answer.words
                self._sheets.add(number, answer.record)
                return
            article = job.article or Article("")
            of = bad_line(number, of, answer.reason or "", article.id, article.origin)
        counts.rejects += 1
        self._rejects.write(self._encoder.encode(of) + b"\n")
        if self._on_reject is not None:
            self._on_reject(of)

    def finish(self, target: Path) -> None:
        """Put what was done in its place. Raises `SourceError` where no article at all could be read."""
        self._rejects.close()
        aside = rejects_path(target)
        if self._counts.rejects:
            os.replace(self._unfinished.folder / "rejects.jsonl", aside)
        else:
            aside.unlink(missing_ok=True)
        if self._counts.articles:
            self._sheets.place(target)
        self._unfinished.remove()
        if not self._counts.articles:
            raise nothing_read(self._lines.name, self._counts.rejects, aside)

    def summary(self) -> CodingSummary:
        """What was done, this run's share of the words by its own time."""
        counts, seconds = self._counts, time.monotonic() - self._began
        return CodingSummary(counts.articles, counts.events, counts.rejects, counts.words, seconds, self._words_before)
