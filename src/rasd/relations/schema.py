"""The forms of ``data/relations/*.yaml``: how reports are told to be of one event."""

from __future__ import annotations

import msgspec


class IdentityWeights(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """``identity.yaml``: weights of a logistic model over the traits of two reports (`rasd.relations.traits`).

    ``bias`` and ``traits`` are in log-odds; two occurrences are one from the probability ``same`` on, and a
    denial is tied to what it denies from ``denial`` on. ``joined`` are families (``grammar/families.yaml``) whose
    words may tell one event; ``crowds`` the sectors whose members are so many that sharing them tells little.
    """

    bias: float
    same: float
    denial: float
    traits: dict[str, float]
    joined: list[list[str]]
    crowds: list[str]


class Affixes(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """``affixes.yaml``: what is taken off a word, longest first, while ``shortest`` letters stay."""

    before: list[str]
    after: list[str]
    shortest: int


class UsualAct(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """``usual_acts.yaml``: the predicate ``rule`` that says ``act`` (a type or ``TYPE/mode``) where no word does."""

    act: str
    rule: str
