"""What rules an act out: words around it, and the subject of its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from rasd.text.document import WORD, Token
from rasd.what.clauses import SentenceView
from rasd.what.lexemes import NOUN, VERB, Hit, Lexemes
from rasd.what.subjects import Subject

# How far on either side of an act the words of its clause are looked at.
CLAUSE_REACH = 15
# Within how many tokens after an act a noun that it must not have stands.
OBJECT_REACH = 4
# The same for the genitive, the adjective or the object that makes an act's noun a figure of speech.
FIGURE_REACH = 2
# Within how many tokens after an act a word stands that it must have.
COMPLEMENT_REACH = 12
# How many of them, outside names, may stand before it.
COMPLEMENT_WORDS = 3


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
    only = lexemes.only_with[hit.entry]
    if only and not _completed(view, token.index, hit, only):
        return "no word after it that it must have"
    figures = lexemes.figures.get(predicate.id)
    reach = OBJECT_REACH if hit.kind == VERB else FIGURE_REACH
    if figures and _followed(view, token.index, figures, reach, names=False):
        return "a figure of speech"
    return ""


def _completed(view: SentenceView, at: int, hit: Hit, words: frozenset[str]) -> bool:
    """Whether one of the words follows where an act must have one: after its verb, after its noun with a genitive."""
    if hit.kind == NOUN:
        after = at + 1
        bare = hit.split.definite or hit.split.enclitic or hit.person == "p" or after >= view.sentence.last
        if bare or view.token(after).tag not in ("N", "M", "A", "X") or view.token(after).key in words:
            return True
    passed = 0
    for index in range(at + 1, min(view.sentence.last, at + 1 + COMPLEMENT_REACH)):
        passed += index not in view.covering
        if passed > COMPLEMENT_WORDS:
            return False
        if view.border(index) in ("mark", "which", "clause"):
            return False
        key, tag = view.token(index).key, view.token(index).tag
        if hit.kind == VERB and key.endswith("ا") and not key.startswith("ال") and tag in ("N", "M", "J"):
            # حققت الشركة فارقا كبيرا في: it has another object.
            return False
        if key in words or any(split.stem in words for split in view.token(index).form.stems):
            return True
    return False


def _is(token: Token, words: frozenset[str]) -> bool:
    return any(split.stem in words for split in token.form.stems)


def _followed(
    view: SentenceView, at: int, words: frozenset[str], reach: int = OBJECT_REACH, *, names: bool = True
) -> bool:
    """Whether one of the words follows soon; ``names`` says that words of names count too."""
    for index in range(at + 1, min(view.sentence.last, at + 1 + reach)):
        if view.border(index) in ("mark", "that", "which", "clause"):
            return False
        if (names or index not in view.covering) and _is(view.token(index), words):
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
