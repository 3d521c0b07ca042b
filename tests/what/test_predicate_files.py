"""The predicate files as data: they fit their schema, and no word means two things."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from rasd.lexicon.files import OURS, KnowledgeFiles, load_yaml
from rasd.what.schema import FRAME_FUNCTIONS, ContextWords, Ontology, Predicate

FILES = sorted((OURS / "predicates").glob("*.yaml"))
GROUPS = ("verbs", "nouns", "actives", "passives")
# Letters, hamzas and taa marbuta of Arabic itself: no marks, tatweel, Persian or presentation forms.
PLAIN = re.compile(r"[ء-غف-ي]+(?: [ء-غف-ي]+)*")
ONTOLOGY_OF_OURS = Path(__file__).resolve().parents[3] / "shared" / "ontology" / "plover.yaml"


@cache
def predicates() -> list[Predicate]:
    return KnowledgeFiles().entries("predicates/*.yaml", Predicate, lambda e: (e.id, id(e)))


@cache
def ontology() -> Ontology:
    return load_yaml(OURS / "ontology.yaml", Ontology)


def test_there_is_one_file_for_each_type() -> None:
    assert {p.stem.upper() for p in FILES} == {t.name for t in ontology().types}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_file_holds_its_own_type_and_says_what_it_is(path: Path) -> None:
    header = path.read_text(encoding="utf-8")
    assert header.startswith(f"# {path.stem.upper()}: ")
    assert "# Origin: " in header
    assert "# Known gaps: " in header
    for entry in load_yaml(path, list[Predicate]):
        assert entry.type == path.stem.upper()
        assert re.fullmatch(rf"{path.stem}\.[a-z]+(-[a-z]+)*", entry.id), entry.id


def test_ids_are_unique() -> None:
    ids = Counter(e.id for e in predicates())
    assert [i for i, n in ids.items() if n > 1] == []


@pytest.mark.parametrize("entry", predicates(), ids=lambda e: e.id)
def test_an_entry_is_whole(entry: Predicate) -> None:
    words = [w for group in GROUPS for w in getattr(entry, group)]
    assert words, "no words"
    for text in (*words, *entry.objects, *entry.unless, entry.ar):
        assert PLAIN.fullmatch(text), text
    assert all(len(v.split()) == 2 for v in entry.verbs), "a verb is a past and an imperfect"
    for group in (*GROUPS, "objects", "unless"):
        listed = getattr(entry, group)
        assert len(listed) == len(set(listed)), f"{group}: a word twice"
    assert set(entry.frame) <= FRAME_FUNCTIONS
    modes = next(t.modes for t in ontology().types if t.name == entry.type)
    assert entry.mode is None or entry.mode in modes
    assert set(entry.contexts) <= {c.name for c in ontology().contexts}
    assert entry.examples, "no example"
    for example in entry.examples:
        assert PLAIN.search(example.text)
        assert not (example.none and (example.actors or example.recipients))
        assert example.trigger is None or example.trigger in example.text


def test_no_word_means_two_things() -> None:
    """A word of two entries is told apart by the nouns that follow it."""
    by_word: dict[tuple[str, str], list[Predicate]] = defaultdict(list)
    for entry in predicates():
        for group in GROUPS:
            for word in getattr(entry, group):
                by_word[group, word.split()[0]].append(entry)
    clashes = [
        f"{group} {word}: {a.id} and {b.id}"
        for (group, word), entries in by_word.items()
        for a, b in combinations(entries, 2)
        if a.negated == b.negated and ((not a.objects and not b.objects) or set(a.objects) & set(b.objects))
    ]
    assert clashes == []


def test_contexts_are_plovers() -> None:
    named = [c.name for c in ontology().contexts]
    assert [c.context for c in load_yaml(OURS / "contexts.yaml", list[ContextWords])] == named


@pytest.mark.skipif(not ONTOLOGY_OF_OURS.exists(), reason="../shared is absent")
def test_ontology_is_plovers() -> None:
    plover = yaml.safe_load(ONTOLOGY_OF_OURS.read_text(encoding="utf-8"))
    assert {q.name: q.number for q in ontology().quads} == plover["quads"]
    assert [c.name for c in ontology().contexts] == plover["contexts"]
    assert [s.name for s in ontology().sectors] == list(plover["sectors"])
    assert {t.name: (t.quad, t.score, t.modes) for t in ontology().types} == {
        name: (t["quad"], t["score"], t.get("modes", {})) for name, t in plover["types"].items()
    }
