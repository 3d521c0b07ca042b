"""Code a corpus: each article of a JSON Lines file becomes a record, in the order of the input."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from rasd.corpus.placing import PlacedFile
from rasd.record import Record
from rasd.sources.article import Article, SourceError
from rasd.sources.gathering import Articles
from rasd.sources.jsonl import BadLine, JsonLines, bad_line
from rasd.stages import UNTIMED, Stages


class Reads(Protocol):
    """What codes: a `rasd.Reader`, or anything that reads as one."""

    def read(
        self, text: str, *, published: str | dt.date | None = None, id: str | None = None,
        title: str | None = None, source: str | None = None, url: str | None = None,
    ) -> Record: ...  # fmt: skip


class Sink(Protocol):
    """Where records go: a file, or standard output."""

    def write(self, data: bytes, /) -> object: ...


@dataclass(slots=True)
class CodingSummary:
    """What was done, and how fast. ``words`` counts the articles' words as spaces part them.

    ``words_before`` of them were read by an earlier run that this one goes on with, in other ``seconds``.
    """

    articles: int = 0
    events: int = 0
    rejects: int = 0
    words: int = 0
    seconds: float = 0.0
    words_before: int = 0

    @property
    def words_per_second(self) -> float:
        return (self.words - self.words_before) / self.seconds if self.seconds else 0.0


# Called after each line with the summary so far and the bytes of the input read.
Progress = Callable[[CodingSummary, int], None]
OnReject = Callable[[BadLine], None]


def rejects_path(records: Path) -> Path:
    """Where the lines set aside go: ``records.rejects.jsonl`` beside ``records.jsonl``."""
    name = records.name.removesuffix(".gz").removesuffix(".jsonl")
    return records.with_name(f"{name}.rejects.jsonl")


def rejects_url(records: str) -> str:
    """The same for records at a URL."""
    return f"{records.rstrip('/').removesuffix('.jsonl')}.rejects.jsonl"


def code_corpus(
    lines: JsonLines | Articles, reader: Reads, target: Path | BinaryIO, *,
    progress: Progress | None = None, on_reject: OnReject | None = None, stages: Stages | None = None,
) -> CodingSummary:  # fmt: skip
    """Read every article of ``lines`` and write its record to ``target``, one JSON object a line.

    A line that is no article, or that the reader fails on, is set aside: handed to
    ``on_reject`` and, where ``target`` is a path, written to `rejects_path`. Files are put in
    place complete, after the last article; a rejects file of an earlier run is removed when
    there are none now. Raises `SourceError` where the input breaks off or has no article at
    all, and `OSError` where the output cannot be written: the records are then not put in
    place (with no article at all the rejects are, to see why). ``stages`` is told when input is read, a record encoded
    and written; what is between them, the reader tells it (`rasd.Reader.time_stages`).
    """
    coding = _Coding(lines, reader, progress, on_reject, stages)
    if not isinstance(target, Path):
        summary = coding.run(target, None)
        coding.check_any(None)
        return summary
    records = PlacedFile(target)
    aside = rejects_path(target) if target.is_file() or not target.exists() else None
    rejects: PlacedFile | None = None
    try:
        rejects = PlacedFile(aside) if aside is not None else None
        summary = coding.run(records, rejects)
        records.finish()
        if rejects is not None and aside is not None:
            rejects.finish()
            if summary.rejects:
                rejects.place()
            else:
                aside.unlink(missing_ok=True)
        coding.check_any(aside)
        records.place()
    finally:
        records.discard()
        if rejects is not None:
            rejects.discard()
    return summary


def nothing_read(name: str, rejects: int, aside: Path | None) -> SourceError:
    """What to say of an input with no article in it; ``aside`` is where the reasons were written, if anywhere."""
    if not rejects:
        return SourceError(name, "empty: no articles")
    why = f" (why: see {aside})" if aside is not None else ""
    return SourceError(name, f"no article among {rejects:,} found{why}")


class _Coding:
    """One pass over a corpus."""

    def __init__(self, lines: JsonLines | Articles, reader: Reads, progress: Progress | None,
                 on_reject: OnReject | None, stages: Stages | None) -> None:  # fmt: skip
        self._lines = lines
        self._stages = stages or UNTIMED
        self._reader = reader
        self._progress = progress
        self._on_reject = on_reject
        self._encoder = msgspec.json.Encoder()
        self.summary = CodingSummary()

    def run(self, records: Sink, rejects: Sink | None) -> CodingSummary:
        summary = self.summary
        began = time.perf_counter()
        self._stages.begin()
        for number, raw, found in self._lines:
            self._stages.mark("input")
            outcome = self._record(number, raw, found) if isinstance(found, Article) else found
            if isinstance(outcome, BadLine):
                summary.rejects += 1
                if rejects is not None:
                    rejects.write(self._encoder.encode(outcome) + b"\n")
                if self._on_reject is not None:
                    self._on_reject(outcome)
            else:
                records.write(outcome + b"\n")
            self._stages.mark("writing")
            if self._progress is not None:
                summary.seconds = time.perf_counter() - began
                self._progress(summary, self._lines.position)
            self._stages.begin()
        summary.seconds = time.perf_counter() - began
        return summary

    def _record(self, number: int, raw: bytes, article: Article) -> bytes | BadLine:
        """The record in JSON; the line as bad where the reader fails, so that the rest goes on."""
        try:
            record = self._reader.read(
                article.text, published=article.published, id=article.id, title=article.title,
                source=article.source, url=article.url,
            )  # fmt: skip
            encoded = record.to_json()
            self._stages.mark("encoding")
        except Exception as error:
            reason = f"reading failed: {type(error).__name__}: {error}"[:500]
            reason = reason.encode("utf-8", "replace").decode()
            return bad_line(number, raw, reason, article.id, article.origin)
        self.summary.articles += 1
        self.summary.events += len(record.events)
        self.summary.words += len(article.text.split())
        return encoded

    def check_any(self, aside: Path | None) -> None:
        """Raise `SourceError` where nothing at all could be read."""
        if self.summary.articles:
            return
        raise nothing_read(self._lines.name, self.summary.rejects, aside)
