"""How fast the views of a relationship come: series, ledger, dossier and page of a pair among many occurrences.

    python benchmarks/dossiers.py [--occurrences 300000]
    python benchmarks/dossiers.py --records records.jsonl USA IRN
    python benchmarks/dossiers.py --db rasd.db USA IRN

Without records or a database the occurrences are made up: eighty powers over ten years, one in sixty between two of
them.
Aims: series and ledger of a pair among 300,000 in 1 s, a dossier of a database of some thousand articles in 1 s.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from rasd.chronicle import Chronicle, Occurrence, Report, Scored, Side, Source, Stated, StatusChange, Words
from rasd.lexicon import KnowledgeFiles
from rasd.record import Affair, Entity, EventDate, Gloss, Name, Phase, Position, Record, Span
from rasd.relations import Memory
from rasd.relations.course import scored_course
from rasd.relations.dossier import Asked, pair
from rasd.relations.dyad import Party
from rasd.relations.pages.compose import page
from rasd.relations.pages.html import html

T = TypeVar("T")
KINDS = [
    ("CONSULT", "verbal_cooperation", 2.5, "consult.meet", 30), ("AGREE", "verbal_cooperation", 2.5, "agree.reach", 8),
    ("SUPPORT", "verbal_cooperation", 5.0, "support.sign", 8), ("AID", "material_cooperation", 10.0, "aid.give", 5),
    ("COOPERATE", "material_cooperation", 9.5, "cooperate.cooperate", 6),
    ("REQUEST", "verbal_conflict", 0.0, "request.request", 8), ("ACCUSE", "verbal_conflict", -3.0, "accuse.accuse", 14),
    ("THREATEN", "verbal_conflict", -3.5, "threaten.threaten", 4),
    ("ASSAULT", "material_conflict", -9.0, "assault.attack", 12),
    ("SANCTION", "material_conflict", -6.0, "sanction.impose", 5),
]  # fmt: skip
STATUSES = ["occurred"] * 14 + ["planned"] * 3 + ["ongoing", "possible", "denied"]
FIRST, DAYS, POWERS, AFFAIRS = dt.date(2010, 1, 1), 3652, 80, 400


class MadeUp:
    """A chronicle of made-up occurrences, by the codes on their sides; reports are made when they are asked for."""

    def __init__(self, count: int) -> None:
        chance = random.Random(7)
        self._by_id: dict[str, Occurrence] = {}
        self._by_code: dict[str, set[str]] = {}
        weights = [k[4] for k in KINDS]
        powers = [1 / (n + 4) for n in range(POWERS)]
        for n in range(count):
            one, two = chance.choices(range(POWERS), powers, k=2)
            made = self._occurrence(n, one, two if two != one else (one + 1) % POWERS, chance, weights)
            self._by_id[made.id] = made
            for side in (*made.actors, *made.recipients):
                self._by_code.setdefault(side.code[:3], set()).add(made.id)

    def _occurrence(self, n: int, one: int, two: int, chance: random.Random, weights: list[int]) -> Occurrence:
        kind, quad, score, _, _ = chance.choices(KINDS, weights)[0]
        day = (FIRST + dt.timedelta(days=int(chance.random() * DAYS))).isoformat()
        sides = [Side(f"Q{p:02}/GOV", Name(f"دولة {p}", f"State {p}")) for p in (one, two)]
        status = chance.choice(STATUSES)
        reports = [f"a{n}.{r}/e1" for r in range(chance.choice((1, 1, 1, 2, 2, 4, 8)))]
        return Occurrence(
            id=f"o{n}", type=kind, mode=None, contexts=[], quad=quad, score=score, actors=sides[:1],
            recipients=sides[1:], status=status, date=EventDate(day, day, day, None, None, False), place=None,
            affairs=[f"issue:affair {chance.randrange(AFFAIRS)}"], confidence=0.8,
            gloss=Gloss(f"خبر {n}", f"State {one} and State {two}, {kind.lower()} {n}"), reports=reports,
            voices=len(reports), course=[StatusChange(status, day, reports[0])],
        )  # fmt: skip

    def occurrences(
        self, codes: Sequence[str] = (), *, begin: dt.date | None = None, end: dt.date | None = None,
        about: Sequence[str] = (), status: Sequence[str] = (),
    ) -> Iterator[Occurrence]:  # fmt: skip
        ids = set.intersection(*(self._by_code.get(c, set()) for c in codes)) if codes else self._by_id
        return (self._by_id[i] for i in ids)

    def scored(
        self, codes: Sequence[str] = (), *, begin: dt.date | None = None, end: dt.date | None = None
    ) -> Iterator[Scored]:
        for o in self.occurrences(codes):
            assert o.date is not None
            yield Scored(o.id, o.date.begin, o.date.end, o.quad, o.score, o.status, o.confidence, o.voices)

    def reports(self, ids: Iterable[str]) -> Mapping[str, Report]:
        return {i: self._report(i) for i in ids}

    def _report(self, id: str) -> Report:
        key = id.partition("/")[0]
        o = self._by_id["o" + key[1:].partition(".")[0]]
        rule = next(k[3] for k in KINDS if k[0] == o.type)
        source = Source(key, "paper", f"عنوان {key}", None, o.date.value if o.date else None)
        return Report(
            id=id, source=source, voice=key, type=o.type, mode=None, contexts=[], quad=o.quad, score=o.score,
            actors=o.actors, recipients=o.recipients, others=[], status=o.status, date=o.date, place=None,
            affairs=o.affairs, attribution=[], counts=[], trigger=Span(0, 3),
            words=Words(key, 0, 40, "خبر من كلام مصنوع للقياس لا غير"), rule=rule, confidence=0.8, gloss=o.gloss,
        )  # fmt: skip

    def articles_by_day(self) -> Mapping[dt.date, int]:
        return {FIRST + dt.timedelta(days=n): 40 + n % 7 * 10 for n in range(DAYS)}

    def affairs(self, codes: Sequence[str] = (), *, keys: Sequence[str] = ()) -> Iterator[Stated[Affair]]:
        for key in keys:
            affair = Affair("a1", "issue", Name(None, key.partition(":")[2]), None, [], None, None, [])
            yield Stated(affair, Source(key, "paper", None, None, None), [Words(key, 0, 4, "كلام")])

    def positions(self, codes: Sequence[str] = ()) -> Sequence[Stated[Position]]:
        return ()

    def phases(self, codes: Sequence[str] = ()) -> Sequence[Stated[Phase]]:
        return ()

    def entities(self, articles: Iterable[str], *, kinds: Sequence[str] = ()) -> Sequence[Stated[Entity]]:
        return ()


def timed(what: str, do: Callable[..., T], *given: object) -> T:
    """What ``do`` makes of what is given, after printing how long it took, waiting for the processor left out."""
    start, busy = time.perf_counter(), time.process_time()
    made = do(*given)
    print(f"  {what}: {time.perf_counter() - start:.3f} s, {time.process_time() - busy:.3f} s of work")
    return made


def measure(chronicle: Chronicle, first: str, second: str) -> None:
    """Print what each view of a pair takes, twice: with the modules and files it needs loaded, and not."""
    files = KnowledgeFiles()
    gc.collect()
    gc.freeze()  # what a database holds is not looked through for garbage either
    for times in ("first", "again"):
        print(f"{first} and {second}, {times}")
        read = chronicle.articles_by_day()
        course = timed("series", lambda read: scored_course(chronicle.scored((first, second)), read), read)
        made = timed("dossier", pair, chronicle, Party(first), Party(second), Asked(), files)
        shown = timed("page", page, made, "en", files)
        text = timed("HTML", html, shown)
        print(f"  {len(made.lines):,} events, {len(made.articles):,} articles, {len(text):,} letters of HTML, "
              f"{len(course.points):,} bars by {course.step}, {len(course.turns)} turns")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pair", nargs="*", metavar="CODE", default=["Q00", "Q01"])
    parser.add_argument("--occurrences", type=int, default=300_000)
    parser.add_argument("--records", metavar="FILE")
    parser.add_argument("--db", metavar="PATH")
    options = parser.parse_args()
    if len(options.pair) != 2:
        parser.error("name two powers")
    if options.records:
        with open(options.records, "rb") as lines:
            measure(Memory(Record.from_json(line) for line in lines), *options.pair)
    elif options.db:
        from rasd.store import Store

        with Store(options.db) as store, store.reading() as ledger:
            measure(ledger, *options.pair)
    else:
        made = timed(f"making {options.occurrences:,} occurrences", MadeUp, options.occurrences)
        measure(made, *options.pair)
        measure(made, "Q10", "Q20")


if __name__ == "__main__":
    main()
