"""What is exchanged: an occurrence with its reports, from records, a chronicle, or a table of another form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rasd.chronicle import Chronicle, Occurrence, Report, StatusChange
from rasd.record import EventDate, Record
from rasd.relations.reports import reports as reports_of

# So many occurrences are asked for their reports at once.
_AT_ONCE = 500


@dataclass(slots=True)
class Told:
    """An occurrence, and the reports that tell it, oldest first."""

    occurrence: Occurrence
    reports: list[Report]


def of_report(report: Report) -> Told:
    """An occurrence that one report alone tells."""
    occurrence = Occurrence(
        id=report.id,
        type=report.type,
        mode=report.mode,
        contexts=list(report.contexts),
        quad=report.quad,
        score=report.score,
        actors=list(report.actors),
        recipients=list(report.recipients),
        status=report.status,
        date=report.date,
        place=report.place,
        affairs=list(report.affairs),
        confidence=report.confidence,
        gloss=report.gloss,
        reports=[report.id],
        voices=1,
        course=[StatusChange(report.status, report.source.published, report.id)],
        ordinal=report.ordinal,
    )
    return Told(occurrence, [report])


def of_record(record: Record, key: str) -> list[Told]:
    """What a record tells, an occurrence for each of its events; ``key`` names the article."""
    return [of_report(report) for report in reports_of(record, key)]


def of_chronicle(
    chronicle: Chronicle, codes: Sequence[str] = (), *, begin: dt.date | None = None, end: dt.date | None = None
) -> Iterator[Told]:
    """What a chronicle holds of these powers and days, a few occurrences in memory at a time."""
    yield from of_events(chronicle, chronicle.occurrences(codes, begin=begin, end=end))


def of_events(chronicle: Chronicle, occurrences: Iterable[Occurrence]) -> Iterator[Told]:
    """These occurrences of a chronicle with their reports, a few in memory at a time, in their order."""
    found = iter(occurrences)
    while batch := list(islice(found, _AT_ONCE)):
        known = chronicle.reports([i for occurrence in batch for i in occurrence.reports])
        for occurrence in batch:
            yield Told(occurrence, [known[i] for i in occurrence.reports if i in known])


def chosen(
    told: Iterable[Told], codes: Sequence[str] = (), *, begin: dt.date | None = None, end: dt.date | None = None
) -> Iterator[Told]:
    """Those in which each of ``codes`` (main codes) stands on some side, and whose day may lie from begin to end."""
    wanted = set(codes)
    for item in told:
        sides = {s.code.partition("/")[0] for s in (*item.occurrence.actors, *item.occurrence.recipients)}
        if wanted <= sides and _within(item, begin, end):
            yield item


def _within(told: Told, begin: dt.date | None, end: dt.date | None) -> bool:
    if begin is None and end is None:
        return True
    first, last = day_of(told.occurrence.date), last_day_of(told.occurrence.date)
    if first is None and last is None:
        return False
    return (begin is None or (last or first or begin) >= begin) and (end is None or (first or last or end) <= end)


def day_of(date: EventDate | None) -> dt.date | None:
    """The first day that a date can mean; None where it is open at its beginning."""
    return dt.date.fromisoformat(date.begin) if date is not None and date.begin else None


def last_day_of(date: EventDate | None) -> dt.date | None:
    """The last day that a date can mean; None where it is open at its end."""
    return dt.date.fromisoformat(date.end) if date is not None and date.end else None


def published(told: Told) -> dt.date | None:
    """The day of the earliest report whose day is known."""
    days = [d for r in told.reports if (d := _day(r.source.published)) is not None]
    return min(days, default=None)


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10]) if text else None
    except ValueError:  # a month or a year
        return None


def outlets(told: Told) -> list[str]:
    """The outlets that report an occurrence, each once."""
    return list(dict.fromkeys(r.source.outlet for r in told.reports if r.source.outlet))


def urls(told: Told) -> list[str]:
    """Where its articles are found, each once."""
    return list(dict.fromkeys(r.source.url for r in told.reports if r.source.url))
