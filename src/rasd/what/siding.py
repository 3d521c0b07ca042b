"""Which of the powers that a sentence names stand on which side of an act, weighed.

Frames and grammar say who acts and who is acted upon; where a verb goes on from another, a name
stands before a verb that agrees with two, or a side is left unsaid, they must choose, and choose
by rules that know one thing at a time. Here every power named in the sentence is weighed for
either side by all that speaks for it at once: what the rules made of it, where it stands, what
lies between, its preposition, what it is. The weights of a side are those of a conditional logit
model (McFadden 1974): the options of one act compete with one another and with nobody. They lie
in ``data/sides/weights.tsv``; ``scripts/fit_sides.py`` works them out anew from annotated texts.

The rules' choice gives way only to one that is clearly likelier, and never to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from rasd.lexicon import Compiled, KnowledgeError, KnowledgeFiles, Section
from rasd.text.document import ActorMention
from rasd.text.letters import fold
from rasd.what.attachment import AFTER, BEFORE, Ways
from rasd.what.candidates import Candidate
from rasd.what.clauses import SentenceView
from rasd.what.lexemes import ACTIVE, NOUN, PASSIVE
from rasd.what.roles import RoleFinder, Roles
from rasd.what.schema import Predicate
from rasd.what.syntax import Parse

ACTOR, RECIPIENT = "actor", "recipient"
# By how much, in log odds, another choice must be likelier than the rules' own. Swept over 0, 0.25, 0.5 and 1:
# at 0.25 nearly all is gained that there is, and fewer right sides are lost than at 0.
MARGIN = 0.25
# Longer prepositions are rare, each alone.
_LONGEST = 5
# Traits of the way between an act and a phrase that say nothing of sides.
_OF_TIMES = ("imperfect", "own-relative")
_SIDES = ("before", "after", "before.touching", "after.touching")

Traits = dict[str, float]


@dataclass(slots=True, frozen=True)
class Option:
    """A power that could be a side: its mention, and what speaks for it or against it."""

    mention: ActorMention
    traits: Traits
    # As which side the rules have it, "" for neither.
    chosen: str
    # The noun phrase that it is named in, -1 where that is the act's own.
    phrase: int
    # Whether it may be chosen anew: who condemns an act has not done it, and says himself where it was done to him.
    free: bool = True


@dataclass(slots=True, frozen=True)
class Options:
    """All options of one act, and of each side what speaks for its being nobody."""

    each: list[Option]
    nobody: dict[str, Traits]
    # Whether a place that the act goes to stands for its recipient (مساعدات إلى حلب).
    placed: bool = False


class Siding:
    """Weighs sides. Without weights it leaves what the rules chose."""

    def __init__(self, lexicon: Compiled) -> None:
        self._weights = msgspec.msgpack.decode(lexicon["sides"], type=dict[str, dict[str, float]])

    def forget(self) -> None:
        """Drop the weights: leave from now on what the rules choose."""
        self._weights = {}

    @property
    def learning(self) -> bool:
        """Whether there are no weights, as when they are to be learned: every act's options are then of use."""
        return not self._weights

    def settle(self, options: Options, view: SentenceView, roles: Roles) -> None:
        """Choose anew, in place, where another pair of sides is clearly likelier than the one in ``roles``."""
        each = options.each
        if not self._weights:
            return
        pair = chosen(options, self._weights)
        if pair.actor is not None:
            roles.actors = _standing(view, each[pair.actor].mention)
            _say(roles, ACTOR, pair.gain)
        if pair.recipient is not None:
            roles.recipients = _standing(view, each[pair.recipient].mention)
            _say(roles, RECIPIENT, pair.gain)
        roles.recipients = [m for m in roles.recipients if m not in roles.actors]


class Pair(NamedTuple):
    """The options that take the place of the rules' sides, None where those stay, and by how much the log odds rise."""

    actor: int | None
    recipient: int | None
    gain: float


