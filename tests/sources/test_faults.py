"""What is made to do harm, and what any bytes do: refused with a line, in bounded time and memory."""

from __future__ import annotations

import gzip
import io
import json
import random
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import HTML, ROW, TEXT, csv_of, docx_of, jsonl, pdf_of, tar_of, warc_of, zip_of

from rasd.sources import Gathered, gather, part, tables
from rasd.sources.json_values import Values
from rasd.sources.part import Budget, Part


def found(tmp_path: Path, name: str, data: bytes) -> list[Gathered]:
    file = tmp_path / name
    file.write_bytes(data)
    return list(gather([str(file)]))


@pytest.fixture
def small_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bombs are told at a thousandth of what they may have, so that the tests are quick."""
    monkeypatch.setattr(part, "FLOOR", 256 * 1024)


ZEROS = b" " * 3_000_000
BOMBS: dict[str, Callable[[], bytes]] = {
    "a.txt.gz": lambda: gzip.compress(ZEROS),
    "a.jsonl.gz": lambda: gzip.compress(b'{"text": "' + ZEROS),
    "a.zip": lambda: zip_of({"a.txt": b" " * 3_000_000}),
    "many.zip": lambda: zip_of({f"{n}.txt": b" " * 100_000 for n in range(40)}),
    "deep.gz": lambda: gzip.compress(gzip.compress(gzip.compress(ZEROS * 9))),
    "a.tgz": lambda: gzip.compress(tar_of({"a.txt": b" " * 3_000_000})),
}


@pytest.mark.usefixtures("small_floor")
@pytest.mark.parametrize("name", BOMBS)
def test_bombs(name: str, tmp_path: Path) -> None:
    outcome = found(tmp_path, name, BOMBS[name]())
    assert all(g.article is None for g in outcome)
    assert any("a bomb?" in (g.reason or "") for g in outcome), outcome


def test_a_member_of_a_zip_without_a_name(tmp_path: Path) -> None:
    data = zip_of({"a.txt": TEXT.encode(), "b.txt": TEXT.encode()}).replace(b"a.txt", b"\0.txt")
    assert [g.article.text if g.article else g.reason for g in found(tmp_path, "a.zip", data)] == [TEXT, TEXT]


def test_archives_without_end(tmp_path: Path) -> None:
    data = TEXT.encode()
    for _ in range(9):
        data = zip_of({"a.zip": data})
    [refused] = found(tmp_path, "a.zip", data)
    assert refused.reason == "over 4 archives in one another"


_RETURN = "a carriage return within a row: end lines with a line feed"


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"text\tdate\r\xc9\n", _RETURN),
        (b"text,date\r" + TEXT.encode() + b",2014-05-25\r", _RETURN),
        (b"x" * 5_000, "line over 2,000 bytes"),
        (b'text,"' + b"x\n" * 2_000, "a cell over 2,000 characters: is its quotation mark closed?"),
    ],
)  # fmt: skip
def test_a_table_whose_first_row_cannot_be_parted(
    head: bytes, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MAX_LINE", 2_000)
    [refused] = found(tmp_path, "a.csv", head)
    assert (refused.article, refused.reason) == (None, reason)


def test_a_zip_that_says_wrong_lengths(tmp_path: Path) -> None:
    data = bytearray(zip_of({"a.txt": TEXT.encode()}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 20 : at + 28] = b"\xff\xff\xff\x7f\xff\xff\xff\x7f"
    [one] = found(tmp_path, "a.zip", bytes(data))
    assert one.article is None or one.article.text == TEXT
    # Two members on the same bytes, as bombs are made.
    end = data.rindex(b"PK\x05\x06")
    data[end:end] = data[at:end]
    data[end + end - at + 8 : end + end - at + 12] = b"\x02\0\x02\0"
    assert all(g.article is None or g.article.text == TEXT for g in found(tmp_path, "b.zip", bytes(data)))


def test_a_locked_member(tmp_path: Path) -> None:
    data = bytearray(zip_of({"a.txt": TEXT.encode()}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    [refused] = found(tmp_path, "a.zip", bytes(data))
    assert refused.reason == "it is locked with a password"


def test_entities_in_entities(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    [refused] = found(tmp_path, "a.docx", docx_of("<w:p><w:t>&b;</w:t></w:p>", before=laughs))
    assert refused.reason == "it defines entities, as no Word document does"
    deep = "<w:p>" * 5000 + "</w:p>" * 5000
    [refused] = found(tmp_path, "b.docx", docx_of(deep))
    assert refused.reason == "its XML is nested too deeply"


def test_a_page_of_attributes(tmp_path: Path) -> None:
    many = " ".join(f'a{n}="x"' for n in range(60_000))
    [refused] = found(tmp_path, "a.html", HTML.replace("<p>", f"<p {many}>", 1).encode())
    assert refused.reason == "a tag of the page has too many attributes"
    picture = f'<p><img src="data:image/png;base64,{"A" * 200_000}"></p><p>'
    [read] = found(tmp_path, "b.html", HTML.replace("<p>", picture, 1).encode())
    assert read.article is not None


@pytest.mark.parametrize("charset", ["punycode", "unicode_escape", "idna", "zlib", "utf-7", "cp037", "nonsense"])
def test_a_page_that_names_what_is_no_encoding_of_it(charset: str, tmp_path: Path) -> None:
    [read] = found(tmp_path, "a.html", HTML.replace('charset="utf-8"', f'charset="{charset}"').encode())
    assert read.article is not None
    assert TEXT in read.article.text


def test_definitions_in_a_page_are_not_taken(tmp_path: Path) -> None:
    head = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    page = HTML.replace("<!DOCTYPE html>", head).replace(TEXT, f"{TEXT} &b; &c;", 1)
    [read] = found(tmp_path, "a.html", page.encode())
    assert read.article is not None
    assert "hahaha" not in read.article.text
    assert "root:" not in read.article.text


def test_lines_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_LINE", 2000)
    rows = [["text"], [TEXT], ["x" * 5000], [TEXT]]
    assert [g.reason for g in found(tmp_path, "a.csv", csv_of(rows))] == [None, "line over 2,000 bytes", None]
    quoted = csv_of([["text"], [TEXT]]) + b'"' + b"x\n" * 5000
    last = found(tmp_path, "b.csv", quoted)[-1]
    assert last.reason


def test_an_item_without_end_is_passed_over() -> None:
    data = json.dumps([ROW, {"text": "x" * 9000, "of": [["]"]]}, ROW]).encode()
    stream = io.BufferedReader(io.BytesIO(data))  # type: ignore[arg-type]
    values = list(Values(Part("a", "a.json", stream, Budget(lambda: 0)), longest=3000))
    assert [value and json.loads(value) for value in values] == [ROW, None, ROW]


def test_brackets_without_end(tmp_path: Path) -> None:
    for data in (b"[" * 100_000, b'[{"a":' * 50_000, b"[" + b"[" * 5000 + b"]" * 5000 + b"]"):
        assert all(g.article is None for g in found(tmp_path, "a.json", data))


def test_a_member_in_a_zip_is_read_where_others_are_broken(tmp_path: Path) -> None:
    data = bytearray(zip_of({"a.txt": b"x" * 999, "b.txt": TEXT.encode()}))
    data[40] ^= 0xFF
    first, second = found(tmp_path, "a.zip", bytes(data))
    assert "truncated or damaged" in (first.reason or "")
    assert second.article is not None


def test_names_do_not_lead_out(tmp_path: Path) -> None:
    [one] = found(tmp_path, "a.zip", zip_of({"../../etc/a\nb.txt": TEXT.encode()}))
    assert one.article is not None
    assert one.origin.endswith("a.zip, ../../etc/a\\nb.txt")
    assert {path.name for path in tmp_path.iterdir()} == {"a.zip"}


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json"])
def test_names_of_columns_do_not_reach_a_terminal_as_they_are(name: str, tmp_path: Path) -> None:
    bad = "\x1b[31m\nbody\x07"
    data = csv_of([[bad, "x"], [TEXT, "1"]]) if name == "a.csv" else jsonl({bad: TEXT})
    [refused] = found(tmp_path, name, data)
    assert "body" in (refused.reason or "")
    check([refused])


def test_what_a_library_says_is_one_line(tmp_path: Path) -> None:
    # A length that is too large for what is behind it, in the foot of a Parquet file.
    foot = b"\x15\x04\x19\x38" + b"\xff" * 40
    outcome = found(tmp_path, "a.parquet", b"PAR1" + bytes(60) + foot + len(foot).to_bytes(4, "little") + b"PAR1")
    check(outcome)
    assert outcome[0].reason is not None


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, link
    return made


def test_members_of_a_tar_lead_nowhere(tmp_path: Path) -> None:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        for name in ("../../out.txt", "/abs.txt", "a\x1b[31m\nb.txt", "\u202etxt.exe"):
            text = member(name)
            text.size = len(TEXT.encode())
            archive.addfile(text, io.BytesIO(TEXT.encode()))
        for kind, link in ((tarfile.LNKTYPE, "../../etc/passwd"), (tarfile.SYMTYPE, "/etc/passwd"),
                           (tarfile.FIFOTYPE, ""), (tarfile.CHRTYPE, ""), (tarfile.BLKTYPE, "")):  # fmt: skip
            archive.addfile(member("x.txt", kind, link))
    outcome = found(tmp_path, "a.tar", written.getvalue())
    check(outcome)
    assert [g.reason for g in outcome] == [None] * 4 + ["not a regular file"] * 5
    assert {path.name for path in tmp_path.iterdir()} == {"a.tar"}


@pytest.mark.usefixtures("small_floor")
def test_a_tar_with_holes_for_a_terabyte(tmp_path: Path) -> None:
    head = bytearray(member("holes.txt", tarfile.GNUTYPE_SPARSE).tobuf(tarfile.GNU_FORMAT))
    # Half a kilobyte at the end of eight gigabytes of nothing.
    head[124:136] = b"%011o\0" % 512
    head[386:410] = b"77777770000\0" + b"%011o\0" % 512
    head[483:495] = b"77777777777\0"
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    outcome = found(tmp_path, "a.tar", bytes(head) + b"x" * 512 + bytes(1024))
    check(outcome)
    assert all(g.article is None for g in outcome)
    assert outcome


def crawl_of(length: object, *, times: int = 1) -> bytes:
    """A crawl whose first record says a length of its own."""
    [url, head, page] = ["http://e.org/", b"Content-Type: text/html; charset=utf-8", HTML.encode()]
    record = gzip.decompress(warc_of([(url, head, page)]))
    true = record.split(b"Content-Length: ")[1].split(b"\r\n")[0]
    return record.replace(b"Content-Length: " + true, f"Content-Length: {length}".encode(), 1) + record * times


@pytest.mark.parametrize("length", [0, 40, 99_999, -5, 1 << 62, 1 << 70, "x", ""])
def test_a_crawl_that_says_wrong_lengths(length: object, tmp_path: Path) -> None:
    outcome = found(tmp_path, "a.warc", crawl_of(length))
    check(outcome)
    assert len(outcome) <= 3


SOUND = {
    "a.txt": TEXT.encode(), "a.jsonl": jsonl(ROW, ROW), "a.json": json.dumps([ROW, ROW]).encode(),
    "a.csv": csv_of([["text", "date"], [TEXT, "2014-05-25"]]), "a.html": HTML.encode(),
    "a.gz": gzip.compress(jsonl(ROW)),
    "a.zip": zip_of({"a.txt": TEXT.encode(), "b.jsonl": jsonl(ROW)}), "a.tar": tar_of({"a.txt": TEXT.encode()}),
    "a.docx": docx_of(f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>"), "a.pdf": pdf_of([TEXT[60::-1], TEXT[:60:-1]]),
    "a.warc": gzip.decompress(warc_of([("http://e.org/", b"Content-Type: text/html", HTML.encode())])),
}  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_damaged_sources_are_read_or_refused(name: str, tmp_path: Path) -> None:
    chance = random.Random(name)
    for _ in range(8):
        data = bytearray(SOUND[name])
        for _ in range(chance.randrange(1, 9)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        check(found(tmp_path, name, bytes(data[: chance.choice([len(data), chance.randrange(len(data))])])))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([*SOUND, "a.bz2", "a.xz", "a.zst", "a.parquet", "a"]), st.binary(max_size=300), st.booleans())
def test_any_bytes(tmp_path: Path, name: str, data: bytes, begins: bool) -> None:
    head = SOUND.get(
        name, {"a.zst": b"\x28\xb5\x2f\xfd", "a.xz": b"\xfd7zXZ\0", "a.parquet": b"PAR1"}.get(name, b"BZh9")
    )
    check(found(tmp_path, name, head[:60] + data if begins else data))


def check(outcome: list[Gathered]) -> None:
    """Each is an article with text, or has a reason of one line."""
    for g in outcome:
        assert (g.article is None) != (g.reason is None)
        said = g.reason if g.reason is not None else g.origin
        assert said
        assert said.isprintable(), said
        if g.article is not None:
            assert g.article.text.strip()
            g.article.text.encode()
