"""Processes that are killed while they add, and processes that add at once."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from rasd.relations import adding
from rasd.store import Store
from store.adding import QuickReader, made_of
from store.articles import put

PROGRAM = Path(__file__).parent / "adding.py"
SOURCE = Path(__file__).resolve().parents[2] / "src"


def started(place: str, first: int, last: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), place, str(first), str(last)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )  # fmt: skip


def killed_after(process: subprocess.Popen[str], lines: int) -> list[str]:
    """Kill a process when it has said so many lines; all that it said until it was dead."""
    assert process.stdout is not None
    said = [line for _, line in zip(range(lines), process.stdout, strict=False)]
    process.send_signal(signal.SIGKILL)
    said.extend(process.stdout)
    process.wait()
    return [line for line in said if line.endswith("\n")]


def check(place: str, reported: set[str]) -> None:
    """Every article that was reported is there whole, and all rows fit together."""
    with Store(place) as store:
        kept = {listed.id: listed.key for listed in store.list()}
        assert reported <= set(kept)
        occurrences = store.occurrences()
        told = [r for o in occurrences for r in o.reports]
        assert len(told) == len(set(told)) == len(kept)
        assert {r.partition("/")[0] for r in told} == set(kept.values())
        assert len(store.reports(told)) == len(kept)
        for id in reported:
            article = made_of(int(id[1:]))
            assert store.show(kept[id]).record.article.text == article.text
            hits = store.search(article.text.split()[-1]).hits
            assert [hit.article.id for hit in hits] == [id]
    if "://" not in place:
        connection = sqlite3.connect(place)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.close()


def test_what_was_reported_survives_kill_9(place: str):
    chance = random.Random(7)
    reported: set[str] = set()
    first = 0
    for _ in range(4):
        process = started(place, first, first + 10_000)
        said = killed_after(process, chance.randrange(1, 12))
        reported.update(line.split()[1] for line in said)
        first = max(int(id[1:]) for id in reported) + 1
        check(place, reported)
    assert len(reported) >= 4


def test_killed_before_the_first_word(tmp_path: Path):
    place = str(tmp_path / "rasd.db")
    for delay in (0.2, 0.5, 0.8, 1.1):
        process = started(place, 0, 10_000)
        try:
            process.wait(delay)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
    with Store(place, create=True) as store:
        put(store, QuickReader(), made_of(5))  # type: ignore[arg-type]
        assert store.key("n5")


def test_two_processes_add_at_once(place: str):
    both = [started(place, 0, 40), started(place, 20, 60)]
    said = [process.communicate(timeout=300) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    outcomes = [line.split() for out, _ in said for line in out.splitlines()]
    added = [id for outcome, id in outcomes if outcome == "added"]
    assert len(outcomes) == 80
    assert len(added) == len(set(added)) == 60
    check(place, set(added))


def test_a_batch_is_written_whole_or_not_at_all(place: str, monkeypatch: pytest.MonkeyPatch):
    real = adding.rule
    monkeypatch.setattr(
        adding, "rule", lambda record, *rest: 1 / 0 if "BRA" in record.article.text else real(record, *rest)
    )
    with Store(place, create=True) as store:
        with pytest.raises(ZeroDivisionError):
            put(store, QuickReader(), *map(made_of, range(5)))  # type: ignore[arg-type]
        assert store.list() == []
        assert store.occurrences() == []
