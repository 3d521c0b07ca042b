"""``rasd gold export`` and ``rasd accuracy``, as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

from cli.test_cli import rasd
from rasd.reviews import Knowledge, Reviewer
from rasd.store import Store
from reviews.told_records import Told, keep

EVENT = {"word": "زار", "actors": ["NOR/GOV|Norway"], "recipients": ["JPN/GOV|Japan"]}


def test_gold_and_figures(tmp_path: Path):
    db = str(tmp_path / "record.db")
    with Store(db, create=True) as store:
        key = keep(store, Told(), "n1", "زار الوزير طوكيو.", EVENT)
    none = rasd("accuracy", "--db", db)
    assert (none.returncode, none.stdout.decode().strip()) == (0, "No event has been reviewed.")
    with Store(db) as store:
        Reviewer(store, Knowledge()).accept(f"{key}/e1", "سلمى", picked="chance")
    page = rasd("accuracy", "--db", db).stdout.decode()
    assert "100% (21-100) of 1" in page
    figures = json.loads(rasd("accuracy", "--db", db, "--json").stdout)
    assert figures["lot"]["whole"] == {"right": 1, "of": 1, "share": 1.0, "low": 0.2065, "high": 1.0}
    made = rasd("gold", "export", "-o", str(tmp_path / "gold"), "--db", db)
    assert made.stderr.decode() == "rasd: 1 article (0 read through), 1 event\n"
    assert sorted(p.name for p in (tmp_path / "gold").iterdir()) == ["articles.jsonl", "n1.json"]
    again = rasd("gold", "export", "-o", str(tmp_path / "gold"), "--db", db)
    assert again.returncode == 1
    assert "there is something there already" in again.stderr.decode()
