"""A text cut where what was read in it begins and ends: pieces, each with the marks that lie over it.

Marks may overlap (the word of an event inside a person's title); a piece is under all of them. Nothing is changed or
left out: the pieces together are the text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rasd.record import Record

Kind = Literal["event", "actor", "time", "place"]
# Whose mark colours a piece that lies under several.
ORDER: tuple[Kind, ...] = ("event", "time", "place", "actor")
# What may be written onto the front of a place's name: and, in, to, from, for, like, the.
_BEFORE = "(?:[وف]?(?:ب|ل|ك)?)?"
_LETTER = r"\w"


@dataclass(frozen=True, slots=True)
class Mark:
    """Over ``start`` to ``end`` (offsets into the article's text, end exclusive) stands what ``of`` names: an event's
    or entity's id in the record, or the number of a time or place."""

    kind: Kind
    of: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under ``marks``, by `ORDER`; ``opens`` are those of them that begin with it."""

    text: str
    start: int
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()


def marks_of(record: Record) -> list[Mark]:
    """All that a record knows the place of: the words of events, mentions of actors, times, and names of places."""
    found = [Mark("event", e.id, e.trigger.start, e.trigger.end) for e in record.events]
    found += [Mark("actor", e.id, m.start, m.end) for e in record.entities for m in e.mentions]
    found += [Mark("time", f"t{n}", t.start, t.end) for n, t in enumerate(record.times)]
    found += _places(record)
    return [m for m in found if 0 <= m.start < m.end <= len(record.article.text)]


def pieces(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> list[list[Piece]]:
    """The paragraphs of a text, or of a stretch of it, each as its pieces; empty lines are no paragraphs."""
    stop = len(text) if end is None else min(end, len(text))
    within = [m for m in marks if m.start < stop and m.end > start]
    cuts = sorted({start, stop, *(p for m in within for p in (m.start, m.end) if start < p < stop)})
    opening = sorted(within, key=lambda m: (m.start, ORDER.index(m.kind), m.end))
    paragraphs: list[list[Piece]] = [[]]
    active: list[Mark] = []
    at = 0
    for first, last in itertools.pairwise(cuts):
        active = [m for m in active if m.end > first]
        while at < len(opening) and opening[at].start <= first:
            active.append(opening[at])
            at += 1
        over = tuple(sorted(_once(active), key=lambda m: (ORDER.index(m.kind), m.start)))
        for number, (line, begin) in enumerate(_lines(text, first, last)):
            if number:
                paragraphs.append([])
            if line:
                opens = tuple(m for m in over if max(m.start, start) == begin)
                paragraphs[-1].append(Piece(line, begin, over, opens))
    return [p for p in paragraphs if any(piece.text.strip() for piece in p)]


def _once(marks: Iterable[Mark]) -> Iterable[Mark]:
    """Of several marks of one thing that lie over each other, the longest."""
    kept: dict[tuple[str, str], Mark] = {}
    for mark in marks:
        other = kept.get((mark.kind, mark.of))
        if other is None or mark.end - mark.start > other.end - other.start:
            kept[mark.kind, mark.of] = mark
    return kept.values()


def _lines(text: str, first: int, last: int) -> Iterator[tuple[str, int]]:
    """The lines of a stretch and where each begins."""
    begin = first
    for match in re.finditer(r"\r\n|\r|\n|\u2029|\u2028", text[first:last]):
        yield text[begin : first + match.start()], begin
        begin = first + match.end()
    yield text[begin:last], begin


def places_of(record: Record) -> list[str]:
    """The places that events and affairs of a record are at, by their Arabic names, each once, by number."""
    found = [e.place.name.ar for e in record.events if e.place] + [a.place.name.ar for a in record.affairs if a.place]
    return list(dict.fromkeys(name for name in found if name))


def _places(record: Record) -> Sequence[Mark]:
    """Where the names of places stand: a record keeps which places events are at, not the words."""
    names = places_of(record)
    if not names:
        return []
    numbers = {name: n for n, name in enumerate(names)}
    longest_first = sorted(names, key=len, reverse=True)
    pattern = rf"(?<!{_LETTER}){_BEFORE}(?P<name>{'|'.join(map(re.escape, longest_first))})(?!{_LETTER})"
    return [
        Mark("place", f"p{numbers[m['name']]}", m.start("name"), m.end("name"))
        for m in re.finditer(pattern, record.article.text)
    ]
