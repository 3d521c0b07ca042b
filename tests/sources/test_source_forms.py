"""The one door: whatever form, the same articles come out, each with where it is from."""

from __future__ import annotations

import bz2
import datetime as dt
import gzip
import io
import json
import lzma
import os
import tarfile
from pathlib import Path

import pytest
from made import HTML, OTHER, ROW, TEXT, csv_of, docx_of, jsonl, pdf_of, tar_of, warc_of, zip_of

from rasd.sources import Article, Columns, Gathered, gather

DAY = dt.date(2014, 5, 25)
BODY_ROW = {"body": TEXT, "headline": "لقاء في مسقط", "date": "25/05/2014"}


def parquet() -> bytes:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    written = io.BytesIO()
    pq.write_table(pa.table({"Article Text": [TEXT, OTHER], "date": [DAY, None], "id": [1, 2]}), written)
    return written.getvalue()


def zst() -> bytes:
    return pytest.importorskip("zstandard").compress(jsonl(ROW))


def found(tmp_path: Path, name: str, data: bytes, **options: object) -> list[Gathered]:
    file = tmp_path / name
    file.write_bytes(data)
    return list(gather([str(file)], **options))  # type: ignore[arg-type]


FORMS = {
    "a.txt": (lambda: TEXT.encode(), "", None),
    "plain": (lambda: TEXT.encode("cp1256"), "", None),
    "a.jsonl": (lambda: jsonl(ROW), ", line 1", DAY),
    "other.jsonl": (lambda: jsonl(BODY_ROW), ", line 1", DAY),
    "lines": (lambda: jsonl(ROW), ", line 1", DAY),
    "old.jsonl": (lambda: jsonl(ROW).decode().encode("cp1256"), ", line 1", DAY),
    "wide.jsonl": (lambda: jsonl(ROW).decode().encode("utf-16"), ", line 1", DAY),
    "wide.json": (lambda: json.dumps([ROW], ensure_ascii=False).encode("utf-16-le"), ", item 1", DAY),
    "a.json": (lambda: json.dumps([ROW], indent=2).encode(), ", item 1", DAY),
    "one.json": (lambda: json.dumps(ROW, indent=2).encode(), ", item 1", DAY),
    "held.json": (lambda: json.dumps({"status": "ok", "articles": [ROW]}).encode(), ", item 1, 1", DAY),
    "a.csv": (lambda: csv_of([["Date", "Headline", "Body"], ["2014-05-25", "لقاء", TEXT]]), ", line 2", DAY),
    "marked.csv": (lambda: b"\xef\xbb\xbf" + csv_of([["text"], [TEXT]]), ", line 2", None),
    "arabic.csv": (
        lambda: csv_of([["التاريخ", "النص"], ["2014-05-25", TEXT]], ";", "cp1256"), ", line 2", DAY,
    ),
    "wide.csv": (lambda: b"\xff\xfe" + csv_of([["text"], [TEXT]]).decode().encode("utf-16-le"), ", line 2", None),
    "a.tsv": (lambda: csv_of([["published", "text"], ["20140525", TEXT]], "\t"), ", line 2", DAY),
    "a.parquet": (parquet, ", row 1", DAY),
    "a.html": (lambda: HTML.encode(), "", DAY),
    "a.docx": (lambda: docx_of(f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>"), "", None),
    "a.pdf": (lambda: pdf_of(line[::-1] for line in (TEXT[:70], TEXT[70:140], TEXT[140:])), "", None),
    "a.txt.gz": (lambda: gzip.compress(TEXT.encode()), "", None),
    "a.jsonl.bz2": (lambda: bz2.compress(jsonl(ROW)), ", line 1", DAY),
    "a.jsonl.xz": (lambda: lzma.compress(jsonl(ROW)), ", line 1", DAY),
    "a.jsonl.zst": (zst, ", line 1", DAY),
    "a.parquet.gz": (lambda: gzip.compress(parquet()), ", row 1", DAY),
    "a.zip": (lambda: zip_of({"in/b.txt": TEXT.encode(), "__MACOSX/in/._b.txt": b"x"}), ", in/b.txt", None),
    "a.tar": (lambda: tar_of({"b.jsonl": jsonl(ROW)}), ", b.jsonl, line 1", DAY),
    "a.tgz": (lambda: gzip.compress(tar_of({"b.html": HTML.encode()})), ", b.html", DAY),
    "n.zip": (lambda: zip_of({"a.tgz": gzip.compress(tar_of({"b.txt": TEXT.encode()}))}), ", a.tgz, b.txt", None),
    "a.warc.gz": (
        lambda: warc_of([("http://example.org/1", b"Content-Type: text/html; charset=utf-8", HTML.encode())]),
        ", record 1", DAY,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_forms(name: str, tmp_path: Path) -> None:
    make, where, day = FORMS[name]
    first = found(tmp_path, name, make())[0]
    assert first.reason is None
    assert first.article is not None
    assert TEXT[:60] in first.article.text
    assert first.origin == f"{tmp_path / name}{where}"
    assert first.article.published == day
    alone = not where
    assert first.file == (str(tmp_path / name) if alone else None)


def test_a_page_says_its_headline_outlet_and_address(tmp_path: Path) -> None:
    [page] = found(tmp_path, "page", HTML.encode())
    assert page.article is not None
    assert (page.article.title, page.article.source) == ("لقاء في مسقط", "صحيفة البلاد")
    assert page.article.url == "https://example.org/n/1"
    assert "جميع الحقوق" not in page.article.text
    assert "الرئيسية" not in page.article.text


def test_pages_of_a_crawl(tmp_path: Path) -> None:
    html = b"Content-Type: text/html; charset=utf-8"
    packed = gzip.compress(HTML.encode())
    pieces = b"%x\r\n%s\r\n0\r\n\r\n" % (len(HTML.encode()), HTML.encode())
    pages = [
        ("http://e.org/1", html + b"\r\nContent-Encoding: gzip", packed),
        ("http://e.org/2.css", b"Content-Type: text/css", b"a { color: red }"),
        ("http://e.org/3", html + b"\r\nTransfer-Encoding: chunked", pieces),
        ("http://e.org/4", html.replace(b"utf-8", b"windows-1256"), HTML.replace("utf-8", "x").encode("cp1256")),
        ("http://e.org/5", html, b"<html><body></body></html>"),
    ]  # fmt: skip
    *read, last = found(tmp_path, "a.warc.gz", warc_of(pages))
    assert [g.article.url for g in read if g.article] == ["http://e.org/1", "http://e.org/3", "http://e.org/4"]
    assert all(g.article is not None and TEXT in g.article.text for g in read)
    assert last.reason == "no article on the page"


def test_word_without_what_was_deleted(tmp_path: Path) -> None:
    body = (
        f"<w:p><w:r><w:t>{TEXT}</w:t></w:r><w:del><w:r><w:delText>محذوف</w:delText></w:r></w:del></w:p>"
        f"<w:p><w:r><w:t>{OTHER[:50]}</w:t><w:br/><w:t>{OTHER[50:]}</w:t></w:r></w:p>"
    )
    [document] = found(tmp_path, "a.docx", docx_of(body, title="لقاء في مسقط"))
    assert document.article == Article(f"{TEXT}\n{OTHER[:50]}\n{OTHER[50:]}", title="لقاء في مسقط")


def test_columns_as_given(tmp_path: Path) -> None:
    columns = Columns.parsed("text=b,published=c")
    rows = [{"a": "x", "b": TEXT, "c": "2014-05-25"}]
    for name, data in {
        "a.jsonl": jsonl(*rows), "a.json": json.dumps(rows).encode(),
        "a.csv": csv_of([["b", "c"], [TEXT, "2014-05-25"]]),
    }.items():  # fmt: skip
        [one] = found(tmp_path, name, data, columns=columns)
        assert one.article == Article(TEXT, published=DAY), name
    [missing] = found(tmp_path, "b.csv", csv_of([["x", "c"], [TEXT, "2014-05-25"]]), columns=columns)
    assert missing.reason == "there is no column 'b' (columns: x, c)"


def test_defaults_stand_for_what_is_not_said(tmp_path: Path) -> None:
    defaults = Article("", source="الوكالة", published=dt.date(2013, 1, 1))
    first, second = found(tmp_path, "a.jsonl", jsonl(ROW, {"text": TEXT}), defaults=defaults)
    assert first.article is not None
    assert second.article is not None
    assert (first.article.source, first.article.published) == ("البلاد", DAY)
    assert (second.article.source, second.article.published) == ("الوكالة", dt.date(2013, 1, 1))


def test_folders_and_patterns(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / ".git").mkdir()
    outside = tmp_path / "outside.txt"
    outside.write_text(TEXT, encoding="utf-8")
    for name in ("b.txt", "a\nb.txt", "deep/c.txt", ".hidden.txt", ".git/d.txt"):
        (tmp_path / "in" / name).write_text(TEXT, encoding="utf-8")
    os.symlink(outside, tmp_path / "in" / "link.txt")
    os.symlink(tmp_path, tmp_path / "in" / "up")
    os.mkfifo(tmp_path / "in" / "pipe")
    all_of = [(g.origin.removeprefix(f"{tmp_path}/in/"), g.reason) for g in gather([str(tmp_path / "in")])]
    assert all_of == [
        ("a\\nb.txt", None),
        ("b.txt", None),
        ("link.txt", "a link out of the folder"),
        ("pipe", "not a regular file"),
        ("up", "a link to a folder"),
        ("deep/c.txt", None),
    ]
    assert [g.origin for g in gather([str(tmp_path / "in" / "*.txt")]) if g.article][-1].endswith("link.txt")
    [deep] = gather([str(tmp_path / "in" / "**" / "c.*")])
    assert deep.origin == str(tmp_path / "in" / "deep" / "c.txt")
    [none] = gather([str(tmp_path / "none" / "*.txt")])
    assert none.reason == "no file matches"


REFUSED = {
    "en.txt": (b"The ministers met in Muscat on Sunday. " * 9, "not Arabic"),
    "empty.csv": (b"", "empty"),
    "empty.txt": (b"", "empty"),
    "a.csv": (csv_of([["when", "what"], ["2014", TEXT]]), "which column is the text? say --columns"),
    "a.json": (json.dumps([ROW]).encode()[:-40], "truncated: the last item has no end"),
    "b.json": (json.dumps([ROW]).encode()[:-1], "truncated: the array has no end"),
    "a.docx": (zip_of({"word/x.xml": b""}), "not a Word document"),
    "sheet.zip": (zip_of({"[Content_Types].xml": b"", "xl/a.xml": b""}), "not a form that is read: an Office document"),
    "a.doc": (b"\xd0\xcf\x11\xe0" + bytes(600), "not a form that is read: an old Office document: save it as .docx"),
    "a.rtf": (b"{\\rtf1 x}", "not a form that is read: RTF"),
    "a.png": (b"\x89PNG\r\n\x1a\n", "not a form that is read: a picture"),
    "a.bin": (bytes(9000), "not text (binary data)"),
    "feed.xml": (b'<?xml version="1.0"?><rss version="2.0"></rss>', "a feed without items"),
    "broken.xml": (b"<rss><channel><it", "the feed cannot be read (its XML is broken)"),
    "map.xml": (b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>', "a map of a site: give its"),
    "list.opml": (b'<opml version="2.0"><body/></opml>', "a list of feeds, which rasd watch follows"),
    "a.gz": (gzip.compress(TEXT.encode() * 99)[:-30], "the gzip is truncated or damaged"),
    "a.zip": (zip_of({"a.txt": TEXT.encode()})[:-30], "the archive is truncated or damaged"),
    "a.tar": (tar_of({"a.jsonl": jsonl(ROW) * 99})[:20_000], "the archive is truncated or damaged"),
    "a.pdf": (b"%PDF-1.4\nnothing", "the PDF is truncated or damaged"),
    "scan.pdf": (pdf_of([]), "no text layer (a scan?)"),
    "a.parquet": (b"PAR1" + bytes(90), "truncated or damaged"),
    "a.html": (b"<html><body><p></p></body></html>", "no article on the page"),
    "lost.txt": (TEXT.encode().decode("cp1252", "replace").encode(), "garbled (read in the wrong encoding), and"),
}  # fmt: skip


def cut_zst() -> bytes:
    zstandard = pytest.importorskip("zstandard")
    return zstandard.compress(jsonl(*ROWS)[:-200_000]) + zstandard.compress(jsonl(*ROWS))[:-100]


# No row is like another, so that they do not shrink to nothing.
ROWS = [{**ROW, "id": f"n{n}", "url": f"https://example.org/{n * 7919 % 6007}"} for n in range(3000)]
CUT = {
    "a.jsonl.gz": lambda: gzip.compress(jsonl(*ROWS))[:-2000],
    "a.json.gz": lambda: gzip.compress(json.dumps(ROWS).encode())[:-2000],
    "a.jsonl.xz": lambda: lzma.compress(jsonl(*ROWS))[:-2000],
    "a.jsonl.zst": cut_zst,
    "whole.zst": lambda: cut_zst()[:-20_000],
}


@pytest.mark.parametrize("name", CUT)
def test_what_comes_before_a_break_is_read(name: str, tmp_path: Path) -> None:
    *read, last = found(tmp_path, name, CUT[name]())
    assert len(read) > 2000
    assert (last.reason or "").endswith("is truncated or damaged")


def test_a_short_packed_file_that_breaks_off(tmp_path: Path) -> None:
    first, last = found(tmp_path, "a.jsonl.gz", gzip.compress(jsonl(ROW, {"text": OTHER}))[:-20])
    assert first.article is not None
    assert last.reason == "the gzip is truncated or damaged"


def test_pages_of_a_crawl_before_its_break_are_read(tmp_path: Path) -> None:
    pages = [(f"https://example.org/{n}", b"Content-Type: text/html; charset=utf-8", HTML.encode()) for n in range(3)]
    read = found(tmp_path, "a.warc.gz", warc_of(pages)[:-60])
    assert [g.article is not None for g in read] == [True, True, False]


def test_a_stray_byte_among_escaped_letters_is_no_letter(tmp_path: Path) -> None:
    lines = json.dumps(ROW).encode() + b'\n{"text": "\xc7\xe1"}\n'
    assert [g.reason for g in found(tmp_path, "a.jsonl", lines)] == [None, "not UTF-8"]


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_set_aside_has_its_reason(name: str, tmp_path: Path) -> None:
    data, reason = REFUSED[name]
    *_, last = found(tmp_path, name, data)
    assert last.article is None
    assert (last.reason or "").startswith(reason)
    assert last.foreign == (name == "en.txt")


def test_a_bad_row_does_not_stop_the_rest(tmp_path: Path) -> None:
    table = csv_of(
        [["id", "date", "text"], ["1", "01/02/2014", TEXT], ["2", "", ""], ["3", "", "English only"], ["4", "", TEXT]]
    )
    read = found(tmp_path, "a.csv", table)
    assert [g.reason and g.reason.split("(")[0] for g in read] == [
        "published: '01/02/2014' may be 01-02 or 02-01: write it as 2016-10-31", "no text", "not Arabic ", None,
    ]  # fmt: skip
    assert [g.id for g in read[:3]] == ["1", "2", "3"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_an_object_may_lack_a_field_that_was_named(name: str, tmp_path: Path) -> None:
    bare, whole = {"Inhalt": TEXT}, {"Inhalt": TEXT, "Tag": "2014-05-25", "title": "لقاء", "date": "1999-01-01"}
    rows = [bare, whole, bare, {"Tag": "2014-05-25"}, whole]
    data = jsonl(*rows) if name == "a.jsonl" else json.dumps(rows).encode()
    read = found(tmp_path, name, data, columns=Columns.parsed("text=Inhalt,published=Tag"))
    # Until it is met once it may be mistyped.
    assert read[0].reason == "there is no column 'Tag' (columns: Inhalt)"
    assert [g.article and g.article.published for g in read[1:]] == [DAY, None, None, DAY]
    assert read[2].article is not None
    assert read[3].reason == "there is no column 'Inhalt' (columns: Tag)"


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.parquet"])
def test_what_is_set_aside_has_its_id(name: str, tmp_path: Path) -> None:
    row = {"guid": "n7", "text": TEXT, "date": "01/02/2014"}
    table = io.BytesIO()
    if name == "a.parquet":
        pytest.importorskip("pyarrow.parquet").write_table(pytest.importorskip("pyarrow").table(_columns(row)), table)
    data = {
        "a.jsonl": jsonl(row), "a.json": json.dumps([row, {"held": [row]}]).encode(),
        "a.csv": csv_of([list(row), list(row.values())]), "a.parquet": table.getvalue(),
    }  # fmt: skip
    read = found(tmp_path, name, data[name])
    assert {g.id for g in read} == {"n7"}


def _columns(row: dict[str, str]) -> dict[str, list[str]]:
    return {name: [value] for name, value in row.items()}


def test_members_that_are_no_files(tmp_path: Path) -> None:
    link = tarfile.TarInfo("link.txt")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    data = tar_of({"link.txt": link, "b.txt": TEXT.encode()})
    assert [g.reason for g in found(tmp_path, "a.tar", data)] == ["not a regular file", None]


def test_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for module in ("trafilatura", "pypdf", "fastwarc.warc", "zstandard"):
        monkeypatch.setitem(sys.modules, module, None)
    for name, data in {
        "a.html": HTML.encode(),
        "a.pdf": pdf_of([]),
        "a.warc": b"WARC/1.0\r\n",
        "a.zst": b"\x28\xb5\x2f\xfd",
    }.items():
        [refused] = found(tmp_path, name, data)
        assert (refused.reason or "").endswith("pip install 'rasd[sources]'"), name
