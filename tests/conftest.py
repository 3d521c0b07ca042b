"""What all tests share: one reader with Rasd's own lexicon, the folder of shared data if there is one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from rasd import Reader

# The same examples on every run, so that a change fails for what it changed; RASD_FUZZ=1 looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("fuzz", deadline=None)
settings.load_profile("fuzz" if os.environ.get("RASD_FUZZ") else "steady")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared data (../shared) is absent")
    return folder
