"""On whose word an act is: who speaks, who is cited, and who goes on speaking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from invented import invented_reader

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("attribution.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[str(n) for n in range(1, len(CASES) + 1)])
def test_on_whose_word_an_act_is(case: dict[str, Any]) -> None:
    record = invented_reader().read(case["text"], published="2016-05-18")
    events = [e for e in record.events if e.type == case["type"]]
    assert events, "no such event"
    spoken = [" ".join(f"{a.who} {a.outlet} {a.code} {a.citing}" for a in e.attribution) for e in events]
    if case["by"]:
        assert any(all(name in said for name in case["by"]) for said in spoken), spoken
    else:
        assert not any(spoken), spoken
