"""The record over time of files, without a database: articles are read, records taken as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from rasd.reader import Reader
from rasd.record import Record
from rasd.relations.memory import Memory
from rasd.sources.article import STDIN, Article, SourceError, source_name
from rasd.sources.files import read_text
from rasd.sources.folders import File, files
from rasd.sources.jsonl import BadLine, JsonLines

_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
_TEXTS = (".txt", ".text")


def remembered(
    paths: Iterable[str],
    reader: Callable[[], Reader],
    *,
    published: dt.date | None = None,
    on_bad: Callable[[str, BadLine], None] | None = None,
) -> Memory:
    """What files tell: texts (an article each), JSON Lines of articles or of records (`rasd code`), folders of both.

    ``reader`` gives the reader where there is an article to read; ``published`` is the day of texts that come without
    one. Lines that hold neither article nor record go to ``on_bad`` with the name of their file, as line 0 what is no
    file of a folder (a link out of it). Raises
    `rasd.sources.article.SourceError` where a file cannot be read, or nothing was found.
    """
    memory = Memory()
    count = 0
    for file in _files(paths):
        path = file.path
        if file.reason is not None:
            if on_bad is not None:
                on_bad(source_name(path), BadLine(0, None, file.reason, ""))
            continue
        for key, found in _found(path):
            if isinstance(found, BadLine):
                if on_bad is not None:
                    on_bad(source_name(path), found)
                continue
            record = found if isinstance(found, Record) else _read(reader(), found, published)
            memory.add(record, key)
            count += 1
    if not count:
        raise SourceError(", ".join(source_name(p) for p in paths), "no article in it")
    return memory


def _read(reader: Reader, article: Article, published: dt.date | None) -> Record:
    return reader.read(
        article.text, published=article.published or published, id=article.id, title=article.title,
        source=article.source, url=article.url,
    )  # fmt: skip


def _files(paths: Iterable[str]) -> Iterator[File]:
    """The files that are named, and those of folders that are, by their names."""
    for path in paths:
        if path == STDIN or not Path(path).is_dir():
            yield File(path, named=True)
        else:
            yield from (file for file in files(path) if file.path.endswith((*_LINES, *_TEXTS)))


def _found(path: str) -> Iterator[tuple[str, Article | Record | BadLine]]:
    """The articles or records of a file, each with a key that no other of the file has."""
    name = source_name(path)
    if not path.endswith(_LINES):
        yield name, Article(read_text(path))
        return
    seen: set[str] = set()
    with JsonLines(path) as lines:
        for number, raw, found in lines:
            if isinstance(found, BadLine):
                found = _record(raw) or found
            given = found.article.id if isinstance(found, Record) else found.id
            key = given if given and given not in seen else f"{name}:{number}"
            seen.add(key)
            yield key, found


def _record(raw: bytes) -> Record | None:
    try:
        return Record.from_json(raw)
    except (msgspec.DecodeError, RecursionError):
        return None
