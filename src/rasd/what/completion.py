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
from rasd.what.harm import Harm, counted, nearest
from rasd.what.lexemes import ACTIVE, NOUN, VERB
from rasd.what.roles import RoleFinder, Roles
from rasd.who import is_state, may_mean

# How many sentences an act of the same kind may lie back and still lend its sides.
MEMORY = 3
# The same where a definite noun says that the act was told before (المحادثات, الهجوم).
MEMORY_OF_TOLD = 12
# Acts whose content is done by whom they are addressed to, and those done by whom they are said by.
_BY_ADDRESSEE = {"REQUEST", "ACCUSE"}
# Acts that are done by speaking.
_SPOKEN = {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"}
# Who uses force, and who stands against a crowd rather than in it.
_ARMED = {"MIL", "COP", "SPY", "UAF", "REB", "GOV", "IGO", "PTY"}
_AGAINST = {fold("ضد")}
# What a crowd says of whom it marches against, and how far from the march and from whom it is said.
_GRIEVANCES = {"REQUEST", "ACCUSE", "REJECT"}
_GRIEVANCE_REACH, _GRIEVANCE_NEAR = 25, 8
_BEFORE = {fold("أمام"), fold("قبالة"), fold("قرب")}
# How armed groups strike, and hardly anybody else.
_OF_ARMED = {"suicide-attack", "explosives", "abduct"}
_KEEPING_ORDER = {"MIL", "COP", "SPY", "JUD"}
_PRONOUNS = {"ه": ("s", "m"), "ها": ("s", "f"), "هم": ("p", "m"), "هن": ("p", "f")}
# What the frame says of a preposition that makes its noun no side.
_OTHER_PARTS = {"instrument", "topic", "mediator", "host"}
# Where a side is taken from that may well be another's: a reader who knows better may say so.
SUBJECT, ACT_BEFORE, NAMED_AFTER = "the sentence's subject", "the act before", "what is named after it"
GUESSES = frozenset((SUBJECT, ACT_BEFORE, NAMED_AFTER))
_BY_SPEAKER = {"AGREE", "REJECT", "CONCEDE", "THREATEN"}


class Completer:
    """Fills in sides over one document; remembers the acts that it has seen."""

    def __init__(self, finder: RoleFinder, harms: dict[int, list[Harm]], actors: list[ActorMention]) -> None:
        self._finder = finder
        self._harms_of = harms
        self._harms: list[Harm] = []
        self._candidates: list[Candidate] = []
        self._claimants = _one_claimant(harms)
        self._armed = _one_armed(actors)
        self._speaker: ActorMention | None = None
        self._why = "what surrounds it"
        self._roles: dict[int, Roles] = {}
        self._last: dict[str, tuple[int, Roles]] = {}

    def enter(self, candidates: list[Candidate]) -> None:
        """Note what a sentence may tell of, before its acts are completed."""
        self._candidates = candidates

    def alleger(self, candidate: Candidate) -> ActorMention | None:
        """Who alleges an act: the actor of the accusation that it is the content of (اتهمت كذا بقصف)."""
        over = candidate.over
        if over is None or over.refused or over.predicate.mode != "allege" or candidate.predicate.type == "ACCUSE":
            return None
        roles = self._roles.get(over.at)
        return next(iter(roles.actors), None) if roles is not None else None

    def accusers(self, candidate: Candidate) -> list[ActorMention]:
        """Who condemns an act by the word over it: it is not theirs."""
        over = candidate.over
        if over is None or over.predicate.type != "ACCUSE" or candidate.predicate.type == "ACCUSE":
            return []
        if over.predicate.mode == "allege":  # تتهم فرنسا بتمويل: the accused may look like its subject
            return []
        roles = self._roles.get(over.at)
        return [] if roles is None else roles.actors

    def complete(
        self, view: SentenceView, candidate: Candidate, roles: Roles, speaker: ActorMention | None = None
    ) -> int:
        """Fill ``roles`` in place; returns how many sides were filled in. ``speaker`` vouches for the act."""
        filled = 0
        self._speaker = speaker
        self._harms = self._harms_of.get(view.sentence.index, [])
        self._told_on(candidate, roles)
        if candidate.predicate.type == "ASSAULT":
            self._hurt(view, candidate, roles)
        elif candidate.predicate.type == "COERCE":
            self._turn_passive(view, candidate, roles)
        if candidate.predicate.sides == "symmetric":
            filled += self._symmetric(view, candidate, roles)
        else:
            if not roles.actors and "actor" not in roles.unknown:
                filled += self._put(roles, "actor", self._actor(view, candidate, roles))
            if not roles.recipients and "recipient" not in roles.unknown:
                filled += self._put(roles, "recipient", self._recipient(view, candidate, roles))
        return filled

    def _told_on(self, candidate: Candidate, roles: Roles) -> None:
        """``وقال فلان ..., داعيا طهران``: what a speaker does while going on to speak is the speaker's."""
        speaker = self._speaker
        if speaker is None or candidate.predicate.type not in _SPOKEN or candidate.hit.split.definite:
            return
        same = bool(roles.actors) and bool(roles.recipients) and not _codes(roles.actors) - _codes(roles.recipients)
        if (candidate.hit.kind == ACTIVE or same) and not _codes([speaker]) & _codes(roles.recipients):
            roles.actors = [speaker]
            roles.reasons.append("actor from who speaks")

    def _hurt(self, view: SentenceView, candidate: Candidate, roles: Roles) -> None:
        """Give an attack whom the words of harm beside it name, and take its victims from among its actors."""
        if candidate.predicate.sides == "symmetric":
            return
        self._turn_passive(view, candidate, roles)
        struck = nearest(view, self._harms, candidate.at, "victims")
        if struck is not None:
            victims = [m for m in struck.victims if m not in roles.recipients]
            suffering = [m for m in roles.actors if m in victims]
            if suffering and not roles.recipients:
                roles.actors = [m for m in roles.actors if m not in victims]
            victims = [m for m in victims if m not in roles.actors]
            if victims:
                roles.put("recipient", victims)
                roles.reasons.append("recipient from those hurt")
        done = nearest(view, self._harms, candidate.at, "doers")
        if done is not None and not roles.actors:
            doers = [m for m in done.doers if m not in roles.recipients]
            if doers:
                roles.put("actor", doers)
                roles.reasons.append("actor from who did the harm")
        if self._claimants and (not roles.actors or all(m.rule == "role:gunmen" for m in roles.actors)):
            claimants = [m for m in self._claimants if not _codes([m]) & _codes(roles.recipients)]
            if claimants and (candidate.hit.kind != VERB or roles.actors):
                roles.put("actor", claimants)
                roles.reasons.append("actor from whoever claims the attack")
        elif self._armed and not roles.actors and candidate.predicate.mode in _OF_ARMED:
            armed = [m for m in self._armed if not _codes([m]) & _codes(roles.recipients)]
            if armed:
                roles.put("actor", armed)
                roles.reasons.append("actor from the one armed body named")

    def _turn_passive(self, view: SentenceView, candidate: Candidate, roles: Roles) -> None:
        """``خطف ثلاثة جنود``: people told by number, alone beside a verb of force, have suffered it."""
        alone = roles.actors and not roles.recipients and candidate.is_verb and candidate.hit.voice == "ap"
        if not alone or candidate.hit.split.enclitic or candidate.hit.tense != "P":
            return
        first = roles.actors[0]
        if first.first > candidate.at and first.human and counted(view, first):
            roles.recipients, roles.actors = roles.actors, []
            roles.reasons.append("passive: people told by number")

    def remember(self, view: SentenceView, candidate: Candidate, roles: Roles) -> None:
        """Note the sides of an act that was kept."""
        self._roles[candidate.at] = roles
        self._last[candidate.predicate.type] = (view.sentence.index, roles)

    def _put(self, roles: Roles, role: str, mentions: list[ActorMention]) -> int:
        roles.put(role, mentions)
        if role == "recipient":
            roles.recipients += [m for m in mentions if m.kind == "facility" and m not in roles.recipients]
        if mentions:
            roles.reasons.append(f"{role} from {self._why}")
            if self._why in GUESSES:
                roles.guessed.add(role)
        return int(bool(mentions))

    def _actor(self, view: SentenceView, candidate: Candidate, roles: Roles) -> list[ActorMention]:
        taken = _codes(roles.recipients)
        over = candidate.over
        if over is not None and over.at in self._roles:
            upper = self._roles[over.at]
            lent = upper.recipients if over.predicate.type in _BY_ADDRESSEE else []
            lent = upper.actors if over.predicate.type in _BY_SPEAKER else lent
            lent = [m for m in lent if self._could_do(candidate, m)]
            if lent and not _codes(lent) & taken:
                self._why = "the act over it"
                return lent
        subject = self._finder.subject_in(view, candidate.at)
        if subject is not None and not self._could_do(candidate, subject):
            subject = None
        if candidate.hit.kind == NOUN and subject is not None and not _codes([subject]) & taken:
            self._why = SUBJECT
            return view.joined(subject)
        if candidate.predicate.type == "PROTEST":
            crowd = [m for m in view.mentions if m.rule == "role:protesters" and not _codes([m]) & taken]
            if crowd:
                self._why = "the crowd that the sentence names"
                return crowd[:1]
        last = self._recent(view, candidate)
        if last is None or not last.actors or _codes(last.actors) & taken:
            return []
        self._why = ACT_BEFORE
        return last.actors if all(self._could_do(candidate, m) for m in last.actors) else []

    def _could_do(self, candidate: Candidate, subject: ActorMention) -> bool:
        """Whether the subject of the sentence can have done the act: no accuser, no victim, no court an attack."""
        kind = candidate.predicate.type
        if _codes([subject]) & _codes(self.accusers(candidate)):
            return False
        if kind == "PROTEST":
            return not _sectors([subject]) & _KEEPING_ORDER
        if kind != "ASSAULT":
            return True
        hurt = any(subject in harm.victims for harm in self._harms)
        tells = self._speaker is not None and subject.index == self._speaker.index
        able = bool(_sectors([subject]) & _ARMED) or subject.rule == "role:protesters"
        return able and not hurt and not tells

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
        if candidate.predicate.type == "PROTEST":
            against = self._marched_against(view, candidate, roles)
            if against:
                self._why = "whom it is against"
                return against
            after = [m for m in after if not m.locative and not m.human and m.rule != "nisba"]
        after.sort(key=lambda m: (m.locative, m.rule == "nisba", m.first))
        self._why = NAMED_AFTER
        if after:
            return view.joined(after[0]) if after[0].within is None else [after[0]]
        self._why = ACT_BEFORE
        recent = self._recent(view, candidate)
        if recent is not None and recent.recipients and (not roles.actors or _codes(recent.actors) & taken):
            return [m for m in recent.recipients if not _codes([m]) & taken]
        return []

    def _marched_against(self, view: SentenceView, candidate: Candidate, roles: Roles) -> list[ActorMention]:
        """Whom a march is against: named after ``ضد``, or the embassy that it is held before."""
        own = _codes(roles.actors)
        others = [m for m in view.mentions if not m.human or m.kind == "person"]
        for mention in others:
            before = (mention.rule == "role:embassy" or mention.how == "metonym") and fold(mention.prep) in _BEFORE
            if mention.first > candidate.at and (fold(mention.prep) in _AGAINST or before):
                return view.joined(mention) if not _codes([mention]) & own else []
        for other in self._candidates:
            # تظاهروا احتجاجا على الغارات التركية: whose act it is, not whom else it concerns.
            against_act = other.predicate.type == "PROTEST" and other.is_noun and other.at > candidate.at
            if not (against_act or other.predicate.type in _GRIEVANCES):
                continue
            if abs(other.at - candidate.at) > _GRIEVANCE_REACH:
                continue
            for mention in (*others, *view.nested):
                if against_act and mention.rule != "nisba":
                    continue
                if other.at < mention.first <= other.at + _GRIEVANCE_NEAR and not mention.locative:
                    return [mention] if not _codes([mention]) & own else []
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
            before = [*recent.actors, *recent.recipients]
            if candidate.hit.split.definite and have <= _mains(before):
                # المحادثات, الاجتماع: the talks told of before.
                options.insert(0, before)
            options.append(before)
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
        if found is None:
            return None
        memory = MEMORY_OF_TOLD if candidate.is_noun and candidate.hit.split.definite else MEMORY
        return found[1] if view.sentence.index - found[0] <= memory else None


def _one_claimant(harms: dict[int, list[Harm]]) -> list[ActorMention]:
    """Who claims the attacks of an article, if it is one power alone."""
    claims = [harm.doers for found in harms.values() for harm in found if harm.claimed]
    mains = {main for doers in claims for main in _mains(doers)}
    return claims[0] if len(mains) == 1 else []


def _one_armed(actors: list[ActorMention]) -> list[ActorMention]:
    """The armed body that an article names, if it is one alone: who its bombings are most likely by."""
    first: dict[str, ActorMention] = {}
    for mention in actors:
        for code in mention.codes if mention.kind in ("group", "organization") else ():
            main, _, sector = code.partition("/")
            if sector in ("UAF", "REB") and main != "None" and not is_state(code):
                first.setdefault(main, mention)
    return list(first.values()) if len(first) == 1 else []


def _codes(mentions: list[ActorMention]) -> set[str]:
    return {code for m in mentions for code in m.codes}


def _sectors(mentions: list[ActorMention]) -> set[str]:
    return {code.split("/")[-1] for m in mentions for code in m.codes}


def _mains(mentions: list[ActorMention]) -> set[str]:
    return {code.split("/")[0] for m in mentions for code in m.codes} - {"None"}
