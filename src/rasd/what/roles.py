"""Who stands on which side of an act.

For a verb: its subject is the bare noun phrase right after it, or, where one opens the clause
before it, that one; then the object; then what its frame says of each preposition. For a
masdar: its genitives, its pronoun, the subject of the light verb or operator over it, and
the same prepositions. What the clause does not name is carried from the clause before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rasd.text.document import ActorMention, Document, Token
from rasd.text.letters import fold
from rasd.what.candidates import Candidate, Governor
from rasd.what.clauses import SentenceView
from rasd.what.lexemes import ACTIVE, NOUN, PASSIVE, VERB
from rasd.what.schema import Predicate
from rasd.who import resolve_pronoun

# How far from its verb or noun a side is looked for, in tokens.
RIGHT_REACH = 26
LEFT_REACH = 22

_BETWEEN = {"بينهما": "d", "بينهم": "p"}
# Entities that are named in news but do not act.
_THINGS = frozenset({"facility", "gathering", "place"})
# Sectors that use force: alone beside a verb of force they do it, all others suffer it.
_FORCE = {"MIL", "COP", "SPY", "GOV", "UAF", "REB", "JUD", "IGO"}
_AGENTS = ("من قبل", "على يد", "على أيدي", "من جانب", "بواسطة")
_AGENT_WORDS = tuple(tuple(fold(a).split()) for a in _AGENTS)


@dataclass(slots=True)
class Roles:
    """Mentions by role. ``subject`` is the grammatical subject, for those who carry it on."""

    actors: list[ActorMention] = field(default_factory=list[ActorMention])
    recipients: list[ActorMention] = field(default_factory=list[ActorMention])
    others: list[tuple[str, ActorMention]] = field(default_factory=list[tuple[str, ActorMention]])
    subject: ActorMention | None = None
    carried: bool = False
    reasons: list[str] = field(default_factory=list[str])

    def put(self, role: str, mentions: Iterable[ActorMention]) -> None:
        for mention in mentions:
            if mention.kind in _THINGS:
                continue
            if role == "actor":
                _once(self.actors, mention)
            elif role == "recipient":
                _once(self.recipients, mention)
            elif role in ("host", "mediator", "beneficiary", "instrument"):
                self.others.append((role, mention))


def _once(mentions: list[ActorMention], new: ActorMention) -> None:
    if new not in mentions:
        mentions.append(new)


@dataclass(slots=True)
class Frame:
    """A predicate's frame with folded prepositions, worked out once for each predicate."""

    subject: str
    object: str
    prepositions: dict[str, str]


