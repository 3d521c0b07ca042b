"""How well reports of one event are brought together, against marks made by hand.

    python benchmarks/identity.py ../shared/corpus/saudinews-dev.jsonl.gz [--records CODED.jsonl] [--misses]

The whole corpus is read (or its records, as ``rasd code`` wrote them) and remembered, article after article. Then
the reports that ``identity.tsv`` marks are looked up: B-cubed precision, recall and F1 over reports; precision and
recall over pairs of one event; and, for the pairs that meet under a key, how well their probability alone tells them
apart. Once for the events on which weights were worked out, once for those that only measure.
"""

from __future__ import annotations

import argparse
import gzip
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from rasd import Reader
from rasd.chronicle import Report
from rasd.record import Record
from rasd.relations import Identity, Memory
from rasd.relations.profile import weighted_keys
from rasd.relations.reports import tellings
from rasd.sources.article import Article
from rasd.sources.jsonl import JsonLines

MARKS = Path(__file__).with_name("identity.tsv")
TUNED, KEPT = "tuned", "kept"
# A mark's place may be so many characters off: a reader may cut a word's particles otherwise.
SLACK = 3


class Mark(NamedTuple):
    """A report marked by hand: its article, type and place, the event that it is of, and the part of the marks."""

    article: str
    type: str
    place: int
    event: str
    part: str


class Score(NamedTuple):
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass
class Marked:
    """Marks that a reading answers: the event of each report, and how many marks have no report."""

    events: dict[str, str] = field(default_factory=dict[str, str])
    parts: dict[str, str] = field(default_factory=dict[str, str])
    unmatched: list[Mark] = field(default_factory=list[Mark])

    def of(self, part: str | None) -> dict[str, str]:
        """The event of each report of one part of the marks, or of all."""
        return {r: e for r, e in self.events.items() if part is None or self.parts[r] == part}


def read_marks(path: Path = MARKS) -> list[Mark]:
    """The marks of a file. Raises ValueError naming a line that is none."""
    marks: list[Mark] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            try:
                article, kind, place, event, part = line.split("\t")
                marks.append(Mark(article, kind, int(place), event, part))
            except ValueError:
                raise ValueError(f"{path}: line {number}: not article, type, place, event, part") from None
    return marks


def match(marks: Iterable[Mark], records: Mapping[str, Record]) -> Marked:
    """Find the report of each mark. A mark that no report answers, or one that another has, is told as unmatched."""
    marked = Marked()
    for mark in marks:
        record = records.get(mark.article)
        near = [
            (abs(event.trigger.start - mark.place), f"{mark.article}/{told[0].id}")
            for told in (tellings(record.events) if record is not None else [])
            for event in told
            if event.type == mark.type and abs(event.trigger.start - mark.place) <= SLACK
        ]
        report = min(near)[1] if near else None
        if report is None or marked.events.get(report, mark.event) != mark.event:
            marked.unmatched.append(mark)
        else:
            marked.events[report] = mark.event
            marked.parts[report] = mark.part
    return marked


