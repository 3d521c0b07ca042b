"""Word forms: what the letters of a token can be, looked up once for each distinct form."""

from __future__ import annotations

import gzip
import sys
from typing import NamedTuple

import marisa_trie

from rasd.lexicon import Compiled, KnowledgeFiles, Section
from rasd.text.clitics import Split, enclitic_splits, splits
from rasd.text.letters import fold, strip_marks
from rasd.text.recent import KEPT, Recent

# What depends on a form alone is kept after it was looked up; by this bound where it is forgotten all at once.
CACHE_SIZE = KEPT


class Reading(NamedTuple):
    """One analysis of a form.

    ``tag``: VP past verb, VI imperfect, VC imperative, M masdar, A active participle,
    U passive participle, J adjective, R nisba, X proper name, N other noun, P particle.
    ``lemma`` is vowelled, as AlKhalil writes it.
    """

    tag: str
    lemma: str
    proclitics: str
    enclitic: str


class Form:
    """A distinct written form: shared by all tokens that are written so.

    ``text`` as written, ``key`` folded, ``readings`` in falling likelihood (empty for a form
    that the table lacks), ``splits`` the ways to take it apart by letters.
    """

    __slots__ = ("_stems", "key", "readings", "splits", "text")

    def __init__(self, text: str, key: str, readings: tuple[Reading, ...]) -> None:
        self.text = text
        self.key = key
        self.readings = readings
        self.splits: tuple[Split, ...] = splits(key)
        self._stems: tuple[Split, ...] | None = None

    @property
    def stems(self) -> tuple[Split, ...]:
        """`splits`, each also with the enclitic pronouns it may end in."""
        if self._stems is None:
            self._stems = tuple(s for split in self.splits for s in enclitic_splits(split))
        return self._stems

    def cut_at(self, split: Split) -> int:
        """How many characters of ``text`` stand before the stem of a split of this form."""
        if len(self.text) == len(self.key):
            return split.cut
        letters = 0
        for at, char in enumerate(self.text):
            if letters == split.cut and fold(char):
                return at
            letters += len(fold(char))
        return 0


class WordTable:
    """The compiled table of word forms (``data/words.tsv.gz``), and the forms seen so far."""

    def __init__(self, lexicon: Compiled) -> None:
        self._trie = marisa_trie.BytesTrie().frombytes(bytes(lexicon["words"]))
        self._recent: Recent[str, Form] = Recent()
        self._forms = self._recent.lately

    def form(self, text: str) -> Form:
        """The form written ``text``."""
        found = self._forms.get(text)
        if found is None:
            found = self._recent.recall(text)
        if found is None:
            # A word of nothing but marks (a lone presentation form) is its own key.
            key = fold(text) or text
            found = self._recent.keep(text, Form(text, key, self.readings(key)))
        return found

    def readings(self, key: str) -> tuple[Reading, ...]:
        """The readings of a folded form, () if the table lacks it."""
        packed = self._trie.get(key)
        if not packed:
            return ()
        # Of so many readings the words are few: each is in memory once.
        return tuple([Reading(*map(sys.intern, reading.split(":"))) for reading in packed[0].decode().split(" ")])


def _build(files: KnowledgeFiles) -> bytes:
    rows: dict[str, bytes] = {}
    for path in files.paths("words.tsv.gz") + files.paths("words.tsv"):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for line in content.decode().splitlines():
            if line and not line.startswith("#"):
                key, _, readings = line.partition("\t")
                rows[fold(strip_marks(key))] = readings.encode()
    return marisa_trie.BytesTrie(rows.items()).tobytes()


WORDS = Section("words", 1, _build)
