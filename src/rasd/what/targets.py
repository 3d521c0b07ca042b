"""Targets that powers set themselves: ``رفع التبادل التجاري إلى مئة مليار دولار سنويا``."""

from __future__ import annotations

from typing import NamedTuple

from rasd.record import Quantity
from rasd.text.document import Document, Sentence
from rasd.text.letters import fold
from rasd.what.affair_lexicon import AffairLexicon
from rasd.what.senses import folded
from rasd.what.sides import Sides

_TO = folded("إلى حتى نحو عند مستوى")
# How far before the figure the word of raising may stand, and the word of aiming before that.
_REACH, _AIM = 14, 30
_TIMES = {"year": "a year", "month": "a month", "week": "a week", "day": "a day", "hour": "an hour"}


class Target(NamedTuple):
    first: int
    last: int
    name: str
    what: str
    codes: list[str]
    quantity: Quantity
    sentence: Sentence


class TargetReader:
    """Finds the targets of one document."""

    def __init__(self, document: Document, knowledge: AffairLexicon, sides: Sides) -> None:
        self.document = document
        self.tokens = document.tokens
        self._known = knowledge
        self._sides = sides

    def read(self, quantities: list[Quantity]) -> list[Target]:
        """The targets among the quantities, in order."""
        found: list[Target] = []
        starts = {token.start: token.index for token in self.tokens}
        sentence = iter(self.document.sentences)
        current = next(sentence, None)
        for quantity in quantities:
            while current is not None and current.end <= quantity.start:
                current = next(sentence, None)
            if current is None:
                break
            at = starts.get(quantity.start)
            if at is None:
                at = next((t.index for t in self.tokens[current.first : current.last] if t.end > quantity.start), None)
            if at is not None and (target := self._target(quantity, at, current)):
                found.append(target)
        return found

    def _target(self, quantity: Quantity, at: int, sentence: Sentence) -> Target | None:
        raising = self._raising(at, sentence.first)
        if raising is None:
            return None
        first, sure = raising
        if not sure and not self._aims(first, sentence.first):
            return None
        what = self._measured(first, at) or self._measured(max(sentence.first, first - 8), first)
        if not what:
            return None
        last = next((t.index for t in self.tokens[at : sentence.last] if t.start >= quantity.end), sentence.last)
        codes = list(dict.fromkeys(c for s in self._sides.within(sentence.first, at) for c in s.codes))
        return Target(first, last, f"{what} of {_said(quantity)}", what, codes, quantity, sentence)

    def _raising(self, at: int, floor: int) -> tuple[int, bool] | None:
        """The word of raising before ``إلى`` and the figure, and whether it says "in order to"."""
        to = False
        for index in range(at, max(floor, at - _REACH) - 1, -1):
            token = self.tokens[index]
            to = to or (index < at and token.key in _TO)
            senses = self._known.senses.of(token.form)
            noun = senses.get("raise-noun")
            if noun and index < at:
                direct = fold(token.text) and noun.split.proclitics == "" and not to
                return None if direct and index < at - 3 else (index, noun.split.proclitics.endswith("ل"))
            verb = senses.get("raise-verb")
            if verb and index < at and to and verb.value.startswith("I:"):
                return index, False
            aim = senses.get("aim-noun") or senses.get("aim-verb")
            if aim and index < at and index >= at - 6 and not aim.value.startswith("P:"):
                return index, True
        return None

    def _aims(self, index: int, floor: int) -> bool:
        for token in self.tokens[max(floor, index - _AIM) : index]:
            senses = self._known.senses.of(token.form)
            if "aim-noun" in senses or "aim-verb" in senses:
                return True
        return False

    def _measured(self, first: int, last: int) -> str:
        for index in range(first, last):
            found = self._known.word_at(self.tokens, index, last)
            if found and found[0].measured:
                word = found[0]
                after = self._known.word_at(self.tokens, found[1], last) if found[1] < last else None
                if after:
                    other = after[0]
                    return f"{other.attr or other.en} {word.en}" if other.adj or word.en != "capacity" else word.en
                return word.en
        return ""


def _said(quantity: Quantity) -> str:
    """``100 billion USD a year``."""
    value, scale = quantity.value, ""
    for size, name in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if value >= size:
            value, scale = value / size, name
            break
    figure = f"{value:,.2f}".rstrip("0").rstrip(".")
    unit = quantity.unit or ""
    said = f"{figure}{scale}{'' if unit == '%' else ' '}{unit}".strip()
    return f"{said} {_TIMES[quantity.per]}" if quantity.per in _TIMES else said
