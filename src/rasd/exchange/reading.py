"""Rows from files: plain, gzipped or zipped, tab- or comma-separated, or JSON; each with the number of its line."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from rasd.exchange.errors import ExchangeError
from rasd.exchange.made import RowError
from rasd.sources.article import STDIN, os_reason, source_name
from rasd.sources.plain import looks_binary

# A row of an event table has a few thousand bytes; what is longer is a damaged file, and would fill the memory.
MAX_LINE = 4 * 1024 * 1024
_MAX_ARRAY = 512 * 1024 * 1024
_RAW = 500
_HEAD = 4096
_GZIP, _ZIP, _BOM = b"\x1f\x8b", b"PK\x03\x04", b"\xef\xbb\xbf"


class Rows:
    """The rows of a file (``-``: standard input); ``line`` and ``raw`` are those of the row given last.

    Use it as a context manager. Raises `ExchangeError` where the file cannot be opened, breaks off, or is no text
    (unless ``binary``: its form is none).
    """

    def __init__(self, path: str, encoding: str = "utf-8", *, max_line: int = MAX_LINE, binary: bool = False) -> None:
        self.name = source_name(path)
        self.line = 0
        self.raw = ""
        self._encoding = encoding
        self._max_line = max_line
        self._open = contextlib.ExitStack()
        try:
            "".encode(encoding)
            self.file = self._opened(path)
            self._check_beginning(binary)
        except ExchangeError:
            self._open.close()
            raise
        except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
            self._open.close()
            raise ExchangeError(f"{self.name}: the file is truncated or damaged") from error
        except OSError as error:
            self._open.close()
            raise ExchangeError(f"{self.name}: {os_reason(error)}") from error
        except (LookupError, ValueError, RuntimeError) as error:
            self._open.close()
            raise ExchangeError(f"{self.name}: {error}") from error

    def __enter__(self) -> Rows:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _opened(self, path: str) -> BinaryIO:
        if path == STDIN:
            if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]  # closed by the shell: <&-
                raise OSError(None, "closed")
            raw: BinaryIO = io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer), 1 << 16)
        else:
            if Path(path).is_dir():
                raise IsADirectoryError(None, "a folder, not a file")
            raw = self._open.enter_context(Path(path).open("rb"))  # noqa: SIM115
        start = cast(io.BufferedReader, raw).peek(4)[:4]
        if start.startswith(_GZIP):
            return cast(BinaryIO, self._open.enter_context(gzip.GzipFile(fileobj=raw, mode="rb")))
        if start == _ZIP and path != STDIN:
            archive = self._open.enter_context(zipfile.ZipFile(raw))
            files = [f for f in archive.infolist() if not f.is_dir()]
            if len(files) != 1:
                raise ValueError(f"a zip of {len(files)} files, not of one")
            return cast(BinaryIO, self._open.enter_context(archive.open(files[0])))
        return raw

    def _check_beginning(self, binary: bool) -> None:
        """Refuse what would be one line without end (a device, a picture)."""
        head = cast(io.BufferedReader, self.file).peek(_HEAD)[:_HEAD]
        if not binary and looks_binary(head):
            raise ExchangeError(f"{self.name}: not text (binary data)")

    def lines(self) -> Iterator[str | RowError]:
        """The lines without their ends; a `RowError` for one that is too long. Empty ones are passed over."""
        while True:
            data = self._next()
            if not data:
                return
            self.line += 1
            if self.line == 1:
                data = data.removeprefix(_BOM)
            if len(data) > self._max_line:
                self.raw = self._decoded(data[: 4 * _RAW])[:_RAW]
                while data and not data.endswith(b"\n"):
                    data = self._next()
                yield RowError(f"line over {self._max_line:,} bytes")
                continue
            text = self._decoded(data).rstrip("\r\n")
            self.raw = text[:_RAW]
            if text.strip():
                yield text

    def _next(self) -> bytes:
        try:
            return self.file.readline(self._max_line + 1)
        except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
            raise ExchangeError(f"{self.name}: the file is truncated or damaged") from error
        except OSError as error:
            raise ExchangeError(f"{self.name}: {os_reason(error)}") from error

    def _decoded(self, data: bytes) -> str:
        try:
            return data.decode(self._encoding)
        except UnicodeDecodeError:
            # Older files of event data mix in Western European letters.
            return data.decode("cp1252", "replace")

    def tabbed(self) -> Iterator[list[str] | RowError]:
        """The cells of tab-separated lines."""
        for text in self.lines():
            yield text if isinstance(text, RowError) else text.split("\t")

    def named_tabbed(self, needed: Iterable[str], form: str) -> Iterator[dict[str, str] | RowError]:
        """The cells of tab-separated lines by the names in the first; surplus empty cells are passed over.

        Raises `ExchangeError` where the first line lacks a column that is needed.
        """
        columns: list[str] | None = None
        for cells in self.tabbed():
            if columns is None:
                columns = [c.strip() for c in cells] if isinstance(cells, list) else []
                self._check(columns, needed, form)
            elif isinstance(cells, RowError):
                yield cells
            else:
                while len(cells) > len(columns) and not cells[-1].strip():
                    cells.pop()
                yield (
                    dict(zip(columns, cells, strict=True))
                    if len(cells) == len(columns)
                    else RowError(f"{len(cells)} columns, not {len(columns)}")
                )
        if columns is None:
            raise ExchangeError(f"{self.name}: empty")

    def named_csv(self, delimiter: str, needed: Iterable[str], form: str) -> Iterator[dict[str, str] | RowError]:
        """The cells of a CSV by the names in its first line; cells may hold line breaks between quotes.

        Raises `ExchangeError` where the first line lacks a column that is needed.
        """
        columns: list[str] | None = None
        for cells in self._csv(delimiter):
            if isinstance(cells, RowError):
                yield cells
            elif columns is None:
                columns = [c.strip() for c in cells]
                self._check(columns, needed, form)
            elif cells:
                yield (
                    dict(zip(columns, cells, strict=True))
                    if len(cells) == len(columns)
                    else RowError(f"{len(cells)} columns, not {len(columns)}")
                )
        if columns is None:
            raise ExchangeError(f"{self.name}: empty")

    def _csv(self, delimiter: str) -> Iterator[list[str] | RowError]:
        csv.field_size_limit(MAX_LINE)
        reader = csv.reader(self._texts(), delimiter=delimiter, strict=False)
        while True:
            first = self.line + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self.line = max(first, self.line)
                yield RowError(f"no CSV: {error}")
                continue
            last, self.line = self.line, first
            self.raw = delimiter.join(cells)[:_RAW]
            yield cells
            self.line = last

    def _texts(self) -> Iterator[str]:
        while data := self._next():
            self.line += 1
            if self.line == 1:
                data = data.removeprefix(_BOM)
            yield self._decoded(data)

    def objects(self) -> Iterator[object]:
        """JSON values: one a line, or those of one array; a `RowError` for a line that is none."""
        start = (
            cast(io.BufferedReader, self.file).peek(64).lstrip(_BOM + b" \r\n\t") if hasattr(self.file, "peek") else b""
        )
        if start.startswith(b"["):
            yield from self._array()
            return
        for text in self.lines():
            if isinstance(text, RowError):
                yield text
                continue
            try:
                yield msgspec.json.decode(text)
            except (msgspec.DecodeError, RecursionError) as error:
                yield RowError(f"not JSON: {error}")

    def _array(self) -> Iterator[object]:
        data = self.file.read(_MAX_ARRAY + 1)
        if len(data) > _MAX_ARRAY:
            raise ExchangeError(f"{self.name}: an array over {_MAX_ARRAY // 1024 // 1024} MB: write an object a line")
        try:
            values = msgspec.json.decode(data.removeprefix(_BOM), type=list[msgspec.Raw])
        except (msgspec.DecodeError, msgspec.ValidationError, RecursionError) as error:
            raise ExchangeError(f"{self.name}: not JSON: {error}") from error
        for number, raw in enumerate(values, 1):
            self.line, self.raw = number, bytes(raw)[:_RAW].decode("utf-8", "replace")
            yield msgspec.json.decode(raw)

    def _check(self, columns: list[str], needed: Iterable[str], form: str) -> None:
        lower = {c.lower() for c in columns}
        missing = [name for name in needed if name.lower() not in lower]
        if missing:
            raise ExchangeError(f"{self.name}: no table of {form}: its first line has no column {missing[0]}")
        if len(set(columns)) != len(columns):
            twice = next(c for c in columns if columns.count(c) > 1)
            raise ExchangeError(f"{self.name}: its first line has the column {twice or 'without a name'} twice")
