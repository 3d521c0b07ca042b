"""The words of a text as identity compares them: light stems, each with a weight that says how rare it is.

A light stem is a folded word without the particles that are written with it and the commonest endings
(``وبالاتفاقية`` and ``اتفاقيات`` meet in one). Not all that meet are one word, and need not be: two sentences
are compared by all their words at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from zlib import crc32

from rasd.lexicon import KnowledgeError, KnowledgeFiles
from rasd.relations.schema import Affixes
from rasd.text.letters import INVISIBLE, MARKS, fold, western_digits

# Of Zipf's scale (the logarithm of how often in 10⁹ words): where a word weighs nothing, and what one has that the
# table does not list.
COMMON, RARE = 6.0, 3.5
HEAVIEST = 100
_WORDS = re.compile(r"[^\W_]+")
_CACHE = 1 << 17
# So many texts are remembered: reports of one article share its headline, and often the sentence.
_TEXTS = 256
# What folding takes out wherever it stands, and letters as they are drawn.
_DROPPED = re.compile(f"[{''.join(map(chr, [*MARKS, *INVISIBLE]))}]+")
_FORMS = re.compile("[\ufb50-\ufefc]")


class Wording:
    """Turns texts into weighted stems, each a number of 32 bits.

    ``files`` hold ``relations/affixes.yaml`` and ``relations/rarity.tsv``.
    """

    def __init__(self, files: KnowledgeFiles | None = None) -> None:
        files = files or KnowledgeFiles()
        affixes = files.table("relations/affixes.yaml", Affixes)[-1]
        self._before = sorted((fold(a) for a in affixes.before), key=len, reverse=True)
        self._after = sorted((fold(a) for a in affixes.after), key=len, reverse=True)
        self._shortest = affixes.shortest
        self._weights = _weights(files)
        self._number = lru_cache(maxsize=_CACHE)(self._numbered)
        self._weighed = lru_cache(maxsize=_TEXTS)(self._weigh)

    def stems(self, text: str) -> Mapping[int, int]:
        """The stems of a text that weigh something, by number, with their weights, in the order of the text.

        A weight says how much it tells that two texts share the stem: 1 to `HEAVIEST`, for the rarest.
        """
        return self._weighed(text)

    def _weigh(self, text: str) -> dict[int, int]:
        found: dict[int, int] = {}
        for word in _WORDS.findall(text):
            number, weight = self._number(word)
            if weight:
                found[number] = weight
        return found

    def number(self, text: str) -> int:
        """The number of the stem of a word, or of the stems of several."""
        return crc32(" ".join(self.stem(word) for word in _WORDS.findall(text)).encode())

    def stem(self, word: str) -> str:
        """The light stem of a word as it is written."""
        word = fold(western_digits(word))
        for affix in self._before:
            if word.startswith(affix) and len(word) - len(affix) >= self._shortest:
                word = word[len(affix) :]
                break
        for affix in self._after:
            if word.endswith(affix) and len(word) - len(affix) >= self._shortest:
                return word[: -len(affix)]
        return word

    def _numbered(self, word: str) -> tuple[int, int]:
        stem = self.stem(word)
        return crc32(stem.encode()), self._weights.get(stem, HEAVIEST) if len(stem) > 1 else 0


def overlap(one: dict[int, int], two: dict[int, int]) -> float:
    """How alike two texts are by their stems, 0 to 1: the weight that they share, by the geometric mean of theirs."""
    both = one.keys() & two.keys()
    if not both:
        return 0.0
    return sum(map(one.__getitem__, both)) / (sum(one.values()) * sum(two.values())) ** 0.5


def normalised(text: str) -> list[str]:
    """The words of a text as near-copies are compared by: folded, without digits' and letters' variants."""
    if _FORMS.search(text):  # some of which stand for several words
        return _WORDS.findall(fold(western_digits(text)).lower())
    return list(map(_normal.__getitem__, _WORDS.findall(_DROPPED.sub("", text))))


class _Normal(dict[str, str]):
    """Words folded, each once as long as there is room: folding whole texts takes thrice as long."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _CACHE:
            self.clear()
        folded = self[word] = fold(western_digits(word)).lower()
        return folded


_normal = _Normal()


def rarest(stems: dict[int, int], count: int, least: int) -> list[int]:
    """The ``count`` stems that weigh most, none below ``least``; of those alike, the smaller number first."""
    return sorted((s for s, weight in stems.items() if weight >= least), key=lambda s: (-stems[s], s))[:count]


def _weights(files: KnowledgeFiles) -> dict[str, int]:
    weights: dict[str, int] = {}
    for path in files.paths("relations/rarity*.tsv"):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            stem, _, zipf = line.partition("\t")
            try:
                weights[stem] = round(HEAVIEST * min(1.0, max(0.0, (COMMON - float(zipf)) / (COMMON - RARE))))
            except ValueError:
                raise KnowledgeError(f"{path}: line {number}: no number after the stem: {line!r}") from None
    return weights
