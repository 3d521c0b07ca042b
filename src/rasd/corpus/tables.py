"""Records as flat tables in Parquet, partitioned by the month of publication: what DuckDB, pandas, polars and R open.

A folder holds a folder for each table, in it one for each month (``month=2015-07``; ``month=unknown``), in it files of
so many articles each. `TABLES` are their columns.
"""

# pyarrow has no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

from __future__ import annotations

import contextlib
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
_MARK = "_rasd.json"
_UNKNOWN = "unknown"


class TableParts:
    """The tables of a run that is not finished; `rasd.corpus.archive.Sheets`."""

    def __init__(self, unfinished: Unfinished, articles: int = ARTICLES) -> None:
        self._unfinished = unfinished
        self._folder = unfinished.folder / "tables"
        self._folder.mkdir(exist_ok=True)
        self._most = articles
        self._months: dict[str, dict[str, list[list[Any]]]] = {}
        self._articles = self._letters = 0
        self._forget_later_parts()

    def _forget_later_parts(self) -> None:
        for path in self._folder.glob("*/*/part-*"):
            number = re.match(r"part-(\d+)", path.name)
            if number is None or int(number[1]) >= self._unfinished.state.parts:
                path.unlink()

    @property
    def whole(self) -> bool:
        return not self._articles

    def add(self, line: int, record: bytes) -> None:
        found = Record.from_json(record)
        tables = self._months.setdefault(month_of(found), {})
        for table in TABLES:
            columns = tables.get(table.name)
            if columns is None:
                columns = tables[table.name] = [[] for _ in table.columns]
            for row in table.rows(line, found):
                for column, value in zip(columns, row, strict=True):
                    column.append(value)
        self._articles += 1
        self._letters += len(found.article.text)
        if self._articles >= self._most or self._letters >= LETTERS:
            self.flush()

    def flush(self) -> None:
        if not self._articles:
            return
        for month, tables in sorted(self._months.items()):
            for table in TABLES:
                self._write(table, month, tables[table.name])
        self._unfinished.state.parts += 1
        self._months = {}
        self._articles = self._letters = 0

    def _write(self, table: Table, month: str, columns: list[list[Any]]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if not columns[0]:
            return
        folder = self._folder / table.name / f"month={month}"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"part-{self._unfinished.state.parts:06}.parquet"
        made = schema(table)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, made, strict=True)]
        new = path.with_suffix(".new")
        pq.write_table(pa.Table.from_arrays(arrays, schema=made), new, compression="zstd")
        descriptor = os.open(new, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(new, path)

    def place(self, target: Path) -> None:
        for table in TABLES:  # a table without a row is a table too
            if not (self._folder / table.name).exists():
                self._write_empty(table)
        (self._folder / _MARK).write_text('{"tables": 1}\n')
        real = target.resolve()
        check_replaceable(real)
        old = real.with_name(f"{real.name}.old")
        with contextlib.suppress(FileNotFoundError):
            os.replace(real, old)
        os.replace(self._folder, real)
        sync_folder(real.parent)
        shutil.rmtree(old, ignore_errors=True)

    def _write_empty(self, table: Table) -> None:
        import pyarrow.parquet as pq

        folder = self._folder / table.name / f"month={_UNKNOWN}"
        folder.mkdir(parents=True)
        pq.write_table(schema(table).empty_table(), folder / "part-000000.parquet")


def check_replaceable(target: Path) -> None:
    """Raise `SourceError` where ``target`` is there and neither tables of ours nor an empty folder."""
    if not target.exists():
        return
    if not target.is_dir():
        raise SourceError(source_name(str(target)), "a file, where a folder of tables is to be written")
    if any(target.iterdir()) and not (target / _MARK).is_file():
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
