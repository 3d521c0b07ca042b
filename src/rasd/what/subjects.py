"""What a sentence speaks of where it speaks of no politics: sport, weather, markets.

The words of such news are those of conflict and cooperation: teams attack, markets retreat,
viruses invade. `SubjectReader` weighs the words of ``data/subjects.yaml`` in each sentence and
in the whole article; an act that a subject's words feign is refused in its sentences.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from rasd.lexicon import Compiled, KnowledgeFiles, Section
from rasd.text.document import WORD, Document
from rasd.text.forms import Form
from rasd.text.inflection import noun_forms
from rasd.text.letters import fold
from rasd.text.recent import Recent
from rasd.what.schema import Predicate

# What the words of a sentence must weigh for it to speak of a subject by itself: two words at least.
SENTENCE_WEIGHT = 5
# What the words of an article must weigh before its density counts for anything.
ARTICLE_WEIGHT = 10
# How many times its density an article must reach to be about nothing else, in sentences without any such word too.
FULL = 1.5
# The same for a local subject, whose words stand in political news too: it takes an article full of them.
LOCAL_WEIGHT = 20


class Subject(msgspec.Struct, forbid_unknown_fields=True):
    """An entry of ``data/subjects.yaml``; its head says what the fields mean."""

    subject: str
    density: float
    words: dict[int, list[str]]
    refuses: list[str] | Literal["all"]
    spares: list[str] = msgspec.field(default_factory=list[str])
    local: bool = False

    def feigns(self, predicate: Predicate) -> bool:
        """Whether the subject's words look like this predicate's act and are none."""
        if predicate.id in self.spares or predicate.type in self.spares:
            return False
        return self.refuses == "all" or predicate.id in self.refuses or predicate.type in self.refuses


class _Compiled(msgspec.Struct):
    subjects: list[Subject]
    words: dict[str, list[tuple[int, int]]]


class SubjectReader:
    """Finds the subjects of each sentence of a document."""

    def __init__(self, lexicon: Compiled) -> None:
        table = msgspec.msgpack.decode(lexicon["subjects"], type=_Compiled)
        self._subjects = table.subjects
        self._words = table.words
        self._recent: Recent[str, tuple[tuple[int, int], ...]] = Recent()
        self._weights = self._recent.lately

    def read(self, document: Document) -> list[tuple[Subject, ...]]:
        """The subjects of each sentence, in order; () for most."""
        size = len(self._subjects)
        totals = [0] * size
        scores: list[list[int] | None] = []
        for sentence in document.sentences:
            score: list[int] | None = None
            for token in document.tokens[sentence.first : sentence.last]:
                if token.kind == WORD:
                    for subject, weight in self._weigh(token.form):
                        score = score or [0] * size
                        score[subject] += weight
                        totals[subject] += weight
            scores.append(score)
        dense = [
            total >= max(LOCAL_WEIGHT if subject.local else ARTICLE_WEIGHT, subject.density * len(scores))
            for subject, total in zip(self._subjects, totals, strict=True)
        ]
        full = [
            total >= max(ARTICLE_WEIGHT, FULL * subject.density * len(scores))
            for subject, total in zip(self._subjects, totals, strict=True)
        ]
        through = tuple(s for s, is_full in zip(self._subjects, full, strict=True) if is_full and not s.local)
        return [(*self._told(score, dense), *through) for score in scores]

    def _told(self, score: list[int] | None, dense: list[bool]) -> tuple[Subject, ...]:
        if score is None:
            return ()
        return tuple(
            subject
            for subject, weight, in_article in zip(self._subjects, score, dense, strict=True)
            if (weight >= SENTENCE_WEIGHT and not subject.local) or (weight and in_article)
        )

    def _weigh(self, form: Form) -> tuple[tuple[int, int], ...]:
        """A form's subjects, each with the weight of its heaviest reading."""
        found = self._weights.get(form.text)
        if found is None:
            found = self._recent.recall(form.text)
        if found is None:
            weights: dict[int, int] = {}
            for split in form.stems:
                for subject, weight in self._words.get(split.stem, ()):
                    weights[subject] = max(weight, weights.get(subject, 0))
            found = self._recent.keep(form.text, tuple(sorted(weights.items())))
        return found


def _build(files: KnowledgeFiles) -> bytes:
    subjects = files.entries("subjects.yaml", Subject, lambda e: e.subject)
    words: dict[str, list[tuple[int, int]]] = {}
    for index, subject in enumerate(subjects):
        for weight, entries in subject.words.items():
            for entry in entries:
                singular, *plurals = entry.split()
                for form in {*noun_forms(singular, tuple(plurals)), fold(singular)}:
                    words.setdefault(form, []).append((index, weight))
    bare = [msgspec.structs.replace(subject, words={}) for subject in subjects]
    return msgspec.msgpack.encode(_Compiled(bare, {form: sorted(rows) for form, rows in sorted(words.items())}))


SUBJECTS = Section("subjects", 1, _build)
