"""What a word or words can name: every written form of the registry's entries, compiled.

A lexeme's key is folded words joined by spaces, the first without its article unless the
article belongs to the name. Its senses say what entry it names and in what number and gender.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from rasd.lexicon import Compiled, KnowledgeFiles, Section
from rasd.text.letters import fold
from rasd.who.schema import (
    Body,
    Coalition,
    Everyday,
    GivenName,
    Office,
    Person,
    Reference,
    Role,
    Romanisation,
    State,
    WordGroup,
)

STATE, METONYM, NISBA, PEOPLE, BODY, BODY_NISBA, SHORT, PERSON, ALONE, FAMILY, OFFICE, ROLE, REFERENCE, ACCUSATIVE = [
    "state",
    "metonym",
    "nisba",
    "people",
    "body",
    "body-nisba",
    "short",
    "person",
    "alone",
    "family",
    "office",
    "role",
    "reference",
    "accusative",
]
# Names carry their article in the key; common nouns and adjectives take it as the text has it.
NAMES = frozenset((STATE, METONYM, BODY, SHORT, PERSON, ALONE, FAMILY))
MAX_WORDS = 8


class Sense(msgspec.Struct, array_like=True, frozen=True):
    """One thing that a lexeme can name: ``ref`` is a state's code or an index into a list."""

    kind: str
    ref: int | str
    number: str = "s"
    gender: str = "m"


class Tables(msgspec.Struct, array_like=True):
    """The compiled registry. ``starts`` gives the length in words of the longest key by its first word."""

    states: dict[str, State]
    bodies: list[Body]
    people: list[Person]
    offices: list[Office]
    roles: list[Role]
    references: list[Reference]
    coalitions: list[Coalition]
    senses: dict[str, list[Sense]]
    starts: dict[str, int]
    cities: dict[str, str]
    given: dict[str, str]
    parts: dict[str, str]
    letters: dict[str, str]
    everyday: set[str]
    groups: dict[str, set[str]]

    def group(self, name: str) -> frozenset[str]:
        """The folded words of a group of ``words.yaml``, none if the lexicon lacks it."""
        return frozenset(self.groups.get(name, ()))


class _Collector:
    def __init__(self) -> None:
        self.senses: dict[str, list[Sense]] = {}

    def add(self, written: str, sense: Sense) -> None:
        # Full stops between letters (أ.ف.ب) are no part of the key; the spotter steps over them.
        key = " ".join(fold(written).replace(".", " ").split())
        known = self.senses.setdefault(key, [])
        if key and not any(s.kind == sense.kind and s.ref == sense.ref for s in known):
            known.append(sense)


def nisba_forms(written: str) -> list[tuple[str, str, str]]:
    """The forms of a masculine adjective in -ي, with number and gender.

    >>> nisba_forms("تركي")[:2]
    [('تركي', 's', 'm'), ('تركية', 's', 'f')]
    """
    forms = [("", "s", "m"), ("ة", "s", "f"), ("ون", "p", "m"), ("ين", "p", "m"), ("ان", "d", "m"), ("تان", "d", "f")]
    forms += [("تين", "d", "f"), ("ات", "p", "f")]
    return [(written + ending, number, gender) for ending, number, gender in forms]


def phrases(written: str) -> list[str]:
    """A title or role of several words, also with the article on what follows the first word.

    >>> phrases("قوات حكومية"), phrases("وزير الخارجية")
    (['قوات حكومية', 'قوات الحكومية'], ['وزير الخارجية'])
    """
    words = written.removeprefix("ال").split() if " " in written else [written.removeprefix("ال")]
    found = [" ".join(words)]
    loose = [
        at for at, word in enumerate(words) if at and not word.startswith(("ال", "لل")) and word not in ("غير", "باسم")
    ]
    if loose:
        found.append(" ".join(f"ال{w}" if at in loose else w for at, w in enumerate(words)))
    return found


