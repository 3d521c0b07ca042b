"""One article from a file: what is read, and the line that refuses what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasd.sources import SourceError, publication_date, read_text
from rasd.sources.decoding import UndecodableError, decode
from rasd.sources.files import MAX_BYTES

TEXT = "وصل وزير الخارجية المصري إلى عمان اليوم الأحد،\r\nوالتقى نظيره الأردني لبحث التعاون بين البلدين.\n"
PERSIAN = "وزیر امور خارجه ایران گفت که گفتگوهای پیش رو با همه کشورهای چهارگانه ژرف و پرثمر خواهد بود. " * 4


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("cp1256"),
        TEXT.encode("iso8859-6", "replace").replace(b"?", b"-"),
    ],
    ids=[
        "utf-8",
        "utf-8-bom",
        "utf-16-le",
        "utf-16-be",
        "utf-16-le-bare",
        "utf-16-be-bare",
        "windows-1256",
        "iso-8859-6",
    ],
)
def test_encodings(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    assert read_text(str(file)).replace("-", "،") == TEXT.replace("-", "،")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        ("\ufeff \u00a0".encode(), "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "not text (binary data)"),
        (TEXT.encode() + b"\x00", "not text (binary data)"),
        ((TEXT + "\x01\x02\x03\x04\x05").encode(), "not text (binary data)"),
        (bytes(range(256)) * 40, "not text (binary data)"),
        (b"The ministers met in Amman on Sunday.", "not Arabic (0 of 30 letters are Arabic)"),
        (b"2016-10-10 12:00", "not Arabic (no letter is Arabic)"),
        (PERSIAN.encode(), "not Arabic (it has the letters of Persian, Urdu or Kurdish)"),
        (TEXT.encode()[:-20] + b"\xd9 \xff" + TEXT.encode(), "broken UTF-8"),
        (b"\xff\xfe\x00\xd8\x2e\x00", "not text (marked as UTF-16-LE, but it is not)"),
    ],
)
def test_refused(data: bytes, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read_text(str(file))
    assert str(caught.value).startswith(f"{file}: {reason}")
    assert "\n" not in str(caught.value)


def test_what_is_no_file(tmp_path: Path) -> None:
    for path, reason in [
        (tmp_path, "a folder, not a file"),
        (tmp_path / "none", "no such file"),
        (f"{tmp_path}/a\0b", "null"),
    ]:
        with pytest.raises(SourceError, match=reason):
            read_text(str(path))


def test_enormous(tmp_path: Path) -> None:
    file = tmp_path / "big.txt"
    with file.open("wb") as opened:
        opened.truncate(MAX_BYTES + 1)
    with pytest.raises(SourceError, match=r"too large for one article \(over 64 MB\)"):
        read_text(str(file))


def test_endless_device() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("no /dev/zero here")
    with pytest.raises(SourceError, match="too large"):
        read_text("/dev/zero")


def test_five_megabytes_are_kept_exactly(tmp_path: Path) -> None:
    text = TEXT * (5_000_000 // len(TEXT.encode()))
    file = tmp_path / "long.txt"
    file.write_bytes(text.encode())
    assert read_text(str(file)) == text


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=100).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except UndecodableError:
        return
    text.encode()
    assert "\0" not in text


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2016-11-07", "2016-11-07"),
        ("2016-11-07T00:00:00", "2016-11-07"),
        ("2016-11-07 23:15:00+03:00", "2016-11-07"),
        (" 2016-1-7 ", "2016-01-07"),
        ("٢٠١٦-١١-٠٧", "2016-11-07"),
    ],
)
def test_dates(written: str, day: str) -> None:
    assert publication_date(written).isoformat() == day


@pytest.mark.parametrize("written", ["", "yesterday", "07/11/2016", "2016-13-01", "2016-02-30", "0001-01-01", "\ud800"])
def test_no_dates(written: str) -> None:
    with pytest.raises(ValueError, match=r"is no date|outside the years") as caught:
        publication_date(written)
    str(caught.value).encode()
