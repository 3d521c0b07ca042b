"""Articles of our own writing for the tests of the store, and what adds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from rasd import Reader
from rasd.relations.adding import Added, Outcome, add
from rasd.sources.article import Article
from rasd.sources.gathering import Gathered
from rasd.store import Store

VISIT = Article(
    "وصل وزير الخارجية النرويجي إلى طوكيو يوم الثلاثاء، وأجرى محادثات مع نظيره الياباني بشأن الصيد البحري.\n"
    "وقال مسؤول ياباني إن الجانبين سيوقعان اتفاقية للتعاون في الشهر المقبل.",
    id="v1", title="محادثات نرويجية يابانية في طوكيو", source="صدى الشمال", published=dt.date(2018, 3, 14),
    url="https://north.example/visit",
)  # fmt: skip
SAME_VISIT = Article(
    "التقى وزير الخارجية النرويجي نظيره الياباني في طوكيو أمس الثلاثاء وبحثا الصيد البحري.",
    id="k7", title="وزير الخارجية النرويجي في طوكيو", source="أخبار كيوتو", published=dt.date(2018, 3, 14),
)  # fmt: skip
ATTACK = Article(
    "قصفت طائرات هندية معسكرا قرب الحدود مع باكستان فجر الأحد. ونددت باكستان بالقصف واستدعت السفير الهندي.",
    id="a1", title="قصف على الحدود", source="صدى الشمال", published=dt.date(2018, 5, 6),
)  # fmt: skip
ALL = (VISIT, SAME_VISIT, ATTACK)


def put(store: Store, reader: Reader, *articles: Article, outcomes: list[Outcome] | None = None) -> Added:
    """Add articles to a store."""
    gathered: Iterable[Gathered] = [Gathered(f"line {n}", article) for n, article in enumerate(articles, 1)]
    return add(store, reader, gathered, on_outcome=None if outcomes is None else outcomes.append)
