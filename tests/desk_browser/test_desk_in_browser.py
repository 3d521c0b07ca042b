"""The ways of a user through the desk, in a real browser; what it shows to who cannot see it, or has a small screen."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from visiting import Visit

LANGUAGES = ("ar", "en")
TEXT = (
    "وقّعت بوليفيا وأوروغواي في لاباز أمس اتفاقاً للتعاون في النقل النهري. "
    "وقال متحدث باسم الخارجية البوليفية إن بلاده ستستضيف جولة ثانية من المحادثات مع أوروغواي في مارس المقبل."
)
PAIR = "/relation/BOL/URY"


def added(context: BrowserContext, title: str, text: str = TEXT) -> Page:
    """The page of an article that was pasted on the page Add."""
    page = context.new_page()
    page.goto("/add")
    form = page.locator('form[action="/add/text"]')
    form.locator("[name=text]").fill(text)
    form.locator("[name=title]").fill(title)
    form.locator("[name=published]").fill("2024-02-08")
    form.locator("button").click()
    page.locator(".taken a").first.click(timeout=60_000)
    expect(page.locator("h1")).to_have_text(title)
    return page


def test_add_then_follow_a_point_of_the_chart_to_its_words(visit: Visit) -> None:
    with visit() as context:
        page = added(context, "اتفاق بين لاباز ومونتيفيديو")
        # A mark explains itself when it is reached by keyboard, and leads to its event.
        page.locator("a.m-event").first.focus()
        expect(page.locator("a.m-event").first.locator("xpath=following-sibling::*[@role='tooltip']")).to_be_visible()
        page.locator(".told a.go").first.click()
        expect(page.locator(".report blockquote .is-event").first).to_be_visible()
        page.locator("a[href^='/relation/']").first.click()
        assert page.url.endswith((PAIR, "/relation/URY/BOL"))
        page.locator("#course svg a").first.click()
        page.locator("ul.rows .said a").first.click()
        words = page.locator(".report blockquote").first
        expect(words.locator(".is-event").first).to_be_visible()
        assert words.inner_text().strip() in TEXT


def test_correct_an_event_and_take_it_back(visit: Visit) -> None:
    with visit() as context:
        page = context.new_page()
        page.goto("/review")
        shown = page.locator("article.item h2 a").get_attribute("href")
        page.keyboard.press("e")
        assert page.evaluate("document.activeElement.name") == "type"
        page.keyboard.press("Escape")
        status = page.locator("form[data-review] [name=status]")
        status.select_option("ongoing" if status.input_value() != "ongoing" else "planned")
        page.locator("form[data-review] [name=date]").fill("2024-02-09")
        page.keyboard.press("Control+Enter")
        expect(page.locator("form.done")).to_contain_text("Corrected")
        # Keys are heard once the page is all there.
        page.wait_for_load_state("load")
        page.keyboard.press("u")
        expect(page.locator(".history li")).to_have_count(1)
        assert page.locator("article.item h2 a").get_attribute("href") == shown


def test_search_and_take_what_was_found_away(visit: Visit, kinds: dict[str, str]) -> None:
    if "/search" not in kinds:
        pytest.skip("the desk has no page Search")
    with visit(accept_downloads=True) as context:
        added(context, "خبر للبحث")
        page = context.new_page()
        page.goto("/")
        page.locator("form.quick input").fill("النهري")
        page.keyboard.press("Enter")
        expect(page.locator("main a[href^='/event/']").first).to_be_visible()
        with page.expect_download() as taking:
            page.locator("a[href*='csv']").first.click()
        rows = list(csv.DictReader(io.StringIO(Path(taking.value.path()).read_text("utf-8-sig"))))
        assert rows


def test_a_language_is_remembered(visit: Visit) -> None:
    with visit("ar") as context:
        page = context.new_page()
        page.goto("/add")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        page.locator("a.switch").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        assert page.url.partition("?")[0].endswith("/add")
        page.goto("/review")
        expect(page.locator("html")).to_have_attribute("dir", "ltr")


def test_without_javascript(visit: Visit) -> None:
    with visit(java_script_enabled=False) as context:
        page = added(context, "خبر بلا برامج", TEXT + " ورحبت باراغواي بالاتفاق.")
        page.locator("a.m-event").first.click()
        expect(page.locator("a.m-event").first.locator("xpath=following-sibling::*[@role='tooltip']")).to_be_visible()
        page.goto("/review")
        page.locator("button[value=accept]").click()
        expect(page.locator("form.done")).to_contain_text("Accepted")
        page.locator("form.done button").click()
        expect(page.locator(".history li")).to_have_count(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_wider_than_a_phone(visit: Visit, kinds: dict[str, str], language: str) -> None:
    wide: dict[str, object] = {}
    with visit(language, viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        for kind, address in kinds.items():
            page.goto(address)
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if over > 0:
                wide[kind] = page.evaluate(WIDEST)
    assert not wide


# The deepest elements that stick out of the window.
WIDEST = """() => [...document.querySelectorAll('main *, header *')].filter(e => { const r = e.getBoundingClientRect();
  return r.right > innerWidth + 1 || r.left < -1; }).slice(-3).map(e => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_for_who_cannot_see_them_too(visit: Visit, kinds: dict[str, str], language: str) -> None:
    axe = pytest.importorskip("axe_core_python.base", reason="axe is not installed: pip install 'rasd[test]'")
    faults: list[str] = []
    # Only here may a script that is not the desk's own run.
    with visit(language, bypass_csp=True) as context:
        page = context.new_page()
        for kind, address in kinds.items():
            page.goto(address)
            page.evaluate(axe.AXE_SCRIPT)
            found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            faults += [
                f"{kind}: {v['id']} ({v['impact']}): {v['help']}: {node['html'][:150]}"
                for v in found["violations"]
                if v["impact"] in ("serious", "critical")
                for node in v["nodes"][:2]
            ]
    assert not faults, "\n".join(faults)


def test_every_kind_of_page_is_looked_at(kinds: dict[str, str]) -> None:
    """Pages that nothing leads to would be looked at by nobody."""
    assert {"/", "/add", "/review", "/relations", "/relation/{first}/{second}", "/event/{id}"} <= set(kinds)
