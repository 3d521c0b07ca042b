"""Plain text: one article a file."""

from __future__ import annotations

from collections.abc import Iterator

from rasd.sources.article import Article
from rasd.sources.decoding import UndecodableError, decode
from rasd.sources.files import MAX_BYTES
from rasd.sources.part import FormError, Gathered, Part


def read(part: Part) -> Iterator[Gathered]:
    """The article of a text file."""
    if looks_binary(part.head()):
        raise FormError("not text (binary data)")
    try:
        text = decode(part.all(MAX_BYTES), arabic=False)
    except UndecodableError as error:
        raise FormError(str(error)) from None
    yield Gathered(part.origin, Article(text), file=part.path)


def looks_binary(head: bytes) -> bool:
    """Whether bytes are no text in any encoding, so that the rest need not be read."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    # UTF-16 without its mark: its spaces and digits have a NUL each, its Arabic letters none.
    return b"\0\0" in head
