"""Candidates: the words of a sentence that may report an act, and what governs each.

A word becomes a candidate when a predicate's form, its part of speech in context, the nouns
it must go with and the words that rule it out all agree. Light verbs and operators before it
are its governors: they lend it tense, sides and status.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rasd.text.clitics import stands_in
from rasd.text.document import WORD, Token
from rasd.text.letters import fold
from rasd.what.clauses import Borders, SentenceView, preposition
from rasd.what.exclusions import excluded
from rasd.what.grammar import LightVerb, Operator
from rasd.what.lexemes import ACTIVE, EVENT, LIGHT, NOUN, OPERATOR, PASSIVE, SPEECH, VERB, Hit, Lexemes
from rasd.what.schema import Predicate
from rasd.what.scope import Scope, opens_clause
from rasd.what.subjects import Subject

# How far a light verb may stand before its noun, a subject of many words in between.
LIGHT_REACH = 12
# The same for a verb of outcome, the act that led to it in between.
OUTCOME_REACH = 24
# How far after its noun a light verb may stand.
TRAILING_REACH = 4
# How far after its negation an exception may stand.
EXCEPTION_REACH = 9
# Behind an exception it begins another clause: إلا أن.
_THAT = fold("أن")
# The operator that makes conditional whatever it holds over.
CONDITION = "if"
# How far the noun that a meaning depends on may stand after its verb or masdar.
OBJECT_REACH = 9


@dataclass(slots=True)
class Governor:
    """A light verb or operator over a candidate: where it stands and what it says."""

    at: int
    hit: Hit | None
    light: LightVerb | None = None
    operator: Operator | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A word that a second reader takes for an act, with an entry for lack of one that names it."""

    at: int
    predicate: Predicate


@dataclass(slots=True)
class Candidate:
    """A word that may report an act."""

    at: int
    hit: Hit
    predicate: Predicate
    prep: str = ""
    governors: list[Governor] = field(default_factory=list[Governor])
    # The event word over this one ("called for a withdrawal"), nearest first.
    over: Candidate | None = None
    negated: bool = False
    refused: str = ""
    # Whether a second reader alone takes the word for this act.
    proposed: bool = False
    object_at: int | None = None
    # Where a verb says more of the same act (غارة استهدفت منزلا): its object is this act's.
    extended_at: int | None = None
    # The adjective of status behind the act's noun (هجوم محتمل), and the act that this one is joined to by و.
    described: Governor | None = None
    joined: Candidate | None = None
    # Whether an operator over it is itself under a condition (إذا قررت القيام بعمل عسكري).
    conditional: bool = False
    # Whether a noun before says that it took place (حادث إسقاط الطائرة).
    incident: bool = False
    # Its status and the reason for it, once judged.
    status: str = ""
    status_reason: str = ""

    @property
    def is_verb(self) -> bool:
        return self.hit.kind == VERB

    @property
    def is_noun(self) -> bool:
        return self.hit.kind == NOUN

    @property
    def light(self) -> Governor | None:
        return next((g for g in self.governors if g.light), None)


