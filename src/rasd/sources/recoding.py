"""Bytes of JSON in UTF-8, whatever encoding of Arabic they were written in, without holding them all."""

from __future__ import annotations

import codecs
import io
from typing import cast

from rasd.sources.decoding import UndecodableError, arabic_enough, encoding_of
from rasd.sources.part import Part

_CHUNK = 1 << 16


def in_utf8(part: Part) -> Part:
    """The part, its bytes in UTF-8: as they are where they are that, or no encoding that can be told."""
    head = part.head(_CHUNK)
    try:
        encoding, mark = encoding_of(head)
    except UndecodableError:
        return part
    # An older encoding is a guess: by it a stray byte among escaped letters would become a letter.
    if encoding == "utf-8" or not (mark or arabic_enough(head.decode(encoding, "ignore"))):
        return part
    part.read(mark)
    recoded = cast(io.BufferedReader, io.BufferedReader(_Recoded(part, encoding), _CHUNK))
    return Part(part.origin, part.name, recoded, part.budget, part.columns, part.path, part.depth, part.url)


class _Recoded(io.RawIOBase):
    """A stream in ``encoding`` as UTF-8; what is no letter in it becomes U+FFFD."""

    def __init__(self, part: Part, encoding: str) -> None:
        super().__init__()
        self._part = part
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        while not self._ready:
            raw = self._part.some(_CHUNK)
            self._ready = memoryview(self._decoder.decode(raw, final=not raw).encode("utf-8", "replace"))
            if not raw:
                break
        piece = self._ready[: len(buffer)]
        self._ready = self._ready[len(piece) :]
        buffer[: len(piece)] = piece
        return len(piece)
