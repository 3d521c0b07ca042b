"""The knowledge files as files: they fit their schemas, say where they come from, and hold plain Arabic, once."""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from rasd.checking.kinds import KINDS, Kind
from rasd.lexicon.files import OURS, load_yaml
from rasd.text.letters import fold
from rasd.who.schema import Body, Office, Person, State

YAML = sorted(OURS.rglob("*.yaml"))
TABLES = sorted([*OURS.rglob("*.tsv"), *OURS.rglob("*.tsv.gz")])
LISTS = [kind for kind in KINDS if not kind.table]

# What else than the letters and marks of Arabic itself can stand in an Arabic block: presentation
# forms, Persian and Urdu letters, tatweel, vowel marks, Quranic signs; and what nobody sees.
FOREIGN = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u065f\u066e-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufeff"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]"
)
# Letters that newspapers borrow for foreign names.
BORROWED = frozenset("پچژگڤ")
BORROWERS = ("actors/", "places/", "names/")

# One word, two entries, and meant so.
MEANT = {
    ("names/given*.yaml", "ياسمين"): "a woman's name, and a man's in the Maghreb and Bosnia",
    ("affairs/heads.yaml", "محطة"): "what follows tells a power plant from a desalination plant",
    ("affairs/heads.yaml", "محطات"): "the same",
    ("affairs/heads.yaml", "خط"): "what follows tells a pipeline from a power line and a railway",
    ("affairs/heads.yaml", "خطوط"): "the same",
    ("contexts.yaml", "نفطي"): "oil is a resource and a business",
}
# The words of time have a class for each thing they can do in a pattern.
SEVERAL_CLASSES = "time/words*.yaml"


def name_of(path: Path) -> str:
    return path.relative_to(OURS).as_posix()


def content(path: Path) -> str:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return raw.decode("utf-8")


@cache
def entries(pattern: str) -> list[tuple[str, Any]]:
    """The entries of a kind, each with its file."""
    kind = next(k for k in KINDS if k.pattern == pattern)
    return [(name_of(path), entry) for path in kind.files() for entry in load_yaml(path, list[kind.schema])]


def texts(entry: Any) -> Iterator[tuple[str, list[str]]]:
    """The fields of an entry that hold a list of words."""
    for field, value in msgspec.structs.asdict(entry).items():
        if isinstance(value, list) and value and all(isinstance(word, str) for word in value):
            yield field, value


def of_kind(kind: Kind) -> str:
    return kind.pattern


@pytest.mark.parametrize("kind", KINDS, ids=of_kind)
def test_a_kind_has_files_and_they_fit_its_schema(kind: Kind):
    assert kind.files()
    for path in kind.files():
        assert load_yaml(path, kind.schema if kind.table else list[kind.schema])


def test_every_file_is_of_one_kind():
    kinds = Counter(path for kind in KINDS for path in kind.files())
    assert {name_of(p): kinds[p] for p in YAML if kinds[p] != 1} == {}


@pytest.mark.parametrize("path", [*YAML, *TABLES], ids=name_of)
def test_a_file_says_what_it_is_where_from_and_what_it_lacks(path: Path):
    lines = content(path).splitlines()
    header = " ".join(lines[: next(i for i, line in enumerate(lines) if not line.startswith("#"))]).lower()
    assert header.startswith("# ")
    assert "origin:" in header
    assert "gaps:" in header


@pytest.mark.parametrize("path", [*YAML, *TABLES], ids=name_of)
def test_arabic_is_plain(path: Path):
    allowed = BORROWED if name_of(path).startswith(BORROWERS) else frozenset[str]()
    found: list[str] = []
    for number, line in enumerate(content(path).splitlines(), 1):
        # Lemmas in the word table are vowelled, as the dictionary writes them.
        checked = line.partition("\t")[0] if path.name == "words.tsv.gz" else line
        found += [f"line {number}: U+{ord(c):04X} in {checked.strip()[:60]}" for c in FOREIGN.findall(checked)
                  if c not in allowed]  # fmt: skip
    assert found == []


@pytest.mark.parametrize("path", YAML, ids=name_of)
def test_words_have_single_spaces(path: Path):
    found = [w for w in re.findall(r"[\[{,:] *([^\[\]{},:#\"']+)(?=[,\]}])", content(path)) if "  " in w.strip()]
    assert [w for w in found if re.search("[\u0621-\u064a]", w) and "\n" not in w] == []