class CandidateFinder:
    """Finds the candidates of a sentence."""

    def __init__(self, lexemes: Lexemes, borders: Borders) -> None:
        self._lexemes = lexemes
        self._borders = borders
        self._incidents = frozenset(lexemes.classes["incident"])
        self._scope = Scope(lexemes, borders)

    def find(
        self, view: SentenceView, subjects: Sequence[Subject] = (), proposed: Sequence[Proposal] = ()
    ) -> list[Candidate]:
        """Candidates in order of the text; those ruled out say why in ``refused``.

        ``subjects`` are those that the sentence speaks of, ``proposed`` the words that a second reader takes
        for acts: each is a candidate where no rule makes its word one of the type.
        """
        if subjects and _between_powers(view):
            subjects = [subject for subject in subjects if not subject.local]
        found: list[Candidate] = []
        consumed: set[int] = set()
        lights: list[tuple[int, Hit]] = []
        operators = self._operators(view)
        hits_of = self._lexemes.hits
        timed = {at for time in view.times for at in range(time.first, time.last)}
        for token in view.tokens:
            if token.kind != WORD or token.index in timed:
                continue
            hits = hits_of(token.form)
            if not hits:
                continue
            in_name = token.index in view.covering and not self._heads_nothing(view, token)
            best: Candidate | None = None
            for hit in hits:
                if hit.group == LIGHT and (_fits_tag(hit, token) or self._resumes(view, token, hit)):
                    lights.append((token.index, hit))
                elif hit.group == EVENT and (not in_name or self._lexemes.predicates[hit.entry].stand_in):
                    best = self._better(best, self._candidate(view, token, hit, consumed, subjects))
            if best is not None:
                found.append(best)
                if best.object_at is not None and not best.refused:
                    consumed.add(best.object_at)
        if proposed:
            found = self._with_proposed(view, found, proposed)
        for candidate in found:
            self._govern(view, candidate, lights, operators)
            if candidate.predicate.topic and not candidate.refused and _is_topic(candidate):
                candidate.refused = "it names a topic"
        # What only a second reader takes for acts leaves the others as they stand to one another.
        seen = [c for c in found if not c.proposed]
        _nest(view, seen)
        _join(view, seen)
        _extend(view, seen)
        return found

    def _with_proposed(
        self, view: SentenceView, found: list[Candidate], proposed: Sequence[Proposal]
    ) -> list[Candidate]:
        """The candidates with those proposed; a word that a rule had ruled out keeps its own entry."""
        at: dict[int, list[Candidate]] = {}
        for candidate in found:
            at.setdefault(candidate.at, []).append(candidate)
        for proposal in proposed:
            same = [c for c in at.get(proposal.at, ()) if c.predicate.type == proposal.predicate.type]
            if any(not c.refused for c in same):
                continue
            token = view.token(proposal.at)
            if same:
                new = Candidate(proposal.at, same[0].hit, same[0].predicate, object_at=same[0].object_at)
            else:
                new = Candidate(proposal.at, self._lexemes.guess(token), proposal.predicate)
            new.proposed = True
            new.prep = preposition(view, proposal.at, new.hit.split.proclitics)
            new.negated = self._negated(view, token)
            found.append(new)
        found.sort(key=lambda c: (c.at, c.proposed))
        return found

    def _resumes(self, view: SentenceView, token: Token, hit: Hit) -> bool:
        """Whether a form is a light verb with a pronoun for the noun before it: غارات شنتها الطائرات."""
        if hit.split.enclitic not in ("ه", "ها", "هما") or token.index == view.sentence.first or hit.split.proclitics:
            return False
        if not any(r.tag in ("VP", "VI") and r.enclitic for r in token.form.readings):
            return False
        before = view.token(token.index - 1)
        return view.border(token.index - 1) == "which" or before.tag in ("N", "M", "J", "R", "A", "U")

    def _heads_nothing(self, view: SentenceView, token: Token) -> bool:
        """A predicate word inside a mention counts only where the mention is a mere description."""
        mention = view.covering[token.index]
        return mention.how == "description" and mention.head != token.index

    def _better(self, best: Candidate | None, new: Candidate | None) -> Candidate | None:
        if new is None:
            return best
        if best is None or (best.refused and not new.refused):
            return new
        if new.refused:
            return best
        # لا تعترف: where the negation is the act, the verb is not denied.
        if best.predicate.negated != new.predicate.negated:
            return new if new.predicate.negated else best
        # A reading whose meaning is fixed by its object beats one that needs nothing; a nearer object a farther.
        if new.object_at is None or best.object_at is None:
            return new if new.object_at is not None else best
        return new if new.object_at < best.object_at else best

    def _candidate(
        self, view: SentenceView, token: Token, hit: Hit, consumed: set[int], subjects: Sequence[Subject]
    ) -> Candidate | None:
        predicate = self._lexemes.predicates[hit.entry]
        if not _fits_tag(hit, token):
            return None
        if hit.kind == VERB and hit.split.enclitic and not token.form.readings and self._after_verb(view, token):
            # يعكر صفوهم: an unknown noun with a pronoun, right after the clause's verb.
            return None
        if hit.kind == VERB and hit.split.enclitic == "ك" and (not token.form.readings or token.tag == "X"):
            # فيسبوك: news hardly says "you"; an unknown word, or a name, that seems to does not.
            return None
        if hit.jussive and not self._after_jussive_particle(view, token):
            return None
        candidate = Candidate(token.index, hit, predicate)
        candidate.prep = preposition(view, token.index, hit.split.proclitics)
        if token.index in consumed:
            candidate.refused = "it is the object of the act before it"
            return candidate
        if predicate.objects:
            candidate.object_at = self._object(view, token.index, hit)
            if candidate.object_at is None:
                return None
        candidate.refused = excluded(self._lexemes, view, token, hit, subjects)
        candidate.negated = self._negated(view, token)
        candidate.incident = self._incident(view, token, hit)
        if predicate.negated:
            if not candidate.negated:
                return None
            candidate.negated = False
        return candidate

    def _after_verb(self, view: SentenceView, token: Token) -> bool:
        return token.index > view.sentence.first and view.border(token.index - 1) == "verb"

    def _after_jussive_particle(self, view: SentenceView, token: Token) -> bool:
        if token.index == view.sentence.first:
            return False
        return stands_in(view.token(token.index - 1).key, ("لم", "لا", "لما"))

    def _object(self, view: SentenceView, at: int, hit: Hit) -> int | None:
        """Where the noun stands that the meaning depends on, within the clause after ``at``."""
        wanted = self._lexemes.objects[hit.entry]
        last = min(view.sentence.last, at + 1 + OBJECT_REACH)
        for index in range(at + 1, last):
            kind = view.border(index)
            if kind in ("mark", "that", "clause") or (kind == "verb" and index > at + 1):
                return None
            for split in view.token(index).form.stems:
                if split.stem in wanted:
                    return index
        return None

    def _incident(self, view: SentenceView, token: Token, hit: Hit) -> bool:
        """Whether a noun before says that the act took place, and its genitive is somebody or something known."""
        at = token.index
        if hit.kind != NOUN or at == view.sentence.first or at + 1 >= view.sentence.last:
            return False
        known = at + 1 in view.covering or view.token(at + 1).key.startswith("ال")
        return known and any(split.stem in self._incidents for split in view.token(at - 1).form.stems)

    def _negated(self, view: SentenceView, token: Token) -> bool:
        """A negation right before, or before an auxiliary (لم يكن قد زار), that no ``إلا`` takes back."""
        at = token.index - 1
        for _ in range(2):
            if at < view.sentence.first:
                return False
            key = view.token(at).key
            if stands_in(key, self._borders.negations):
                # لم يوقعا إلا في مارس: they have signed. لن ينسحب إلا بعد: he has not yet.
                return stands_in(key, self._borders.not_yet) or not self._excepted(view, token.index)
            if key not in self._borders.being and key not in ("قد", "عدم"):
                return False
            at -= 1
        return False

    def _excepted(self, view: SentenceView, at: int) -> bool:
        """Whether ``إلا`` takes a negation back within the clause; ``إلا أن`` begins another."""
        for index in range(at + 1, min(at + EXCEPTION_REACH, view.sentence.last - 1)):
            if view.token(index).key in self._borders.exceptions:
                return not view.token(index + 1).key.startswith(_THAT)
            if view.border(index) in ("mark", "clause", "that", "which", "verb") or view.token(index).text in "،,":
                return False
        return False

    def _operators(self, view: SentenceView) -> list[Governor]:
        found: list[Governor] = []
        lexemes = self._lexemes
        groups_of = lexemes.groups
        for token in view.tokens:
            if token.kind != WORD or OPERATOR not in groups_of(token.form) or token.index in view.covering:
                continue
            for phrase in lexemes.phrases(token.key) or lexemes.phrases(token.key[1:] if token.key[0] in "وف" else ""):
                if phrase.group == OPERATOR and follows(view, token.index, phrase.words):
                    at = token.index + len(phrase.words) - 1
                    # A phrase that ends in ل (تمهيدا ل) ends before the word that ل is written to.
                    at -= len(phrase.words[-1]) == 1 and view.token(at).key != phrase.words[-1]
                    operator = lexemes.operators[phrase.entry]
                    found.append(Governor(at, None, operator=operator, negated=self._negated(view, token)))
                    break
            else:
                for hit in lexemes.hits(token.form):
                    if hit.group == OPERATOR and _fits_tag(hit, token) and opens_clause(view, token.index, hit):
                        operator = lexemes.operators[hit.entry]
                        found.append(Governor(token.index, hit, operator=operator, negated=self._negated(view, token)))
                        break
        return found

    def _govern(
        self, view: SentenceView, candidate: Candidate, lights: list[tuple[int, Hit]], operators: list[Governor]
    ) -> None:
        at = candidate.at
        top = at
        if candidate.is_noun:
            for light_at, hit in reversed(lights):
                if hit.split.enclitic:
                    # الغارات التي يشنها: its noun stands before it.
                    continue
                light = self._lexemes.light[hit.entry]
                reach = OUTCOME_REACH if light.outcome else LIGHT_REACH
                if at - reach <= light_at < at and self._light_reaches(view, light_at, candidate, hit):
                    token = view.token(light_at)
                    candidate.governors.append(Governor(light_at, hit, light=light, negated=self._negated(view, token)))
                    top = light_at
                    break
            else:
                self._trailing_light(view, candidate, lights)
        light = candidate.light
        hit, prep = candidate.hit, candidate.prep
        if light is not None and light.hit is not None and light.at < at:
            hit, prep = light.hit, ""
        for operator in reversed(operators):
            assert operator.operator is not None
            if operator.at < at and self._scope.governs(view, operator.operator, operator.at, top, hit, prep):
                candidate.governors.append(operator)
                if len(candidate.governors) >= 4:
                    break
                candidate.conditional = candidate.conditional or self._conditional(view, operator, operators)
        if candidate.is_noun:
            described = self._scope.described(view, at, candidate.hit)
            if described is not None:
                candidate.described = Governor(described[1], None, operator=described[0])

    def _conditional(self, view: SentenceView, governor: Governor, operators: list[Governor]) -> bool:
        if governor.hit is None or governor.hit.kind != VERB:
            return False
        return any(
            o.operator is not None
            and o.operator.id == CONDITION
            and self._scope.governs(view, o.operator, o.at, governor.at, governor.hit, "")
            for o in operators
        )

    def _trailing_light(self, view: SentenceView, candidate: Candidate, lights: list[tuple[int, Hit]]) -> None:
        """A light verb right after the noun that is its subject: المفاوضات ستعقد, الغارة نفذت."""
        for light_at, hit in lights:
            if not candidate.at < light_at <= candidate.at + TRAILING_REACH or hit.split.proclitics.startswith("و"):
                continue
            # الهجوم الذي نفذته طالبان, هجوم شنته طالبان: the pronoun points back at the noun.
            relative = bool(hit.split.enclitic)
            if hit.voice == "a" and self._lexemes.light[hit.entry].subject != "none" and not relative:
                continue
            between = [view.border(i) for i in range(candidate.at + 1, light_at)]
            if any(kind for kind in between if kind != "which"):
                continue
            negated = self._negated(view, view.token(light_at))
            light = self._lexemes.light[hit.entry]
            candidate.governors.append(Governor(light_at, hit, light=light, negated=negated))
            return

    def _light_reaches(self, view: SentenceView, light_at: int, candidate: Candidate, hit: Hit) -> bool:
        """No border, no other predicate and no other bare noun lies between light verb and noun."""
        light = self._lexemes.light[hit.entry]
        link = candidate.prep if candidate.prep else ""
        if link not in light.link or (
            candidate.hit.split.definite and light.id == "do" and light_at + 1 == candidate.at
        ):
            return False
        for index in range(light_at + 1, candidate.at):
            kind = view.border(index)
            if kind in ("mark", "that", "which", "clause") or kind == "verb":
                return False
            # Between an outcome and its verb stands the act that led to it.
            if index not in view.covering and not light.outcome and self._names_act(view.token(index)):
                return False
        return True

    def _names_act(self, token: Token) -> bool:
        return any(h.group == EVENT and h.kind == NOUN for h in self._lexemes.hits(token.form))


