"""Entries for acts that no predicate file names: one for each kind (``data/learned/kinds.yaml``)."""

from __future__ import annotations

import msgspec

from rasd.lexicon import Compiled, KnowledgeFiles, Section
from rasd.what.schema import Predicate


def _build(files: KnowledgeFiles) -> bytes:
    return msgspec.msgpack.encode(files.entries("learned/kinds.yaml", Predicate, lambda e: e.id))


KINDS = Section("learned-kinds", 1, _build)


class Kinds:
    """The entry of a kind of act, in each of its modes."""

    def __init__(self, lexicon: Compiled) -> None:
        entries = msgspec.msgpack.decode(lexicon["learned-kinds"], type=list[Predicate])
        self._of = {entry.type: entry for entry in entries}
        self._with_mode: dict[tuple[str, str], Predicate] = {}

    def entry(self, kind: str, mode: str | None = None) -> Predicate:
        """The entry of a PLOVER type and mode. Raises KeyError on what is no type."""
        if not mode:
            return self._of[kind]
        known = self._with_mode.get((kind, mode))
        if known is None:
            known = self._with_mode[kind, mode] = msgspec.structs.replace(self._of[kind], mode=mode)
        return known
