"""Which place a name means that several share, or none where it is an everyday word: sentences of our own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rasd import Reader
from rasd.text.document import Document, PlaceMention

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "ambiguous.yaml").read_text(encoding="utf-8"))


def read(reader: Reader, text: str) -> Document:
    """The working document of a text, with all that the steps of reading add to it."""
    return reader._read(text, "2016-05-18", None, None, None, None)[1]  # pyright: ignore[reportPrivateUsage]


def placed(doc: Document, case: dict[str, Any]) -> PlaceMention | None:
    """The place whose mention ends where the name of a case stands last."""
    end = case["text"].rindex(case["name"]) + len(case["name"])
    return next((p for p in doc.places if p.start < end <= p.end), None)


@pytest.mark.parametrize("case", CASES, ids=[f"{c['name']}: {c['text'][:40]}" for c in CASES])
def test_which_place_is_meant(case: dict[str, Any], reader: Reader) -> None:
    place = placed(read(reader, case["text"]), case)
    if "event" in case:
        events = reader.read(case["text"], published="2016-05-18").events
        assert events
        assert all(e.place is None or e.place.name.ar != case["name"] for e in events)
        return
    if "none" in case:
        assert place is None or place.country is None, place
        return
    assert place is not None
    assert place.en == case["en"]
    assert place.country == case.get("country", place.country)
    if "near" in case:
        lat, lon = case["near"]
        assert place.lat == pytest.approx(lat, abs=0.08)
        assert place.lon == pytest.approx(lon, abs=0.08)


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 150
