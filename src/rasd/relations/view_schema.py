"""The knowledge files of the views of a relationship (``data/relations``): what an entry of each holds."""

from __future__ import annotations

from typing import Literal

import msgspec


class _Entry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What all entries share: a key that nobody mistypes unseen."""

    id: str


class Label(_Entry):
    """A heading, label or phrase in both languages; ``{...}`` is filled in."""

    en: str
    ar: str


class EnglishForms(msgspec.Struct, forbid_unknown_fields=True):
    one: str
    several: str


class ArabicForms(msgspec.Struct, forbid_unknown_fields=True):
    """``few``: 3 to 10; ``many``: 11 to 99; ``hundreds``: whole hundreds. The first two say the number."""

    one: str
    two: str
    few: str
    many: str
    hundreds: str


class Counted(_Entry):
    """A thing that is counted, in the forms that numbers ask for."""

    en: EnglishForms
    ar: ArabicForms


class Act(_Entry):
    """A kind of act in the ledger; see the head of ``acts.yaml``. ``pledge``: the act itself is a promise."""

    section: str
    types: list[str] = []
    modes: list[str] = []
    rules: list[str] = []
    pledge: bool = False


class PactState(_Entry):
    """A state of an agreement and the acts that bring it; see the head of ``pact_states.yaml``."""

    rank: int
    done: str
    ahead: str
    denied: str | None = None
    rules: list[str] = []
    types: list[str] = []


class PhaseFamily(_Entry):
    """Whether a state of a relationship is a better or a worse time."""

    family: Literal["better", "worse"]
