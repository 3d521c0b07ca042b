"""The record over time in memory: many records in, a `chronicle.Chronicle` out.

    memory = Memory(rasd.read(text, published=day) for text, day in articles)
    for occurrence in memory.occurrences(["RUS", "TUR"]):
        print(occurrence.gloss.en, occurrence.voices)

For corpora that fit in memory, and for tests; a database (`rasd.store`) answers the same questions.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TypeVar

from rasd.chronicle import (
    Occurrence,
    Report,
    Ruling,
    Scored,
    Source,
    Stated,
    Trace,
    Words,
    affair_key,
)
from rasd.record import Affair, Entity, Phase, Position, Record, Span
from rasd.relations.identity import Identity
from rasd.relations.reports import main_code, source_of
from rasd.relations.ruling import rule

T = TypeVar("T")
# Traces given for one key: the latest.
PER_KEY = 60


def article_key(record: Record) -> str:
    """The key of an article that was given none: its id, its address, or a hash of its text."""
    article = record.article
    given = article.id or article.url
    return given or hashlib.blake2b(article.text.encode("utf-8", "replace"), digest_size=8).hexdigest()


class Memory:
    """A chronicle, and an archive to add to, in memory.

    ``records`` are read in their order, each under its `article_key`. ``identity``
    decides which reports are of one event; without it one with Rasd's own weights is made.
    """

    def __init__(self, records: Iterable[Record] = (), *, identity: Identity | None = None) -> None:
        self._identity = identity or Identity()
        self._records: dict[str, Record] = {}
        self._sources: dict[str, Source] = {}
        self._occurrences: dict[str, Occurrence] = {}
        self._occurrence_of: dict[str, str] = {}
        self._reports: dict[str, Report] = {}
        self._reports_by_key = _Traces()
        self._texts_by_key = _Traces()
        self._voices: dict[str, str] = {}
        self._count = 0
        for record in records:
            self.add(record)

    def add(self, record: Record, key: str | None = None) -> Ruling:
        """Add an article's record, under ``key`` or its `article_key`."""
        key = key if key is not None else article_key(record)
        if key in self._records:
            raise ValueError(f"there is an article under this key already: {key}")
        ruling = rule(record, key, self, self._identity)
        self._records[key] = record
        self._sources[key] = source_of(record.article, key)
        self._keep(key, ruling)
        return ruling

    def _keep(self, key: str, ruling: Ruling) -> None:
        self._reports.update({report.id: report for report in ruling.reports})
        for occurrence in ruling.occurrences:
            if not occurrence.id:
                self._count += 1
                occurrence.id = f"o{self._count}"
            self._occurrences[occurrence.id] = occurrence
            self._occurrence_of.update(dict.fromkeys(occurrence.reports, occurrence.id))
        for denial, denied in ruling.denials:
            ruling.occurrences[denial].denies = ruling.occurrences[denied].id
        for absorbed, staying in ruling.absorbed.items():
            self._occurrences.pop(absorbed, None)
            for occurrence in self._occurrences.values():
                if occurrence.denies == absorbed:
                    occurrence.denies = staying
        for report, (sketch, keys) in ruling.sketches.items():
            self._reports_by_key.add(report, sketch, keys)
        self._voices[key] = ruling.voice
        if ruling.text is not None:
            self._texts_by_key.add(key, *ruling.text)

    def occurrences(
        self,
        codes: Sequence[str] = (),
        *,
        begin: dt.date | None = None,
        end: dt.date | None = None,
        about: Sequence[str] = (),
        status: Sequence[str] = (),
    ) -> list[Occurrence]:
        """Occurrences by day, those without one last. See `chronicle.Chronicle`."""
        found = [
            o
            for o in self._occurrences.values()
            if _stand(codes, [*o.actors, *o.recipients], lambda s: s.code)
            and _falls(o, begin, end)
            and (not about or not set(about).isdisjoint(o.affairs))
            and (not status or o.status in status)
        ]
        return sorted(found, key=lambda o: (o.date.begin if o.date is not None and o.date.begin else "9999", o.id))

    def scored(
        self, codes: Sequence[str] = (), *, begin: dt.date | None = None, end: dt.date | None = None
    ) -> list[Scored]:
        return [
            Scored(
                o.id, o.date.begin if o.date else None, o.date.end if o.date else None, o.quad, o.score, o.status,
                o.confidence, o.voices,
            )
            for o in self.occurrences(codes, begin=begin, end=end)
        ]  # fmt: skip

    def reports(self, ids: Iterable[str]) -> dict[str, Report]:
        return {id: self._reports[id] for id in ids if id in self._reports}

    def articles_by_day(self) -> dict[dt.date, int]:
        counts: dict[dt.date, int] = {}
        for source in self._sources.values():
            if source.published is not None:
                day = dt.date.fromisoformat(source.published)
                counts[day] = counts.get(day, 0) + 1
        return dict(sorted(counts.items()))

    def affairs(self, codes: Sequence[str] = (), *, keys: Sequence[str] = ()) -> list[Stated[Affair]]:
        return [
            Stated(a, self._sources[key], self._words(key, [Span(m.start, m.end) for m in a.mentions]))
            for key, record in self._records.items()
            for a in record.affairs
            if _stand(codes, a.parties, lambda p: p.code) and (not keys or affair_key(a) in keys)
        ]

    def positions(self, codes: Sequence[str] = ()) -> list[Stated[Position]]:
        found: list[Stated[Position]] = []
        for key, record in self._records.items():
            named = {a.id: affair_key(a) for a in record.affairs}
            for p in record.positions:
                if _stand(codes, [c for c in (p.holder, p.toward) if c is not None], lambda c: c):
                    affair = named.get(p.affair) if p.affair is not None else None
                    position = Position(p.holder, p.toward, affair, p.stance, p.evidence)
                    found.append(Stated(position, self._sources[key], self._words(key, [p.evidence])))
        return found

    def phases(self, codes: Sequence[str] = ()) -> list[Stated[Phase]]:
        return [
            Stated(p, self._sources[key], self._words(key, [p.evidence]))
            for key, record in self._records.items()
            for p in record.phases
            if _stand(codes, p.parties, lambda c: c)
        ]

    def entities(self, articles: Iterable[str], *, kinds: Sequence[str] = ()) -> list[Stated[Entity]]:
        return [
            Stated(e, self._sources[key], self._words(key, [Span(m.start, m.end) for m in e.mentions]))
            for key in articles
            if key in self._records
            for e in self._records[key].entities
            if not kinds or e.kind in kinds
        ]

    def like_reports(self, keys: Collection[str]) -> list[Trace]:
        return [Trace(of, self._occurrence_of[of], sketch) for of, sketch in self._reports_by_key.under(keys)]

    def like_texts(self, keys: Collection[str]) -> list[Trace]:
        return [Trace(of, self._voices[of], sketch) for of, sketch in self._texts_by_key.under(keys)]

    def occurrences_by_id(self, ids: Iterable[str]) -> dict[str, Occurrence]:
        return {id: self._occurrences[id] for id in ids if id in self._occurrences}

    def _words(self, key: str, spans: Iterable[Span]) -> list[Words]:
        text = self._records[key].article.text
        return [Words(key, s.start, s.end, text[s.start : s.end]) for s in spans]


