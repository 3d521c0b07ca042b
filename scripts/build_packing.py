"""Make a dictionary that the store packs rows against: what records of our example articles say.

    python scripts/build_packing.py texts-2 records-2 facts-2

The files are written into ``src/rasd/store``. Rows that were packed against a file cannot be read without it: one
that a release has used is never made anew; a better one gets another name and another first byte
(`rasd.store.packing`).
"""

from __future__ import annotations

import pathlib
import sys

import msgspec

import rasd
from rasd.chronicle import Occurrence
from rasd.relations import reports

ROOT = pathlib.Path(__file__).resolve().parent.parent
# zlib looks no further back than 32 KB; a smaller dictionary is quicker to load for each row.
RECORDS, FACTS = 16_000, 4_000


def main() -> None:
    texts_name, records_name, facts_name = sys.argv[1:4]
    texts: list[bytes] = []
    records: list[bytes] = []
    told: list[bytes] = []
    facts: list[bytes] = []
    for path in sorted((ROOT / "examples").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        texts.append(text.encode("utf-8"))
        record = rasd.read(text, published="2024-05-14")
        found = reports(record, "1")
        record.article.text = ""
        records.append(msgspec.json.encode(record))
        told.append(msgspec.json.encode(found)[: RECORDS // 6])
        facts.extend(msgspec.json.encode(occurrence(r)) for r in found)
    (ROOT / "src" / "rasd" / "store" / f"{texts_name}.dictionary").write_bytes(b"".join(texts))
    # What stands last is found at the least cost.
    target = ROOT / "src" / "rasd" / "store"
    whole = b"".join([*told, *(r[-RECORDS // 3 :] for r in records), *(r[: RECORDS // 8] for r in records)])
    (target / f"{records_name}.dictionary").write_bytes(whole[-RECORDS:])
    (target / f"{facts_name}.dictionary").write_bytes(b"".join(facts)[-FACTS:])


def occurrence(r: rasd.chronicle.Report) -> Occurrence:
    """A report alone as an occurrence, for its form."""
    return Occurrence(
        "", r.type, r.mode, r.contexts, r.quad, r.score, r.actors, r.recipients, r.status, r.date, r.place, r.affairs,
        r.confidence, r.gloss, [r.id], 1,
    )  # fmt: skip


if __name__ == "__main__":
    main()
