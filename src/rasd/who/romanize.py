"""Arabic names in Latin letters, as newspapers write them."""

from __future__ import annotations

from functools import lru_cache

from rasd.lexicon import KnowledgeFiles
from rasd.text.letters import fold, strip_marks
from rasd.who.lexemes import name_tables

_LONG = {"ا": "a", "و": "ou", "ي": "i"}


class Romanizer:
    """Writes a name by the table of known parts, else letter by letter."""

    def __init__(self, given: dict[str, str], parts: dict[str, str], letters: dict[str, str]) -> None:
        self._given = given
        self._parts = parts
        self._letters = letters

    def __call__(self, name: str) -> str:
        """``عامر لافي`` -> ``Amer Lafi``."""
        words = strip_marks(name).split()
        found: list[str] = []
        at = 0
        while at < len(words):
            key = fold(words[at])
            pair = key + fold(words[at + 1]) if at + 1 < len(words) else ""
            if key in ("عبد", "عبدال") and pair in self._given:
                found.append(self._given[pair])
                at += 2
                continue
            found.append(self._word(words[at], key))
            at += 1
        if found and found[0][:1].islower():
            found[0] = found[0][0].upper() + found[0][1:]
        return " ".join(found)

    def _word(self, word: str, key: str) -> str:
        known = self._given.get(key) or self._parts.get(key)
        if known:
            return known
        if key.startswith("ال") and len(key) > 4:
            rest = key[2:]
            inner = self._parts.get(rest) or self._given.get(rest) or self._spell(word[2:])
            return "al-" + inner
        return self._spell(word)

    def _spell(self, word: str) -> str:
        """Letter rules: long vowels stand, a short a is put between two consonants."""
        out: list[str] = []
        count = len(word)
        for at, char in enumerate(word):
            following = word[at + 1] if at + 1 < count else ""
            if char in "أإآا" or char == "ى":
                out.append({"إ": "I", "ى": "a"}.get(char, "a") if not (char in "أإ" and following in "وي") else "")
                continue
            if char == "ة":
                out.append("a")
                continue
            if char in "وي" and (at == 0 or (following in "اوةىي" and following)):
                out.append("w" if char == "و" else "y")
                continue
            if char in _LONG:
                out.append(_LONG[char])
                continue
            if char == "ع" and (following not in "اويىة" or not following):
                out.append("a")
                continue
            out.append(self._letters.get(char, ""))
            if (
                following
                and following not in "اويىةآأإ"
                and (at == 0 or count - at > 2 or at == count - 2)
                and out[-1] != ""
            ):
                out.append("a" if at == 0 or at == count - 2 else "")
        text = "".join(out)
        return text[:1].upper() + text[1:]


@lru_cache(maxsize=1)
def _ours() -> Romanizer:
    return Romanizer(*name_tables(KnowledgeFiles()))


def romanize(name: str) -> str:
    """An Arabic name in Latin letters, by Rasd's own lexicon.

    >>> romanize("عامر لافي")
    'Amer Lafi'
    """
    return _ours()(name)
