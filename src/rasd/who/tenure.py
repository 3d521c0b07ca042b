"""Who held an office when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from rasd.text.document import Document
from rasd.who.lexemes import Tables
from rasd.who.schema import Person, Tenure

_LATEST = dt.date(9999, 12, 31)
_EARLIEST = dt.date(1, 1, 1)
# Tenures are known to the month at the least.
_HANDOVER = dt.timedelta(days=31)


def first_day(value: str | int | None) -> dt.date:
    """The first day of ``2014``, ``2014-05`` or ``2014-05-07``; the earliest of all if absent."""
    if value is None:
        return _EARLIEST
    parts = [int(p) for p in str(value).split("-")]
    return dt.date(*[*parts, 1, 1][:3])


def last_day(value: str | int | None) -> dt.date:
    """The last day of a year, month or day; the latest of all if absent."""
    if value is None:
        return _LATEST
    parts = [int(p) for p in str(value).split("-")]
    if len(parts) == 3:
        return dt.date(*parts)
    month = parts[1] if len(parts) == 2 else 12
    return dt.date(parts[0] + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


class Tenures:
    """The holders of offices by ``(office, state or body)`` and the tenures of each person."""

    def __init__(self, tables: Tables) -> None:
        self._people = tables.people
        self._sector = {o.id: o.sector for o in tables.offices}
        self._holders: dict[tuple[str, str], list[tuple[dt.date, dt.date, int]]] = defaultdict(list)
        for at, person in enumerate(tables.people):
            for tenure in person.offices:
                owner = (tenure.of or person.state or "").split("/")[0]
                span = (first_day(tenure.since), last_day(tenure.until), at)
                self._holders[tenure.office, owner].append(span)

    def holder(self, office: str, owner: str, on: dt.date | None) -> int | None:
        """The index of the person who held an owner's office on a day; None if unknown or two did."""
        if on is None:
            return None
        spans = sorted(
            span for span in self._holders.get((office, owner), ()) if span[0] <= on <= span[1] and span[0] > _EARLIEST
        )
        if not spans:
            return None
        came, _, at = spans[-1]
        # A change of holder in one month: the later came in. Envoys and the like are several at once.
        several = any(until - came > _HANDOVER for _, until, other in spans[:-1] if other != at)
        return None if several else at

    def ever(self, office: str, owner: str) -> bool:
        """Whether anybody listed ever held an owner's office."""
        return (office, owner) in self._holders

    def current(self, person: Person, on: dt.date | None) -> Tenure | None:
        """The office that a person holds on a day, else the last one held before, else the first."""
        if not person.offices:
            return None
        if on is None:
            return person.offices[-1]
        now = [t for t in person.offices if first_day(t.since) <= on <= last_day(t.until)]
        if now:
            return now[-1]
        past = [t for t in person.offices if last_day(t.until) < on]
        return max(past, key=lambda t: last_day(t.until)) if past else person.offices[0]

    @staticmethod
    def holds(tenure: Tenure, on: dt.date) -> bool:
        return first_day(tenure.since) <= on <= last_day(tenure.until)

    def code(self, person: Person, on: dt.date | None) -> str | None:
        """``MAIN/SECTOR`` of a person on a day."""
        if person.code:
            return person.code
        tenure = self.current(person, on)
        if tenure is None:
            return f"{person.state}/GOV" if person.state else None
        main = (tenure.of or person.state or "None").split("/")[0]
        if tenure.of and "/" in tenure.of:
            return tenure.of
        sector = self._sector.get(tenure.office, "GOV")
        if len(main) != 3 or (tenure.of is not None and main in _SECTORS):
            sector = _SECTORS.get(main, "IGO" if sector == "GOV" else sector)
        elif sector == "IGO":
            sector = "GOV"
        return f"{main}/{sector}"

    def of(self, person: int, office: str) -> Iterator[tuple[dt.date, dt.date]]:
        """The stretches in which a person held an office."""
        for tenure in self._people[person].offices:
            if tenure.office == office:
                yield first_day(tenure.since), last_day(tenure.until)


# The sector of a body's people, by its code; the rest are intergovernmental.
_SECTORS = {
    **dict.fromkeys(
        ("UNO", "UNSC", "EUR", "NAT", "ARL", "GCC", "OIC", "AFU", "OPC", "IAE", "IMF", "WBK", "WTO"), "IGO"
    ),
    **dict.fromkeys(("ARC", "INC"), "IGO"),
    **dict.fromkeys(("ISI", "ALQ", "NUS", "YPG", "HEZ", "BOK", "SHB"), "UAF"),
    **dict.fromkeys(("PKK", "TAL"), "REB"),
    **dict.fromkeys(("HAM", "FTH", "MBR"), "PTY"),
    "ICC": "JUD",
    "ICG": "NGO",
}


# Titles that do not say which office is held.
_ANY_OFFICE = frozenset({"minister"})


def office_intervals(document: Document) -> Iterable[tuple[dt.date, dt.date, int, int]]:
    """``(earliest, latest, start, end)`` for each person whom the text gives an office of theirs.

    The offices found were noted by `ActorReader.read`; former holders are left out. Whoever
    dates an article intersects them.
    """
    found: list[tuple[dt.date, dt.date, int, int]] = []
    for mention in document.actors:
        if mention.rule.startswith("title:"):
            # The rule says the office and the stretches: "title:president:2012-05-07:9999-12-31".
            parts = mention.rule.split(":")
            if len(parts) == 4 and parts[1] not in _ANY_OFFICE:
                found.append(
                    (dt.date.fromisoformat(parts[2]), dt.date.fromisoformat(parts[3]), mention.start, mention.end)
                )
    return found
