"""Who stands on which side of an act.

For a verb: its subject and object, as the sentence's `Parse` has them, then what its frame
says of each preposition. For a masdar: its genitives, its pronoun, the subject of the light
verb or operator over it, and the same prepositions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rasd.text.document import ActorMention, Document
from rasd.text.letters import fold
from rasd.what.candidates import Candidate, Governor
from rasd.what.clauses import SentenceView
from rasd.what.lexemes import ACTIVE, NOUN, PASSIVE, VERB
from rasd.what.phrases import AGENT, Phrase
from rasd.what.schema import Predicate
from rasd.what.syntax import Parse, Syntax, Verb
from rasd.who import resolve_pronoun

_BETWEEN = {"بينهما": "d", "بينهم": "p"}
_LINKS = {fold(word) for word in ("ب", "ل", "على", "في", "عن")}
# How far before an act the noun of doing or suffering it may stand.
OWNER_REACH = 9
# Entities that are named in news but do not act.
_THINGS = frozenset({"facility", "gathering", "place"})
# Acts upon a thing that is somebody's: its adjective says whose (إسقاط الطائرة الروسية).
_HITTING = frozenset({"ASSAULT", "COERCE", "PROTEST", "RETREAT"})
# The sectors of those who fight states.
_FIGHTERS = frozenset({"UAF", "REB"})
# Acts that take an object: without one their verb, where it can be read so, is a passive.
_DONE_TO = frozenset({"ASSAULT", "COERCE", "RETREAT", "SANCTION"})


@dataclass(slots=True)
class Roles:
    """Mentions by role. ``subject`` is the grammatical subject, for those who carry it on.

    ``unknown`` holds the roles that a phrase takes which no mention stands for (``منزل``): nobody
    else in the clause has them; ``guessed`` those that were filled from what merely stands near.
    """

    actors: list[ActorMention] = field(default_factory=list[ActorMention])
    recipients: list[ActorMention] = field(default_factory=list[ActorMention])
    others: list[tuple[str, ActorMention]] = field(default_factory=list[tuple[str, ActorMention]])
    subject: ActorMention | None = None
    carried: bool = False
    reasons: list[str] = field(default_factory=list[str])
    unknown: set[str] = field(default_factory=set[str])
    guessed: set[str] = field(default_factory=set[str])

    def put(self, role: str, mentions: Iterable[ActorMention]) -> None:
        for mention in mentions:
            if mention.kind in _THINGS and not (role == "recipient" and mention.kind == "facility"):
                continue
            if role == "actor":
                _once(self.actors, mention)
            elif role == "recipient":
                _once(self.recipients, mention)
            elif role in ("host", "mediator", "beneficiary", "instrument"):
                self.others.append((role, mention))

    def copy(self) -> Roles:
        """The same roles, to go on from without changing these."""
        return Roles(
            list(self.actors), list(self.recipients), list(self.others), self.subject, self.carried,
            list(self.reasons), set(self.unknown), set(self.guessed),
        )  # fmt: skip

    def fill(self, role: str, mentions: list[ActorMention]) -> None:
        """Put who stands for a phrase that has the role, or note that nobody known does."""
        self.put(role, mentions)
        if not mentions and role:
            self.unknown.add(role)


def _sectors(mentions: list[ActorMention]) -> set[str]:
    return {code.rpartition("/")[2] for mention in mentions for code in mention.codes}


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
    """Finds the sides of candidates in one document. Sentences must come in order."""

    def __init__(self, document: Document, syntax: Syntax) -> None:
        self._document = document
        self._syntax = syntax
        self._frames: dict[str, Frame] = {}
        self._doing, self._undergoing = syntax.doing, syntax.undergoing
        self._parse: Parse | None = None
        # Whom the sentence before was about, and which sentence that was.
        self._carried: ActorMention | None = None
        # Where the acts of the sentence at hand stand.
        self._acts: frozenset[int] = frozenset()
        self._carried_from = -1

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

    def open(self, view: SentenceView, candidates: list[Candidate]) -> Parse:
        """Parse the next sentence, with what its candidates show to be a verb or none."""
        for candidate in candidates:
            if candidate.hit.kind == VERB:
                view.borders[candidate.at - view.sentence.first] = "verb"
            elif candidate.hit.kind == NOUN and view.border(candidate.at) == "verb":
                view.borders[candidate.at - view.sentence.first] = ""
            light = candidate.light
            if light is not None and light.at > candidate.at:
                view.borders[light.at - view.sentence.first] = "verb"
        self._acts = frozenset(c.at for c in candidates)
        self._note_subject()
        recent = 0 <= view.sentence.index - self._carried_from <= 1
        self._parse = self._syntax.parse(self._document, view, self._carried if recent else None)
        return self._parse

    def parse(self, view: SentenceView) -> Parse:
        """The parse of the sentence at hand."""
        if self._parse is None or self._parse.view is not view:
            return self.open(view, [])
        return self._parse

    def _note_subject(self) -> None:
        """Remember whom the sentence that was read last is about."""
        parse = self._parse
        if parse is None:
            return
        verb = next((v for v in parse.verbs if v.subjects and not v.embedded), None)
        verb = verb or next((v for v in parse.verbs if v.subjects), None)
        if verb is not None:
            self._carried, self._carried_from = verb.subjects[0], parse.view.sentence.index

    def find(self, view: SentenceView, candidate: Candidate) -> Roles:
        """The sides of a candidate. Never raises; empty where none is named."""
        roles = Roles()
        parse = self.parse(view)
        frame = self.frame(candidate.predicate)
        if candidate.hit.kind == VERB:
            self._verb(parse, candidate, frame, roles)
        elif candidate.hit.kind == NOUN:
            self._noun(parse, candidate, frame, roles)
        else:
            self._participle(parse, candidate, frame, roles)
        self._prepositional(parse, candidate, frame, roles)
        if candidate.predicate.sides == "symmetric" and roles.recipients:
            roles.put("actor", roles.recipients)
            roles.recipients = []
        roles.recipients = [m for m in roles.recipients if m not in roles.actors]
        return roles

    def subject_in(self, view: SentenceView, at: int) -> ActorMention | None:
        """Whom the clause speaks of at ``at``: the subject of the verb over it, else its first bare mention."""
        parse = self.parse(view)
        verb = parse.verb_over(at)
        if verb is not None:
            return verb.subjects[0] if verb.subjects else None
        first = self._syntax.clause_first(view, at)
        topic = next((p for p in parse.after(first, at) if not p.prep and p.mentions and p.last <= at), None)
        if topic is not None:
            return topic.mentions[0]
        earlier = next((v for v in reversed(parse.verbs) if v.at < at and v.subjects), None)
        return earlier.subjects[0] if earlier is not None else None

    def doers(self, view: SentenceView) -> list[ActorMention]:
        """The subjects of the sentence's verbs."""
        return [subject for verb in self.parse(view).verbs for subject in verb.subjects]

    def right_limit(self, view: SentenceView, at: int) -> int:
        """Where the clause after ``at`` ends."""
        return self._syntax.right_limit(view, at)

    # -- verbs ---------------------------------------------------------------------------

    def _verb(self, parse: Parse, candidate: Candidate, frame: Frame, roles: Roles) -> None:
        verb = self._syntax.verb(self._document, parse, candidate.at, candidate.hit.person, self._carried)
        if candidate.object_at is not None and verb.how == "after" and verb.subject is not None:
            subject = verb.subject
            if subject.first <= candidate.object_at < subject.last and not subject.animate:
                # نزع سلاح: what stands there is the object that the meaning hangs on.
                verb.bare.insert(0, subject)
                verb.subject, verb.subjects, verb.how = None, [], ""
        agent = self._agent_after(parse, candidate.at)
        passive = candidate.hit.voice == "p" or agent is not None or self._looks_passive(parse, candidate, frame, verb)
        subjects = verb.subjects
        if not subjects and verb.subject is None and candidate.hit.person in ("1s", "1p"):
            speaker = self._speaker(parse, candidate.at)
            subjects = [speaker] if speaker is not None else []
        if verb.how:
            roles.reasons.append(f"subject {verb.how}")
        roles.carried = verb.how == "carried"
        if agent is not None:
            roles.fill("actor", parse.group(agent))
        if subjects or verb.subject is not None:
            roles.subject = subjects[0] if subjects else None
            if not (passive and roles.carried and verb.form.joins):
                roles.fill(frame.object if passive else frame.subject, subjects)
        if passive:
            roles.reasons.append("passive")
            if verb.how == "carried" and verb.bare:
                roles.fill(frame.object, parse.group(verb.bare[0]))
            return
        if verb.form.enclitic:
            struck = [verb.antecedent] if verb.antecedent is not None else []
            if struck:
                roles.fill(frame.object, parse.group(struck[0]))
            else:
                meant = self._pronoun(candidate.at, verb.form.enclitic, subjects)
                roles.fill(frame.object, [meant] if meant is not None else [])
        elif verb.object is not None and frame.object:
            roles.fill(frame.object, parse.group(verb.object))

    def _speaker(self, parse: Parse, at: int) -> ActorMention | None:
        """Who says "we": the subject of the first verb of the sentence, else whom the sentence before was about."""
        for verb in parse.verbs:
            if verb.at < at and verb.subjects and not verb.embedded:
                return verb.subjects[0]
        return self._carried

    def _looks_passive(self, parse: Parse, candidate: Candidate, frame: Frame, verb: Verb) -> bool:
        """A verb that takes an object and has none: اعتقل ثلاثة ناشطين, جنديان قتلا في هجوم."""
        if candidate.hit.voice != "ap" or candidate.hit.tense != "P" or verb.form.enclitic:
            return False
        if candidate.predicate.type not in _DONE_TO or frame.object != "recipient":
            return False
        if verb.bare or candidate.object_at is not None or verb.how == "carried":
            return False
        last = self._syntax.right_limit(parse.view, candidate.at)
        return not any(
            frame.prepositions.get(p.prep) == "recipient" for p in parse.after(candidate.at + 1, last) if p.prep
        )

    # -- nouns ---------------------------------------------------------------------------

    def _noun(self, parse: Parse, candidate: Candidate, frame: Frame, roles: Roles) -> None:
        predicate = candidate.predicate
        view = parse.view
        genitives = self._genitives(parse, candidate)
        enclitic = candidate.hit.split.enclitic
        light = candidate.light
        governed = self._governing_subject(parse, candidate, light)
        sufferer = False
        if governed is None and light is None and not enclitic:
            governed, sufferer = self._owner_before(parse, candidate)
        if enclitic:
            owner = self._pronoun(candidate.at, enclitic, governed or [])
            role = "recipient" if predicate.of == "recipient" else frame.subject
            roles.fill(role, [owner] if owner is not None else [])
            if genitives:
                roles.fill(frame.object, genitives[0])
            genitives = []
        agent = self._agent_after(parse, candidate.at)
        if agent is not None:
            roles.fill("actor", parse.group(agent))
        elif predicate.belongs and not genitives:
            whose = self._whose(parse, candidate)
            if whose is not None:
                roles.fill("actor", parse.group(whose))
        if predicate.sides == "symmetric":
            between = self._between_them(view, candidate.at)
            if between is not None:
                roles.put("actor", [between])
        received = light is not None and light.light is not None and light.light.subject == "recipient"
        if received and genitives and genitives[0] and genitives[0][0].rule == "nisba" and frame.subject == "actor":
            # حصلت على تمويل ياباني: what is received is the adjective's giving.
            roles.fill("actor", genitives.pop(0))
        self._place_genitives(parse, candidate, frame, roles, genitives, bool(governed) or agent is not None)
        if candidate.extended_at is not None and not roles.recipients:
            verb = self._syntax.verb(self._document, parse, candidate.extended_at, "", self._carried)
            struck = verb.object if verb.how != "after" else verb.subject
            if struck is not None:
                roles.fill("recipient", parse.group(struck))
        role = light.light.subject if light is not None and light.light is not None else "actor"
        if sufferer:
            role = "recipient"
        if governed is not None and (agent is None or role == "recipient"):
            if role == "recipient":
                roles.fill("recipient", governed)
            elif role == "actor" or light is None:
                roles.fill(frame.subject, governed)
            roles.subject = governed[0] if governed else None
            roles.reasons.append("sides from the verb over it")

    def _place_genitives(
        self, parse: Parse, candidate: Candidate, frame: Frame, roles: Roles,
        genitives: list[list[ActorMention]], has_actor: bool,
    ) -> None:  # fmt: skip
        if not genitives:
            return
        first = genitives[0]
        of = candidate.predicate.of
        nisba = len(first) == 1 and first[0].rule == "nisba"
        if nisba and has_actor and of != "actor" and first[0].first > candidate.at + 1:
            # قيام إسرائيل بقصف قرية لبنانية: the adjective is the struck one's.
            roles.fill(frame.object, first)
            return
        transitive = candidate.predicate.frame.get("object") == "recipient"
        thing = candidate.object_at if candidate.predicate.type in _HITTING and transitive and of == "auto" else None
        if nisba and thing is not None and candidate.at < thing < first[0].first:
            # إسقاط الطائرة الروسية, انتهاك الأجواء التركية: the adjective is that of what is hit.
            roles.fill(frame.object, first)
            return
        if nisba and candidate.predicate.sides != "symmetric" and of != "recipient":
            # An adjective says whose act it is: الغارات الإسرائيلية.
            roles.put(frame.subject, first)
            return
        if candidate.predicate.sides == "symmetric":
            roles.fill("actor", first)
            if len(genitives) > 1:
                roles.put("actor", genitives[1])
            return
        if len(genitives) > 1 and of != "recipient" and genitives[1] and genitives[1][0] not in first:
            roles.fill(frame.subject, first)
            roles.fill(frame.object, genitives[1])
            return
        if of == "auto":
            of = "recipient" if transitive or has_actor else "actor"
            visitor = (
                candidate.predicate.mode == "visit" and bool(first) and first[0].kind in ("person", "office", "group")
            )
            # هجمات الحركة: whoever fights a state strikes; of a state it may be said either way.
            fighters = candidate.predicate.type == "ASSAULT" and bool(first) and _sectors(first) <= _FIGHTERS
            if not has_actor and (visitor or fighters or self._recipient_follows(parse, candidate, frame)):
                of = "actor"
            if (
                transitive
                and not has_actor
                and candidate.object_at is not None
                and first
                and first[0].first < candidate.object_at
            ):
                of = "actor"
        if first or of != "actor":
            roles.fill(frame.subject if of == "actor" else frame.object, first)

    def _recipient_follows(self, parse: Parse, candidate: Candidate, frame: Frame) -> bool:
        """Whether a preposition of the frame names the recipient (قصف روسيا على حلب)."""
        last = self._syntax.right_limit(parse.view, candidate.at)
        return any(
            p.prep
            and frame.prepositions.get(p.prep) == "recipient"
            and not (p.mention is not None and p.mention.locative)
            for p in parse.after(candidate.at + 1, last)
        )

    def _genitives(self, parse: Parse, candidate: Candidate) -> list[list[ActorMention]]:
        """Who stands for the genitive of a noun and for the bare phrase after that, each as a list.

        An empty list is a genitive that nobody known stands for.
        """
        view = parse.view
        at = candidate.at
        phrase = parse.phrase_at.get(at)
        if phrase is None:
            return []
        found: list[list[ActorMention]] = []
        inner: list[ActorMention] = []
        index = at + 1
        noun = False
        while index < phrase.last:
            mention = view.covering.get(index)
            if mention is not None:
                inner.append(mention)
                index = max(mention.last, index + 1)
                continue
            token = view.token(index)
            genitive = token.tag in ("N", "M", "X") or token.key in self._syntax.quantities
            if index != candidate.object_at and genitive and not inner:
                noun = True
            index += 1
        named = [m for m in inner if m.rule != "nisba"]
        if named:
            found.append(self._with_joined(parse, phrase, named[0]))
        elif inner:
            found.append([inner[0]])
        elif noun:
            found.append(list(phrase.mentions) if phrase.by == "owner" and phrase.mentions[0].first > at else [])
        following = self._beside(parse, phrase)
        if following is not None and (not found or candidate.predicate.sides != "symmetric"):
            found.append(parse.group(following))
        return found[:2]

    def _with_joined(self, parse: Parse, phrase: Phrase, mention: ActorMention) -> list[ActorMention]:
        """A genitive mention with what goes on from it, in its phrase or joined after it."""
        found = parse.view.joined(mention)
        if mention.last == phrase.last:
            found = found + [m for m in parse.group(phrase) if m not in found and m.first > mention.first]
        return found

    def _beside(self, parse: Parse, phrase: Phrase) -> Phrase | None:
        """The bare phrase right after one, on which nothing else has a claim."""
        at = phrase.index + 1
        if at >= len(parse.phrases):
            return None
        following = parse.phrases[at]
        if following.prep or following.joins or following.first != phrase.last:
            return None
        return following

    def _governing_subject(
        self, parse: Parse, candidate: Candidate, light: Governor | None
    ) -> list[ActorMention] | None:
        """Who is subject of the light verb, or of an operator that shares it with the act; None if there is none."""
        if light is not None and light.light is not None and light.hit is not None:
            verb = self._syntax.verb(self._document, parse, light.at, light.hit.person, self._carried)
            if verb.subject is not None and verb.subject.first <= candidate.at < verb.subject.last:
                return None  # بدأت محاكمة: the noun itself is the subject
            if light.at > candidate.at and light.hit.split.enclitic:  # الهجوم الذي نفذته طالبان
                if verb.how == "after":
                    return verb.subjects
                return parse.group(verb.bare[0]) if verb.bare else None
            if light.light.subject == "none" or light.at > candidate.at:
                return None
            return self._subject_of(parse, verb)
        for governor in candidate.governors:
            given = [p for p in parse.after(governor.at + 1, candidate.at) if p.prep == "ل" and p.mentions]
            if given and not given[0].mentions[0].locative:  # لا يتوقع للجانبين, يمكن لتركيا
                return given[0].mentions
            operator = governor.operator
            if operator is not None and operator.subject == "same" and governor.hit is not None:
                if governor.hit.kind == VERB:
                    verb = self._syntax.verb(self._document, parse, governor.at, governor.hit.person, self._carried)
                    return self._subject_of(parse, verb)
                return self._owner(parse, governor)
        return None

    def _owner_before(self, parse: Parse, candidate: Candidate) -> tuple[list[ActorMention] | None, bool]:
        """Who stands with a noun of doing or suffering before the act, and whether they suffer it.

        ``قيام إسرائيل بقصف``: it does; ``تعرض القافلة لهجوم``: it suffers. None where there is no such noun.
        """
        view, at = parse.view, candidate.at
        if candidate.prep not in _LINKS:
            return None, False
        for index in range(at - 1, max(view.sentence.first, at - OWNER_REACH) - 1, -1):
            if view.border(index):
                break
            if index in view.covering:
                continue
            for split in view.token(index).form.stems:
                suffers = split.stem in self._undergoing and candidate.prep == "ل"
                if not suffers and not (split.stem in self._doing and candidate.prep != "ل"):
                    continue
                if split.enclitic:
                    meant = self._pronoun(index, split.enclitic, [])
                    return ([meant], suffers) if meant is not None else (None, False)
                inner = [m for m in view.between(index + 1, at) if not m.locative and not m.prep]
                return (view.joined(inner[0]), suffers) if inner else (None, False)
        return None, False

    def _owner(self, parse: Parse, governor: Governor) -> list[ActorMention] | None:
        """Whose intention or attempt a noun names: its pronoun, its genitive, the subject of the clause."""
        assert governor.hit is not None
        if governor.hit.split.enclitic:
            meant = self._pronoun(governor.at, governor.hit.split.enclitic, [])
            if meant is not None:
                return [meant]
        phrase = parse.phrase_at.get(governor.at)
        if phrase is not None:
            inner = [m for m in parse.view.between(governor.at + 1, phrase.last) if not m.locative]
            if inner:
                return parse.view.joined(inner[0])
        verb = parse.verb_over(governor.at)
        return verb.subjects if verb is not None and verb.subjects else None

    def _subject_of(self, parse: Parse, verb: Verb) -> list[ActorMention] | None:
        return verb.subjects if verb.subjects or verb.subject is not None else None

    # -- participles ---------------------------------------------------------------------

    def _participle(self, parse: Parse, candidate: Candidate, frame: Frame, roles: Roles) -> None:
        phrase = parse.phrase_at.get(candidate.at)
        if candidate.hit.kind == ACTIVE:
            subjects: list[ActorMention] = []
            if phrase is not None and phrase.head != candidate.at and phrase.by == "head":
                # المتظاهرون المطالبون: the noun that it qualifies.
                subjects = parse.group(phrase)
            else:
                # مطالبا, داعيا: the subject of the clause goes on acting.
                subjects = self._going_on(parse, candidate.at)
            if subjects:
                roles.put(frame.subject, subjects)
                roles.subject = subjects[0]
            last = self._syntax.right_limit(parse.view, candidate.at)
            first = phrase.last if phrase is not None else candidate.at + 1
            bare = [p for p in parse.after(candidate.at + 1, last) if not p.prep]
            if phrase is not None and phrase.head == candidate.at and phrase.by == "owner":
                roles.put(frame.object, phrase.mentions)
            elif bare and bare[0].first - first <= 2:
                roles.fill(frame.object, parse.group(bare[0]))
        elif candidate.hit.kind == PASSIVE and phrase is not None and phrase.mentions:
            roles.put(frame.object, parse.group(phrase))

    def _going_on(self, parse: Parse, at: int) -> list[ActorMention]:
        """Whom a participle in the accusative speaks of: the subject of the nearest verb that has one."""
        for verb in reversed(parse.verbs):
            if verb.at < at and verb.subjects and not (verb.relative_end and verb.relative_end <= at):
                return verb.subjects
        earlier = [p for p in parse.phrases if p.last <= at and not p.prep and p.mentions]
        if earlier:
            return parse.group(earlier[0])
        return [self._carried] if self._carried is not None else []

    # -- prepositions and pronouns -------------------------------------------------------

    def _prepositional(self, parse: Parse, candidate: Candidate, frame: Frame, roles: Roles) -> None:
        """What the frame says of phrases after prepositions, in the candidate's clause."""
        view = parse.view
        last = self._syntax.right_limit(view, candidate.at)
        spans = self._syntax.aside_spans(parse, candidate.at, last)
        symmetric = candidate.predicate.sides == "symmetric"
        taken: set[str] = set()
        for phrase in parse.after(candidate.at + 1, last):
            prep = phrase.prep
            if not prep or prep in taken or any(first <= phrase.first < end for first, end in spans):
                continue
            role = frame.prepositions.get(prep)
            if role is None and symmetric and prep in ("مع", "بين"):
                role = "actor"
            if role is None or phrase.joins:
                continue
            mention = phrase.mention
            placed = mention is not None and mention.locative and phrase.by == "head"
            if placed and (role not in ("recipient", "host") or prep in ("في", "ب")):
                continue
            if prep == "ل" and phrase.by != "head" and phrase.head in self._acts:
                # لزيارة, لبحث: an act to come, no side of this one.
                continue
            taken.add(prep)
            roles.fill(role, parse.group(phrase))
        light = candidate.light
        if light is not None:
            # What stands by the light verb is the act's: وجه إلى الميران تحذيرا, اجتماع عقده مع فوديك.
            after = light.at > candidate.at
            end = self._syntax.right_limit(view, light.at) if after else candidate.at
            for phrase in parse.after(light.at + 1, end):
                role = frame.prepositions.get(phrase.prep) if phrase.prep else None
                if after and symmetric and phrase.prep in ("مع", "بين"):
                    role = "actor"
                if role is not None and not (phrase.mention is not None and phrase.mention.locative):
                    roles.put(role, parse.group(phrase))

    def _whose(self, parse: Parse, candidate: Candidate) -> Phrase | None:
        """``هجوم للمتمردين``: whose act a noun is, right behind it; not ``هجوم على حافلة للشرطة``."""
        own = parse.phrase_at.get(candidate.at)
        if own is None or candidate.hit.split.definite:
            return None
        following = next(iter(parse.after(own.last, own.last + 1)), None)
        behind = following is not None and following.first == own.last and following.prep == "ل"
        return following if behind and following is not None and following.by == "head" else None

    def _agent_after(self, parse: Parse, at: int) -> Phrase | None:
        """The phrase after ``من قبل``, ``على يد`` and the like."""
        last = self._syntax.right_limit(parse.view, at)
        return next((p for p in parse.after(at + 1, last) if p.prep == AGENT), None)

    def _between_them(self, view: SentenceView, at: int) -> ActorMention | None:
        """Whom ``بينهما`` or ``بينهم`` after a noun means."""
        for index in range(at + 1, min(at + 6, view.sentence.last)):
            number = _BETWEEN.get(view.token(index).key)
            if number is not None:
                return resolve_pronoun(self._document, index, number, "m")
        return None

    def _pronoun(self, at: int, enclitic: str, subjects: list[ActorMention]) -> ActorMention | None:
        """Whom a pronoun means; not the subject of its own verb."""
        number = {"هما": "d", "كما": "d", "هم": "p", "هن": "p", "كم": "p"}.get(enclitic, "s")
        gender = {"ها": "f", "هن": "f"}.get(enclitic, "m")
        if enclitic in ("نا", "ي", "ني", "ك", "كم"):
            return self._speaker(self._parse, at) if self._parse is not None else self._carried
        return resolve_pronoun(self._document, at, number, gender)
