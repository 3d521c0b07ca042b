"""The database: articles, their whole records, the events they tell; search."""

from rasd.store.location import StoreError
from rasd.store.store import Store

__all__ = ["Store", "StoreError"]
