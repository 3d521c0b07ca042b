"""Find the places that an article names, and choose which place each name means."""

from __future__ import annotations

from typing import NamedTuple

from rasd.lexicon import Compiled
from rasd.text.document import PUNCT, WORD, Document, PlaceMention, Sentence, Token
from rasd.text.forms import Form
from rasd.text.letters import fold
from rasd.where.bearing import away
from rasd.where.choice import Context, Found
from rasd.where.gazetteer import Candidate, Gazetteer, Place
from rasd.where.surroundings import Before, Surroundings

# The longest name is "المملكة العربية السعودية"-like; more words are never joined.
LONGEST_NAME = 5
CACHE_SIZE = 300_000
# Actor mentions inside which a place name is part of another name.
NAMES = frozenset({"person", "organization", "group", "outlet"})
# An article's place of sending stands in one of its first sentences.
DATELINE_SENTENCES = 3


class _Start(NamedTuple):
    """A way in which a form can begin a name."""

    proclitics: str
    stem: str
    cut: int


class PlaceReader:
    """Finds and chooses places. One reader serves many documents."""

    def __init__(self, lexicon: Compiled) -> None:
        self._gazetteer = Gazetteer(lexicon)
        self._surroundings = Surroundings(lexicon)
        self._starts: dict[str, tuple[_Start, ...]] = {}

    def read(self, document: Document) -> None:
        """Fill ``document.places``, in the order of the text. Reads ``document.actors``."""
        names = _named_otherwise(document)
        found: list[Found] = []
        for sentence in document.sentences:
            self._find(document.tokens, sentence, names, found)
        context = Context(document, self._gazetteer.adjectives, found)
        for one in found:
            place = context.choose(one)
            if place is not None:
                document.places.append(_mention(document, one, place))
        _mark_datelines(document)

    def lookup(self, name: str) -> list[Place]:
        """The places that a name can mean, the likeliest first."""
        found = self._gazetteer.candidates(fold(name).replace("-", " "))
        return sorted((c.place for c in found), key=lambda p: -p.weight)

    def zone(self, place: PlaceMention) -> str | None:
        """The IANA name of the time zone in a place; its country's main one where that is all known."""
        for known in self.lookup(place.ar):
            if known.en == place.en and known.country == place.country and known.zone:
                return known.zone
        return self._gazetteer.country_zones.get(place.country or "")

    def _find(
        self, tokens: list[Token], sentence: Sentence, names: dict[int, int], found: list[Found]
    ) -> None:
        at = lowest = sentence.first
        starts = self._starts
        while at < sentence.last:
            token = tokens[at]
            if token.kind != WORD:
                at += 1
                continue
            ways = starts.get(token.key)
            if ways is None:
                ways = self._ways(token.form)
            if not ways:
                at += 1
                continue
            one = self._name_at(tokens, at, sentence, ways, lowest)
            if one is None:
                at += 1
                continue
            if names.get(at, 0) <= one.last - at or one.before.locative:
                found.append(one)
            at = lowest = one.last

    def _ways(self, form: Form) -> tuple[_Start, ...]:
        if len(self._starts) >= CACHE_SIZE:
            self._starts.clear()
        can_begin = self._gazetteer.can_begin
        ways = tuple(
            _Start(s.proclitics, s.stem, s.cut) for s in form.splits if not s.definite and can_begin(s.stem)
        )
        self._starts[form.key] = ways
        return ways

    def _name_at(
        self, tokens: list[Token], at: int, sentence: Sentence, ways: tuple[_Start, ...], lowest: int
    ) -> Found | None:
        """The longest name that begins at a token, if its surroundings let it be a place."""
        rest = _following(tokens, at, sentence.last)
        best: tuple[int, _Start, str] | None = None
        for way in ways:
            name = self._gazetteer.longest(f"{way.stem} {rest}" if rest else way.stem)
            if name is not None and (best is None or name.count(" ") > best[0]):
                best = name.count(" "), way, name
        if best is None:
            return None
        _, way, name = best
        last = _end(tokens, at, name.count(" ") + 1)
        before = self._surroundings.before(tokens, at, lowest, way.proclitics)
        candidates = self._gazetteer.candidates(name)
        return (
            Found(at, last, way.cut, sentence.index, name, before, candidates) if not before.blocked else None
        )


