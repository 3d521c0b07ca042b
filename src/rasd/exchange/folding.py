"""How forms without a status tell an act that has not happened: PLOVER's folding of a meeting to come into AGREE."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import msgspec

from rasd.exchange import cameo
from rasd.exchange.cameo import CameoEvent
from rasd.exchange.tables import table


class _Fold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``folding.tsv``: ``*`` fits all, ``=`` keeps the act's own, ``-`` leaves it out."""

    type: str
    mode: str
    status: str
    to_type: str
    context: str = ""
    to_mode: str = ""
    code: str = ""


@dataclass(slots=True, frozen=True)
class Folded:
    """An act as a form without a status tells it."""

    type: str
    mode: str | None
    event: CameoEvent | None


@cache
def _folds() -> list[_Fold]:
    return table("folding.tsv", _Fold)


def fold(kind: str, mode: str | None, status: str, contexts: Iterable[str]) -> Folded | None:
    """The act of this type, mode and status in a form that knows no status; None where it has no place there.

    What is denied or only possible is left out; a meeting planned is AGREE, as PLOVER has it.
    """
    held = list(contexts)
    for row in _folds():
        if (
            row.type in ("*", kind)
            and row.mode in ("*", mode or "")
            and row.status == status
            and (not row.context or row.context in held)
        ):
            if row.to_type == "-":
                return None
            to_type = kind if row.to_type == "=" else row.to_type
            to_mode = mode if row.to_mode == "=" else (row.to_mode or None)
            event = cameo.events().get(row.code) if row.code else cameo.code_of(to_type, to_mode, held)
            return Folded(to_type, to_mode, event)
    return None
