"""How fast times alone are read: tokens and `TimeReader`, in one process.

    python benchmarks/when.py [ARTICLE.txt] [--copies 300]

Prints copies of the article a second (without one, and where ``../shared`` is absent, of an example), the time for
one text of growing length, and for texts made of words of time alone.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from pathlib import Path

from rasd.lexicon import KnowledgeFiles, open_compiled
from rasd.text import document
from rasd.text.forms import WORDS, WordTable
from rasd.when import SECTIONS, TimeReader

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT.parent / "shared" / "seed" / "article.txt"
EXAMPLE = ROOT / "examples" / "summit.txt"
AIM = 300
AT = dt.date(2020, 6, 15)
DENSE = ["الأحد، ", "ثلاثة ", "الساعة 3 الأحد ", "من 3 إلى ", "1/", "كانون الثاني/", "قبل ذلك بعامين "]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("article", type=Path, nargs="?", default=SEED if SEED.exists() else EXAMPLE)
    parser.add_argument("--copies", type=int, default=300)
    options = parser.parse_args()
    lexicon = open_compiled(KnowledgeFiles(), (WORDS, *SECTIONS))
    words, reader = WordTable(lexicon), TimeReader(lexicon)

    def seconds(text: str) -> tuple[float, int]:
        start = time.perf_counter()
        doc = document(text, words)
        doc.published = AT
        reader.read(doc)
        return time.perf_counter() - start, len(doc.tokens)

    text = options.article.read_text(encoding="utf-8")
    seconds(text)
    spent = sum(seconds(text)[0] for _ in range(options.copies))
    print(f"articles a second: {options.copies / spent:,.0f} (aim {AIM}; {len(text.split())} words each)")
    for factor in (1, 10, 100):
        spent, tokens = seconds(f"{text}\n" * factor)
        print(f"one article {factor}x: {spent:.3f} s, {spent / tokens * 1e6:.1f} µs a token")
    for piece in DENSE:
        spent, tokens = seconds(piece * 3000)
        print(f"{piece.strip()!r} 3,000x: {spent:.3f} s, {spent / tokens * 1e6:.1f} µs a token")


if __name__ == "__main__":
    main()
