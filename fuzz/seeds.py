"""What fuzzing starts from: sources in each form and tables as the tests make them, the words of examples and times."""

from __future__ import annotations

import bz2
import functools
import gzip
import io
import json
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "sources")]

from made import HTML, ROW, TEXT, csv_of, docx_of, jsonl, pdf_of, tar_of, warc_of, zip_of  # noqa: E402

from exchange.made_up import told  # noqa: E402

# The names of files, which help to tell their form.
FORMS = ["a", "a.txt", "a.jsonl", "a.json", "a.csv", "a.tsv", "a.html", "a.docx", "a.pdf", "a.warc", "a.zip", "a.tar",
         "a.gz", "a.tgz", "a.bz2", "a.xz", "a.zst", "a.parquet"]  # fmt: skip
TABLES = ["records", "gdelt", "icews", "polecat", "plover", "acled", "csv", "parquet"]
_MARKS = ["،", ".", "؟", "؛", ":", '"', "«", "»", "(", ")", "-", "\n", "\n\n", "\u200f", "\u0640", "1", "25", "2016",
          "1437", "٢٠", "10/5", "2016-05-10", "3,5", "%", "$", "10:30"]  # fmt: skip


@functools.cache
def vocabulary() -> list[str]:
    """The words of the examples and of the knowledge of time, states and grammar, and marks."""
    import re

    found = dict.fromkeys(_MARKS)
    for file in sorted((ROOT / "examples").glob("*.txt")):
        found.update(dict.fromkeys(file.read_text(encoding="utf-8").split()))
    for folder in ("time", "grammar", "actors"):
        for file in sorted((ROOT / "src" / "rasd" / "data" / folder).rglob("*.yaml")):
            words = re.findall("[\u0621-\u064a]{2,}", file.read_text(encoding="utf-8"))
            found.update(dict.fromkeys(sorted(set(words))[:400]))
    return list(found)


def seeds(target: str) -> Iterator[bytes]:
    """Inputs that a target takes."""
    if target == "sources":
        for name, data in _sources().items():
            yield bytes([FORMS.index(name)]) + data
    elif target == "decoding":
        for encoding in ("utf-8", "cp1256", "iso8859_6", "utf-16", "utf-16-le"):
            yield TEXT.encode(encoding, "replace")
        for encoding in ("cp1252", "latin-1", "cp1256"):
            yield TEXT.encode().decode(encoding, "replace").encode()
        yield TEXT[::-1].encode()
    elif target == "tables":
        yield from _tables()
    elif target == "questions":
        for text in ("2016-05-10", "text=body,published=date", '"اتفاق نووي" -حرب OR سلام*', "وزير الخارجية", "TUR"):
            yield b"\0" + text.encode()
    else:
        size = len(vocabulary())
        for start in range(0, min(size, 4000), 40):
            yield b"\x11" + b"".join((n % 0xF000).to_bytes(2, "big") for n in range(start, start + 40))


def _sources() -> dict[str, bytes]:
    import zstandard

    lines = jsonl(ROW, ROW)
    page = [("http://e.org/", b"Content-Type: text/html", HTML.encode())]
    return {
        "a": TEXT.encode(), "a.txt": TEXT.encode("cp1256"), "a.jsonl": lines, "a.json": json.dumps([ROW, ROW]).encode(),
        "a.csv": csv_of([["text", "date"], [TEXT, "2014-05-25"]]),
        "a.tsv": csv_of([["text", "date"], [TEXT, "2014-05-25"]], "\t"), "a.html": HTML.encode(),
        "a.docx": docx_of(f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>"), "a.pdf": pdf_of([TEXT[60::-1], TEXT[:60:-1]]),
        "a.warc": gzip.decompress(warc_of(page)), "a.zip": zip_of({"a.txt": TEXT.encode(), "b.jsonl": lines}),
        "a.tar": tar_of({"a.txt": TEXT.encode()}), "a.gz": gzip.compress(lines),
        "a.tgz": gzip.compress(tar_of({"a.txt": TEXT.encode()})), "a.bz2": bz2.compress(lines),
        "a.xz": lzma.compress(lines), "a.zst": zstandard.compress(lines), "a.parquet": _parquet(),
    }  # fmt: skip


def _parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    written = io.BytesIO()
    pq.write_table(pa.table({"text": [TEXT], "date": ["2014-05-25"]}), written)
    return written.getvalue()


def _tables() -> Iterator[bytes]:
    from rasd.exchange import export, to_record

    items = [told(), told(key="a9/e1", status="planned")]
    yield b"\0" + b"".join(to_record(item).to_json() + b"\n" for item in items)
    for form, written in (("gdelt", "gdelt"), ("polecat", "polecat"), ("plover", "plover"), ("csv", "csv"),
                          ("parquet", "parquet")):  # fmt: skip
        out = io.BytesIO()
        export(written, items, out)
        yield bytes([TABLES.index(form)]) + out.getvalue()
    yield bytes([TABLES.index("acled")]) + (
        b"event_id_cnty,event_date,event_type,actor1,country\nA1,2020-01-01,Riots,Rioters (Peru),Peru\n"
    )
