"""Checking a folder of one's own: every fault with its file, line, entry and field; clashes; OK."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rasd.checking import check_lexicon
from rasd.lexicon import KnowledgeError

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


def folder_of(files: dict[str, str], into: Path) -> Path:
    for name, text in files.items():
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        (into / name).write_text(text, encoding="utf-8")
    return into


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_a_folder_is_judged(case: dict[str, Any], tmp_path: Path) -> None:
    folder = folder_of(case["files"], tmp_path)
    report = check_lexicon(folder, examples=case.get("examples", False))
    for found, wanted in ((report.faults, case.get("faults", [])), (report.notes, case.get("notes", []))):
        said = [str(f).removeprefix(f"{folder}/") for f in found]
        assert len(said) == len(wanted), said
        for line, parts in zip(said, wanted, strict=True):
            assert all(part in line for part in parts), line


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no such folder"):
        check_lexicon(tmp_path / "none")


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    [fault] = check_lexicon(tmp_path).faults
    assert "no knowledge files" in fault.message


def test_what_is_no_utf8_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "x.yaml").write_bytes(b"- {en: \xff\xfe}\n")
    [fault] = check_lexicon(tmp_path).faults
    assert "cannot be read" in fault.message
    assert "\n" not in str(fault)
