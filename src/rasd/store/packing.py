"""What an article says as few bytes (`rasd.store.compression`).

Where words stand in the article's own text they are left out of its record and its reports: offsets tell them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

import msgspec

from rasd.chronicle import Dated, Occurrence, Report, Source, Words
from rasd.record import (
    Affair,
    Article,
    Entity,
    Located,
    Mention,
    Phase,
    Position,
    Quantity,
    Record,
    Time,
    Trigger,
)
from rasd.store.compression import BESIDE, FACT, PLAIN_TEXT, RECORD, TEXT, inflated, packed, plain, unpacked

_NOWHERE = Source("", None, None, None, None)


class _Told(msgspec.Struct, array_like=True):
    """The reports of one article, without what its row says of it."""

    dating: Dated | None
    reports: list[Report]


class _Raw(msgspec.Struct, array_like=True):
    """`_Told` with its reports as they are written, to read those alone that are asked for."""

    dating: Dated | None
    reports: list[msgspec.Raw]


class _Id(msgspec.Struct):
    id: str


class RecordPart(msgspec.Struct):
    """Of a record what `unpack_part` is asked for: the rest is passed over, which costs a tenth."""

    article: Article

    def located(self) -> Iterator[Mention | Located]:
        """Whatever in it repeats words of the text beside their offsets."""
        yield from ()


class Affairs(RecordPart):
    affairs: list[Affair]

    def located(self) -> Iterator[Mention | Located]:
        return (m for affair in self.affairs for m in affair.mentions)


class Positions(Affairs):
    """Positions, and the affairs that they name."""

    positions: list[Position]


class Phases(RecordPart):
    phases: list[Phase]


class Entities(RecordPart):
    entities: list[Entity]

    def located(self) -> Iterator[Mention | Located]:
        return (m for entity in self.entities for m in entity.mentions)


Part = TypeVar("Part", bound=RecordPart)

_text_decoder = msgspec.json.Decoder(str)
_record_decoder = msgspec.json.Decoder(Record)
_told_decoder = msgspec.json.Decoder(_Told)
_raw_decoder = msgspec.json.Decoder(_Raw)
_id_decoder = msgspec.json.Decoder(_Id)
_report_decoder = msgspec.json.Decoder(Report)
_occurrence_decoder = msgspec.json.Decoder(Occurrence)
_encode = msgspec.json.Encoder().encode


def pack_text(text: str) -> bytes:
    """An article's text."""
    return packed(_encode(text), TEXT)


def unpack_text(content: bytes) -> str:
    """The text that `pack_text` packed."""
    return plain(content) if content and content[:1] == PLAIN_TEXT else unpacked(_text_decoder, content)


def pack_record(record: Record) -> bytes:
    """A record without its article's text, and without words that its offsets tell. The record is left as it was."""
    text = record.article.text
    told = [(span, span.text) for span in _located(record) if span.text == text[span.start : span.end]]
    record.article.text = ""
    for span, _ in told:
        span.text = ""
    try:
        return packed(_encode(record), RECORD)
    finally:
        record.article.text = text
        for span, words in told:
            span.text = words


def unpack_record(content: bytes, text: str) -> Record:
    """The record that `pack_record` packed, whole again."""
    record = unpacked(_record_decoder, content)
    record.article.text = text
    for span in _located(record):
        if not span.text:
            span.text = text[span.start : span.end]
    return record


def unpack_part(part: type[Part], content: bytes, text: str) -> Part:
    """As much of a record as a part holds, with its words."""
    found = unpacked(msgspec.json.Decoder(part), content)
    found.article.text = text
    for span in found.located():
        if not span.text:
            span.text = text[span.start : span.end]
    return found


def _located(record: Record) -> Iterator[Time | Mention | Trigger | Located | Quantity]:
    """Whatever in a record repeats words of the text beside their offsets."""
    yield from record.times
    yield from record.quantities
    for entity in record.entities:
        yield from entity.mentions
    for affair in record.affairs:
        yield from affair.mentions
    for event in record.events:
        yield event.trigger


def pack_reports(reports: Iterable[Report], record: bytes) -> bytes:
    """The reports of one article, without its headline, day, text and voice, which its row holds.

    ``record`` is the article's record as `pack_record` packed it.
    """
    told = list(reports)
    if not told:
        return b""
    dating = told[0].source.dating
    if dating is not None:
        dating = replace(dating, words=tuple(_bare(w) for w in dating.words))
    stripped = [
        replace(
            r, id=r.id.rpartition("/")[2], source=_NOWHERE, voice="", words=_bare(r.words),
            retold=[_bare(w) for w in r.retold],
        )
        for r in told
    ]  # fmt: skip
    return packed(_encode(_Told(dating, stripped)), BESIDE, inflated(record))


def unpack_reports(
    content: bytes, record: bytes, text: str, source: Source, voice: str, events: Collection[str] | None = None
) -> list[Report]:
    """The reports that `pack_reports` packed, with their article, its voice and their words.

    ``events`` are the ids of those that are wanted in the article's record (``e3``); None means all.
    """
    if not content:
        return []
    key = source.key
    beside = inflated(record)
    if events is None:
        told = unpacked(_told_decoder, content, beside)
    else:
        raw = unpacked(_raw_decoder, content, beside)
        told = _Told(raw.dating, [_report_decoder.decode(r) for r in raw.reports if _id_decoder.decode(r).id in events])
    if told.dating is not None:
        dating = replace(told.dating, words=tuple(_full(w, key, text) for w in told.dating.words))
        source = replace(source, dating=dating)
    for report in told.reports:
        report.id = f"{key}/{report.id}"
        report.source, report.voice = source, voice
        report.words = _full(report.words, key, text)
        report.retold = [_full(w, key, text) for w in report.retold]
    return told.reports


def pack_occurrence(occurrence: Occurrence) -> bytes:
    """An occurrence without its id."""
    return packed(_encode(replace(occurrence, id="")), FACT)


def unpack_occurrence(content: bytes, id: str) -> Occurrence:
    """The occurrence that `pack_occurrence` packed."""
    occurrence = unpacked(_occurrence_decoder, content)
    occurrence.id = id
    return occurrence


def _bare(words: Words) -> Words:
    return Words("", words.start, words.end, "")


def _full(words: Words, key: str, text: str) -> Words:
    return Words(key, words.start, words.end, text[words.start : words.end])
