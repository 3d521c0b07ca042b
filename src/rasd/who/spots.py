"""Finding the registry's lexemes in a text: longest match first, clitics taken off."""

from __future__ import annotations

from dataclasses import dataclass

from rasd.text.clitics import Split
from rasd.text.document import WORD, Document, Token
from rasd.text.forms import Form
from rasd.text.recent import Recent
from rasd.who.lexemes import ALONE, FAMILY, NAMES, NISBA, OFFICE, PERSON, REFERENCE, ROLE, SHORT, Sense, Tables


@dataclass(slots=True)
class Spot:
    """Tokens ``[first, last)`` that match a lexeme; ``split`` takes apart the first of them.

    ``other`` is what the same tokens are as a common noun, where they may be a name or no name:
    ``الملك`` is a family name and the king.
    """

    first: int
    last: int
    split: Split
    senses: list[Sense]
    other: Spot | None = None

    @property
    def definite(self) -> bool:
        return self.split.definite

    @property
    def clitic(self) -> str:
        """The preposition written with the first word, "" if none."""
        letters = self.split.proclitics.lstrip("وف")
        return letters if letters in ("ب", "ل", "ك") else ""

    @property
    def bare(self) -> bool:
        """Nothing is written before the word but its article."""
        return not self.split.proclitics

    def sense(self, *kinds: str) -> Sense | None:
        for sense in self.senses:
            if sense.kind in kinds:
                return sense
        return None


_OWNABLE = (ROLE, OFFICE, REFERENCE)
# What names somebody only after they were named in full.
_PARTIAL = (SHORT, FAMILY, ALONE)
_CONJUNCTIONS = ("و", "ف")
# Short stems of nouns are too often something else once letters are taken off.
_MIN_STEM = 3


class Spotter:
    """Finds spots. Keeps, for each distinct form, the stems that can begin a lexeme."""

    def __init__(self, tables: Tables) -> None:
        self._senses = tables.senses
        self._starts = tables.starts
        self._recent: Recent[str, tuple[tuple[Split, int], ...]] = Recent()
        self._stems = self._recent.lately

    def spots(self, document: Document) -> list[Spot]:
        """The spots of a document in order, none overlapping another."""
        found: list[Spot] = []
        tokens = document.tokens
        free = 0
        stems = self._stems
        for token in tokens:
            if token.kind != WORD or token.index < free:
                continue
            candidates = stems.get(token.text)
            if candidates is None:
                candidates = self._candidates(token.form)
            if candidates:
                spot = self._longest(tokens, token.index, candidates)
                if spot is not None and not self._named_further(tokens, spot):
                    found.append(spot)
                    free = spot.last
        return found

    def _candidates(self, form: Form) -> tuple[tuple[Split, int], ...]:
        kept = self._recent.recall(form.text)
        if kept is not None:
            return kept
        found = [(s, self._starts[s.stem]) for s in form.splits if s.stem in self._starts]
        if not found:
            found = [(s, 1) for s in form.stems if s.enclitic and s.stem in self._starts and self._ownable(s.stem)]
            found = found[:1]
        # A tight reading (the word as it is) before one that takes letters off.
        found.sort(key=lambda pair: len(pair[0].proclitics))
        return self._recent.keep(form.text, tuple(found))

    def _named_further(self, tokens: list[Token], spot: Spot) -> bool:
        """Whether what ends a short name begins another's full one: الشيخ صباح, and الشيخ صباح الخالد."""
        last, named = spot.last - 1, spot.sense(PERSON)
        if last == spot.first or named is None:
            return False
        other = self._longest(tokens, last, self._candidates(tokens[last].form))
        longer = other.sense(PERSON) if other is not None and other.last > spot.last else None
        return longer is not None and longer.ref != named.ref

    def _ownable(self, stem: str) -> bool:
        return any(s.kind in _OWNABLE for s in self._senses.get(stem, ()))

    def _longest(self, tokens: list[Token], at: int, candidates: tuple[tuple[Split, int], ...]) -> Spot | None:
        best: Spot | None = None
        for split, longest in candidates:
            key, length = split.stem, 1
            senses = self._fitting(key, split)
            match = (1, senses) if senses else None
            here = at + 1
            while length < longest and here < len(tokens):
                if tokens[here].text == "." and len(tokens[here - 1].key) == 1 and here + 1 < len(tokens):
                    # "أ.ف.ب", but not the full stop after it.
                    here += 1
                if tokens[here].kind != WORD:
                    break
                key += " " + tokens[here].key
                length += 1
                here += 1
                senses = self._fitting(key, split)
                if senses:
                    match = (here - at, senses)
            if match is None:
                continue
            if best is None or match[0] > best.last - best.first:
                best = Spot(at, at + match[0], split, match[1])
            elif (
                match[0] == best.last - best.first
                and best.other is None
                and all(s.kind in _PARTIAL for s in best.senses)
                and any(s.kind in _OWNABLE for s in match[1])
            ):
                best.other = Spot(at, best.last, split, match[1])
        return best

    def _fitting(self, key: str, split: Split) -> list[Sense]:
        """Senses of a key that can stand with these clitics."""
        known = self._senses.get(key)
        if not known:
            return []
        if split.enclitic:
            return [s for s in known if s.kind in _OWNABLE]
        stripped = split.proclitics.strip("وف")
        if split.definite:
            return [s for s in known if s.kind not in NAMES]
        if stripped == "س":
            return []
        if stripped and " " not in key:
            # "ك" and "ل" before a short indefinite noun are mostly letters of another word.
            return [s for s in known if s.kind in NAMES or (len(key) > _MIN_STEM and s.kind in (*_OWNABLE, NISBA))]
        return list(known)
