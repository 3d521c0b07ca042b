"""What a run writes is none of its sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasd.corpus.written import check_apart, written_by
from rasd.sources import SourceError
from rasd.sources.gathering import Articles

TEXT = "التقى الوزيران في أوسلو."
NAMES = ["r.jsonl", "r.jsonl.part/records.jsonl", "r.rejects.jsonl", "r.copies.jsonl", "r.jsonl.old/a.txt"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ["a.txt", "r.txt", *NAMES]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("pattern", ["", "**/*", "*"])
def test_folders_and_patterns_do_not_give_it(pattern: str, folder: Path) -> None:
    with Articles([str(folder / pattern)], but=written_by(folder / "r.jsonl")) as articles:
        assert [raw.decode() for _, raw, _ in articles] == [TEXT, TEXT]
        assert articles.size == 2 * len(TEXT.encode())


def test_a_run_knows_its_folder_again_when_its_output_is_there(folder: Path) -> None:
    def identity() -> str:
        return Articles([str(folder)], but=written_by(folder / "r.jsonl")).identity

    before = identity()
    for name in NAMES:
        (folder / name).write_text(TEXT * 2, encoding="utf-8")
    assert identity() == before


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("r.jsonl", "the output would be written over this source"),
        ("r.copies.jsonl", "the output would be written over this source"),
        ("r.rejects.jsonl", "the lines set aside would be written over this source"),
        ("r.jsonl.part/records.jsonl", "it lies in what is written to "),
    ],
)
def test_a_source_that_would_be_written_over(source: str, reason: str, folder: Path) -> None:
    with pytest.raises(SourceError, match=reason):
        check_apart(["-", str(folder / "a.txt"), str(folder / source)], folder / "r.jsonl")


def test_sources_apart(folder: Path) -> None:
    check_apart(["-", "/dev/null", str(folder), str(folder / "a.txt"), "https://example.org/a"], folder / "r.jsonl")
    check_apart(["/dev/null"], Path("/dev/null"))
