"""PDF with a text layer: one article a file, its lines put in reading order and joined to paragraphs."""

from __future__ import annotations

import io
import logging
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rasd.sources.article import Article
from rasd.sources.files import MAX_BYTES
from rasd.sources.libraries import library, missing
from rasd.sources.part import FormError, Gathered, Part
from rasd.sources.visual import is_drawn, logical, unshaped

_PAGES = 2000
# A file that is made to be slow is left; pages of books take a hundredth of this.
_SECONDS = 60.0
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE_END = re.compile(r"[.!?؟:…][\"»”)\]]?\s*$")
# Gaps that the places of brackets and marks make, and that nobody wrote.
_GAPS = re.compile(r" +(?=[)\]»”،؛,.؟!:])|(?<=[(\[«“]) +")
# A line that ends so far before the others has nothing more to hold: a paragraph ends with it.
_SHORT = 0.75


def read(part: Part) -> Iterator[Gathered]:
    """The article of a PDF. Raises `FormError` where it has no text layer, is locked or damaged."""
    try:
        pypdf = library("pypdf")
    except ImportError:
        raise missing("PDF", "pypdf") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    data = part.all(MAX_BYTES)
    try:
        document: Any = pypdf.PdfReader(io.BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):
            raise FormError("it is locked with a password")
        text = _text(document)
        title = _title(document)
    except (FormError, RecursionError, MemoryError):
        raise
    except Exception as error:
        raise FormError(f"the PDF is truncated or damaged ({type(error).__name__})") from error
    if not text.strip():
        raise FormError("no text layer (a scan?)")
    yield Gathered(part.origin, Article(text, title=title), file=part.path)


def _text(document: Any) -> str:
    pages: list[list[str]] = []
    until = time.monotonic() + _SECONDS
    for number, page in enumerate(document.pages):
        if number >= _PAGES or time.monotonic() > until:
            raise FormError(f"over {_PAGES:,} pages, or over {_SECONDS:.0f} s to read")
        lines = _Lines()
        page.extract_text(visitor_text=lines.take)
        pages.append(lines.drawn())
    drawn = [line for page in pages for line in page]
    # Some writers put whole lines in reading order, which then have been turned once too often.
    turned = is_drawn("\n".join(drawn)) or not any(_RIGHT_TO_LEFT.search(line) for line in drawn)
    read = [[unshaped(logical(line) if turned else line) for line in page] for page in pages]
    return "\n".join(paragraph for page in read for paragraph in paragraphs(page)).strip("\n")


@dataclass(slots=True)
class _Lines:
    """The pieces of text of a page, as they come, gathered to lines as they are drawn, from left to right."""

    _lines: list[list[tuple[float, str]]] = field(default_factory=lambda: [[]])

    def take(self, text: str, matrix: list[float], text_matrix: list[float], *_: object) -> None:
        """Take a piece: the reader gives those of right-to-left letters turned, so they are turned back."""
        x = text_matrix[4] * matrix[0] + matrix[4] if len(matrix) > 4 and len(text_matrix) > 4 else 0.0
        for number, line in enumerate(text.split("\n")):
            if number:
                self._lines.append([])
            pieces = self._lines[-1]
            if pieces and line.isspace():
                # A gap that the reader makes out has no place of its own.
                pieces[-1] = (pieces[-1][0], pieces[-1][1] + line)
            elif line:
                pieces.append((x, line[::-1] if _RIGHT_TO_LEFT.search(line) else line))

    def drawn(self) -> list[str]:
        """The lines, empty ones kept, since they part paragraphs."""
        return [self._joined(pieces) for pieces in self._lines]

    @staticmethod
    def _joined(pieces: list[tuple[float, str]]) -> str:
        return "".join(text for _, text in sorted(pieces, key=lambda piece: piece[0]))


def paragraphs(lines: list[str]) -> list[str]:
    """Lines joined to paragraphs: one ends at an empty line, and where a line is short or a sentence ends early."""
    lengths = [len(line.strip()) for line in lines if len(line.strip()) > 20]
    full = statistics.median(lengths) if lengths else 0
    found: list[str] = []
    open_line = False
    for line in lines:
        line = _GAPS.sub("", " ".join(line.split()))
        if not line:
            open_line = False
            continue
        if open_line:
            found[-1] += " " + line
        else:
            found.append(line)
        ended = _SENTENCE_END.search(line) is not None
        short = len(line) < _SHORT * full
        open_line = not (short or (ended and len(line) < full)) and _LETTER.search(line) is not None
    return found


def _title(document: Any) -> str | None:
    """The title of its properties, if it is Arabic: others are names of files."""
    title: object = document.metadata.get("/Title") if document.metadata else None
    if not isinstance(title, str) or not any("\u0621" <= c <= "\u064a" for c in title):
        return None
    return " ".join(title.split()) or None
