"""Number words: ``خمسة وعشرون ألفا وثلاثمئة``, ``4.5 مليون``, ``ثلاثة ملايين ونصف``.

`read_number` reads the longest number that starts at a token. Digits of either script, number
words and both together are read; the words are in ``data/text/numbers.yaml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from rasd.lexicon.files import OURS, load_yaml
from rasd.text.document import NUMBER, WORD, Token
from rasd.text.letters import fold, western_digits

UNIT, TEEN, TEN, TENS, HUNDRED, SCALE, DUAL, FRACTION = (
    "unit",
    "teen",
    "ten",
    "tens",
    "hundred",
    "scale",
    "dual",
    "fraction",
)
AND = "و"
# A million millions and more is no quantity of the news; it bounds what a text can make us count.
_MAX_PARTS = 12


class NumberWords(msgspec.Struct, forbid_unknown_fields=True):
    """The schema of ``data/text/numbers.yaml``."""

    units: dict[int, list[str]]
    teen_units: dict[int, list[str]]
    ten: list[str]
    tens: dict[int, list[str]]
    hundreds: dict[int, list[str]]
    scales: dict[int, list[str]]
    duals: dict[int, list[str]]
    fractions: dict[float, list[str]]


class NumberWord(NamedTuple):
    """A number word: its part in a compound, its value, whether ``و`` or the article precede it."""

    kind: str
    value: float
    joined: bool
    definite: bool


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, float]]:
    words = load_yaml(OURS / "text" / "numbers.yaml", NumberWords)
    table: dict[str, tuple[str, float]] = {}
    for kind, group in (
        (TEEN, words.teen_units),
        (UNIT, words.units),
        (TENS, words.tens),
        (HUNDRED, words.hundreds),
        (SCALE, words.scales),
        (DUAL, words.duals),
    ):
        for value, forms in group.items():
            table.update((fold(form), (kind, float(value))) for form in forms)
    table.update((fold(form), (TEN, 10.0)) for form in words.ten)
    for value, forms in words.fractions.items():
        table.update((fold(form), (FRACTION, value)) for form in forms)
    return table


@lru_cache(maxsize=50_000)
def number_word(key: str) -> NumberWord | None:
    """The number word that a folded form is, its ``و``, prepositions and article taken off."""
    table = _table()
    joined = False
    for _ in range(2):
        found = table.get(key)
        if found:
            return NumberWord(found[0], found[1], joined, False)
        if joined or not key.startswith(AND):
            break
        key, joined = key[1:], True
    if key[:2] in ("بل", "كل", "فل") or key[:1] in "بكلف":
        found = table.get(key[1:])
        if found:
            return NumberWord(found[0], found[1], joined, False)
    stem = key[1:] if key[:3] in ("بال", "كال", "فال") else key
    if stem.startswith(("ال", "لل")):
        found = table.get(stem[2:])
        if found:
            return NumberWord(found[0], found[1], joined, True)
    return None


def digits_value(text: str) -> float | None:
    """The value of digits: ``1,250`` and ``1.250.000`` group thousands, ``4.5`` and ``4,5`` do not."""
    plain = western_digits(text)
    if plain.isdecimal():
        return float(plain) if len(plain) < 20 else None
    parts = plain.replace(",", ".").split(".")
    if not all(part.isdecimal() for part in parts) or len(plain) > 24:
        return None
    grouped = len(parts[0]) <= 3 and parts[0] != "0" and all(len(part) == 3 for part in parts[1:])
    if grouped and (len(parts) > 2 or "," in plain):
        return float("".join(parts))
    if len(parts) == 2:
        return float(f"{parts[0]}.{parts[1]}")
    if "," in plain and "." in plain and all(len(part) == 3 for part in parts[1:-1]):
        return float("".join(parts[:-1]) + "." + parts[-1])
    return None


def read_number(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    """The number that starts at token ``at``: its value and the index of the token after it.

    None if no number starts there. ``و`` before the first word does not count.
    """
    return _Reader(tokens).number(at)


class _Reader:
    """Reads one number; ``tokens`` may be the whole document."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.count = len(tokens)

    def word(self, at: int) -> NumberWord | None:
        if at >= self.count or self.tokens[at].kind != WORD:
            return None
        return number_word(self.tokens[at].key)

    def joined(self, at: int) -> int | None:
        """Where the part after an "and" at ``at`` starts: the same token (``وخمسة``) or the next."""
        if at >= self.count:
            return None
        token = self.tokens[at]
        if token.kind == WORD and token.key == AND:
            return at + 1 if at + 1 < self.count else None
        word = self.word(at)
        return at if word is not None and word.joined else None

    def number(self, at: int) -> tuple[float, int] | None:
        found = self.part(at)
        if found is None:
            return None
        total, scale, at = found
        for _ in range(_MAX_PARTS):
            start = self.joined(at)
            if start is None:
                break
            fraction = self.word(start)
            if fraction is not None and fraction.kind == FRACTION:
                total += fraction.value * scale
                at = start + 1
                again = self.word(at)
                if again is not None and again.kind == SCALE and again.definite and again.value == scale:
                    at += 1
                break
            more = self.part(start)
            if more is None or more[1] >= scale or more[0] >= scale:
                break
            total, scale, at = total + more[0], more[1], more[2]
        return total, at

    def part(self, at: int) -> tuple[float, float, int] | None:
        """A number below a thousand with the scales after it: its value, its scale, the next token."""
        word = self.word(at)
        if word is not None and word.kind in (SCALE, DUAL):
            value, scale, at = (word.value if word.kind == SCALE else 2 * word.value), word.value, at + 1
        elif word is not None and word.kind == FRACTION:
            value, scale, at = word.value, 1.0, at + 1
            after = self.word(at)
            if after is None or after.kind != SCALE:
                return None
        else:
            group = self.group(at)
            if group is None:
                return None
            value, at = group
            scale = 1.0
        while True:
            after = self.word(at)
            if after is None or after.kind != SCALE or after.joined or (scale > 1 and after.value <= 1000):
                break
            value, scale, at = value * after.value, after.value if scale == 1 else scale * after.value, at + 1
            if scale > 1e12:
                break
        return value, scale, at

    def group(self, at: int) -> tuple[float, int] | None:
        """Digits, or words below a thousand."""
        if at < self.count and self.tokens[at].kind == NUMBER:
            value = digits_value(self.tokens[at].text)
            return None if value is None else (value, at + 1)
        word = self.word(at)
        if word is None:
            return None
        if word.kind == HUNDRED or (word.kind == UNIT and self._is_hundred(at + 1)):
            value, at = (word.value, at + 1) if word.kind == HUNDRED else (word.value * 100, at + 2)
            start = self.joined(at)
            below = self.below_hundred(start) if start is not None else None
            if below is not None:
                # مئة وخمسة آلاف: 105 thousand; the scale after it multiplies both.
                return value + below[0], below[1]
            return value, at
        return self.below_hundred(at)

    def _is_hundred(self, at: int) -> bool:
        word = self.word(at)
        return word is not None and word.kind == HUNDRED and word.value == 100 and not word.joined

    def below_hundred(self, at: int) -> tuple[float, int] | None:
        word = self.word(at)
        if word is None:
            return None
        after = self.word(at + 1)
        if word.kind in (UNIT, TEEN) and after is not None and after.kind == TEN and not after.joined:
            return word.value + 10, at + 2
        if word.kind in (UNIT, TEEN):
            start = self.joined(at + 1)
            tens = self.word(start) if start is not None else None
            if start is not None and tens is not None and tens.kind == TENS:
                return word.value + tens.value, start + 1
        if word.kind in (UNIT, TEN, TENS):
            return word.value, at + 1
        return None
