"""Articles from JSON Lines, plain or gzipped, one line in memory at a time."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

import msgspec

from rasd.sources.article import STDIN, Article, SourceError, os_reason, source_name
from rasd.sources.columns import Columns, ColumnsError, Fields, NoTextError, article_of, words_of

# JSON may write each Arabic letter in six bytes: room for an article of 5 million letters.
MAX_LINE = 32 * 1024 * 1024
# So much of a bad line is kept, to find it by.
_RAW = 2000
_GZIP = b"\x1f\x8b"


class BadLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line that is no article: its number (from 1), its id if it has one, why, its beginning.

    Where articles come from other than one file of JSON Lines, the number counts what was found, and ``origin`` says
    where it is from.
    """

    line: int
    id: str | None
    reason: str
    raw: str
    origin: str | None = None


# What a line raises that is no JSON, or JSON of another shape.
_UNDECODABLE = (UnicodeDecodeError, msgspec.DecodeError, RecursionError)


def _undecodable(number: int, line: bytes, error: Exception) -> BadLine:
    if isinstance(error, UnicodeDecodeError):
        return bad_line(number, line, "not UTF-8")
    shaped = isinstance(error, msgspec.ValidationError)
    return bad_line(number, line, "not a JSON object" if shaped else f"not JSON: {error}")


class JsonLines:
    """The articles of a JSON Lines file (``-``: standard input), gzipped or not.

    Iterating gives ``(line number, raw line, Article or BadLine)`` in the order of the input;
    empty lines are passed over. Use it as a context manager. Raises `SourceError` where the
    file cannot be opened or breaks off (a truncated gzip).
    """

    def __init__(self, path: str, max_line: int = MAX_LINE) -> None:
        self.name = source_name(path)
        self._max_line = max_line
        self._fields = Fields(Columns())
        self._raw: BinaryIO
        try:
            self._raw = _open(path)
            self.size = _size(self._raw)
            lines = io.BufferedReader(cast(io.RawIOBase, self._raw), 1 << 16) if path == STDIN else self._raw
            gzipped = cast(io.BufferedReader, lines).peek(2).startswith(_GZIP)
        except OSError as error:
            raise SourceError(self.name, os_reason(error)) from error
        except ValueError as error:
            raise SourceError(self.name, str(error)) from error
        self._lines = cast(BinaryIO, gzip.GzipFile(fileobj=lines, mode="rb") if gzipped else lines)

    @classmethod
    def of_stream(cls, stream: BinaryIO, name: str, *, columns: Columns | None = None,
                  max_line: int = MAX_LINE) -> JsonLines:  # fmt: skip
        """The articles of an open file, already unpacked; ``columns`` says what fields are called."""
        made = cls.__new__(cls)
        made.name, made.size = name, 0
        made._max_line, made._fields = max_line, Fields(columns or Columns())
        made._raw = made._lines = stream
        return made

    def __enter__(self) -> JsonLines:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self._lines.close()
        self._raw.close()

    @property
    def position(self) -> int:
        """Bytes of the file read so far (compressed ones of a gzip); 0 where that is unknown."""
        return self._raw.tell() if self.size else 0

    def __iter__(self) -> Iterator[tuple[int, bytes, Article | BadLine]]:
        number = 0
        while True:
            number += 1
            line = self._next()
            if not line:
                return
            too_long = len(line) > self._max_line and not line.endswith(b"\n")
            if too_long:
                self._skip_line()
            if number == 1 and line.startswith(b"\xef\xbb\xbf"):
                line = line[3:]
            if not too_long and not line.strip():
                continue
            if too_long:
                reason = f"line over {self._max_line:,} bytes"
                yield number, line, bad_line(number, line, reason)
            else:
                yield number, line, self._article(number, line)

    def _next(self) -> bytes:
        try:
            return self._lines.readline(self._max_line + 1)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise SourceError(self.name, "the gzip is truncated or damaged") from error
        except OSError as error:
            raise SourceError(self.name, os_reason(error)) from error

    def _skip_line(self) -> None:
        while True:
            part = self._next()
            if not part or part.endswith(b"\n"):
                return

    _decoder = msgspec.json.Decoder(dict[str, object])

    def _article(self, number: int, line: bytes) -> Article | BadLine:
        key = None
        try:
            values = self._decoder.decode(line)
            chosen = self._fields.of(values)
            key = words_of(values.get(chosen.get("id", "")))
            return article_of(values, chosen)
        except _UNDECODABLE as error:
            return _undecodable(number, line, error)
        except NoTextError as error:
            return bad_line(number, line, error.of_object)
        except (ColumnsError, ValueError) as error:
            return bad_line(number, line, str(error), key)


def bad_line(number: int, line: bytes, reason: str, key: str | None = None, origin: str | None = None) -> BadLine:
    """A line set aside: ``reason`` says why; the id is looked for where it is not given."""
    return BadLine(number, key if key is not None else _id(line), reason, beginning(line), origin)


def beginning(line: bytes) -> str:
    """So much of a line as is kept to find it by."""
    return line[: 4 * _RAW].decode("utf-8", "replace").rstrip("\r\n")[:_RAW]


class _Id(msgspec.Struct):
    id: str | int | None = None


def _id(line: bytes) -> str | None:
    try:
        key = msgspec.json.decode(line, type=_Id).id
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return None if key is None else str(key)


def _open(path: str) -> BinaryIO:
    if path == STDIN:
        if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]
            raise OSError(None, "closed")
        return sys.stdin.buffer
    if Path(path).is_dir():
        raise IsADirectoryError(None, "a folder, not a file")
    return Path(path).open("rb")


def _size(opened: BinaryIO) -> int:
    """The size of a regular file; 0 of a pipe."""
    try:
        at = opened.tell()
        size = opened.seek(0, io.SEEK_END)
        opened.seek(at)
    except (OSError, ValueError):
        return 0
    return size
