"""Whether an act occurred, goes on, is planned, is possible or is denied: one sentence for each way to say so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from invented import invented_reader

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("status.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{c['why']}" for n, c in enumerate(CASES, 1)])
def test_the_status_of_an_act(case: dict[str, Any]) -> None:
    record = invented_reader().read(case["text"], published="2016-05-18")
    seen = [(e.type, e.status, e.trigger.text) for e in record.events]
    for kind, wanted in case["is"].items():
        statuses = {status for type_, status, _ in seen if type_ == kind}
        allowed = set(wanted) if isinstance(wanted, list) else {wanted}
        assert statuses, f"no {kind} in {seen}"
        assert statuses <= allowed, f"{kind} must be {wanted}: {seen}"
