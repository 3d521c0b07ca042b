"""Who was hurt, and by whom, as words of killing and wounding say.

An attack is seldom told with its victims as its object: "a raid in which four soldiers died",
"a car blew up, killing nine". Whom the words of harm in the sentence name is whom the attack struck.
"""

from __future__ import annotations

from typing import NamedTuple

from rasd.text.document import NUMBER, WORD, ActorMention
from rasd.text.letters import fold
from rasd.text.numbers import number_word
from rasd.what.candidates import fits_tag
from rasd.what.clauses import QUOTES, SentenceView
from rasd.what.lexemes import CASUALTY, VERB, Hit, Lexemes

# How far from a word of harm those who suffer it may stand, in tokens.
_AFTER = 12
_BEFORE = 15
# How far from its attack a word of harm may stand, with what the borders between them cost.
_REACH = 40
_MARK_COST = 12
_FROM, _THAN = fold("من"), fold("عن")


class Harm(NamedTuple):
    """A word of harm at token ``at``, who did it and who suffered it, as far as said.

    ``claimed`` says that the doers say so themselves.
    """

    at: int
    doers: list[ActorMention]
    victims: list[ActorMention]
    claimed: bool = False


class HarmFinder:
    """Reads the harm that sentences tell of."""

    def __init__(self, lexemes: Lexemes) -> None:
        self._lexemes = lexemes

    def find(self, view: SentenceView) -> list[Harm]:
        """The harm told in a sentence, in order; words of harm that name nobody are left out."""
        found: list[Harm] = []
        for token in view.tokens:
            if token.kind != WORD or token.index in view.covering:
                continue
            for hit in self._lexemes.hits(token.form):
                if hit.group == CASUALTY and fits_tag(hit, token):
                    harm = self._read(view, token.index, hit)
                    if harm is not None:
                        found.append(harm)
                    break
        return found

    def _read(self, view: SentenceView, at: int, hit: Hit) -> Harm | None:
        if self._lexemes.casualties[hit.entry].sufferer == "none":
            return self._claim(view, at, hit)
        return self._verb(view, at, hit) if hit.kind == VERB else self._noun(view, at)

    def _claim(self, view: SentenceView, at: int, hit: Hit) -> Harm | None:
        """Who says that an attack is theirs: ``تبنته حركة``, ``أعلنت حركة مسؤوليتها عن``."""
        if hit.kind == VERB:
            after = [m for m in self._after(view, at) if not m.human]
            claimant = after[0] if after else self._before(view, at)
        else:
            claimant = self._before(view, at) if hit.split.enclitic else None
        if claimant is None or claimant.human or claimant.kind not in ("group", "organization"):
            return None
        return Harm(at, view.joined(claimant), [], claimed=True)

    def _noun(self, view: SentenceView, at: int) -> Harm | None:
        after = self._after(view, at)
        return Harm(at, [], view.joined(after[0])) if after else None

    def _verb(self, view: SentenceView, at: int, hit: Hit) -> Harm | None:
        if hit.split.enclitic:
            return None
        before = self._before(view, at)
        after = self._after(view, at)
        if before is not None and hit.person in ("3mp", "3md", "3fd") and self._crossed(view, at, after):
            # قتلوا في غارة شنها الجيش: what stands behind a preposition is no object.
            after = []
        if self._lexemes.casualties[hit.entry].sufferer == "subject":
            sufferer = after[0] if after else before
            return Harm(at, [], view.joined(sufferer)) if sufferer is not None else None
        group = view.joined(after[0]) if after else []
        second = next((m for m in after[1:] if m not in group), None)
        if second is not None and hit.voice != "p" and not counted(view, after[0]):
            return Harm(at, group, view.joined(second))
        if after:
            if before is not None and hit.voice != "p":
                return Harm(at, view.joined(before), group)
            if not after[0].human and not counted(view, after[0]):
                # قتل الجيش ...: a force that stands alone beside its verb has done it.
                return Harm(at, group, []) if hit.voice != "p" else Harm(at, [], group)
            return Harm(at, [], group)
        if before is not None and before.human and self._ends(view, at + 1):
            return Harm(at, [], view.joined(before))
        return None

    def _crossed(self, view: SentenceView, at: int, after: list[ActorMention]) -> bool:
        return bool(after) and any(
            view.token(i).tag == "P" and not self._is_part(view, i - 1) for i in range(at + 1, after[0].first)
        )

    def _ends(self, view: SentenceView, at: int) -> bool:
        """Whether nothing that could be an object stands at a token."""
        if at >= view.sentence.last:
            return True
        token = view.token(at)
        return bool(view.border(at)) or token.tag == "P" or token.key[0] in "وبف" or any(
            t.first <= at < t.last for t in view.times
        )  # fmt: skip

    def _after(self, view: SentenceView, at: int) -> list[ActorMention]:
        """The noun phrases that follow, also as part of a number: ``ثلاثة من عناصر ...``."""
        last = min(view.sentence.last, at + 1 + _AFTER)
        for index in range(at + 1, last):
            kind = view.border(index)
            if kind and kind != "comma" and view.token(index).text not in QUOTES:
                last = index
                break
        found: list[ActorMention] = []
        for mention in view.between(at + 1, last):
            if mention.locative or mention.how == "pronoun" or mention.rule == "nisba":
                continue
            if mention.prep and not (fold(mention.prep) == _FROM and self._is_part(view, mention.first - 2)):
                continue
            found.append(mention)
        return found

    def _before(self, view: SentenceView, at: int) -> ActorMention | None:
        """The subject that stands before a verb: the first noun phrase of its clause."""
        first = max(view.sentence.first, at - _BEFORE)
        for index in range(at - 1, first - 1, -1):
            kind = view.border(index)
            if kind in ("mark", "that", "clause", "verb") and view.token(index).text not in QUOTES:
                first = index + 1
                break
        for mention in view.between(first, at):
            if mention.locative or mention.how == "pronoun" or mention.rule == "nisba":
                continue
            if not mention.prep or (fold(mention.prep) == _FROM and self._is_part(view, mention.first - 2)):
                return mention
        return None

    def _is_part(self, view: SentenceView, at: int) -> bool:
        """Whether a word says how many of those after ``من``."""
        if at < view.sentence.first:
            return False
        token = view.token(at)
        return token.kind == NUMBER or token.key in self._lexemes.parts or number_word(token.key) is not None


def counted(view: SentenceView, mention: ActorMention) -> bool:
    """Whether a number stands right before a noun phrase."""
    at = mention.first - 1
    return at >= view.sentence.first and (view.token(at).kind == NUMBER or number_word(view.token(at).key) is not None)


def nearest(view: SentenceView, harms: list[Harm], at: int, side: str) -> Harm | None:
    """The harm that belongs to the act at a token, of those that name the ``side`` (doers or victims)."""
    best: tuple[int, Harm] | None = None
    for harm in harms:
        if not (harm.doers if side == "doers" else harm.victims):
            continue
        low, high = sorted((harm.at, at))
        cost = high - low
        cost += sum(
            _MARK_COST for i in range(low + 1, high) if view.border(i) == "mark" and view.token(i).text not in QUOTES
        )
        if cost <= _REACH and (best is None or cost < best[0]):
            best = cost, harm
    return best[1] if best else None
