"""The people of a relationship: who is named, in which words, how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rasd.chronicle import Stated
from rasd.record import Entity, Name
from rasd.relations.dyad import Party
from rasd.relations.lines import Line, Quote
from rasd.relations.naming import NAMING

_SHOWN = 40


@dataclass(slots=True)
class Person:
    """Somebody named in the articles: ``named_as`` are the words for them, the commonest first, ``acts`` the number
    of occurrences on whose sides they stand, ``speaks`` of those told on their word."""

    name: Name
    codes: list[str]
    wikidata: str | None
    named_as: list[Quote]
    articles: int
    acts: int
    speaks: int


def people(
    stated: Iterable[Stated[Entity]], lines: Sequence[Line], parties: Sequence[Party], shown: int = _SHOWN
) -> list[Person]:
    """The people, those of the parties and of their acts first, then those named most."""
    acts: Counter[str] = Counter()
    speaks: Counter[str] = Counter()
    for item in lines:
        sides = (*item.occurrence.actors, *item.occurrence.recipients)
        acts.update({_key(s.wikidata, s.name) for s in sides})
        speaks.update({a.who for a in item.attribution if a.who})
    groups: dict[str, list[Stated[Entity]]] = {}
    for s in stated:
        if s.what.kind == "person" and (s.what.name.en or s.what.name.ar):
            groups.setdefault(_key(s.what.wikidata, s.what.name), []).append(s)
    found = [_person(said, acts[key], speaks) for key, said in groups.items()]
    own = [any(p.is_of(c) for p in parties for c in person.codes) for person in found]
    order = sorted(
        range(len(found)),
        key=lambda i: (-found[i].acts - found[i].speaks, not own[i], -found[i].articles, found[i].name.en or ""),
    )
    return [found[i] for i in order[:shown]]


def _key(wikidata: str | None, name: Name) -> str:
    return wikidata or name.en or name.ar or ""


def _person(said: list[Stated[Entity]], acts: int, speaks: Counter[str]) -> Person:
    first = said[0].what
    codes = Counter(s.what.code for s in said if s.what.code)
    names = {n for s in said for n in (s.what.name.en, s.what.name.ar) if n}
    return Person(
        first.name, [c for c, _ in codes.most_common()], first.wikidata, _named_as(said),
        len({s.source.key for s in said}), acts, sum(speaks[n] for n in names),
    )  # fmt: skip


def _named_as(said: list[Stated[Entity]]) -> list[Quote]:
    """Each wording once, where it stands first, the commonest first."""
    first: dict[str, Quote] = {}
    counted: Counter[str] = Counter()
    for s in said:
        naming = {m.start for m in s.what.mentions if m.how in NAMING}
        for words in s.words:
            if words.start in naming:
                text = " ".join(words.text.split())
                counted[text] += 1
                first.setdefault(text, Quote(words.article, text))
    return [first[text] for text, _ in counted.most_common()]
