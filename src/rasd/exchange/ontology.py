"""PLOVER's own facts as other forms need them: quads and scores of types, what is a mode and a context."""

from __future__ import annotations

from functools import cache

import msgspec

from rasd.lexicon.files import OURS, load_yaml

# PLOVER's letters for its quads, as POLECAT writes them.
_LETTERS = {name: name.replace("_", " ").upper() for name in
            ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")}  # fmt: skip


class _Quad(msgspec.Struct):
    name: str
    number: int


class _Type(msgspec.Struct):
    name: str
    quad: str
    score: float
    ar: str
    modes: dict[str, float] = {}


class _Context(msgspec.Struct):
    name: str


class _Ontology(msgspec.Struct):
    quads: list[_Quad]
    types: list[_Type]
    contexts: list[_Context]


@cache
def _ontology() -> _Ontology:
    return load_yaml(OURS / "ontology.yaml", _Ontology)


@cache
def _types() -> dict[str, _Type]:
    return {t.name: t for t in _ontology().types}


def types() -> list[str]:
    """PLOVER's types, in its order."""
    return list(_types())


def modes(kind: str) -> list[str]:
    """The modes of a type."""
    return list(_types()[kind].modes)


@cache
def contexts() -> frozenset[str]:
    """PLOVER's contexts."""
    return frozenset(c.name for c in _ontology().contexts)


def quad(kind: str) -> str:
    """The quad of a type (``verbal_cooperation``)."""
    return _types()[kind].quad


def score(kind: str, mode: str | None) -> float:
    """PLOVER's score of a mode, or of the type where the mode has none."""
    return _types()[kind].modes.get(mode or "", _types()[kind].score)


def arabic(kind: str) -> str:
    """The Arabic name of a type."""
    return _types()[kind].ar


def quad_number(name: str) -> int:
    """1 to 4, of a quad's name."""
    return next(q.number for q in _ontology().quads if q.name == name)


def quad_letters(name: str) -> str:
    """A quad as POLECAT writes it (``VERBAL COOPERATION``)."""
    return _LETTERS[name]