def joined_spellings(written: str) -> list[str]:
    """A name with ``عبد الله`` also as ``عبدالله``, and the other way round."""
    found = [written]
    found += [written.replace(first, first.strip()) for first in ("عبد ", "أبو ", "ابو ") if first in written]
    if " الدين" in written:
        found.append(written.replace(" الدين", "الدين"))
    joined = (word for word in written.split() if word.startswith("عبدال") and len(word) > 6)
    found += [written.replace(word, "عبد " + word[3:]) for word in joined]
    return found


def _duals(singular: str) -> list[str]:
    stem = singular[:-1] + "ت" if singular.endswith("ة") else singular
    return [stem + "ان", stem + "ين"]


def _add_states(into: _Collector, states: list[State]) -> None:
    for state in states:
        for name in state.ar:
            into.add(name, Sense(STATE, state.code, "s", state.gender))
        for name in state.government:
            into.add(name, Sense(METONYM, state.code, "s", "f"))
        for nisba in state.nisba:
            for form, number, gender in nisba_forms(nisba):
                into.add(form, Sense(NISBA, state.code, number, gender))
            # Like the state's name where that ends in -يا: an adjective only after its noun (جنديا تركيا).
            into.add(nisba + "ا", Sense(ACCUSATIVE, state.code))
        for people in state.people:
            into.add(people, Sense(NISBA, state.code, "p", "m"))


def _add_bodies(into: _Collector, bodies: list[Body]) -> None:
    for at, body in enumerate(bodies):
        number, gender = body.number or "s", body.gender or "m"
        for name in body.ar:
            into.add(name, Sense(BODY, at, number, gender))
            if name.endswith("ون"):
                into.add(name[:-2] + "ين", Sense(BODY, at, number, gender))
        for name in body.short:
            into.add(name, Sense(SHORT, at, number, gender))
        for nisba in body.nisba:
            for form, n, g in nisba_forms(nisba):
                into.add(form, Sense(BODY_NISBA, at, n, g))


def _add_people(into: _Collector, people: list[Person]) -> None:
    for at, person in enumerate(people):
        for name in person.ar:
            for spelling in joined_spellings(name):
                into.add(spelling, Sense(PERSON if " " in spelling else ALONE, at, "s", person.gender))
        for name in person.alone:
            for spelling in joined_spellings(name):
                into.add(spelling, Sense(ALONE, at, "s", person.gender))
    # A family name that one listed person bears names that person where the text has the full name.
    last_names = Counter(name.split()[-1] for p in people for name in {p.ar[0]})
    for at, person in enumerate(people):
        last = person.ar[0].split()[-1]
        adjective = fold(last.removeprefix("ال")) in into.senses
        if (
            last_names[last] == 1
            and " " in person.ar[0]
            and len(last) > 3
            and last not in person.alone
            and not adjective
        ):
            into.add(last, Sense(FAMILY, at, "s", person.gender))


def _add_offices(into: _Collector, offices: list[Office]) -> None:
    for at, office in enumerate(offices):
        groups = ((office.ar, "s", "m"), (office.f, "s", "f"), (office.plural, "p", "m"), (office.dual, "d", "m"))
        for titles, number, gender in groups:
            for title in titles:
                for form in phrases(title):
                    into.add(form, Sense(OFFICE, at, number, gender))
                if number == "d" and title.endswith("ان"):
                    into.add(title[:-2] + "ين", Sense(OFFICE, at, number, gender))


def _add_roles(into: _Collector, roles: list[Role], adverbs: set[str]) -> None:
    for at, role in enumerate(roles):
        for word in role.ar:
            number = "s" if role.human and " " not in word else role.number
            for form in phrases(word):
                into.add(form, Sense(ROLE, at, number, role.gender))
            if role.human and " " not in word and not word.endswith(("ة", "ا", "ى", "ء")) and fold(word) not in adverbs:
                into.add(word + "ا", Sense(ROLE, at, number, role.gender))
        for word in role.plural:
            for form in phrases(word):
                into.add(form, Sense(ROLE, at, "p", role.gender))
        # After the plurals: ``متظاهرين`` is mostly several, not two.
        for word in role.ar:
            if " " not in word:
                for dual in _duals(word):
                    into.add(dual, Sense(ROLE, at, "d", role.gender))


