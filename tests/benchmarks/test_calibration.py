"""The table of confidence: which of our events count as right."""

from __future__ import annotations

from typing import Any

import calibration
from calibration import Said


def record(text: str, *events: tuple[str, int, float]) -> dict[str, Any]:
    return {
        "article": {"text": text},
        "events": [{"type": t, "trigger": {"start": at}, "confidence": c} for t, at, c in events],
    }


def test_one_gold_event_makes_one_of_ours_right_and_the_nearest() -> None:
    ours = record("a b c d. e", ("ASSAULT", 0, 0.5), ("ASSAULT", 4, 0.9), ("CONSULT", 4, 0.7))
    said = calibration.judged([{"type": "ASSAULT", "start": 5}], ours)
    assert said == [Said(0.5, False), Said(0.9, True), Said(0.7, False)]


def test_an_event_of_another_sentence_is_not_the_one_meant() -> None:
    ours = record("a b. c d", ("ASSAULT", 5, 0.5))
    assert calibration.judged([{"type": "ASSAULT", "start": 0}], ours) == [Said(0.5, False)]


def test_the_table_counts_by_rows_and_the_share_from_a_confidence_up() -> None:
    said = [Said(0.91, True), Said(0.94, False), Said(0.55, True)]
    assert [(low, count, right) for low, _, count, _, right in calibration.table(said)] == [
        (0.5, 1, 1.0),
        (0.9, 2, 0.5),
    ]
    assert calibration.share_right(said, 0.9) == 0.5
    assert calibration.share_right(said, 0.99) == 0.0
