"""Tables in text: CSV with any usual separator, TSV. The first row names the columns; a row is an article."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator

from rasd.sources.columns import ColumnsError, article_of
from rasd.sources.decoding import UndecodableError, encoding_of
from rasd.sources.jsonl import MAX_LINE, beginning
from rasd.sources.part import FormError, Gathered, Part

_SEPARATORS = ",;\t|"
_SAMPLE = 1 << 16


def read(part: Part) -> Iterator[Gathered]:
    """The articles of a table. Raises `FormError` where its columns cannot be made out or a row cannot be parted."""
    lines = Lines(part)
    try:
        first = next(lines, None)
    except LineError as error:
        raise FormError(str(error)) from None
    if first is None or not first.strip():
        raise FormError("empty")
    separator = "\t" if part.name.endswith((".tsv", ".tab")) else max(_SEPARATORS, key=first.count)
    # A cell holds an article, however long; the module has one limit for all.
    csv.field_size_limit(MAX_LINE)
    lines.put_back(first)
    rows = csv.reader(lines, delimiter=separator)
    try:
        names = _row(rows)
        chosen = part.columns.among([name.strip() for name in names or []])
    except (ColumnsError, LineError, csv.Error) as error:
        raise FormError(_said(error)) from None
    keys = [name.strip() for name in names or []]
    while True:
        line = lines.number + 1
        origin = f"{part.origin}, line {line:,}"
        try:
            row = _row(rows)
        except (csv.Error, LineError) as error:
            yield Gathered(origin, reason=_said(error))
            continue
        if row is None:
            return
        if not any(row):
            continue
        values: dict[str, object] = dict(zip(keys, row, strict=False))
        raw = beginning(separator.join(row)[:4000].encode("utf-8", "replace"))
        try:
            yield Gathered(origin, article_of(values, chosen), raw=raw)
        except ValueError as error:
            key = values.get(chosen.get("id", ""))
            yield Gathered(origin, reason=str(error), raw=raw, id=str(key) if key else None)


def _row(rows: Iterator[list[str]]) -> list[str] | None:
    return next(rows, None)


def _said(error: Exception) -> str:
    """Why a row cannot be parted."""
    said = str(error)
    if "new-line" in said:  # the module asks whether the file was opened in another way
        return "a carriage return within a row: end lines with a line feed"
    return f"a cell over {MAX_LINE:,} characters: is its quotation mark closed?" if "field limit" in said else said


class LineError(ValueError):
    """A line that cannot be had; the message is the reason."""


class Lines:
    """The lines of a part as text, in the encoding that its beginning is in, none longer than an article may be."""

    def __init__(self, part: Part) -> None:
        self._part = part
        head = part.head(_SAMPLE)
        try:
            encoding, mark = encoding_of(head)
        except UndecodableError as error:
            raise FormError(str(error)) from None
        part.read(mark)
        self._bytes = encoding in ("utf-8", "cp1256", "iso8859_6", "mac_arabic", "cp720")
        self._encoding = encoding
        self._reader = None if self._bytes else codecs.getreader(encoding)(part.stream, "replace")
        self._back: str | None = None
        self.number = 0

    def put_back(self, line: str) -> None:
        """Give this line once more."""
        self._back = line
        self.number -= 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._back is not None:
            line, self._back = self._back, None
        else:
            line = self._read()
        self.number += 1
        return line

    def _read(self) -> str:
        if self._reader is not None:
            line = self._reader.readline(MAX_LINE)
            if not line:
                raise StopIteration
            return line
        raw = self._line()
        if not raw:
            raise StopIteration
        if len(raw) > MAX_LINE:
            self.number += 1
            while raw and not raw.endswith(b"\n"):
                raw = self._line()
            raise LineError(f"line over {MAX_LINE:,} bytes")
        # What is broken inside is seen to with the article that it stands in.
        return raw.decode(self._encoding, "replace")

    def _line(self) -> bytes:
        try:
            return self._part.stream.readline(MAX_LINE + 1)
        except OSError as error:
            raise FormError(str(error)) from error
