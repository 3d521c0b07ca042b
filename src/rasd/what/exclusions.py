"""What rules an act out: words around it, and the subject of its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from rasd.text.document import WORD, Token
from rasd.what.clauses import SentenceView
from rasd.what.lexemes import Hit, Lexemes
from rasd.what.subjects import Subject

# How far on either side of an act the words of its clause are looked at.
CLAUSE_REACH = 15
# Within how many tokens after an act a noun that it must not have stands.
OBJECT_REACH = 4


def excluded(lexemes: Lexemes, view: SentenceView, token: Token, hit: Hit, subjects: Sequence[Subject]) -> str:
    """Why the word is no act, "" if nothing speaks against it."""
    predicate = lexemes.predicates[hit.entry]
    for subject in subjects:
        if subject.feigns(predicate):
            return f"the sentence speaks of {subject.subject}"
    unless = lexemes.unless[hit.entry]
    if unless and any(not unless.isdisjoint(s.stem for s in t.form.stems) for t in _clause(view, token.index)):
        return "a word of the clause rules it out"
    after = lexemes.never_after[hit.entry]
    if after and token.index > view.sentence.first and _is(view.token(token.index - 1), after):
        return "the word before it rules it out"
    before = lexemes.never_before[hit.entry]
    if before and _followed(view, token.index, before):
        return "a word after it rules it out"
    return ""


def _is(token: Token, words: frozenset[str]) -> bool:
    return any(split.stem in words for split in token.form.stems)


def _followed(view: SentenceView, at: int, words: frozenset[str]) -> bool:
    for index in range(at + 1, min(view.sentence.last, at + 1 + OBJECT_REACH)):
        if view.border(index) in ("mark", "that", "which", "clause"):
            return False
        if _is(view.token(index), words):
            return True
    return False


def _clause(view: SentenceView, at: int) -> list[Token]:
    """The tokens between the full borders around ``at``."""
    first = last = at
    while first > view.sentence.first and view.border(first - 1) != "mark" and at - first < CLAUSE_REACH:
        first -= 1
    while last + 1 < view.sentence.last and view.border(last + 1) != "mark" and last - at < CLAUSE_REACH:
        last += 1
    return [view.token(i) for i in range(first, last + 1) if view.token(i).kind == WORD]
