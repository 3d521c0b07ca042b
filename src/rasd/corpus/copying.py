"""Near-copies in what runs have written: found by its texts, and said beside it.

Of records, one a line, they are said in a file beside them (``records.copies.jsonl``), of tables in one more table
(``copies``). Records stay as they are: what an article says does not depend on what others say.
"""

# pyarrow has no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from rasd.corpus import sketches
from rasd.corpus.alike import Copy, copies
from rasd.corpus.columns import Column, Table
from rasd.corpus.outputs import Output
from rasd.corpus.placing import PlacedFile, sync_folder
from rasd.corpus.tables import schema
from rasd.sources.article import SourceError, source_name

# Workers take a while to start: not for less, in bytes of output.
_WORTH_SHARING = 64 * 1024 * 1024
# Where tables keep their sketches, so that a later run need not make them anew. Readers pass over such names.
_SKETCHES = "_sketches.bin"
_ROWS = 100_000

COPIES = Table(
    "copies",
    "an article that is a near-copy of an earlier one a row",
    (
        Column("article", "integer", "number of the article: joins the tables"),
        Column("copy_of", "integer", "the article that it is a near-copy of, the likest of those before it"),
        Column("first", "integer", "the first of all of them: the same for all copies of one text"),
        Column("held", "number", "what part of the shorter text's runs of words the longer one holds, 0.65 to 1"),
        Column("run", "text", "the earlier run, as named, that copy_of is an article of; empty for this one"),
        Column("first_run", "text", "the same of first"),
    ),
    lambda _line, _record: iter(()),
)


class _Said(msgspec.Struct):
    """A line of the file beside records: ``line`` counts the lines of the records."""

    line: int
    copy_of: int
    first: int
    held: float
    run: str | None
    first_run: str | None


@dataclass(slots=True, frozen=True)
class Copies:
    """How many articles there are, how many of them near-copies, and where these are said (None: nowhere)."""

    articles: int
    copies: int
    path: Path | None


def copies_path(records: Path) -> Path:
    """Where near-copies among records are said: ``records.copies.jsonl`` beside ``records.jsonl``."""
    name = records.name.removesuffix(".gz").removesuffix(".jsonl")
    return records.with_name(f"{name}.copies.jsonl")


def mark_copies(output: Path, earlier: Sequence[Path] = (), *, workers: int = 1) -> Copies:
    """Find the near-copies in what a run wrote, also of what ``earlier`` runs wrote, and say them beside it.

    ``workers`` processes make the sketches. What was said there before is replaced. Raises `SourceError`.
    """
    own, others = Output(output), [Output(path) for path in earlier]
    for path in earlier:
        if path.resolve() == output.resolve():
            raise SourceError(source_name(str(path)), "named as an earlier run of itself")
    with tempfile.TemporaryDirectory(prefix="rasd-") as folder:
        made = [_sketches(each, Path(folder) / f"{n}", workers) for n, each in enumerate([*others, own])]
        found = copies(made[-1], made[:-1])
        runs = [str(path) for path in earlier]
        if own.tables:
            return _said_in_table(output, found, len(made[-1]), runs)
        return _said_beside(output, found, len(made[-1]), runs)


def _sketches(output: Output, temporary: Path, workers: int) -> Any:
    """The sketches of an output: those that it keeps, where they are no older than it, else made anew."""
    kept = output.path / _SKETCHES
    with contextlib.suppress(OSError, SourceError):
        if output.tables and kept.stat().st_mtime_ns >= _changed(output.path):
            return sketches.opened(kept)
    new = _beside(kept) if output.tables else None
    path = new or temporary
    try:
        with path.open("wb") as file:
            sketches.write(output.texts(), file, workers=workers if _size(output.path) > _WORTH_SHARING else 1)
        if new is not None:
            os.replace(new, kept)
            path = kept
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return sketches.opened(path)


def _beside(kept: Path) -> Path | None:
    """Where to write what is to be kept; None where nothing can be."""
    return kept.with_suffix(".new") if os.access(kept.parent, os.W_OK) else None


def _changed(folder: Path) -> int:
    return max((path.stat().st_mtime_ns for path in (folder / "articles").rglob("*.parquet")), default=0)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else sum(each.stat().st_size for each in path.rglob("*"))


def _run(number: int, runs: Sequence[str]) -> str | None:
    return runs[number] if number >= 0 else None


def _cells(c: Copy, runs: Sequence[str]) -> tuple[int, int, int, float, str | None, str | None]:
    return c.article, c.of, c.first, c.held, _run(c.of_run, runs), _run(c.first_run, runs)


def _said_beside(output: Path, found: Iterator[Copy], articles: int, runs: Sequence[str]) -> Copies:
    target = output / "copies.jsonl" if output.is_dir() else copies_path(output)
    encoder = msgspec.json.Encoder()
    count = 0
    file = PlacedFile(target)
    try:
        for copy in found:
            cast(BinaryIO, file).write(encoder.encode(_Said(*_cells(copy, runs))) + b"\n")
            count += 1
        if not count:
            target.unlink(missing_ok=True)
            return Copies(articles, 0, None)
        file.finish()
        file.place()
    finally:
        file.discard()
    return Copies(articles, count, target)


def _said_in_table(output: Path, found: Iterator[Copy], articles: int, runs: Sequence[str]) -> Copies:
    import pyarrow as pa
    import pyarrow.parquet as pq

    target, new = output / COPIES.name, output / f".{COPIES.name}.new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    made = schema(COPIES)
    count = 0
    with pq.ParquetWriter(new / "part-000000.parquet", made, compression="zstd") as writer:
        while some := list(itertools.islice(found, _ROWS)):
            columns = zip(*(_cells(copy, runs) for copy in some), strict=True)
            arrays = [pa.array(column, field.type) for column, field in zip(columns, made, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=made))
            count += len(some)
    shutil.rmtree(target, ignore_errors=True)
    os.replace(new, target)
    sync_folder(output)
    return Copies(articles, count, target)
