"""What the store keeps and answers, on both databases."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from rasd import Reader
from rasd.relations import Memory
from rasd.relations.adding import Outcome, remove
from rasd.store import Store, StoreError
from store.articles import ALL, ATTACK, SAME_VISIT, VISIT, put


def test_a_whole_record_comes_back_as_it_was_read(store: Store, reader: Reader):
    put(store, reader, *ALL)
    for article in ALL:
        record = reader.read(
            article.text, published=article.published, id=article.id, title=article.title, source=article.source,
            url=article.url,
        )  # fmt: skip
        kept = store.show(store.key(article.id or ""))
        assert kept.record == record
        assert kept.lexicon == reader.version


def test_the_same_again_changes_nothing(store: Store, reader: Reader):
    first = put(store, reader, *ALL)
    outcomes: list[Outcome] = []
    again = put(store, reader, *ALL, outcomes=outcomes)
    assert (first.added, again.added, again.same) == (3, 0, 3)
    assert [o.key for o in outcomes] == [store.key(a.id or "") for a in ALL]
    assert len(store.occurrences()) == len({r for o in store.occurrences() for r in [o.id]})
    assert store.articles_by_day() == {dt.date(2018, 3, 14): 2, dt.date(2018, 5, 6): 1}


def test_the_same_text_is_one_article_without_an_id(store: Store, reader: Reader):
    bare = replace(ATTACK, id=None)
    assert put(store, reader, bare, bare).same == 1
    assert put(store, reader, replace(bare, source="أخبار كيوتو")).added == 1


def test_a_changed_article_keeps_its_history(store: Store, reader: Reader):
    put(store, reader, VISIT)
    changed = replace(VISIT, text=VISIT.text.replace("الشهر المقبل", "العام المقبل"), title="عنوان جديد")
    assert put(store, reader, changed).changed == 1
    key = store.key("v1")
    now, before = store.show(key), store.show(key, version=1)
    assert (now.record.article.text, before.record.article.text) == (changed.text, VISIT.text)
    assert [(e.number, e.title) for e in now.earlier] == [(1, VISIT.title)]
    assert now.listed.versions == 2
    assert [hit.article.key for hit in store.search("العام").hits] == [key]
    with pytest.raises(StoreError, match="no version 7"):
        store.show(key, version=7)


def test_an_article_without_an_id_is_known_by_its_url(store: Store, reader: Reader):
    put(store, reader, replace(VISIT, id=None))
    assert put(store, reader, replace(VISIT, id=None, title="عنوان آخر")).changed == 1
    assert store.key(VISIT.url or "") == store.key("1")


def test_what_a_ledger_answers_is_what_memory_answers(store: Store, reader: Reader):
    put(store, reader, *ALL)
    memory = Memory()
    for article in ALL:
        record = store.show(store.key(article.id or "")).record
        memory.add(record, store.key(article.id or ""))
    for codes in ((), ("NOR",), ("NOR", "JPN"), ("IND", "PAK"), ("BRA",)):
        ours, theirs = store.occurrences(codes), memory.occurrences(codes)
        assert sorted(map(repr, ours)) == sorted(map(repr, theirs))
        assert sorted(map(repr, store.scored(codes))) == sorted(map(repr, memory.scored(codes)))
        assert store.affairs(codes) == memory.affairs(codes)
        assert store.positions(codes) == memory.positions(codes)
        assert store.phases(codes) == memory.phases(codes)
    ids = [r for o in store.occurrences() for r in o.reports]
    assert store.reports(ids) == memory.reports(ids)
    assert store.reports(["99/e1", "nonsense"]) == {}
    assert store.articles_by_day() == memory.articles_by_day()
    assert store.entities(["1", "3"], kinds=["person", "state"]) == memory.entities(
        ["1", "3"], kinds=["person", "state"]
    )


def test_one_event_of_two_articles_is_one_occurrence(store: Store, reader: Reader):
    put(store, reader, VISIT, SAME_VISIT)
    told = [o for o in store.occurrences(["NOR", "JPN"], status=["occurred"]) if len(o.reports) > 1]
    assert len(told) == 1
    assert {r.source.outlet for r in store.reports(told[0].reports).values()} == {VISIT.source, SAME_VISIT.source}


def test_occurrences_by_day(store: Store, reader: Reader):
    put(store, reader, *ALL)
    may = store.occurrences(begin=dt.date(2018, 5, 1), end=dt.date(2018, 5, 31))
    assert {s.code[:3] for o in may for s in o.actors} == {"IND", "PAK"}
    assert store.occurrences(begin=dt.date(2030, 1, 1)) == []
    planned = store.occurrences(["JPN"], status=["planned"])
    assert planned
    assert all(o.status == "planned" for o in planned)


def test_removing_an_article_leaves_what_others_tell(store: Store, reader: Reader):
    put(store, reader, *ALL)
    (told,) = [o for o in store.occurrences(["NOR", "JPN"]) if len(o.reports) > 1]
    remove(store, [store.key("v1")])
    left = store.occurrences_by_id([told.id])[told.id]
    assert left.reports == [r for r in told.reports if r.startswith(store.key("k7") + "/")]
    assert left.voices == 1
    assert store.search("هوكايدو OR كيوتو").hits == []
    assert store.search('"الصيد البحري"').hits[0].article.id == "k7"
    remove(store, [store.key("k7"), store.key("a1")])
    assert (store.occurrences(), store.list(), store.search("قصف").hits) == ([], [], [])
    with pytest.raises(StoreError, match="no article is known as v1"):
        store.key("v1")


def test_numbers_are_never_given_again(store: Store, reader: Reader):
    put(store, reader, ATTACK)
    first = store.key("a1")
    remove(store, [first])
    put(store, reader, ATTACK)
    assert store.key("a1") != first
    assert {o.reports[0].partition("/")[0] for o in store.occurrences()} == {store.key("a1")}


def test_what_the_reader_fails_on_is_set_aside(store: Store, reader: Reader):
    class Failing:
        version = "failing"

        def read(self, text: str, **named: object) -> object:
            if "قصف" in text:
                raise ValueError("asked to fail")
            return reader.read(text)

    outcomes: list[Outcome] = []
    added = put(store, Failing(), *ALL, outcomes=outcomes)  # type: ignore[arg-type]
    assert (added.added, added.aside) == (2, 1)
    assert outcomes[-1].reason == "reading failed: ValueError: asked to fail"
