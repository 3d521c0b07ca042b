"""What a source is made of: a file, a member of an archive, a page of a crawl; and what is had from one."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol, cast

from rasd.sources.article import Article, os_reason, source_name
from rasd.sources.columns import Columns
from rasd.sources.libraries import FormError

__all__ = ["Budget", "FormError", "Gathered", "Part", "Reads", "Unpacked", "damage"]

# What a source may unpack to: so many times its size, and so much in any case. Text shrinks to a fifth, repeated
# text to a fiftieth; what is made to fill a disk shrinks to a thousandth.
RATIO, FLOOR = 200, 256 * 1024 * 1024
_CHUNK = 1 << 16


@dataclass(slots=True, frozen=True)
class Gathered:
    """An article, or why there is none: one of ``article`` and ``reason`` is given.

    ``origin`` says for people where it is from (a file, a member of an archive, a line or row); ``file`` is the
    absolute path of a file that holds this article alone. What is set aside has, where they are known, its ``id`` and
    its beginning, ``raw``; ``line`` is the line of a file of JSON Lines.
    """

    origin: str
    article: Article | None = None
    reason: str | None = None
    file: str | None = None
    id: str | None = None
    raw: str = ""
    line: int | None = None

    @property
    def foreign(self) -> bool:
        """Whether it is set aside because it is in another language."""
        return self.reason is not None and self.reason.startswith("not Arabic")


class Budget:
    """How much a source may unpack to, over all that is nested in it; ``size`` says how large it is, in bytes."""

    def __init__(self, size: Callable[[], int]) -> None:
        self._size = size
        self.unpacked = 0

    def spend(self, count: int) -> None:
        """Note so many unpacked bytes. Raises `FormError` where they have become too many."""
        self.unpacked += count
        if self.unpacked > FLOOR and self.unpacked > RATIO * self._size():
            raise FormError(f"unpacks to over {RATIO} times its size (a bomb?)")


@dataclass(slots=True)
class Part:
    """A run of bytes with a name. ``name`` alone, in small letters, helps to tell its form; ``path`` is that of a plain
    file; ``depth`` counts the archives that it is in."""

    origin: str
    name: str
    stream: io.BufferedReader
    budget: Budget
    columns: Columns = field(default_factory=Columns)
    path: str | None = None
    depth: int = 0
    url: str | None = None

    def within(self, name: str, stream: BinaryIO | Reads, *, packed: str | None = None) -> Part:
        """A part of this one; what is read of it is spent. ``packed``: what this one is, if that is all it holds."""
        guarded = io.BufferedReader(Unpacked(stream, self.budget, packed or "the archive"), _CHUNK)
        origin = self.origin if packed else f"{self.origin}, {source_name(name)}"
        return Part(
            origin,
            name.lower(),
            cast(io.BufferedReader, guarded),
            self.budget,
            self.columns,
            None,
            self.depth + 1,
            self.url,
        )

    def all(self, limit: int) -> bytes:
        """All its bytes. Raises `FormError` where they are more than ``limit``."""
        data = self.read(limit + 1)
        if len(data) > limit:
            raise FormError(f"too large for one article (over {limit // 1024 // 1024} MB)")
        return data

    def head(self, size: int = 4096) -> bytes:
        """Its first bytes, which stay to be read. Raises `FormError`."""
        try:
            return self.stream.peek(size)[:size]
        except OSError as error:
            raise FormError(os_reason(error)) from error

    def read(self, size: int = -1) -> bytes:
        """The next bytes. Raises `FormError`."""
        try:
            return self.stream.read(size)
        except OSError as error:
            raise FormError(os_reason(error)) from error

    def some(self, size: int) -> bytes:
        """The next bytes, so many at most: where it breaks off, what comes before that too. Raises `FormError`."""
        try:
            return self.stream.read1(size)
        except OSError as error:
            raise FormError(os_reason(error)) from error


class Reads(Protocol):
    """What bytes are read from."""

    def read(self, size: int = -1, /) -> bytes: ...


class Unpacked(io.RawIOBase):
    """The bytes that ``stream`` unpacks, each spent from ``budget``; whatever is wrong with them is a `FormError`."""

    def __init__(self, stream: BinaryIO | Reads, budget: Budget, what: str = "the archive") -> None:
        super().__init__()
        self._stream = stream
        self._budget = budget
        self._what = what
        self._fault: FormError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        if self._fault is not None:
            raise self._fault
        filled = 0
        while filled < len(buffer) and (piece := self._piece(len(buffer) - filled)):
            buffer[filled : filled + len(piece)] = piece
            filled += len(piece)
        if self._fault is not None and not filled:
            raise self._fault
        self._budget.spend(filled)
        return filled

    def _piece(self, size: int) -> bytes:
        """The next bytes, few as they may be. What was unpacked before it breaks off is given before that is said."""
        try:
            return cast(bytes, getattr(self._stream, "read1", self._stream.read)(size))
        except FormError as error:
            self._fault = error
        except MemoryError:
            raise
        except Exception as error:
            self._fault = FormError(damage(error, self._what))
        return b""


def damage(error: Exception, what: str = "the archive") -> str:
    """What is wrong with an archive, as a clause."""
    import zipfile

    text = str(error)
    if isinstance(error, RuntimeError) and "password" in text:
        return "it is locked with a password"
    if isinstance(error, NotImplementedError):
        return "packed in a way that is not known here"
    if isinstance(error, (EOFError, zlib.error, zipfile.BadZipFile)) or type(error).__module__ in (
        "gzip", "lzma", "_lzma", "zstd", "zstandard", "zstandard.backend_c", "tarfile", "_compression",
    ):  # fmt: skip
        return f"{what} is truncated or damaged"
    if isinstance(error, OSError):
        return os_reason(error) if error.errno else f"{what} is truncated or damaged"
    return f"{what} is truncated or damaged ({type(error).__name__})"
