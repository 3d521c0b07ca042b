"""The desk in a real browser: what is remembered, and what it is for who cannot see it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from visiting import Visit

LANGUAGES = ("ar", "en")


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
