"""The API: what it answers and how it describes that, pages of lists, ETags, problems, reviews."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra rasd[desk] is not installed")

from fastapi.testclient import TestClient

from rasd.desk.api.application import described
from rasd.desk.api.problems import KIND
from rasd.desk.app import create_app
from rasd.desk.settings import Settings
from rasd.sources.article import Article
from rasd.store import Store
from store.articles import put

ROOT = "/api/v1"
OPERATIONS = {
    operation["operationId"]: (path, method, operation)
    for path, methods in described()["paths"].items()
    for method, operation in methods.items()
}
KNOWN = {"article": "1", "event": "e1", "occurrence": "o1", "first": "EGY", "second": "GRC", "code": "EGY", "id": "1"}
LISTS = ["/articles", "/events", "/occurrences", "/occurrences?order=earliest", "/actors", "/affairs",
         "/reviews/waiting", "/reviews/waiting?by=chance"]  # fmt: skip


@pytest.fixture
def place(desk_settings: Settings, tmp_path: Path) -> str:
    target = tmp_path / "api.db"
    copyfile(desk_settings.database or "", target)
    return str(target)


@pytest.fixture
def api(desk_settings: Settings, place: str) -> Iterator[TestClient]:
    """The API over a database of the test's own."""
    with TestClient(create_app(replace(desk_settings, database=place)), base_url=f"http://testserver{ROOT}") as client:
        yield client


def schema_of(operation: dict[str, Any], status: str) -> dict[str, Any]:
    content = operation["responses"][status]["content"]["application/json"]
    return {**content["schema"], "components": described()["components"]}


def conforms(value: Any, schema: dict[str, Any]) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    jsonschema.Draft202012Validator(schema).validate(value)


@pytest.mark.parametrize("name", OPERATIONS)
def test_each_operation_is_described_with_an_example(name: str):
    path, _, operation = OPERATIONS[name]
    assert path.startswith(ROOT)
    assert operation["summary"]
    assert operation["description"]
    assert operation["responses"]["default"]["content"][KIND]
    for status in ("200", "201"):
        if status in operation["responses"]:
            conforms(
                operation["responses"][status]["content"]["application/json"]["example"], schema_of(operation, status)
            )


