"""The words that events are read by, in all their written forms.

Predicates, light verbs, operators and words of saying are compiled into one trie from
folded form to what the form is; `Lexemes.hits` looks a token's form up once and remembers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import marisa_trie
import msgspec

from rasd.lexicon import Compiled, KnowledgeError, KnowledgeFiles, Section
from rasd.text.clitics import Split
from rasd.text.document import Token
from rasd.text.forms import Form
from rasd.text.inflection import VerbForm, noun_forms, verb_forms
from rasd.text.letters import fold
from rasd.text.recent import Recent
from rasd.what.grammar import Casualty, Counted, Family, Figure, LightVerb, Operator, OrdinalWord, Speech, WordClass
from rasd.what.schema import Predicate

EVENT, LIGHT, OPERATOR, SPEECH, CASUALTY = "e", "l", "o", "s", "c"
VERB, NOUN, ACTIVE, PASSIVE, PHRASE = "V", "N", "A", "U", "P"
# The entry of a word that no entry holds.
NO_ENTRY = -1


class Hit(NamedTuple):
    """A form that belongs to a lexeme.

    ``group`` is EVENT, LIGHT, OPERATOR, SPEECH or CASUALTY; ``entry`` counts within the group; ``kind`` is
    VERB, NOUN, ACTIVE, PASSIVE. For verbs ``tense`` is P or I, ``person`` as in `VerbForm`,
    ``voice`` a, p or ap; for nouns ``person`` is the number. ``split`` is how the form comes apart.
    """

    group: str
    entry: int
    kind: str
    tense: str
    person: str
    voice: str
    jussive: bool
    split: Split


class Phrase(NamedTuple):
    group: str
    entry: int
    words: tuple[str, ...]


class Lexemes:
    """All lexemes, decoded from the compiled lexicon."""

    def __init__(self, lexicon: Compiled) -> None:
        self._trie = marisa_trie.BytesTrie().frombytes(bytes(lexicon["lexemes"]))
        heads = msgspec.msgpack.decode(lexicon["lexeme-heads"], type=_Heads)
        self.predicates = heads.predicates
        self.light = heads.light
        self.operators = heads.operators
        self.speech = heads.speech
        self.casualties = heads.casualties
        self.parts = frozenset(fold(word) for entry in heads.casualties for word in entry.parts)
        self.objects = [frozenset(o) for o in heads.objects]
        self.unless = [frozenset(u) for u in heads.unless]
        self.never_after = [frozenset(w) for w in heads.never_after]
        self.never_before = [frozenset(w) for w in heads.never_before]
        self.only_with = [frozenset(w) for w in heads.only_with]
        self.figures = {kind: frozenset(words) for kind, words in heads.figures.items()}
        self._homographs = heads.homographs
        self.ordinals = heads.ordinals
        self.classes = heads.classes
        self.prepositional = frozenset(heads.prepositional)
        self.english_pasts = heads.english_pasts
        self.english_participles = heads.english_participles
        self.arabic_lines = heads.arabic_lines
        self.counted = heads.counted
        self.families = {rule: family for family in heads.families for rule in family.rules}
        self.english_lines = heads.english_lines
        self.english_articles = tuple(heads.english_articles)
        self._phrases: dict[str, list[Phrase]] = {}
        for group, index, words in heads.phrases:
            self._phrases.setdefault(words[0], []).append(Phrase(group, index, words))
        self._recent_hits: Recent[str, tuple[Hit, ...]] = Recent()
        self._hits = self._recent_hits.lately
        self._recent_groups: Recent[str, frozenset[str]] = Recent()
        self._groups = self._recent_groups.lately

    def hits(self, form: Form) -> tuple[Hit, ...]:
        """What a form can be, the reading with the fewest clitics first; () for most words."""
        found = self._hits.get(form.text)
        if found is None:
            found = self._recent_hits.recall(form.text)
        if found is None:
            # A trie of bytes ends its keys with NUL: a text that holds one is no word.
            found = self._recent_hits.keep(form.text, () if "\0" in form.text else tuple(self._find(form)))
        return found

    def groups(self, form: Form) -> frozenset[str]:
        """The groups of what a form can be and of the phrases that it can begin; empty for most words.

        By it a pass over all words passes over those that it has nothing to look for in.
        """
        found = self._groups.get(form.text)
        if found is None:
            found = self._recent_groups.recall(form.text)
        if found is None:
            key = form.key
            begun = self.phrases(key) or self.phrases(key[1:] if key[:1] in ("و", "ف") else "")
            made = frozenset(hit.group for hit in self.hits(form)) | {phrase.group for phrase in begun}
            found = self._recent_groups.keep(form.text, made or _NO_GROUPS)
        return found

    def guess(self, token: Token) -> Hit:
        """A word that no entry holds as an act, as the hit that it would be: by its tag a verb or a noun."""
        verb = token.tag in ("VP", "VI")
        for hit in self.hits(token.form):
            if (hit.kind == VERB) == verb:
                return hit._replace(group=EVENT, entry=NO_ENTRY)
        split = min(token.form.stems, key=lambda s: (len(s.enclitic), s.definite is False, -len(s.proclitics)))
        kind = VERB if verb else ACTIVE if token.tag == "A" else PASSIVE if token.tag == "U" else NOUN
        return Hit(EVENT, NO_ENTRY, kind, "P" if token.tag == "VP" else "I" if verb else "", "", "ap", False, split)

    def phrases(self, key: str) -> list[Phrase]:
        """Phrases whose first word is the folded ``key``."""
        return self._phrases.get(key, _NO_PHRASES)

    def _find(self, form: Form) -> Iterable[Hit]:
        seen: set[tuple[str, int, str]] = set()
        others = self._homographs.get(form.key) or (
            self._homographs.get(form.key[1:], ()) if form.key[0] in "وف" else ()
        )
        known = [(split, packed) for split in form.stems if (packed := self._trie.get(split.stem))]
        for split, rows in sorted(known, key=lambda k: (len(k[0].enclitic), len(k[0].proclitics))):
            for packed in rows:
                group, index, kind, tense, person, voice, jussive = packed.decode().split("|")
                if not _clitics_fit(kind, tense, voice, split) or (group == EVENT and int(index) in others):
                    continue
                key = (group, int(index), kind)
                if key not in seen:
                    seen.add(key)
                    yield Hit(group, int(index), kind, tense, person, voice, jussive == "1", split)


_NO_PHRASES: list[Phrase] = []
_NO_GROUPS: frozenset[str] = frozenset()


def _clitics_fit(kind: str, tense: str, voice: str, split: Split) -> bool:
    """Whether a form of this kind can stand with the clitics of the split."""
    bound = split.proclitics.lstrip("وف")
    if kind == VERB:
        if split.definite or "ب" in bound or "ك" in bound:
            return False
        if bound and tense == "P":
            return False
        return not (split.enclitic and voice == "p")
    return not (split.definite and split.enclitic) and "س" not in bound


class _Heads(msgspec.Struct):
    predicates: list[Predicate]
    light: list[LightVerb]
    operators: list[Operator]
    speech: list[Speech]
    casualties: list[Casualty]
    objects: list[list[str]]
    unless: list[list[str]]
    never_after: list[list[str]]
    never_before: list[list[str]]
    only_with: list[list[str]]
    # The words beside which acts of a type, or of an entry, are figures of speech.
    figures: dict[str, list[str]]
    phrases: list[tuple[str, int, tuple[str, ...]]]
    ordinals: dict[str, int]
    classes: dict[str, list[str]]
    # The forms of verbs whose complement comes by a preposition alone.
    prepositional: list[str]
    english_pasts: dict[str, str]
    english_participles: dict[str, str]
    arabic_lines: dict[str, str]
    families: list[Family]
    counted: list[Counted]
    english_lines: dict[str, str]
    english_articles: dict[str, str]
    # Written forms that look like an entry's and are other words: form to entries.
    homographs: dict[str, list[int]]


def _load(
    files: KnowledgeFiles,
) -> tuple[list[Predicate], list[LightVerb], list[Operator], list[Speech], list[Casualty]]:
    predicates = files.entries("predicates/*.yaml", Predicate, lambda e: e.id)
    light = files.entries("grammar/light.yaml", LightVerb, lambda e: e.id)
    operators = files.entries("grammar/operators.yaml", Operator, lambda e: e.id)
    speech = files.entries("grammar/speech.yaml", Speech, lambda e: e.id)
    casualties = files.entries("grammar/casualties.yaml", Casualty, lambda e: e.id)
    return predicates, light, operators, speech, casualties


def noun_stems(words: Iterable[str]) -> list[str]:
    """Folded forms of the nouns of an ``objects`` or ``unless`` list."""
    return sorted({form for word in words for form in (*noun_forms(word), fold(word))})


def _merged(files: KnowledgeFiles, path: str) -> dict[str, str]:
    """A file of pairs, a user's laid over ours."""
    return {k: v for table in files.table(path, dict[str, str]) for k, v in table.items()}


