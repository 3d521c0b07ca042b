"""Databases to review in, of each kind, and what checks answers."""

from __future__ import annotations

import pytest

from rasd.reviews import Knowledge, Reviewer
from rasd.store import Store
from store.conftest import place, postgres, store

__all__ = ["place", "postgres", "store"]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge()


@pytest.fixture
def reviewer(store: Store, knowledge: Knowledge) -> Reviewer:
    return Reviewer(store, knowledge)
