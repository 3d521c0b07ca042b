"""The knowledge of ``data/relations``, ready for look-ups."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache

from rasd.lexicon import KnowledgeFiles
from rasd.relations.view_schema import Act, PactState, PhaseFamily

OTHER = Act(id="other", section="")


class Knowledge:
    """Kinds of acts, states of agreements, families of phases."""

    def __init__(self, files: KnowledgeFiles) -> None:
        self._files = files

    @cached_property
    def _acts(self) -> list[Act]:
        return self._files.entries("relations/acts.yaml", Act, lambda e: e.id)

    @cached_property
    def _pact_states(self) -> list[PactState]:
        return self._files.entries("relations/pact_states.yaml", PactState, lambda e: e.id)

    @cached_property
    def families(self) -> dict[str, str]:
        """The family, ``better`` or ``worse``, of each state of a relationship."""
        entries = self._files.entries("relations/phase_families.yaml", PhaseFamily, lambda e: e.id)
        return {e.id: e.family for e in entries}

    def act(self, kind: str, mode: str | None, rules: Sequence[str]) -> Act:
        """The kind of act that an event of this type, mode and rules is; one with no section where none fits."""
        for entry in self._acts:
            if any(rule in entry.rules for rule in rules):
                return entry
            if kind in entry.types and (not entry.modes or mode in entry.modes):
                return entry
        return OTHER

    def pact_state(self, kind: str, rules: Sequence[str]) -> PactState | None:
        """The state of an agreement that an act brings about, if any."""
        fitting = [s for s in self._pact_states if kind in s.types or any(rule in s.rules for rule in rules)]
        return max(fitting, key=lambda s: s.rank) if fitting else None


@lru_cache(maxsize=4)
def knowledge_of(files: KnowledgeFiles) -> Knowledge:
    """The knowledge of these files, read once."""
    return Knowledge(files)


@lru_cache(maxsize=1)
def ours() -> Knowledge:
    """The knowledge that ships with Rasd."""
    return Knowledge(KnowledgeFiles())
