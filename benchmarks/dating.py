"""How well articles are dated by their text alone.

    python benchmarks/dating.py ARTICLES.jsonl.gz [--since 2015-08-01] [--limit 500]

Each article's own date is hidden; the figures say how often an interval is given, how often the
truth lies inside it, how wide it is and how often it is one day.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import statistics
from pathlib import Path

from rasd.lexicon import KnowledgeFiles, open_compiled
from rasd.text import document
from rasd.text.forms import WORDS, WordTable
from rasd.text.particles import PARTICLES, Particles
from rasd.text.tagger import Tagger
from rasd.when import SECTIONS, TimeReader, date_article


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--since", default="2015-08-01")
    parser.add_argument("--limit", type=int, default=1_000_000)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    lexicon = open_compiled(KnowledgeFiles(), (WORDS, PARTICLES, *SECTIONS))
    words, reader, tagger = WordTable(lexicon), TimeReader(lexicon), Tagger(Particles(lexicon))
    total = given = closed = inside = exact = 0
    widths: list[int] = []
    opener = gzip.open if options.articles.suffix == ".gz" else open
    with opener(options.articles, "rt", encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            if article["published"] < options.since or total >= options.limit:
                continue
            total += 1
            doc = document(article["text"], words)
            tagger.tag(doc)
            reader.read(doc)
            dating = date_article(doc)
            if dating.earliest is None and dating.latest is None:
                continue
            given += 1
            truth = article["published"]
            right = (dating.earliest or "0") <= truth <= (dating.latest or "9")
            inside += right
            if options.misses and not right:
                spans = [article["text"][s.start : s.end] for s in dating.evidence]
                print("missed", article["id"], truth, dating.earliest, dating.latest, dating.basis, spans)
            if dating.earliest and dating.latest:
                closed += 1
                width = (dt.date.fromisoformat(dating.latest) - dt.date.fromisoformat(dating.earliest)).days + 1
                widths.append(width)
                exact += right and width == 1
    print(f"articles {total}; interval given {given} ({given / max(1, total):.3f}), closed on both sides {closed}")
    print(f"truth inside {inside} of {given} ({inside / max(1, given):.3f})")
    if widths:
        print(f"median width of closed intervals {statistics.median(widths)} days; the very day {exact}")


if __name__ == "__main__":
    main()
