"""Find the places that an article names, and choose which place each name means."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rasd.lexicon import Compiled
from rasd.text.document import PUNCT, WORD, Document, PlaceMention, Sentence, Token
from rasd.text.forms import Form
from rasd.text.letters import fold
from rasd.text.recent import Recent
from rasd.where.answer import PlaceAnswer, answers
from rasd.where.bearing import away
from rasd.where.choice import Context, Found, nisba_of
from rasd.where.clocks import place_clocks
from rasd.where.gazetteer import Candidate, Gazetteer, Place
from rasd.where.surroundings import Before, Surroundings

# The longest name is "المملكة العربية السعودية"-like; more words are never joined.
LONGEST_NAME = 5
# Actor mentions inside which a place name is part of another name.
NAMES = frozenset({"person", "organization", "group", "outlet"})
# "شمال العراق" is a region of its own, "شمال بغداد" a place near the city.
LANDS = frozenset({"country", "region", "continent"})
# An article's place of sending stands in one of its first sentences.
DATELINE_SENTENCES = 3


_VERBS = ("VP", "VI", "VC")


class _Start(NamedTuple):
    """A way in which a form can begin a name."""

    proclitics: str
    stem: str
    cut: int


class PlaceReader:
    """Finds and chooses places. One reader serves many documents.

    ``romanize`` gives the English name of a place that no list knows ("قرية ..."); without
    it such a place has none.
    """

    def __init__(self, lexicon: Compiled, romanize: Callable[[str], str] | None = None) -> None:
        self._romanize = romanize
        self._gazetteer = Gazetteer(lexicon)
        self._surroundings = Surroundings(lexicon)
        self._recent_starts: Recent[str, tuple[_Start, ...]] = Recent()
        self._starts = self._recent_starts.lately
        self._recent_clues: Recent[str, bool] = Recent()
        self._clues = self._recent_clues.lately

    def read(self, document: Document) -> None:
        """Fill ``document.places``, in the order of the text. Reads ``document.actors``."""
        names = _named_otherwise(document)
        found: list[Found] = []
        for sentence in document.sentences:
            self._find(document.tokens, sentence, names, found)
        context = Context(document, self._gazetteer.adjectives, found)
        for one in found:
            place = context.choose(one) if one.candidates else self._gazetteer.capital(context.home(one) or "")
            if place is not None:
                document.places.append(_mention(document, one, place))
        self._add_lands(document)
        _mark_datelines(document)
        place_clocks(document, self.zone)

    def _add_lands(self, document: Document) -> None:
        """Add the countries that phrases refer back to: ``في المملكة``, ``أنحاء البلاد``."""
        tokens = document.tokens
        added: list[PlaceMention] = []
        for actor in document.actors:
            if actor.rule != "reference" or actor.kind != "state" or len(actor.codes) != 1:
                continue
            place = self._gazetteer.country(actor.codes[0].partition("/")[0])
            if place is None:
                continue
            start = tokens[actor.first].start
            before = self._surroundings.before(tokens, actor.first, document.sentences[actor.sentence].first,
                                               document.text[start : actor.start])  # fmt: skip
            one = Found(actor.first, actor.last, actor.start - start, actor.sentence, "", before, [])
            added.append(_mention(document, one, place))
        if added:
            document.places = sorted(document.places + added, key=lambda p: p.first)

    def lookup(self, name: str) -> list[Place]:
        """The places that a name can mean, the likeliest first."""
        found = self._gazetteer.candidates(fold(name).replace("-", " "))
        return sorted((c.place for c in found), key=lambda p: -p.weight)

    def answers(self, name: str) -> list[PlaceAnswer]:
        """The places with an Arabic or English name, the one first that is meant where nothing else tells.

        Empty where no place is known by the name.
        """
        return answers(self._gazetteer, name)

    def near(self, name: str) -> list[str]:
        """Names that are spelt like one that no place has."""
        return self._gazetteer.near(fold(name).replace("-", " "))

    def zone(self, place: PlaceMention) -> str | None:
        """The IANA name of the time zone in a place; its country's main one where that is all known."""
        for known in self.lookup(place.ar):
            if known.en == place.en and known.country == place.country and known.zone:
                return known.zone
        return self._gazetteer.country_zones.get(place.country or "")

    def _find(self, tokens: list[Token], sentence: Sentence, names: dict[int, int], found: list[Found]) -> None:
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
            one = self._name_at(tokens, at, sentence, ways, lowest) if ways else None
            if one is None and self._is_clue(token):
                one = self._described(tokens, at, sentence, lowest)
            if one is None:
                at += 1
                continue
            if names.get(at, 0) <= one.last - at or one.before.locative:
                found.append(one)
            at = one.last
            # A doubtful name is rather a head word of the next: "جامعة القاهرة".
            if any(c.cue == 0 for c in one.candidates):
                lowest = at

    def _ways(self, form: Form) -> tuple[_Start, ...]:
        kept = self._recent_starts.recall(form.key)
        if kept is not None:
            return kept
        can_begin = self._gazetteer.can_begin
        ways = tuple(_Start(s.proclitics, s.stem, s.cut) for s in form.splits if not s.definite and can_begin(s.stem))
        return self._recent_starts.keep(form.key, ways)

    def _is_clue(self, token: Token) -> bool:
        """Whether a form is one that `_described` looks at; kept for each distinct form."""
        found = self._clues.get(token.key)
        if found is None:
            found = self._recent_clues.recall(token.key)
        if found is None:
            around = self._surroundings
            head = around.head(token)
            found = bool(head and head[0].names and head[2]) or around.stands_for(token.form) is not None
            self._recent_clues.keep(token.key, found)
        return found

    def _described(self, tokens: list[Token], at: int, sentence: Sentence, lowest: int) -> Found | None:
        """A place without a name of its own that a list has: "الأراضي التركية", "قرية ..."."""
        around = self._surroundings
        stands = around.stands_for(tokens[at].form)
        if stands is not None and stands[0] == "capital" and self._ends(tokens, at + 1, sentence.last):
            before = around.before(tokens, at, lowest, stands[1].proclitics)
            return Found(at, at + 1, stands[1].cut, sentence.index, "", before, []) if before.locative else None
        if at + 1 >= sentence.last:
            return None
        if stands is not None and tokens[at + 1].key.startswith("ال"):
            code = nisba_of(tokens[at + 1], self._gazetteer.adjectives)
            what, split = stands
            gazetteer = self._gazetteer
            place = code and (gazetteer.country(code) if what == "land" else gazetteer.capital(code))
            if not place or (what == "capital" and self._named(tokens, at + 2, sentence.last)):
                return None
            before = around.before(tokens, at, lowest, split.proclitics)
            return Found(at, at + 2, split.cut, sentence.index, "", before, [Candidate(place, 0)])
        return self._unlisted(tokens, at, sentence)

    def _ends(self, tokens: list[Token], at: int, limit: int) -> bool:
        """Whether a phrase ends before a token: no adjective, name or quotation goes on with it."""
        if at >= limit:
            return True
        token = tokens[at]
        if token.kind != WORD:
            return token.text not in '«"“('
        return not token.key.startswith("ال") and not self._named(tokens, at, limit)

    def _named(self, tokens: list[Token], at: int, limit: int) -> bool:
        """Whether a name that a list has begins at a token."""
        if at >= limit or tokens[at].kind != WORD:
            return False
        rest = _following(tokens, at, limit)
        return any(
            self._gazetteer.longest(f"{way.stem} {rest}" if rest else way.stem)
            for way in self._starts.get(tokens[at].key) or self._ways(tokens[at].form)
            if not way.proclitics
        )

    def _unlisted(self, tokens: list[Token], at: int, sentence: Sentence) -> Found | None:
        """A name that no list has, after a word that says what kind of place it is."""
        read = self._surroundings.head(tokens[at])
        if read is None or not read[0].names or not read[2]:
            return None
        first = at + 1
        quoted = tokens[first].text in '«"“' and first + 1 < sentence.last
        first += quoted
        if tokens[first].kind != WORD or self._named(tokens, first, sentence.last):
            return None
        key = tokens[first].key
        around = self._surroundings
        if key in around.not_names or around.head(tokens[first]) or around.is_direction(key):
            return None
        last = first + 1
        opener = tokens[first].key in self._surroundings.openers
        if opener and last < sentence.last and tokens[last].kind == WORD:
            last += 1
        elif not _can_be_name(tokens[first], read[0].definite, quoted):
            return None
        ar = " ".join(t.text for t in tokens[first:last])
        place = Place(self._romanize(ar) if self._romanize else "", ar, None, None, None, read[0].kinds[0], None,
                      None, 0.0, False)  # fmt: skip
        before = self._surroundings.before(tokens, first, at, "")
        before.first = at
        if at > sentence.first and not before.prep:
            before.prep = self._surroundings.before(tokens, at, sentence.first, read[1]).prep
        return Found(first, last, 0, sentence.index, "", before, [Candidate(place, 0)])

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
        token = tokens[at]
        if way.proclitics[:1] in ("و", "ف") and token.tag in _VERBS and last == at + 1 and not before.locative:
            # "وأدانا" condemned, and is not Adana.
            return None
        return Found(at, last, way.cut, sentence.index, name, before, candidates) if not before.blocked else None


def _can_be_name(token: Token, definite: bool, quoted: bool) -> bool:
    """Whether a word can be a name that no list has: one that the word table does not know, one
    it knows as a proper name first, or, after some heads, a noun with the article."""
    readings = token.form.readings
    if quoted or not readings:
        return len(token.key) > 2 and (quoted or token.key[0] not in "وفلبك")
    tag = readings[0].tag
    if tag == "X":
        return len(token.key) > 2 and not any(r.tag in "JRP" for r in readings)
    return definite and token.key.startswith("ال") and tag in "NMU" and not token.key.endswith(("ين", "ون", "ات"))


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
    if before.directions and kind not in LANDS:
        prep = before.directions[0].ar[0]
    turn = before.bearing
    if turn is not None and before.km is not None and lat is not None and lon is not None:
        lat, lon = away(lat, lon, turn, before.km)
        en = (
            f"{before.km:.{0 if before.km >= 10 else 1}f}".removesuffix(".0")
            + f" km {'-'.join(d.en for d in before.directions)} of {en}"
        )
        ar, kind = document.text[first.start : tokens[one.last - 1].end], "site"
    elif before.directions and kind in LANDS:
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