def bcubed(found: Mapping[str, str], events: Mapping[str, str]) -> Score:
    """B-cubed precision and recall: how much of each report's group is right, how much of its event is there."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    truth: defaultdict[str, set[str]] = defaultdict(set)
    for report, event in events.items():
        groups[found[report]].add(report)
        truth[event].add(report)
    right = [(len(groups[found[r]] & truth[e]), len(groups[found[r]]), len(truth[e])) for r, e in events.items()]
    count = max(1, len(right))
    return Score(sum(n / group for n, group, _ in right) / count, sum(n / event for n, _, event in right) / count)


def pairs(found: Mapping[str, str], events: Mapping[str, str]) -> Score:
    """Precision and recall over pairs of reports that are said to be of one event."""
    both = said = true = 0
    for one, two in combinations(events, 2):
        together, same = found[one] == found[two], events[one] == events[two]
        both += together and same
        said += together
        true += same
    return Score(both / max(1, said), both / max(1, true))


def meeting(identity: Identity, reports: Mapping[str, Report], events: Mapping[str, str]) -> list[tuple[bool, float]]:
    """Of the pairs of marked reports that share a key: whether they are of one event, and how likely it is thought."""
    profiles = {id: identity.profile(reports[id]) for id in events}
    asking = {id: weighted_keys(profile, asking=True).keys() for id, profile in profiles.items()}
    return [
        (events[one] == events[two], identity.probability(reports[one], reports[two]))
        for one, two in combinations(events, 2)
        if profiles[one].article != profiles[two].article
        and (not asking[one].isdisjoint(profiles[two].keys) or not asking[two].isdisjoint(profiles[one].keys))
    ]


def records_of(corpus: Path | None, coded: Path | None) -> Iterator[Record]:
    """The records of a corpus: those of ``coded``, or read from the articles of ``corpus``."""
    if coded is not None:
        with gzip.open(coded, "rb") if coded.suffix == ".gz" else coded.open("rb") as lines:
            for line in lines:
                yield Record.from_json(line)
        return
    reader = Reader()
    with JsonLines(str(corpus)) as articles:
        for _, _, article in articles:
            if isinstance(article, Article):
                yield reader.read(
                    article.text, published=article.published, id=article.id, title=article.title, source=article.source
                )


def report(name: str, found: Mapping[str, str], events: Mapping[str, str], met: list[tuple[bool, float]]) -> None:
    sizes = Counter(events.values())
    cubed, paired = bcubed(found, events), pairs(found, events)
    likely = [same for same, probability in met if probability >= 0.5]
    same = sum(s for s, _ in met)
    several = sum(n > 1 for n in sizes.values())
    print(f"{name}: {len(events)} reports of {len(sizes)} events, {several} of them of several reports")
    print(f"  B-cubed: precision {cubed.precision:.3f} recall {cubed.recall:.3f} F1 {cubed.f1:.3f}")
    print(f"  pairs brought together: precision {paired.precision:.3f} recall {paired.recall:.3f}")
    print(
        f"  pairs that meet under a key: {same} of one event, {len(met) - same} of two; by probability alone "
        f"precision {sum(likely) / max(1, len(likely)):.3f} recall {sum(likely) / max(1, same):.3f}"
    )


def misses(found: Mapping[str, str], events: Mapping[str, str], reports: Mapping[str, Report]) -> None:
    """Print events that fell apart and groups that hold several, each report by its gloss."""
    for title, groups, other in (("fell apart", events, found), ("ran together", found, events)):
        told: defaultdict[str, list[str]] = defaultdict(list)
        for id in events:
            told[groups[id]].append(id)
        for ids in told.values():
            if len({other[id] for id in ids}) > 1:
                print(f"{title}:")
                for id in sorted(ids, key=lambda i: other[i]):
                    print(f"  {other[id]:>8}  {id:24} {reports[id].status:9} {reports[id].gloss.en}")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path, nargs="?", help="the articles, JSON Lines")
    parser.add_argument("--records", type=Path, help="their records, as `rasd code` wrote them")
    parser.add_argument("--misses", action="store_true", help="list what fell apart and what ran together")
    args = parser.parse_args(argv)
    if args.corpus is None and args.records is None:
        parser.error("give the corpus, or --records")
    records = {record.article.id or "": record for record in records_of(args.corpus, args.records)}
    identity = Identity()
    began = time.process_time()
    memory = Memory(identity=identity)
    for key, record in records.items():
        memory.add(record, key)
    seconds = time.process_time() - began
    found = {report: o.id for o in memory.occurrences() for report in o.reports}
    marked = match(read_marks(), records)
    reports = memory.reports(marked.events)
    print(
        f"{len(records):,} articles, {len(found):,} reports, {len(set(found.values())):,} occurrences; {seconds:.1f} s"
    )
    print(f"marks: {len(marked.events)} matched, {len(marked.unmatched)} not")
    for name in (TUNED, KEPT, None):
        events = marked.of(name)
        report(name or "all", found, events, meeting(identity, reports, events))
    if args.misses:
        misses(found, marked.events, reports)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
