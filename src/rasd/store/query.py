"""A search as a user writes it, taken apart, and where its words stand in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rasd.record import Span
from rasd.store.terms import Term, Terms

_QUERY = re.compile(r'(?P<quoted>-?"[^"]*"?)|(?P<word>\S+)')
_OR = frozenset(("OR", "|", "أو", "او"))
# A passage shows so many words on each side of what was found, and spans no more than this between finds.
_AROUND, _APART = 10, 25


@dataclass(slots=True, frozen=True)
class Phrase:
    """Terms that stand one after another; with ``prefix`` the last is the beginning of a word."""

    terms: tuple[Term, ...]
    prefix: bool = False

    @property
    def alone(self) -> Term | None:
        """The term of a single whole word, which other forms of it stand for too."""
        return self.terms[0] if len(self.terms) == 1 and not self.prefix else None


@dataclass(slots=True)
class Wanted:
    """A query: ``groups`` of which each must be found, by one of its phrases; phrases that must not be."""

    groups: list[list[Phrase]] = field(default_factory=list[list[Phrase]])
    without: list[Phrase] = field(default_factory=list[Phrase])


@dataclass(slots=True)
class Passage:
    """Words of a text, ``start`` to ``end``, and where those stand that were looked for, all as offsets into it."""

    start: int
    end: int
    text: str
    marks: list[Span]


def wanted(query: str, terms: Terms) -> Wanted:
    """A query taken apart: words, ``"a phrase"``, ``begin*``, ``-without``, ``this OR that`` (``هذا أو ذاك``)."""
    found = Wanted()
    joined = False
    for match in _QUERY.finditer(query):
        said = match[0]
        if said in _OR:
            joined = bool(found.groups)
            continue
        minus, said = said.startswith("-"), said.removeprefix("-")
        phrase = terms.of(said)
        if not phrase:
            continue
        made = Phrase(phrase, match["word"] is not None and said.endswith("*"))
        if minus:
            found.without.append(made)
        elif joined:
            found.groups[-1].append(made)
        else:
            found.groups.append([made])
        joined = False
    return found


def marks(text: str, wanted: Wanted, terms: Terms) -> list[Span]:
    """Where the words that are looked for stand in a text."""
    words = list(terms.words(text))
    return [Span(words[first][0], words[last][1]) for first, last, _ in _finds(words, wanted)]


def passages(text: str, wanted: Wanted, terms: Terms, *, most: int = 2) -> list[Passage]:
    """The stretches of a text that say most of what is looked for, in the order of the text."""
    words = list(terms.words(text))
    finds = _finds(words, wanted)
    runs: list[list[tuple[int, int, int]]] = []
    for find in finds:
        if runs and find[0] - runs[-1][0][0] <= _APART:
            runs[-1].append(find)
        else:
            runs.append([find])
    best = sorted(runs, key=lambda run: (-len({group for _, _, group in run}), -len(run), run[0][0]))[:most]
    # A second passage is worth its line where it says something that the first does not, or is the only other.
    return [_passage(text, words, run) for run in sorted(best, key=lambda run: run[0][0])]


def _passage(text: str, words: Sequence[tuple[int, int, Term]], run: Sequence[tuple[int, int, int]]) -> Passage:
    first = max(0, run[0][0] - _AROUND)
    last = min(len(words) - 1, run[-1][1] + _AROUND)
    start = 0 if first == 0 else words[first][0]
    end = len(text) if last == len(words) - 1 else words[last][1]
    found = [Span(words[one][0], words[two][1]) for one, two, _ in run]
    return Passage(start, end, text[start:end], found)


def _finds(words: Sequence[tuple[int, int, Term]], wanted: Wanted) -> list[tuple[int, int, int]]:
    """Where phrases of the query stand: first and last word, and of which group; no two overlap."""
    opening: dict[str, list[tuple[Phrase, int]]] = {}
    prefixes: list[tuple[Phrase, int]] = []
    for group, phrases in enumerate(wanted.groups):
        for phrase in phrases:
            if phrase.prefix and len(phrase.terms) == 1:
                prefixes.append((phrase, group))
            for key in {phrase.terms[0].stem, (phrase.alone or phrase.terms[0]).form}:
                opening.setdefault(key, []).append((phrase, group))
    found: list[tuple[int, int, int]] = []
    free = 0
    for at, (_, _, term) in enumerate(words):
        if at < free:
            continue
        likely = [
            *opening.get(term.stem, ()),
            *(opening.get(term.form, ()) if term.form != term.stem else ()),
            *prefixes,
        ]
        lengths = [(len(p.terms), g) for p, g in likely if _stands(words, at, p)]
        if lengths:
            length, group = max(lengths)
            found.append((at, at + length - 1, group))
            free = at + length
    return found


def _stands(words: Sequence[tuple[int, int, Term]], at: int, phrase: Phrase) -> bool:
    """Whether a phrase stands at a word."""
    alone = phrase.alone
    if alone is not None:
        term = words[at][2]
        return term.stem == alone.stem or alone.form in (term.stem, term.form)
    if at + len(phrase.terms) > len(words):
        return False
    *whole, last = phrase.terms
    if any(words[at + n][2].stem != term.stem for n, term in enumerate(whole)):
        return False
    stem = words[at + len(whole)][2].stem
    return stem.startswith(last.stem) if phrase.prefix else stem == last.stem
