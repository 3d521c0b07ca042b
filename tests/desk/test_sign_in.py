"""Signing in and out of a desk, and what can be made of it by somebody who means ill."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the extra rasd[desk] is not installed")
pytest.importorskip("argon2", reason="the extra rasd[desk] is not installed")

from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from rasd.desk.app import create_app
from rasd.desk.guard.accounts import Account, Role, put, take_out
from rasd.desk.settings import Settings

PASSWORD = "كلمة سر طويلة"
# As weak as can be, since these are checked often.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PAGE = {"Accept": "text/html"}


@pytest.fixture
def users(tmp_path: Path) -> Path:
    path = tmp_path / "users"
    put(path, Account("ليلى", Role.EDITOR, QUICK.hash(PASSWORD)))
    put(path, Account("omar", Role.READER, QUICK.hash(PASSWORD)))
    return path


@pytest.fixture
def app(desk_settings: Settings, users: Path) -> Iterator[FastAPI]:
    made = create_app(replace(desk_settings, users=users))
    yield made
    made.state.desk.close()


@pytest.fixture
def browser(app: FastAPI) -> TestClient:
    return TestClient(app, follow_redirects=False)


def form_token(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]


def sign_in(browser: TestClient, name: str = "ليلى", password: str = PASSWORD, **fields: str):
    token = form_token(browser.get("/sign-in").text)
    return browser.post("/sign-in", data={"csrf": token, "name": name, "password": password, **fields})


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_page_leads_to_the_sign_in_and_back(browser: TestClient, language: str):
    answer = browser.get(f"/?lang={language}", headers=PAGE)
    assert answer.status_code == 303
    page = browser.get(answer.headers["location"], headers=PAGE)
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text
    wanted = re.search(r'name="next" value="([^"]*)"', page.text)
    assert wanted
    assert wanted[1] == f"/?lang={language}"
    answer = sign_in(browser, next=wanted[1])
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/?lang={language}"
    page = browser.get("/", headers=PAGE)
    assert page.status_code == 200
    assert "ليلى" in page.text


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(browser: TestClient):
    cookies = sign_in(browser).headers.get_list("set-cookie")
    session = next(c for c in cookies if c.startswith("rasd_session="))
    assert "HttpOnly" in session
    assert "SameSite=Lax" in session
    assert "Path=/" in session
    assert "Domain" not in session
    assert len(session) > 60


@pytest.mark.parametrize("name", ["ليلى", "nobody", "", "a\r\nSet-Cookie: x=y", "<script>alert(1)</script>", "x" * 199])
def test_wrong_is_wrong_and_not_which(browser: TestClient, name: str):
    answer = sign_in(browser, name, "wrong wrong wrong")
    assert answer.status_code == 403
    assert "The name or the password is wrong." in answer.text
    assert "<script>alert" not in answer.text
    assert not any(c.startswith("rasd_session") for c in answer.headers.get_list("set-cookie"))


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_other_site(browser: TestClient, target: str):
    page = browser.get("/sign-in", params={"next": target}).text
    assert "evil.example" not in re.findall(r'name="next" value="([^"]*)"', page)[0]
    assert "javascript:" not in re.findall(r'name="next" value="([^"]*)"', page)[0]
    assert sign_in(browser, next=target).headers["location"] == "/"


def test_a_session_that_somebody_else_chose_is_worth_nothing(browser: TestClient):
    """Session fixation: who signs in gets a new session, whatever his browser held."""
    browser.cookies.set("rasd_session", "chosen-by-another")
    answer = sign_in(browser)
    assert "chosen-by-another" not in str(answer.headers)
    other = TestClient(browser.app, follow_redirects=False)
    other.cookies.set("rasd_session", "chosen-by-another")
    assert other.get("/").status_code == 401


def test_signing_in_again_ends_the_session_before(browser: TestClient):
    sign_in(browser)
    before = browser.cookies["rasd_session"]
    answer = sign_in(browser)
    assert answer.status_code == 303
    assert browser.cookies["rasd_session"] != before
    other = TestClient(browser.app)
    other.cookies.set("rasd_session", before)
    assert other.get("/").status_code == 401


def test_signing_out_ends_the_session_on_the_server(browser: TestClient):
    sign_in(browser)
    held = browser.cookies["rasd_session"]
    token = form_token(browser.get("/", headers=PAGE).text)
    assert browser.post("/sign-out", data={}).status_code == 403
    assert browser.get("/sign-out").status_code == 405
    answer = browser.post("/sign-out", data={"csrf": token})
    assert answer.status_code == 303
    assert "rasd_session" not in browser.cookies
    browser.cookies.set("rasd_session", held)
    assert browser.get("/").status_code == 401


def test_another_site_signs_nobody_in(browser: TestClient):
    fields = {"name": "ليلى", "password": PASSWORD}
    assert browser.post("/sign-in", data=fields).status_code == 403
    token = form_token(browser.get("/sign-in").text)
    answer = browser.post("/sign-in", data={**fields, "csrf": token}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


def test_guessing_is_slowed_down(browser: TestClient):
    statuses = [sign_in(browser, f"user{n}", "wrong wrong wrong").status_code for n in range(14)]
    assert statuses.count(403) == 10
    assert statuses[-1] == 429
    answer = sign_in(browser)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


def test_guessing_at_one_name_from_many_addresses_is_slowed_down(app: FastAPI):
    statuses: list[int] = []
    for n in range(25):
        there = TestClient(app, follow_redirects=False, client=(f"192.0.2.{n}", 5000))
        statuses.append(sign_in(there, "omar", "wrong wrong wrong").status_code)
    assert statuses.count(403) == 20
    assert statuses[-1] == 429
    other = TestClient(app, follow_redirects=False, client=("192.0.2.99", 5000))
    assert sign_in(other).status_code == 303


def test_signing_in_well_is_not_counted(browser: TestClient):
    assert {sign_in(browser).status_code for _ in range(30)} == {303}


def test_who_was_taken_out_is_signed_out(browser: TestClient, users: Path):
    sign_in(browser)
    assert browser.get("/").status_code == 200
    put(users, Account("ليلى", Role.EDITOR, QUICK.hash("another password")))
    assert browser.get("/").status_code == 401
    sign_in(browser, password="another password")
    assert browser.get("/").status_code == 200
    take_out(users, "ليلى", token=False)
    take_out(users, "omar", token=False)
    assert browser.get("/").status_code == 401, "without accounts the desk stays closed"


def test_where_nobody_signs_in_there_is_no_sign_in(desk: TestClient):
    answer = desk.get("/sign-in", params={"next": "/add"}, follow_redirects=False)
    assert answer.headers["location"] == "/add"
    assert desk.get("/sign-in", params={"next": "//evil.example"}, follow_redirects=False).headers["location"] == "/"


def test_readers_see_no_way_to_change(browser: TestClient):
    sign_in(browser, "omar")
    page = browser.get("/", headers=PAGE).text
    assert 'href="/add"' not in page
    token = form_token(page)
    for path in ("/add", "/add/text", "/review", "/api/v1/events/1", "/whatever"):
        assert browser.post(path, data={"csrf": token}).status_code == 403
    assert browser.get("/add", headers=PAGE).status_code == 403


def test_passwords_stand_in_no_log(browser: TestClient, caplog: pytest.LogCaptureFixture):
    caplog.set_level("INFO")
    sign_in(browser, "typed-in-the-wrong-field", "wrong wrong wrong")
    sign_in(browser)
    browser.get("/", params={"q": "what was searched"})
    for secret in (
        PASSWORD,
        "wrong wrong",
        "typed-in-the-wrong-field",
        "what was searched",
        browser.cookies["rasd_session"],
    ):
        assert secret not in caplog.text
    assert "ليلى signed in" in caplog.text
