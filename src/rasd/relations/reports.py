"""From the record of an article to its reports: one for each event, all that the article says of it.

An article tells an event again and again (``Event.same_as``). Its tellings are one report with the
best of their fields: the exactest date and place, every side, the status that is surest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from rasd.chronicle import Report, Side, Source, Words, affair_key, source_of
from rasd.record import Count, Event, EventDate, Name, Place, Record, Role, Span

T = TypeVar("T")

# Of two statuses that tellings of one event give, the one that says more.
_SURER = ("possible", "planned", "denied", "ongoing", "occurred")


def reports(
    record: Record, key: str, *, voice: str | None = None, verdicts: Mapping[str, str] | None = None
) -> list[Report]:
    """What an article says, event by event, in the order of its text.

    ``key`` is the article's key where articles are kept; the ids of the reports are ``KEY/e1``, after the event that
    tells it first. ``voice`` is shared by near-copies of one text (`rasd.relations.copies`); without it the article
    speaks for itself alone. ``verdicts`` are those of people, by event (`rasd.relations.reviewed`): where they saw a
    telling, the report says what that one says.
    """
    source = source_of(record.article, key)
    teller = _Teller(record, source, voice if voice is not None else key, verdicts or {})
    return [teller.report(told) for told in tellings(record.events)]


def tellings(events: list[Event]) -> list[list[Event]]:
    """The events, those that tell one event together, the first telling first."""
    known = {event.id: event for event in events}
    groups: dict[str, list[Event]] = {}
    for event in events:
        first, seen = event, {event.id}
        while first.same_as in known and first.same_as not in seen:
            first = known[first.same_as]
            seen.add(first.id)
        groups.setdefault(first.id, []).append(event)
    return list(groups.values())


class _Teller:
    """Makes the reports of one article."""

    def __init__(self, record: Record, source: Source, voice: str, verdicts: Mapping[str, str]) -> None:
        self._verdicts = verdicts
        self._text = record.article.text
        self._source = source
        self._voice = voice
        self._entities = {entity.id: entity for entity in record.entities}
        self._affairs = {affair.id: affair_key(affair) for affair in record.affairs}

    def report(self, tellings: list[Event]) -> Report:
        first = tellings[0]
        seen = [e for e in tellings if e.id in self._verdicts]
        believed = seen or tellings
        kind = next((e for e in believed if e.mode is not None), believed[0])
        fullest = max(believed, key=_fullness)
        actors = _best_sides(self._sides(e.actors, e.actor_codes) for e in believed)
        recipients = _best_sides(self._sides(e.recipients, e.recipient_codes) for e in believed)
        return Report(
            id=f"{self._source.key}/{first.id}",
            source=self._source,
            voice=self._voice,
            type=kind.type,
            mode=kind.mode,
            contexts=distinct(c for e in tellings for c in e.contexts),
            quad=kind.quad,
            score=kind.score,
            # Who stands on one side in the first telling does not cross to the other through a later one.
            actors=_without(actors, believed[0].recipient_codes, believed[0].actor_codes),
            recipients=_without(recipients, believed[0].actor_codes, believed[0].recipient_codes),
            others=self._others(tellings),
            status=max((e.status for e in believed), key=_sureness),
            date=_exactest((e.date for e in believed), date_exactness),
            place=_exactest((e.place for e in believed), place_exactness),
            affairs=distinct(self._affairs[a] for e in tellings for a in e.about if a in self._affairs),
            attribution=_distinct_by_repr(a for e in believed for a in e.attribution),
            counts=_counts(tellings),
            trigger=Span(first.trigger.start, first.trigger.end),
            words=self._words(first),
            rule=kind.rule,
            confidence=max(e.confidence for e in believed),
            gloss=fullest.gloss,
            ordinal=next((e.ordinal for e in tellings if e.ordinal is not None), None),
            retold=[self._words(e) for e in tellings[1:] if e.sentence != first.sentence],
            reviewed=self._verdicts[seen[0].id] if seen else None,
        )

    def _words(self, event: Event) -> Words:
        start, end = event.evidence.start, event.evidence.end
        return Words(self._source.key, start, end, self._text[start:end])

    def _sides(self, ids: list[str], codes: list[str]) -> list[Side]:
        """Those on a side: its entities, then codes that stand for nobody named (the civilians whom a raid hits)."""
        entities = [self._entities[i] for i in ids if i in self._entities]
        found = [Side(e.code, e.name, e.wikidata, e.kind) for e in entities if e.code is not None]
        named = {side.code for side in found}
        found.extend(Side(code, Name(None, None)) for code in distinct(codes) if code not in named)
        return found

    def _others(self, tellings: list[Event]) -> list[Role]:
        found: dict[tuple[str, str], Role] = {}
        for role in (r for e in tellings for r in e.others):
            entity = self._entities.get(role.entity)
            who = (entity.code or entity.name.en or entity.name.ar) if entity is not None else None
            if who:
                found.setdefault((role.role, who), Role(role.role, who))
        return list(found.values())


def main_code(code: str) -> str:
    """The part of a code that says whose: ``RUS`` of ``RUS/GOV``."""
    return code.partition("/")[0]


def date_exactness(date: EventDate) -> float:
    """How exactly a date says when: 1 for a day, less the longer its span, little where it is open or vague."""
    if date.begin is None or date.end is None:
        return 0.1
    days = (dt.date.fromisoformat(date.end) - dt.date.fromisoformat(date.begin)).days
    exactness = 1 / (1 + max(0, days))
    return exactness / 2 if date.approximate else exactness + (0.1 if date.time else 0.0)


def place_exactness(place: Place) -> int:
    """How exactly a place says where: a town that gazetteers list over one that has a point, over a mere name."""
    return (place.geonames is not None) * 2 + (place.lat is not None) + (place.country is not None)


def distinct(values: Iterable[str]) -> list[str]:
    """Each value once, in the order of their first."""
    return list(dict.fromkeys(values))


def _fullness(event: Event) -> int:
    """How much of an event one telling says."""
    sides = bool(event.actors) + bool(event.recipients)
    return sides * 4 + (event.date is not None) * 2 + (event.place is not None)


def _sureness(status: str) -> int:
    return _SURER.index(status) if status in _SURER else -1


def _exactest(values: Iterable[T | None], exactness: Callable[[T], float]) -> T | None:
    """The exactest of values, the first of those alike; None where there are none."""
    known = [v for v in values if v is not None]
    return max(known, key=exactness) if known else None


def _best_sides(tellings: Iterable[list[Side]]) -> list[Side]:
    """All who stand on a side in some telling; of two words for one power, the one that says more."""
    found: list[Side] = []
    for number, sides in enumerate(tellings):
        earlier = list(found)
        for side in sides:
            same = next((s for s in earlier if number and _one_power(s, side)), None)
            if same is not None and _telling(side) > _telling(same):
                if same in found:
                    found.remove(same)
                same = None
            if same is None and not any(s.code == side.code and s.name == side.name for s in found):
                found.append(side)
    return found


def _one_power(one: Side, two: Side) -> bool:
    """Whether two words may mean one: they have one main code, and are not two people."""
    if main_code(one.code) != main_code(two.code) or main_code(one.code) == "None":
        return one.code == two.code and (one.name == two.name or one.name.en is None or two.name.en is None)
    return one.wikidata is None or two.wikidata is None or one.wikidata == two.wikidata


def _telling(side: Side) -> int:
    return (side.wikidata is not None) * 2 + (side.name.en is not None or side.name.ar is not None)


def _without(sides: list[Side], opposite: list[str], own: list[str]) -> list[Side]:
    """``sides`` but those of a power that is among ``opposite`` and not among ``own``."""
    crossing = {main_code(c) for c in opposite} - {main_code(c) for c in own} - {"None"}
    return [side for side in sides if main_code(side.code) not in crossing]


def _counts(tellings: list[Event]) -> list[Count]:
    """The counts of all tellings; where two give one role, the first that does."""
    found: dict[tuple[str, str | None], Count] = {}
    for count in (c for e in tellings for c in e.counts):
        found.setdefault((count.role, count.unit), count)
    return list(found.values())


def _distinct_by_repr(values: Iterable[T]) -> list[T]:
    return list({repr(value): value for value in values}.values())
