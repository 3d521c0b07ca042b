"""What holds of every record, whatever the text: for property tests, fuzzing and the benchmark of hardship."""

from __future__ import annotations

from collections.abc import Iterable

from rasd.record import Record


def check(record: Record) -> None:
    """Raise AssertionError where an offset does not point at its words or a reference leads nowhere."""
    text = record.article.text
    size = len(text)
    entities = {n.id for n in record.entities}
    affairs = {a.id for a in record.affairs}
    events = {e.id for e in record.events}
    for time in record.times:
        assert text[time.start : time.end] == time.text
        assert time.text
    for entity in record.entities:
        assert entity.mentions
        check_located(text, entity.mentions)
    for affair in record.affairs:
        check_located(text, affair.mentions)
    check_located(text, record.quantities)
    for event in record.events:
        check_located(text, [event.trigger])
        assert 0 <= event.evidence.start <= event.trigger.start <= event.trigger.end <= event.evidence.end <= size
        assert {*event.actors, *event.recipients, *(o.entity for o in event.others)} <= entities
        assert set(event.about) <= affairs
        assert event.same_as is None or event.same_as in events
        assert 0 <= event.sentence < len(record.sentences)
        assert 0 <= event.confidence <= 1
    for span in (*record.sentences, *(p.evidence for p in record.positions), *(p.evidence for p in record.phases)):
        assert 0 <= span.start <= span.end <= size


def check_located(text: str, located: Iterable[object]) -> None:
    """Raise AssertionError where what has ``start``, ``end`` and ``text`` does not stand there."""
    for found in located:
        start, end, words = (getattr(found, name) for name in ("start", "end", "text"))
        assert text[start:end] == words
