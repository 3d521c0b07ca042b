"""Imported rows in the database: each an event of its own, once, whatever else is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from exchange.made_up import SANTIAGO, told
from rasd.exchange import Told, of_chronicle
from rasd.exchange.keeping import keep
from rasd.record import Record
from rasd.relations.rereading import reread
from rasd.store import Store


def rows() -> list[Told]:
    """Rows that one event could have, without words of their own, and one of another."""
    found = [told(key=f"t:{n}", place=SANTIAGO) for n in range(3)] + [told("ACCUSE", "disapprove", key="t:9")]
    for n, item in enumerate(found):
        report = item.reports[0]
        report.source = type(report.source)(f"t:{n}", report.source.outlet, None, None, report.source.published)
        report.words = type(report.words)(f"t:{n}", 0, 0, "")
        item.occurrence.reports = [report.id]
    return found


@pytest.fixture
def store(tmp_path: Path):
    with Store(str(tmp_path / "rasd.db"), create=True) as opened:
        yield opened


def test_each_row_is_an_event_and_is_kept_once(store: Store):
    first, again = keep(store, rows(), "t"), keep(store, rows(), "t")
    assert (first.added, first.same, again.added, again.same) == (4, 0, 0, 4)
    with store.reading() as ledger:
        found = list(of_chronicle(ledger))
    assert sorted(t.occurrence.type for t in found) == ["ACCUSE", "CONSULT", "CONSULT", "CONSULT"]
    assert {len(t.reports) for t in found} == {1}
    for item in found:
        assert [s.code for s in item.occurrence.actors] == ["NOR/GOV"]
        assert [s.code for s in item.occurrence.recipients] == ["CHL/GOV"]
        assert item.reports[0].rule == "consult.visit"


def test_events_are_asked_for_a_few_at_a_time(store: Store, monkeypatch: pytest.MonkeyPatch):
    keep(store, rows(), "t")
    monkeypatch.setattr("rasd.exchange.told._AT_ONCE", 1)
    with store.reading() as ledger:
        assert len([t for t in of_chronicle(ledger) if t.reports]) == 4


def test_rows_of_one_event_are_one_where_asked(store: Store):
    keep(store, rows(), "t", join=True)
    with store.reading() as ledger:
        found = list(of_chronicle(ledger, ["NOR", "CHL"]))
    assert sorted(len(t.reports) for t in found if t.occurrence.type == "CONSULT") == [3]


def test_a_row_that_changed_is_kept_anew(store: Store):
    items = rows()
    keep(store, items[:1], "t")
    changed = rows()[0]
    changed.occurrence.gloss.en = "A minister leaves Santiago"
    changed.occurrence.type = "RETREAT"
    changed.occurrence.mode = None
    outcome = keep(store, [changed], "t")
    assert (outcome.added, outcome.changed) == (0, 1)
    with store.reading() as ledger:
        assert [t.occurrence.type for t in of_chronicle(ledger)] == ["RETREAT"]


def test_rows_stay_when_articles_are_read_again(store: Store):
    class Reads:
        version = "another lexicon"

        def read(self, text: str, **_: object) -> Record:
            raise AssertionError("a row was read")

    keep(store, rows(), "t")
    assert reread(store, Reads()).articles == 0
    with store.reading() as ledger:
        assert len(list(of_chronicle(ledger))) == 4
