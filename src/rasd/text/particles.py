"""Closed-class words: prepositions, complementizers, negations and the like."""

from __future__ import annotations

from functools import cached_property

import msgspec

from rasd.lexicon import Compiled, KnowledgeFiles, Section
from rasd.text.letters import fold


class ParticleGroup(msgspec.Struct, forbid_unknown_fields=True):
    """An entry of ``data/text/particles.yaml``: words that do the same work in a sentence."""

    group: str
    words: list[str]


class Particles:
    """Which groups a folded word belongs to: ``particles.groups("لم")`` has "negation-past"."""

    def __init__(self, lexicon: Compiled) -> None:
        table = msgspec.msgpack.decode(lexicon["particles"], type=dict[str, tuple[str, ...]])
        self._table = {word: frozenset(groups) for word, groups in table.items()}
        self.words = frozenset(self._table)

    @cached_property
    def pronominal(self) -> frozenset[str]:
        """The folded prepositions with a pronoun written onto them: عليه, منها, بهم."""
        return frozenset(p + suffix for p in (*self.members("preposition"), "ب", "ل") for suffix in _SUFFIXES)

    def groups(self, key: str) -> frozenset[str]:
        return self._table.get(key, _NONE)

    def members(self, *groups: str) -> frozenset[str]:
        """The folded words of the groups."""
        return frozenset(word for word, has in self._table.items() if not has.isdisjoint(groups))


_SUFFIXES = ("ه", "ها", "هم", "هما", "هن", "نا")
_NONE: frozenset[str] = frozenset()


def _build(files: KnowledgeFiles) -> bytes:
    table: dict[str, list[str]] = {}
    for entry in files.entries("text/particles.yaml", ParticleGroup, lambda e: e.group):
        for word in entry.words:
            table.setdefault(fold(word), []).append(entry.group)
    return msgspec.msgpack.encode(table)


PARTICLES = Section("particles", 1, _build)
