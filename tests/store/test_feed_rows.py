"""How feeds are doing is kept with the articles, in either database."""

from __future__ import annotations

import pytest

from rasd.store import Store, StoreError
from rasd.store.feeds import ItemState, WatchedFeed, item_key

ONE, TWO, THREE = (item_key(text) for text in ("https://example.org/1", "https://example.org/2", "3" * 5000))


def test_feeds_are_kept_and_written_over(place: str) -> None:
    with Store(place, create=True) as store:
        store.keep_feeds([WatchedFeed("https://a.example/feed"), WatchedFeed("https://b.example/feed", title="نشرة")])
        one, two = store.feeds()
        assert (one.key, two.key, two.title, one.due) == (1, 2, "نشرة", None)
        one.fault, one.failures, one.gone, one.etag = "no such host", 3, True, '"1"'
        store.keep_feeds([one])
        assert store.feeds() == [one, two]
    with Store(place) as store:
        assert store.feeds() == [one, two]


def test_items_are_known_by_feed(place: str) -> None:
    with Store(place, create=True) as store:
        one, two = WatchedFeed("https://a.example/feed"), WatchedFeed("https://b.example/feed")
        store.keep_feeds([one, two])
        states = [ItemState(ONE, True, 1, "2014-05-25"), ItemState(TWO, False, 2, "2014-05-20")]
        store.keep_feeds([one], states)
        assert store.item_states(one, [ONE, TWO, THREE]) == {state.key: state for state in states}
        assert store.item_states(two, [ONE, TWO, THREE]) == {}
        again = ItemState(TWO, True, 3, "2014-05-26")
        store.keep_feeds([one], [again], forgotten="2014-05-26")
        assert store.item_states(one, [ONE, TWO] * 500) == {TWO: again}


def test_nothing_is_written_where_something_goes_wrong(place: str) -> None:
    with Store(place, create=True) as store:
        one = WatchedFeed("https://a.example/feed")
        store.keep_feeds([one])
        one.title = "نشرة"
        twice = [one, WatchedFeed("https://a.example/feed")]
        with pytest.raises(StoreError):
            store.keep_feeds(twice, [ItemState(ONE, True, 1, "2014-05-25")])
        assert store.feeds()[0].title is None
        assert store.item_states(one, [ONE]) == {}
