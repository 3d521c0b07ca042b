"""Which of the places that bear a name is meant, or none of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rasd.text.document import Document, Token
from rasd.where.gazetteer import Candidate, Place
from rasd.where.surroundings import Before

# What a reason to choose a place weighs against its weight (0-10): said outright next to the
# name ("طرابلس اللبنانية"), its country named in the sentence or the article, the head word
# fits ("محافظة"). Measured on names that two countries share.
BESIDE, IN_SENTENCE, IN_ARTICLE, HEAD_FITS = 12.0, 5.0, 2.0, 3.0
# The country that an article is about is spoken of so much more than the next.
CLEARLY = 1.5
# The cue of a name that is a place only where its country is spoken of as well.
DOUBTFUL = 3
# How far after the name its country may be named: "طرابلس في شمال لبنان".
NEAR = 4


@dataclass(slots=True)
class Found:
    """A name found in the text: tokens ``[first, last)``, the places that it can mean.

    ``cut`` is how many characters of proclitics stand before the name.
    """

    first: int
    last: int
    cut: int
    sentence: int
    name: str
    before: Before
    candidates: list[Candidate]


def nisba_of(token: Token, adjectives: dict[str, str]) -> str | None:
    """The country whose adjective a token is, with or without the article: ``اللبنانية``."""
    key = token.key
    if len(key) < 4 or key[-1] not in "ية":
        return None
    if key.startswith("ال"):
        key = key[2:]
    return adjectives.get(key[:-1] if key.endswith("ية") else key)


class Context:
    """The countries that an article speaks of."""

    def __init__(self, document: Document, adjectives: dict[str, str], found: list[Found]) -> None:
        self._tokens = document.tokens
        self._adjectives = adjectives
        self._sentences: dict[int, set[str]] = {}
        self._article: Counter[str] = Counter()
        self._at: dict[int, str] = {}
        # A capital of a name that others share says nothing of which is meant.
        open_names = {one.first for one in found if len({c.place.country for c in one.candidates}) > 1}
        for actor in document.actors:
            if actor.how == "metonym" and actor.first in open_names:
                continue
            for code in actor.codes:
                self._add(actor.sentence, code[:3])
        for one in found:
            countries = {c.place.country for c in one.candidates}
            if len(countries) == 1 and one.candidates[0].cue == 0:
                country = one.candidates[0].place.country
                if country:
                    self._add(one.sentence, country)
                    # The country itself, also where its capital is called the same (الجزائر).
                    if any(c.place.kind == "country" for c in one.candidates):
                        self._at[one.first] = country
        for token in document.tokens:
            code = self._nisba(token)
            if code:
                self._article[code] += 1

    def _add(self, sentence: int, code: str) -> None:
        self._sentences.setdefault(sentence, set()).add(code)
        self._article[code] += 1

    def _nisba(self, token: Token) -> str | None:
        """The country whose adjective a token is: ``اللبنانية``, ``لبناني``."""
        return nisba_of(token, self._adjectives)

    def home(self, one: Found) -> str | None:
        """The country whose capital ``العاصمة`` alone means: the only one of its sentence, else the article's own."""
        here = {code for code in self._sentences.get(one.sentence, ()) if self._article[code]}
        if len(here) == 1:
            return here.pop()
        ranked = self._article.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] < CLEARLY * ranked[1][1]):
            return None
        return ranked[0][0]

    def choose(self, one: Found) -> Place | None:
        """The place that is meant; None where the name is more likely no place at all."""
        beside = self._beside(one)
        best: tuple[float, Candidate] | None = None
        for candidate in one.candidates:
            if not self._allowed(one, candidate, beside):
                continue
            score = self._score(one, candidate.place, beside)
            if best is None or score > best[0]:
                best = score, candidate
        return best[1].place if best else None

    def _allowed(self, one: Found, candidate: Candidate, beside: str | None) -> bool:
        place, before = candidate.place, one.before
        fits = before.head is not None and (place.kind in before.head.kinds or bool(before.head.names))
        if place.unless and not before.prep and not before.locative and self._next(one) in place.unless:
            return False
        if candidate.cue == 0 or (fits and (before.single or candidate.cue == 1)):
            return True
        if beside is not None and beside == place.country:
            # A village called like an everyday word (التحالف) only with its adjective right after it.
            close = place.curated or self._nisba(self._tokens[one.last]) == place.country
            return candidate.cue in (1, DOUBTFUL) or (before.locative and close)
        if candidate.cue == DOUBTFUL:
            return before.locative and before.prep != "ب" and self._article[place.country or ""] > 0
        if candidate.cue > 1 or not before.locative:
            return False
        return place.curated or self._article[place.country or ""] > 0

    def _next(self, one: Found) -> str:
        return self._tokens[one.last].key if one.last < len(self._tokens) else ""

    def _score(self, one: Found, place: Place, beside: str | None) -> float:
        score = place.weight
        country = place.country
        if country is not None:
            if country == beside:
                score += BESIDE
            if country in self._sentences.get(one.sentence, ()):
                score += IN_SENTENCE
            if self._article[country]:
                score += IN_ARTICLE * (1 - 0.5 ** self._article[country]) * 2
        if one.before.head is not None and place.kind in one.before.head.kinds:
            score += HEAD_FITS
        return score

    def _beside(self, one: Found) -> str | None:
        """The country that is said right after a name: its adjective, or "في سوريا"."""
        tokens = self._tokens
        for at in range(one.last, min(len(tokens), one.last + NEAR)):
            if at == one.last and tokens[at].key.startswith("ال") and (code := self._nisba(tokens[at])):
                return code
            if at in self._at:
                return self._at[at]
            if tokens[at].text in ".؛:" or tokens[at].kind == "break":
                return None
        return None
