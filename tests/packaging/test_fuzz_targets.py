"""What is fuzzed holds for what fuzzing starts from, so that a target that fails has found something."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("zstandard")
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "fuzz"))

import run
import seeds
import targets


@pytest.mark.parametrize("name", run.NAMES)
def test_seeds(name: str) -> None:
    found = list(seeds.seeds(name))
    assert found
    for data in (b"", b"\xff", *found):
        targets.TARGETS[name](data)


def test_all_targets_are_named() -> None:
    assert set(run.NAMES) == set(targets.TARGETS)