def chosen(options: Options, weights: dict[str, dict[str, float]], margin: float = MARGIN) -> Pair:
    """The likeliest pair of sides: one option is not both, but nobody may be either."""
    each = options.each
    nobody = len(each)
    acting, acted_on = _scores(ACTOR, options, weights), _scores(RECIPIENT, options, weights)
    actor, recipient = max(
        (
            (a, r)
            for a in range(nobody + 1)
            for r in range(nobody + 1)
            if (a == nobody or each[a].chosen or not each[a].mention.locative)
            and (a == nobody or each[a].free or each[a].chosen == ACTOR)
            and (r == nobody or (each[r].free and not options.placed) or each[r].chosen == RECIPIENT)
            and (a == nobody or r == nobody or _apart(each[a], each[r]))
            and not (r == nobody and a != nobody and each[a].chosen == RECIPIENT)
            and not (a == nobody and r != nobody and each[r].chosen == ACTOR)
        ),
        key=lambda pair: acting[pair[0]] + acted_on[pair[1]],
    )
    own = acting[_own(each, acting, ACTOR)] + acted_on[_own(each, acted_on, RECIPIENT)]
    gain = acting[actor] + acted_on[recipient] - own
    if gain <= margin:
        return Pair(None, None, 0.0)
    return Pair(
        actor if actor != nobody and each[actor].chosen != ACTOR else None,
        recipient if recipient != nobody and each[recipient].chosen != RECIPIENT else None,
        gain,
    )


def _apart(one: Option, other: Option) -> bool:
    """Whether two options can stand on two sides: they are not one, nor parts of one phrase (جنود بلغاريون)."""
    if one.mention.index == other.mention.index or one.phrase == other.phrase >= 0:
        return False
    return one.mention.last <= other.mention.first or other.mention.last <= one.mention.first


def _scores(side: str, options: Options, weights: dict[str, dict[str, float]]) -> list[float]:
    """How likely each option is that side, in log odds that only compare; the last is nobody's."""
    weight_of = weights[side].get
    return [
        sum(weight_of(trait, 0.0) * value for trait, value in traits.items())
        for traits in (*(o.traits for o in options.each), options.nobody[side])
    ]


def _say(roles: Roles, side: str, gain: float) -> None:
    roles.unknown.discard(side)
    roles.guessed.discard(side)
    roles.reasons.append(f"{side} weighed against the others (+{gain:.1f})")


def _own(each: list[Option], scores: list[float], side: str) -> int:
    """The likeliest of those whom the rules chose, nobody if they chose none."""
    return max((at for at, o in enumerate(each) if o.chosen == side), key=lambda at: scores[at], default=len(each))


def _standing(view: SentenceView, mention: ActorMention) -> list[ActorMention]:
    return view.joined(mention) if mention.within is None else [mention]


@dataclass(slots=True, frozen=True)
class Act:
    """An act whose sides are to be weighed: what the rules made of it.

    ``found`` are the sides by frame and grammar, ``roles`` those after completion from what surrounds the
    act; ``speaker`` vouches for it, ``accusers`` condemn it.
    """

    view: SentenceView
    candidate: Candidate
    found: Roles
    roles: Roles
    speaker: ActorMention | None
    accusers: Sequence[ActorMention] = ()


def weighable(predicate: Predicate) -> bool:
    """Whether the sides of an entry are weighed: not where all act alike, nor where its subject is acted upon."""
    return predicate.sides != "symmetric" and predicate.frame.get("subject", ACTOR) == ACTOR


def open_choice(view: SentenceView, roles: Roles) -> bool:
    """Whether a sentence names a power that the rules gave no side: else there is nothing to weigh."""
    taken = {m.index for m in (*roles.actors, *roles.recipients)}
    return any(m.index not in taken and _mains(m) for m in (*view.mentions, *view.nested))


def options_of(act: Act, finder: RoleFinder, ways: Ways) -> Options:
    """The options of an act: the powers that its sentence names, and those that the rules chose from elsewhere."""
    view, candidate, roles = act.view, act.candidate, act.roles
    kind = _kind(candidate)
    type_ = candidate.predicate.type
    named = [m for m in (*view.mentions, *view.nested) if _mains(m)]
    inside = {m.index for m in named}
    accusers = {code for m in act.accusers for code in m.codes}
    elsewhere = [m for m in (*roles.actors, *roles.recipients) if m.index not in inside and _mains(m)]
    standing = _Standing(act, finder, ways, kind)
    each = [
        Option(m, standing.traits(m), _chosen(roles, m), standing.phrase(m), accusers.isdisjoint(m.codes))
        for m in (*named, *{m.index: m for m in elsewhere}.values())
    ]
    nobody = {
        side: {
            "nobody": 1.0,
            f"nobody.{kind}": 1.0,
            f"nobody.{type_}": 1.0,
            f"nobody.unknown.{side in roles.unknown}": 1.0,
            f"nobody.filled.{bool(filled)}": 1.0,
            f"nobody.found.{bool(found)}.{kind}": 1.0,
        }
        for side, filled, found in (
            (ACTOR, roles.actors, act.found.actors),
            (RECIPIENT, roles.recipients, act.found.recipients),
        )
    }
    placed = (
        RECIPIENT in roles.unknown
        and not roles.recipients
        and any(place.first > candidate.at and standing.takes_recipient(place.prep) for place in view.places)
    )
    return Options(each, nobody, placed)


