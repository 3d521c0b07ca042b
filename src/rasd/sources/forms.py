"""Which form a part is in, by its name and its first bytes, and what reads that form."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator

from rasd.sources.part import FormError, Gathered, Part

Reads = Callable[[Part], Iterator[Gathered]]

# Where each form is read: the module is imported when the first part in its form is met.
_MODULES = {
    "text": "plain", "html": "web", "pdf": "pdf", "docx": "docx", "jsonl": "json_lines", "json": "json_values",
    "csv": "tables", "parquet": "parquet", "zip": "archives", "tar": "archives", "warc": "warc",
    "gz": "archives", "zst": "archives", "bz2": "archives", "xz": "archives", "feed": "feeds.feed_file",
}  # fmt: skip
_NAMES = {
    "jsonl": (".jsonl", ".ndjson", ".jsonlines"), "json": (".json",), "csv": (".csv", ".tsv", ".tab"),
    "html": (".html", ".htm", ".xhtml"), "text": (".txt", ".text"), "warc": (".warc",), "parquet": (".parquet", ".pq"),
    "pdf": (".pdf",), "docx": (".docx",),
}  # fmt: skip
_PACKED = {"gz": (b"\x1f\x8b",), "zst": (b"\x28\xb5\x2f\xfd",), "bz2": (b"BZh",), "xz": (b"\xfd7zXZ\x00",)}
# Forms that are told apart only to say what they are.
_OTHERS = [
    (b"\xd0\xcf\x11\xe0", "an old Office document: save it as .docx"), (b"{\\rtf", "RTF: save it as .docx or .txt"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"), (b"Rar!", "a RAR archive: unpack it first"),
    (b"\x89PNG", "a picture"), (b"\xff\xd8", "a picture"), (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
]  # fmt: skip
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)\b")


def form_of(part: Part) -> str:
    """The form of a part: what it shows of itself before what its name says. Raises `FormError`."""
    head = part.head()
    for form, marks in _PACKED.items():
        if head.startswith(marks):
            return form
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx" if part.name.endswith(".docx") or b"word/document.xml" in head else "zip"
    if b"%PDF-" in head[:1024] and not head.lstrip().startswith((b"<", b"{", b"[")):
        return "pdf"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    if head[257:262] == b"ustar":
        return "tar"
    for mark, what in _OTHERS:
        if head.startswith(mark):
            raise FormError(f"not a form that is read: {what}")
    named = next((form for form, ends in _NAMES.items() if part.name.endswith(ends)), None)
    if named is not None:
        return named
    return _by_look(head.removeprefix(b"\xef\xbb\xbf").lstrip())


def _by_look(head: bytes) -> str:
    if head.startswith(b"{"):
        first = head.split(b"\n", 1)[0].rstrip()
        return "jsonl" if len(first) > 1 and (b"\n" not in head or first.endswith(b"}")) else "json"
    if head.startswith((b"[{", b"[\n", b"[\r", b"[ ")):
        return "json"
    if head.startswith(b"<"):
        if _FEED.search(head):
            return "feed"
        if _HTML.search(head):
            return "html"
    return "text"


def articles(part: Part) -> Iterator[Gathered]:
    """The articles of a part, and what is set aside of it; what is wrong with the whole comes last, by its origin."""
    try:
        form = form_of(part)
        read: Reads = importlib.import_module(f"rasd.sources.{_MODULES[form]}").read
        yield from read(part)
    except FormError as error:
        yield Gathered(part.origin, reason=str(error))
    except (RecursionError, MemoryError) as error:
        yield Gathered(part.origin, reason=f"too deep or too large to be read ({type(error).__name__})")