def _figures(files: KnowledgeFiles, predicates: list[Predicate]) -> dict[str, list[str]]:
    """The words of ``figures.yaml``, by the entry that they make a figure of speech."""
    found: dict[str, set[str]] = {}
    for entry in files.entries("grammar/figures.yaml", Figure, lambda e: e.id):
        words = {form for written in entry.words for form in _noun_and_feminine(written)}
        for predicate in predicates:
            if predicate.type in entry.types and predicate.id not in entry.apart:
                found.setdefault(predicate.id, set()).update(words)
    return {kind: sorted(words) for kind, words in sorted(found.items())}


def _noun_and_feminine(written: str) -> set[str]:
    singular, *plurals = written.split()
    feminine = {fold(singular + "ة")} if singular.endswith("ي") else set[str]()
    return {*noun_forms(singular, tuple(plurals)), fold(singular), *feminine}


def _build_heads(files: KnowledgeFiles) -> bytes:
    predicates, light, operators, speech, casualties = _load(files)
    phrases: list[tuple[str, int, tuple[str, ...]]] = []
    for group, entries in ((OPERATOR, operators), (SPEECH, speech)):
        for index, entry in enumerate(entries):
            phrases += [(group, index, tuple(fold(p).split())) for p in entry.phrases]
    ordinals = files.entries("grammar/ordinals.yaml", OrdinalWord, lambda e: e.n)
    homographs: dict[str, list[int]] = {}
    for index, predicate in enumerate(predicates):
        for form in predicate.homographs:
            homographs.setdefault(fold(form), []).append(index)
    classes = files.entries("grammar/classes.yaml", WordClass, lambda e: e.id)
    return msgspec.msgpack.encode(
        _Heads(
            # Examples are for tests; a reader does not carry them.
            [msgspec.structs.replace(p, examples=[]) for p in predicates],
            [msgspec.structs.replace(verb, link=[fold(word) for word in verb.link]) for verb in light],
            operators,
            speech,
            casualties,
            [noun_stems(p.objects) for p in predicates],
            [noun_stems(p.unless) for p in predicates],
            [noun_stems(p.never_after) for p in predicates],
            [noun_stems(p.never_before) for p in predicates],
            [[fold(word) for word in p.only_with] for p in predicates],
            _figures(files, predicates),
            sorted(phrases, key=lambda p: (-len(p[2]), p)),
            {fold(word): entry.n for entry in ordinals for word in entry.words},
            {entry.id: [fold(word) for word in entry.words] for entry in classes},
            _prepositional(predicates, {word for e in classes if e.id == "prepositional" for word in e.words}),
            _merged(files, "grammar/english_pasts.yaml"),
            _merged(files, "grammar/english_participles.yaml"),
            _merged(files, "grammar/arabic_lines.yaml"),
            files.entries("grammar/families.yaml", Family, lambda e: e.id),
            files.entries("grammar/counts.yaml", Counted, lambda e: e.role),
            _merged(files, "grammar/english_lines.yaml"),
            _merged(files, "grammar/english_articles.yaml"),
            homographs,
        )
    )


