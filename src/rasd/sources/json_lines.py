"""JSON Lines as one form among others: an article a line."""

from __future__ import annotations

from collections.abc import Iterator

from rasd.sources.jsonl import BadLine, JsonLines
from rasd.sources.part import Gathered, Part
from rasd.sources.recoding import in_utf8


def read(part: Part) -> Iterator[Gathered]:
    """The articles of JSON Lines."""
    lines = JsonLines.of_stream(in_utf8(part).stream, part.origin, columns=part.columns)
    for number, raw, found in lines:
        origin = f"{part.origin}, line {number:,}"
        if isinstance(found, BadLine):
            yield Gathered(origin, reason=found.reason, id=found.id, raw=found.raw, line=number)
        else:
            yield Gathered(origin, found, raw=raw[:8000].decode("utf-8", "replace").rstrip("\r\n")[:2000], line=number)
