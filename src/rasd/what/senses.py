"""Which words of interest a written form can be: looked up once for each distinct form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rasd.text.clitics import Split
from rasd.text.forms import Form
from rasd.text.inflection import noun_forms, verb_forms
from rasd.text.letters import fold
from rasd.text.recent import Recent


class Sense(NamedTuple):
    """A word of interest found in a form: how it is written there, and what it stands for."""

    split: Split
    value: str


_NONE: dict[str, Sense] = {}
Rows = dict[str, list[tuple[str, str]]]


class SenseTable:
    """Word forms and their senses: ``of(form)["head"]`` is the head noun that the form can be.

    Of two senses of one class the one with less taken off the form wins.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._recent: Recent[str, dict[str, Sense]] = Recent()
        self._seen = self._recent.lately

    def of(self, form: Form) -> dict[str, Sense]:
        """The senses of a form by their class; empty for most forms."""
        found = self._seen.get(form.text)
        if found is None:
            found = self._recent.recall(form.text)
        if found is None:
            found = self._recent.keep(form.text, self._look_up(form))
        return found

    def _look_up(self, form: Form) -> dict[str, Sense]:
        found: dict[str, Sense] = {}
        rows = self._rows
        for split in form.stems if form.splits else ():
            for cls, value in rows.get(split.stem, ()):
                if cls not in found:
                    found[cls] = Sense(split, value)
        return found or _NONE


class SenseRows:
    """Gathers the rows of a `SenseTable` while a lexicon is compiled."""

    def __init__(self) -> None:
        self.rows: Rows = {}

    def add(self, form: str, cls: str, value: str) -> None:
        row = self.rows.setdefault(fold(form), [])
        if (cls, value) not in row:
            row.append((cls, value))

    def nouns(self, entries: Iterable[str], cls: str, value: str) -> None:
        """``entries``: a noun and its plurals in one string each."""
        for entry in entries:
            singular, *plurals = entry.split()
            for form in noun_forms(singular, tuple(plurals)):
                self.add(form, cls, value)

    def verbs(self, entries: Iterable[str], cls: str, value: str) -> None:
        """``entries``: past and imperfect in one string each; ``value`` gets the tense before it."""
        for entry in entries:
            past, imperfect = entry.split()
            for form, what in verb_forms(past, imperfect).items():
                if what.voice != "p":
                    self.add(form, cls, f"{what.tense}:{value}")

    def adjective(self, masculine: str, cls: str, value: str) -> None:
        for form in adjective_forms(masculine):
            self.add(form, cls, value)


def adjective_forms(masculine: str) -> list[str]:
    """An adjective's forms: ``تركي``, ``تركية``, the duals, the sound plurals, the accusative."""
    ends = ("", "ة", "ا", "ين", "ون", "تين", "تان", "ان", "ات")
    return [masculine + end for end in ends]


def folded(words: str) -> frozenset[str]:
    """The folded words of a string of words: closed-class words that rules name."""
    return frozenset(fold(word) for word in words.split())
