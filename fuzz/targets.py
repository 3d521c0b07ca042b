"""What is fuzzed: each target takes any bytes and raises only where something that must hold does not."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from rasd import Reader  # noqa: E402
from rasd.errors import RasdError  # noqa: E402
from rasd.exchange import Tally, read, records_in  # noqa: E402
from rasd.sources import Columns, ColumnsError, gather, publication_date  # noqa: E402
from rasd.sources.days import day_of  # noqa: E402
from rasd.sources.decoding import UndecodableError, decode  # noqa: E402
from rasd.store.query import wanted  # noqa: E402
from rasd.store.terms import Terms, open_terms  # noqa: E402
from rasd.when import find, timex3  # noqa: E402
from record_invariants import check  # noqa: E402
from seeds import FORMS, TABLES, vocabulary  # noqa: E402

_folder = Path(tempfile.mkdtemp(prefix="rasd-fuzz-"))


@functools.cache
def reader() -> Reader:
    return Reader()


@functools.cache
def terms() -> Terms:
    return open_terms()


def line(text: str) -> None:
    """A message is one line that a terminal can show."""
    assert text, "an empty message"
    assert text.isprintable(), repr(text)


def sources(data: bytes) -> None:
    """The first byte chooses the name of the file, the rest is its bytes."""
    if not data:
        return
    name = FORMS[data[0] % len(FORMS)]
    file = _folder / name
    file.write_bytes(data[1:])
    for found in gather([str(file)]):
        assert (found.article is None) != (found.reason is None)
        line(found.origin)
        if found.reason is not None:
            line(found.reason)
        if found.article is not None:
            assert found.article.text.strip()
            found.article.text.encode()


def decoding(data: bytes) -> None:
    try:
        text = decode(data)
    except UndecodableError as error:
        line(str(error))
        return
    text.encode()
    assert "\0" not in text


def words(data: bytes) -> str:
    """Two bytes a word of the vocabulary, or a letter of any kind."""
    known = vocabulary()
    found: list[str] = []
    for at in range(0, len(data) - 1, 2):
        number = data[at] << 8 | data[at + 1]
        found.append(known[number % len(known)] if number < 0xF000 else chr(number - 0xF000 + 0x600))
        if data[at + 1] % 16:
            found.append(" ")
    return "".join(found)


def day(data: bytes) -> dt.date | None:
    return None if not data or data[0] % 4 == 0 else dt.date(1950, 1, 1) + dt.timedelta(days=data[0] * 109)


def reading(data: bytes) -> None:
    text = words(data[1:])
    record = reader().read(text, published=day(data))
    check(record)
    assert reader().read(text, published=day(data)).to_json() == record.to_json()


def times(data: bytes) -> None:
    text = words(data[1:])
    found = find(text, at=day(data))
    at = 0
    for time in found:
        assert at <= time.start < time.end <= len(text)
        assert text[time.start : time.end] == time.text
        if time.begin is not None and time.end_date is not None:
            assert dt.date.fromisoformat(time.begin) <= dt.date.fromisoformat(time.end_date)
        at = time.end
    ElementTree.fromstring(timex3(text, found).encode())


def tables(data: bytes) -> None:
    """The first byte chooses the form."""
    if not data:
        return
    form = TABLES[data[0] % len(TABLES)]
    file = _folder / "table"
    file.write_bytes(data[1:])

    def bad(row: object) -> None:
        assert getattr(row, "reason", "")

    try:
        told = records_in(str(file), Tally(), bad) if form == "records" else read(form, str(file), Tally(), on_bad=bad)
        for _ in told:
            pass
    except RasdError:
        return


def questions(data: bytes) -> None:
    """What a user writes on a command line."""
    text = data[1:].decode("utf-8", "replace") if data[:1] < b"\x80" else words(data[1:])
    for ask in (publication_date, day_of):
        try:
            ask(text)
        except ValueError as error:
            line(str(error))
    with contextlib.suppress(ColumnsError):
        Columns.parsed(text).among(text.split(","))
    name = text[:200]
    for known in reader().who(name):
        assert known.code or known.en or known.ar
    reader().directory.like(name)
    with contextlib.suppress(ValueError):
        reader().where(name)
    wanted(text, terms())


TARGETS: dict[str, Callable[[bytes], None]] = {
    "sources": sources, "decoding": decoding, "reader": reading, "when": times, "tables": tables,
    "questions": questions,
}  # fmt: skip
