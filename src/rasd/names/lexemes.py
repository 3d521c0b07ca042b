"""The words by which names are found that no registry lists, compiled."""

from __future__ import annotations

import msgspec

from rasd.lexicon import Compiled, KnowledgeFiles, Section
from rasd.names.schema import BodyHeads, NameWords, Titles
from rasd.text.letters import fold


class NameTables(msgspec.Struct, array_like=True):
    """Folded words. ``bodies`` and ``titles`` say of each what its article alone makes of it."""

    bodies: dict[str, bool]
    titles: dict[str, str]
    groups: dict[str, set[str]]

    def group(self, name: str) -> frozenset[str]:
        """The folded words of a group of ``words.yaml``, none if the lexicon lacks it."""
        return frozenset(self.groups.get(name, ()))


# What a title is with nothing but its article: an office, an office only before a name, none.
ALONE, NAMED, NEVER = "alone", "named", "never"


def _build(files: KnowledgeFiles) -> bytes:
    bodies: dict[str, bool] = {}
    for heads in files.entries("names/bodies*.yaml", BodyHeads, lambda e: e.group):
        bodies.update({fold(word): heads.alone for word in heads.ar})
    titles: dict[str, str] = {}
    for group in files.entries("names/titles*.yaml", Titles, lambda e: e.group):
        use = ALONE if group.alone else NAMED if group.named else NEVER
        for word in group.ar:
            titles.setdefault(fold(word), use)
    groups = {
        group.group: {fold(word) for word in group.words}
        for group in files.entries("names/words*.yaml", NameWords, lambda e: e.group)
    }
    return msgspec.msgpack.encode(NameTables(bodies, titles, groups))


NAMES = Section("names", 1, _build)


def name_tables(lexicon: Compiled) -> NameTables:
    """The compiled words, decoded."""
    return msgspec.msgpack.decode(lexicon["names"], type=NameTables)