def _fits_tag(hit: Hit, token: Token) -> bool:
    """Whether the part of speech that the tagger chose allows the hit."""
    tag = token.tag
    if hit.kind == VERB:
        return tag in ("VP", "VI", "X", "VC", "") or (tag != "P" and hit.tense == "I" and not token.form.readings)
    if hit.kind in (ACTIVE, PASSIVE):
        # مدينة is a town before it is "condemning".
        return tag not in ("VP", "VI", "P") and not (tag == "X" and token.form.readings)
    return tag not in ("VP", "VI", "P") or (hit.split.definite and tag != "P")


def follows(view: SentenceView, at: int, words: tuple[str, ...]) -> bool:
    """Whether ``words`` stand at ``at``; a last word of one letter is a proclitic of the next token."""
    for offset, word in enumerate(words):
        index = at + offset
        if index >= view.sentence.last:
            return False
        key = view.token(index).key
        if offset == 0 and key != word and key[1:] != word:
            return False
        if offset and key != word:
            return len(word) == 1 and key.startswith(word)
    return True


def _is_topic(candidate: Candidate) -> bool:
    """Whether a noun that can name a thing names one: definite, and no verb says that it took place."""
    return candidate.is_noun and candidate.hit.split.definite and candidate.light is None


# How far an act may stand after the event word that it is the content of.
NEST_REACH = 16


