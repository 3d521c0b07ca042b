"""Input that cannot be: each is answered with a sentence in the page's language, and never a fault of the server."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from shutil import copyfile

import pytest
from fastapi.testclient import TestClient

from rasd.desk.app import create_app
from rasd.desk.settings import Settings

ARABIC = re.compile("[\u0621-\u064a]{3}")
DAYS = ["0001-01-01", "9999-12-31", "0000-00-00", "2015-02-30", "yesterday", "٢٠١٥-٠٨-٠٦", "2015-08", "9" * 40, "a%00b"]
ANSWER = {"verdict": "correct", "type": "CONSULT", "status": "occurred", "actors": "EGY"}
WRONG = [
    {"type": "XX"},
    {"mode": "zz"},
    {"status": "zz"},
    {"actors": "??"},
    {"recipients": "\u202e!!"},
    {"date": "yesterday"},
    {"date": "2015-13-40"},
    {"place": "x" * 300},
    {"note": "n" * 3000},
]


@pytest.fixture
def editing(desk_settings: Settings, tmp_path: Path):
    copy = copyfile(str(desk_settings.database), tmp_path / "copy.db")
    with TestClient(create_app(replace(desk_settings, database=str(copy)))) as client:
        yield client


def said(html: str) -> str:
    """The words of a page's own part."""
    found = re.search("<main.*?</main>", html, re.DOTALL)
    assert found
    return " ".join(re.sub("<[^>]*>", " ", found[0]).split())


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("address", ["/?on=", "/relation/EGY/GRC?from=", "/relation/EGY/GRC/events?to="])
def test_what_is_no_day_is_said_so(desk: TestClient, address: str, day: str):
    for language in ("ar", "en"):
        answer = desk.get(address + day, headers={"Accept-Language": language})
        assert answer.status_code in (400, 414, 422), answer.status_code
        assert bool(ARABIC.search(said(answer.text))) == (language == "ar")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_an_agenda_of_no_day_is_a_problem(desk: TestClient, day: str):
    answer = desk.get(f"/api/v1/relations/EGY/GRC/agenda?as_of={day}")
    assert answer.status_code == 422
    assert "as_of" in answer.json()["faults"]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda w: next(iter(w)))
@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_is_wrong_with_a_correction_is_said_beside_it(editing: TestClient, wrong: dict[str, str], language: str):
    page = editing.get(f"/review/event/1/e1?lang={language}").text
    token = re.search('name="csrf" value="([^"]*)"', page)
    assert token
    answer = editing.post("/review/event/1/e1", data={"csrf": token[1], **ANSWER, **wrong})
    assert answer.status_code == 422
    faults = re.findall('class="wrong" role="alert">(.*?)</', answer.text)
    assert faults
    assert all(bool(ARABIC.search(fault)) == (language == "ar") for fault in faults), faults


@pytest.mark.parametrize("name", ["actor", "type", "status", "class", "from", "place", "q"])
@pytest.mark.parametrize("value", ["?!", "\u202e\u2066zz", "<b>zz</b>", "%00zz", "ﷺ" * 290, "'--zz"])
def test_a_search_for_what_cannot_be_says_so(desk: TestClient, name: str, value: str):
    answer = desk.get("/search", params={name: value, "lang": "ar"})
    assert answer.status_code in (200, 400, 414)
    assert "<b>zz" not in answer.text
    assert not re.search("[\u202e\u2066]", said(answer.text))
    if answer.status_code == 200 and name not in ("q", "from"):
        assert 'class="alert"' in answer.text
