"""A browser before a desk that is served as users serve it. Without Playwright or Chromium these tests skip."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra rasd[desk] is not installed")
pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install 'rasd[test]'")

from playwright.sync_api import Browser, BrowserContext, expect
from visiting import Visit

import desk_tour as tour

# A machine that is busy answers late, which is no fault of the page.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a desk over the sample."""
    if not tour.CHROMIUM.exists():
        pytest.skip(f"no Chromium at {tour.CHROMIUM}: apt-get install chromium, or say RASD_CHROMIUM")
    with tour.running_desk(tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture(scope="module")
def browser(base: str) -> Iterator[Browser]:
    with tour.chromium() as running:
        yield running


@pytest.fixture(scope="module")
def kinds(base: str) -> dict[str, str]:
    """A page of each kind."""
    return tour.kinds_of_page(base)


@pytest.fixture
def visit(browser: Browser, base: str) -> Visit:
    """Visitors, each with cookies of his own; a page that asks for anything from another machine fails the test."""

    @contextmanager
    def visiting(language: str = "en", **options: Any) -> Iterator[BrowserContext]:
        with tour.visit(browser, base, language, **options) as (context, elsewhere):
            yield context
            assert not elsewhere

    return visiting
