"""Reviewing as a browser does it: the queue, a verdict and its undoing, a missed event, the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copyfile

import pytest

pytest.importorskip("fastapi", reason="the extra rasd[desk] is not installed")

from fastapi.testclient import TestClient

from rasd.desk.app import create_app
from rasd.desk.reviewing import Asked, mark_said, nth, pieces, sides
from rasd.desk.settings import Settings
from rasd.record import Span
from rasd.store import Store

PATHS = ["/review", "/review?by=chance&type=CONSULT&pair=RUS+TUR", "/review?type=PARTY", "/review/event/1/e1",
         "/review/article/1", "/accuracy"]  # fmt: skip


@pytest.fixture
def place(desk_settings: Settings, tmp_path: Path) -> str:
    target = tmp_path / "reviewed.db"
    copyfile(desk_settings.database or "", target)
    return str(target)


@pytest.fixture
def editor(desk_settings: Settings, place: str) -> Iterator[TestClient]:
    """Pages over a database of the test's own."""
    with TestClient(create_app(replace(desk_settings, database=place)), follow_redirects=False) as client:
        yield client


def sent(client: TestClient, page: str, path: str, **fields: str):
    """What comes of a form of a page, sent with its token."""
    token = re.search(r'name="csrf" value="([^"]+)"', client.get(page).text)
    assert token
    return client.post(path, data={"csrf": token[1], **fields}, headers={"origin": "http://testserver"})


