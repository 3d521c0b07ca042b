"""How well articles are dated by their text alone.

    python benchmarks/dating.py ARTICLES.jsonl.gz [--since 2015-08-01] [--limit 500] [--misses]

Each article is read with its own date hidden. The figures say how often an interval is given (an end may be
open), how often the truth lies inside it, how wide it is and how often it is one day; once for
every other article, on which the clues were tuned, and once for those between them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import statistics
from dataclasses import dataclass, field
from pathlib import Path

from rasd import Reader
from rasd.record import Dating


@dataclass
class Tally:
    """What became of the articles of one half."""

    name: str
    total: int = 0
    given: int = 0
    inside: int = 0
    exact: int = 0
    lower: int = 0
    upper: int = 0
    widths: list[int] = field(default_factory=list)

    def add(self, dating: Dating, truth: str) -> bool:
        """Count an article; whether the truth lies inside what is given."""
        self.total += 1
        if dating.earliest is None and dating.latest is None:
            return True
        self.given += 1
        right = (dating.earliest or "0") <= truth <= (dating.latest or "9")
        self.inside += right
        self.lower += dating.latest is None
        self.upper += dating.earliest is None
        if dating.earliest and dating.latest:
            width = (dt.date.fromisoformat(dating.latest) - dt.date.fromisoformat(dating.earliest)).days + 1
            self.widths.append(width)
            self.exact += right and width == 1
        return right

    def report(self) -> None:
        given = max(1, self.given)
        print(
            f"{self.name}: articles {self.total}, interval given {self.given} ({self.given / max(1, self.total):.3f})"
        )
        print(f"  truth inside {self.inside} of {self.given} ({self.inside / given:.3f})")
        print(f"  open after {self.lower}, open before {self.upper}, closed {len(self.widths)}", end="")
        if self.widths:
            print(f", median width {statistics.median(self.widths):.0f} days, the very day {self.exact}", end="")
        print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--since", default="2015-08-01", help="leave out articles published before")
    parser.add_argument("--limit", type=int, default=1_000_000)
    parser.add_argument("--misses", action="store_true", help="list the articles whose day lies outside")
    options = parser.parse_args()
    reader = Reader()
    halves = Tally("tuned on"), Tally("not seen")
    opener = gzip.open if options.articles.suffix == ".gz" else open
    count = 0
    with opener(options.articles, "rt", encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            if article["published"] < options.since or count >= options.limit:
                continue
            half = halves[count % 2]
            count += 1
            dating = reader.dating(article["text"])
            if not half.add(dating, article["published"]) and options.misses:
                spans = [article["text"][s.start : s.end] for s in dating.evidence]
                print("missed", half.name, article["id"], dating.earliest, dating.latest, dating.basis, spans)
    for half in halves:
        half.report()


if __name__ == "__main__":
    main()
