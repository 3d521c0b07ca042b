"""The record over time of files: which files of a folder are read, and what is said of the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rasd import Reader
from rasd.relations.from_files import remembered
from rasd.sources.article import SourceError

TEXT = "زار وزير الدفاع البيروفي ليما والتقى نظيره الإكوادوري يوم الأحد لبحث ضبط الحدود المشتركة بين البلدين."


def test_links_out_of_a_folder_are_told_and_not_followed(tmp_path: Path, reader: Reader) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    secret = tmp_path / "secret.txt"
    for file in (secret, inside / "a.txt", inside / ".hidden.txt"):
        file.write_text(TEXT, encoding="utf-8")
    os.symlink(secret, inside / "link.txt")
    os.symlink(tmp_path, inside / "up")
    os.mkfifo(inside / "pipe.txt")
    told: list[tuple[str, int, str]] = []
    memory = remembered(
        [str(inside)], lambda: reader, on_bad=lambda name, bad: told.append((name, bad.line, bad.reason))
    )
    assert (
        len(
            {
                report.source.key
                for report in memory.reports(r for o in memory.occurrences() for r in o.reports).values()
            }
        )
        == 1
    )
    assert told == [
        (str(inside / "link.txt"), 0, "a link out of the folder"),
        (str(inside / "pipe.txt"), 0, "not a regular file"),
    ]  # fmt: skip


def test_a_folder_without_articles(tmp_path: Path, reader: Reader) -> None:
    with pytest.raises(SourceError, match="no article in it"):
        remembered([str(tmp_path)], lambda: reader)
