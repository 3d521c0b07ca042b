"""Sources that the tests make themselves: a text of our own in many forms, a small writer of PDF."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
import zipfile
import zlib
from collections.abc import Iterable

TEXT = (
    "استقبل وزير الخارجية العماني في مسقط نظيره الكيني، وبحثا التعاون بين البلدين في مجالات الملاحة والاستثمار. "
    "وأكد الجانبان أهمية الحوار في القرن الأفريقي، ودعا الوزير إلى إنهاء القتال على الحدود الجنوبية فوراً."
)
OTHER = TEXT.replace("الكيني", "الأوغندي").replace("مسقط", "صلالة")
ROW = {"id": "n1", "title": "لقاء في مسقط", "text": TEXT, "published": "2014-05-25", "source": "البلاد"}
HTML = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">
<title>لقاء في مسقط - صحيفة البلاد</title>
<meta property="og:site_name" content="صحيفة البلاد">
<meta property="article:published_time" content="2014-05-25T10:00:00+04:00">
<link rel="canonical" href="https://example.org/n/1"></head>
<body><nav><a href="/">الرئيسية</a> <a href="/s">رياضة</a></nav>
<article><h1>لقاء في مسقط</h1><p>{TEXT}</p><p>{OTHER}</p></article><footer>جميع الحقوق محفوظة</footer></body></html>"""


def jsonl(*rows: dict[str, object]) -> bytes:
    """JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def csv_of(rows: Iterable[Iterable[str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A table in text."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue().encode(encoding, "replace")


def zip_of(members: dict[str, bytes]) -> bytes:
    """A zip."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return written.getvalue()


def tar_of(members: dict[str, bytes | tarfile.TarInfo]) -> bytes:
    """A tar."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        for name, data in members.items():
            if isinstance(data, tarfile.TarInfo):
                archive.addfile(data)
                continue
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return written.getvalue()


def docx_of(body: str, *, before: str = "", title: str = "") -> bytes:
    """A Word document around the XML of its body."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    members = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": f'<?xml version="1.0"?>{before}<w:document xmlns:w="{word}"><w:body>{body}</w:body>'
        "</w:document>",
        "docProps/core.xml": f'<c:p xmlns:c="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}'
        "</dc:title></c:p>",
    }
    return zip_of({name: data if isinstance(data, bytes) else data.encode() for name, data in members.items()})


def warc_of(pages: Iterable[tuple[str, bytes, bytes]]) -> bytes:
    """A crawl: for each page its address, the head of the answer, the page."""
    records: list[bytes] = []
    for url, head, page in pages:
        answer = b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n" + page
        records.append(
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2014-06-01T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{len(records)}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n".encode()
            + answer
            + b"\r\n\r\n"
        )
    return b"".join(gzip.compress(record) for record in records)


def pdf_of(lines: Iterable[str], *, pieces: Iterable[list[tuple[int, str]]] = ()) -> bytes:
    """A PDF of one page. Each line is written as it stands, one letter after another; of ``pieces`` each line is pieces
    with the place of each from the left."""
    placed = [[(50, line)] for line in lines] + [list(line) for line in pieces]
    content = ["BT /F1 12 Tf"]
    for number, line in enumerate(placed):
        for x, text in line:
            codes = text.encode("utf-16-be").hex()
            content.append(f"1 0 0 1 {x} {700 - 20 * number} Tm <{codes}> Tj")
    content.append("ET")
    letters = sorted({ord(c) for line in placed for _, text in line for c in text})
    pairs = "\n".join(f"<{code:04x}> <{code:04x}>" for code in letters)
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def "
        "1 begincodespacerange <0000> <ffff> endcodespacerange "
        f"{len(letters)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        _stream("\n".join(content)),
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] "
        "/ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        "/Supplement 0 >> /DW 500 >>",
        _stream(to_unicode),
    ]
    written = bytearray(b"%PDF-1.4\n")
    places: list[int] = []
    for number, text in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    start = len(written)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    written += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    written += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(written)


def _stream(text: str) -> str:
    packed = zlib.compress(text.encode("latin-1"))
    return f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n{packed.decode('latin-1')}\nendstream"
