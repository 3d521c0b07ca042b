"""Sides that the clause leaves unsaid, filled from what surrounds it.

News names a side once and then goes on without it: "he arrived for a meeting with the king",
"a raid killed nine". A side that the frame did not find is taken, in this order, from the act
over this one, from the subject of the sentence, from mentions in the clause that no frame
claimed, from the last act of the same kind. What is filled in so lowers the confidence.
"""

from __future__ import annotations

from rasd.text.document import ActorMention
from rasd.text.letters import fold
from rasd.what.candidates import Candidate
from rasd.what.clauses import SentenceView
from rasd.what.draft import EventDraft
from rasd.what.lexemes import NOUN
from rasd.what.roles import RoleFinder, Roles
from rasd.who import may_mean

# How many sentences an act of the same kind may lie back and still lend its sides.
MEMORY = 3
# Acts whose content is done by whom they are addressed to, and those done by whom they are said by.
_BY_ADDRESSEE = {"REQUEST", "ACCUSE"}
_PRONOUNS = {"ه": ("s", "m"), "ها": ("s", "f"), "هم": ("p", "m"), "هن": ("p", "f")}
# What the frame says of a preposition that makes its noun no side.
_OTHER_PARTS = {"instrument", "topic", "mediator", "host"}
_BY_SPEAKER = {"AGREE", "REJECT", "CONCEDE", "THREATEN"}


class Completer:
    """Fills in sides over one document; remembers the acts that it has seen."""

    def __init__(self, finder: RoleFinder) -> None:
        self._finder = finder
        self._why = "what surrounds it"
        self._roles: dict[int, Roles] = {}
        self._last: dict[str, tuple[int, Roles]] = {}

    def complete(self, view: SentenceView, candidate: Candidate, roles: Roles) -> int:
        """Fill ``roles`` in place; returns how many sides were filled in."""
        filled = 0
        if candidate.predicate.sides == "symmetric":
            filled += self._symmetric(view, candidate, roles)
        else:
            if not roles.actors:
                filled += self._put(roles, "actor", self._actor(view, candidate, roles))
            if not roles.recipients:
                filled += self._put(roles, "recipient", self._recipient(view, candidate, roles))
        return filled

    def remember(self, view: SentenceView, candidate: Candidate, roles: Roles) -> None:
        """Note the sides of an act that was kept."""
        self._roles[candidate.at] = roles
        self._last[candidate.predicate.type] = (view.sentence.index, roles)

    def _put(self, roles: Roles, role: str, mentions: list[ActorMention]) -> int:
        roles.put(role, mentions)
        if mentions:
            roles.reasons.append(f"{role} from {self._why}")
        return int(bool(mentions))

    def _actor(self, view: SentenceView, candidate: Candidate, roles: Roles) -> list[ActorMention]:
        taken = _codes(roles.recipients)
        over = candidate.over
        if over is not None and over.at in self._roles:
            upper = self._roles[over.at]
            lent = upper.recipients if over.predicate.type in _BY_ADDRESSEE else []
            lent = upper.actors if over.predicate.type in _BY_SPEAKER else lent
            if lent and not _codes(lent) & taken:
                self._why = "the act over it"
                return lent
        subject = self._finder.subject_in(view, candidate.at)
        if candidate.hit.kind == NOUN and subject is not None and not _codes([subject]) & taken:
            self._why = "the sentence's subject"
            return view.joined(subject)
        last = self._recent(view, candidate)
        if last is not None and last.actors and not _codes(last.actors) & taken:
            self._why = "the act before"
            return last.actors
        return []

    def _meant(self, view: SentenceView, candidate: Candidate, taken: set[str]) -> list[ActorMention]:
        """Whom the pronoun on a verb means (``هاجمتها``): the nearest before it that is not its subject."""
        number, gender = _PRONOUNS.get(candidate.hit.split.enclitic, ("", ""))
        if not number:
            return []
        for mention in reversed([m for m in view.mentions if m.last <= candidate.at]):
            if not mention.locative and not _codes([mention]) & taken and may_mean(mention, number, gender):
                return view.joined(mention)
        return []

    def _recipient(self, view: SentenceView, candidate: Candidate, roles: Roles) -> list[ActorMention]:
        taken = _codes(roles.actors)
        if candidate.is_verb and candidate.hit.split.enclitic:
            meant = self._meant(view, candidate, taken)
            if meant:
                self._why = "whom its pronoun means"
                return meant
        last = self._finder.right_limit(view, candidate.at)
        actors = {m.index for m in roles.actors}
        prepositions = self._finder.frame(candidate.predicate).prepositions
        after = [
            m
            for m in (*view.between(candidate.at + 1, last), *(n for n in view.nested if candidate.at < n.first < last))
            if m.how != "pronoun"
            and m.within not in actors
            and not _codes([m]) & taken
            and not all(c.endswith("/MED") for c in m.codes)
            and (not m.prep or m.locative or prepositions.get(fold(m.prep)) not in _OTHER_PARTS)
        ]
        after.sort(key=lambda m: (m.locative, m.rule == "nisba", m.first))
        self._why = "what is named after it"
        if after:
            return view.joined(after[0]) if after[0].within is None else [after[0]]
        self._why = "the act before"
        recent = self._recent(view, candidate)
        if recent is not None and recent.recipients and (not roles.actors or _codes(recent.actors) & taken):
            return [m for m in recent.recipients if not _codes([m]) & taken]
        return []

    def _symmetric(self, view: SentenceView, candidate: Candidate, roles: Roles) -> int:
        have = _mains(roles.actors)
        if len(have) >= 2 or any(len(m.entities) > 1 for m in roles.actors):
            return 0
        subject = self._finder.subject_in(view, candidate.at)
        options: list[list[ActorMention]] = []
        if subject is not None:
            options.append(view.joined(subject))
        last = self._finder.right_limit(view, candidate.at)
        options += [[m] for m in view.between(candidate.at + 1, last) if not m.locative]
        recent = self._recent(view, candidate)
        if recent is not None:
            options.append(recent.actors)
        options += [[m] for m in view.between(candidate.at + 1, last) if m.locative]
        filled = 0
        for option in options:
            new = [m for m in option if _mains([m]) and not _mains([m]) & have and m.kind not in ("outlet",)]
            if new:
                roles.put("actor", new)
                have |= _mains(new)
                filled += 1
            if len(have) >= 2:
                break
        return filled

    def _recent(self, view: SentenceView, candidate: Candidate) -> Roles | None:
        found = self._last.get(candidate.predicate.type)
        if found is None or view.sentence.index - found[0] > MEMORY:
            return None
        return found[1]


