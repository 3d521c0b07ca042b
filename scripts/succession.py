"""Gaps and overlaps in who held which office, by the registry.

    python scripts/succession.py [STATE ...] [--days 60]

For each state (those that Arabic news is fullest of, unless some are named) and each of its heads, foreign
and defence ministers: stretches from 2000 to 2026 for which nobody is listed, and those for which two are.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from rasd.lexicon import KnowledgeFiles
from rasd.who.schema import Person
from rasd.who.tenure import first_day, last_day

STATES = [
    "SAU",
    "ARE",
    "KWT",
    "QAT",
    "BHR",
    "OMN",
    "YEM",
    "IRQ",
    "SYR",
    "LBN",
    "JOR",
    "PSE",
    "EGY",
    "SDN",
    "LBY",
    "TUN",
    "DZA",
    "MAR",
    "MRT",
    "SOM",
    "DJI",
    "COM",
    "TUR",
    "IRN",
    "ISR",
    "USA",
    "RUS",
    "CHN",
    "GBR",
    "FRA",
    "DEU",
    "ITA",
    "JPN",
    "IND",
    "PAK",
    "AFG",
    "UKR",
    "GRC",
    "KOR",
    "PRK",
]
# Who heads the state or government, for each state; and the ministers looked for everywhere.
HEADS = ("president", "king", "emir", "sultan", "supreme-leader", "prime-minister", "chancellor")
MINISTERS = ("foreign-minister", "defence-minister")
FIRST, LAST = dt.date(2000, 1, 1), dt.date(2026, 1, 1)


class Stretch(NamedTuple):
    """Days for which an office has nobody (``who`` is empty) or more than one."""

    state: str
    office: str
    since: dt.date
    until: dt.date
    who: tuple[str, ...]


def terms() -> dict[tuple[str, str], list[tuple[dt.date, dt.date, str]]]:
    """The terms of each office of each state, in order of time."""
    people = KnowledgeFiles().entries("actors/people*.yaml", Person, lambda e: e.en)
    found: dict[tuple[str, str], list[tuple[dt.date, dt.date, str]]] = defaultdict(list)
    for person in people:
        for tenure in person.offices:
            owner = tenure.of or person.state
            if owner and (tenure.since or tenure.until):
                found[owner, tenure.office].append((first_day(tenure.since), last_day(tenure.until), person.en))
    return {key: sorted(spans) for key, spans in found.items()}


def stretches(state: str, office: str, spans: list[tuple[dt.date, dt.date, str]], days: int) -> Iterator[Stretch]:
    """Gaps and overlaps of an office longer than so many days, within the years looked at."""
    slack = dt.timedelta(days)
    reached, holder = FIRST, ""
    for since, until, name in [(max(s, FIRST), min(u, LAST), n) for s, u, n in spans if u >= FIRST and s <= LAST]:
        if since - reached > slack:
            yield Stretch(state, office, reached, since, ())
        elif holder and reached - since > slack and min(reached, until) - since > slack and holder != name:
            yield Stretch(state, office, since, min(reached, until), (holder, name))
        if until > reached:
            reached, holder = until, name
    if LAST - reached > slack:
        yield Stretch(state, office, reached, LAST, ())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("states", nargs="*", default=STATES)
    parser.add_argument("--days", type=int, default=60)
    options = parser.parse_args()
    known = terms()
    for state in options.states:
        held = [office for office in HEADS if (state, office) in known]
        if not held:
            print(state, "no head listed")
        for office in (*held, *MINISTERS):
            for stretch in stretches(state, office, known.get((state, office), []), options.days):
                what = " and ".join(stretch.who) if stretch.who else "nobody"
                print(state, office, stretch.since, "to", stretch.until, what)


if __name__ == "__main__":
    main()
