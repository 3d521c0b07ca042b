"""The one door for articles: whatever a user names, in whatever form, gives articles one at a time."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from rasd.sources.article import STDIN, Article, SourceError, is_address, keepable, one_line, os_reason
from rasd.sources.columns import Columns
from rasd.sources.decoding import UndecodableError, check_arabic
from rasd.sources.folders import File, absolute, files, said
from rasd.sources.forms import articles
from rasd.sources.jsonl import BadLine
from rasd.sources.mojibake import GarbledError, repaired
from rasd.sources.part import Budget, Gathered, Part
from rasd.sources.visual import put_right

__all__ = ["Articles", "Gathered", "gather"]

_BUFFER = 1 << 16
# By so many bytes the form of a pipe is told.
_FIRST = 4096


def gather(
    paths: Iterable[str], *, defaults: Article | None = None, columns: Columns | None = None
) -> Iterator[Gathered]:
    """The articles of files, folders (by the names of their files, in order), patterns, and ``-``, standard input.

    An address of the web gives what lies there: a page, a file, the articles that a feed or the map of a site leads
    to (`rasd.sources.fetching` guards what is asked). Text, web pages, PDF, Word, JSON Lines, JSON, CSV, TSV, Parquet,
    crawls and feeds are read, and archives of them. What cannot be read is given with its reason, and the rest goes
    on; so is what is not Arabic. ``defaults`` stands for what an article does not say: its source and day of
    publication; ``columns`` says what fields are called.
    One article is in memory at a time.
    """
    yield from _Walk(columns or Columns(), defaults).gathered(paths)


class Articles:
    """What `gather` gives, as coding takes it: like `rasd.sources.jsonl.JsonLines`, over any sources.

    Iterating gives ``(number, beginning, Article or BadLine)``; the number counts what is found, or is the line where
    one file of JSON Lines is all there is. What folders and patterns give of ``but`` and in it is passed over: what is
    written while they are read. Raises `SourceError` where a path is not there, and where the only file there is breaks
    off.
    """

    def __init__(
        self, paths: Iterable[str], columns: Columns | None = None, *, but: Iterable[str | os.PathLike[str]] = ()
    ) -> None:
        self._paths = list(paths)
        self._walk = _Walk(columns or Columns(), None, [os.path.realpath(path) for path in but])
        for path in self._paths:
            self._check(path)
        self.name = said(self._paths[0]) if len(self._paths) == 1 else f"{len(self._paths)} sources"
        self._alone = len(self._paths) == 1 and not os.path.isdir(self._paths[0]) and self._is_there(self._paths[0])
        self._facts: tuple[int, str, bool] | None = None
        self.foreign = 0
        # Whether all that was found are lines of one file.
        self.by_line = False

    def __enter__(self) -> Articles:
        return self

    def __exit__(self, *_: object) -> None:
        self._walk.close()

    def _check(self, path: str) -> None:
        """Have what is wrong with a path before anything is read."""
        if is_address(path):
            from rasd.sources.fetching import Address  # here, because few fetch

            Address.parsed(path)
            return
        first = next(files(path), None)
        if first is not None and first.reason is not None and first.path == path:
            raise SourceError(said(path), first.reason)

    @staticmethod
    def _is_there(path: str) -> bool:
        return path == STDIN or is_address(path) or os.path.exists(path)

    @property
    def size(self) -> int:
        """The bytes of all files; 0 where that is unknown, as with a pipe."""
        return self._measured()[0]

    @property
    def identity(self) -> str:
        """A hash over the names, sizes and times of all files: by it a run knows its input again."""
        return self._measured()[1]

    @property
    def piped(self) -> bool:
        """Whether a pipe or an address is among them, of which nobody knows whether it gives the same again."""
        return self._measured()[2]

    def _measured(self) -> tuple[int, str, bool]:
        if self._facts is None:
            total, piped, digest = 0, False, hashlib.sha256()
            for path in self._paths:
                piped = piped or is_address(path)
                for file in self._walk.files(path) if not is_address(path) else ():
                    total += file.size
                    piped = piped or not (file.size or file.reason is not None or os.path.isfile(file.path))
                    digest.update(
                        f"{absolute(file.path)}\0{file.size}\0{file.changed}\0".encode("utf-8", "surrogateescape")
                    )
            self._facts = (0 if piped else total, digest.hexdigest(), piped)
        return self._facts

    @property
    def position(self) -> int:
        """Bytes of the files read so far."""
        return self._walk.position

    def __iter__(self) -> Iterator[tuple[int, bytes, Article | BadLine]]:
        number = 0
        for found in self._walk.gathered(self._paths):
            by_line = self._alone and found.line is not None and found.origin == f"{self.name}, line {found.line:,}"
            self.by_line = by_line
            number = found.line if by_line and found.line is not None else number + 1
            origin = None if by_line else found.origin
            article = found.article
            if article is not None:
                raw = found.raw or article.text[:2000]
                yield number, raw.encode("utf-8", "replace"), replace(article, origin=origin)
                continue
            reason = found.reason or ""
            if self._alone and found.origin == self.name:
                if reason == "empty" and number == 1:
                    return
                raise SourceError(self.name, reason)
            self.foreign += found.foreign
            yield number, found.raw.encode("utf-8", "replace"), BadLine(number, found.id, reason, found.raw, origin)


class _Walk:
    """One way over sources, knowing how far it is."""

    def __init__(self, columns: Columns, defaults: Article | None, but: list[str] | None = None) -> None:
        self._but = tuple(but or ())
        self._within = tuple(f"{path}{os.sep}" for path in self._but)
        self._columns = columns
        self._defaults = defaults
        self._done = 0
        self._open: BinaryIO | None = None

    @property
    def position(self) -> int:
        """Bytes of files read so far."""
        try:
            return self._done + (self._open.tell() if self._open is not None else 0)
        except (OSError, ValueError):
            return self._done

    def close(self) -> None:
        """Close the file that is open, if any."""
        if self._open is not None and self._open is not _standard_input():
            self._open.close()
        self._open = None

    def files(self, path: str) -> Iterator[File]:
        """The files of a path that are to be read."""
        for file in files(path):
            if self._but and file.path != path:
                real = os.path.realpath(file.path)
                if real in self._but or real.startswith(self._within):
                    continue
            yield file

    def gathered(self, paths: Iterable[str]) -> Iterator[Gathered]:
        for path in paths:
            if is_address(path):
                for found in self._address(path):
                    yield ready(found, self._defaults)
                continue
            for file in self.files(path):
                for found in self._file(file):
                    yield ready(found, self._defaults)

    def _address(self, url: str) -> Iterator[Gathered]:
        from rasd.sources.feeds.following import Following  # here, because few fetch

        yield from Following(columns=self._columns).gathered(url)

    def _file(self, file: File) -> Iterator[Gathered]:
        name = said(file.path)
        if file.reason is not None:
            yield Gathered(name, reason=file.reason)
            return
        try:
            self._open = opened = _opened(file.path)
            counted = _Counted(opened)
            raw = counted if not file.size else cast(io.RawIOBase, opened)
            budget = Budget((lambda: file.size) if file.size else (lambda: counted.count))
            path = None if file.path == STDIN else absolute(file.path)
            part = Part(name, file.path.lower(), io.BufferedReader(raw, _BUFFER), budget, self._columns, path)
            yield from articles(part)
        except OSError as error:
            yield Gathered(name, reason=os_reason(error))
        finally:
            self._done += file.size
            self.close()


def ready(found: Gathered, defaults: Article | None = None) -> Gathered:
    """The article with its text put right and what it does not say filled in; set aside where it is not Arabic."""
    article = found.article
    if article is None:
        reason = found.reason or ""
        # Names of columns and what libraries say may hold line ends and what a terminal obeys.
        return found if reason.isprintable() else replace(found, reason=one_line(reason))
    article = keepable(article)
    try:
        text = put_right(repaired(article.text))
        check_arabic(text)
        title = put_right(repaired(article.title)) if article.title else None
    except (GarbledError, UndecodableError) as error:
        raw = found.raw or article.text[:2000]
        return Gathered(found.origin, reason=str(error), id=article.id, raw=raw, line=found.line)
    if text is not article.text or title != article.title:
        article = replace(article, text=text, title=title)
    if defaults is not None:
        article = replace(
            article, source=article.source or defaults.source, published=article.published or defaults.published,
        )  # fmt: skip
    return replace(found, article=article) if article is not found.article else found


class _Counted(io.RawIOBase):
    """A pipe, whose bytes are counted. The first time so much is waited for as tells its form."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = cast(io.BufferedReader, stream)
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        data = self._stream.read(_FIRST) if not self.count else self._some(len(buffer))
        self.count += len(data)
        buffer[: len(data)] = data
        return len(data)

    def _some(self, size: int) -> bytes:
        read = getattr(self._stream, "read1", self._stream.read)
        return cast(bytes, read(size)) or b""


def _opened(path: str) -> BinaryIO:
    return _standard_input() if path == STDIN else cast(BinaryIO, open(path, "rb", buffering=0))


def _standard_input() -> BinaryIO:
    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]  # closed by the shell: <&-
        raise OSError(None, "closed")
    return sys.stdin.buffer
