"""Noun phrases that name affairs: a head and the words that say which one it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasd.text.document import BREAK, LATIN, NUMBER, PUNCT, WORD, Document, PlaceMention, Token
from rasd.text.letters import fold
from rasd.what.affair_lexicon import AffairLexicon
from rasd.what.affair_schema import Head, KnownAffair, Word
from rasd.what.senses import adjective_forms, folded
from rasd.what.sides import Nations, Sides, states_of

_QUOTES = {'"': '"', "«": "»", "“": "”", "'": "'", "‘": "’"}
_MIN_QUOTED, _MAX_QUOTED = 3, 6  # letters, words
_FIELDS = folded("مجال مجالات المجال المجالات قطاع قطاعات ميدان ميادين شؤون مدينة منطقة إقليم محافظة")
_ORDINALS = {
    fold(ar): en
    for ar, en in (
        ("الأول", "first"), ("الأولى", "first"), ("الثاني", "second"), ("الثانية", "second"), ("الثالث", "third"),
        ("الثالثة", "third"), ("الرابع", "fourth"), ("الرابعة", "fourth"), ("الأخير", ""), ("الأخيرة", ""),
        ("المقبل", ""), ("المقبلة", ""), ("القادم", ""), ("القادمة", ""), ("الحالي", ""), ("الحالية", ""),
        ("الراهن", ""), ("الراهنة", ""), ("المرتقب", ""), ("المرتقبة", ""), ("القائم", ""), ("القائمة", ""),
    )
}  # fmt: skip
_IN, _BETWEEN, _WITH, _ON = fold("في"), fold("بين"), fold("مع"), fold("على")
_ABOUT = folded("حول بشأن بخصوص")
_RELATIVE = folded("الذي التي")
_RELATIVE_REACH = 5
_PLACED = ("gathering", "agreement")
_MAX_WORDS = 10
# English of a word that the next word completes: "fight against" drugs.
_OPEN_ENDED = (" of", " against", " to", " on")


@dataclass(slots=True)
class Phrase:
    """A phrase that may name an affair, tokens ``[first, last)``.

    ``adjectives`` and ``nouns`` are glossed words in the order of the text, ``states`` codes of
    adjectives and names within it, ``quoted`` a name in quotes, ``topics`` what follows ``في``
    (fields of cooperation), ``sides`` the codes of those it is between or with.
    """

    head: Head
    first: int
    last: int
    definite: bool
    plural: bool = False
    adjectives: list[Word] = field(default_factory=list[Word])
    nouns: list[Word] = field(default_factory=list[Word])
    order: str = ""
    nisbas: list[str] = field(default_factory=list[str])
    states: list[str] = field(default_factory=list[str])
    quoted: str = ""
    topics: list[Word] = field(default_factory=list[Word])
    sides: list[str] = field(default_factory=list[str])
    link: str = ""
    place: PlaceMention | None = None
    known: KnownAffair | None = None
    keys: set[str] = field(default_factory=set[str])
    absorbed: bool = False

    @property
    def told(self) -> bool:
        """Whether anything says which one it is."""
        words = [*self.adjectives, *self.nouns]
        return bool(
            any(self.head.vague or not word.vague for word in words) or self.nisbas or self.states
            or self.quoted or self.topics or self.sides or self.place or self.known or self.absorbed
        )  # fmt: skip


class PhraseReader:
    """Reads the phrases of one document."""

    def __init__(self, document: Document, knowledge: AffairLexicon, nations: Nations, sides: Sides) -> None:
        self.document = document
        self.tokens = document.tokens
        self._known = knowledge
        self._nations = nations
        self._sides = sides
        self._places: dict[int, PlaceMention] = {}
        for place in document.places:
            self._places.update(dict.fromkeys(range(place.first, place.last), place))

    def read(self, at: int, limit: int) -> Phrase | None:
        """The phrase whose head is at a token, or None where it is none of ours."""
        sense = self._known.senses.of(self.tokens[at].form).get("head")
        if sense is None or (sense.split.enclitic and sense.split.enclitic != "هما"):
            return None
        best: Phrase | None = None
        for name in sense.value.split(","):
            head = self._known.heads[name]
            if at + 1 < limit and any(fold(word) == self.tokens[at + 1].key for word in head.never):
                continue
            phrase = Phrase(head, at, at + 1, sense.split.definite)
            self._extend(phrase, limit)
            if self._fits(phrase, at, limit):
                return phrase
            if head.needs in ("frame", "name") and best is None and phrase.told:
                best = phrase
        return best

    def _fits(self, phrase: Phrase, at: int, limit: int) -> bool:
        head = phrase.head
        if phrase.known:
            return True
        following = [t.key for t in self.tokens[at + 1 : min(limit, at + 4)] if t.kind == WORD]
        if head.needs == "own":
            own = {fold(word) for word in head.own}
            return phrase.told and (any(key in own for key in following[:2]) or self._later(phrase, own, limit))
        if head.needs == "modifier":
            return phrase.told or (head.kind == "agreement" and self._purposeful(phrase.last, limit))
        return False

    def _purposeful(self, at: int, limit: int) -> bool:
        """``اتفاقية لإنشاء``: what it is for says which agreement."""
        sense = self._known.senses.of(self.tokens[at].form).get("purpose") if at < limit else None
        return bool(sense and sense.split.proclitics.endswith("ل"))

    def _later(self, phrase: Phrase, own: set[str], limit: int) -> bool:
        """``الخط الذي سينقل الغاز``: the word that tells the kind stands in the relative clause."""
        after = self.tokens[phrase.last : min(limit, phrase.last + _RELATIVE_REACH)]
        relative = phrase.head.kind == "project" and bool(after) and after[0].key in _RELATIVE
        return relative and any(t.key in own for t in after)

    def _extend(self, phrase: Phrase, limit: int) -> None:
        stop = min(limit, phrase.first + _MAX_WORDS + 4)
        at = phrase.last
        opened = 0
        while at < stop:
            nouns = len(phrase.nouns)
            nearer = self._step(phrase, at, stop)
            if not nearer:
                break
            opened = at if len(phrase.nouns) > nouns and phrase.nouns[-1].en.endswith(_OPEN_ENDED) else 0
            phrase.keys.update(t.key for t in self.tokens[at:nearer])
            phrase.last = at = nearer
        if opened > phrase.first + 1:
            # لإطلاق المشروع: what is launched is no word of ours, so neither is the launch.
            phrase.nouns.pop()
            phrase.order, phrase.last = phrase.order[:-1], opened

    def _step(self, phrase: Phrase, at: int, stop: int) -> int:
        """Takes the next modifier into the phrase; returns its end, or 0 where there is none."""
        token = self.tokens[at]
        if token.kind == BREAK:
            return 0
        known = self._known.known_at(self.tokens, at, stop)
        if known and phrase.head.kind == known[0].kind and not known[1] and phrase.head.kind == "project":
            phrase.known = known[0]
            return known[2]
        if token.kind == PUNCT:
            return self._quoted(phrase, at, stop)
        if token.kind == LATIN and phrase.head.kind == "project":
            phrase.quoted = token.text
            return at + 1
        if token.kind != WORD:
            return 0
        if token.key in _ORDINALS:
            return at + 1
        nisba = None if self._is_common(token) else self._nations.nisba(token)
        if nisba and not self._nations.senses.of(token.form)["nisba"].split.proclitics.strip("و"):
            phrase.nisbas.append(nisba)
            return at + 1
        return self._prepositional(phrase, at, stop) or self._noun(phrase, at, stop)

    def _is_common(self, token: Token) -> bool:
        """An adjective that is no state's in the first place: ``المالية`` is financial, not Malian."""
        return "gloss" in self._known.senses.of(token.form)

    def _noun(self, phrase: Phrase, at: int, stop: int) -> int:
        token = self.tokens[at]
        side = None if self._is_common(token) else self._sides.starts_at(at)
        place = self._places.get(at)
        if place and phrase.head.kind in _PLACED and place.kind != "country":
            side = None  # قمة بروكسل is held in the town
        if (
            side
            and states_of(side.codes)
            and not self._sides.prep(side)
            and not phrase.nisbas
            and not token.key.startswith("و")
        ):
            phrase.states += [code for code in side.codes if code not in phrase.states]
            return side.last
        if place and place.first == at and not place.prep and phrase.place is None:
            phrase.place = place
            return place.last
        if token.key.removeprefix("ال") in phrase.head.absorbs and not phrase.nisbas:
            phrase.absorbed = True
            return at + 1
        found = self._known.word_at(self.tokens, at, stop)
        if found is None:
            return 0
        word, last = found
        split = self._split(at)
        if split.strip("و") and not (
            split == "ل" and not phrase.nouns and phrase.head.kind in ("project", "agreement")
        ):
            return 0
        joined = split.startswith("و") and token.key.startswith("و")
        if word.adj:
            if joined and not phrase.adjectives:
                return 0
            if joined:
                last_word = phrase.adjectives.pop()
                word = Word(ar=last_word.ar, en=f"{last_word.en} and {word.en}", adj=True)
            phrase.adjectives.append(word)
        else:
            if phrase.nisbas or (joined and not phrase.nouns) or (phrase.adjectives and not joined):
                return 0
            phrase.nouns.append(word)
        phrase.order += "a" if word.adj else "n"
        return last

    def _split(self, at: int) -> str:
        senses = self._known.senses.of(self.tokens[at].form)
        sense = senses.get("glosses") or senses.get("gloss")
        return sense.split.proclitics if sense else ""

    def _quoted(self, phrase: Phrase, at: int, stop: int) -> int:
        closer = _QUOTES.get(self.tokens[at].text)
        if not closer or phrase.quoted or phrase.known or phrase.head.kind == "issue":
            return 0
        if phrase.definite and phrase.head.kind != "project":
            return 0  # الاتفاق «غير مقبول»: what somebody said of it
        for end in range(at + 1, min(stop, at + 2 + _MAX_QUOTED)):
            if self.tokens[end].text == closer:
                inner = self.tokens[at + 1 : end]
                if (
                    not inner
                    or sum(len(t.key) for t in inner) < 3
                    or any(t.kind not in (WORD, NUMBER, LATIN) for t in inner)
                ):
                    return 0
                known = self._known.known_at(self.tokens, at + 1, end)
                if known:
                    phrase.known = known[0]
                phrase.quoted = " ".join(t.text for t in inner)
                return end + 1
        return 0

    def _prepositional(self, phrase: Phrase, at: int, stop: int) -> int:
        key = self.tokens[at].key
        if key == _IN or (key == _ON and phrase.head.id == "war"):
            return self._inside(phrase, at + 1, stop)
        if key in (_BETWEEN, _WITH) and phrase.head.kind != "project" and not phrase.sides:
            return self._parties(phrase, at, stop)
        if key in _ABOUT and phrase.head.kind in ("agreement", "gathering"):
            return self._inside(phrase, at + 1, stop)
        place = self._places.get(at)
        if place and place.first == at and place.prep == "ب" and phrase.place is None:
            phrase.place = place
            return place.last
        return 0

    def _inside(self, phrase: Phrase, at: int, stop: int) -> int:
        """What follows ``في``: a place, a state, or the fields of a cooperation."""
        while at < stop and self.tokens[at].key in _FIELDS and not self._places.get(at):
            at += 1
        if at >= stop:
            return 0
        place, side = self._places.get(at), self._sides.at(at)
        if place and place.kind not in ("country", "state", "PCLI"):
            phrase.place = place
            return place.last
        if side and phrase.head.kind != "project":
            phrase.states += [code for code in side.codes if code not in phrase.states]
            phrase.link = phrase.link or "in"
            return side.last
        if place:
            phrase.place = place
            return place.last
        last = 0
        while at < stop and (found := self._known.word_at(self.tokens, at, stop)):
            joined = self.tokens[at].key.startswith("و")
            joined = joined or (last > 0 and phrase.topics[-1].en.endswith(_OPEN_ENDED))
            if (last and not joined and not found[0].adj) or (not last and found[0].adj):
                break
            phrase.topics.append(found[0])
            at = last = found[1]
        return last

    def _parties(self, phrase: Phrase, at: int, stop: int) -> int:
        """The sides after ``بين`` or ``مع``."""
        phrase_link = "between" if self.tokens[at].key == _BETWEEN else "with"
        at += 1
        last = 0
        codes: list[str] = []
        while at < stop and (side := self._sides.at(at)):
            if last and not self.tokens[at].key.startswith("و") and self.tokens[at - 1].key not in ("و", "كل"):
                break
            codes += [code for code in side.codes if code not in codes]
            at = last = side.last
        if codes and (phrase_link == "with" or len(codes) > 1):
            phrase.sides = codes
            phrase.link = phrase_link
            return last
        return 0


