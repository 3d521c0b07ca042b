"""CAMEO's events and PLOVER's: which code tells which type and mode, its Goldstein score and quad class."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import msgspec

from rasd.exchange.tables import several, table


class CameoEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``cameo.tsv``; without a type PLOVER has none for the code. ``contexts`` are parted by ``;``."""

    code: str
    name: str
    goldstein: float
    quad: int
    type: str = ""
    mode: str = ""
    contexts: str = ""

    @property
    def root(self) -> str:
        """The first two digits, CAMEO's twenty headings."""
        return self.code[:2]

    @property
    def base(self) -> str:
        """The first three digits."""
        return self.code[:3]

    @property
    def plover(self) -> tuple[str, str | None, list[str]] | None:
        """PLOVER's type, mode and contexts; None where it has no such event."""
        return (self.type, self.mode or None, list(several(self.contexts, ";"))) if self.type else None


class PloverEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``plover.tsv``: the code of a type and mode, where a context is named of those events that have it."""

    type: str
    code: str
    mode: str = ""
    context: str = ""


@cache
def events() -> dict[str, CameoEvent]:
    """CAMEO's events by code, their digits as CAMEO writes them (``042``)."""
    return {event.code: event for event in table("cameo.tsv", CameoEvent)}


@cache
def _of_plover() -> dict[tuple[str, str], list[PloverEvent]]:
    found: dict[tuple[str, str], list[PloverEvent]] = {}
    for row in table("plover.tsv", PloverEvent):
        found.setdefault((row.type, row.mode), []).append(row)
    return found


def code_of(kind: str, mode: str | None, contexts: Iterable[str]) -> CameoEvent | None:
    """The CAMEO event of a PLOVER type, mode and contexts; None only for a type that PLOVER does not have.

    A mode that is not PLOVER's is passed over.
    """
    held = set(contexts)
    rows = _of_plover().get((kind, mode or "")) or _of_plover().get((kind, ""), [])
    row = next((r for r in rows if not r.context or r.context in held), None)
    return events()[row.code] if row else None


@cache
def _by_name() -> dict[str, str]:
    """Codes by their label, without what CAMEO adds to it; of several, the longest code."""
    return {_label(event.name): event.code for event in sorted(events().values(), key=lambda e: len(e.code))}


def _label(name: str) -> str:
    return name.casefold().removesuffix(", not specified below").strip()


def of_digits(digits: str, label: str = "") -> CameoEvent | None:
    """The event of a code that may have lost its first zero (ICEWS: ``42`` is 042); ``label`` decides in doubt.

    ``10`` is ``010`` (make a statement), not the heading 10, unless the label is the heading's.
    """
    digits = digits.strip().removesuffix(".0")
    if not digits.isdigit():
        return None
    padded = "0" + digits
    choices = [padded, digits] if len(digits) == 2 else [digits, padded]
    known = [code for code in choices if code in events()]
    if label:
        exact = next((code for code in known if _label(events()[code].name) == _label(label)), None)
        known = [exact, *known] if exact else known
    return events()[known[0]] if known else None


def of_label(label: str) -> CameoEvent | None:
    """The event that a label of CAMEO's names (``Make a visit``)."""
    code = _by_name().get(_label(label))
    return events()[code] if code else None
