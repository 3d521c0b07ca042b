"""Articles from files and folders, and what is set aside."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from pathlib import Path

from rasd.sources.article import Article
from rasd.sources.gathering import gather

TEXT = "التقى الوزيران في أوسلو."
LINE = json.dumps({"text": TEXT, "id": 5, "published": "2020-01-02"})


def test_folders_give_their_files_by_name(tmp_path: Path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b" / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b" / "two.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    (tmp_path / "a.ndjson").write_text(f"{LINE}\n\n{LINE}\n", encoding="utf-8")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    found = list(gather([str(tmp_path)]))
    names = [g.origin.removeprefix(f"{tmp_path}/") for g in found]
    assert names == ["a.ndjson, line 1", "a.ndjson, line 3", "photo.jpg", "b/one.txt", "b/two.txt.gz"]
    assert [g.article.text if g.article else None for g in found] == [TEXT, TEXT, None, TEXT, TEXT]
    assert [bool(g.file) for g in found] == [False, False, False, True, True]
    assert found[2].reason is not None


def test_a_file_without_a_telling_name_is_known_by_its_first_letter(tmp_path: Path):
    (tmp_path / "lines").write_text(f"\ufeff {LINE}\n", encoding="utf-8")
    (tmp_path / "packed").write_bytes(gzip.compress(LINE.encode()))
    (tmp_path / "text").write_text(TEXT, encoding="utf-8")
    found = list(gather(str(tmp_path / name) for name in ("lines", "packed", "text")))
    assert [g.article and (g.article.id, g.article.text) for g in found] == [("5", TEXT), ("5", TEXT), (None, TEXT)]


def test_what_cannot_be_read_is_set_aside(tmp_path: Path):
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(LINE.encode() * 50)[:60])
    (tmp_path / "cut.txt.gz").write_bytes(gzip.compress(TEXT.encode() * 50)[:40])
    (tmp_path / "english.txt").write_text("Nothing in Arabic here.", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    paths = ["cut.jsonl.gz", "cut.txt.gz", "english.txt", "empty.txt", "absent.txt", "no\0pe"]
    found = list(gather(str(tmp_path / name) for name in paths))
    assert [g.article for g in found] == [None] * 6
    reasons = [g.reason or "" for g in found]
    assert [reason.split(" (")[0] for reason in reasons[:5]] == [
        "the gzip is truncated or damaged", "the gzip is truncated or damaged", "not Arabic", "empty", "no such file",
    ]  # fmt: skip


def test_what_articles_do_not_say_is_filled_in(tmp_path: Path):
    (tmp_path / "a.jsonl").write_text(f"{LINE}\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    defaults = Article("", source="صدى", published=dt.date(2021, 5, 6))
    found = [g.article for g in gather([str(tmp_path)], defaults=defaults)]
    assert [a and (a.source, a.published) for a in found] == [
        ("صدى", dt.date(2020, 1, 2)), ("صدى", dt.date(2021, 5, 6))]  # fmt: skip
