"""What holds of every page: its language, how it is remembered, what may stand in it, what is missing."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from rasd.desk import links

PAGES = ["/", "/relations", "/relation/TUR/IRQ", "/relation/TUR/IRQ/events", "/event/o1", "/articles", "/article/1"]
LANGUAGES = {"en": "ltr", "ar": "rtl"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_comes_in_both_languages(desk: TestClient, path: str, language: str):
    answer = desk.get(path, params={"lang": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}" dir="{LANGUAGES[language]}">' in answer.text
    assert answer.headers["content-language"] == language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_script_and_no_style_of_its_own(desk: TestClient, path: str, language: str):
    page = desk.get(path, params={"lang": language}).text
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:", page, re.IGNORECASE)
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", page)


@pytest.mark.parametrize("path", PAGES)
def test_the_same_page_twice(desk: TestClient, path: str):
    assert desk.get(path).text == desk.get(path).text


def test_a_language_is_chosen_remembered_and_asked_for(desk: TestClient):
    desk.cookies.clear()
    assert desk.get("/").headers["content-language"] == "en"
    assert desk.get("/", headers={"accept-language": "fr, ar-EG;q=0.8, en;q=0.5"}).headers["content-language"] == "ar"
    desk.get("/", params={"lang": "ar"})
    assert desk.get("/").headers["content-language"] == "ar"
    assert desk.get("/", params={"lang": "xx"}).headers["content-language"] == "ar"


def test_the_switch_keeps_what_was_asked(desk: TestClient):
    assert 'href="/?q=%D8%A3&amp;lang=ar"' in desk.get("/", params={"q": "أ", "lang": "en"}).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_missing_is_a_page_too(desk: TestClient, language: str):
    answer = desk.get("/no/such/page", params={"lang": language})
    assert answer.status_code == 404
    assert f'<html lang="{language}"' in answer.text


def test_an_address_that_is_no_path_of_ours_does_not_become_one(desk: TestClient):
    answer = desk.get("http://testserver//evil.example/x", params={"lang": "en"})
    assert 'href="//' not in answer.text


def test_codes_in_addresses():
    assert links.relation("SYR/OPP", "RUS") == "/relation/SYR-OPP/RUS"
    assert [links.code_in(part) for part in ("SYR-OPP", "RUS", "تركيا")] == ["SYR/OPP", "RUS", "تركيا"]