def _codes(mentions: list[ActorMention]) -> set[str]:
    return {code for m in mentions for code in m.codes}


def _mains(mentions: list[ActorMention]) -> set[str]:
    return {code.split("/")[0] for m in mentions for code in m.codes} - {"None"}


# Acts that somebody suffers even where the text names nobody, and those that a crowd does.
_SUFFERED = {"ASSAULT", "COERCE"}
_OF_CROWDS = {"PROTEST"}


def imply(event: EventDraft, main_state: str | None) -> None:
    """Give an act the side that it cannot lack: the people of its place, else of the article's state.

    A raid that kills "nine" hurts civilians of where it happened; a march is of the people of
    where it is held, before its government. Such a side has a code and no mention.
    """
    country = event.place.country if event.place is not None and event.place.country else main_state
    if country is None:
        return
    event.actor_codes = [_placed(code, country) for code in event.actor_codes]
    event.recipient_codes = [_placed(code, country) for code in event.recipient_codes]
    if event.type in _SUFFERED and not event.recipient_codes:
        event.recipient_codes.append(f"{country}/CVL")
    if event.type in _OF_CROWDS and not event.actor_codes:
        event.actor_codes.append(f"{country}/CVL")
    if event.type in _OF_CROWDS and not event.recipient_codes:
        # A march that names no target is held before the government of those who march.
        marching = next((c.split("/")[0] for c in event.actor_codes if not c.startswith("None")), country)
        event.recipient_codes.append(f"{marching}/GOV")


# Who belongs to the country where they act: crowds, police, courts; not gunmen, not bodies.
_LOCAL = frozenset({"CVL", "COP", "OPP", "JUD", "LEG", "EDU", "MIL"})


def _placed(code: str, country: str) -> str:
    """A local actor of no known state is of the country of the act: ``None/COP`` in Cairo is ``EGY/COP``."""
    main, _, sector = code.partition("/")
    return f"{country}/{sector}" if main == "None" and sector in _LOCAL else code
