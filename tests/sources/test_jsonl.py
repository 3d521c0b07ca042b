"""Articles from JSON Lines: what is read and what is set aside, and why."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from pathlib import Path

import pytest

from rasd.sources import Article, BadLine, JsonLines, SourceError

GOOD = '{"text": "التقى الوزيران في عمان."}'


def found(path: Path, max_line: int = 10_000) -> list[Article | BadLine]:
    with JsonLines(str(path), max_line) as lines:
        return [article for _, _, article in lines]


def test_fields(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    whole = {
        "id": 7, "title": "لقاء", "text": "نص", "source": None, "url": "http://x",
        "published": "2016-11-07T00:00:00", "words": [1],
    }  # fmt: skip
    file.write_text("\ufeff" + json.dumps(whole) + "\r\n\n  \n" + GOOD, encoding="utf-8")
    assert found(file) == [
        Article("نص", "7", "لقاء", None, "http://x", dt.date(2016, 11, 7)),
        Article("التقى الوزيران في عمان."),
    ]


@pytest.mark.parametrize(
    "published",
    ["2016-11-07", "2016/11/07", "07 Nov 2016 10:00 GMT", "٢٠١٦-١١-٠٧", 20161107, 1478500000, 1478500000.5],
)  # fmt: skip
def test_days_are_read_as_in_other_forms(published: object, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"text": "نص", "published": published}), encoding="utf-8")
    assert found(file) == [Article("نص", published=dt.date(2016, 11, 7))]


def test_fields_by_their_usual_names_beside_a_text(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    usual = {"text": "نص", "date": "2016-11-07", "headline": "لقاء", "link": "http://x", "guid": 5.0, "site": ["x"]}
    file.write_text(f"{json.dumps(usual)}\n{GOOD}\n{json.dumps(usual)}", encoding="utf-8")
    article = Article("نص", "5", "لقاء", None, "http://x", dt.date(2016, 11, 7))
    assert found(file) == [article, Article("التقى الوزيران في عمان."), article]


@pytest.mark.parametrize(
    ("line", "key", "reason"),
    [
        (b"{", None, "not JSON: "),
        (b"\x00\x01", None, "not JSON: "),
        (b"[1]", None, "not a JSON object"),
        (b'{"id": "a"}', "a", "no text"),
        (b'{"id": "a", "text": null}', "a", "no text"),
        (b'{"id": 3, "text": " \\n"}', "3", "no text"),
        (b'{"id": "a", "text": 5}', "a", "the text is no text"),
        (b'{"id": "a", "text": "x", "published": "soon"}', "a", "published: 'soon' is no date"),
        (b'{"id": "a", "text": "x", "published": "07/11/2016"}', "a", "published: '07/11/2016' may be"),
        (b'{"guid": "a", "text": "x", "published": true}', "a", "published: is no date"),
        (b'{"id": "a", "text": "\xff"}', "a", "not UTF-8"),
        (b'{"id": "a", "text": "\\ud800"}', None, "not JSON: "),
        (b"[" * 100_00, None, ""),
        (b'{"id": "a", "text": "' + b"x" * 20_000 + b'"}', None, "line over 10,000 bytes"),
    ],
)
def test_set_aside(line: bytes, key: str | None, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(GOOD.encode() + b"\n" + line + b"\n" + GOOD.encode() + b"\n")
    first, bad, last = found(file)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, BadLine)
    assert (bad.line, bad.id) == (2, key)
    assert bad.reason.startswith(reason)
    assert bad.raw == line.decode("utf-8", "replace")[:2000]


def test_gzip_whatever_its_name(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(gzip.compress(f"{GOOD}\n{GOOD}\n".encode()))
    assert len(found(file)) == 2


def test_truncated_gzip(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl.gz"
    whole = gzip.compress("".join(f'{{"text": "خبر رقم {n * 7919}"}}\n' for n in range(3000)).encode())
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceError, match="the gzip is truncated or damaged"):
        found(file)


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        JsonLines(str(tmp_path / "none"))
    with pytest.raises(SourceError, match="a folder, not a file"):
        JsonLines(str(tmp_path))
