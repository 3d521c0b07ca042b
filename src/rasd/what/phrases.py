"""The noun phrases of a sentence: where each begins and ends, what governs it, who stands for it.

Actors are found before, as mentions; but a subject or an object may be a phrase that holds no
mention (``سيارة مفخخة``), holds one as its owner (``مواقع الحزب``) or as its part (``عشرات من رجال
الشرطة``). One pass puts every noun of the sentence into a phrase, so that whoever looks for
the subject of a verb sees what stands there, known or not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rasd.text.clitics import stands_in
from rasd.text.document import NUMBER, PUNCT, WORD, ActorMention, Token
from rasd.what.clauses import QUOTES, SentenceView
from rasd.what.morphology import Morphology, Word

AGENT = "agent"
"""What `Phrase.prep` is after ``من قبل``, ``على يد`` and the like."""

# A parenthesis longer than this does not lie within a phrase.
PARENTHESIS = 9
_ADJECTIVES = ("J", "R", "A", "U")


@dataclass(slots=True)
class Phrase:
    """A noun phrase over tokens ``[first, last)``.

    ``head`` is its first noun and ``core`` the noun that it is about (``جنود`` in ``عشرات من
    الجنود``); ``prep`` what governs it, folded, "" if nothing, `AGENT` after words of agency.
    ``joins`` says that it goes on with ``و`` from the phrase before. ``mentions`` stand for it;
    ``by`` says how: "head", "owner" (a genitive or adjective in it), or "" if nobody does.
    """

    index: int
    first: int
    last: int
    head: int
    core: int
    prep: str
    joins: bool
    word: Word
    mentions: list[ActorMention] = field(default_factory=list[ActorMention])
    by: str = ""

    @property
    def mention(self) -> ActorMention | None:
        return self.mentions[0] if self.mentions else None

    @property
    def animate(self) -> bool:
        """Whether it names people or a body that can act of itself."""
        return self.by == "head" or self.word.human


class WordClasses:
    """The word classes of ``data/grammar/classes.yaml``, folded."""

    def __init__(self, classes: dict[str, list[str]]) -> None:
        self.quantity = frozenset(classes.get("quantity", ()))
        self.linking = frozenset(classes.get("linking", ()))
        self.noun_prepositions = frozenset(classes.get("noun-preposition", ()))
        self._sequences: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for name in ("agent", "about"):
            for phrase in classes.get(name, ()):
                words = tuple(phrase.split())
                self._sequences.setdefault(words[0], []).append((name, words))
        for known in self._sequences.values():
            known.sort(key=lambda item: -len(item[1]))

    def sequence(self, view: SentenceView, at: int) -> tuple[str, int]:
        """The class of words in a row at ``at`` and how many they are; ("", 0) if none."""
        key = view.token(at).key
        known = self._sequences.get(key)
        if known is None:
            if key[:1] not in ("و", "ف"):
                return "", 0
            known = self._sequences.get(key[1:], ())
        for name, words in known:
            if at + len(words) < view.sentence.last and all(
                view.token(at + n).key == word for n, word in enumerate(words) if n
            ):
                return name, len(words)
        return "", 0


class PhraseFinder:
    """Finds the noun phrases of sentences."""

    def __init__(
        self, classes: WordClasses, morphology: Morphology, prepositions: frozenset[str], pronominal: frozenset[str]
    ) -> None:
        self._classes = classes
        self._morphology = morphology
        self._prepositions = prepositions
        self._pronouns = pronominal

    def find(self, view: SentenceView) -> list[Phrase]:
        """The phrases of a sentence, in order; none overlaps another."""
        return _Pass(view, self._classes, self._morphology, self._prepositions, self._pronouns).phrases()


class _Pass:
    """One sentence's pass."""

    def __init__(
        self, view: SentenceView, classes: WordClasses, morphology: Morphology, prepositions: frozenset[str],
        pronouns: frozenset[str],
    ) -> None:  # fmt: skip
        self._pronouns = pronouns
        self._view = view
        self._classes = classes
        self._morphology = morphology
        self._prepositions = prepositions
        self._timed = {at: time.last for time in view.times for at in range(time.first, time.last)}
        self._placed = {place.first: place.last for place in view.places if place.first not in view.covering}
        self._found: list[Phrase] = []

    def phrases(self) -> list[Phrase]:
        view = self._view
        at, prep = view.sentence.first, ""
        joins = False
        while at < view.sentence.last:
            token = view.token(at)
            if at in self._timed:
                at, prep, joins = self._timed[at], "", False
                continue
            if token.kind == PUNCT:
                if token.text not in QUOTES:
                    prep = ""
                    joins = False
                at += 1
                continue
            if at not in view.covering:
                name, length = self._classes.sequence(view, at)
                if name == "agent":
                    at, prep = at + length, AGENT
                    continue
                if name == "about" and self._counts(at + length):
                    for index in range(at, at + length):
                        # ما لا يقل عن: its verb is none of the sentence's.
                        view.borders[index - view.sentence.first] = ""
                    at += length
                    continue
                if at not in self._placed and (view.border(at) or token.tag in ("VP", "VI", "VC")):
                    at, prep, joins = at + 1, "", False
                    continue
                if token.tag == "P" or token.key in self._prepositions:
                    prep, joins = self._after_particle(token, prep, joins)
                    at += 1
                    continue
                if token.kind not in (WORD, NUMBER):
                    at, prep, joins = at + 1, "", False
                    continue
            if at not in view.covering and self._pronominal(token.key):
                at, prep, joins = at + 1, "", False
                continue
            phrase = self._phrase(at, prep, joins)
            before = self._found[-1] if self._found else None
            if phrase.joins and not phrase.prep and before is not None and before.last == phrase.first:
                # في باريس ولندن: one preposition for both.
                phrase.prep = before.prep
            self._found.append(phrase)
            at, prep, joins = phrase.last, "", False
        _resolve(view, self._found, self._classes)
        return self._found

    def _after_particle(self, token: Token, prep: str, joins: bool) -> tuple[str, bool]:
        key = token.key
        bare = key[1:] if key[0] in "وف" and key not in self._prepositions else key
        if bare in self._prepositions:
            return (f"{prep} {bare}" if prep and prep != AGENT and bare == "قبل" else bare), False
        return prep, joins or key in ("و", "او")

    def _pronominal(self, key: str) -> bool:
        """Whether a word is a preposition with a pronoun (فيها, منهم): it names nobody anew."""
        return stands_in(key, self._pronouns)

    def _counts(self, at: int) -> bool:
        """Whether a number or a word of quantity stands at ``at``."""
        if at >= self._view.sentence.last:
            return False
        token = self._view.token(at)
        return token.kind == NUMBER or self._morphology.word(token).stem in self._classes.quantity

    def _phrase(self, at: int, prep: str, joins: bool) -> Phrase:
        view = self._view
        token = view.token(at)
        word = self._morphology.word(token)
        mention = view.covering.get(at)
        joins = joins or (word.joins and not prep)
        if mention is not None:
            bound = mention.prep if mention.prep in ("ب", "ل", "ك") else ""
            joins = token.start < mention.start and token.text[:1] in ("و", "ف")
            prep = bound or prep
            if mention.joined is not None:
                joins = True
        elif word.prep:
            prep = word.prep
        last, core = self._extent(at, mention, word)
        return Phrase(len(self._found), at, last, at, core, prep, joins, word)

    def _extent(self, at: int, mention: ActorMention | None, word: Word) -> tuple[int, int]:
        """Where the phrase that begins at ``at`` ends, and its core."""
        view = self._view
        stop = view.sentence.last
        core = at
        counted = view.token(at).kind == NUMBER or (mention is None and word.stem in self._classes.quantity)
        if mention is not None:
            here = mention.last
            opened = self._opens(mention)
            definite = not opened
        elif at in self._placed:
            here, opened, definite = self._placed[at], False, True
        else:
            here = at + 1
            opened = counted or self._open(word)
            definite = word.definite or bool(word.enclitic)
        named = mention is None and self._is_name(view.token(at))
        # A name is no first part of an idafa: after دمشق only what is nothing but an adjective goes on.
        proper = mention is not None and mention.kind == "state" and mention.how in ("name", "metonym")
        while here < stop:
            token = view.token(here)
            if here in self._timed:
                break
            if token.kind == PUNCT:
                skipped = self._skip(here, opened)
                if skipped == here:
                    break
                here = skipped
                continue
            if counted and token.key == "من" and here + 1 < stop and view.token(here + 1).kind == WORD:
                here += 1
                opened = True
                continue
            if token.kind == NUMBER:
                if not opened:
                    break
                here += 1
                continue
            inner = view.covering.get(here)
            if inner is not None:
                if not self._takes_mention(inner, here, opened, definite, core == at and counted):
                    break
                if counted:
                    core, counted = here, False
                opened = self._opens(inner)
                definite = not opened or definite
                here = inner.last
                continue
            if here in self._placed:
                if not opened or self._morphology.word(token).prep or self._morphology.word(token).joins:
                    break
                here, opened, definite = self._placed[here], False, True
                continue
            if token.key in self._prepositions and token.key not in self._classes.noun_prepositions:
                break
            if token.kind != WORD or token.tag == "P" or view.border(here) or token.tag in ("VP", "VI", "VC"):
                break
            following = self._morphology.word(token)
            if following.joins or following.prep or self._pronominal(token.key):
                break
            if following.case == "a" and following.number == "s" and not self._counted_noun(at, here):
                # The accusative in alef is no genitive: what follows is an object or an adverb.
                break
            adjective = token.tag in _ADJECTIVES or any(r.tag in _ADJECTIVES for r in token.form.readings)
            if opened and following.case == "n" and following.human:
                # المتظاهرون: a subject, no genitive.
                break
            if opened and not (adjective and token.tag in ("J", "R") and not counted):
                if counted:
                    core = here
                    if following.stem not in self._classes.quantity:
                        counted = False
                opened = counted or self._open(following)
                definite = following.definite or bool(following.enclitic)
                named = self._is_name(token)
            elif adjective and (token.tag in ("J", "R") or not proper) and self._agrees(following, definite, named):
                opened = False
            elif self._is_name(token) and (named or definite) and not following.definite and not following.enclitic:
                named, definite, opened = True, True, False
            else:
                break
            here += 1
        return here, core

    def _agrees(self, adjective: Word, definite: bool, named: bool) -> bool:
        """Whether an adjective goes with a noun by its article; what bears a pronoun is no adjective."""
        if adjective.enclitic:
            return False
        if (adjective.definite == definite or named) and adjective.case != "a":
            return True
        return not definite and not adjective.definite and not adjective.enclitic

    def _counted_noun(self, first: int, at: int) -> bool:
        """Whether an accusative is counted by a number before it (ثلاثون جنديا), or agrees with one that is."""
        return any(self._counts(i) for i in range(max(first, at - 3), at))

    def _is_name(self, token: Token) -> bool:
        """Whether a word can be nothing but a name, or is unknown."""
        if token.tag != "X" or token.key.endswith(("ات", "ون", "ين", "ية")):
            return False
        return all(r.tag in ("X", "VC") for r in token.form.readings)

    def _skip(self, at: int, opened: bool) -> int:
        """Past a quotation mark within a phrase, or a parenthesis after it; ``at`` if neither."""
        view = self._view
        text = view.token(at).text
        if text == "(":
            for index in range(at + 1, min(at + PARENTHESIS, view.sentence.last)):
                if view.token(index).text == ")":
                    return index + 1
            return at
        if text in QUOTES and at + 1 < view.sentence.last:
            inner = view.covering.get(at + 1)
            if (
                opened
                and view.token(at + 1).kind == WORD
                and (inner is not None or view.token(at + 1).tag not in "VPVI")
            ):
                return at + 1
            if at - 2 >= view.sentence.first and view.token(at - 2).text in QUOTES:
                # The mark that closes a quoted name: what follows may be an adjective of it.
                return at + 1 if view.token(at + 1).tag in _ADJECTIVES else at
        return at

    def _takes_mention(self, mention: ActorMention, at: int, opened: bool, definite: bool, counted: bool) -> bool:
        """Whether a mention at ``at`` belongs to the phrase: a genitive, an adjective or a name after a title."""
        token = self._view.token(at)
        if mention.first != at:
            return True
        if token.start < mention.start and token.text[0] in "وفبلك":
            return False
        if mention.rule == "nisba":
            return True
        if mention.rule == "people" and not counted:
            # مستهلكون مغاربة, اللاجئين السوريين: an adjective, where the noun before is as definite.
            before = self._morphology.word(self._view.token(at - 1))
            if before.human or before.number == "p":
                return before.definite == token.key.startswith("ال")
        before = self._morphology.word(self._view.token(at - 1))
        if mention.kind == "state" and token.key.endswith("ا") and before.case == "a":
            # ضابطا سوريا: the adjective, not the state that is written alike.
            return True
        return opened or counted

    def _opens(self, mention: ActorMention) -> bool:
        """Whether a genitive may follow a mention: مقاتلي, قادة."""
        if mention.how not in ("description", "title") or mention.last - mention.first > 1:
            return False
        word = self._morphology.word(self._view.token(mention.last - 1))
        return mention.rule not in ("nisba", "people") and self._open(word)

    def _open(self, word: Word) -> bool:
        """Whether a genitive may follow a noun: it has no article, pronoun, ن of the plural or tanwin."""
        if word.definite or word.enclitic or word.case == "n" or word.human:
            return False
        return not (word.case == "a" and word.stem.endswith(("ا", "ين")))


