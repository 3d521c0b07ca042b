"""The comparison with others: their answers are read rightly, and who is not here is passed over with a word."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from compare import CannotRunError, Outcome, distinct, module, table, timexes, tried

ROOT = Path(__file__).resolve().parents[2]


def test_times_of_heideltime():
    said = (
        'وصل <TIMEX3 tid="t1" type="DATE" value="2019-03-05">يوم 5 مارس 2019</TIMEX3> ويغادر '
        '<TIMEX3 tid="t2" type="DATE" value="2019-W11" mod="END">نهاية\nالأسبوع</TIMEX3>'
    )
    assert timexes(said) == [
        ("يوم 5 مارس 2019", "2019-03-05", "2019-03-05", None),
        ("نهاية\nالأسبوع", "2019-W11", None, None),
    ]


def test_who_is_not_here_is_passed_over(capsys: pytest.CaptureFixture[str]):
    def run() -> Outcome:
        module("no_such_peer", "no-such-peer")
        raise AssertionError

    assert tried("nobody", run) == []
    assert capsys.readouterr().out == "nobody: passed over: not installed (pip install no-such-peer)\n"
    with pytest.raises(CannotRunError):
        module("no_such_peer")


def test_ratios(capsys: pytest.CaptureFixture[str]):
    table("words", [Outcome("Rasd", 1000, 0.5, 0.1), Outcome("other", 1000, 5.0, 2.0, "3 of 4 (0.750)")])
    assert capsys.readouterr().out.splitlines()[2:] == [
        "  Rasd: 2,000 words/s (start 0.1 s)",
        "  other: 200 words/s (start 2.0 s), Rasd 10 times as fast, right: 3 of 4 (0.750)",
    ]


def test_distinct_words():
    assert distinct([("وصل الوفد، وصل!", None), ("غادر الوفد", None)], 3) == ["وصل", "الوفد", "غادر"]


def test_it_runs_with_whoever_is_there(tmp_path: Path):
    command = [sys.executable, str(ROOT / "benchmarks" / "compare.py"), "--words", "5", "--articles", "1"]
    command += ["--shared", str(tmp_path), "--corpus", str(tmp_path / "none")]
    done = subprocess.run([*command, "--help"], capture_output=True, text=True, check=True)
    assert "farahidi" in done.stdout
