"""Make the examples in the description of the API: what it answers over the example articles, shortened.

Usage: python scripts/api_examples.py
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from shutil import copyfile
from typing import Any

from fastapi.testclient import TestClient

from rasd.desk.app import create_app
from rasd.desk.sample import sample_database
from rasd.desk.settings import Settings

TARGET = Path(__file__).resolve().parents[1] / "src/rasd/desk/api/examples.json"
# Lists show so many of their items, texts so many characters.
ITEMS, CHARACTERS = 2, 300
REVIEW = {"event": "1/e1", "verdict": "corrected", "answer": {"status": "planned"}, "note": "It lies ahead."}
CALLS: dict[str, str] = {
    "index": "", "listArticles": "/articles?limit=2", "getArticle": "/articles/1", "getRecord": "/articles/1/record",
    "listEvents": "/events?limit=1", "getEvent": "/events/1/e1", "listOccurrences": "/occurrences?limit=1",
    "getOccurrence": "/occurrences/o1", "search": "/search?q=%D8%A7%D9%84%D9%82%D8%A7%D9%87%D8%B1%D8%A9&limit=1",
    "listReviews": "/reviews?limit=1", "listWaiting": "/reviews/waiting?limit=1", "getAccuracy": "/reviews/accuracy",
    "getReview": "/reviews/1", "getRelation": "/relations/EGY/GRC", "getCourse": "/relations/EGY/GRC/course",
    "getLedger": "/relations/EGY/GRC/ledger", "getAgenda": "/relations/EGY/GRC/agenda",
    "getPositions": "/relations/EGY/TUR/positions", "listActors": "/actors?limit=2",
    "findActors": "/actors/known?name=TUR", "getActor": "/actors/EGY", "listAffairs": "/affairs?limit=2",
}  # fmt: skip


def shortened(value: Any) -> Any:
    """A value with its lists and texts cut to what an example needs."""
    if isinstance(value, list):
        return [shortened(v) for v in value[:ITEMS]]
    if isinstance(value, dict):
        return {k: shortened(v) for k, v in list(value.items())[:40]}
    return value[:CHARACTERS] if isinstance(value, str) else value


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = f"{folder}/sample.db"
        copyfile(sample_database(), place)
        users = Path(folder) / "users"
        with TestClient(create_app(Settings(place, names=("testserver",), users=users))) as client:
            made = {"giveReview": shortened(_right(client.post("/api/v1/reviews", json=REVIEW)))}
            for operation, path in CALLS.items():
                made[operation] = shortened(_right(client.get(f"/api/v1{path}")))
            key = made["listAffairs"]["items"][0]["key"]
            made["getAffair"] = shortened(_right(client.get(f"/api/v1/affairs/{key}")))
            missed = {"article": "1", "start": 0, "end": 4, "answer": {"type": "CONSULT", "actors": ["EGY/GOV"]}}
            made["addMissed"] = shortened(_right(client.post("/api/v1/reviews/missed", json=missed)))
            made["undoReview"] = shortened(_right(client.delete("/api/v1/reviews/1")))
    text = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True)
    # When it was made is no part of what is to be seen.
    TARGET.write_text(text + "\n", encoding="utf-8")


def _right(response: Any) -> Any:
    if response.status_code >= 300:
        raise SystemExit(f"{response.request.url}: {response.status_code} {response.text}")
    return response.json()


if __name__ == "__main__":
    main()
