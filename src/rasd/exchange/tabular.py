"""The flat table as a CSV and as a Parquet file."""

# pyarrow has no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from rasd.exchange import flat, made
from rasd.exchange.errors import ExchangeError
from rasd.exchange.made import RowError
from rasd.exchange.plover import known_contexts, known_mode
from rasd.exchange.tally import Tally
from rasd.exchange.told import Told
from rasd.exchange.writing import Out

if TYPE_CHECKING:
    import pyarrow as pa

# So many rows make a row group of Parquet, and are held in memory.
_GROUP = 20_000


def write_csv(told: Iterable[Told], out: Out, tally: Tally) -> None:
    """Write events as CSV (RFC 4180, UTF-8, lines end in a line feed), the columns of `flat.COLUMNS` above."""
    for row in _csv_lines(told, tally):
        out.write(row.encode("utf-8"))


def _csv_lines(told: Iterable[Told], tally: Tally) -> Iterator[str]:
    buffer = io.StringIO()
    # A carriage return is quoted because it is in the line's end here, which is then put right.
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([column.name for column in flat.COLUMNS])
    for item in told:
        writer.writerow([_quotable(flat.text(value)) for value in flat.cells(item).values()])
        tally.rows += 1
        tally.occurrences += 1
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _quotable(text: str) -> str:
    """Text as a cell holds it: the reader's line ends are line feeds, and NUL is no text.

    What a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection); numbers stay.
    """
    if "\r" in text or "\0" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return f"'{text}" if _is_formula(text) else text


def _is_formula(text: str) -> bool:
    return _FORMULA.match(text) is not None and _NUMBER.fullmatch(text) is None


# With apostrophes before it too, so that every text comes back as it was.
_FORMULA = re.compile(r"'*[=+\-@\t]")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?(e[-+]?\d+)?")


def _meant(cell: str) -> str:
    """A cell without the apostrophe that keeps it from being a formula."""
    return cell[1:] if cell[:1] == "'" and _is_formula(cell[1:]) else cell


def read(rows: Iterable[Mapping[str, str]], tally: Tally, form: str = "csv") -> Iterator[Told | RowError]:
    """The events that rows of the flat table tell; a `RowError` for one that cannot be read."""

    def told(cells: Mapping[str, str]) -> Told:
        row = flat.row({name: _meant(cell) for name, cell in cells.items()} if form == "csv" else cells)
        row.mode = known_mode(row.type, [row.mode] if row.mode else [], tally)
        row.contexts = known_contexts(row.contexts, tally)
        return made.told(form, row)

    return made.each(rows, told)


def schema() -> pa.Schema:
    """The columns of the Parquet file; what each holds is its field's ``says``."""
    import pyarrow as pa

    kinds: dict[str, Any] = {
        "text": pa.string(),
        "number": pa.float64(),
        "integer": pa.int64(),
        "truth": pa.bool_(),
        "list": pa.list_(pa.string()),
    }
    return pa.schema([pa.field(c.name, kinds[c.kind], metadata={"says": c.says}) for c in flat.COLUMNS])


def write_parquet(told: Iterable[Told], out: Out, tally: Tally) -> None:
    """Write events as a Parquet file, a row group of 20,000 in memory at a time; the columns are `schema`'s."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = schema()
    rest = iter(told)
    with pq.ParquetWriter(pa.PythonFile(_Sink(out), mode="w"), columns, compression="zstd") as writer:
        while group := list(islice(rest, _GROUP)):
            rows = [flat.cells(item) for item in group]
            writer.write_table(pa.Table.from_pylist(rows, schema=columns))
            tally.rows += len(rows)
            tally.occurrences += len(rows)


class _Sink(io.RawIOBase):
    """What pyarrow writes to, over what is only written to."""

    def __init__(self, out: Out) -> None:
        super().__init__()
        self._out = out
        self._at = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def write(self, data: Any, /) -> int:
        chunk = bytes(data)
        self._out.write(chunk)
        self._at += len(chunk)
        return len(chunk)


def parquet_rows(source: Any, name: str) -> Iterator[dict[str, str]]:
    """The rows of a Parquet file of ours as the texts of a CSV's cells, a group in memory at a time; ``name`` is its.

    Raises `ExchangeError` where it is damaged, or none of ours.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(source, thrift_string_size_limit=1 << 28, thrift_container_size_limit=1 << 24)
        missing = [column for column in ("id", "type") if column not in file.schema_arrow.names]
        if missing:
            raise ExchangeError(f"{name}: no table of Rasd: it has no column {missing[0]}")
        for batch in file.iter_batches(batch_size=_GROUP // 10):
            for row in batch.to_pylist():
                yield {k: flat.text([str(p or "") for p in v] if isinstance(v, list) else v) for k, v in row.items()}
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:80]
        raise ExchangeError(f"{name}: the Parquet is truncated or damaged ({reason})") from error
