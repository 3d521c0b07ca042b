"""The drawing of a course: all that it says lies within it, and one day alone is read at a glance."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from rasd.relations.pages.page import Bar, Chart
from rasd.relations.pages.svg import drawn

SVG = "{http://www.w3.org/2000/svg}"
# The narrowest that a letter of the drawing is: half of its size.
LETTER = 5.5


def chart(count: int, up: float, down: float) -> Chart:
    first = dt.date(2031, 9, 3)
    days = [first + dt.timedelta(days=n) for n in range(count)]
    bars = [Bar(d, f"{d.day} September {d.year}", up, down, False, d) for d in days]
    return Chart(bars, [], [], [], ("Cooperation", "Conflict"), "")


def reach(text: ET.Element, mirrored: bool) -> tuple[float, float]:
    """From where to where a text of the drawing goes at the least, in its units."""
    x, wide = float(text.get("x", "0")), len(text.text or "") * LETTER
    anchor = text.get("text-anchor", "start")
    if anchor == "middle":
        return x - wide / 2, x + wide / 2
    onwards = anchor == "start"
    if text.get("direction", "rtl" if mirrored else "ltr") == "rtl":
        onwards = not onwards
    return (x, x + wide) if onwards else (x - wide, x)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize(
    ("count", "up", "down"),
    [(1, 46.0, -152.0), (1, 0.0, -3.0), (2, 5.0, 0.0), (22, 436.0, -446.0), (24, 138.0, -1164.7), (60, 3.0, -123456.0)],
)
def test_nothing_sticks_out(count: int, up: float, down: float, direction: str):
    root = ET.fromstring(drawn(chart(count, up, down), direction))
    wide = float(root.get("viewBox", "").split()[2])
    for text in root.iter(f"{SVG}text"):
        left, right = reach(text, direction == "rtl")
        assert left >= 0, ET.tostring(text)
        assert right <= wide, ET.tostring(text)
    for rect in root.iter(f"{SVG}rect"):
        assert float(rect.get("x", "0")) >= 0
        assert float(rect.get("x", "0")) + float(rect.get("width", "0")) <= wide


def test_days_under_a_chart_do_not_touch():
    root = ET.fromstring(drawn(chart(22, 4.0, -4.0), "ltr"))
    days = sorted(reach(t, False) for t in root.iter(f"{SVG}text") if "September" in (t.text or ""))
    assert len(days) > 4
    assert all(before[1] <= after[0] for before, after in pairwise(days))


def test_one_bar_lies_and_says_its_numbers():
    root = ET.fromstring(drawn(chart(1, 46.0, -152.0), "ltr", lambda bar: f"/events?from={bar.begin}"))
    texts = [t.text for t in root.iter(f"{SVG}text")]
    assert texts == ["3 September 2031", "Cooperation", "+46", "Conflict", "−152"]
    up, down = (next(r for r in root.iter(f"{SVG}rect") if r.get("class") == kind) for kind in ("up", "down"))
    assert float(down.get("width", "0")) / float(up.get("width", "0")) == pytest.approx(152 / 46, rel=0.01)
    assert [a.get("href") for a in root.iter(f"{SVG}a")] == ["/events?from=2031-09-03"]
