"""Whether the example sentences of predicate entries are read as the entries say."""

from __future__ import annotations

from rasd.reader import Reader
from rasd.record import Event
from rasd.what.schema import Example, Predicate

# The day as of which examples are read.
PUBLISHED = "2024-05-15"


def example_fault(reader: Reader, entry: Predicate, example: Example) -> str | None:
    """What is wrong with the reading of an example, None where it is as the entry says."""
    record = reader.read(example.text, published=PUBLISHED)
    found = [e for e in record.events if e.type == entry.type]
    if example.none:
        return f"an event where there is none: {_shown(found)}" if found else None
    if any(_fits(e, entry, example) for e in found):
        return None
    return f"read as {_shown(record.events)}"


def _fits(event: Event, entry: Predicate, example: Example) -> bool:
    sides = (_said(event.actor_codes, example.actors), _said(event.recipient_codes, example.recipients))
    if entry.sides == "symmetric":
        both = [*event.actor_codes, *event.recipient_codes]
        sides = (_said(both, example.actors), _said(both, example.recipients))
    return all(sides) and event.status == example.status


def _said(codes: list[str], wanted: list[str]) -> bool:
    """Whether each wanted code, main (``EGY``) or full (``EGY/GOV``), is among the codes of an event."""
    known = {*codes, *(code.partition("/")[0] for code in codes)}
    return set(wanted) <= known


def _shown(found: list[Event]) -> str:
    parts = [f"{e.type} {e.actor_codes}->{e.recipient_codes} {e.status} ({e.trigger.text})" for e in found]
    return "; ".join(parts) or "nothing"
