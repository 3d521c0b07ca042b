"""What is written of an article beside itself: rows that can be searched. No database here, rows alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, TypeAlias

from rasd.chronicle import Occurrence, Report, Side, affair_key, place_key
from rasd.record import EventDate, Place, Record

Row: TypeAlias = dict[str, Any]

ACTOR, RECIPIENT = 1, 2


def main_code(code: str) -> str:
    """The part of a code that says whose: ``RUS`` of ``RUS/GOV``."""
    return code.partition("/")[0]


def hashed(key: str) -> int:
    """A word under which like things meet, as a number that a database keeps in eight bytes."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8"), digest_size=8).digest(), "big", signed=True)


def codes(record: Record) -> list[str]:
    """The main codes of who is named in an article."""
    return sorted({main_code(e.code) for e in record.entities if e.code is not None})


def affair_rows(record: Record) -> tuple[list[Row], list[Row], list[Row]]:
    """The affairs of an article: what names each, its place in the record, its parties."""
    names: dict[str, Row] = {}
    places: list[Row] = []
    parties: set[tuple[str, int]] = set()
    for number, affair in enumerate(record.affairs):
        key = affair_key(affair)
        names[key] = {"key": key, "kind": affair.kind, "name_ar": affair.name.ar, "name_en": affair.name.en}
        places.append({"key": key, "number": number})
        parties.update((main_code(p.code), number) for p in affair.parties if p.code)
    return list(names.values()), places, [{"main": main, "number": number} for main, number in sorted(parties)]


def position_rows(record: Record) -> list[Row]:
    """Where powers stand; ``key`` names the affair."""
    keys = {affair.id: affair_key(affair) for affair in record.affairs}
    return [
        {
            "number": number, "holder": p.holder, "holder_main": main_code(p.holder), "toward": p.toward,
            "toward_main": main_code(p.toward) if p.toward else None, "key": keys.get(p.affair or ""),
            "stance": p.stance, "start": p.evidence.start, "stop": p.evidence.end,
        }
        for number, p in enumerate(record.positions)
    ]  # fmt: skip


def phase_rows(record: Record) -> tuple[list[Row], list[Row]]:
    """The phases that an article states, and their parties."""
    rows = [
        {
            "number": number, "state": p.state, "begins": p.begin, "ends": p.end,
            "start": p.evidence.start, "stop": p.evidence.end,
        }
        for number, p in enumerate(record.phases)
    ]  # fmt: skip
    parties = {(main_code(code), number) for number, p in enumerate(record.phases) for code in p.parties}
    return rows, [{"main": main, "number": number} for main, number in sorted(parties)]


def event_number(report_id: str) -> int:
    """The number of the event that a report is of: 3 of ``17/e3``."""
    return int(report_id.rpartition("/e")[2])


def article_number(report_id: str) -> int:
    """The number of the article that a report is of: 17 of ``17/e3``."""
    return int(report_id.partition("/")[0])


def occurrence_number(id: str) -> int:
    """The number of an occurrence: 12 of ``o12``."""
    return int(id[1:])


def report_row(report: Report) -> Row:
    """The flat part of a report; its article and occurrence are the writer's to add."""
    begins, ends = _days(report.date)
    return {
        "number": event_number(report.id), "type": report.type, "mode": report.mode,
        "status": report.status, "begins": begins, "ends": ends,
        "country": report.place.country if report.place else None, "confidence": report.confidence,
        "rule": report.rule, "trigger_start": report.trigger.start, "trigger_end": report.trigger.end,
        "start": report.words.start, "stop": report.words.end,
    }  # fmt: skip


def report_side_rows(report: Report) -> list[Row]:
    """Who stands on which side of a report, by code."""
    sides = [(ACTOR, s.code) for s in report.actors] + [(RECIPIENT, s.code) for s in report.recipients]
    return [{"side": side, "code": code} for side, code in dict.fromkeys(sides)]


def place_row(place: Place) -> Row:
    """A place as it is known across articles."""
    name = place.name
    return {
        "key": place_key(place), "name_ar": name.ar, "name_en": name.en, "country": place.country, "lat": place.lat,
        "lon": place.lon,
    }  # fmt: skip


def occurrence_row(occurrence: Occurrence, told: str | None, retold: str | None) -> Row:
    """The flat part of an occurrence; ``told`` is the day of its first report, which stands for a date it lacks,
    ``retold`` that of its last."""
    begins, ends = _days(occurrence.date)
    return {
        "type": occurrence.type, "mode": occurrence.mode, "quad": occurrence.quad, "score": occurrence.score,
        "status": occurrence.status, "begins": begins, "ends": ends,
        "first": begins or ends or (told if occurrence.date is None else None),
        "last": ends or begins or (told if occurrence.date is None else None), "told": told, "retold": retold,
        "country": occurrence.place.country if occurrence.place else None, "confidence": occurrence.confidence,
        "reports": len(occurrence.reports), "voices": occurrence.voices,
        "denies": None if occurrence.denies is None else occurrence_number(occurrence.denies),
    }  # fmt: skip


def occurrence_side_rows(occurrence: Occurrence) -> list[Row]:
    """Whose powers stand on a side of an occurrence: each main code once."""
    sides: dict[str, int] = {}
    for bit, who in ((ACTOR, occurrence.actors), (RECIPIENT, occurrence.recipients)):
        for main in _mains(who):
            sides[main] = sides.get(main, 0) | bit
    return [{"main": main, "side": side} for main, side in sides.items()]


def _mains(sides: Iterable[Side]) -> list[str]:
    return [main_code(side.code) for side in sides]


def _days(date: EventDate | None) -> tuple[str | None, str | None]:
    return (None, None) if date is None else (date.begin, date.end)
