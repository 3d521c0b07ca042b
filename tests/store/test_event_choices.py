"""Events chosen, ordered and counted, on both databases."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import text

from rasd.record import Record
from rasd.relations.adding import add, remove
from rasd.sources.article import Article
from rasd.sources.gathering import Gathered
from rasd.store import Store
from rasd.store.engine import writing
from rasd.store.events import EventChoice
from rasd.store.migrating import VERSION_TABLE
from relations.records import made
from store.older import before_sketches

TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "event_choices.yaml").read_text(encoding="utf-8"))


class TableReader:
    """Reads an article as the table has it."""

    version = "table"

    def read(self, text: str, *, id: str | None = None, source: str | None = None, **_: Any) -> Record:
        given = next(a for a in TABLE["articles"] if a["id"] == id)
        events = [{**e, "date": str(e["date"]) if "date" in e else None} for e in given["events"]]
        record = made({**given, "published": str(given["published"]), "events": events})
        record.article.id, record.article.source = id, source
        return record


def put(store: Store) -> None:
    def article(given: dict[str, Any]) -> Article:
        said = "\n".join(e["says"] for e in given["events"])
        return Article(said, id=given["id"], source=given["source"], published=given["published"])

    add(store, TableReader(), (Gathered(a["id"], article(a)) for a in TABLE["articles"]))


def names(store: Store, choice: EventChoice, order: Any = "told") -> str:
    with store.reading() as ledger:
        found = ledger.events(choice, order=order)
        assert ledger.count_events(choice) == len(found)
        assert [o.id for o in ledger.stream(choice, order=order)] == [o.id for o in found]
        told = ledger.reports([o.reports[0] for o in found])
        return " ".join(told[o.reports[0]].words.text.split()[0] for o in found)


def choice_of(store: Store, case: dict[str, Any]) -> EventChoice:
    given = {k: tuple(v) if isinstance(v, list) else v for k, v in case.get("choice", {}).items()}
    return EventChoice(**given, words=store.wanted(case["words"]) if "words" in case else None)


def test_events_are_chosen(store: Store):
    put(store)
    for case in TABLE["choices"]:
        assert sorted(names(store, choice_of(store, case)).split()) == sorted(case["finds"].split()), case


def test_events_are_ordered(store: Store):
    put(store)
    for case in TABLE["orders"]:
        assert names(store, EventChoice(), case["order"]) == case["finds"], case


def test_pages_of_a_list_hold_each_event_once(store: Store):
    put(store)
    with store.reading() as ledger:
        whole = [o.id for o in ledger.events(EventChoice())]
        parts = [o.id for at in range(0, 9, 2) for o in ledger.events(EventChoice(), limit=2, offset=at)]
    assert parts == whole
    assert len(whole) == 5


def test_events_are_counted(store: Store):
    put(store)
    with store.reading() as ledger:
        assert ledger.tally(EventChoice(), "status") == {"occurred": 4, "planned": 1}
        assert ledger.tally(EventChoice(codes=("KEN",)), "type") == {"AID": 1, "ASSAULT": 1}
        assert [(t.place.key, t.events, t.conflict, t.last) for t in ledger.places(EventChoice())] == [
            ("geonames:1", 1, 0, "2031-03-01"), ("KEN:kenya", 1, 1, "2031-03-04"),
        ]  # fmt: skip
        assert ledger.powers(EventChoice()) == {"NOR": 4, "JPN": 3, "BRA": 2, "KEN": 2}
        assert [(t.key, t.events) for t in ledger.affairs_told(EventChoice())] == [("agreement:forests", 1)]
        assert ledger.affairs_told(EventChoice(), kinds=["project"]) == []
        assert ledger.sources_told() == {"صدى الشمال": 2, "أخبار كيوتو": 1}
        assert ledger.span(EventChoice()) == ("2031-03-01", "2031-04-08")
        assert ledger.span(EventChoice(codes=("XYZ",))) is None
        days = {(d.first, d.last): d.events for d in ledger.days(EventChoice(begin=dt.date(2031, 4, 1)))}
        assert days == {("2031-04-08", "2031-04-09"): 1}
        place = ledger.place("geonames:1")
        assert place is not None
        assert (place.name.en, place.country, place.lat) == ("Oslo", "NOR", 59.9)
        assert ledger.place("geonames:2") is None


def test_dealings_leave_out_what_two_do_together_to_others(store: Store):
    put(store)
    with store.reading() as ledger:
        norway = {d.second: (d.cooperation, d.conflict, d.score) for d in ledger.dealings("NOR")}
        assert norway == {"JPN": (1, 1, 0.5), "KEN": (1, 0, 7.0)}
        pairs = {(d.first, d.second) for d in ledger.dealings_among(["NOR", "BRA", "KEN/GOV", "JPN"])}
        assert pairs == {("JPN", "NOR"), ("BRA", "KEN"), ("KEN", "NOR")}


def test_what_is_removed_is_no_more_found(store: Store):
    put(store)
    before = store.wanted("غارة")
    with store.reading() as ledger:
        changed = ledger.last_change(EventChoice())
        assert changed is not None
        assert changed.endswith("Z")
        assert set(ledger.changed([o.id for o in ledger.events(EventChoice())]).values()) >= {changed}
    remove(store, [store.key("p2")])
    assert names(store, EventChoice(words=before)) == ""
    assert names(store, EventChoice(words=store.wanted("قرض"))) == "قرض"


def test_an_older_database_gets_its_lists(store: Store, place: str):
    put(store)
    was = {case.get("words", str(case)): names(store, choice_of(store, case)) for case in TABLE["choices"]}
    with writing(store._engine) as connection:
        before_sketches(connection)
        for statement in (
            "DROP TABLE report_search", "DROP INDEX ix_article_source",
            *(f"DROP INDEX ix_occurrence_{name}" for name in ("retold", "type", "status", "place", "changed", "days")),
            *(f"ALTER TABLE occurrence DROP COLUMN {c}" for c in ("place_id", "told", "retold", "changed")),
            "DROP TABLE place", "CREATE INDEX ix_occurrence_days ON occurrence (first, last)",
            "DELETE FROM state WHERE name = 'last place'", f"UPDATE {VERSION_TABLE} SET version_num = '0003'",
        ):  # fmt: skip
            connection.execute(text(statement))
    with Store(place) as again:
        assert {case.get("words", str(case)): names(again, choice_of(again, case)) for case in TABLE["choices"]} == was
        with again.reading() as ledger:
            assert len(ledger.places(EventChoice())) == 2
            assert ledger.last_change(EventChoice())


@pytest.mark.parametrize("query", ["في", "", '"" -*'])
def test_words_that_say_nothing_choose_nothing(store: Store, query: str):
    put(store)
    assert len(names(store, EventChoice(words=store.wanted(query))).split()) == 5
