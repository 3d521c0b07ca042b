"""An occurrence as a line of a page: what is said of it, by whom, and the words that it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rasd.chronicle import Occurrence, Report, Stated, Words
from rasd.record import Attribution, Count
from rasd.relations.days import bounds, first_day

# Below this confidence a line is marked as an uncertain reading.
SURE = 0.5

# So many further tellings of one article are quoted: the later ones are often in passing.
_RETOLD = 2

T = TypeVar("T")


@dataclass(slots=True, frozen=True)
class Quote:
    """Words of an article (its key in the chronicle); ``mark`` is where in them the act is named, if known."""

    article: str
    text: str
    mark: tuple[int, int] | None = None


@dataclass(slots=True)
class Line:
    """An occurrence with its quotes (of each voice, oldest first), who vouches for it and its numbers.

    ``number`` is its place in the chronology, from 1; ``rules`` are those of its reports; ``articles`` their keys;
    ``voices`` whose word it is, each once; ``told`` the first day of publication; ``begin`` and ``end`` are the first
    and last day that it can be on, None where it is undated.
    """

    occurrence: Occurrence
    quotes: list[Quote]
    attribution: list[Attribution]
    counts: list[Count]
    rules: list[str]
    outlets: list[str]
    articles: list[str]
    voices: list[str]
    told: str | None
    number: int = 0
    begin: dt.date | None = None
    end: dt.date | None = None

    def __post_init__(self) -> None:
        self.begin, self.end = bounds(self.occurrence.date) or (None, None)

    @property
    def sure(self) -> bool:
        return self.occurrence.confidence >= SURE


def line(occurrence: Occurrence, reports: Mapping[str, Report]) -> Line:
    """The line of an occurrence whose reports are among ``reports``."""
    told = [reports[r] for r in occurrence.reports if r in reports]
    days = [r.source.published for r in told if r.source.published]
    return Line(
        occurrence,
        list(_quotes(told)),
        _distinct(a for r in told for a in r.attribution),
        _distinct(c for r in told for c in r.counts),
        list(dict.fromkeys(r.rule for r in told)),
        list(dict.fromkeys(r.source.outlet for r in told if r.source.outlet)),
        list(dict.fromkeys(r.source.key for r in told)),
        _speakers(told),
        min(days) if days else None,
    )


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Lines by time, the undated after the dated of the day they were told on, numbered from 1."""

    def key(item: Line) -> tuple[str, bool, str, str, str]:
        date = item.occurrence.date
        begin = item.begin.isoformat() if item.begin else None
        clock = (date.time or "") if date else ""
        end = item.end.isoformat() if item.end else ""
        return begin or item.told or "9999", begin is None, end, clock, item.occurrence.id

    ordered = sorted(lines, key=key)
    for number, item in enumerate(ordered, 1):
        item.number = number
    return ordered


def quotes_of(stated: Iterable[Stated[T]]) -> list[Quote]:
    """The words of statements, each once."""
    return list(dict.fromkeys(Quote(w.article, w.text) for s in stated for w in s.words))


def day_told(item: Line) -> dt.date | None:
    """The day of publication of the first report."""
    return first_day(item.told)


def _quotes(told: Sequence[Report]) -> Iterable[Quote]:
    """The words of each voice's first report, then those of tellings in the same articles."""
    seen: set[tuple[str, int]] = set()
    voices: set[str] = set()
    for report in told:
        if report.voice in voices:
            continue
        voices.add(report.voice)
        for number, words in enumerate((report.words, *report.retold[:_RETOLD])):
            if (words.article, words.start) in seen:
                continue
            seen.add((words.article, words.start))
            yield Quote(words.article, words.text, _mark(report, words) if number == 0 else None)


def _mark(report: Report, words: Words) -> tuple[int, int] | None:
    start, end = report.trigger.start - words.start, report.trigger.end - words.start
    return (start, end) if 0 <= start < end <= len(words.text) else None


def _speakers(told: Sequence[Report]) -> list[str]:
    """Whose word it is, each once: whom reports cite, else the paper or agency (copies of one text are one voice)."""
    found: dict[str, None] = {}
    for report in told:
        cited = [a for a in report.attribution if a.who or a.code or a.outlet]
        if cited:
            first = cited[0]
            found[first.who or first.code or first.outlet or ""] = None
        else:
            found[f"voice:{report.voice}"] = None
    return list(found)


def _distinct(values: Iterable[T]) -> list[T]:
    """Each value once, in the order of their first; the values are dataclasses that cannot be hashed."""
    found = list(values)
    return found if len(found) < 2 else list({repr(value): value for value in found}.values())
