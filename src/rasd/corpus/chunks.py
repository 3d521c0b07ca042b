"""Articles in pieces that a machine reads on its own: the same pieces whenever the same input is gone through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from rasd.corpus.tables import ARTICLES, LETTERS
from rasd.sources.article import Article
from rasd.sources.jsonl import BadLine, beginning


class Item(msgspec.Struct, array_like=True):
    """A line of the input: its ``article`` and its beginning, or what is ``wrong`` with it."""

    line: int
    article: Article | None = None
    raw: str = ""
    wrong: BadLine | None = None


class Chunk(msgspec.Struct, array_like=True):
    """Lines of the input, one after another. ``position`` is how far the input is read with them, in bytes."""

    number: int
    items: list[Item]
    position: int = 0


class Done(msgspec.Struct):
    """What became of a chunk: its lines from ``first`` to ``last``, what was counted, and what was set aside.

    ``stages`` are the seconds that each stage took, where they were asked for.
    """

    number: int
    first: int
    last: int
    articles: int = 0
    events: int = 0
    words: int = 0
    rejects: list[BadLine] = []
    position: int = 0
    stages: dict[str, float] = {}


def chunks(
    lines: Iterable[tuple[int, bytes, Article | BadLine]], articles: int = ARTICLES, letters: int = LETTERS
) -> Iterator[Chunk]:
    """The lines of an input in chunks of so many lines, or letters."""
    items: list[Item] = []
    number = held = 0
    for line, raw, found in lines:
        if isinstance(found, Article):
            items.append(Item(line, found, beginning(raw)))
            held += len(found.text)
        else:
            items.append(Item(line, wrong=found))
        if len(items) >= articles or held >= letters:
            yield Chunk(number, items)
            number, items, held = number + 1, [], 0
    if items:
        yield Chunk(number, items)
