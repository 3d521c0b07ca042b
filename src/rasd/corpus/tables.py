"""Records as flat tables in Parquet, partitioned by the month of publication: what DuckDB, pandas, polars and R open.

A folder holds a folder for each table, in it one for each month (``month=2015-07``; ``month=unknown``), in it files of
so many articles each. `TABLES` are their columns.
"""

# pyarrow has no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rasd.corpus.columns import TABLES, Table
from rasd.corpus.placing import sync_folder
from rasd.record import Record
from rasd.sources.article import SourceError, source_name

if TYPE_CHECKING:
    import pyarrow as pa

    from rasd.corpus.unfinished import Unfinished

# So many articles, or letters of theirs, are held in memory and make a file of each table and month.
ARTICLES, LETTERS = 2_000, 16 * 1024 * 1024
# What tells a folder of tables from another that must not be written over.
MARK, MARKED = "_rasd.json", '{"tables": 1}\n'
_UNKNOWN = "unknown"


class TableBatch:
    """The rows of some articles, in memory until they make a file of each table and month."""

    def __init__(self) -> None:
        self.articles = self.letters = 0
        self._months: dict[str, dict[str, list[list[Any]]]] = {}

    def add(self, line: int, record: bytes) -> None:
        """Add the rows of the record of an input line."""
        found = Record.from_json(record)
        tables = self._months.setdefault(month_of(found), {})
        for table in TABLES:
            columns = tables.get(table.name)
            if columns is None:
                columns = tables[table.name] = [[] for _ in table.columns]
            for row in table.rows(line, found):
                for column, value in zip(columns, row, strict=True):
                    column.append(value)
        self.articles += 1
        self.letters += len(found.article.text)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """What makes a file: its folder (``events/month=2015-07``) and its bytes, in order of month and table."""
        import pyarrow as pa

        for month, tables in sorted(self._months.items()):
            for table in TABLES:
                columns = tables[table.name]
                if columns[0]:
                    made = schema(table)
                    arrays = [pa.array(column, field.type) for column, field in zip(columns, made, strict=True)]
                    yield folder_of(table, month), _parquet(pa.Table.from_arrays(arrays, schema=made))


class TableParts:
    """The tables of a run that is not finished; `rasd.corpus.archive.Sheets`."""

    def __init__(self, unfinished: Unfinished, articles: int = ARTICLES) -> None:
        self._unfinished = unfinished
        self._folder = unfinished.folder / "tables"
        self._folder.mkdir(exist_ok=True)
        self._most = articles
        self._batch = TableBatch()
        self._forget_later_parts()

    def _forget_later_parts(self) -> None:
        for path in self._folder.glob("*/*/part-*"):
            number = re.match(r"part-(\d+)", path.name)
            if number is None or int(number[1]) >= self._unfinished.state.parts:
                path.unlink()

    @property
    def whole(self) -> bool:
        return not self._batch.articles

    def add(self, line: int, record: bytes) -> None:
        self._batch.add(line, record)
        if self._batch.articles >= self._most or self._batch.letters >= LETTERS:
            self.flush()

    def flush(self) -> None:
        if not self._batch.articles:
            return
        for folder, content in self._batch.files():
            self._write(folder, content)
        self._unfinished.state.parts += 1
        self._batch = TableBatch()

    def _write(self, name: str, content: bytes) -> None:
        folder = self._folder / name
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / part_name(self._unfinished.state.parts)
        new = path.with_suffix(".new")
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, path)

    def place(self, target: Path) -> None:
        for table in TABLES:  # a table without a row is a table too
            if not (self._folder / table.name).exists():
                folder = self._folder / folder_of(table)
                folder.mkdir(parents=True)
                (folder / part_name(0)).write_bytes(empty(table))
        (self._folder / MARK).write_text(MARKED)
        real = target.resolve()
        check_replaceable(real)
        old = real.with_name(f"{real.name}.old")
        with contextlib.suppress(FileNotFoundError):
            os.replace(real, old)
        os.replace(self._folder, real)
        sync_folder(real.parent)
        shutil.rmtree(old, ignore_errors=True)


def folder_of(table: Table, month: str = _UNKNOWN) -> str:
    """The folder of a table's files of a month."""
    return f"{table.name}/month={month}"


def part_name(number: int) -> str:
    """The name of a table's file."""
    return f"part-{number:06}.parquet"


def empty(table: Table) -> bytes:
    """The file of a table without a row."""
    return _parquet(schema(table).empty_table())


def _parquet(rows: pa.Table) -> bytes:
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(rows, buffer, compression="zstd")
    return buffer.getvalue()


def check_replaceable(target: Path) -> None:
    """Raise `SourceError` where ``target`` is there and neither tables of ours nor an empty folder."""
    if not target.exists():
        return
    if not target.is_dir():
        raise SourceError(source_name(str(target)), "a file, where a folder of tables is to be written")
    if any(target.iterdir()) and not (target / MARK).is_file():
        raise SourceError(source_name(str(target)), "a folder that holds something else than tables of Rasd")


def month_of(record: Record) -> str:
    """The month of publication (``2015-07``), as exactly as it is known; ``unknown``."""
    published = record.article.published or ""
    return published[:7] if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", published) else _UNKNOWN


def schema(table: Table) -> pa.Schema:
    """A table's columns as Arrow has them; what each holds is its field's ``says``."""
    import pyarrow as pa

    types: dict[str, Any] = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "truth": pa.bool_(),
        "day": pa.date32(),
        "list": pa.list_(pa.string()),
    }
    return pa.schema([pa.field(c.name, types[c.kind], metadata={"says": c.says}) for c in table.columns])


def files(folder: Path, table: str) -> Iterator[Path]:
    """The files of a table, in order of month and part."""
    yield from sorted((folder / table).glob("month=*/part-*.parquet"))
