"""The type of the fixture `visit`."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

from playwright.sync_api import BrowserContext


class Visit(Protocol):
    """A visitor's own context, ended with the block; ``options`` as Playwright's ``new_context`` takes them."""

    def __call__(self, language: str = "en", **options: Any) -> AbstractContextManager[BrowserContext]: ...
