"""Sketches of many texts, by which near-copies are found: of each some bytes, in a file that is mapped, not read.

A row is an article: its number, its day of publication (days since 1970, a number out of reach where it is unknown),
its words, and the hashes of its sketch (`rasd.relations.copies`).
"""

# numpy's own types say little of what rows hold.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from rasd.relations.copies import HASHES, sketch
from rasd.sources.article import SourceError, source_name

_MARK = b"rasd-sketches-1\n"
UNKNOWN_DAY = 2**31 - 1
ROW: Any = np.dtype([("article", "<i8"), ("day", "<i4"), ("words", "<u4"), ("hashes", "<u2", (HASHES,))])
# So many texts, or letters of theirs, are sketched at once.
_TEXTS, _LETTERS = 500, 2 * 1024 * 1024
_DAY_0 = dt.date(1970, 1, 1)


@dataclass(slots=True, frozen=True)
class Text:
    """A text with the number of its article and its day of publication (ISO 8601, as exactly as it is known)."""

    article: int
    published: str | None
    text: str


def rows(texts: Sequence[Text]) -> bytes:
    """The rows of texts; one that is too short to have copies has no words."""
    made: Any = np.zeros(len(texts), ROW)
    for row, text in zip(made, texts, strict=True):
        row["article"], row["day"] = text.article, _day(text.published)
        found = sketch(text.text)
        if found is not None:
            packed = found[0]
            row["words"] = int.from_bytes(packed[:4], "little")
            row["hashes"] = np.frombuffer(packed, "<u2", HASHES, 4)
    return made.tobytes()


def write(texts: Iterable[Text], file: BinaryIO, *, workers: int = 1) -> int:
    """Write the sketches of texts, in their order; gives how many. ``workers`` processes share the work."""
    file.write(_MARK)
    count = 0
    for made in _made(_batches(texts), workers):
        file.write(made)
        count += len(made) // ROW.itemsize
    return count


def _made(batches: Iterator[list[Text]], workers: int) -> Iterator[bytes]:
    if workers < 2:
        yield from map(rows, batches)
        return
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        waiting: list[Any] = []
        for batch in batches:
            waiting.append(pool.submit(rows, batch))
            if len(waiting) > 2 * workers:
                yield waiting.pop(0).result()
        for each in waiting:
            yield each.result()


def _batches(texts: Iterable[Text]) -> Iterator[list[Text]]:
    batch: list[Text] = []
    letters = 0
    for text in texts:
        batch.append(text)
        letters += len(text.text)
        if len(batch) >= _TEXTS or letters >= _LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def opened(path: Path) -> Any:
    """The rows of a file, mapped. Raises `SourceError` where it is none of ours."""
    try:
        size = path.stat().st_size - len(_MARK)
        with path.open("rb") as file:
            mark = file.read(len(_MARK))
    except OSError as error:
        raise SourceError(source_name(str(path)), "no sketches there") from error
    if mark != _MARK or size % ROW.itemsize:
        raise SourceError(source_name(str(path)), "no sketches of this version of Rasd")
    if not size:
        return np.zeros(0, ROW)
    return np.memmap(path, ROW, "r", len(_MARK))


def _day(published: str | None) -> int:
    """The first day that a date can mean; an unknown one comes after all others."""
    if not published:
        return UNKNOWN_DAY
    parts = [int(part) for part in published.split("-")] + [1, 1]
    try:
        return (dt.date(*parts[:3]) - _DAY_0).days
    except ValueError:
        return UNKNOWN_DAY
