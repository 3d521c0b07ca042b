"""``rasd check-lexicon``: its lines, its exit codes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from rasd import cli


def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["rasd", *arguments])
    monkeypatch.setenv("COLUMNS", "40")
    with pytest.raises(SystemExit) as left:
        cli.main()
    out, err = capfd.readouterr()
    return int(left.value.code or 0), out, err


def test_a_fault_is_a_line_and_the_exit_code_is_one(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "places" / "mine.yaml"
    file.parent.mkdir()
    file.write_text("- {en: Tell Zahra, ar: [تل زهرة], country: SYR, lat: 95, lon: 36}", encoding="utf-8")
    code, out, err = run(capfd, monkeypatch, "check-lexicon", str(tmp_path))
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        f"{file}:1: entry 1 (en: Tell Zahra): lat: expected degrees between -90 and 90, found 95.0",
        f"{tmp_path}: 1 fault (1 file, 1 entry)",
    ]
    file.write_text("- {en: Tell Zahra, ar: [تل زهرة], country: SYR, lat: 35, lon: 36}", encoding="utf-8")
    assert run(capfd, monkeypatch, "check-lexicon", str(tmp_path)) == (0, f"{tmp_path}: OK (1 file, 1 entry)\n", "")


def test_no_folder_is_one_line(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    said = run(capfd, monkeypatch, "check-lexicon", "nowhere")
    assert said == (1, "", "rasd: nowhere: no such folder of knowledge files\n")
