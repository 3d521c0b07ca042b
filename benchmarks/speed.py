"""How fast Rasd reads: words a second, cold start, memory, time against length.

    python benchmarks/speed.py [--quick] [--careful] [--corpus ARTICLES.jsonl[.gz]]

Without a corpus (and where ``../shared`` is absent) the example articles are read over and over.
A word is a run of letters between spaces.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import pathlib
import resource
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "corpus" / "saudinews-dev.jsonl.gz"
AIMS = {"words a second": 20_000, "cold start, s": 1.0, "peak memory, MB": 300}
CAREFUL_AIMS = {"words a second": 3_000, "cold start, s": 1.0, "peak memory, MB": 600}


def articles(path: pathlib.Path | None, limit: int) -> list[tuple[str, str | None]]:
    """Texts with their dates, from a corpus or from the examples."""
    if path is None or not path.exists():
        texts = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "examples").glob("*.txt"))]
        return [(text, "2024-03-11") for text in texts] * max(1, limit // len(texts))
    opener = gzip.open if path.suffix == ".gz" else open
    found: list[tuple[str, str | None]] = []
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            found.append((article["text"], article.get("published")))
            if len(found) >= limit:
                break
    return found


def warm_rate(texts: list[tuple[str, str | None]], careful: bool) -> float:
    """Words a second of one process that has read a tenth of the texts before."""
    from rasd import Reader
    from rasd.garbage import collect_seldom

    collect_seldom()  # as the commands do
    reader = Reader(careful=careful)
    for text, published in texts[: len(texts) // 10 + 1]:
        reader.read(text, published=published)
    words = sum(len(text.split()) for text, _ in texts)
    start = time.perf_counter()
    for text, published in texts:
        reader.read(text, published=published)
    return words / (time.perf_counter() - start)


def cold_start(runs: int, careful: bool) -> float:
    """Median seconds of ``rasd read`` on one example, the lexicon compiled before."""
    command = [sys.executable, "-m", "rasd", "read", str(ROOT / "examples" / "summit.txt"), "--json"]
    command += ["--careful"] * careful
    seconds: list[float] = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ)
        seconds.append(time.perf_counter() - start)
    return sorted(seconds[1:])[runs // 2]


def against_length(factors: tuple[int, ...], careful: bool) -> list[tuple[int, float]]:
    """Seconds for an article of some 330 words written 1, 10, 100 times over."""
    from rasd import Reader

    reader = Reader(careful=careful)
    text = (ROOT / "examples" / "summit.txt").read_text(encoding="utf-8") * 3
    reader.read(text, published="2024-05-14")
    found: list[tuple[int, float]] = []
    for factor in factors:
        start = time.perf_counter()
        reader.read(text * factor, published="2024-05-14")
        found.append((factor, time.perf_counter() - start))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the articles, fewer runs")
    parser.add_argument("--careful", action="store_true", help="with the learned reader (rasd[careful])")
    parser.add_argument("--corpus", type=pathlib.Path, default=SHARED if SHARED.exists() else None)
    options = parser.parse_args()
    texts = articles(options.corpus, 150 if options.quick else 1500)
    results = {
        "words a second": warm_rate(texts, options.careful),
        "cold start, s": cold_start(1 if options.quick else 5, options.careful),
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    aims = CAREFUL_AIMS if options.careful else AIMS
    for name, value in results.items():
        print(f"{name}: {value:,.2f} (aim {aims[name]:,})")
    for factor, seconds in against_length((1, 10) if options.quick else (1, 10, 100), options.careful):
        print(f"one article {factor}x: {seconds:.3f} s, {seconds / factor * 1000:.2f} ms each")


if __name__ == "__main__":
    main()
