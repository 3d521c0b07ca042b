"""The examples of the predicate files, and whether the reader reads them as their entries say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from facts import main_of
from rasd import Reader
from rasd.lexicon.files import KnowledgeFiles
from rasd.record import Event
from rasd.what.schema import Example, Predicate

PUBLISHED = "2024-05-15"
GAPS = Path(__file__).resolve().parent / "known_gaps.txt"


@dataclass(frozen=True)
class Case:
    """One example of an entry. ``key`` names it in the list of known gaps: entry and number from 1."""

    key: str
    entry: Predicate
    example: Example


@cache
def examples() -> list[Case]:
    """All examples of our predicate files, in the order of the files."""
    entries = KnowledgeFiles().entries("predicates/*.yaml", Predicate, lambda e: e.id)
    return [Case(f"{e.id} {n}", e, x) for e in entries for n, x in enumerate(e.examples, start=1)]


def known_gaps() -> set[str]:
    """The keys of the examples that the reader is known to read otherwise."""
    lines = GAPS.read_text(encoding="utf-8").splitlines() if GAPS.exists() else []
    return {line for line in lines if line and not line.startswith("#")}


def fault(reader: Reader, case: Case) -> str | None:
    """What is wrong with the reading of an example, None where it is as the entry says."""
    record = reader.read(case.example.text, published=PUBLISHED)
    found = [e for e in record.events if e.type == case.entry.type]
    if case.example.none:
        return f"an event where there is none: {_shown(found)}" if found else None
    if any(_fits(e, case) for e in found):
        return None
    return f"read as {_shown(record.events)}"


def _fits(event: Event, case: Case) -> bool:
    example = case.example
    sides = (_said(event.actor_codes, example.actors), _said(event.recipient_codes, example.recipients))
    if case.entry.sides == "symmetric":
        both = [*event.actor_codes, *event.recipient_codes]
        sides = (_said(both, example.actors), _said(both, example.recipients))
    return all(sides) and event.status == example.status


def _said(codes: list[str], wanted: list[str]) -> bool:
    """Whether each wanted code, main (``EGY``) or full (``EGY/GOV``), is among the codes of an event."""
    known = {*codes, *map(main_of, codes)}
    return set(wanted) <= known


def _shown(found: list[Event]) -> str:
    parts = [f"{e.type} {e.actor_codes}->{e.recipient_codes} {e.status} ({e.trigger.text})" for e in found]
    return "; ".join(parts) or "nothing"
