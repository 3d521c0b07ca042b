"""PLOVER's types, quads and scores, and the words that give an event its contexts."""

from __future__ import annotations

import msgspec

from rasd.lexicon import Compiled, KnowledgeFiles, Section
from rasd.text.document import Token
from rasd.text.letters import fold
from rasd.what.schema import ContextWords, Ontology


class Plover:
    """The ontology, ready for look-ups."""

    def __init__(self, lexicon: Compiled) -> None:
        table = msgspec.msgpack.decode(lexicon["ontology"], type=_Compiled)
        self._types = {t.name: t for t in table.ontology.types}
        self._words = {word: frozenset(contexts) for word, contexts in table.words.items()}

    def quad(self, kind: str) -> str:
        return self._types[kind].quad

    def score(self, kind: str, mode: str | None) -> float:
        """PLOVER's score of a mode, or of the type where the mode has none."""
        entry = self._types[kind]  # type: ignore[index]
        return entry.modes.get(mode, entry.score) if mode else entry.score

    def arabic(self, kind: str) -> str:
        return self._types[kind].ar

    def contexts(self, tokens: list[Token]) -> set[str]:
        """The contexts that the words of a clause speak of."""
        found: set[str] = set()
        words = self._words
        for token in tokens:
            for split in token.form.splits:
                if split.stem in words:
                    found |= words[split.stem]
        return found


class _Compiled(msgspec.Struct):
    ontology: Ontology
    words: dict[str, list[str]]


def _build(files: KnowledgeFiles) -> bytes:
    ontologies = files.table("ontology.yaml", Ontology)
    words: dict[str, list[str]] = {}
    for entry in files.entries("contexts.yaml", ContextWords, lambda e: e.context):
        for word in entry.words:
            stem = fold(word)
            # Adjectives come in both genders and in the plural; nouns only gain harmless forms.
            for form in (stem, stem + "ة", stem + "ات", stem + "ين", stem + "ا"):
                words.setdefault(form, []).append(entry.context)
    return msgspec.msgpack.encode(_Compiled(ontologies[-1], words))


ONTOLOGY = Section("ontology", 1, _build)
