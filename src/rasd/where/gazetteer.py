"""The gazetteer: places by their Arabic names, compiled from ``data/places``."""

from __future__ import annotations

import difflib
import re
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import cos, hypot, log10, radians
from struct import Struct
from typing import NamedTuple

import marisa_trie
import msgspec

from rasd.lexicon import Compiled, KnowledgeFiles, Section
from rasd.text.letters import fold
from rasd.where.nisba import nisba_forms
from rasd.where.schema import PlaceEntry, Words
from rasd.who.schema import State

# A city of GeoNames is meant without a word of place before it only if it has so many people.
FREE_POPULATION = 60_000
FREE_POPULATION_AFAR = 1_000_000
# Where the news that is read mostly comes from: here smaller places are named as well.
NEAR = frozenset(
    [
        "ARE",
        "BHR",
        "DZA",
        "EGY",
        "IRQ",
        "JOR",
        "KWT",
        "LBN",
        "LBY",
        "MAR",
        "MRT",
        "OMN",
        "PSE",
        "QAT",
        "SAU",
        "SDN",
        "SOM",
        "SYR",
        "TUN",
        "YEM",
        "DJI",
        "ISR",
        "TUR",
        "IRN",
    ]
)
# Two entries with one name in one country are one place if they lie this close (degrees).
SAME = 0.35
# What a mark before a name says of it: the cue that it needs.
MARKS = {"?": 1, "~": 2}
CURATED_WEIGHT = 5.0
# What the trie holds for a name: the number of its place and the cue.
_SURROGATE = re.compile("[\ud800-\udfff]")
_VALUE = Struct("<IB")
# Shorter names that only GeoNames has are too often parts of other words ("بكسل" is no "كسل").
SHORT = 4
COUNTRY_WEIGHT = 9.5


class Place(NamedTuple):
    """A place of the gazetteer. ``curated`` is false for what only GeoNames knows."""

    en: str
    ar: str
    country: str | None
    lat: float | None
    lon: float | None
    kind: str
    geonames: int | None
    zone: str | None
    weight: float
    curated: bool
    # Folded words that make the name no place where they follow it and nothing says where before it.
    unless: tuple[str, ...] = ()


class Candidate(NamedTuple):
    """A place that a name can mean; ``cue`` as in `PlaceEntry`."""

    place: Place
    cue: int


class Gazetteer:
    """Names to places. Places are decoded when first looked up."""

    def __init__(self, lexicon: Compiled) -> None:
        packed = msgspec.msgpack.decode(lexicon["places"], type=_Packed)
        self._names = marisa_trie.BytesTrie().frombytes(packed.names)
        self._firsts = marisa_trie.BytesTrie().frombytes(packed.firsts)
        self._offsets = array("I", packed.offsets)
        self._bodies = packed.bodies
        self._decoder = msgspec.msgpack.Decoder(Place)
        self._places: dict[int, Place] = {}
        self.adjectives = packed.adjectives
        self.country_zones = packed.country_zones
        self._countries = packed.countries
        self._capitals = packed.capitals

    def can_begin(self, word: str) -> bool:
        """Whether a folded word is the first of a name."""
        return word in self._firsts

    def longest(self, words: str) -> str | None:
        """The longest name that the folded words, joined by spaces, begin with."""
        best = None
        for name in self._names.prefixes(words):
            if len(name) == len(words) or words[len(name)] == " ":
                best = name
        return best

    def candidates(self, name: str) -> list[Candidate]:
        """The places that a folded name can mean."""
        if "\0" in name or _SURROGATE.search(name):  # the table takes the one for the end, cannot have the other
            return []
        return [Candidate(self._place(at), cue) for at, cue in map(_VALUE.unpack, self._names.get(name) or ())]

    def known_in_english(self, name: str) -> list[Place]:
        """The places with an English name, letter case and hyphens aside. Looks at every place."""
        wanted = _plain_english(name)
        places = map(self._place, range(len(self._offsets) - 1))
        return [place for place in places if _plain_english(place.en) == wanted]

    def near(self, name: str, count: int = 3) -> list[str]:
        """The names that are spelt most like a folded Arabic or an English one, as they are written."""
        if name.isascii():
            english = {_plain_english(p.en): p.en for p in map(self._place, range(len(self._offsets) - 1))}
            return [english[key] for key in difflib.get_close_matches(_plain_english(name), english, count)]
        close = difflib.get_close_matches(name, self._names.keys(), count, 0.7)
        return list(dict.fromkeys(self.candidates(key)[0].place.ar for key in close))

    def country(self, code: str) -> Place | None:
        """The country with an ISO 3166-1 alpha-3 code."""
        at = self._countries.get(code)
        return None if at is None else self._place(at)

    def capital(self, code: str) -> Place | None:
        """The capital of the country with a code."""
        at = self._capitals.get(code)
        return None if at is None else self._place(at)

    def _place(self, at: int) -> Place:
        found = self._places.get(at)
        if found is None:
            body = self._bodies[self._offsets[at] : self._offsets[at + 1]]
            found = self._places[at] = self._decoder.decode(body)
        return found


