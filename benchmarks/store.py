"""What the database costs: time of adding against coding, its size, memory, search, a pair among many occurrences.

    python benchmarks/store.py [--quick] [--corpus ARTICLES.jsonl[.gz]]

Times of adding and coding are of the processor, so that a busy machine does not matter. Without a corpus (and where
``../shared`` is absent) the example articles are added, many times over with other words in them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import itertools
import json
import os
import pathlib
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

from rasd.chronicle import Occurrence, Ruling, Side
from rasd.record import Article, Dating, EventDate, Gloss, Name, Record
from rasd.sources.article import Article as SourceArticle
from rasd.store import Store
from rasd.store.articles import identify

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "corpus" / "saudinews-dev.jsonl.gz"
AIMS = {
    "adding by coding": 1.5, "database by text": 3.0, "memory while adding, MB": 600, "a search, ms": 100,
    "a pair of 300,000, s": 1.0, "its series, s": 1.0,
}  # fmt: skip
QUERIES = ("الاتفاق النووي", "صواريخ", '"قناة السويس"', "محادثات موسكو", "Iran talks", "السعودية أو قطر", "حوثي* عدن")
PAIR = ("RUS", "TUR")


def lines(corpus: pathlib.Path | None, limit: int) -> list[bytes]:
    """Articles of a corpus, or made of the examples, a JSON object each."""
    if corpus is not None and corpus.exists():
        with gzip.open(corpus) if corpus.suffix == ".gz" else corpus.open("rb") as opened:
            return list(itertools.islice(opened, limit))
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
    made = ({"id": str(n), "text": f"{texts[n % len(texts)]} {n}", "published": "2024-05-14"} for n in range(limit))
    return [json.dumps(article).encode() + b"\n" for article in made]


def processor_seconds(*arguments: str) -> tuple[float, float]:
    """Processor seconds and peak memory (MB) of a run of ``rasd``."""
    command = [sys.executable, "-m", "rasd", *arguments]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return spent, after.ru_maxrss / 1024


def real(folder: pathlib.Path, articles: list[bytes]) -> Iterator[tuple[str, float]]:
    """Adding the articles of a corpus, and searching them."""
    corpus, db = folder / "articles.jsonl", folder / "real.db"
    corpus.write_bytes(b"".join(articles))
    processor_seconds("read", str(ROOT / "examples" / "summit.txt"), "--json")  # the lexicon is compiled before
    coding, _ = processor_seconds("code", str(corpus), "-o", str(folder / "records.jsonl"))
    with Store(str(db), create=True) as store:
        assert store.terms.version
    adding, memory = processor_seconds("add", str(corpus), "--db", str(db))
    text = sum(len(json.loads(line)["text"].encode()) for line in articles)
    yield "adding by coding", adding / coding
    yield "database by text", db.stat().st_size / text
    yield "memory while adding, MB", memory
    with Store(str(db)) as store:
        store.search("شيء")
        spent = [seconds(lambda query=query: store.search(query)) for query in QUERIES]
        yield "a search, ms", 1000 * max(spent)


def synthetic(folder: pathlib.Path, many: int) -> Iterator[tuple[str, float]]:
    """A pair's occurrences and series among many made-up ones."""
    chance = random.Random(1)
    codes = [*PAIR, *(a + b + c for a, b, c in itertools.islice(itertools.product("ABCDE", "LMNOP", "VWXYZ"), 98))]
    # Some powers are in the news all the time.
    weights = [1 / (1 + n / 5) for n in range(len(codes))]
    day = dt.date(2015, 1, 1)
    with Store(str(folder / "synthetic.db"), create=True) as store:
        for start in range(0, many, 5000):
            with store.writing() as writer:
                found = []
                for n in range(start, min(start + 5000, many)):
                    one, two = chance.choices(codes, weights, k=2)
                    on = (day + dt.timedelta(days=chance.randrange(3650))).isoformat()
                    found.append(occurrence(one, two, on, n))
                record = Record(
                    Article(str(start), None, None, None, "ar", "نص", None, Dating()),
                    [],
                    [],
                    [],
                    [],
                    [],
                    [],
                    [],
                    [],
                    [],
                )
                key = writer.keep(identify(SourceArticle("نص", id=str(start))), record, "benchmark")
                writer.tell(key, Ruling(key, [], found))
        whole: list[Occurrence] = []
        yield "a pair of 300,000, s", seconds(lambda: whole.extend(store.occurrences(PAIR)))
        yield "its series, s", seconds(lambda: store.scored(PAIR))
        print(f"({len(whole):,} occurrences of the pair)")


def occurrence(one: str, two: str, day: str, n: int) -> Occurrence:
    """A made-up occurrence between two powers."""
    sides = [Side(f"{code}/GOV", Name(f"حكومة {code}", f"the government of {code}"), None) for code in (one, two)]
    cooperates = n % 3 > 0
    return Occurrence(
        "", "CONSULT" if cooperates else "ACCUSE", None, ["diplomatic"],
        "verbal_cooperation" if cooperates else "verbal_conflict", 2.5 if cooperates else -3.0, sides[:1], sides[1:],
        "occurred", EventDate(day, day, day, None, None, False), None, [], 0.9,
        Gloss(f"التقى وزير خارجية {one} نظيره {two} ({n})", f"the foreign ministers of {one} and {two} met ({n})"),
        [], 1,
    )  # fmt: skip


def seconds(act: Callable[[], object], runs: int = 3) -> float:
    """Median seconds of an act."""
    spent: list[float] = []
    for _ in range(runs):
        start = time.process_time()
        act()
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the articles and occurrences")
    parser.add_argument("--corpus", type=pathlib.Path, default=SHARED if SHARED.exists() else None)
    options = parser.parse_args()
    tenth = 10 if options.quick else 1
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        for name, value in itertools.chain(
            real(folder, lines(options.corpus, 3047 // tenth)), synthetic(folder, 300_000 // tenth)
        ):
            print(f"{name}: {value:,.3f} (aim {AIMS[name]:,})", flush=True)


if __name__ == "__main__":
    main()