@pytest.mark.parametrize("kind", LISTS, ids=of_kind)
def test_no_entry_stands_twice(kind: Kind):
    assert kind.key is not None
    if kind.pattern == SEVERAL_CLASSES:
        return  # a class may be written in several entries, for their comments
    found: dict[Hashable, list[str]] = defaultdict(list)
    for file, entry in entries(kind.pattern):
        found[kind.key(entry)].append(file)
    assert {key: files for key, files in found.items() if len(files) > 1} == {}


@pytest.mark.parametrize("kind", LISTS, ids=of_kind)
def test_no_entry_says_a_word_twice(kind: Kind):
    twice = [
        f"{file}: {kind.key(entry) if kind.key else entry}: {field}: {word}"
        for file, entry in entries(kind.pattern)
        for field, words in texts(entry)
        for word, n in Counter(words).items()
        if n > 1
    ]
    assert twice == []


@pytest.mark.parametrize("kind", [k for k in LISTS if k.names and k.pattern != SEVERAL_CLASSES], ids=of_kind)
def test_no_name_names_two(kind: Kind):
    assert kind.names is not None
    assert kind.key is not None
    named: dict[str, set[Hashable]] = defaultdict(set)
    for _, entry in entries(kind.pattern):
        for name in kind.names(entry):
            named[fold(name)].add(kind.key(entry))
    clashes = {name: keys for name, keys in named.items() if len(keys) > 1}
    meant = {fold(name) for pattern, name in MEANT if pattern == kind.pattern}
    assert {name: keys for name, keys in clashes.items() if name not in meant} == {}
    assert meant <= set(clashes), "no clash any more: take it out of MEANT"


def test_a_word_of_time_has_one_value_in_a_class():
    values: dict[tuple[str, str], set[object]] = defaultdict(set)
    for _, entry in entries(SEVERAL_CLASSES):
        for word in entry.words:
            values[entry.kind, fold(word)].add(entry.value)
    assert {key: found for key, found in values.items() if len(found) > 1} == {}


DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def test_years_and_tenures_begin_before_they_end():
    faults: list[str] = []
    people = [entry for _, entry in entries("actors/people*.yaml")]
    bodies = [entry for _, entry in entries("actors/bodies*.yaml")]
    for entry in (*people, *bodies):
        spans = [entry, *(entry.offices if isinstance(entry, Person) else ())]
        for span in spans:
            since, until = (str(d) if d is not None else None for d in (span.since, span.until))
            if any(d is not None and not DATE.fullmatch(d) for d in (since, until)):
                faults.append(f"{entry.en}: {since} to {until} is no date")
            elif since and until and since[: len(until)] > until[: len(since)]:
                faults.append(f"{entry.en}: {since} is after {until}")
    assert faults == []


def test_what_entries_refer_to_exists():
    states: list[State] = [entry for _, entry in entries("actors/states*.yaml")]
    offices: list[Office] = [entry for _, entry in entries("actors/offices*.yaml")]
    people: list[Person] = [entry for _, entry in entries("actors/people*.yaml")]
    bodies: list[Body] = [entry for _, entry in entries("actors/bodies*.yaml")]
    codes, ids = {s.code for s in states}, {o.id for o in offices}
    owners = codes | {(b.code or "").split("/")[0] for b in bodies} | {b.code for b in bodies}
    faults = [f"{p.en}: state {p.state}" for p in people if p.state is not None and p.state not in codes]
    faults += [f"{b.en}: state {b.state}" for b in bodies if b.state is not None and b.state not in codes]
    faults += [f"{p.en}: office {t.office}" for p in people for t in p.offices if t.office not in ids]
    faults += [f"{p.en}: office of {t.of}" for p in people for t in p.offices if t.of and t.of not in owners]
    faults += [f"{s.code}: capital {s.capital}" for s in states if s.capital and s.capital not in s.government]
    assert faults == []


def test_codes_are_a_main_code_and_a_sector_of_the_ontology():
    ontology = load_yaml(OURS / "ontology.yaml", next(k.schema for k in KINDS if k.pattern == "ontology.yaml"))
    sectors = {s.name for s in ontology.sectors}
    faults: list[str] = []
    for pattern in ("actors/bodies*.yaml", "actors/people*.yaml", "actors/roles*.yaml"):
        for file, entry in entries(pattern):
            main, _, sector = (entry.code or "").partition("/")
            if (main not in ("", "None") and not re.fullmatch(r"[A-Z][A-Z0-9]{2,3}", main)) or (
                sector and sector not in sectors
            ):
                faults.append(f"{file}: {entry.en}: {entry.code}")
    for pattern in ("actors/offices*.yaml", "actors/roles*.yaml"):
        faults += [f"{file}: {e.id}: {e.sector}" for file, e in entries(pattern) if e.sector not in sectors]
    assert faults == []
