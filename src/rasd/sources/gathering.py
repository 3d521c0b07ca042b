"""Articles from whatever paths a user names: files of text, JSON Lines, gzipped or not, folders of such files."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rasd.sources.article import STDIN, Article, SourceError, os_reason, source_name
from rasd.sources.decoding import UndecodableError, decode
from rasd.sources.files import MAX_BYTES, read_text
from rasd.sources.jsonl import BadLine, JsonLines

_LINES = (".jsonl", ".ndjson")
_TEXTS = (".txt", ".text")
_GZIP = b"\x1f\x8b"
# Of a file whose name does not say what it is, so much is looked at.
_HEAD = 4096


@dataclass(slots=True, frozen=True)
class Gathered:
    """An article, or why there is none: one of ``article`` and ``reason`` is given.

    ``origin`` says for people where it is from (a file, a line of one); ``file`` is the absolute path of a file that
    holds this article alone.
    """

    origin: str
    article: Article | None = None
    reason: str | None = None
    file: str | None = None


def gather(paths: Iterable[str], *, defaults: Article | None = None) -> Iterator[Gathered]:
    """The articles of files, of all files of folders (by their names, in order), and of ``-``, standard input.

    What cannot be read is given with its reason, and the rest goes on; a path that does not exist too. ``defaults``
    stands for what an article does not say: its source and day of publication. One article is in memory at a time.
    """
    for path in paths:
        for found in _path(path):
            if defaults is not None and found.article is not None:
                found = replace(found, article=_filled(found.article, defaults))
            yield found


def _filled(article: Article, defaults: Article) -> Article:
    return replace(article, source=article.source or defaults.source, published=article.published or defaults.published)


def _path(path: str) -> Iterator[Gathered]:
    if path != STDIN and Path(path).is_dir():
        yield from _folder(Path(path))
    else:
        yield from _file(path)


def _folder(folder: Path) -> Iterator[Gathered]:
    """The files of a folder and those below it; hidden ones are passed over."""

    def failed(error: OSError) -> None:
        failures.append(Gathered(source_name(str(error.filename)), reason=os_reason(error)))

    failures: list[Gathered] = []
    for place, folders, files in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from failures
        failures.clear()
        for name in sorted(files):
            if not name.startswith("."):
                path = str(Path(place) / name)
                plain = name.lower().removesuffix(".gz")
                if plain.endswith((*_LINES, *_TEXTS)):
                    yield from _file(path)
                else:
                    yield Gathered(source_name(path), reason="not .txt, .jsonl or .ndjson, nor one of these with .gz")
    yield from failures


def _file(path: str) -> Iterator[Gathered]:
    try:
        if _holds_lines(path):
            yield from _lines(path)
        else:
            yield _text(path)
    except SourceError as error:
        yield Gathered(error.path, reason=error.reason)
    except OSError as error:
        yield Gathered(source_name(path), reason=os_reason(error))
    except ValueError as error:  # a path with a NUL in it
        yield Gathered(source_name(path), reason=str(error))


def _holds_lines(path: str) -> bool:
    """Whether a file is of JSON Lines: by its name, else by its first letter."""
    name = path.lower().removesuffix(".gz")
    if path == STDIN or name.endswith(_LINES):
        return True
    if name.endswith(_TEXTS):
        return False
    with Path(path).open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_GZIP):
        head = zlib.decompressobj(wbits=31).decompress(head, _HEAD)
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def _lines(path: str) -> Iterator[Gathered]:
    with JsonLines(path) as lines:
        for number, _, found in lines:
            origin = f"{lines.name}, line {number:,}"
            if isinstance(found, BadLine):
                yield Gathered(origin, reason=found.reason)
            else:
                yield Gathered(origin, found)


def _text(path: str) -> Gathered:
    name = source_name(path)
    text = _unzipped(path, name) if path.lower().endswith(".gz") else read_text(path)
    return Gathered(name, Article(text), file=str(Path(path).absolute()))


def _unzipped(path: str, name: str) -> str:
    try:
        with gzip.open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise SourceError(name, "the gzip is truncated or damaged") from None
    if len(data) > MAX_BYTES:
        raise SourceError(name, f"too large for one article (over {MAX_BYTES // 1024 // 1024} MB)")
    try:
        return decode(data)
    except UndecodableError as error:
        raise SourceError(name, str(error)) from None
