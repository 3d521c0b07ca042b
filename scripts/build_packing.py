"""Make a dictionary that the store packs rows against: what sentences and articles of our own and their records say.

    python scripts/build_packing.py texts-3 records-3 facts-3

The files are written into ``src/rasd/store``. Rows that were packed against a file cannot be read without it: one
that a release has used is never made anew; a better one gets another name and another first byte
(`rasd.store.compression`).
"""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import msgspec
import zstandard

import rasd
from rasd.chronicle import Occurrence, Report
from rasd.lexicon import KnowledgeFiles
from rasd.relations import reports
from rasd.what.schema import Predicate

ROOT = pathlib.Path(__file__).resolve().parent.parent
# zlib looks no further back than 32 KB; a smaller dictionary is quicker to load for each row.
TEXTS, RECORDS, FACTS = 8_000, 30_000, 16_000
# So many examples of predicates make an article; a step so large spreads the predicates over articles.
SENTENCES, STEP = 6, 97
# What a dictionary of Zstandard has before its content, at most.
HEADER = 2_000


def main() -> None:
    examples = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
    entries = KnowledgeFiles().entries("predicates/*.yaml", Predicate, lambda entry: entry.id)
    sentences = [example.text for entry in entries for example in entry.examples]
    spread = [sentence for start in range(STEP) for sentence in sentences[start::STEP]]
    articles = [". ".join(spread[at : at + SENTENCES]) for at in range(0, len(spread), SENTENCES)]
    records: list[bytes] = []
    facts: list[bytes] = []
    for text in (*examples, *articles):
        record = rasd.read(text, published="2024-05-14")
        facts.extend(_bytes(occurrence(told)) for told in reports(record, "1"))
        record.article.text = ""
        records.append(_bytes(record))
    texts = [_bytes(text) for text in (*examples, *sentences)]
    for name, samples, size in zip(sys.argv[1:4], (texts, records, facts), (TEXTS, RECORDS, FACTS), strict=True):
        trained = zstandard.train_dictionary(size + HEADER, list[Any](samples)).as_bytes()
        (ROOT / "src" / "rasd" / "store" / f"{name}.dictionary").write_bytes(trained[-size:])


def _bytes(made: object) -> bytes:
    """As JSON, a byte to a letter; letters that need more say little of what others say."""
    return msgspec.json.encode(made).decode("utf-8").encode("cp1256", "ignore")


def occurrence(r: Report) -> Occurrence:
    """A report alone as an occurrence, for its form."""
    return Occurrence(
        "", r.type, r.mode, r.contexts, r.quad, r.score, r.actors, r.recipients, r.status, r.date, r.place, r.affairs,
        r.confidence, r.gloss, [r.id], 1,
    )  # fmt: skip


if __name__ == "__main__":
    main()
