"""The tables of correspondence under ``data/exchange``: tab-separated, a row of column names, comments before it."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from rasd.lexicon.files import OURS, KnowledgeError

T = TypeVar("T")

FOLDER = OURS / "exchange"


def table(name: str, kind: type[T]) -> list[T]:
    """The rows of ``data/exchange/NAME`` as ``kind`` (a `msgspec.Struct`); empty cells take its defaults.

    Raises `KnowledgeError` naming file and line where a row does not fit.
    """
    path = FOLDER / name
    found: list[T] = []
    columns: list[str] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line:
            continue
        cells = line.split("\t")
        if columns is None:
            columns = cells
            continue
        if len(cells) != len(columns):
            raise KnowledgeError(f"{path}: line {number}: {len(cells)} cells, not {len(columns)}")
        try:
            given = {column: cell for column, cell in zip(columns, cells, strict=True) if cell}
            found.append(msgspec.convert(given, kind, strict=False))
        except msgspec.ValidationError as error:
            raise KnowledgeError(f"{path}: line {number}: {error}") from error
    return found


def several(cell: str, separator: str) -> tuple[str, ...]:
    """The values of a cell that holds several."""
    return tuple(part.strip() for part in cell.split(separator) if part.strip())
