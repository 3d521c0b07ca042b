"""An article's record as those who reviewed it have it: refused events gone, corrected ones put right, missed ones in.

The record that Rasd read stays as it is; what many articles tell together (`rasd.relations.ruling`) is made of this
one. A review is tied to words, so that it holds when the article is read again: to an event of the type that was
reviewed, or of the type that the person gave, told by the same trigger. What a person accepted or put in stands on
their word, whatever Rasd reads there now, or if it reads nothing; a refusal says nothing of an act of another type.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rasd.chronicle import Answer, Filling, Review
from rasd.record import Attribution, Event, Record, Span, Trigger

ACCEPTED, CORRECTED, REFUSED, ADDED = "accepted", "corrected", "refused", "added"
# Ids of events that no reader read begin behind this number: no article has so many that it read.
BEYOND = 1_000_000


@dataclass(slots=True)
class Reviewed:
    """A record with reviews applied.

    ``verdicts`` gives the verdict of each event of ``record`` that a person saw, ``reviews`` the current review of
    each event, by its id: of the refused ones too, which ``record`` has no more.
    """

    record: Record
    verdicts: dict[str, str] = field(default_factory=dict[str, str])
    reviews: dict[str, Review] = field(default_factory=dict[str, Review])


def reviewed(record: Record, reviews: Sequence[Review]) -> Reviewed:
    """The record as ``reviews``, the current ones of its article in the order they were given, have it."""
    if not reviews:
        return Reviewed(record)
    found = matched(record, reviews)
    of_event = {id: review for review, id in found}
    events: list[Event] = []
    for event in record.events:
        review = of_event.get(event.id)
        if review is None:
            events.append(event)
        elif review.answer is not None and review.filling is not None:
            events.append(_corrected(event, review.answer, review.filling, record))
    known = {event.id for event in record.events}
    for review, id in found:
        if id not in known and (made := _stood_for(review, id, record)) is not None:
            events.append(made)
    events.sort(key=lambda e: (e.trigger.start, e.trigger.end))
    kept = {event.id for event in events}
    verdicts = {id: review.verdict for id, review in of_event.items() if id in kept}
    return Reviewed(replace(record, events=_tied(record.events, events)), verdicts, of_event)


def matched(record: Record, reviews: Iterable[Review]) -> list[tuple[Review, str]]:
    """Each review with the id of the event that it is of; one that no reader read now has an id of its own.

    Reviews whose words the article lost are left out, and refusals of what is not read any more.
    """
    by_word: dict[tuple[int, int], list[Event]] = {}
    for event in record.events:
        by_word.setdefault((event.trigger.start, event.trigger.end), []).append(event)
    threads = sorted({review.thread for review in reviews})
    own = {thread: f"e{BEYOND + n}" for n, thread in enumerate(threads, 1)}
    here = [review for review in reviews if review.start is not None and review.end is not None]
    waiting = list(here)
    found: dict[int, str] = {}
    # The type that was read there is looked for first, by every review, before one takes what is only like it.
    for fits in (_of_type, _of_answer, _of_word):
        left: list[Review] = []
        for review in waiting:
            events = by_word.get((review.start or 0, review.end or 0), [])
            event = next((e for e in events if fits(review, e)), None)
            if event is None:
                left.append(review)
                continue
            events.remove(event)
            found[review.id] = event.id
        waiting = left
    for review in waiting:
        if review.answer is not None:
            found[review.id] = own[review.thread]
    return [(review, found[review.id]) for review in here if review.id in found]


def _of_type(review: Review, event: Event) -> bool:
    return event.type == review.type


def _of_answer(review: Review, event: Event) -> bool:
    return review.answer is not None and event.type == review.answer.type


def _of_word(review: Review, _event: Event) -> bool:
    return review.answer is not None


def _corrected(event: Event, answer: Answer, filling: Filling, record: Record) -> Event:
    """An event as a person has it. What they were not asked about stays: contexts, affairs, counts."""
    actors, actor_codes = _side(answer.actors, event.actors, event, record)
    recipients, recipient_codes = _side(answer.recipients, event.recipients, event, record)
    return replace(
        event, type=answer.type, mode=answer.mode, quad=filling.quad, score=filling.score, status=answer.status,
        actors=actors, recipients=recipients, actor_codes=actor_codes, recipient_codes=recipient_codes,
        date=filling.date, place=filling.place, attribution=_attribution(event, answer.source), rule=filling.rule,
        confidence=1.0, gloss=filling.gloss,
    )  # fmt: skip


def _stood_for(review: Review, id: str, record: Record) -> Event | None:
    """An event that stands on a person's word alone."""
    answer, filling = review.answer, review.filling
    if answer is None or filling is None or review.start is None or review.end is None:
        return None
    at = next((n for n, s in enumerate(record.sentences) if s.start <= review.start < s.end), 0)
    around = record.sentences[at] if record.sentences else Span(review.start, review.end)
    blank = Event(
        id=id, type=answer.type, mode=answer.mode, contexts=[], quad=filling.quad, score=filling.score, actors=[],
        recipients=[], others=[], actor_codes=[], recipient_codes=[], status=answer.status, date=None, place=None,
        about=[], attribution=[], ordinal=None, trigger=Trigger(review.start, review.end, review.trigger),
        sentence=at, evidence=Span(around.start, around.end), same_as=None, rule=filling.rule, confidence=1.0,
        gloss=filling.gloss,
    )  # fmt: skip
    return _corrected(blank, answer, filling, record)


def _side(codes: Sequence[str], named: Sequence[str], event: Event, record: Record) -> tuple[list[str], list[str]]:
    """The entities and codes of a side: who was named on it, else the one of that code named nearest the trigger."""
    entities = {entity.id: entity for entity in record.entities}
    first = [*named, *event.actors, *event.recipients]
    chosen: list[str] = []
    for code in codes:
        known = [id for id in named if id in entities and entities[id].code == code]
        if not known:
            known = [id for id in first if id in entities and entities[id].code == code][:1]
        if not known:
            near = [
                (abs(m.start - event.trigger.start), entity.id)
                for entity in record.entities
                if entity.code == code
                for m in entity.mentions
                if event.evidence.start <= m.start < event.evidence.end
            ]
            known = [min(near)[1]] if near else []
        chosen.extend(id for id in known if id not in chosen)
    return chosen, list(codes)


def _attribution(event: Event, source: str | None) -> list[Attribution]:
    """On whose word: as it was read, where a person names the same source."""
    if source is None:
        return []
    kept = [a for a in event.attribution if source in (a.code, a.outlet, a.who)]
    if kept:
        return kept
    coded = "/" in source
    return [Attribution(None, None if coded else source, source if coded else None, None)]


def _tied(before: Sequence[Event], after: list[Event]) -> list[Event]:
    """``after``, where each later telling of an event names one that is left: the first of those told together."""
    first_of = {event.id: event.same_as for event in before}
    kept = {event.id for event in after}
    groups: dict[str, str] = {}
    tied: list[Event] = []
    for event in after:
        root, seen = event.id, {event.id}
        while (above := first_of.get(root)) is not None and above not in seen:
            root = above
            seen.add(above)
        if root == event.id:
            tied.append(event)
            continue
        stands = root if root in kept else groups.setdefault(root, event.id)
        tied.append(replace(event, same_as=None if stands == event.id else stands))
    return tied
