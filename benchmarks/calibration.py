"""Does confidence mean something: of the events said with about 0.9, are nine in ten right?

    python benchmarks/calibration.py GOLD RECORDS.jsonl

GOLD and RECORDS as for ``score_events.py`` in ``../shared/tools``. An event is right where gold has
one of its type in its sentence that no nearer event of ours was matched to.
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# The lower ends of the rows; the last reaches to 1.
ROWS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)


@dataclass(frozen=True)
class Said:
    """An event of ours: what confidence it was said with, and whether gold has it."""

    confidence: float
    right: bool


def sentence_of(text: str, at: int) -> int:
    """The number of the sentence at a character, counted as ``score_events.py`` counts."""
    return len(re.findall(r"[.!?؟\n]+", text[:at]))


def judged(gold: list[dict[str, Any]], record: dict[str, Any]) -> list[Said]:
    """Every event of a record, right or not, each gold event matched to the nearest of ours."""
    text = record["article"]["text"]
    left = list(range(len(record["events"])))
    right: set[int] = set()
    for event in gold:
        here = sentence_of(text, event["start"])
        same = [
            n
            for n in left
            if record["events"][n]["type"] == event["type"]
            and sentence_of(text, record["events"][n]["trigger"]["start"]) == here
        ]
        if same:
            best = min(same, key=lambda n: abs(record["events"][n]["trigger"]["start"] - event["start"]))
            right.add(best)
            left.remove(best)
    return [Said(e["confidence"], n in right) for n, e in enumerate(record["events"])]


def all_judged(gold: Path, records: Path) -> list[Said]:
    """The events of all records that gold knows."""
    if gold.is_dir():
        known = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(gold.glob("*.json"))]
    else:
        known = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    events = {g["key"]: g["events"] for g in known}
    said: list[Said] = []
    with records.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["article"]["id"] in events:
                said += judged(events[record["article"]["id"]], record)
    return said


def share_right(said: list[Said], least: float) -> float:
    """Of the events said with at least so much, the share that is right; 0 where there is none."""
    rights = [s.right for s in said if s.confidence >= least]
    return sum(rights) / len(rights) if rights else 0.0


def table(said: list[Said]) -> list[tuple[float, float, int, float, float]]:
    """For each row: its ends, how many events, their mean confidence, the share that is right."""
    found: list[tuple[float, float, int, float, float]] = []
    for low, high in zip(ROWS, (*ROWS[1:], 1.01), strict=True):
        row = [s for s in said if low <= s.confidence < high]
        if row:
            mean = sum(s.confidence for s in row) / len(row)
            found.append((low, min(high, 1.0), len(row), mean, sum(s.right for s in row) / len(row)))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("records", type=Path)
    options = parser.parse_args()
    said = all_judged(options.gold, options.records)
    for low, high, count, mean, right in table(said):
        print(f"said {low:.2f} to {high:.2f}: {count:5} events, mean {mean:.2f}, right {right:.2f}")
    print(f"said 0.90 or more: {share_right(said, 0.9):.3f} right")


if __name__ == "__main__":
    main()