def _plain_english(name: str) -> str:
    return name.casefold().replace("-", " ").replace("'", "")


class _Packed(msgspec.Struct, array_like=True):
    names: bytes
    firsts: bytes
    offsets: bytes
    bodies: bytes
    adjectives: dict[str, str]
    country_zones: dict[str, str]
    countries: dict[str, int]
    capitals: dict[str, int]


@dataclass(slots=True)
class _Draft:
    """A place while it is gathered: ``names`` are folded, with the cue that each needs."""

    en: str
    ar: str
    country: str | None
    lat: float | None
    lon: float | None
    kind: str
    geonames: int | None
    zone: str | None
    weight: float
    unless: tuple[str, ...] = ()
    names: dict[str, int] = field(default_factory=dict[str, int])
    curated: bool = False

    def add(self, name: str, cue: int) -> None:
        key = fold(name).replace("-", " ")
        self.names[key] = min(cue, self.names.get(key, cue))

    def packed(self) -> Place:
        return Place(self.en, self.ar, self.country, self.lat, self.lon, self.kind, self.geonames, self.zone,
                     round(self.weight, 1), self.curated, self.unless)  # fmt: skip


def _english(files: KnowledgeFiles) -> dict[int, str]:
    """English names by GeoNames id where newspapers write another than GeoNames."""
    found: dict[int, str] = {}
    for _, (geonames, name) in files.rows("places/english.tsv"):
        found[int(geonames)] = name.strip()
    return found


def _cities(files: KnowledgeFiles, common: frozenset[str]) -> list[_Draft]:
    drafts: list[_Draft] = []
    english = _english(files)
    # ميدان is a square rather than Medan.
    heads = {fold(word) for words in files.table("places/grammar/*.yaml", Words) for h in words.heads for word in h.ar}
    for _, (names, en, country, lat, lon, geonames, population, zone) in _both(files, "places/cities.tsv"):
        people, en = int(population), english.get(int(geonames), en)
        weight = max(1.0, 1.2 * (log10(max(people, 1)) - 1))
        draft = _Draft(en, names.split("|")[0].lstrip("~"), country, float(lat), float(lon), "city",
                       int(geonames), zone, weight)  # fmt: skip
        free = people >= (FREE_POPULATION if country in NEAR else FREE_POPULATION_AFAR)
        for name in names.split("|"):
            cue = (
                2
                if name.startswith("~") or len(name) < SHORT or fold(name) in heads
                else int(not free or fold(name) in common)
            )
            draft.add(name.lstrip("~"), cue)
        drafts.append(draft)
    return drafts