def _resolve(view: SentenceView, phrases: list[Phrase], classes: WordClasses) -> None:
    """Say who stands for each phrase."""
    for phrase in phrases:
        at_core = view.covering.get(phrase.core)
        if at_core is not None and at_core.rule != "nisba":
            phrase.mentions, phrase.by = _within(view, at_core, phrase), "head"
            continue
        inner = _inner(view, phrase)
        named = [m for m in inner if m.rule != "nisba"]
        if named:
            phrase.mentions, phrase.by = [named[0]], "owner"
        elif inner:
            phrase.mentions, phrase.by = [inner[0]], "owner"
    for phrase in phrases:
        if not phrase.mentions or all(_stateless(m) for m in phrase.mentions):
            owner = _attached(view, phrases, phrase, classes)
            if owner is not None:
                phrase.mentions, phrase.by = list(owner.mentions), "head" if phrase.mentions else "owner"


def _within(view: SentenceView, mention: ActorMention, phrase: Phrase) -> list[ActorMention]:
    """The mention at a phrase's core; a description without a state gives way to the name after it."""
    if all(code.startswith("None/") for code in mention.codes):
        later = [m for m in _inner(view, phrase) if m.first >= mention.last and not _stateless(m)]
        if later:
            return [later[0]]
    return [mention]


