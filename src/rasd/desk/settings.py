"""What a desk is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from rasd.desk.guard.settings import Limits
from rasd.relations.pages.page import Language


@dataclass(frozen=True, slots=True)
class Settings:
    """How a desk runs.

    ``database`` is a file or a URL as `rasd.store.Store` takes it; None means the user's own, or the sample where he
    has none yet. ``lexicon`` is a folder of knowledge files laid over Rasd's. ``language`` is that of pages for who
    has chosen none and whose browser asks for none.

    ``host`` is the address to listen at, ``names`` what browsers may call the desk beside it, ``public`` the address
    where a proxy shows it to others (``https://desk.example.org``). ``users`` is the file of those who sign in, None
    the usual one (`rasd.desk.guard.accounts`); ``certificate`` and ``key`` are files for TLS. ``log``: a line for each
    request.
    """

    database: str | None = None
    lexicon: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8765
    language: Language = "ar"
    names: tuple[str, ...] = ()
    public: str | None = None
    users: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    log: bool = False
    limits: Limits = field(default_factory=Limits)