def glossed(words: list[Word]) -> str:
    """The English of words in a row: ``fight against drugs``; others joined by "and"."""
    text = ""
    nouns = [w for w in words if not w.adj]
    adjectives = " ".join(w.en for w in reversed(words) if w.adj)
    for word in nouns:
        if not text:
            text = word.en
        elif text.endswith(_OPEN_ENDED):
            text += " " + word.en
        else:
            text += " and " + word.en
    return f"{adjectives} {text}".strip()


def compose(phrase: Phrase, nations: Nations, romanized: str) -> tuple[str, str]:
    """The English name of an affair, and what it is without the words that single it out."""
    head = phrase.head
    absorbed = {fold(word) for word in (*head.absorbs, *head.compounds)}
    english = head.en
    for word, other in head.compounds.items():
        if other and not phrase.keys.isdisjoint(_with_article(fold(word))):
            english = other
    nouns = [w for w in phrase.nouns if fold(w.ar) not in absorbed]
    adjectives = [w for w in phrase.adjectives if fold(w.ar) not in absorbed]
    # In the order of English: what stands last in Arabic comes first.
    before = [w.en for w in reversed(adjectives)]
    attached = " ".join(w.attr or w.en for w in nouns)
    if any(w.en.endswith(_OPEN_ENDED) for w in nouns):
        what = " ".join([*before, english, "on", glossed(nouns)])
    else:
        what = " ".join([*before, *([attached] if attached else []), english])
    pair = "-".join(dict.fromkeys(nations.adjective(code) for code in phrase.nisbas))
    name = f"{pair} {what}" if pair else what
    if romanized:
        name = f"{romanized} {what}"
    elif phrase.states and phrase.link != "in":
        name = f"{'-'.join(nations.names(phrase.states))} {name}"
    elif phrase.place and head.kind in ("project", "gathering") and not pair:
        name = f"{phrase.place.en} {what}"
    return name + _after(phrase, nations), what


def _with_article(adjective: str) -> list[str]:
    return [*adjective_forms(adjective), f"ال{adjective}", f"ال{adjective}ة"]


def _after(phrase: Phrase, nations: Nations) -> str:
    """What English says after the head: in Aleppo, between Russia and Turkey, in energy."""
    parts: list[str] = []
    if phrase.topics:
        parts.append(("on " if phrase.head.kind in ("agreement", "gathering") else "in ") + glossed(phrase.topics))
    if phrase.states and phrase.link == "in":
        parts.append("in " + " and ".join(nations.names(phrase.states)))
    elif phrase.place and phrase.head.kind in ("issue", "agreement"):
        parts.append(f"in {phrase.place.en}")
    if phrase.sides:
        names = nations.names(phrase.sides)
        if names:
            parts.append(("between " if phrase.link == "between" else "with ") + " and ".join(names))
    return "".join(" " + part for part in parts)