def _nest(view: SentenceView, candidates: list[Candidate]) -> None:
    """Tie each candidate to the event word whose content it is, if it is."""
    telling: Candidate | None = None
    for lower in candidates:
        upper, telling = telling, telling if lower.refused else lower
        if upper is None or lower.at - upper.at > NEST_REACH:
            continue
        spanned = [view.border(i) for i in range(upper.at + 1, lower.at)]
        if any(kind in ("mark", "which", "clause") for kind in spanned):
            continue
        if spanned.count("verb") - bool(lower.light) > 0:
            continue
        if lower.is_noun or "that" in spanned:
            lower.over = upper


# How far apart two nouns joined by و may stand.
JOIN_REACH = 12


def _join(view: SentenceView, candidates: list[Candidate]) -> None:
    """Tie each noun that goes on after و to the noun before it: للاجتماع بالملك وبحث الأزمة."""
    for before, after in pairwise(candidates):
        if not (before.is_noun and after.is_noun) or after.at - before.at > JOIN_REACH:
            continue
        previous = view.token(after.at - 1).key
        if not after.hit.split.proclitics.startswith("و") and previous not in ("او", "و"):
            continue
        if any(view.border(i) in ("mark", "verb", "that", "which", "clause") for i in range(before.at + 1, after.at)):
            continue
        after.joined = before


