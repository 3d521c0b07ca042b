"""What a stretch of days brought, pairs of powers, and how a database tells that it changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from rasd.record import Record
from rasd.relations.adding import add
from rasd.sources.article import Article
from rasd.sources.gathering import Gathered
from rasd.store import Store
from relations.records import made

D = dt.date
ARTICLES: list[dict[str, Any]] = [
    {"key": "a", "published": "2031-05-01", "events": [
        {"type": "CONSULT", "actors": ["NOR", "JPN"], "date": "2031-05-10", "status": "planned", "says": "لقاء أول"}]},
    {"key": "b", "published": "2031-05-11", "events": [
        {"type": "CONSULT", "actors": ["NOR", "JPN"], "date": "2031-05-10", "status": "occurred", "says": "لقاء ثان"}]},
    {"key": "c", "published": "2031-05-11", "events": [
        {"type": "ACCUSE", "actors": ["KEN"], "recipients": ["NOR"], "date": "2031-05-11", "score": -3.0,
         "quad": "verbal_conflict", "says": "اتهام"},
        # Both do it, towards others: it says nothing of how they stand to each other.
        {"type": "ASSAULT", "actors": ["BRA", "IND"], "recipients": ["KEN"], "date": "2031-05-11", "says": "قصف"}]},
]  # fmt: skip


class Told:
    """Reads an article as what `ARTICLES` says of it."""

    version = "told"

    def read(self, text: str, *, id: str | None = None, **_named: Any) -> Record:
        record = made(next(a for a in ARTICLES if a["key"] == id))
        record.article.id, record.article.text = id, text
        return record


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = [
        Article("\n".join(e["says"] for e in a["events"]), id=a["key"], published=D.fromisoformat(a["published"]))
        for a in ARTICLES
    ]
    store = Store(str(tmp_path / "recent.db"), create=True)
    add(store, Told(), (Gathered(str(a.id), a) for a in found))
    return store


def test_what_a_day_tells(store: Store):
    with store.reading() as ledger:
        assert [o.type for o in ledger.told(D(2031, 5, 1), D(2031, 5, 1))] == ["CONSULT"]
        assert {o.type for o in ledger.told(D(2031, 5, 11), D(2031, 5, 11))} == {"CONSULT", "ACCUSE", "ASSAULT"}
        (again,) = ledger.told(D(2031, 5, 11), D(2031, 5, 11), again=True)
        assert [c.status for c in again.course] == ["planned", "occurred"]
        assert not list(ledger.told(D(2031, 5, 2), D(2031, 5, 3)))


def test_pairs_by_day(store: Store):
    with store.reading() as ledger:
        found = {(p.first, p.second): p for p in ledger.pair_days(D(2031, 5, 1), D(2031, 5, 31))}
        assert set(found) == {("JPN", "NOR"), ("KEN", "NOR"), ("BRA", "KEN"), ("IND", "KEN")}
        assert found["JPN", "NOR"].day == D(2031, 5, 10)
        assert found["JPN", "NOR"].cooperation > 0 == found["JPN", "NOR"].conflict
        assert found["KEN", "NOR"].conflict < 0 == found["KEN", "NOR"].cooperation
        assert ledger.pair_days(D(2031, 5, 12), D(2031, 5, 31)) == []
        assert len(ledger.pairs(limit=10)) == ledger.count_pairs() == 5
        assert ledger.pairs(limit=2, offset=4)[0][2] == 1


def test_an_article_leads_to_its_occurrences(store: Store):
    with store.reading() as ledger:
        told = ledger.occurrences_of(store.key("c"))
        assert set(told) == {"e1", "e2"}
        assert set(ledger.occurrences_by_id(told.values())) == set(told.values())
        assert ledger.occurrences_by_id(["o" + "9" * 40, "o٣", "x1", ""]) == {}
        assert ledger.codes()["NOR"] == 3


def test_a_database_tells_that_it_changed(store: Store):
    before = store.revision()
    assert before == store.revision()
    with Store(store.name) as other:
        add(other, Told(), [Gathered("a", Article("شيء آخر", id="a", published=D(2031, 5, 1)))])
    assert store.revision() != before