class RoleFinder:
    """Finds the sides of candidates in one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._frames: dict[str, Frame] = {}
        # The subject of the last verb, for verbs chained to it and for what goes on about it.
        self._last_subject: ActorMention | None = None
        self._last_sentence = -1

    def frame(self, predicate: Predicate) -> Frame:
        found = self._frames.get(predicate.id)
        if found is None:
            given = predicate.frame
            symmetric = predicate.sides == "symmetric"
            found = self._frames[predicate.id] = Frame(
                given.get("subject", "actor"),
                given.get("object", "actor" if symmetric else ""),
                {
                    fold(k).split()[0] if " " not in k else fold(k): v
                    for k, v in given.items()
                    if k not in ("subject", "object")
                },
            )
        return found

    def find(self, view: SentenceView, candidate: Candidate) -> Roles:
        """The sides of a candidate. Never raises; empty where none is named."""
        roles = Roles()
        frame = self.frame(candidate.predicate)
        if candidate.hit.kind == VERB:
            self._verb(view, candidate, frame, roles)
        elif candidate.hit.kind == NOUN:
            self._noun(view, candidate, frame, roles)
        else:
            self._participle(view, candidate, frame, roles)
        self._prepositional(view, candidate, frame, roles)
        if candidate.predicate.sides == "symmetric" and roles.recipients:
            roles.put("actor", roles.recipients)
            roles.recipients = []
        roles.recipients = [m for m in roles.recipients if m not in roles.actors]
        return roles

    # -- verbs ---------------------------------------------------------------------------

    def _verb(self, view: SentenceView, candidate: Candidate, frame: Frame, roles: Roles) -> None:
        bare = self._bare_after(view, candidate.at)
        before = self._subject_before(view, candidate)
        agent = self._agent_after(view, candidate.at)
        if agent is not None:
            roles.put("actor", view.joined(agent))
            bare = [m for m in bare if m is not agent]
        passive = candidate.hit.voice == "p" or agent is not None
        subject: ActorMention | None = None
        rest = bare
        if before is not None:
            subject = before
            roles.reasons.append("subject before the verb")
        elif (
            bare
            and bare[0].first <= self._object_limit(view, candidate)
            and not self._is_object(view, candidate, frame, bare)
        ):
            subject, rest = bare[0], bare[1:]
            rest = [
                m for m in rest if m.joined is None or (m.joined != subject.index and m not in view.joined(subject))
            ]
            roles.reasons.append("subject after the verb")
        enclitic = candidate.hit.split.enclitic
        if subject is None:
            subject = self._carry(view, candidate)
            roles.carried = subject is not None
        if not passive and subject is not None and not rest and not enclitic:
            passive = self._looks_passive(candidate, subject, before)
        if subject is not None:
            group = view.joined(subject)
            roles.subject = subject
            roles.put(frame.object if passive else frame.subject, group)
            self._last_subject, self._last_sentence = subject, view.sentence.index
        if rest and not passive:
            roles.put(frame.object, view.joined(rest[0]))
        elif enclitic and not passive:
            antecedent = self._relative_antecedent(view, candidate.at) or self._pronoun(candidate.at, enclitic)
            if antecedent is not None and antecedent is not subject:
                roles.put(frame.object, [antecedent])
        if passive:
            roles.reasons.append("passive")

    def _is_object(self, view: SentenceView, candidate: Candidate, frame: Frame, bare: list[ActorMention]) -> bool:
        """Whether the first noun phrase after a verb is its object, the subject being carried on.

        It is where the verb does not agree with it (واتهم إسرائيل), and where a verb chained to
        the one before takes an object and only one noun phrase follows (واتهمت طهران).
        """
        person = candidate.hit.person
        if person not in ("3ms", "3fs") or frame.object not in ("recipient", "actor"):
            return person not in ("3ms", "3fs") and frame.object != ""
        first = bare[0]
        known = first.number == "s" and first.kind in ("person", "state") and first.gender is not None
        if known and (person == "3fs") != (first.gender == "f"):
            return True
        last = self._last_subject
        chained = candidate.hit.split.proclitics.startswith(("و", "ف")) and candidate.at > view.sentence.first
        group = view.joined(first)
        alone = not any(
            m not in group and not any(_opens_phrase(view.token(i)) for i in range(group[-1].last, m.first))
            for m in bare
        )
        return (
            chained
            and alone
            and frame.object == "recipient"
            and last is not None
            and self._last_sentence == view.sentence.index
            and last.entities != first.entities
            and _agrees(person, last, view)
        )

    def _object_limit(self, view: SentenceView, candidate: Candidate) -> int:
        """How far a subject may stand: before the object noun that the meaning hangs on."""
        return candidate.object_at if candidate.object_at is not None else candidate.at + 7

    def _bare_after(self, view: SentenceView, at: int) -> list[ActorMention]:
        """Mentions after ``at`` with no preposition of their own, up to the end of the clause."""
        last = self.right_limit(view, at)
        found: list[ActorMention] = []
        for mention in view.between(at + 1, last):
            if mention.prep or mention.locative or mention.how == "pronoun":
                continue
            if self._in_relative(view, at, mention.first):
                continue
            found.append(mention)
        if not found:
            found = [m for m in view.nested if at < m.first < last and m.rule == "nisba" and not m.prep]
        return found

    def subject_in(self, view: SentenceView, at: int) -> ActorMention | None:
        """Whom the sentence speaks of at ``at``: the subject of the verb before, else its first bare mention."""
        last = self._last_subject
        if last is not None and self._last_sentence == view.sentence.index and last.first < at:
            return last
        bare = (m for m in view.between(view.sentence.first, at) if not m.prep and not m.locative and not m.governed)
        return next(bare, None)

    def right_limit(self, view: SentenceView, at: int) -> int:
        """Where the clause after ``at`` ends: at a full border or the next finite verb."""
        last = min(view.sentence.last, at + RIGHT_REACH)
        commas = 0
        for index in range(at + 1, last):
            kind = view.border(index)
            if kind in ("mark", "that", "clause"):
                # Quotation marks around a name do not end the clause.
                if view.token(index).text in '«»"“”':
                    continue
                return index
            if kind == "verb" and not self._relative_verb(view, index):
                return index
            if kind == "comma":
                commas += 1
                if commas > 2:
                    return index
        return last

    def _relative_verb(self, view: SentenceView, at: int) -> bool:
        return at > view.sentence.first and view.border(at - 1) == "which"

    def _in_relative(self, view: SentenceView, at: int, mention_at: int) -> bool:
        """Whether a relative clause opens between ``at`` and the mention."""
        return any(view.border(i) == "which" for i in range(at + 1, mention_at))

    def _subject_before(self, view: SentenceView, candidate: Candidate) -> ActorMention | None:
        """The noun phrase that opens the clause and agrees with the verb (الرئيس يزور)."""
        at = candidate.at
        if candidate.hit.split.proclitics.startswith(("و", "ف")) or at == view.sentence.first:
            return None
        first = max(view.sentence.first, at - LEFT_REACH)
        index = at - 1
        while index >= first:
            kind = view.border(index)
            if (kind == "which" and index == at - 1) or (kind == "which" and at - index <= 2):
                return self._antecedent_at(view, index, candidate)
            if kind in ("mark", "verb", "that", "clause", "which"):
                break
            index -= 1
        found: ActorMention | None = None
        for mention in view.between(index + 1, at):
            if mention.prep or mention.locative or mention.rule == "nisba" or mention.how == "pronoun":
                continue
            if found is None and _agrees(candidate.hit.person, mention, view):
                found = mention
        if found is not None and not self._reaches_verb(view, found, at):
            return None
        return found

    def _reaches_verb(self, view: SentenceView, mention: ActorMention, at: int) -> bool:
        """Between subject and verb there are only its own modifiers: no bare definite noun."""
        for index in range(mention.last, at):
            token = view.token(index)
            if index in view.covering or token.tag == "P" or token.tag in ("J", "R", "A", "U", ""):
                continue
            if view.border(index) == "comma":
                continue
            before = view.token(index - 1)
            if (
                token.tag in ("N", "M", "X")
                and before.tag not in ("P", "N", "M")
                and not token.form.splits[-1].proclitics
            ):
                return before.tag in ("R", "J", "X") or any(t.first <= index < t.last for t in view.times)
        return True

    def _antecedent_at(self, view: SentenceView, which: int, candidate: Candidate) -> ActorMention | None:
        """The mention before a relative pronoun, as subject of the verb after it."""
        if candidate.hit.split.enclitic:
            return None
        for mention in view.mentions:
            if mention.last in (which, which - 1) and _agrees(candidate.hit.person, mention, view):
                return mention
        return None

    def _relative_antecedent(self, view: SentenceView, at: int) -> ActorMention | None:
        if at > view.sentence.first and view.border(at - 1) == "which":
            return next((m for m in view.mentions if m.last == at - 1), None)
        return None

    def _looks_passive(self, candidate: Candidate, subject: ActorMention, before: ActorMention | None) -> bool:
        """A verb of force with one side only: اعتقل ثلاثة ناشطين, where the side uses no force."""
        if candidate.hit.voice != "ap" or candidate.hit.tense != "P" or before is not None:
            return False
        if candidate.predicate.type not in ("ASSAULT", "COERCE", "RETREAT", "SANCTION"):
            return False
        if candidate.predicate.frame.get("object") != "recipient":
            return False
        sectors = {code.split("/")[-1] for code in subject.codes}
        return not sectors & _FORCE

    def _carry(self, view: SentenceView, candidate: Candidate) -> ActorMention | None:
        """The subject of the verb before, for a chained verb or the next sentence's."""
        person = candidate.hit.person
        if person in ("1s", "1p", "2"):
            return None
        last = self._last_subject
        if last is not None and 0 <= view.sentence.index - self._last_sentence <= 1 and _agrees(person, last, view):
            return last
        number = "d" if person.endswith("d") else "p" if person.endswith("p") else "s"
        gender = "f" if "f" in person else "m"
        return resolve_pronoun(self._document, candidate.at, number, gender)

    # -- nouns ---------------------------------------------------------------------------

    def _noun(self, view: SentenceView, candidate: Candidate, frame: Frame, roles: Roles) -> None:
        predicate = candidate.predicate
        genitives = self._genitives(view, candidate)
        enclitic = candidate.hit.split.enclitic
        if enclitic:
            owner = self._pronoun(candidate.at, enclitic)
            if owner is not None:
                role = "recipient" if predicate.of == "recipient" else frame.subject
                roles.put(role, [owner])
                if genitives:
                    roles.put(frame.object, view.joined(genitives[0]))
                genitives = []
        agent = self._agent_after(view, candidate.at)
        if agent is not None:
            roles.put("actor", view.joined(agent))
        if predicate.sides == "symmetric":
            between = self._between_them(view, candidate.at)
            if between is not None:
                roles.put("actor", [between])
        light = candidate.light
        governed = self._governing_subject(view, candidate, light)
        self._place_genitives(view, candidate, frame, roles, genitives, governed is not None or agent is not None)
        if candidate.extended_at is not None and not roles.recipients:
            struck = self._bare_after(view, candidate.extended_at)
            roles.put("recipient", view.joined(struck[0]) if struck else [])
        if governed is not None and agent is None:
            role = light.light.subject if light is not None and light.light is not None else "actor"
            if role == "recipient":
                roles.put("recipient", view.joined(governed))
            elif role == "actor" or light is None:
                roles.put(frame.subject, view.joined(governed))
            roles.subject = governed
            roles.reasons.append("sides from the verb over it")

    def _place_genitives(
        self, view: SentenceView, candidate: Candidate, frame: Frame, roles: Roles,
        genitives: list[ActorMention], has_actor: bool,
    ) -> None:  # fmt: skip
        if not genitives:
            return
        first = view.joined(genitives[0])
        of = candidate.predicate.of
        if genitives[0].rule == "nisba" and candidate.predicate.sides != "symmetric" and of != "recipient":
            # An adjective says whose act it is: الغارات الإسرائيلية.
            roles.put(frame.subject, first)
            return
        if candidate.predicate.sides == "symmetric":
            roles.put("actor", first)
            if len(genitives) > 1:
                roles.put("actor", view.joined(genitives[1]))
            return
        if len(genitives) > 1 and of != "recipient" and genitives[1] not in first:
            roles.put(frame.subject, first)
            roles.put(frame.object, view.joined(genitives[1]))
            return
        if of == "auto":
            transitive = candidate.predicate.frame.get("object") == "recipient"
            of = "recipient" if transitive or has_actor else "actor"
            visitor = candidate.predicate.mode == "visit" and first[0].kind in ("person", "office", "group")
            if not has_actor and (visitor or self._recipient_follows(view, candidate, frame, first[-1])):
                of = "actor"
            if (
                transitive
                and not has_actor
                and candidate.object_at is not None
                and genitives[0].first < candidate.object_at
            ):
                of = "actor"
        roles.put(frame.subject if of == "actor" else frame.object, first)

    def _recipient_follows(self, view: SentenceView, candidate: Candidate, frame: Frame, after: ActorMention) -> bool:
        """Whether a preposition of the frame names the recipient (قصف روسيا على حلب)."""
        last = self.right_limit(view, candidate.at)
        return any(
            m.prep and frame.prepositions.get(fold(m.prep)) == "recipient" and not m.locative
            for m in view.between(after.last, last)
        )

    def _genitives(self, view: SentenceView, candidate: Candidate) -> list[ActorMention]:
        """The bare mentions that follow a noun: its genitive, and an object after that."""
        at = candidate.at
        last = self.right_limit(view, at)
        found: list[ActorMention] = []
        position = at + 1
        for mention in view.between(at + 1, last):
            if mention.prep or mention.locative or mention.how == "pronoun" or mention.joined is not None:
                continue
            gap = range(position, mention.first)
            allowed = 3 if not found else 5
            if len(gap) > allowed or any(view.border(i) in ("which", "comma", "verb") for i in gap):
                break
            # Words between noun and genitive may be what the meaning hangs on, or adjectives.
            if any(view.token(i).tag == "P" for i in gap) and candidate.object_at is None:
                break
            found.append(mention)
            chain = view.joined(mention)
            position = chain[-1].last
            if len(found) == 2:
                break
        if not found:
            near = [m for m in view.nested if at < m.first <= at + 2 and m.rule == "nisba"]
            near += [m for m in view.mentions if at < m.first <= at + 2 and m.rule == "nisba" and m not in near]
            return near[:1]
        return found

    def _governing_subject(
        self, view: SentenceView, candidate: Candidate, light: Governor | None
    ) -> ActorMention | None:
        """The subject of the light verb or of an operator that shares its subject with the act."""
        if light is not None and light.light is not None and light.hit is not None:
            if light.at > candidate.at and light.hit.split.enclitic:  # الهجوم الذي نفذته طالبان
                return next(iter(self._bare_after(view, light.at)), None)
            if light.light.subject == "none" or light.at > candidate.at:
                return None
            return self._subject_of(view, light, candidate)
        for governor in candidate.governors:
            given = [m for m in view.between(governor.at + 1, candidate.at) if m.prep == "ل" and not m.locative]
            if given:  # لا يتوقع للجانبين, يمكن لتركيا
                return given[0]
            if governor.operator is not None and governor.operator.subject == "same" and governor.hit is not None:
                return self._subject_of(view, governor, candidate)
        return None

    def _subject_of(self, view: SentenceView, governor: Governor, candidate: Candidate) -> ActorMention | None:
        """The subject of a governing verb: after it and before the candidate, before it, or carried."""
        assert governor.hit is not None
        between = [m for m in view.between(governor.at + 1, candidate.at) if not m.prep and not m.locative]
        if between:
            return between[0]
        stand_in = Candidate(governor.at, governor.hit, candidate.predicate)
        return self._subject_before(view, stand_in) or self._carry(view, stand_in)

    # -- participles ---------------------------------------------------------------------

    def _participle(self, view: SentenceView, candidate: Candidate, frame: Frame, roles: Roles) -> None:
        if candidate.hit.kind == ACTIVE:
            # مطالبا, داعيا: the subject of the clause goes on acting.
            earlier = [m for m in view.between(view.sentence.first, candidate.at) if not m.prep and not m.locative]
            subject = self._last_subject if self._last_sentence == view.sentence.index else None
            subject = subject or (earlier[0] if earlier else self._last_subject)
            if subject is not None:
                roles.put(frame.subject, view.joined(subject))
                roles.subject = subject
            bare = self._bare_after(view, candidate.at)
            if bare:
                roles.put(frame.object, view.joined(bare[0]))
        elif candidate.hit.kind == PASSIVE:
            noun = next((m for m in view.mentions if m.first <= candidate.at < m.last or m.last == candidate.at), None)
            if noun is not None:
                roles.put(frame.object, view.joined(noun))

    # -- prepositions and pronouns -------------------------------------------------------

    def _prepositional(self, view: SentenceView, candidate: Candidate, frame: Frame, roles: Roles) -> None:
        """What the frame says of mentions after prepositions, in the candidate's clause."""
        last = self.right_limit(view, candidate.at)
        taken: set[str] = set()
        for mention in view.between(candidate.at + 1, last):
            if not mention.prep or mention.prep in taken:
                continue
            role = frame.prepositions.get(fold(mention.prep))
            if role is None and candidate.predicate.sides == "symmetric" and fold(mention.prep) in ("مع", "بين"):
                role = "actor"
            if role is None or (mention.locative and role not in ("recipient", "host")):
                continue
            if mention.locative and fold(mention.prep) in ("في", "ب") and role == "recipient":
                continue
            taken.add(mention.prep)
            roles.put(role, view.joined(mention))
        if candidate.light is not None and candidate.light.at < candidate.at:
            for mention in view.between(candidate.light.at + 1, candidate.at):
                role = frame.prepositions.get(fold(mention.prep)) if mention.prep else None
                if role is not None and not mention.locative:
                    roles.put(role, view.joined(mention))

    def _agent_after(self, view: SentenceView, at: int) -> ActorMention | None:
        """The mention after ``من قبل``, ``على يد`` and the like."""
        last = self.right_limit(view, at)
        for mention in view.between(at + 2, last):
            for words in _AGENT_WORDS:
                first = mention.first - len(words)
                if first > at and tuple(view.token(i).key for i in range(first, mention.first)) == words:
                    return mention
        return None

    def _between_them(self, view: SentenceView, at: int) -> ActorMention | None:
        """Whom ``بينهما`` or ``بينهم`` after a noun means."""
        for index in range(at + 1, min(at + 6, view.sentence.last)):
            number = _BETWEEN.get(view.token(index).key)
            if number is not None:
                return resolve_pronoun(self._document, index, number, "m")
        return None

    def _pronoun(self, at: int, enclitic: str) -> ActorMention | None:
        number = {"هما": "d", "كما": "d", "هم": "p", "هن": "p", "كم": "p"}.get(enclitic, "s")
        gender = {"ها": "f", "هن": "f"}.get(enclitic, "m")
        if enclitic in ("نا", "ي", "ني", "ك", "كم"):
            return self._last_subject
        return resolve_pronoun(self._document, at, number, gender)


def _opens_phrase(token: Token) -> bool:
    """A preposition, a masdar or a noun with a preposition on it: what follows is governed by it."""
    return token.tag in ("P", "M") or any(
        s.proclitics.lstrip("وف")[:1] in ("ب", "ل") and s.proclitics for s in token.form.splits[1:3]
    )


def _agrees(person: str, mention: ActorMention, view: SentenceView) -> bool:
    """Whether a verb after its subject agrees with it in number and gender, as far as known."""
    if person.endswith("d"):
        return (
            mention.number == "d" or len(mention.entities) > 1 or any(m.joined == mention.index for m in view.mentions)
        )
    if person.endswith("p"):
        return mention.number == "p" or mention.kind in ("group", "people")
    if person == "3ms":
        return mention.gender != "f" and mention.number != "d"
    if person == "3fs":
        return mention.gender != "m" or mention.number == "p" or mention.kind in ("organization", "group", "state")
    return person not in ("1s", "1p", "2")
