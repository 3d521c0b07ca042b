"""What a word is searched by: its stem, without what Arabic writes together with it, and its dictionary form.

Index and query are made of the same terms: hamza, marks, alef maqsura and ta marbuta are written one way, ``و``,
``ال``, ``ب``, ``ل``, ``ك`` and pronouns are off (``وبالاتفاقيات``: stem ``اتفاقيات``, form ``اتفاقيه``). Which letters
are a particle and which belong to the word tells the table of word forms and, of names, the lists of people, bodies
and places: ``وزير`` and ``بوتين`` stay whole. English words are in lower case, without the ending of a plural.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import marisa_trie
import msgspec

from rasd.lexicon import KnowledgeFiles, Section, open_compiled
from rasd.text.clitics import splits
from rasd.text.letters import INVISIBLE, MARKS, fold, western_digits

_JOINED = "".join(map(re.escape, map(chr, [*MARKS, *INVISIBLE])))
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_JOINED}])*")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_CACHE = 200_000
# So many texts are remembered: events of one article share names, lines and sentences.
_TEXTS = 256
# A word that no list has keeps so many letters when a particle is taken off it.
_SHORTEST = 3
# Of the readings of a form, those that its dictionary form is taken from first.
_ORDER = {tag: n for n, tag in enumerate(["X", "M", "N", "R", "J", "A", "U", "VP", "VI", "P", "VC"])}
_NOUNS = frozenset("MNRJAU")
_PARTICLES = "وفبلك"
# Lists that hold names as ``ar: [...]`` and ``alone: [...]``, and tables whose columns do.
_NAMES = ("actors/people*.yaml", "actors/bodies*.yaml", "actors/states.yaml", "places/*.yaml")
_TABLES = ("places/*.tsv", "places/*.tsv.gz")
_LIST = re.compile(r"\b(?:ar|alone): \[([^\]]*)\]")


class Term(NamedTuple):
    """What a word is searched by: ``stem`` as it is written, ``form`` as dictionaries have it.

    Both are empty for a word that no search looks for (``في``).
    """

    stem: str
    form: str


NOTHING = Term("", "")


class _Table(msgspec.Struct, array_like=True):
    """The compiled table: a trie of forms, and the words that are not looked for."""

    stems: bytes
    stops: frozenset[str]


class Terms:
    """Turns words into terms. ``version`` names the table that they are made by: an index is of one version."""

    def __init__(self, packed: bytes) -> None:
        table = msgspec.msgpack.decode(packed, type=_Table)
        self.version = hashlib.sha256(packed).hexdigest()[:16] + f"/{STEMS.version}"
        self._trie = marisa_trie.BytesTrie().frombytes(table.stems)
        self._stops = table.stops
        self._known: dict[str, Term] = {}
        self._of = lru_cache(maxsize=_TEXTS)(self._found)

    def term(self, word: str) -> Term:
        """The term of one word as a text writes it."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= _CACHE:
                self._known.clear()
            found = self._known[word] = self._term(word)
        return found

    def of(self, text: str) -> tuple[Term, ...]:
        """The terms of a text that are looked for, in its order."""
        return self._of(text)

    def _found(self, text: str) -> tuple[Term, ...]:
        known, term = self._known, self.term
        return tuple(found for word in _WORD.findall(text) if (found := known.get(word) or term(word)).stem)

    def words(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """The words of a text that are looked for, each with where it starts and ends and its term."""
        for match in _WORD.finditer(text):
            term = self.term(match[0])
            if term.stem:
                yield match.start(), match.end(), term

    def _term(self, word: str) -> Term:
        key = fold(western_digits(word)).lower() or word
        if key in self._stops:
            return NOTHING
        if not _ARABIC.search(key):
            stem = _singular(key)
            return Term(stem, stem)
        listed = self._listed(key)
        if listed is not None:
            return listed
        for split in splits(key)[1:]:
            listed = self._listed(split.stem)
            # What stands after the particle must be a whole word, not one with a particle of its own.
            if listed is not None and listed.stem == _ending(split.stem):
                return listed
        stem = _ending(_unlisted(key))
        return Term(stem, stem)

    def _listed(self, key: str) -> Term | None:
        values = self._trie.get(key)
        if not values:
            return None
        stem, _, form = values[0].decode("utf-8").partition("\t")
        return Term(stem, form or stem)


@cache
def open_terms() -> Terms:
    """The terms by Rasd's own lists: a user's folder does not change them, so that an index stays one."""
    return Terms(bytes(open_compiled(KnowledgeFiles(), (STEMS,))["stems"]))


def _ending(stem: str) -> str:
    return stem[:-1] + "ه" if stem.endswith("ة") else stem


def _singular(word: str) -> str:
    """An English word without the ending of a plural."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        if word.endswith("ies") and len(word) > 4:
            return word[:-3] + "y"
        return word[:-2] if word.endswith(("ches", "shes", "xes", "sses")) else word[:-1]
    return word


def _unlisted(key: str) -> str:
    """A word that no list has, without the particles that are unlikely to be of it."""
    if key.startswith("و") and len(key) > _SHORTEST + 1:
        key = key[1:]
    for particles in ("ال", "بال", "لل", "كال", "فال"):
        if key.startswith(particles) and len(key) >= len(particles) + _SHORTEST:
            return key[len(particles) :]
    return key


def _build(files: KnowledgeFiles) -> bytes:
    terms = _forms(files)
    for name in _names(files):
        whole = _ending(name)
        # A name that the table takes for a word with a particle (بوتين) is whole; else the table knows more.
        if name not in terms or terms[name].partition("\t")[0] != whole:
            terms[name] = whole
    trie = marisa_trie.BytesTrie((key, value.encode("utf-8")) for key, value in terms.items())
    stops = {fold(word) for words in files.table("search/stopwords.yaml", list[str]) for word in words}
    stops |= {joined + word for word in stops if _ARABIC.search(word) for joined in "وف"}
    return msgspec.msgpack.encode(_Table(trie.tobytes(), frozenset(stops)), order="sorted")


def _forms(files: KnowledgeFiles) -> dict[str, str]:
    """Each listed form with its stem and, where it is another, its dictionary form."""
    readings: dict[str, list[list[str]]] = {}
    for path in files.paths("words.tsv.gz") + files.paths("words.tsv"):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for line in content.decode("utf-8").splitlines():
            key, _, packed = line.partition("\t")
            if packed and not line.startswith("#"):
                readings[fold(key)] = [reading.split(":") for reading in packed.split(" ")]
    found: dict[str, str] = {}
    for key, all_of in readings.items():
        _, lemma, proclitics, enclitic = min(all_of, key=lambda r: _unlikelihood(r, "ال" + key in readings))
        form = fold(lemma)
        stem = _ending(_stem(key, proclitics, enclitic, form))
        form = _ending(form)
        found[key] = stem if stem == form else f"{stem}\t{form}"
    return found


def _unlikelihood(reading: list[str], takes_article: bool) -> tuple[bool, bool, int, int, int]:
    """How unlikely a reading (tag, lemma, proclitics, enclitic) is to be meant, the least first.

    Fewest particles, and among those nouns before verbs, which are searched less. A noun that nobody writes with its
    article is not believed where a particle can be taken off (``بغارات`` is no ``بغار``).
    """
    tag, _, proclitics, enclitic = reading
    rare = not proclitics and not enclitic and not takes_article and tag in _NOUNS
    return tag == "VC", rare, len(proclitics), len(enclitic), _ORDER.get(tag, len(_ORDER))


def _stem(key: str, proclitics: str, enclitic: str, form: str) -> str:
    """A folded form without what a reading says is written with it; a noun's ت is its ة again."""
    stem = key.removeprefix(fold(proclitics)) if proclitics else key
    if enclitic and stem.endswith(fold(enclitic)):
        stem = stem[: -len(fold(enclitic))]
        if stem.endswith("ت") and stem[:-1] + "ة" == form:
            stem = form
    return stem if len(stem) > 1 else key


def _names(files: KnowledgeFiles) -> set[str]:
    """The words of names, folded: they are whole as they stand, but for the article."""
    lists = (
        names
        for pattern in _NAMES
        for path in files.paths(pattern)
        for names in _LIST.findall(path.read_text(encoding="utf-8"))
    )
    first: set[str] = set()
    later: set[str] = set()
    for name in (name for names in lists for name in names.split(",")):
        words = [fold(word) for word in _WORD.findall(name) if _ARABIC.search(word)]
        first.update(words[:1])
        later.update(words[1:])
    for path in (p for pattern in _TABLES for p in files.paths(pattern)):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for cell in re.split(r"[\t\n|;,]", content.decode("utf-8")):
            first.update([fold(word) for word in _WORD.findall(cell) if _ARABIC.search(word)][:1])
    # Within a name a particle joins or leads (الخارجية والتعاون, طرابلس بليبيا); before it, the letter is of the name.
    later = {word for word in later if word[0] not in _PARTICLES or not ({word[1:], "ال" + word[1:]} & (first | later))}
    return {w for w in first | later if len(w) >= _SHORTEST and not w.startswith(("ال", "وال", "بال", "لل"))}


STEMS = Section("stems", 1, _build)
