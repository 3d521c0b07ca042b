"""An Arabic page names everyone in Arabic: those on whose word events are told, and where reports disagree."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from rasd.record import Attribution, Name, Place


def words(desk: TestClient):
    return desk.app.state.desk.words("ar")  # type: ignore[attr-defined]


def attributed(desk: TestClient, address: str) -> list[str]:
    """On whose word a page tells events."""
    label = words(desk).label("event.said-by")
    html = desk.get(f"{address}?lang=ar").text
    return re.findall(rf"<dt>{label}</dt><dd>(.*?)</dd>", html, re.DOTALL)


def test_articles_and_events_name_their_speakers_in_arabic(desk: TestClient):
    pages = [f"/article/{n}" for n in range(1, 16)] + [f"/event/o{n}" for n in range(1, 30)]
    said = [text for page in pages for text in attributed(desk, page)]
    assert len(said) > 10
    assert not [text for text in said if re.search("[A-Za-z]", re.sub("<.*?>", "", text))]


@pytest.mark.parametrize(("english", "arabic"), [("Reuters", "رويترز"), ("Turkey", "تركيا")])
def test_whom_the_knowledge_files_know_is_named_as_they_say(desk: TestClient, english: str, arabic: str):
    said = Attribution(None, english, None, None)
    assert words(desk).speakers([said], {}) == arabic
    assert words(desk).speakers([said], {english: Name("اسم آخر", english)}) == "اسم آخر"


def test_places_in_which_reports_differ_are_named_in_arabic(desk: TestClient):
    place = Place(Name("بورصة", "Bursa"), "TUR", 40.2, 29.1, 1)
    assert words(desk).difference("place", "Bursa", {"Bursa": place}) == "بورصة، تركيا"
    assert words(desk).difference("place", "Nowhere", {}) == "Nowhere"
