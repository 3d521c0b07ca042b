"""What speaks for and against a candidate being an event, in words: the traits that are weighed.

A trait is a short phrase such as ``verb of ASSAULT`` or ``both sides named``. `Scorer` gives each
a weight; ``rasd explain`` shows those that weighed most. Traits say what the rules found (the
predicate, its form, what governs it, its sides, status, date and place) and which words stand
beside it. None depends on the article's topic or on who the actors are, only on their kind.
"""

from __future__ import annotations

from dataclasses import dataclass

from rasd.text.document import PUNCT, WORD, ActorMention
from rasd.what.candidates import Candidate
from rasd.what.clauses import DASHES, SentenceView
from rasd.what.lexemes import ACTIVE, NOUN, PASSIVE, VERB
from rasd.what.roles import Roles

_FORMS = {VERB: "verb", NOUN: "noun", ACTIVE: "participle", PASSIVE: "passive participle"}
# What is said of a candidate all of whose sides its own clause names.
NOTHING_FILLED = "0 sides filled in"
# Sectors of those who govern, fight or negotiate.
POWERS = frozenset({"GOV", "MIL", "UAF", "REB", "IGO", "COP", "LEG", "JUD", "PTY", "OPP", "SPY"})
# How far from the candidate words of its surroundings count, in tokens.
NEAR = 8
# Distances and positions are told in steps of so many tokens.
STEP = 3
# Up to which token a word stands early in its sentence.
EARLY = 6


@dataclass(slots=True)
class Found:
    """What the rules found of a candidate: all that its traits are taken from.

    ``refusal`` is why the rules would make no event of it, "" if they would; ``unsaid`` the same
    before sides were filled in from what surrounds it; ``earlier`` counts the sentence's candidates
    before this one.
    """

    view: SentenceView
    candidate: Candidate
    roles: Roles
    filled: int
    refusal: str
    unsaid: str
    status: str
    dated: bool
    placed: bool
    attributed: bool
    earlier: int


def traits_of(found: Found) -> list[str]:
    """The traits of a candidate, each once, in a fixed order."""
    traits = [*_of_the_word(found), *_of_governors(found), *_of_sides(found), *_of_circumstances(found)]
    traits += _of_neighbours(found)
    return list(dict.fromkeys(traits))


def lexical(trait: str) -> bool:
    """Whether a trait names one predicate or one word, so that it says nothing of a new one."""
    return trait.startswith(("predicate ", "word "))


def _of_the_word(found: Found) -> list[str]:
    candidate, hit = found.candidate, found.candidate.hit
    kind, form = candidate.predicate.type, _FORMS[hit.kind]
    traits = [
        f"type {kind}", f"predicate {candidate.predicate.id}", f"predicate {candidate.predicate.id} as {form}",
        f"word {hit.split.stem}", f"{form} of {kind}", f"{form}", f"clitics {hit.split.proclitics or 'none'}",
        f"{form} after {candidate.prep or 'no preposition'}",
    ]  # fmt: skip
    traits.append(f"tense {hit.tense}{hit.voice}" if hit.kind == VERB else f"number {hit.person}")
    if hit.split.definite:
        traits += ["definite", f"definite {kind}"]
    if hit.split.enclitic:
        traits += ["with a pronoun", f"{form} with a pronoun"]
    return traits


def _of_governors(found: Found) -> list[str]:
    candidate = found.candidate
    kind = candidate.predicate.type
    light = candidate.light
    traits = [f"light verb {light.light.id if light is not None and light.light is not None else 'none'}"]
    for governor in candidate.governors:
        if governor.operator is not None:
            traits += [f"under {governor.operator.id}", f"{kind} under {governor.operator.id}"]
    over = candidate.over.predicate.type if candidate.over is not None else "nothing"
    traits += [f"content of {over}", f"{kind}, content of {over}"]
    return traits


def _of_sides(found: Found) -> list[str]:
    roles, kind = found.roles, found.candidate.predicate.type
    named = f"{'actor' if roles.actors else 'no actor'}, {'recipient' if roles.recipients else 'no recipient'}"
    traits = [
        named, f"{kind}: {named}", f"{min(2, len(roles.actors))} actors", f"{min(2, len(roles.recipients))} recipients",
        f"{found.filled} sides filled in", f"in the clause: {found.unsaid or 'all'}",
        f"refusal: {found.refusal or 'none'}", f"{kind}, refusal: {found.refusal or 'none'}",
    ]  # fmt: skip
    if roles.carried:
        traits.append("subject carried on")
    traits += [f"sides: {reason}" for reason in roles.reasons]
    for side, mentions in (("actor", roles.actors), ("recipient", roles.recipients)):
        for mention in mentions[:2]:
            traits += _of_side(side, mention, found)
    return traits


def _of_side(side: str, mention: ActorMention, found: Found) -> list[str]:
    steps = max(-3, min(3, (mention.first - found.candidate.at) // STEP))
    traits = [f"{side} by {mention.how}", f"{side} is a {mention.kind}", f"{side} {steps:+d} steps away"]
    if mention.locative:
        traits.append(f"{side} named as a place")
    for code in mention.codes[:2]:
        sector = code.rpartition("/")[2]
        traits += [f"{side} of sector {sector}", f"{found.candidate.predicate.type} with {side} of sector {sector}"]
    return traits


def _of_circumstances(found: Found) -> list[str]:
    view, candidate = found.view, found.candidate
    kind = candidate.predicate.type
    return [
        f"status {found.status}", f"{kind} {found.status}", "dated" if found.dated else "no date",
        "placed" if found.placed else "no place", "on somebody's word" if found.attributed else "on the paper's word",
        "early in the sentence" if candidate.at - view.sentence.first < EARLY else "later in the sentence",
        f"{min(5, found.earlier)} acts before it", f"{_powers(view)} powers in the sentence",
        f"{kind}, {_powers(view)} powers in the sentence",
    ]  # fmt: skip


def _powers(view: SentenceView) -> int:
    """How many powers, up to three, the sentence names."""
    named = {code for m in view.mentions for code in m.codes if code.rpartition("/")[2] in POWERS}
    return min(3, len(named))


def _of_neighbours(found: Found) -> list[str]:
    view, at = found.view, found.candidate.at
    form = _FORMS[found.candidate.hit.kind]
    first = view.sentence.first
    traits: list[str] = []
    for offset in (-2, -1, 1, 2):
        index = at + offset
        if not first <= index < view.sentence.last:
            traits.append(f"sentence ends at {offset:+d}")
            continue
        token = view.token(index)
        written = token.key if token.kind == WORD else _mark(token.text) if token.kind == PUNCT else token.kind
        tag = token.tag or token.kind
        traits += [f"word {written} at {offset:+d}", f"tag {tag} at {offset:+d}", f"tag {tag} at {offset:+d} of {form}"]
    if at > first:
        traits.append(f"border {view.border(at - 1) or 'none'} before it")
    low, high = max(first, at - NEAR), min(view.sentence.last, at + NEAR + 1)
    for index in range(low, high):
        token = view.token(index)
        if token.kind == WORD and index != at:
            traits.append(f"word {token.key.removeprefix('و').removeprefix('ال')} near")
    return traits


def _mark(text: str) -> str:
    """A punctuation mark; all dashes, and the stretched letter that stands for one, are one."""
    return "-" if text in DASHES else text
