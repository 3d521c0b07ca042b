"""Parquet: a row is an article."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import msgspec

from rasd.sources.columns import ColumnsError, article_of, words_of
from rasd.sources.libraries import library
from rasd.sources.part import FormError, Gathered, Part

_ROWS = 64
_IN_MEMORY = 16 * 1024 * 1024
# The text of a group of rows is unpacked as one: so much at most.
_GROUP = 1024 * 1024 * 1024


def read(part: Part) -> Iterator[Gathered]:
    """The articles of a Parquet file. Raises `FormError` where it is damaged or its columns cannot be made out."""
    pa = library("pyarrow")

    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as laid_out:
        if part.depth == 0 and part.stream.seekable():
            file = cast(BinaryIO, part.stream)
        else:
            while chunk := part.read(1 << 20):
                laid_out.write(chunk)
            laid_out.seek(0)
            file = cast(BinaryIO, laid_out)
        try:
            yield from _rows(part, file)
        except (pa.ArrowException, OSError, ValueError) as error:
            # Of what the library says the first sentence is enough.
            why = str(error).partition(". ")[0].rstrip(".")
            raise FormError(f"truncated or damaged ({why[:100]})") from error


def _rows(part: Part, file: BinaryIO) -> Iterator[Gathered]:
    pq = library("pyarrow.parquet")

    table: Any = pq.ParquetFile(file, thrift_string_size_limit=1 << 28, thrift_container_size_limit=1 << 24)
    try:
        chosen = part.columns.among(table.schema_arrow.names)
    except ColumnsError as error:
        raise FormError(str(error)) from None
    for group in range(table.metadata.num_row_groups):
        if table.metadata.row_group(group).total_byte_size > _GROUP:
            raise FormError("a group of its rows is too large to unpack")
    number = 0
    for batch in table.iter_batches(batch_size=_ROWS, columns=list(chosen.values())):
        for row in batch.to_pylist():
            number += 1
            origin = f"{part.origin}, row {number:,}"
            values = {name: _plain(value) for name, value in cast(dict[str, object], row).items()}
            raw = msgspec.json.encode(values, enc_hook=str)[:8000].decode("utf-8", "replace")[:2000]
            try:
                yield Gathered(origin, article_of(values, chosen), raw=raw)
            except ValueError as error:
                yield Gathered(origin, reason=str(error), raw=raw, id=words_of(values.get(chosen.get("id", ""))))


def _plain(value: object) -> object:
    """Text that lies as bytes as text; moments of pandas as those of Python."""
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return None
    to_moment = getattr(value, "to_pydatetime", None)
    return cast(dt.datetime, to_moment()) if to_moment is not None else value
