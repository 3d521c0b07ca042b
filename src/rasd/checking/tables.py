"""The tables (TSV) that a folder may hold: whether each line has its columns."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

_City = ("names", "English name", "country", "lat", "lon", "GeoNames id", "population", "zone")
_Country = ("code", "Arabic name", "English name", "capital", "lat", "lon", "zone")
_NUMBERS: dict[str, Callable[[str], object]] = {"lat": float, "lon": float, "GeoNames id": int, "population": int}

TABLES: dict[str, tuple[str, ...]] = {
    "places/cities.tsv": _City,
    "places/cities.tsv.gz": _City,
    "places/countries.tsv": _Country,
    "places/english.tsv": ("GeoNames id", "English name"),
    "words.tsv": ("word", "readings"),
    "words.tsv.gz": ("word", "readings"),
}
"""The tables by name, each with its columns."""


def table_faults(path: Path, name: str) -> Iterator[tuple[int, str]]:
    """The faults of a table, by line from 1."""
    columns = TABLES[name]
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        lines = raw.decode("utf-8").splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        yield 1, f"cannot be read: {error}"
        return
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != len(columns):
            listed = ", ".join(columns)
            yield number, f"expected {len(columns)} columns ({listed}) set apart by tabs, found {len(cells)}"
            continue
        for column, cell in zip(columns, cells, strict=True):
            if column in _NUMBERS:
                try:
                    _NUMBERS[column](cell)
                except ValueError:
                    yield number, f"{column}: expected a number, found '{cell}'"