def _following(tokens: list[Token], at: int, limit: int) -> str:
    """The folded words after a token that can go on a name, joined by spaces."""
    words: list[str] = []
    for token in tokens[at + 1 : min(limit, at + 2 * LONGEST_NAME)]:
        if token.kind == WORD:
            words.append(token.key)
            if len(words) == LONGEST_NAME - 1:
                break
        elif token.text != "-" or token.start != tokens[token.index - 1].end:
            break
    return " ".join(words)


def _end(tokens: list[Token], at: int, words: int) -> int:
    """The token after a name of so many words (hyphens between them do not count)."""
    while words:
        words -= tokens[at].kind == WORD
        at += 1
    return at


def _named_otherwise(document: Document) -> dict[int, int]:
    """For each token inside the name of a person or body: how many tokens that name has."""
    found: dict[int, int] = {}
    for actor in document.actors:
        if actor.kind in NAMES and not actor.locative:
            for at in range(actor.first, actor.last):
                found[at] = max(found.get(at, 0), actor.last - actor.first)
    return found


def _mention(document: Document, one: Found, place: Place) -> PlaceMention:
    tokens = document.tokens
    before = one.before
    first = tokens[before.first]
    start = first.start + one.cut if before.first == one.first else first.start
    ar, en, lat, lon, kind = place.ar, place.en, place.lat, place.lon, place.kind
    prep = before.prep
    turn = before.bearing
    if turn is not None and before.km is not None and lat is not None and lon is not None:
        lat, lon = away(lat, lon, turn, before.km)
        en = f"{before.km:g} km {'-'.join(d.en for d in before.directions)} of {en}"
        ar, kind = document.text[first.start : tokens[one.last - 1].end], "site"
    elif before.directions and kind in ("country", "region", "continent"):
        en = f"{compass(before)} {en}"
        ar, lat, lon, kind = f"{' '.join(d.ar[0] for d in before.directions)} {ar}", None, None, "region"
    elif before.head is not None and before.head.suffix and kind == "city":
        en, kind = f"{en} {before.head.suffix}", "site"
    return PlaceMention(
        before.first, one.last, start, tokens[one.last - 1].end, one.sentence, ar, en, place.country, lat, lon,
        place.geonames if place.lat == lat else None, kind, prep,
    )  # fmt: skip


def compass(before: Before) -> str:
    """``Northern``, ``Southeastern``: the adjective of the points of the compass before a name."""
    named = before.directions[:2]
    if len(named) == 2 and named[0].bearing >= 0 and named[1].bearing >= 0:
        return named[0].en.capitalize() + named[1].adjective.lower()
    return named[0].adjective


def _mark_datelines(document: Document) -> None:
    """Mark the places an article is sent from: "القاهرة - رويترز", "إسطنبول (أ ف ب) -"."""
    for sentence in document.sentences[:DATELINE_SENTENCES]:
        at = sentence.first
        places = [p for p in document.places if p.sentence == sentence.index]
        marked: list[PlaceMention] = []
        for place in places:
            if place.first != at or place.prep:
                break
            marked.append(place)
            at = place.last
            if at < sentence.last and document.tokens[at].text in ("،", ",", "/"):
                at += 1
        if marked and _ends_dateline(document.tokens, at, sentence.last):
            for place in marked:
                place.dateline = True


def _ends_dateline(tokens: list[Token], at: int, limit: int) -> bool:
    if at >= limit or tokens[at].kind != PUNCT:
        return False
    token = tokens[at]
    if token.text == "(":
        return any(t.text == ")" for t in tokens[at : min(limit, at + 9)])
    if token.text == ":":
        return True
    return token.text in "-–—ـ" and at + 1 < limit and tokens[at + 1].start > token.end


__all__ = ["Candidate", "PlaceReader"]
