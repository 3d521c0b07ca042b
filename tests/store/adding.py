"""A process that adds articles: ``python adding.py DATABASE FIRST LAST``. Prints each key once it is kept.

Its reader is a quick one: each text is an event of two powers, as ``made_of`` writes it.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rasd.record import Record
from rasd.relations import adding
from rasd.sources.article import Article
from rasd.sources.gathering import Gathered
from rasd.store import Store
from relations.records import made

POWERS = ("NOR", "JPN", "BRA", "KEN", "IND")


class QuickReader:
    """Reads what ``made_of`` wrote."""

    def __init__(self, version: str = "quick") -> None:
        self.version = version

    def read(self, text: str, *, published: str | dt.date | None = None, **named: Any) -> Record:
        actor, recipient, day, status = text.split()[:4]
        event = {"type": "CONSULT", "actors": [actor], "recipients": [recipient], "date": day, "status": status,
                 "says": text}  # fmt: skip
        record = made({"published": str(published) if published else None, "text": text, "events": [event]})
        for name in ("id", "title", "source", "url"):
            setattr(record.article, name, named.get(name))
        return record


def made_of(number: int) -> Article:
    """The article of a number: another pair and day for each."""
    one, two = POWERS[number % 5], POWERS[(number // 5 + number + 1) % 5]
    day = dt.date(2031, 1, 1) + dt.timedelta(days=number)
    words = " ".join(f"كلمة{number}{letter}" for letter in "ابتثجحخدذرزسش")
    return Article(f"{one} {two} {day} occurred {words}", id=f"n{number}", published=day)


def main() -> None:
    place, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    # Small batches, so that many are cut through.
    adding.ARTICLES = 3
    with Store(place, create=True) as store:
        found = (Gathered(str(n), made_of(n)) for n in range(first, last))
        adding.add(store, QuickReader(), found, on_outcome=lambda o: print(o.outcome, o.id, flush=True))


if __name__ == "__main__":
    main()