class _Standing:
    """How the powers of one sentence stand to one act."""

    def __init__(self, act: Act, finder: RoleFinder, ways: Ways, kind: str) -> None:
        view, candidate = act.view, act.candidate
        self._act, self._ways, self._kind = act, ways, kind
        self._type = candidate.predicate.type
        parse = finder.parse(view)
        verb = parse.verb_at.get(candidate.at)
        self._how = verb.how if verb is not None and kind == "verb" else ""
        self._prepositions = finder.frame(candidate.predicate).prepositions
        over = parse.verb_over(candidate.at)
        self._over = over.subjects if over is not None else []
        self._subject = finder.subject_in(view, candidate.at)
        self._subjects, self._objects = _sides_of_verbs(parse)
        self._governing = {
            m.index: governor.operator
            for governor in candidate.governors
            if governor.at in parse.verb_at
            for m in parse.verb_at[governor.at].subjects
        }
        self._phrases, self._own = parse.phrase_at, parse.phrase_at.get(candidate.at)
        self._speaker = _mains(act.speaker) if act.speaker is not None else set[str]()
        self._chosen_mains = _mains_of(act.roles.actors), _mains_of(act.roles.recipients)
        self._found_mains = _mains_of(act.found.actors), _mains_of(act.found.recipients)
        order = sorted((m for m in view.mentions if _mains(m)), key=lambda m: m.first)
        self._first = order[0] if order else None
        self._next = next((m for m in order if m.first > candidate.at), None)
        self._last = next((m for m in reversed(order) if m.last <= candidate.at), None)
        self._why = _reasons(act.roles.reasons[len(act.found.reasons) :])

    def phrase(self, mention: ActorMention) -> int:
        """The number of the noun phrase that a mention lies in, -1 for none or the act's own."""
        phrase = self._phrases.get(mention.first) if mention.sentence == self._act.view.sentence.index else None
        return phrase.index if phrase is not None and phrase is not self._own else -1

    def takes_recipient(self, preposition: str) -> bool:
        """Whether whom the act is done to stands after this preposition."""
        return self._prepositions.get(fold(preposition)) == RECIPIENT

    def traits(self, mention: ActorMention) -> Traits:
        """What speaks for a mention being a side, or against it."""
        state = self._state(mention)
        kind, type_ = self._kind, self._type
        found: Traits = {f"rules.{state}": 1.0, f"rules.{state}.{kind}": 1.0, f"rules.{state}.{type_}": 1.0}
        if state.startswith("found") and kind in ("masdar", "light"):
            found[f"rules.{state}.of-{self._act.candidate.predicate.of}"] = 1.0
        if state == "found-actor" and self._how:
            found[f"subject.{self._how}"] = 1.0
        if state in ("filled-actor", "filled-recipient"):
            found[f"rules.{state}.{self._why.get(state, '')}"] = 1.0
        if mention.prep and state.startswith("found"):
            found[f"rules.{state}.prep"] = 1.0
        if mention.sentence != self._act.view.sentence.index:
            return found
        mains = _mains(mention)
        if not state or state == "neither":
            self._beside(mention, mains, found)
        for name, has in zip(("actor-found", "recipient-found"), self._found_mains, strict=True):
            if mains & has and state != ("found-actor" if name == "actor-found" else "found-recipient"):
                found[f"as.{name}"] = 1.0
        self._place(mention, state, found)
        self._nature(mention, mains, found)
        return found

    def _state(self, mention: ActorMention) -> str:
        """What the rules made of a mention, and whether grammar found it or it was filled in."""
        found, roles = self._act.found, self._act.roles
        if mention in found.actors:
            return "found-actor"
        if mention in found.recipients:
            return "found-recipient"
        if mention in roles.actors:
            return "filled-actor"
        return "filled-recipient" if mention in roles.recipients else "neither"

    def _beside(self, mention: ActorMention, mains: set[str], found: Traits) -> None:
        """Whether one of the same power was chosen by another of its mentions."""
        actors, recipients = self._chosen_mains
        if mains & actors:
            found["as.actor"] = 1.0
        if mains & recipients:
            found["as.recipient"] = 1.0

    def _place(self, mention: ActorMention, state: str, found: Traits) -> None:
        """Where the mention stands to the act, what lies between, what governs it."""
        kind, candidate = self._kind, self._act.candidate
        side, way = self._ways.traits(candidate, mention.first, mention.last)
        for name, value in way:
            if not name.startswith(_OF_TIMES):
                found[name] = value
            if state == "neither" and name in _SIDES:
                found[f"neither.{name}"] = 1.0
                found[f"neither.{name}.{kind}"] = 1.0
        for name, is_it in (
            ("next", mention is self._next),
            ("last", mention is self._last),
            ("first", mention is self._first),
            ("subject", mention is self._subject),
        ):
            if is_it:
                found[name] = 1.0
                found[f"{name}.{kind}"] = 1.0
        prep = fold(mention.prep) if mention.prep else ""
        if prep:
            found[f"prep.{prep if len(prep) <= _LONGEST else 'long'}"] = 1.0
            found[f"frame.{self._prepositions.get(prep, '')}.{side}"] = 1.0
        else:
            found[f"bare.{side}"] = 1.0
            found[f"bare.{side}.{kind}"] = 1.0
        if mention.locative:
            found["locative"] = 1.0
            found[f"locative.{side}"] = 1.0
        if mention.within is not None:
            found["nested"] = 1.0
        if mention in self._over:
            found["subject-over"] = 1.0
        operator = self._governing.get(mention.index)
        if operator is not None:
            found[f"governs.{operator.subject}"] = 1.0
            found[f"governs.{operator.status}"] = 1.0
        if mention.index in self._subjects:
            found["some-subject"] = 1.0
        if mention.index in self._objects:
            found["some-object"] = 1.0

    def _nature(self, mention: ActorMention, mains: set[str], found: Traits) -> None:
        """What kind of power it is, and how it is named."""
        found[f"how.{mention.how}"] = 1.0
        found[f"kind.{mention.kind}"] = 1.0
        if mention.rule in ("nisba", "people"):
            found[mention.rule] = 1.0
            found[f"{mention.rule}.{AFTER if mention.first > self._act.candidate.at else BEFORE}"] = 1.0
        sector = min(code.rpartition("/")[2] for code in mention.codes)
        found[f"sector.{sector}"] = 1.0
        found[f"sector.{sector}.{self._type}"] = 1.0
        if mains & self._speaker:
            found["speaker"] = 1.0
            found[f"speaker.{self._type}"] = 1.0


