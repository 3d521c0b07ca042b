"""Crawls (WARC): each page that a server answered with is an article."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from rasd.sources.libraries import library, missing
from rasd.sources.part import FormError, Gathered, Part
from rasd.sources.web import MAX_PAGE, page

_PAGES = ("text/html", "application/xhtml+xml")


def read(part: Part) -> Iterator[Gathered]:
    """The articles of a crawl's pages; pictures, scripts and answers without a page are passed over."""
    try:
        fastwarc = library("fastwarc.warc")
    except ImportError:
        raise missing("WARC", "fastwarc") from None
    kinds = fastwarc.WarcRecordType.response | fastwarc.WarcRecordType.resource
    number = 0
    records: Any = None
    stream = _Onward(part)
    while True:
        try:
            if records is None:
                opened = fastwarc.ArchiveIterator(stream, record_types=kinds, parse_http=True, auto_decode="none")
                records = iter(opened)
            record = next(records, None)
            if record is None:
                break
            number += 1
            found = _page(record, part, number)
        except (FormError, KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # a panic of the library is no Exception
            raise stream.problem or FormError(f"truncated or damaged after record {number:,}") from error
        if found is not None:
            yield found


class _Onward:
    """A part as a file that one can only go on in, which is all that a crawl needs."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._at = 0
        self.problem: FormError | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._part.some(size)
        except FormError as error:
            self.problem = error  # which the library would lose
            raise
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        ahead = offset if whence == 1 else offset - self._at
        if whence not in (0, 1) or ahead < 0:
            raise OSError("a crawl is read onward only")
        while ahead and (data := self.read(min(ahead, 1 << 16))):
            ahead -= len(data)
        return self._at


def _page(record: Any, part: Part, number: int) -> Gathered | None:
    url = record.headers.get("WARC-Target-URI")
    http = record.http_headers
    kind = str(record.http_content_type or record.headers.get("Content-Type") or "").lower()
    if not kind.startswith(_PAGES) or (http is not None and http.status_code != 200):
        return None
    origin = f"{part.origin}, record {number:,}"
    data: bytes = record.reader.read(MAX_PAGE + 1)
    try:
        if len(data) > MAX_PAGE:
            raise FormError("the page is too large")
        data = _plain(data, http, part)
        return Gathered(origin, page(data, url, record.http_charset), raw=str(url or ""))
    except FormError as error:
        if "pip install" in str(error):
            raise
        return Gathered(origin, reason=str(error), raw=str(url or ""))


def _plain(data: bytes, http: Any, part: Part) -> bytes:
    """What the page was before its server packed it."""
    if http is None:
        return data
    if "chunked" in str(http.get("Transfer-Encoding", "")).lower():
        data = _joined(data)
    packing = str(http.get("Content-Encoding", "")).strip().lower()
    if packing not in ("gzip", "x-gzip", "deflate"):
        return data
    if packing == "deflate" and data[:1] != b"\x78":
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    else:
        unpacking = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        unpacked = unpacking.decompress(data, MAX_PAGE + 1)
    except zlib.error:
        # Crawlers often keep the header and unpack the page.
        return data
    part.budget.spend(len(unpacked))
    if len(unpacked) > MAX_PAGE:
        raise FormError("the page is too large")
    return unpacked


def _joined(data: bytes) -> bytes:
    """A page sent in pieces, put together; as it is where it was put together before."""
    pieces: list[bytes] = []
    at = 0
    while True:
        end = data.find(b"\r\n", at, at + 64)
        try:
            size = int(data[at:end].split(b";")[0], 16) if end > at else -1
        except ValueError:
            size = -1
        if size < 0:
            return data if not pieces else b"".join(pieces)
        if not size:
            return b"".join(pieces)
        pieces.append(data[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
