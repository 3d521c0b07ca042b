"""A sentence as the event reader sees it: its mentions by position, and where clauses end.

There is no parser behind Rasd. What stands in for one is a few facts that Arabic news prose
keeps reliably: a verb comes before or right after its subject, a genitive right after its
noun, a prepositional phrase names its preposition, and clauses open with a small set of
words (`Borders`). Roles are looked for between such borders.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rasd.text.document import (
    BREAK,
    PUNCT,
    ActorMention,
    Document,
    PlaceMention,
    Sentence,
    TimeMention,
    Token,
)
from rasd.text.letters import fold
from rasd.text.particles import Particles

HARD_MARKS = frozenset('.؛;:!?؟…«»"“”')
DASHES = frozenset("-–—ـ")
# A dateline is over within so many tokens of its sentence's beginning.
DATELINE = 7
QUOTES = frozenset('«»"“”')
COMMAS = frozenset("،,-–—()[]")


class Borders:
    """What kind of border a token is: "" none, "mark", "comma", "that", "which", "clause", "verb"."""

    def __init__(self, particles: Particles) -> None:
        that_not = particles.members("that-not")
        self._that = particles.members("complementizer") | that_not
        # ما and من are relatives too rarely to end a clause.
        self._which = particles.members("relative") - {"من", "ما"}
        self._clause = particles.members("clause-opener") - self._that
        self.being = particles.members("being")
        self.pronouns = particles.members("pronoun")
        self.negations = particles.members("negation", "negation-past", "negation-future") - {"ما", "غير"} | that_not
        # Said of what is not yet so (لن), and of what was not (لم).
        self.not_yet, self.was_not = particles.members("negation-future"), particles.members("negation-past")
        self.exceptions = particles.members("exception")
        self.prepositions = particles.members("preposition")
        self.after = particles.members("after")
        self.demonstratives = particles.members("demonstrative")
        self.before = particles.members("before")
        self.since, self.until = particles.members("since"), particles.members("until")
        self.purpose = particles.members("purpose") | {"ل"}
        self.causes = particles.members("cause")
        self.questions = particles.members("question") - {"كم", "اي", "اية"}

    def of(self, token: Token) -> str:
        if token.kind == PUNCT:
            if token.text in HARD_MARKS or token.text.startswith(".."):
                return "mark"
            return "comma" if token.text in COMMAS else ""
        if token.kind == BREAK:
            return "mark"
        key = token.key
        if token.tag == "P":
            bare = key[1:] if key[0] in "وف" and key not in self._clause else key
            if key in self._that or bare in self._that:
                return "that"
            if key in self._which or bare in self._which:
                return "which"
            if key in self._clause or bare in self._clause:
                return "clause"
            return ""
        if token.tag in ("VP", "VI") and key not in self.being:
            return "verb"
        return ""


@dataclass(slots=True)
class SentenceView:
    """One sentence with what earlier steps found in it, indexed by token."""

    sentence: Sentence
    tokens: list[Token]
    borders: list[str]
    mentions: list[ActorMention]
    nested: list[ActorMention]
    times: list[TimeMention]
    places: list[PlaceMention]
    # The outlet or agency of a dateline (ليندور - رويترز:), which is no side of what is told.
    dateline: ActorMention | None = None
    covering: dict[int, ActorMention] = field(default_factory=dict[int, ActorMention])

    def border(self, at: int) -> str:
        """The border kind of the document's token ``at``."""
        return self.borders[at - self.sentence.first]

    def token(self, at: int) -> Token:
        return self.tokens[at - self.sentence.first]

    def between(self, first: int, last: int) -> Iterator[ActorMention]:
        """Outer mentions that lie within tokens ``[first, last)``."""
        return (m for m in self.mentions if m.first >= first and m.last <= last)

    def joined(self, mention: ActorMention) -> list[ActorMention]:
        """A mention with those that continue it ("Turkey and Russia and Iran")."""
        chain, last = [mention], mention.index
        for other in self.mentions:
            if other.joined is not None and other.joined == last:
                chain.append(other)
                last = other.index
        return chain


def views(document: Document, borders: Borders) -> list[SentenceView]:
    """A view of each sentence of the document, in order."""
    found: list[SentenceView] = []
    for sentence in document.sentences:
        tokens = document.tokens[sentence.first : sentence.last]
        found.append(SentenceView(sentence, tokens, [], [], [], [], []))
    for mention in document.actors:
        view = found[mention.sentence]
        (view.nested if mention.within is not None else view.mentions).append(mention)
        if mention.within is None:
            for at in range(mention.first, mention.last):
                view.covering[at] = mention
    for time in document.times:
        found[time.sentence].times.append(time)
    for place in document.places:
        found[place.sentence].places.append(place)
    for view in found:
        # A verb's reading inside a name or a time (يوم, عام) is none.
        named = [*view.times, *view.places]
        inside = {at for span in named for at in range(span.first, span.last)} | view.covering.keys()
        opening = view.sentence.first + _dateline(view)
        view.dateline = _take_agency(view)
        view.borders = [
            ""
            if (kind := borders.of(token)) == "verb" and token.index in inside
            # The dash after a dateline (واشنطن - ...) ends it as a full stop does.
            else "mark"
            if kind == "comma" and token.index < opening and token.text in DASHES
            else kind
            for token in view.tokens
        ]
    return found


def _take_agency(view: SentenceView) -> ActorMention | None:
    """Take the outlet that a dateline ends with out of the sentence's mentions.

    Some papers write headline, star and dateline in one line.
    """
    first = next((t.index + 1 for t in view.tokens if t.text == "*"), view.sentence.first)
    for index in range(first, min(first + DATELINE + 2, view.sentence.last)):
        token = view.token(index)
        if token.tag in ("VP", "VI") and index not in view.covering:
            return None
        if token.text == ":" and index > view.sentence.first:
            mention = view.covering.get(index - 1)
            if mention is None or mention.kind != "outlet" or mention.prep:
                return None
            view.mentions.remove(mention)
            return mention
    return None


def _dateline(view: SentenceView) -> int:
    """How many tokens a dateline can reach: those before the first verb."""
    verb = next((n for n, token in enumerate(view.tokens) if token.tag in ("VP", "VI")), len(view.tokens))
    return min(verb, DATELINE)


PREPOSITION_OF_CLITIC = {"ب": "ب", "ل": "ل", "ك": "ك"}


def preposition(view: SentenceView, at: int, proclitics: str) -> str:
    """The preposition that governs the token ``at``: its own clitic, or the word before it."""
    bound = proclitics.lstrip("وف")
    if bound:
        return PREPOSITION_OF_CLITIC.get(bound[0], "")
    if at > view.sentence.first:
        before = view.token(at - 1)
        if before.tag == "P" and not view.border(at - 1):
            return before.key
    return ""


FOLDED_ILA, FOLDED_ALA = fold("إلى"), fold("على")
