"""How the desk looks where a test can tell: on paper, in the dark, where a phone shows only a part."""

from __future__ import annotations

import io

import pytest
from visiting import Visit

LANGUAGES = ("ar", "en")
# What stands on the screen alone.
_SCREEN_ONLY = "header.top, form, .pager, .go, .screen, summary, .jump, .narrow"
_SEEN = f"[...document.querySelectorAll({_SCREEN_ONLY!r})].filter(e => e.checkVisibility()).length"
_CUT = """() => [...document.querySelectorAll('main *')].filter(e => e.checkVisibility()
  && !['hidden', 'clip'].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 2
  && getComputedStyle(e).overflowX !== 'visible').map(e => e.outerHTML.slice(0, 120))"""


def pages_on_paper(pdf: bytes) -> list[str]:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_nothing_is_cut_and_nothing_is_to_be_pressed(
    visit: Visit, kinds: dict[str, str], language: str
) -> None:
    with visit(language, viewport={"width": 690, "height": 900}) as context:
        page = context.new_page()
        page.emulate_media(media="print")
        for kind, address in kinds.items():
            if kind.startswith(("/add", "/review")):
                continue
            page.goto(address)
            assert page.evaluate(_SEEN) == 0, kind
            assert page.evaluate(_CUT) == [], kind
            pages = pages_on_paper(page.pdf(format="A4", prefer_css_page_size=True))
            # No page of little but the foot.
            assert len(pages) == 1 or all(len(text) > 150 for text in pages[:-1]), kind


def test_paper_says_what_was_searched_and_where_an_article_stood(visit: Visit, kinds: dict[str, str]) -> None:
    with visit() as context:
        page = context.new_page()
        page.emulate_media(media="print")
        page.goto("/search?from=2024-05-01&to=2024-05-31&actor=EGY")
        head = page.locator("header.head").inner_text()
        assert "Egypt" in head
        assert "1 May 2024" in head
        page.goto(kinds["/article/{key}"])
        assert page.locator(".key").first.is_visible()
        assert not page.locator(".key input").first.is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_the_dark_all_words_stand_out(visit: Visit, kinds: dict[str, str], language: str) -> None:
    axe = pytest.importorskip("axe_core_python.base", reason="axe is not installed: pip install 'rasd[test]'")
    faults: list[str] = []
    with visit(language, color_scheme="dark", bypass_csp=True) as context:
        page = context.new_page()
        for kind, address in kinds.items():
            page.goto(address)
            page.evaluate(axe.AXE_SCRIPT)
            found = page.evaluate("axe.run(document, {runOnly: ['color-contrast'], resultTypes: ['violations']})")
            faults += [f"{kind}: {node['html'][:150]}" for v in found["violations"] for node in v["nodes"][:3]]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_shows_the_page_one_is_on_and_the_latest_of_a_chart(
    visit: Visit, kinds: dict[str, str], language: str
) -> None:
    with visit(language, viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto("/review")
        here = page.locator(".pages [aria-current]").bounding_box()
        assert here is not None
        assert here["x"] >= 0
        assert here["x"] + here["width"] <= 360
        page.goto(kinds["/relation/{first}/{second}"])
        wide = page.locator(".latest")
        if wide.evaluate("e => e.scrollWidth > e.clientWidth"):
            shown = wide.evaluate("e => e.getBoundingClientRect().toJSON()")
            last = page.locator("svg.course a").last.bounding_box()
            assert last is not None
            assert shown["left"] - 1 <= last["x"] <= shown["right"]