def _stateless(mention: ActorMention) -> bool:
    return all(code.startswith("None/") for code in mention.codes)


def _inner(view: SentenceView, phrase: Phrase) -> list[ActorMention]:
    """The mentions that lie in a phrase, in order."""
    found: list[ActorMention] = []
    at = phrase.first
    while at < phrase.last:
        mention = view.covering.get(at)
        if mention is not None:
            found.append(mention)
            at = max(mention.last, at + 1)
        else:
            at += 1
    return found


_OWNING = ("من", "ل", "لدي", "في", "مع")


def _attached(view: SentenceView, phrases: list[Phrase], phrase: Phrase, classes: WordClasses) -> Phrase | None:
    """The phrase right after one that nobody stands for, where it says whose it is: تابعة للجيش, عناصر من الحزب."""
    at = phrase.index + 1
    if at >= len(phrases):
        return None
    following = phrases[at]
    gap = following.first - phrase.last
    if gap > 1 or following.joins or not following.mentions or _stateless(following.mentions[0]):
        return None
    if phrase.mentions and following.prep not in ("من", "في"):
        return None
    if following.prep == "في" and following.mentions[0].kind not in ("organization", "group"):
        return None
    return following if following.prep in _OWNING else None


def group(phrases: list[Phrase], phrase: Phrase) -> list[Phrase]:
    """A phrase with those that go on from it with ``و``."""
    found = [phrase]
    for other in phrases[phrase.index + 1 :]:
        if not other.joins or other.prep not in ("", phrase.prep) or other.first - found[-1].last > 2:
            break
        found.append(other)
    return found


def mentions_of(view: SentenceView, phrases: Iterable[Phrase]) -> list[ActorMention]:
    """The mentions that stand for phrases, each with those joined to it."""
    found: list[ActorMention] = []
    for phrase in phrases:
        for mention in phrase.mentions:
            for each in view.joined(mention):
                if each not in found:
                    found.append(each)
    return found


def ending(view: SentenceView, phrase: Phrase, morphology: Morphology) -> Phrase | None:
    """The last genitive of a phrase, as a phrase of its own: a relative clause may be about it."""
    mention = view.covering.get(phrase.last - 1)
    if mention is not None:
        if mention.first <= phrase.head or mention.rule == "nisba":
            return None
        word = phrase.word._replace(
            stem="", number=mention.number, gender=mention.gender or "", case="", human=False, definite=True
        )
        return Phrase(
            phrase.index, mention.first, mention.last, mention.head, mention.head, "", False, word, [mention], "head"
        )
    for at in range(phrase.last - 1, phrase.head, -1):
        token = view.token(at)
        if token.kind != WORD or at in view.covering:
            return None
        if token.tag in ("N", "M", "X"):
            return Phrase(phrase.index, at, phrase.last, at, at, "", False, morphology.word(token))
    return None
