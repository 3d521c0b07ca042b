"""What events are about: the affairs named where a meeting says what it will discuss."""

from __future__ import annotations

from rasd.what.affairs import AffairDraft
from rasd.what.draft import EventDraft

# How far after its act a topic may be named, in tokens: lists of topics are long.
REACH = 40


def tie_affairs(events: list[EventDraft], affairs: list[AffairDraft]) -> None:
    """Set ``about`` of each event to the affairs named after it in its sentence, in place.

    A telling shares its topics with the first telling of the same event.
    """
    by_sentence: dict[int, list[EventDraft]] = {}
    for event in events:
        by_sentence.setdefault(event.sentence, []).append(event)
    named: dict[int, list[tuple[int, str]]] = {}
    for draft in affairs:
        for first, _ in draft.spans:
            named.setdefault(draft.sentence_of(first), []).append((first, draft.id))
    for siblings in by_sentence.values():
        for event in siblings:
            following = [
                e.candidate.at for e in siblings if e.candidate.at > event.candidate.at and e.type == event.type
            ]
            last = min([event.candidate.at + REACH, *following])
            topics = [id for first, id in named.get(event.sentence, ()) if event.candidate.at - 3 <= first < last]
            event.about.extend(dict.fromkeys(topics))
    for event in events:
        if event.same_as is not None:
            first = events[event.same_as]
            first.about.extend(a for a in event.about if a not in first.about)
