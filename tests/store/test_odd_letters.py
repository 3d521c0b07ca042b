"""Articles whose texts and names hold what a database or an encoding cannot: kept, and found again."""

from __future__ import annotations

import datetime as dt

import pytest

from rasd import Reader
from rasd.sources.article import Article
from rasd.store import Store
from store.articles import put

TEXT = "استقبل وزير الخارجية النرويجي في أوسلو نظيره الياباني أمس الثلاثاء وبحثا الصيد البحري."


@pytest.mark.parametrize(
    "odd", ["\0", "\x1b[31m", "\ud800", "\uffff", "\u202e", "\U0001f54a", "'; DROP TABLE article;--", "%s{}"]
)
def test_odd_letters_are_kept(odd: str, store: Store, reader: Reader) -> None:
    article = Article(
        f"{TEXT}{odd} {TEXT}", id=f"i{odd}", title=f"لقاء{odd}", source=f"صدى{odd}", url=f"https://e.example/{odd}",
        published=dt.date(2018, 3, 14),
    )  # fmt: skip
    added = put(store, reader, article)
    assert (added.added, added.aside) == (1, 0)
    again = put(store, reader, article)
    assert (again.added, again.same) == (0, 1)
    [listed] = store.list()
    assert (listed.title or "").startswith("لقاء")
    kept = store.show(store.key(str(listed.key)))
    assert TEXT in kept.record.article.text
    assert store.search("النرويجي").hits
    assert store.search(f"النرويجي {odd}") is not None
