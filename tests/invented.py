"""A reader of an invented world: its states, people and towns, with Rasd's own words and grammar.

A sentence about the four states of ``tests/data/lexicon`` is read the same whoever is elected.
"""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from rasd import Reader
from rasd.lexicon.files import OURS

LEXICON = Path(__file__).resolve().parent / "data" / "lexicon"
# Knowledge of the world; everything else under rasd/data is knowledge of the language.
WORLD = ("states*", "people*", "bodies*", "cities*", "countries*", "regions*", "sites*")


def build(folder: Path) -> Path:
    """Fill ``folder`` with Rasd's knowledge of Arabic and the invented world; returns it."""
    shutil.copytree(OURS, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*WORLD))
    shutil.copytree(LEXICON, folder, dirs_exist_ok=True)
    return folder


@cache
def invented_reader() -> Reader:
    """The reader of the invented world. Its compiled lexicon is cached like any other."""
    with tempfile.TemporaryDirectory() as folder:
        return Reader(base=build(Path(folder)))
