"""The examples of the predicate files, and whether the reader reads them as their entries say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rasd import Reader
from rasd.checking.examples import example_fault
from rasd.lexicon.files import KnowledgeFiles
from rasd.what.schema import Example, Predicate

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
    return example_fault(reader, case.entry, case.example)