class _Traces:
    """Sketches by the keys under which they are looked for."""

    def __init__(self) -> None:
        self._sketches: dict[str, bytes] = {}
        self._places: dict[str, int] = {}
        self._by_key: dict[str, list[str]] = {}

    def add(self, of: str, sketch: bytes, keys: Iterable[str]) -> None:
        self._sketches[of] = sketch
        self._places[of] = len(self._places)
        for key in keys:
            self._by_key.setdefault(key, []).append(of)

    def under(self, keys: Collection[str]) -> list[tuple[str, bytes]]:
        found = {of for key in keys for of in self._by_key.get(key, ())[-PER_KEY:]}
        return [(of, self._sketches[of]) for of in sorted(found, key=self._places.__getitem__)]


def _stand(codes: Sequence[str], sides: Sequence[T], code: Callable[[T], str]) -> bool:
    """Whether each of the main codes stands among the sides."""
    return not codes or set(codes) <= {main_code(code(side)) for side in sides}


def _falls(occurrence: Occurrence, begin: dt.date | None, end: dt.date | None) -> bool:
    """Whether an occurrence's day can lie between two."""
    date = occurrence.date
    if begin is None and end is None:
        return True
    if date is None or date.begin is None:
        return False
    first, last = dt.date.fromisoformat(date.begin), dt.date.fromisoformat(date.end or date.begin)
    return (end is None or first <= end) and (begin is None or last >= begin)


__all__ = ["Memory", "article_key"]
