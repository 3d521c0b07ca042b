"""All that the API answers over a database is what it says of itself: no field more, none less, each of its form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copyfile
from typing import Any
from urllib.parse import quote

import pytest

pytest.importorskip("fastapi", reason="the extra rasd[desk] is not installed")
pytest.importorskip("jsonschema", reason="jsonschema is not installed")

import jsonschema
from fastapi.testclient import TestClient

from rasd.desk.api.application import described
from rasd.desk.app import create_app
from rasd.desk.settings import Settings

PAIRS = [("EGY", "GRC"), ("TUR", "IRQ"), ("FJI", "YEM")]


def closed(schema: Any) -> Any:
    """A schema whose objects hold what it names and nothing else."""
    if isinstance(schema, list):
        return [closed(s) for s in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if "properties" in made:
        made.setdefault("additionalProperties", False)
    return made


class Asked:
    """Asks operations by their ids, and holds each answer against the description."""

    def __init__(self, client: TestClient) -> None:
        self._client = client
        components = closed(described()["components"])
        self._operations: dict[str, tuple[str, Any]] = {}
        for path, methods in described()["paths"].items():
            if "get" in methods:
                schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
                whole = {**closed(schema), "components": components}
                validator = jsonschema.Draft202012Validator(
                    whole, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
                )
                self._operations[methods["get"]["operationId"]] = path, validator
        self.left = set(self._operations)

    def __call__(self, name: str, query: str = "", /, **parts: object) -> Any:
        path, validator = self._operations[name]
        self.left.discard(name)
        address = path.format(**{key: quote(str(value), safe="") for key, value in parts.items()}) + query
        answer = self._client.get(address)
        assert answer.status_code == 200, (address, answer.text)
        faults = [
            f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator.iter_errors(answer.json())
        ]
        assert not faults, (address, faults[:5])
        return answer.json()

    def all(self, name: str, query: str = "?limit=50") -> list[Any]:
        """All items of a list, page by page."""
        found: list[Any] = []
        cursor = ""
        while True:
            page = self(name, query + cursor)
            found += page["items"]
            if page["next"] is None:
                return found
            cursor = f"&cursor={page['next']}"


@pytest.fixture
def asked(desk_settings: Settings, tmp_path: Path) -> Iterator[Asked]:
    copy = copyfile(str(desk_settings.database), tmp_path / "copy.db")
    with TestClient(create_app(replace(desk_settings, database=str(copy)))) as client:
        for n, verdict in enumerate(("accepted", "refused", "corrected"), 1):
            answer = {"answer": {"status": "planned", "date": "2024-08"}} if verdict == "corrected" else {}
            sent = {"event": f"{n}/e1", "verdict": verdict, "note": "of a test", **answer}
            assert client.post("/api/v1/reviews", json=sent).status_code == 201
        yield Asked(client)


def test_every_answer_is_as_it_is_described(asked: Asked):
    asked("index")
    for article in asked.all("listArticles"):
        asked("getArticle", article=article["key"])
        asked("getRecord", article=article["key"])
    for told in asked.all("listEvents"):
        article, _, event = told["report"]["id"].partition("/")
        asked("getEvent", article=article, event=event)
    for occurrence in asked.all("listOccurrences"):
        asked("getOccurrence", occurrence=occurrence["id"])
    for actor in asked.all("listActors"):
        asked("getActor", code=actor["code"].replace("/", "-"))
    for affair in asked.all("listAffairs"):
        asked("getAffair", key=affair["key"])
    for review in asked.all("listReviews", "?limit=2&every=true"):
        asked("getReview", id=review["id"])
    asked.all("listWaiting")
    asked("getAccuracy")
    for words in ("اتفاق", "مصر OR تركيا", "nobody"):
        asked("search", f"?q={quote(words)}")
        asked("findActors", f"?name={quote(words)}")
    asked("findActors", "?name=Egypt")
    for first, second in PAIRS:
        for name in ("getRelation", "getCourse", "getLedger", "getAgenda", "getPositions"):
            asked(name, first=first, second=second)
    assert not asked.left
