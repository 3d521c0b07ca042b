"""JSON as few bytes: one byte to an Arabic letter, then deflated against a dictionary of what is often said.

The first byte tells how the rest was made, so that a later way can live beside earlier rows. Letters that Windows-1256
lacks are written as JSON writes them in ASCII (``\\u0664``); halving the bytes of the others makes rows a sixth smaller
and is what deflating takes its time for.
"""

from __future__ import annotations

import codecs
import zlib
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from rasd.store.location import StoreError

# Beyond this the rest shrinks by a hundredth for half as much time again.
_LEVEL = 7
# zlib looks no further back.
_WINDOW = 32_000
_LETTERS = "cp1256"
_DAMAGED = "the database is damaged: what an article says cannot be unpacked"
_T = TypeVar("_T")


class Way(NamedTuple):
    """A way of packing: its first byte, the file of its dictionary (None: what it is given), its letters."""

    mark: bytes
    dictionary: str | None
    letters: str = _LETTERS


# Dictionaries never change, because what was packed against one cannot be read without it; others may join them
# under another byte.
TEXT = Way(b"\x05", "texts-2")
RECORD = Way(b"\x06", "records-2")
FACT = Way(b"\x07", "facts-2")
# Against what stands beside it in the database.
BESIDE = Way(b"\x08", None)
# Packed by earlier versions: the text of an article was no JSON.
PLAIN_TEXT = b"\x01"
_EARLIER = (
    Way(PLAIN_TEXT, "texts-1", "utf-8"), Way(b"\x02", "records-1", "utf-8"), Way(b"\x03", "facts-1", "utf-8"),
    Way(b"\x04", None, "utf-8"),
)  # fmt: skip
_WAYS = {way.mark: way for way in (TEXT, RECORD, FACT, BESIDE, *_EARLIER)}


def packed(content: bytes, way: Way, beside: bytes = b"") -> bytes:
    """JSON, packed. ``beside`` is what it is packed against, where its way has no dictionary."""
    packer = zlib.compressobj(_LEVEL, zdict=_dictionary(way, beside))
    return way.mark + packer.compress(content.decode("utf-8").encode(way.letters, _ESCAPING)) + packer.flush()


def inflated(content: bytes, beside: bytes = b"") -> bytes:
    """What was packed, in the letters of its way. Raises `StoreError` where that cannot be."""
    way = _WAYS.get(content[:1]) if content else None  # a damaged file has None as well
    if way is None:
        raise StoreError(_DAMAGED)
    unpacker = zlib.decompressobj(zdict=_dictionary(way, beside))
    try:
        return unpacker.decompress(memoryview(content)[1:])
    except zlib.error as error:
        raise StoreError(_DAMAGED) from error


def unpacked(decoder: msgspec.json.Decoder[_T], content: bytes, beside: bytes = b"") -> _T:
    """What was packed, decoded. Raises `StoreError` where that cannot be."""
    made = inflated(content, beside)
    try:
        return decoder.decode(made.decode(_WAYS[content[:1]].letters))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise StoreError(_DAMAGED) from error


def plain(content: bytes) -> str:
    """A text that was packed as it is, by an earlier version. Raises `StoreError` where it is no text."""
    try:
        return inflated(content).decode("utf-8")
    except UnicodeDecodeError as error:
        raise StoreError(_DAMAGED) from error


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """Letters that an encoding lacks as JSON writes them in ASCII."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end].encode("utf-16-be")
    units = (lacking[at : at + 2].hex() for at in range(0, len(lacking), 2))
    return "".join(f"\\u{unit}" for unit in units), error.end


_ESCAPING = "rasd.store.compression"
codecs.register_error(_ESCAPING, _escaped)


def _dictionary(way: Way, beside: bytes) -> bytes:
    return beside[-_WINDOW:] if way.dictionary is None else _read(way.dictionary)


@cache
def _read(name: str) -> bytes:
    return (Path(__file__).parent / f"{name}.dictionary").read_bytes()
