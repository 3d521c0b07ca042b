"""Records made from a few words of YAML, so that a test says only what it is about.

An article is ``{key, published, source, title, text, events}``. An event is ``{type, actors, recipients, date, place,
status, same_as, about, counts, says ...}``: sides are codes or ``CODE|English name|wikidata``, a date ``2031-05-02``,
``2031-05`` or ``2031-05-02..2031-05-09``, a place ``Town, CTY, lat, lon`` (listed) or ``Country, CTY``, a count
``killed: 12``; ``says`` are its words, which make the text of the article where that is not given.
"""

from __future__ import annotations

import calendar
from typing import Any

from rasd.record import (
    Affair,
    Article,
    Attribution,
    Count,
    Dating,
    Entity,
    Event,
    EventDate,
    Gloss,
    Name,
    Ordinal,
    Place,
    Record,
    Role,
    Span,
    Trigger,
)


def made(article: dict[str, Any]) -> Record:
    """The record of an article given in short."""
    given: list[dict[str, Any]] = article.get("events", [])
    text = article.get("text") or "\n".join(e.get("says", f"event {n}") for n, e in enumerate(given, 1))
    entities: dict[str, Entity] = {}
    events: list[Event] = []
    end = 0
    for n, event in enumerate(given, 1):
        says = event.get("says", f"event {n}")
        at = text.find(says, end if not article.get("text") else 0)
        start, end = (at, at + len(says)) if at >= 0 else (0, len(text))
        events.append(_event(event, n, start, end, text, entities))
    affairs = [
        Affair(a, "agreement", Name(None, a), None, [], None, None, [])
        for a in dict.fromkeys(a for e in events for a in e.about)
    ]
    published = article.get("published")
    dating = Dating("given" if published else "unknown", published, published, [])
    head = Article(None, article.get("title"), article.get("source"), None, "ar", text, published, dating)
    return Record(head, [Span(0, len(text))], [], list(entities.values()), events, affairs, [], [], [], [])


def _event(
    given: dict[str, Any], n: int, start: int, end: int, text: str, entities: dict[str, Entity]
) -> Event:  # fmt: skip
    actors = [_entity(side, entities) for side in given.get("actors", [])]
    recipients = [_entity(side, entities) for side in given.get("recipients", [])]
    codes = {e.id: e.code or "" for e in entities.values()}
    return Event(
        id=f"e{n}", type=given.get("type", "CONSULT"), mode=given.get("mode"), contexts=given.get("contexts", []),
        quad=given.get("quad", "verbal_cooperation"), score=given.get("score", 2.5), actors=actors,
        recipients=recipients,
        others=[Role(role, _entity(who, entities)) for role, who in given.get("others", {}).items()],
        actor_codes=[*(codes[a] for a in actors), *given.get("implied", [])],
        recipient_codes=[codes[r] for r in recipients],
        status=given.get("status", "occurred"), date=_date(given.get("date")), place=_place(given.get("place")),
        about=given.get("about", []),
        attribution=[Attribution(who, None, None, None) for who in given.get("attribution", [])],
        ordinal=Ordinal(given["ordinal"], None) if "ordinal" in given else None,
        trigger=Trigger(start, start + 1, text[start : start + 1]), sentence=given.get("sentence", n - 1),
        evidence=Span(start, end), same_as=given.get("same_as"), rule=given.get("rule", "consult.meet"),
        confidence=given.get("confidence", 0.8), gloss=Gloss(f"خبر {n}", f"event {n}"),
        counts=[Count(role, value, None, None, start, start + 1) for role, value in given.get("counts", {}).items()],
    )  # fmt: skip


def _entity(side: str, entities: dict[str, Entity]) -> str:
    """The id of the entity of ``CODE|name|wikidata``, added where it is new."""
    code, name, wikidata = (*side.split("|"), None, None)[:3]
    if side not in entities:
        entities[side] = Entity(f"n{len(entities) + 1}", code, "person", Name(None, name), wikidata, [])
    return entities[side].id


def _date(value: str | None) -> EventDate | None:
    if value is None:
        return None
    begin, _, end = value.partition("..")
    if not end and len(begin) == 7:
        year, month = map(int, begin.split("-"))
        begin, end = f"{value}-01", f"{value}-{calendar.monthrange(year, month)[1]}"
    return EventDate(value, begin, end or begin, None, None, False)


def _place(value: str | None) -> Place | None:
    if value is None:
        return None
    parts = [part.strip() for part in value.split(",")]
    if len(parts) == 2:
        return Place(Name(None, parts[0]), parts[1], None, None, None)
    return Place(Name(None, parts[0]), parts[1], float(parts[2]), float(parts[3]), 1)