def _common_words(files: KnowledgeFiles) -> frozenset[str]:
    """Folded forms that can be something else than a proper name: everyday words."""
    found: set[str] = set()
    for _, (key, *readings) in _both(files, "words.tsv"):
        if not readings or not readings[0].startswith("X"):
            found.add(fold(key))
    return frozenset(found)


def _both(files: KnowledgeFiles, name: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of a table, ours gzipped, a user's mostly not."""
    yield from files.rows(f"{name}.gz")
    yield from files.rows(name)


def _countries(files: KnowledgeFiles) -> dict[str, _Draft]:
    found: dict[str, _Draft] = {}
    for _, (code, ar, en, _en, lat, lon, zone) in files.rows("places/countries.tsv"):
        draft = _Draft(en, ar, code, float(lat), float(lon), "country", None, zone, COUNTRY_WEIGHT, curated=True)
        draft.add(ar, 0)
        found[code] = draft
    return found


class _Index:
    """Drafts by country and name, so that an entry by hand finds what GeoNames has of it."""

    def __init__(self, drafts: list[_Draft]) -> None:
        self._by_name: dict[tuple[str | None, str], list[_Draft]] = defaultdict(list)
        for draft in drafts:
            for name in {*draft.names, draft.en.casefold()}:
                self._by_name[draft.country, name].append(draft)

    def match(self, entry: PlaceEntry) -> list[_Draft]:
        """What GeoNames has under the entry's names, close to its point if it has one.

        An entry without a point takes the largest, and what lies close to that.
        """
        keys = [entry.en.casefold(), *(fold(name.lstrip("?~")).replace("-", " ") for name in entry.ar)]
        found: list[_Draft] = []
        for key in keys:
            found += [d for d in self._by_name.get((entry.country, key), ()) if d not in found]
        if entry.geonames is not None and any(d.geonames == entry.geonames for d in found):
            found.sort(key=lambda d: d.geonames != entry.geonames)
        else:
            found.sort(key=lambda d: -d.weight)
        if not found:
            return []
        lat, lon = (entry.lat, entry.lon) if entry.lat is not None else (found[0].lat, found[0].lon)
        return [d for d in found if _close(lat, lon, d.lat, d.lon)]


def _close(lat: float | None, lon: float | None, other_lat: float | None, other_lon: float | None) -> bool:
    if lat is None or lon is None or other_lat is None or other_lon is None:
        return False
    return hypot(lat - other_lat, (lon - other_lon) * cos(radians(lat))) <= SAME


def _curate(entry: PlaceEntry, index: _Index) -> _Draft:
    """The entry as a draft; the GeoNames cities that it is are taken into it."""
    known = index.match(entry) if entry.kind in ("city", "district", "camp", "island") else []
    base = known[0] if known else None
    draft = _Draft(entry.en, entry.ar[0], entry.country, entry.lat, entry.lon, entry.kind, entry.geonames, entry.zone,
                   CURATED_WEIGHT if entry.weight is None else entry.weight, curated=True)  # fmt: skip
    if base is not None:
        if draft.lat is None:
            draft.lat, draft.lon = base.lat, base.lon
        draft.geonames = draft.geonames or base.geonames
        draft.zone = draft.zone or base.zone
        if entry.weight is None:
            draft.weight = max(CURATED_WEIGHT, base.weight)
    for other in known:
        for name, cue in other.names.items():
            draft.add(name, cue)
        other.names.clear()
    draft.unless = tuple(fold(word) for word in entry.unless)
    for name in entry.ar:
        cue = MARKS.get(name[0], entry.cue)
        draft.names[fold(name.lstrip("?~")).replace("-", " ")] = cue
    return draft


def gather(files: KnowledgeFiles) -> tuple[list[_Draft], dict[str, str]]:
    """All places, and the folded adjectives of countries (``لبناني``) with their codes."""
    common = _common_words(files)
    cities = _cities(files, common)
    index = _Index(cities)
    countries = _countries(files)
    adjectives: dict[str, str] = {}
    drafts: list[_Draft] = []
    # A name that is doubtful for a place known by hand is so for its namesakes ("المدينة").
    doubtful: dict[str, int] = {}
    entries = files.entries("places/*.yaml", PlaceEntry, lambda e: (e.en, e.country, e.kind))
    irregular: dict[str, list[str]] = {}
    for entry in entries:
        if entry.kind != "country" or entry.country is None:
            drafts.append(_curate(entry, index))
            doubtful.update({name: cue for name, cue in drafts[-1].names.items() if cue})
            continue
        irregular[entry.country] = entry.nisba
        draft = countries.get(entry.country)
        if draft is None:
            draft = countries[entry.country] = _Draft(entry.en, entry.ar[0], entry.country, None, None, "country",
                                                      None, entry.zone, COUNTRY_WEIGHT, curated=True)  # fmt: skip
        draft.en, draft.ar = entry.en, entry.ar[0]
        if entry.lat is not None:
            draft.lat, draft.lon = entry.lat, entry.lon
        draft.zone = entry.zone or draft.zone
        for name in entry.ar:
            draft.names[fold(name)] = entry.cue
    for state in files.entries("actors/states*.yaml", State, lambda s: s.code):
        draft = countries.get(state.code)
        if draft is not None:
            # A state's further names; one that a place has as well ("السويد") stays as it is.
            for name in state.ar:
                draft.names.setdefault(fold(name), 0 if " " in name or len(name) > 4 else 1)
            irregular.setdefault(state.code, state.nisba)
    for code, draft in countries.items():
        for form in irregular.get(code) or [f for name in draft.names for f in nisba_forms(name)]:
            adjectives.setdefault(fold(form), code)
    for city in cities:
        for name in city.names:
            city.names[name] = max(city.names[name], doubtful.get(name, 0))
    return [*countries.values(), *drafts, *(c for c in cities if c.names)], adjectives


def _build(files: KnowledgeFiles) -> bytes:
    drafts, adjectives = gather(files)
    names: list[tuple[str, tuple[int, int]]] = []
    bodies: list[bytes] = []
    for at, draft in enumerate(drafts):
        bodies.append(msgspec.msgpack.encode(draft.packed()))
        for name, cue in draft.names.items():
            names.append((name, (at, cue)))
            # Papers that write ه for ة: "جده", "القاهره". Such a name may be a word with a pronoun.
            if name.endswith("ة") and name[:-1] + "ه" not in draft.names:
                names.append((name[:-1] + "ه", (at, cue if " " in name or len(name) > 6 else max(cue, 1))))
    offsets = array("I", [0])
    for body in bodies:
        offsets.append(offsets[-1] + len(body))
    countries = {d.country: at for at, d in enumerate(drafts) if d.kind == "country" and d.country}
    zones = {d.country: d.zone for d in drafts if d.kind == "country" and d.country and d.zone}
    trie = marisa_trie.BytesTrie((name, _VALUE.pack(at, cue)) for name, (at, cue) in names)
    firsts = marisa_trie.BytesTrie((first, b"") for first in sorted({name.split(" ")[0] for name, _ in names}))
    packed = _Packed(
        trie.tobytes(),
        firsts.tobytes(),
        offsets.tobytes(),
        b"".join(bodies),
        adjectives,
        zones,
        countries,
        _capitals(files, drafts),
    )
    return msgspec.msgpack.encode(packed)


def _capitals(files: KnowledgeFiles, drafts: list[_Draft]) -> dict[str, int]:
    """Where each country's capital is among the drafts, by the English name in countries.tsv."""
    cities = {(d.country, d.en.casefold()): at for at, d in reversed(list(enumerate(drafts))) if d.kind == "city"}
    found: dict[str, int] = {}
    for path in files.paths("places/countries.tsv"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                code, _, _, capital, *_ = line.split("\t")
                at = cities.get((code, capital.casefold()))
                if at is not None:
                    found[code] = at
    return found


PLACES = Section("places", 4, _build)
