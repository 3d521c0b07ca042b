"""The desk as a real browser sees it: a server of its own, a browser that reaches nothing else, a page of each kind.

The tests in ``tests/desk_browser`` and ``scripts/screenshots.py`` go the same way.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Route

CHROMIUM = Path(os.environ.get("RASD_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium")
LANGUAGES = ("ar", "en")
PHONE = {"width": 360, "height": 740}
SCREEN = {"width": 1180, "height": 820}
_PATIENCE = 90.0
_LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)', re.IGNORECASE)


@contextlib.contextmanager
def running_desk(folder: Path, database: Path | None = None) -> Iterator[str]:
    """The address of a desk served by ``rasd desk``, ended with the block; nobody signs in to it.

    ``folder`` takes its files; ``database`` is shown in place of a copy of the sample. Raises `RuntimeError` where the
    desk does not start.
    """
    if database is None:
        from rasd.desk.sample import sample_database

        database = folder / "desk.db"
        shutil.copyfile(sample_database(), database)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    log = folder / "desk.log"
    command = [sys.executable, "-m", "rasd", "desk", "--db", str(database), "--port", str(port), "--log"]
    with log.open("wb") as said:
        server = subprocess.Popen([*command, "--users", str(folder / "nobody")], stdout=said, stderr=said)
    try:
        _wait(server, base, log)
        yield base
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(server: subprocess.Popen[bytes], base: str, log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(f"{base}/sign-in", timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the desk did not start:\n{log.read_text(errors='replace')[-2000:]}")


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Raises `ImportError` without Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def visit(
    browser: Browser, base: str, language: str = "en", **options: Any
) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A visitor's own context, and the addresses elsewhere that its pages asked for; none of them is reached."""
    elsewhere: list[str] = []
    ours = urllib.parse.urlsplit(base).netloc

    def only_here(route: Route) -> None:
        address = urllib.parse.urlsplit(route.request.url)
        if address.netloc == ours or address.scheme in ("data", "blob", "about"):
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    options.setdefault("viewport", SCREEN)
    context = browser.new_context(base_url=base, locale=language, reduced_motion="reduce", **options)
    context.set_default_timeout(90_000)
    context.route("**/*", only_here)
    try:
        yield context, elsewhere
    finally:
        context.close()


def kinds_of_page(base: str) -> dict[str, str]:
    """An address for each kind of page that links lead to, by the page's path as the application knows it."""
    from rasd.desk.pages import PAGES

    routes = [r for page in PAGES for r in page.router.routes if "GET" in (getattr(r, "methods", None) or ())]
    found: dict[str, str] = {}
    looked_at: set[str] = set()
    waiting = [page.path for page in PAGES if page.path]
    while waiting:
        address = waiting.pop(0)
        path = urllib.parse.unquote(urllib.parse.urlsplit(address).path)
        # The first route that matches answers, as in the application.
        kind = next((r.path for r in routes if r.path_regex.match(path)), None)  # type: ignore[attr-defined]
        if kind is None or kind in looked_at:
            continue
        looked_at.add(kind)
        html = _html(base + address)
        if html is not None:
            found[kind] = address
            waiting += [a.replace("&amp;", "&") for a in _LINK.findall(html)]
    return found


def _html(address: str) -> str | None:
    """A page's source; None where it is no page."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            if answer.headers.get_content_type() == "text/html":
                return answer.read().decode("utf-8")
    except urllib.error.HTTPError:
        pass
    return None