@pytest.mark.parametrize("name", [n for n, (_, method, _) in OPERATIONS.items() if method == "get"])
def test_each_question_is_answered_as_it_is_described(api: TestClient, name: str):
    path, _, operation = OPERATIONS[name]
    if name == "getReview":
        assert api.post("/reviews", json={"event": "1/e1", "verdict": "accepted"}).status_code == 201
    key = api.get("/affairs").json()["items"][0]["key"]
    query = {"search": {"q": "القاهرة"}, "findActors": {"name": "مصر"}}.get(name, {})
    answer = api.get(path.removeprefix(ROOT).format(**KNOWN, key=key), params=query)
    assert answer.status_code == 200, answer.text
    conforms(answer.json(), schema_of(operation, "200"))
    again = api.get(answer.request.url, headers={"if-none-match": f'"other", {answer.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == answer.headers["etag"]


def walked(api: TestClient, path: str, limit: int = 2) -> list[Any]:
    """The items of a list, page by page."""
    found: list[Any] = []
    cursor = None
    for _ in range(200):
        answer = api.get(path, params={"limit": limit} | ({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        cursor = answer.json()["next"]
        assert ('rel="next"' in answer.headers.get("link", "")) == (cursor is not None)
        if cursor is None:
            return found
    raise AssertionError("the list has no end")


@pytest.mark.parametrize("path", LISTS)
def test_pages_together_are_the_list(api: TestClient, path: str):
    found = walked(api, path, 3)
    assert found == api.get(path, params={"limit": 200}).json()["items"]
    assert len({json.dumps(item, sort_keys=True) for item in found}) == len(found) > 1


@pytest.mark.parametrize("path", ["/articles", "/occurrences", "/events", "/search"])
def test_what_is_added_while_pages_are_turned_shifts_nothing(api: TestClient, place: str, path: str, reader: Any):
    asked = {"q": "مصر"} if path == "/search" else {}
    whole = api.get(path, params={"limit": 200, **asked}).json()["items"]
    first = api.get(path, params={"limit": 1, **asked}).json()
    with Store(place) as store:
        new = [Article(f"التقى وزير خارجية مصر نظيره الكيني في القاهرة يوم {n} مايو.", id=f"new{n}",
                       published=dt.date(2031, 5, n)) for n in (2, 9)]  # fmt: skip
        put(store, reader, *new)
    found = first["items"]
    cursor = first["next"]
    while cursor:
        page = api.get(path, params={"limit": 2, "cursor": cursor, **asked}).json()
        found, cursor = found + page["items"], page["next"]

    def name(item: Any) -> str:
        of = item.get("report") or item.get("article") or item
        return json.dumps(of.get("key") or of["id"])

    known = [name(item) for item in whole]
    assert [n for n in map(name, found) if n in known] == known


def test_choosing_events(api: TestClient):
    every = walked(api, "/occurrences", 200)
    for params, fits in (
        ({"actor": "egy"}, lambda o: "EGY" in {s["code"][:3] for s in (*o["actors"], *o["recipients"])}),
        ({"type": ["CONSULT", "agree"]}, lambda o: o["type"] in ("CONSULT", "AGREE")),
        ({"status": "planned"}, lambda o: o["status"] == "planned"),
        ({"least": 0.9}, lambda o: o["confidence"] >= 0.9),
        ({"country": "EGY"}, lambda o: (o["place"] or {}).get("country") == "EGY"),
    ):
        found = api.get("/occurrences", params={"limit": 200, **params}).json()["items"]
        assert found == [o for o in every if fits(o)]
        assert found
    assert api.get("/occurrences", params={"from": "2099-01-01"}).json()["items"] == []
    told = api.get("/events", params={"article": "1"}).json()["items"]
    assert {t["report"]["source"]["key"] for t in told} == {"1"}


WRONG = [
    ("/nothing", 404), ("/articles/999", 404), ("/articles/x", 422), ("/articles/9999999999999999999999", 422),
    ("/events/1/e999", 404), ("/events/1/x", 422), ("/occurrences/o999999", 404), ("/occurrences/17", 422),
    ("/articles?limit=0", 422), ("/articles?limit=1000", 422), ("/articles?from=yesterday", 422),
    ("/occurrences?status=sure", 422), ("/occurrences?least=nan", 422), ("/occurrences?type=%00", 400),
    ("/articles?cursor=x", 422), ("/articles?cursor=" + "A" * 3000, 422), ("/articles?source=a%00b", 400),
    ("/search?q=", 422), ("/search?q=%00", 400), ("/search?q=-", 422), ("/search", 422), ("/reviews/0", 422),
    ("/reviews/12345", 404), ("/relations/EGY/EGY", 422), ("/relations/EGY/nobody at all", 404),
    ("/relations/EGY/GRC?from=2024-05-02&to=2024-05-01", 422), ("/relations/EGY/GRC/course?step=year", 422),
    ("/relations/E%00Y/GRC", 400), ("/actors/ZZZ", 404), ("/affairs/nothing", 404), ("/actors/known?name=%00", 400),
]  # fmt: skip


@pytest.mark.parametrize(("path", "status"), WRONG, ids=[path[:40] for path, _ in WRONG])
def test_what_goes_wrong_is_a_problem(api: TestClient, path: str, status: int):
    answer = api.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == KIND
    conforms(answer.json(), {**described()["components"]["schemas"]["Problem"]})
    assert answer.json()["status"] == status


@pytest.mark.parametrize("path", ["/articles", "/events", "/occurrences", "/actors", "/reviews", "/reviews/waiting"])
@pytest.mark.parametrize(
    "body", ["[]", "{}", "null",
             '["x"]', '["x",1,2,3]', '["x",1e999,1]', '["x","\\u0000",1]', '["x",' + "9" * 40 + ",1]",
             "[" * 500 + "]" * 500],
)  # fmt: skip
def test_no_cursor_of_a_stranger_is_taken(api: TestClient, path: str, body: str):
    cursor = base64.urlsafe_b64encode(body.encode()).decode()
    assert api.get(path, params={"cursor": cursor}).status_code == 422


def test_a_cursor_belongs_to_its_list(api: TestClient):
    cursor = api.get("/articles?limit=1").json()["next"]
    assert api.get("/occurrences", params={"cursor": cursor}).status_code == 422


@pytest.mark.parametrize("query", ['"', "*", "OR", "- -", '"" OR', "(", "NEAR/2", "a" * 300, "مصر OR", "% _ ' ;", "😀"])
def test_whatever_is_searched_for(api: TestClient, query: str):
    assert api.get("/search", params={"q": query}).status_code in (200, 422)


def test_reviews_are_given_and_taken_back(api: TestClient):
    sent = {"event": "1/e1", "verdict": "corrected", "answer": {"status": "denied", "place": None}, "note": "كذا"}
    made = api.post("/reviews", json=sent)
    assert made.status_code == 201, made.text
    review = made.json()
    assert made.headers["location"] == f"{ROOT}/reviews/{review['id']}"
    assert (review["verdict"], review["person"], review["answer"]["status"]) == ("corrected", "local", "denied")
    assert review["read"]["answer"]["status"] != "denied"
    event = api.get("/events/1/e1").json()
    assert (event["report"]["status"], event["report"]["reviewed"], event["reviews"]) == (
        "denied",
        "corrected",
        [review],
    )
    assert api.get("/reviews?verdict=corrected&article=1").json()["items"] == [review]
    assert api.get("/reviews?verdict=refused").json()["items"] == []
    undone = api.delete(f"/reviews/{review['id']}").json()
    assert [r["id"] for r in undone] == [review["id"]]
    assert api.delete(f"/reviews/{review['id']}").json() == []
    assert api.get("/reviews").json()["items"] == []
    assert api.get("/reviews?every=true").json()["items"][0]["undone_by"] == "local"
    assert api.put("/articles/1/read-through").status_code == 204
    assert api.get("/reviews/accuracy").json()["read_through"] == 1
    assert api.delete("/articles/1/read-through").status_code == 204


def test_a_missed_event_is_put_in(api: TestClient):
    answer = {"type": "PROTEST", "actors": ["KEN/CVL"], "date": "2031-05"}
    made = api.post("/reviews/missed", json={"article": "1", "start": 0, "end": 4, "answer": answer})
    assert made.status_code == 201, made.text
    (told,) = api.get("/events", params={"actor": "KEN"}).json()["items"]
    assert (told["report"]["type"], told["report"]["reviewed"]) == ("PROTEST", "added")


BAD_BODIES: list[Any] = [
    None, [], {}, {"event": "1/e1"}, {"event": "1/e1", "verdict": "corrected"}, {"event": "x", "verdict": "accepted"},
    {"event": "1/e1", "verdict": "accepted", "answer": {}}, {"event": "1/e1", "verdict": "refused", "more": 1},
    {"event": "1/e1", "verdict": "corrected", "answer": {"type": None}},
    {"event": "1/e1", "verdict": "corrected", "answer": {"type": "PARTY"}},
    {"event": "1/e1", "verdict": "corrected", "answer": {"actors": ["x\u0000"]}},
    {"event": "1/e1", "verdict": "corrected", "answer": {"date": "2031-02-30"}},
    {"event": "1/e1", "verdict": "accepted", "note": "a\u0000b"},
    {"event": "1/e1", "verdict": "accepted", "note": "\ud800"},
]  # fmt: skip


@pytest.mark.parametrize("body", BAD_BODIES, ids=range(len(BAD_BODIES)))
def test_a_body_that_cannot_be(api: TestClient, body: Any):
    answer = api.post("/reviews", content=json.dumps(body), headers={"content-type": "application/json"})
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == KIND
    assert answer.json()["faults"] or answer.json()["detail"]
    assert api.get("/reviews?every=true").json()["items"] == []


def test_what_is_not_json_or_not_there(api: TestClient):
    assert api.post("/reviews", content=b"{", headers={"content-type": "application/json"}).status_code == 422
    assert api.post("/reviews", json={"event": "9/e9", "verdict": "accepted"}).status_code == 404
    assert api.delete("/reviews/5").status_code == 404
    wrong = {"article": "1", "start": 5, "end": 5_000_000, "answer": {"type": "AID"}}
    assert api.post("/reviews/missed", json=wrong).status_code == 422
    assert api.put("/articles/77/read-through").status_code == 404
    for refused, status in ((api.post("/articles", json={}), 405), (api.post("/articles"), 403)):
        assert (refused.status_code, refused.headers["content-type"]) == (status, KIND)
