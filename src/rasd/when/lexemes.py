"""The words of time: what class each token has for the patterns, and what value it carries.

`Lexemes.classes` writes a document as one character a token. A word of several parts
(``أول من أمس``) has its class at its first token and ``~`` at the others.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from rasd.lexicon import KnowledgeError, KnowledgeFiles
from rasd.text.document import BREAK, NUMBER, PUNCT, WORD, Token
from rasd.text.forms import Form
from rasd.text.letters import fold, western_digits
from rasd.text.numbers import number_word
from rasd.text.recent import Recent

MORE = "~"
OTHER = "o"
# Classes that the shape of a token gives, not a word list.
SHAPES = ("D", "Y", "INT", "F", "G", "NW", "NWD", "LP", "RP", "SL", "DS", "CO", "CM", "DT", "QT", "BR")
_PUNCTUATION = {
    "(": "LP", "[": "LP", ")": "RP", "]": "RP", "/": "SL", "\\": "SL", "-": "DS", "–": "DS", "—": "DS", "ـ": "DS",
    ":": "CO", "،": "CM", ",": "CM", "؛": "CM", ".": "DT", "!": "DT", "?": "DT", "؟": "DT", "…": "DT", "..": "DT",
    '"': "QT", "«": "QT", "»": "QT", "“": "QT", "”": "QT", "|": "CM", "*": "DT",
}  # fmt: skip


class TimeWord(msgspec.Struct, forbid_unknown_fields=True):
    """An entry of ``data/time/words.yaml``."""

    kind: str
    words: list[str]
    value: int | str | None = None


class MonthName(msgspec.Struct, forbid_unknown_fields=True):
    """An entry of ``data/time/months.yaml``."""

    month: int
    words: list[str]
    hijri: bool = False
    needs_context: bool = False


class ZoneName(msgspec.Struct, forbid_unknown_fields=True):
    """An entry of ``data/time/zones.yaml``."""

    zone: str
    words: list[str]
    alone: bool = False


class Feast(msgspec.Struct, forbid_unknown_fields=True):
    """An entry of ``data/time/feasts.yaml``."""

    name: str
    month: int
    words: list[str]
    day: int | None = None
    hijri: bool = False
    weekday: int | None = None
    nth: int | None = None
    last: bool = False
    any_of: list[str] = []
    within: int | None = None


class Anniversary(msgspec.Struct, forbid_unknown_fields=True):
    """An entry of ``data/time/anniversaries.yaml``."""

    month: int
    near: list[str]
    day: int | None = None
    year: int | None = None


class Lexeme(NamedTuple):
    """What a token is to the patterns. ``cut``: letters of proclitics before it."""

    char: str
    kind: str
    value: Any
    joined: bool = False
    cut: int = 0
    prefix: str = ""


class Packed(msgspec.Struct):
    """What the section holds: classes by character, words, phrases by first word, feasts, days."""

    chars: dict[str, str]
    words: dict[str, tuple[str, int | str | None]]
    phrases: dict[str, list[tuple[list[str], str, int | str | None]]]
    feasts: list[Feast]
    anniversaries: list[Anniversary]

    @property
    def several(self) -> set[str]:
        """The classes that have words of several parts."""
        return {kind for rows in self.phrases.values() for _, kind, _ in rows}


def pack(files: KnowledgeFiles) -> Packed:
    """The words of the knowledge files, folded. Raises `KnowledgeError`."""
    rows: list[tuple[str, str, int | str | None]] = []
    for entry in files.entries("time/words*.yaml", TimeWord, key=id):
        rows += [(word, entry.kind, entry.value) for word in entry.words]
    for month in files.entries("time/months*.yaml", MonthName, key=id):
        kind = "MAMB" if month.needs_context else "MONTH"
        value = month.month + (100 if month.hijri else 0)
        rows += [(word, kind, value) for word in month.words]
    for zone in files.entries("time/zones*.yaml", ZoneName, key=id):
        for word in zone.words:
            rows.append((word if zone.alone else "توقيت " + word, "ZONE", zone.zone))
    feasts = files.entries("time/feasts*.yaml", Feast, key=lambda f: f.name)
    for at, feast in enumerate(feasts):
        rows += [(word, "FEAST", at) for word in feast.words]
    anniversaries = files.entries("time/anniversaries*.yaml", Anniversary, key=id)
    for day in anniversaries:
        day.near = [fold(word) for word in day.near]
    packed = Packed({}, {}, {}, feasts, anniversaries)
    for word, kind, value in rows:
        head, *rest = fold(word).split()
        if rest:
            packed.phrases.setdefault(head, []).append((rest, kind, value))
        else:
            packed.words[head] = (kind, value)
    for phrases in packed.phrases.values():
        phrases.sort(key=lambda row: -len(row[0]))
    kinds = sorted({kind for _, kind, _ in rows} | set(SHAPES))
    packed.chars = {kind: chr(0xE000 + at) for at, kind in enumerate(kinds)}
    if not rows:
        raise KnowledgeError("time/: no words of time")
    return packed


class Lexemes:
    """Looks tokens up; keeps what it found for each distinct form."""

    def __init__(self, packed: Packed) -> None:
        self.packed = packed
        self.chars = packed.chars
        self._recent: Recent[str, tuple[Lexeme | None, tuple[tuple[str, Any, int], ...]]] = Recent()
        self._seen = self._recent.lately

    def classes(self, tokens: list[Token]) -> tuple[str, dict[int, Lexeme]]:
        """A document as one character a token, and the lexemes of the tokens that have one."""
        seen = self._seen
        found: dict[int, Lexeme] = {}
        chars = [OTHER] * len(tokens)
        skip = 0
        for at, token in enumerate(tokens):
            if at < skip:
                continue
            entry = seen.get(token.text)
            if entry is None:
                entry = self._recent.recall(token.text) or self._recent.keep(
                    token.text, (self._lexeme(token), self._phrases(token.form))
                )
            lexeme, phrases = entry
            if phrases:
                phrase = self._phrase(tokens, at, phrases)
                if phrase is not None:
                    lexeme, size = phrase
                    skip = at + size
                    chars[at + 1 : skip] = [MORE] * (size - 1)
            if lexeme is not None:
                found[at] = lexeme
                chars[at] = lexeme.char
        return "".join(chars), found

    def _lexeme(self, token: Token) -> Lexeme | None:
        chars = self.chars
        if token.kind == WORD:
            for split in token.form.splits:
                word = None if split.definite else self.packed.words.get(split.stem)
                if word is not None:
                    joined = split.proclitics[:1] in ("و", "ف")
                    prefix = split.proclitics[1:] if joined else split.proclitics
                    return Lexeme(chars[word[0]], word[0], word[1], joined, split.cut, prefix)
            number = number_word(token.key)
            if number is None:
                return None
            kind = "NWD" if number.definite else "NW"
            cut = int(number.joined)
            if not number.definite and token.key[cut : cut + 1] in "بكلف" and number_word(token.key[cut + 1 :]):
                return Lexeme(chars[kind], kind, number.value, number.joined, cut + 1, token.key[cut])
            return Lexeme(chars[kind], kind, number.value, number.joined, cut)
        if token.kind == NUMBER:
            return self._digits(token.text)
        if token.kind == BREAK:
            return Lexeme(chars["BR"], "BR", None)
        kind = _PUNCTUATION.get(token.text) if token.kind == PUNCT else None
        return Lexeme(chars[kind], kind, None) if kind else None

    def _digits(self, text: str) -> Lexeme | None:
        plain = western_digits(text)
        if plain.isdecimal():
            if len(plain) > 15:
                return None
            value = int(plain)
            kind = "INT"
            if 1 <= value <= 31 and len(plain) <= 2:
                kind = "D"
            elif 1000 <= value < 2200 and len(plain) == 4:
                kind = "Y"
            return Lexeme(self.chars[kind], kind, value)
        parts = plain.replace(",", ".").split(".")
        kind = "F" if len(parts) == 2 else "G"
        return Lexeme(self.chars[kind], kind, plain) if len(parts) in (2, 3) and len(plain) < 16 else None

    def _phrases(self, form: Form) -> tuple[tuple[str, Any, int], ...]:
        """The ways this form can start a phrase: its stem, its phrases, its cut."""
        rows = self.packed.phrases
        return tuple(
            (split.proclitics, rows[split.stem], split.cut)
            for split in form.splits
            if not split.definite and split.stem in rows
        )

    def _phrase(
        self, tokens: list[Token], at: int, heads: tuple[tuple[str, Any, int], ...]
    ) -> tuple[Lexeme, int] | None:
        best: tuple[Lexeme, int] | None = None
        for proclitics, rows, cut in heads:
            for rest, kind, value in rows:
                size = len(rest) + 1
                if best is not None and size <= best[1]:
                    break
                if at + size <= len(tokens) and all(_reads(tokens[at + 1 + i], word) for i, word in enumerate(rest)):
                    joined = proclitics[:1] in ("و", "ف")
                    prefix = proclitics[1:] if joined else proclitics
                    best = Lexeme(self.chars[kind], kind, value, joined, cut, prefix), size
                    break
        return best


def _reads(token: Token, word: str) -> bool:
    """Whether a token is a later word of a phrase: as written there, or with a preposition."""
    key = western_digits(token.key) if token.kind == NUMBER else token.key
    return key == word
