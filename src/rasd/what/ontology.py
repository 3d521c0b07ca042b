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
        # By the first word: the words after it, and the context that the whole gives.
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for first, rest, context in table.phrases:
            self._phrases.setdefault(first, []).append((rest, context))

    def quad(self, kind: str) -> str:
        return self._types[kind].quad

    def score(self, kind: str, mode: str | None) -> float:
        """PLOVER's score of a mode, or of the type where the mode has none."""
        entry = self._types[kind]  # type: ignore[index]
        return entry.modes.get(mode, entry.score) if mode else entry.score

    def arabic(self, kind: str) -> str:
        return self._types[kind].ar

    def contexts(self, tokens: list[Token]) -> set[str]:
        """The contexts that the words and phrases of a clause speak of.

        The first word of a phrase may carry proclitics and the article (``بالقوات المسلحة``), the
        rest stand as the knowledge file writes them.
        """
        found: set[str] = set()
        words, phrases = self._words, self._phrases
        for at, token in enumerate(tokens):
            for split in token.form.splits:
                if split.stem in words:
                    found |= words[split.stem]
                for rest, context in phrases.get(split.stem, ()):
                    following = tokens[at + 1 : at + 1 + len(rest)]
                    if len(following) == len(rest) and all(t.key == w for t, w in zip(following, rest, strict=True)):
                        found.add(context)
        return found


class _Compiled(msgspec.Struct):
    ontology: Ontology
    words: dict[str, list[str]]
    phrases: list[tuple[str, tuple[str, ...], str]]


def _build(files: KnowledgeFiles) -> bytes:
    ontologies = files.table("ontology.yaml", Ontology)
    words: dict[str, list[str]] = {}
    phrases: list[tuple[str, tuple[str, ...], str]] = []
    for entry in files.entries("contexts.yaml", ContextWords, lambda e: e.context):
        for word in entry.words:
            stem = fold(word)
            # Adjectives come in both genders and in the plural; nouns only gain harmless forms.
            for form in (stem, stem + "ة", stem + "ات", stem + "ين", stem + "ا"):
                words.setdefault(form, []).append(entry.context)
        for phrase in entry.phrases:
            first, *rest = (fold(word) for word in phrase.split())
            # Forms come apart without their article.
            phrases.append((first.removeprefix("ال"), tuple(rest), entry.context))
    return msgspec.msgpack.encode(_Compiled(ontologies[-1], words, phrases))


ONTOLOGY = Section("ontology", 2, _build)