def _build_forms(files: KnowledgeFiles) -> bytes:
    rows: list[tuple[str, bytes]] = []

    def add(group: str, index: int, name: str, entry: Predicate | LightVerb | Operator | Speech | Casualty) -> None:
        for form, rest in _forms(name, entry):
            rows.append((form, f"{group}|{index}|{rest}".encode()))

    for group, entries in zip((EVENT, LIGHT, OPERATOR, SPEECH, CASUALTY), _load(files), strict=True):
        for index, entry in enumerate(entries):
            add(group, index, entry.id, entry)
    return marisa_trie.BytesTrie(sorted(set(rows))).tobytes()


def _forms(name: str, entry: Predicate | LightVerb | Operator | Speech | Casualty) -> Iterable[tuple[str, str]]:
    for verb in entry.verbs:
        for form, what in _conjugated(name, verb).items():
            if what.tense == "I" and what.person == "1s":
                # "I" hardly speaks in news, and its forms are other verbs' (أجري, أجرى).
                continue
            yield form, f"{VERB}|{what.tense}|{what.person}|{what.voice}|{int(what.jussive)}"
    nouns: list[str] = getattr(entry, "nouns", [])
    for noun in nouns:
        singular, *plurals = noun.split()
        for form, number in noun_forms(singular, tuple(plurals)).items():
            yield form, f"{NOUN}||{number.number}||0"
    for kind, group in ((ACTIVE, "actives"), (PASSIVE, "passives")):
        participles: list[str] = getattr(entry, group, [])
        for participle in participles:
            for form, number in _participle_forms(participle).items():
                yield form, f"{kind}||{number}||0"


def _prepositional(predicates: Iterable[Predicate], pasts: set[str]) -> list[str]:
    """The folded forms of the predicates' verbs whose past is listed."""
    verbs = {verb for p in predicates for verb in p.verbs if verb.split()[0] in pasts}
    return sorted({fold(form) for verb in verbs for form in verb_forms(*verb.split()[:2])})


def _conjugated(name: str, verb: str) -> dict[str, VerbForm]:
    stems = verb.split()
    if len(stems) != 2:
        raise KnowledgeError(f"entry {name}: a verb is a past and an imperfect, not {verb!r}")
    try:
        return verb_forms(*stems)
    except ValueError as error:
        raise KnowledgeError(f"entry {name}: {error}") from error


def _participle_forms(participle: str) -> dict[str, str]:
    stem = participle.removesuffix("ي") if participle.endswith("ي") else participle
    endings = {"": "s", "ا": "s", "ة": "s", "ين": "p", "ون": "p", "ان": "d", "تين": "d", "ات": "p"}
    forms = {fold(stem + ending): number for ending, number in endings.items() if stem == participle or ending}
    return {fold(participle): "s", fold(participle + "ا"): "s", fold(participle + "ة"): "s", **forms}


SECTIONS = (Section("lexemes", 2, _build_forms), Section("lexeme-heads", 6, _build_heads))
