"""The pages of powers, places and affairs, the map and the calendar, over the example articles."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest

pytest.importorskip("fastapi", reason="the extra rasd[desk] is not installed")

from fastapi.testclient import TestClient


def drawings(page: str, kind: str) -> list[ET.Element]:
    """The drawings of a kind on a page, each well formed."""
    return [ET.fromstring(svg) for svg in re.findall(rf'<svg class="{kind}" .*?</svg>', page, re.DOTALL)]


def first(desk: TestClient, path: str, prefix: str) -> str:
    """The first address on a page that begins so."""
    match = re.search(rf'href="({re.escape(prefix)}[^"]+)"', desk.get(path).text)
    assert match is not None
    return unescape(match[1])


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_power(desk: TestClient, language: str):
    page = desk.get(first(desk, "/actors", "/actor/"), headers={"Accept-Language": language}).text
    (network,) = drawings(page, "network")
    (atlas,) = drawings(page, "map")
    for drawing in (network, atlas):
        links = [a.get("href") or "" for a in drawing.iter("{http://www.w3.org/2000/svg}a")]
        assert links
        # What the drawing says stands in words too, under the same address.
        listed = unescape(re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL))
        assert all(f'"{link}"' in listed for link in links if link.startswith(("/relation/", "/place/")))
    assert "style=" not in page


def test_every_link_of_a_power_leads_somewhere(desk: TestClient):
    page = desk.get(first(desk, "/actors", "/actor/")).text
    for address in sorted(set(re.findall(r'href="(/[^"#]+)"', page)))[:80]:
        assert desk.get(unescape(address)).status_code == 200, address


def test_powers_are_found_by_name(desk: TestClient):
    answer = desk.get("/actors", params={"name": "تركيا"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/actor/TUR")
    assert desk.get("/actor/Turkey", follow_redirects=False).headers["location"] == "/actor/TUR"
    assert desk.get("/actor/nobody").status_code == 404


def test_a_state_names_who_held_its_offices(desk: TestClient):
    page = desk.get("/actor/TUR").text
    assert "Recep Tayyip Erdogan" in page
    assert "since 28 August 2014" in page


def test_a_place_and_its_country(desk: TestClient):
    place = first(desk, "/map", "/search?place=geonames").replace("/search?place=", "/place/").replace("%3A", ":")
    page = desk.get(place)
    assert page.status_code == 200
    assert len(drawings(page.text, "map")) == 1
    country = first(desk, place, "/place/")
    assert desk.get(country).status_code == 200
    assert desk.get("/place/nowhere:x").status_code == 404


def test_an_affair(desk: TestClient):
    address = first(desk, "/affairs", "/affair/")
    page = desk.get(address)
    assert page.status_code == 200
    assert "/search.atom?affair=" in page.text
    name = re.search(r"<h1><bdi>(.*?)</bdi>", page.text)
    assert name is not None
    found = desk.get(f"/affair/{unescape(name[1])}", follow_redirects=False)
    assert found.status_code in (200, 307)
    assert desk.get("/affair/agreement:no such thing").status_code == 404


def test_affairs_are_listed_by_kind_and_name(desk: TestClient):
    everything = desk.get("/affairs").text.count('href="/affair/')
    kinds = [desk.get(f"/affairs?kind={kind}").text.count('href="/affair/')
             for kind in ("agreement", "project", "issue", "target", "gathering")]  # fmt: skip
    assert sum(kinds) == everything > 0
    assert desk.get("/affairs?kind=<b>").text.count('href="/affair/') == everything


def test_the_map_shows_all_that_is_listed(desk: TestClient):
    page = desk.get("/map?all=1").text
    (atlas,) = drawings(page, "map")
    assert len(atlas.findall("{http://www.w3.org/2000/svg}a")) > 3
    assert "Natural Earth" in page


def test_the_calendar_counts_what_a_day_leads_to(desk: TestClient):
    page = desk.get("/calendar").text
    days = re.findall(r'<a href="(/search\?from=[^"]+)" aria-label="[^"]*?: ([\d,]+) event', page)
    assert days
    for address, events in days:
        found = re.search(r'<span class="count">(\d+)</span>', desk.get(unescape(address)).text)
        assert found is not None
        # What is known no better than to some weeks touches the day, and is in no cell.
        assert int(found[1]) >= int(events)


@pytest.mark.parametrize("month", ["2024-13", "x", "0001-01", "2024-5", "9999-12"])
def test_months_that_are_none(desk: TestClient, month: str):
    assert desk.get(f"/calendar?month={month}").status_code == 422


@pytest.mark.parametrize("month", ["2024-12", "1436-01", "2199-02", "0002-01", "9998-12"])
def test_far_months(desk: TestClient, month: str):
    assert desk.get(f"/calendar?month={month}").status_code == 200


def test_arabic_names_the_months_of_both_calendars(desk: TestClient):
    page = desk.get("/calendar?month=2015-07", headers={"Accept-Language": "ar"}).text
    assert "يوليو 2015" in page
    assert "رمضان – شوال 1436" in page
