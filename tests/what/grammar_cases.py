"""The cases of grammar.yaml, and what the reader of the invented world makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from facts import has_event
from invented import invented_reader

PUBLISHED = "2016-05-18"
TABLE = Path(__file__).resolve().parent / "grammar.yaml"


def cases() -> list[dict[str, Any]]:
    """The cases of the table; each has ``feature``, ``text`` and what to expect."""
    return yaml.safe_load(TABLE.read_text(encoding="utf-8"))


def fault(case: dict[str, Any]) -> str | None:
    """What is wrong with the reading of a case, None where it is as expected."""
    record = invented_reader().read(case["text"], published=PUBLISHED)
    wanted = [case["event"]] if "event" in case else case.get("events", [])
    missed = [w for w in wanted if not has_event(record, w)]
    excess = [w for w in case.get("never", []) if has_event(record, w)]
    if not missed and not excess:
        return None
    seen = [
        f"{e.type} {e.actor_codes}->{e.recipient_codes} {e.status} {e.date and e.date.value} "
        f"{e.place and e.place.name.en} {[(a.who, a.outlet, a.citing) for a in e.attribution]} ({e.trigger.text})"
        for e in record.events
    ]
    return f"missed {missed}, in excess {excess}; read {'; '.join(seen) or 'nothing'}"


def marked_and_failing() -> tuple[set[str], set[str]]:
    """The texts marked ``known_gap`` and those that fail."""
    marked = {c["text"] for c in cases() if c.get("known_gap")}
    return marked, {c["text"] for c in cases() if fault(c) is not None}
