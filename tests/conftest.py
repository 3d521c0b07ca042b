"""What all tests share: one reader with Rasd's own lexicon, the folder of shared data if there is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasd import Reader

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