def _add_references(into: _Collector, references: list[Reference]) -> None:
    for at, reference in enumerate(references):
        for phrase in reference.ar:
            words = phrase.split()
            for form in [words[0]] + ([words[0][:-2] + "ين"] if words[0].endswith("ان") else []):
                for whole in phrases(" ".join([form, *words[1:]])):
                    into.add(whole, Sense(REFERENCE, at, reference.number, reference.gender))


def _cities(files: KnowledgeFiles) -> dict[str, str]:
    """Towns by folded name, each with the country of the largest that is called so."""
    best: dict[str, tuple[int, str]] = {}
    for _, cells in files.rows("places/cities.tsv.gz"):
        people = int(cells[6] or 0)
        for name in cells[0].split("|"):
            key = fold(name.lstrip("~"))
            # An everyday word is a town only if it is a large one.
            if people >= (200_000 if name.startswith("~") else 5_000) and people > best.get(key, (-1, ""))[0]:
                best[key] = (people, cells[2])
    return {key: country for key, (_, country) in best.items()}


def name_tables(files: KnowledgeFiles) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Given names and parts of names by folded spelling, and letters, each with its Latin form."""
    given: dict[str, str] = {}
    for entry in files.entries("names/given*.yaml", GivenName, lambda e: e.gender):
        given.update({fold(name): english for name, english in entry.names.items()})
    parts: dict[str, str] = {}
    letters: dict[str, str] = {}
    for table in files.table("names/romanisation*.yaml", Romanisation):
        parts.update({fold(k): v for k, v in table.parts.items()})
        letters.update(table.letters)
    return given, parts, letters


def _build(files: KnowledgeFiles) -> bytes:
    states = files.entries("actors/states*.yaml", State, lambda e: e.code)
    bodies = files.entries("actors/bodies*.yaml", Body, lambda e: e.en)
    people = files.entries("actors/people*.yaml", Person, lambda e: e.en)
    offices = files.entries("actors/offices*.yaml", Office, lambda e: e.id)
    roles = files.entries("actors/roles*.yaml", Role, lambda e: e.id)
    references = files.entries("actors/references*.yaml", Reference, lambda e: e.id)
    given, parts, letters = name_tables(files)
    everyday = {fold(w) for table in files.table("names/everyday*.yaml", Everyday) for w in table.words}
    words = files.entries("actors/words*.yaml", WordGroup, lambda e: e.group)
    groups = {g.group: {fold(w) for w in g.words} for g in words}
    into = _Collector()
    _add_states(into, states)
    _add_bodies(into, bodies)
    _add_people(into, people)
    _add_offices(into, offices)
    _add_roles(into, roles, groups.get("adverbs", set()))
    _add_references(into, references)
    starts: dict[str, int] = {}
    for key in into.senses:
        words = key.split(" ")
        starts[words[0]] = max(starts.get(words[0], 0), len(words))
    coalitions = files.entries("actors/coalitions*.yaml", Coalition, lambda e: f"{e.country} {e.since}")
    tables = Tables({s.code: s for s in states}, bodies, people, offices, roles, references, coalitions, into.senses,
                    starts, _cities(files), given, parts, letters, everyday, groups)  # fmt: skip
    return msgspec.msgpack.encode(tables)


ACTORS = Section("actors", 5, _build)


def tables(lexicon: Compiled) -> Tables:
    """The compiled registry, decoded."""
    return msgspec.msgpack.decode(lexicon["actors"], type=Tables)