def _kind(candidate: Candidate) -> str:
    kind = candidate.hit.kind
    if kind == NOUN:
        return "masdar" if candidate.light is None else "light"
    return {ACTIVE: "active", PASSIVE: "passive"}.get(kind, "verb")


def _chosen(roles: Roles, mention: ActorMention) -> str:
    if mention in roles.actors:
        return ACTOR
    return RECIPIENT if mention in roles.recipients else ""


def _sides_of_verbs(parse: Parse) -> tuple[set[int], set[int]]:
    """The mentions that are subject, and those that are object, of some verb of the sentence."""
    subjects = {m.index for verb in parse.verbs for m in verb.subjects}
    objects = {m.index for verb in parse.verbs for phrase in verb.bare for m in phrase.mentions}
    return subjects, objects


def _reasons(reasons: Sequence[str]) -> dict[str, str]:
    """Where each side that was filled in came from."""
    return {
        f"filled-{side}": why.replace(" ", "-")
        for side in (ACTOR, RECIPIENT)
        for reason in reasons
        for head, _, why in (reason.partition(" from "),)
        if head == side
    }


def _mains(mention: ActorMention) -> set[str]:
    return {code.partition("/")[0] for code in mention.codes} - {"None"}


def _mains_of(mentions: Iterable[ActorMention]) -> set[str]:
    return {main for mention in mentions for main in _mains(mention)}


def _build(files: KnowledgeFiles) -> bytes:
    weights: dict[str, dict[str, float]] = {}
    for place, cells in files.rows("sides/*.tsv"):
        try:
            side, trait, weight = cells
            if side not in (ACTOR, RECIPIENT):
                raise ValueError(side)
            weights.setdefault(side, {})[trait] = float(weight)
        except ValueError:
            raise KnowledgeError(f"{place}: not a side, a trait and a weight: {cells}") from None
    if weights and len(weights) != 2:
        raise KnowledgeError("sides/: weights of one side only")
    return msgspec.msgpack.encode(weights)


SECTION = Section("sides", 1, _build)