# How far a verb that says more of an attack may stand after the attack's noun.
EXTENSION_REACH = 8
_EXTENDING = frozenset({"assault.attack"})


def _extend(view: SentenceView, candidates: list[Candidate]) -> None:
    """Refuse a verb that only says whom the attack named before it hit, and note it with that attack."""
    for noun, verb in pairwise(candidates):
        if noun.refused or verb.refused or not noun.is_noun or not verb.is_verb:
            continue
        if noun.predicate.type != verb.predicate.type or verb.predicate.id not in _EXTENDING:
            continue
        if verb.at - noun.at > EXTENSION_REACH or verb.hit.split.proclitics:
            continue
        if any(view.border(i) in ("mark", "that", "clause", "verb") for i in range(noun.at + 1, verb.at)):
            continue
        noun.extended_at = verb.at
        verb.refused = "it says more of the act before it"


def fits_tag(hit: Hit, token: Token) -> bool:
    """Whether the part of speech that the tagger chose for a token allows the hit."""
    return _fits_tag(hit, token)


def is_speech(lexemes: Lexemes, token: Token) -> Hit | None:
    """The hit of a word of saying, or None."""
    for hit in lexemes.hits(token.form):
        if hit.group == SPEECH and _fits_tag(hit, token):
            return hit
    return None


def _between_powers(view: SentenceView) -> bool:
    """Whether a sentence names two powers, of different states or of none, by more than their people."""
    mains = {code.partition("/")[0] for m in view.mentions for code in m.codes if not code.endswith("/CVL")}
    return len(mains - {"None"}) > 1
