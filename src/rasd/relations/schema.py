"""The form of ``data/relations/identity.yaml``: what speaks for and against two reports being of one event."""

from __future__ import annotations

import msgspec


class IdentityWeights(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Weights of a logistic model over the traits of two reports (`rasd.relations.traits`).

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