def events(place: str) -> set[str]:
    with Store(place) as store:
        return {r for o in store.occurrences() for r in o.reports}


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_pages_come_in_both_languages(editor: TestClient, path: str, language: str):
    answer = editor.get(path, params={"lang": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:", answer.text, re.IGNORECASE)
    assert not re.search(r">(review|accuracy|verdict)\.[\w.-]+<", answer.text)


@pytest.mark.parametrize(
    "path", ["/review/event/1/e999", "/review/event/x/y", "/review/article/0", "/review/event/1/é"]
)
def test_what_is_not_there(editor: TestClient, path: str):
    assert editor.get(path).status_code == 404


def test_a_verdict_leads_to_the_next_and_can_be_undone(editor: TestClient, place: str):
    page = editor.get("/review").text
    action = re.search(r'action="(/review/event/(\d+/e\d+))"', page)
    assert action
    before = events(place)
    given = sent(editor, "/review", action[1], verdict="refuse", **{"from": "queue", "note": "ليس حدثا"})
    assert given.status_code == 303
    assert given.headers["location"].startswith("/review?")
    after = editor.get(given.headers["location"]).text
    assert f'action="{action[1]}"' not in after
    assert events(place) == before - {action[2]}
    review = re.search(r'name="review" value="(\d+)"', after)
    assert review
    undone = sent(editor, given.headers["location"], "/review/undo", review=review[1])
    assert undone.headers["location"] == action[1]
    assert events(place) == before
    assert "ليس حدثا" in editor.get(action[1]).text


def test_the_queue_is_kept_through_a_verdict(editor: TestClient):
    where = "/review?by=chance&type=CONSULT"
    action = re.search(r'action="(/review/event/\d+/e\d+)"', editor.get(where).text)
    assert action
    given = sent(editor, where, action[1], verdict="accept", **{"from": "queue", "by": "chance", "of-type": "CONSULT"})
    assert given.headers["location"].startswith("/review?type=CONSULT&by=chance&done=")
    assert "By lot" in editor.get("/accuracy").text


def test_a_correction_by_form(editor: TestClient, place: str):
    fields = {"type": "AID", "mode": "", "status": "planned", "actors": "KEN/GOV، BRA/GOV", "recipients": "None/CVL",
              "date": "2024-05", "place": "Nairobi", "source": ""}  # fmt: skip
    given = sent(editor, "/review/event/1/e1", "/review/event/1/e1", verdict="correct", **fields)
    assert given.status_code == 303
    with Store(place) as store:
        (review,) = store.reviews(["1"])
        assert review.answer is not None
        assert (review.answer.type, review.answer.actors, review.answer.date) == (
            "AID",
            ("KEN/GOV", "BRA/GOV"),
            "2024-05",
        )
        assert (review.person, review.picked) == ("local", "article")
        assert [o.status for o in store.occurrences(["KEN", "BRA"])] == ["planned"]


def test_what_a_form_has_wrong_is_said_beside_it(editor: TestClient, place: str):
    fields = {"type": "AID", "status": "planned", "actors": "Kenya", "date": "soon<b>", "note": "يبقى"}
    given = sent(editor, "/review/event/1/e1", "/review/event/1/e1", verdict="correct", **fields)
    assert given.status_code == 422
    assert "no date: soon&lt;b&gt;" in given.text
    assert 'value="يبقى"' in given.text
    with Store(place) as store:
        assert store.reviews(["1"], every=True) == []


def test_a_missed_event_by_form(editor: TestClient, place: str):
    with Store(place) as store:
        text = store.show("1").record.article.text
    word = text.split()[3]
    fields = {"words": word, "number": "1", "type": "PROTEST", "status": "occurred", "actors": "NOR/CVL"}
    given = sent(editor, "/review/article/1", "/review/article/1", verdict="add", **fields)
    assert given.status_code == 303, given.text
    assert 'class="v-added"' in editor.get("/review/article/1").text
    with Store(place) as store:
        assert len(store.occurrences(["NOR"])) == 1
    for wrong in (
        {"words": "كلمة ليست هنا"},
        {"words": word, "number": "99"},
        {"words": word, "start": "1" * 30, "type": ""},
    ):
        assert (
            sent(editor, "/review/article/1", "/review/article/1", verdict="add", **(fields | wrong)).status_code == 422
        )
    assert sent(editor, "/review/article/1", "/review/article/1", verdict="through").status_code == 303
    assert "not-through" in editor.get("/review/article/1").text


def test_what_is_asked_of_a_queue():
    mark = (0.125, 17)
    asked = Asked.of({"by": "chance", "behind": mark_said(mark), "type": "AID", "more": "x"})
    assert (asked.by, asked.mark, asked.type) == ("chance", mark, "AID")
    for behind in ("", "x", "1~", "nan~1", "1e5~2", "9" * 400):
        assert Asked.of({"behind": behind, "by": "whim"}) == Asked(behind=behind[:200])
        assert Asked.of({"behind": behind}).mark is None


def test_words_in_a_text():
    text = "زار ثم زار"
    assert [nth(text, "زار", n) for n in (1, 2, 3, -1)] == [Span(0, 3), Span(7, 10), None, Span(0, 3)]
    assert nth(text, "", 1) is None
    assert pieces(text, [(Span(7, 10), "b"), (Span(0, 3), "a"), (Span(2, 5), "c"), (Span(4, 4), "d")]) == [
        ("زار", "a"), (" ثم ", None), ("زار", "b")]  # fmt: skip
    assert sides(" RUS/GOV،TUR ;\nNone/CVL") == ("RUS/GOV", "TUR", "None/CVL")


def test_pages_show_what_was_reviewed(editor: TestClient, place: str):
    with Store(place) as store:
        (event,) = [o for o in store.occurrences() if "1/e1" in o.reports]
    assert "/review/event/1/e1" in editor.get(f"/event/{event.id}").text
    assert "/review/article/1" in editor.get("/article/1").text
    sent(editor, "/review/event/1/e1", "/review/event/1/e1", verdict="refuse")
    assert 'id="s-e1"' not in editor.get("/article/1").text
    sent(editor, "/review/event/1/e1", "/review/event/1/e1", verdict="accept")
    page = editor.get("/article/1").text
    assert 'id="s-e1"' in page
    assert ">Accepted<" in page
