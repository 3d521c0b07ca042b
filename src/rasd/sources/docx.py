"""Word documents (.docx): the paragraphs of the body, a line each, without what was deleted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import cast
from xml.parsers import expat

from rasd.sources.article import Article
from rasd.sources.files import MAX_BYTES
from rasd.sources.part import FormError, Gathered, Part, Unpacked, damage

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# Deleted and moved text, the second telling of a text box, notes of fields.
_PASSED_OVER = {
    f"{_WORD} del",
    f"{_WORD} moveFrom",
    f"{_COMPATIBLE} Fallback",
    f"{_WORD} instrText",
    f"{_WORD} delText",
}
_MARKS = {f"{_WORD} tab": "\t", f"{_WORD} br": "\n", f"{_WORD} cr": "\n", f"{_WORD} noBreakHyphen": "-"}
_MAX_DEPTH = 200


def read(part: Part) -> Iterator[Gathered]:
    """The article of a Word document. Raises `FormError`."""
    try:
        with zipfile.ZipFile(io.BytesIO(part.all(MAX_BYTES))) as archive:
            body = _member(archive, "word/document.xml", part)
            if body is None:
                raise FormError("not a Word document")
            text = _Paragraphs().text(body)
            title = _title(archive, part)
    except FormError:
        raise
    except expat.ExpatError as error:
        raise FormError(f"damaged ({expat.errors.messages.get(error.code, error)})") from error
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise FormError(damage(error)) from error
    if not text.strip():
        raise FormError("no text")
    yield Gathered(part.origin, Article(text, title=title), file=part.path)


def _member(archive: zipfile.ZipFile, name: str, part: Part) -> bytes | None:
    try:
        opened = archive.open(name)
    except KeyError:
        return None
    with opened:
        data = io.BufferedReader(Unpacked(cast(io.BufferedReader, opened), part.budget)).read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise FormError(f"too large for one article (over {MAX_BYTES // 1024 // 1024} MB)")
    return data


def _parser() -> expat.XMLParserType:
    """A parser that takes no definitions: Word writes none, and entities in entities grow without end."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise FormError("it defines entities, as no Word document does")

    parser.StartDoctypeDeclHandler = refuse
    return parser


class _Paragraphs:
    """The text of a body, gathered as it is parsed."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._depth = self._passing = self._in_text = 0

    def text(self, xml: bytes) -> str:
        parser = _parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._letters
        parser.Parse(xml, True)
        return "".join(self._pieces).strip("\n")

    def _start(self, name: str, _attributes: object) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise FormError("its XML is nested too deeply")
        if self._passing or name in _PASSED_OVER:
            self._passing += 1
        elif name == f"{_WORD} t":
            self._in_text += 1
        elif name in _MARKS:
            self._pieces.append(_MARKS[name])

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._passing:
            self._passing -= 1
        elif name == f"{_WORD} t":
            self._in_text -= 1
        elif name == f"{_WORD} p":
            self._pieces.append("\n")

    def _letters(self, text: str) -> None:
        if self._in_text and not self._passing:
            self._pieces.append(text)


def _title(archive: zipfile.ZipFile, part: Part) -> str | None:
    """The title of its properties, if it is Arabic: others are names of templates and files."""
    xml = _member(archive, "docProps/core.xml", part)
    if xml is None or len(xml) > 1_000_000:
        return None
    found: list[str] = []
    inside = False

    def start(name: str, _attributes: object) -> None:
        nonlocal inside
        inside = name.endswith(" title")

    def end(_name: str) -> None:
        nonlocal inside
        inside = False

    def letters(text: str) -> None:
        if inside:
            found.append(text)

    parser = _parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, letters
    parser.Parse(xml, True)
    title = "".join(found).strip()
    return title if any("\u0621" <= c <= "\u064a" for c in title) else None
