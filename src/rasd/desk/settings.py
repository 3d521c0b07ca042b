"""What a desk is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rasd.relations.pages.page import Language


@dataclass(frozen=True, slots=True)
class Settings:
    """How a desk runs.

    ``database`` is a file or a URL as `rasd.store.Store` takes it; None means the user's own, or the sample where he
    has none yet. ``lexicon`` is a folder of knowledge files laid over Rasd's. ``language`` is that of pages for who
    has chosen none and whose browser asks for none.
    """

    database: str | None = None
    lexicon: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8765
    language: Language = "ar"
