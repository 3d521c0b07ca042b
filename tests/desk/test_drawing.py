"""Drawings: the same each time, well formed, readable without colour, nothing outside their frame."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("markupsafe", reason="the extra rasd[desk] is not installed")

from rasd.desk.drawing import network, worldmap
from rasd.desk.drawing.network import Node, Tie, drawn_network
from rasd.desk.drawing.outlines import land, outlines
from rasd.desk.drawing.view import HEIGHT, WIDTH, WORLD, View, fitted
from rasd.desk.drawing.worldmap import Mark, drawn_map

SVG = "{http://www.w3.org/2000/svg}"
CAIRO, OSLO, TOKYO = (31.2, 30.1, 5), (10.7, 59.9, 3), (139.7, 35.7, 2)
places = st.tuples(st.floats(-180, 180), st.floats(-90, 90), st.integers(1, 10_000))


def test_every_country_is_closed_and_known():
    known = outlines()
    assert len(known.countries) > 200
    assert {"SAU", "YEM", "PSE", "BHR", "XKX", "FRA"} <= {c.code for c in known.countries}
    for country in known.countries:
        for ring in country.rings:
            ends = [known.pieces[n if n >= 0 else ~n].points[:: 1 if n >= 0 else -1] for n in ring]
            for one, two in zip(ends, [*ends[1:], ends[0]], strict=True):
                assert one[-1] == two[0], country.code


@pytest.mark.parametrize("view", [WORLD, fitted([CAIRO]), fitted([CAIRO, OSLO]), fitted([(50.5, 26.0, 1)])])
def test_land_stays_within_the_frame(view: View):
    drawn = land(view)
    assert drawn
    for _, path in drawn:
        numbers = [float(n) for part in path.replace("M", " ").replace("L", " ").replace("Z", " ").split()
                   for n in part.split(",")]  # fmt: skip
        assert all(-0.05 * WIDTH <= n <= 1.05 * WIDTH for n in numbers)


def test_close_maps_are_finer():
    assert [fitted([p]).level for p in (CAIRO,)] == [3]
    assert WORLD.level == 0
    wide = dict(land(WORLD))
    close = dict(land(fitted([CAIRO])))
    assert close["EGY"].count("L") > wide["EGY"].count("L")


@given(st.lists(places, max_size=12), st.booleans())
def test_a_view_fits_what_it_is_of(given_places: list[tuple[float, float, int]], every: bool):
    view = fitted(given_places, every=every)
    assert view.west < view.east
    assert view.south < view.north
    # As many units to a degree of latitude as to one of longitude at its middle, as far as the world reaches.
    if every:
        inside = [p for p in given_places if -57 <= p[1] <= 83 and p[0] >= -169]
        assert all(view.holds(lon, lat) for lon, lat, _ in inside)


def test_far_places_are_left_outside_unless_asked_for():
    near = [(44.0 + n / 10, 15.0 + n / 10, 50) for n in range(10)]
    assert not fitted([*near, TOKYO]).holds(*TOKYO[:2])
    assert fitted([*near, TOKYO], every=True).holds(*TOKYO[:2])


def test_marks_differ_in_shape_and_lead_somewhere():
    marks = [
        Mark("Cairo", "Cairo: 5", "/place/a", 31.2, 30.1, 5, 0), Mark("Aden", "Aden: 9", "/place/b", 45.0, 12.8, 9, 9),
        Mark("Egypt", "Egypt: 2", "/place/c", 30.0, 27.0, 2, 0, vague=True),
    ]  # fmt: skip
    root = ET.fromstring(drawn_map(marks, fitted([(m.lon, m.lat, m.events) for m in marks]), "events"))
    links = {a.get("href"): a for a in root.iter(f"{SVG}a")}
    assert set(links) == {"/place/a", "/place/b", "/place/c"}
    assert links["/place/a"].find(f"{SVG}circle") is not None
    assert links["/place/b"].find(f"{SVG}circle") is None
    assert "vague" in (links["/place/c"].get("class") or "")
    assert links["/place/b"].findtext(f"{SVG}title") == "Aden: 9"


def test_names_on_a_map_do_not_cover_each_other():
    marks = [Mark(f"Long name {n}", "", f"/{n}", 40 + n % 6, 20 + n // 6, 30 - n, 0) for n in range(30)]
    root = ET.fromstring(drawn_map(marks, fitted([(m.lon, m.lat, m.events) for m in marks]), "x"))
    boxes: list[tuple[float, float, float, float]] = []
    for text in root.iter(f"{SVG}text"):
        wide = len(text.text or "") * worldmap._LETTER
        x, y = float(text.get("x") or 0), float(text.get("y") or 0)
        left = {"start": x, "end": x - wide, "middle": x - wide / 2}[text.get("text-anchor") or ""]
        boxes.append((left, y - 11, left + wide, y + 4))
        assert 0 <= left <= left + wide <= WIDTH
        assert 0 <= y <= HEIGHT
    assert len(boxes) > 5
    for n, a in enumerate(boxes):
        assert not any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for b in boxes[n + 1 :])


def test_a_network_is_told_apart_without_colour():
    others = [
        Node("A", "Alpha", "/actor/A", 5, 0, "/relation/X/A"),
        Node("B", "Beta", "/actor/B", 0, 7, "/relation/X/B"),
    ]
    drawing = drawn_network(Node("X", "Middle", "/actor/X"), others, [Tie("A", "B", 1, 2)], "network")
    assert drawing == drawn_network(Node("X", "Middle", "/actor/X"), others[::-1], [Tie("A", "B", 1, 2)], "network")
    root = ET.fromstring(drawing)
    bonds = {a.get("href"): a.findall(f"{SVG}line") for a in root.iter(f"{SVG}a") if a.get("class") == "bond"}
    assert bonds["/relation/X/A"][0].get("stroke-dasharray") is None
    assert bonds["/relation/X/B"][0].get("stroke-dasharray")
    ys = {t.text: float(t.get("y") or 0) for t in root.iter(f"{SVG}text")}
    assert ys["Alpha"] < ys["Middle"] < ys["Beta"]


@given(st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999)), min_size=1, max_size=40))
def test_a_network_stays_within_its_frame(counts: list[tuple[int, int]]):
    others = [Node(f"N{n}", "<&\u0600>", "/?a=1&b", up, down, "/") for n, (up, down) in enumerate(counts)]
    root = ET.fromstring(drawn_network(Node("X", "X", "/"), others, [], "x"))
    for circle in root.iter(f"{SVG}circle"):
        assert 0 < float(circle.get("cx") or 0) < network.WIDTH
        assert 0 < float(circle.get("cy") or 0) < network.HEIGHT
