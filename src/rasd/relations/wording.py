"""The words of a text as identity compares them: light stems, each with a weight that says how rare it is.

A light stem is a folded word without the particles that are written with it and the commonest endings
(``وبالاتفاقية`` and ``اتفاقيات`` meet in one). Not all that meet are one word, and need not be: two sentences
are compared by all their words at once.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from rasd.lexicon import KnowledgeError, KnowledgeFiles
from rasd.text.letters import fold, western_digits


class Affixes(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What is taken off a word, longest first, while ``shortest`` letters stay."""

    before: list[str]
    after: list[str]
    shortest: int


# Of Zipf's scale (the logarithm of how often in 10⁹ words): where a word weighs nothing, and what one has that the
# table does not list.
COMMON, RARE = 6.0, 3.5
_WORDS = re.compile(r"[^\W_]+")
_CACHE = 1 << 17


class Wording:
    """Turns texts into weighted stems. ``files`` hold ``relations/affixes.yaml`` and ``relations/rarity.tsv``."""

    def __init__(self, files: KnowledgeFiles | None = None) -> None:
        files = files or KnowledgeFiles()
        affixes = files.table("relations/affixes.yaml", Affixes)[-1]
        before = sorted((fold(a) for a in affixes.before), key=len, reverse=True)
        after = sorted((fold(a) for a in affixes.after), key=len, reverse=True)
        self._before, self._after, self._shortest = before, after, affixes.shortest
        self._weights = _weights(files)
        self.stem = lru_cache(maxsize=_CACHE)(self._stem)

    def weight(self, stem: str) -> float:
        """How much it tells that two texts share a stem: 0 for the commonest, 1 for the rarest."""
        return self._weights.get(stem, 1.0)

    def stems(self, text: str) -> dict[str, float]:
        """The stems of a text that weigh something, with their weights, in the order of the text."""
        found: dict[str, float] = {}
        for word in _WORDS.findall(western_digits(text)):
            stem = self.stem(word)
            if stem not in found:
                weight = self._weights.get(stem, 1.0)
                if weight > 0 and len(stem) > 1:
                    found[stem] = weight
        return found

    def _stem(self, word: str) -> str:
        """The light stem of a word as it is written."""
        word = fold(word)
        for affix in self._before:
            if word.startswith(affix) and len(word) - len(affix) >= self._shortest:
                word = word[len(affix) :]
                break
        for affix in self._after:
            if word.endswith(affix) and len(word) - len(affix) >= self._shortest:
                return word[: -len(affix)]
        return word


def overlap(one: dict[str, float], two: dict[str, float]) -> float:
    """How alike two texts are by their stems: the weight that they share by that of the shorter and the longer one
    (the geometric mean of both), 0 to 1."""
    if not one or not two:
        return 0.0
    shared = sum(weight for stem, weight in one.items() if stem in two)
    return shared / (sum(one.values()) * sum(two.values())) ** 0.5


def normalised(text: str) -> list[str]:
    """The words of a text as near-copies are compared by: folded, without digits' and letters' variants."""
    return _WORDS.findall(fold(western_digits(text)).lower())


def _weights(files: KnowledgeFiles) -> dict[str, float]:
    weights: dict[str, float] = {}
    for path in files.paths("relations/rarity*.tsv"):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            stem, _, zipf = line.partition("\t")
            try:
                weights[stem] = _weight(float(zipf))
            except ValueError:
                raise KnowledgeError(f"{path}: line {number}: no number after the stem: {line!r}") from None
    return weights


def _weight(zipf: float) -> float:
    return min(1.0, max(0.0, (COMMON - zipf) / (COMMON - RARE)))


def rarest(stems: dict[str, float], count: int) -> list[str]:
    """The ``count`` stems that weigh most, those alike by the alphabet."""
    return sorted(stems, key=lambda s: (-stems[s], s))[:count]


__all__ = ["COMMON", "RARE", "Affixes", "Wording", "normalised", "overlap", "rarest"]
