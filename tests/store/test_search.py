"""What a search finds and marks, on both databases."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from rasd import Reader
from rasd.store import Store, StoreError
from rasd.store.articles import Choice
from rasd.store.terms import open_terms
from store.articles import ALL, put

TERMS = yaml.safe_load((Path(__file__).parent / "terms.yaml").read_text(encoding="utf-8"))
QUERIES = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("stem", "words"), [(entry["stem"], entry["words"]) for entry in TERMS])
def test_spellings_of_a_word_meet(stem: str, words: str):
    terms = open_terms()
    assert {terms.term(word).stem for word in words.split()} == {stem}


def test_queries(store: Store, reader: Reader):
    put(store, reader, *ALL)
    for query in QUERIES:
        found = store.search(query["query"])
        ids = [hit.article.id or "" for hit in found.hits]
        if "any_order" in query:
            ids.sort()
        assert ids == query["finds"].split(), query
        assert found.every == query.get("every", True), query
        if found.hits and "marks" in query:
            hit = found.hits[0]
            marked = [hit.article.title[m.start : m.end] for m in hit.title]
            marked += [p.text[m.start - p.start : m.end - p.start] for p in hit.passages for m in p.marks]
            marked += [line.text[m.start : m.end] for line in hit.lines for m in line.marks]
            assert sorted(set(marked)) == sorted(query["marks"].split()), query


def test_a_search_among_some_articles(store: Store, reader: Reader):
    put(store, reader, *ALL)
    finds = {
        "v1": Choice(source="صدى الشمال"),
        "k7": Choice(source="أخبار كيوتو"),
        "": Choice(codes=["IND"]),
        "k7 v1": Choice(begin="2018-03-01", end="2018-03-31"),
    }
    for expected, choice in finds.items():
        hits = store.search("طوكيو", choice).hits
        assert " ".join(sorted(hit.article.id or "" for hit in hits)) == expected
    assert len(store.search("طوكيو", limit=1).hits) == 1


@pytest.mark.parametrize("query", ["", "  ", "في", '- ""', "*", "من على"])
def test_a_query_of_nothing_is_refused(store: Store, query: str):
    with pytest.raises(StoreError, match="nothing to look for"):
        store.search(query)


def test_no_query_breaks_the_search(store: Store, reader: Reader):
    put(store, reader, ALL[0])
    for query in ('"طوكيو', "'; DROP TABLE article; --", "طوكيو)", "a AND NOT", "{title}:x", "\\x", "x:*", "^قصف'"):
        store.search(query)
    assert len(store.search('"طوكيو').hits) == 1


def test_an_index_of_other_terms_is_made_anew(place: str, reader: Reader, monkeypatch: pytest.MonkeyPatch):
    with Store(place, create=True) as store:
        put(store, reader, *ALL)
    terms = open_terms()
    monkeypatch.setattr(terms, "version", "another")
    with Store(place) as store:
        assert [hit.article.id for hit in store.search("باكستان").hits] == ["a1"]
        put(store, reader, *ALL)
        assert store.articles_by_day()[dt.date(2018, 5, 6)] == 1
