"""What runs have written, read again: the texts of records, one a line or in tables."""

# pyarrow has no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from rasd.corpus.sketches import Text
from rasd.corpus.tables import files
from rasd.sources.article import SourceError, os_reason, source_name

# Rows of a table that are in memory at once.
_ROWS = 1_000


class _Article(msgspec.Struct):
    text: str
    published: str | None = None


class _Line(msgspec.Struct):
    article: _Article


@dataclass(slots=True, frozen=True)
class Output:
    """What a run wrote, at ``path``: a file of records, a folder of such (``parts``), or of tables.

    Raises `SourceError` where there is nothing of the kind.
    """

    path: Path

    def __post_init__(self) -> None:
        if not self.path.exists():
            raise SourceError(source_name(str(self.path)), "no such file or folder")
        if self.path.is_dir() and not self.tables and not self._parts():
            raise SourceError(source_name(str(self.path)), "a folder without tables or records of Rasd")

    @property
    def tables(self) -> bool:
        """Whether it is a folder of tables."""
        return (self.path / "articles").is_dir()

    def _parts(self) -> list[Path]:
        if not self.path.is_dir():
            return [self.path]
        return sorted([*self.path.glob("part-*.jsonl"), *self.path.glob("part-*.jsonl.gz")])

    def texts(self) -> Iterator[Text]:
        """All texts: of records by their line, of tables by the number of the article. Raises `SourceError`."""
        try:
            yield from self._of_tables() if self.tables else self._of_lines()
        except OSError as error:
            raise SourceError(source_name(str(self.path)), os_reason(error)) from error
        except (EOFError, msgspec.MsgspecError) as error:
            raise SourceError(source_name(str(self.path)), "not records of Rasd, or damaged") from error

    def _of_lines(self) -> Iterator[Text]:
        decoder = msgspec.json.Decoder(_Line)
        number = 0
        for path in self._parts():
            with cast(BinaryIO, gzip.open(path) if path.suffix == ".gz" else path.open("rb")) as file:
                for line in file:
                    number += 1
                    article = decoder.decode(line).article
                    yield Text(number, article.published, article.text)

    def _of_tables(self) -> Iterator[Text]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        for path in files(self.path, "articles"):
            try:
                with pq.ParquetFile(path) as file:
                    for batch in file.iter_batches(_ROWS, columns=["article", "published_as", "text"]):
                        for row in batch.to_pylist():
                            yield Text(row["article"], row["published_as"], row["text"])
            except (pa.ArrowException, KeyError) as error:
                raise SourceError(source_name(str(path)), "not a table of Rasd, or damaged") from error
