"""What a check of knowledge files says, as plain dataclasses."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or worth a look, in a file of a user's folder.

    ``line`` counts from 1, None where the whole file is meant; ``entry`` names the entry as
    ``entry 2 (en: Lamia Barhoun)``, ``field`` what of it (``offices[1].office``); both are
    empty where they say nothing. ``message`` says what was found and what was expected.
    """

    file: Path
    line: int | None
    entry: str
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line is not None else str(self.file)
        return ": ".join(part for part in (where, self.entry, self.field, self.message) if part)


@dataclass(slots=True)
class Report:
    """The outcome of a check: ``faults`` must be mended; ``notes`` say what clashes with, or replaces, ours."""

    folder: Path
    files: int = 0
    entries: int = 0
    faults: list[Finding] = field(default_factory=list[Finding])
    notes: list[Finding] = field(default_factory=list[Finding])
