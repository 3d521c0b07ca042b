"""The verbs of a sentence, each with its subject and its object, as far as grammar shows them.

For each finite verb, in order: a relative clause takes its antecedent; a verb chained by ``و``
goes on with the subject before it unless a noun phrase of its own must be its subject; else
the noun phrase that opens the clause, if the verb agrees with it, or the first one after the
verb. Agreement, the letters of case, and what can act of itself decide between the two.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rasd.text.clitics import stands_in, unjoined
from rasd.text.document import ActorMention, Document
from rasd.text.particles import Particles
from rasd.what.agreement import agrees, gender_of, points_at, resumes
from rasd.what.clauses import QUOTES, SentenceView
from rasd.what.lexemes import EVENT, VERB, Lexemes
from rasd.what.morphology import Conjugation, Morphology
from rasd.what.phrases import Phrase, PhraseFinder, WordClasses, ending, group, mentions_of
from rasd.who import resolve_pronoun

# How far from its verb a noun phrase is looked for, in tokens.
RIGHT_REACH = 40
LEFT_REACH = 30
# How far after its verb a subject may begin.
SUBJECT_REACH = 12
# How far after an apposition's first phrase the comma that closes it may stand.
ASIDE_REACH = 10


@dataclass(slots=True)
class Verb:
    """A finite verb. ``subject`` is its phrase in this sentence, if it has one; ``subjects`` who that is.

    ``how`` says where the subject was found: before, after, antecedent, carried or "".
    ``bare`` are the noun phrases after it without a preposition that are not its subject.
    ``antecedent`` is what a pronoun on the verb points back at (الهجوم الذي نفذته طالبان).
    ``relative_end`` is where a relative clause that it opens ends, 0 if it opens none.
    """

    at: int
    form: Conjugation
    subject: Phrase | None = None
    subjects: list[ActorMention] = field(default_factory=list[ActorMention])
    how: str = ""
    bare: list[Phrase] = field(default_factory=list[Phrase])
    antecedent: Phrase | None = None
    relative_end: int = 0
    # What else the form can be: توجه is "he headed" and "she directs".
    persons: tuple[str, ...] = ()
    embedded: bool = False

    @property
    def object(self) -> Phrase | None:
        return self.bare[0] if self.bare else None


@dataclass(slots=True)
class Parse:
    """What the grammar of a sentence shows: its phrases and verbs, by token."""

    view: SentenceView
    phrases: list[Phrase]
    verbs: list[Verb] = field(default_factory=list[Verb])
    phrase_at: dict[int, Phrase] = field(default_factory=dict[int, Phrase])
    verb_at: dict[int, Verb] = field(default_factory=dict[int, Verb])

    def verb_over(self, at: int) -> Verb | None:
        """The verb in whose clause the token stands: the nearest before it with no border between."""
        found: Verb | None = None
        for verb in self.verbs:
            if verb.at >= at:
                break
            if not verb.relative_end or at < verb.relative_end:
                found = verb
        if found is None:
            return None
        for index in range(found.at + 1, at):
            kind = self.view.border(index)
            if kind in ("that", "clause") or (kind == "mark" and self.view.token(index).text not in QUOTES):
                return None
        return found

    def after(self, at: int, last: int) -> list[Phrase]:
        """The phrases that begin in tokens ``[at, last)``."""
        return [p for p in self.phrases if at <= p.first < last]

    def group(self, phrase: Phrase) -> list[ActorMention]:
        """Who stands for a phrase and those joined to it."""
        return mentions_of(self.view, group(self.phrases, phrase))


class Syntax:
    """Parses sentences. One serves all documents."""

    def __init__(self, lexemes: Lexemes, particles: Particles) -> None:
        self.morphology = Morphology()
        self._lexemes = lexemes
        self._phrases = PhraseFinder(
            WordClasses(lexemes.classes), self.morphology, particles.members("preposition"), particles.pronominal
        )
        self._before_verb = particles.members("perfect", "future", "negation-past", "negation-future", "negation")
        self._being = particles.members("being")
        self.doing = frozenset(lexemes.classes["doing"])
        self.quantities = frozenset(lexemes.classes["quantity"])
        self.undergoing = frozenset(lexemes.classes["undergoing"])

    def parse(self, document: Document, view: SentenceView, carried: ActorMention | None) -> Parse:
        """The parse of a sentence; ``carried`` is whom the sentence before was about."""
        parse = Parse(view, self._phrases.find(view))
        for phrase in parse.phrases:
            for at in range(phrase.first, phrase.last):
                parse.phrase_at[at] = phrase
        for token, border in zip(view.tokens, view.borders, strict=True):
            if border == "verb":
                verb = self._read(token.index, view)
                self._attach(document, parse, verb, carried)
                parse.verbs.append(verb)
                parse.verb_at[token.index] = verb
        return parse

    def verb(self, document: Document, parse: Parse, at: int, person: str, carried: ActorMention | None) -> Verb:
        """The verb at a token; made where the tagger saw none there."""
        found = parse.verb_at.get(at)
        if found is None:
            form = self.morphology.verb(parse.view.token(at))
            found = Verb(at, form._replace(person=person or form.person))
            self._attach(document, parse, found, carried)
            parse.verb_at[at] = found
        return found

    def clause_first(self, view: SentenceView, at: int) -> int:
        """Where the clause that a token stands in begins: after the border before it."""
        index = at - 1
        while index >= view.sentence.first:
            kind = view.border(index)
            if kind in ("that", "clause", "which", "verb") or (kind == "mark" and view.token(index).text not in QUOTES):
                break
            index -= 1
        return index + 1

    def _read(self, at: int, view: SentenceView) -> Verb:
        """The verb at a token, its form by the lexicon where it knows it, with what else it can be."""
        token = view.token(at)
        form = self.morphology.verb(token)
        hits = [h for h in self._lexemes.hits(token.form) if h.kind == VERB]
        tense = "P" if token.tag == "VP" else "I"
        hit = next((h for h in hits if h.tense == tense), hits[0] if hits else None)
        if hit is not None:
            joins = hit.split.proclitics[:1] in ("و", "ف") if hit.split.proclitics else False
            form = Conjugation(joins, hit.person, hit.tense, hit.split.enclitic)
        others = {h.person for h in hits}
        if form.person == "3fs" and form.tense == "I" and any(r.tag == "VP" for r in token.form.readings):
            others.add("3ms")
        return Verb(at, form, persons=tuple(sorted(others - {form.person, "1s", "1p", "2"})))

    def _transitive(self, at: int, view: SentenceView) -> bool | None:
        """Whether a verb takes an object that is a side of its act; None for a verb that is no event's."""
        hits = [h for h in self._lexemes.hits(view.token(at).form) if h.group == EVENT and h.kind == VERB]
        if any(h.split.stem in self._lexemes.prepositional for h in hits):
            return False
        frames = [self._lexemes.predicates[h.entry].frame for h in hits]
        return any(f.get("object") in ("recipient", "actor") for f in frames) if frames else None

    # -- attaching -----------------------------------------------------------------------

    def _attach(self, document: Document, parse: Parse, verb: Verb, carried: ActorMention | None) -> None:
        view = parse.view
        last = self.right_limit(view, verb.at)
        bare = self._bare(parse, verb.at, last)
        chain = self._chain(parse, verb)
        verb.embedded = self._is_embedded(view, verb)
        if verb.persons and bare and not self._fits_after(verb.form.person, bare[0]):
            other = next((p for p in verb.persons if self._fits_after(p, bare[0])), None)
            if other is not None and bare[0].animate:
                verb.form = verb.form._replace(person=other)
        if self._pronoun_topic(view, verb):
            verb.bare = bare
            self._carry(document, parse, verb, chain, carried)
            return
        before = self._antecedent(parse, verb, bare)
        if before is None and verb.antecedent is None:
            before = self._topic(parse, verb, chain)
        if before is not None:
            verb.subject = before
            verb.how = verb.how or "before"
        elif bare and self._is_subject(parse, verb, bare, chain, carried):
            verb.subject, verb.how = bare[0], "after"
        if verb.subject is not None:
            verb.subjects = parse.group(verb.subject)
            taken = {p.index for p in group(parse.phrases, verb.subject)}
            verb.bare = [p for p in bare if p.index not in taken]
            return
        verb.bare = bare
        if verb.form.person in ("1s", "1p", "2"):
            return
        self._carry(document, parse, verb, chain, carried)

    def _carry(
        self, document: Document, parse: Parse, verb: Verb, chain: Verb | None, carried: ActorMention | None
    ) -> None:
        """Give a verb without a subject the one before: of its chain, of the sentence before, of a pronoun."""
        view = parse.view
        person = verb.form.person
        if chain is not None and chain.subject is not None and self._fits_before(person, parse, chain.subject):
            verb.subject, verb.subjects, verb.how = chain.subject, chain.subjects, "carried"
            return
        for earlier in reversed(parse.verbs):
            if earlier.at < verb.at and earlier.subjects and self._mention_fits(person, earlier.subjects, view):
                verb.subject, verb.subjects, verb.how = earlier.subject, earlier.subjects, "carried"
                return
        if carried is not None and agrees(person, carried, view):
            verb.subjects, verb.how = [carried], "carried"
            return
        number = "d" if person.endswith("d") else "p" if person.endswith("p") else "s"
        found = resolve_pronoun(document, verb.at, number, "f" if "f" in person else "m")
        if found is not None:
            verb.subjects, verb.how = [found], "carried"

    def _mention_fits(self, person: str, mentions: list[ActorMention], view: SentenceView) -> bool:
        if person.endswith(("p", "d")) and len(mentions) > 1:
            return True
        return agrees(person, mentions[0], view)

    def _chain(self, parse: Parse, verb: Verb) -> Verb | None:
        """The verb that a chained one goes on from: the last with a fitting subject whose clause is still open."""
        found: Verb | None = None
        end = verb.at
        for earlier in reversed(parse.verbs):
            if earlier.at >= verb.at or (earlier.relative_end and earlier.relative_end <= verb.at):
                continue
            if any(
                parse.view.border(i) == "mark" and parse.view.token(i).text not in QUOTES
                for i in range(earlier.at + 1, end)
            ):
                return found
            if earlier.subject is not None and self._fits_before(verb.form.person, parse, earlier.subject):
                return earlier
            found = found or earlier
            end = earlier.at
        return found

    def _is_embedded(self, view: SentenceView, verb: Verb) -> bool:
        """Whether the verb stands in a clause after إن/أن or a relative."""
        return any(view.border(i) in ("that", "which") for i in range(view.sentence.first, verb.at))

    def _pronoun_topic(self, view: SentenceView, verb: Verb) -> bool:
        """Whether a pronoun is the subject before the verb: أنها أطلقت, لأنهم يرفضون."""
        opening = self._opening(view, verb.at)
        if opening < view.sentence.first or view.border(opening) not in ("that", "clause"):
            return False
        key = view.token(opening).key
        person = verb.form.person
        if key.endswith("نها"):
            return person == "3fs" and not verb.form.joins
        return key.endswith("نهم") and person == "3mp"

    # -- before the verb -----------------------------------------------------------------

    def _opening(self, view: SentenceView, at: int) -> int:
        """The token before the verb and its particles (قد, لم, سوف, كان)."""
        index = at - 1
        while index >= view.sentence.first:
            key = view.token(index).key
            if key in self._being or stands_in(key, self._before_verb):
                index -= 1
                continue
            break
        return index

    def _antecedent(self, parse: Parse, verb: Verb, bare: list[Phrase]) -> Phrase | None:
        """The phrase before a relative pronoun, if it is the subject of the verb after it."""
        view = parse.view
        opening = self._opening(view, verb.at)
        if opening < view.sentence.first or view.border(opening) != "which":
            return None
        verb.relative_end = self._relative_end(view, verb.at)
        pronoun = unjoined(view.token(opening).key)
        candidates: list[Phrase] = []
        at = opening
        for phrase in reversed(parse.phrases):
            if phrase.last > at:
                continue
            if at - phrase.last > 2:
                break
            last = ending(view, phrase, self.morphology)
            candidates += [last, phrase] if last is not None else [phrase]
            at = phrase.first
            if len(candidates) > 4:
                break
        chosen = next((p for p in candidates if self._relative_fits(pronoun, parse, p)), None)
        if chosen is None:
            return None
        if verb.form.enclitic and points_at(verb.form.enclitic, pronoun):
            verb.antecedent = chosen
            return None
        if not self._fits_before(verb.form.person, parse, chosen):
            # The antecedent is the object or governed by a preposition: الذي تقوده روسيا.
            verb.antecedent = chosen
            return None
        verb.how = "antecedent"
        return chosen

    def _relative_fits(self, pronoun: str, parse: Parse, phrase: Phrase) -> bool:
        if pronoun == "الذي":
            return self._fits_before("3ms", parse, phrase)
        if pronoun == "التي":
            return self._fits_before("3fs", parse, phrase)
        if pronoun in ("الذين", "اللاتي", "اللواتي", "اللائي"):
            return self._fits_before("3mp", parse, phrase) or phrase.word.number == "p"
        return phrase.word.number == "d" or self._fits_before("3md", parse, phrase)

    def _relative_end(self, view: SentenceView, at: int) -> int:
        """Where a relative clause that opens before the verb at ``at`` ends."""
        for index in range(at + 1, view.sentence.last):
            kind = view.border(index)
            if kind in ("comma", "mark", "clause", "which") and view.token(index).text not in QUOTES:
                return index
            if kind == "verb" and view.token(index).key[0] not in "وف":
                return index
        return view.sentence.last

    def _topic(self, parse: Parse, verb: Verb, chain: Verb | None) -> Phrase | None:
        """The noun phrase that opens the clause of a verb and agrees with it (الرئيس يزور)."""
        view = parse.view
        if verb.form.joins:
            return None
        opening = self._opening(view, verb.at)
        first, stopped = self._clause_first(parse, verb, opening)
        region = [
            p
            for p in parse.phrases
            if p.first >= first
            and p.last <= opening + 1
            and not p.prep
            and not any(v.at < p.first < v.relative_end <= verb.at for v in parse.verbs)
        ]
        if stopped == "verb":
            return self._asyndetic(parse, verb, region, opening, chain)
        # What opens the clause may be joined to what went before it, not to a phrase of its own.
        topic = next(
            (
                p
                for p in region
                if (not p.joins or (p is region[0] and p.by == "head"))
                and self._fits_before(verb.form.person, parse, p)
            ),
            None,
        )
        if topic is not None and self._fronted(parse, verb, topic):
            # الغارات نفذتها الطائرات: the pronoun on the verb means what opens the clause.
            verb.antecedent = topic
            return None
        if topic is None or (topic.word.case == "a" and stopped != "that" and topic.by != "head"):
            return None
        between = [p for p in region if p.first >= topic.last and not p.joins]
        if any(not self._is_aside(view, p) for p in between):
            return None
        return topic

    def _fronted(self, parse: Parse, verb: Verb, topic: Phrase) -> bool:
        """Whether the topic of a clause is its object: a pronoun on the verb means it, and another can be subject."""
        if verb.form.enclitic not in ("ه", "ها", "هم") or topic.animate:
            return False
        gender, number, _ = gender_of(topic)
        feminine = gender == "f" or number == "p"
        if (verb.form.enclitic == "ها") != feminine:
            return False
        after = self._bare(parse, verb.at, self.right_limit(parse.view, verb.at))
        return bool(after) and bool(after[0].mentions) and self._fits_after(verb.form.person, after[0])

    def _is_aside(self, view: SentenceView, phrase: Phrase) -> bool:
        """Whether a phrase between subject and verb stands in apposition, set off by a comma or a bracket."""
        before = view.border(phrase.first - 1) if phrase.first > view.sentence.first else ""
        return before in ("comma", "mark") or phrase.word.case == "a" or view.token(phrase.first).tag in ("X", "A", "U")

    def _clause_first(self, parse: Parse, verb: Verb, opening: int) -> tuple[int, str]:
        """Where the clause of a verb begins, and the kind of border that opens it."""
        view = parse.view
        lowest = max(view.sentence.first, verb.at - LEFT_REACH)
        index = opening
        while index >= lowest:
            kind = view.border(index)
            if kind == "verb":
                earlier = parse.verb_at.get(index)
                if earlier is not None and earlier.relative_end and earlier.relative_end <= verb.at:
                    # A relative clause that has ended: past its pronoun.
                    index = self._opening(view, index) - 1
                    continue
                return index + 1, "verb"
            if kind in ("that", "clause", "which") or (kind == "mark" and view.token(index).text not in QUOTES):
                return index + 1, kind
            index -= 1
        return index + 1, "start"

    def _asyndetic(
        self, parse: Parse, verb: Verb, region: list[Phrase], opening: int, chain: Verb | None
    ) -> Phrase | None:
        """The subject of a verb that follows another without a word between: a state or a bare relative clause."""
        beside = parse.phrase_at.get(opening)
        if beside is not None and verb.form.enclitic and resumes(verb.form.enclitic, beside):
            # غارات شنتها الطائرات: the pronoun points back at the noun.
            verb.antecedent = beside
            return None
        located = beside is not None and any(m.locative for m in beside.mentions) and beside.by == "head"
        if beside is not None and not located and self._fits_before(verb.form.person, parse, beside):
            if beside.by == "head" or beside.word.human:
                return beside
            if verb.form.tense == "P" and not beside.word.definite and not beside.word.enclitic:
                return beside
            if chain is None or chain.subject is None or not self._fits_before(verb.form.person, parse, chain.subject):
                return beside
            return None
        opener = next((p for p in region if chain is None or p is not chain.subject), None)
        if opener is not None and opener.animate and parse.view.border(opener.first - 1) == "comma":
            return opener if self._fits_before(verb.form.person, parse, opener) else None
        return None

    # -- after the verb ------------------------------------------------------------------

    def right_limit(self, view: SentenceView, at: int) -> int:
        """Where the clause after ``at`` ends: at a full border or the next finite verb of the clause."""
        last = min(view.sentence.last, at + RIGHT_REACH)
        commas = 0
        index = at + 1
        while index < last:
            kind = view.border(index)
            if kind == "mark" and view.token(index).text in QUOTES:
                index += 1
                continue
            if kind in ("mark", "that", "clause", "verb"):
                return index
            if kind == "which":
                index = self._past_relative(view, index)
                continue
            if kind == "comma":
                commas += 1
                if commas > 2:
                    return index
            index += 1
        return min(index, last)

    def _past_relative(self, view: SentenceView, which: int) -> int:
        """The token after a relative clause that opens at ``which``."""
        verb = next((i for i in range(which + 1, view.sentence.last) if view.border(i) == "verb"), None)
        if verb is None:
            return view.sentence.last
        return self._relative_end(view, verb)

    def relative_spans(self, view: SentenceView, at: int, last: int) -> list[tuple[int, int]]:
        """The relative clauses in tokens ``[at, last)``."""
        spans: list[tuple[int, int]] = []
        index = at
        while index < last:
            if view.border(index) == "which":
                end = self._past_relative(view, index)
                spans.append((index, end))
                index = max(end, index + 1)
            else:
                index += 1
        return spans

    def aside_spans(self, parse: Parse, at: int, last: int) -> list[tuple[int, int]]:
        """What in tokens ``(at, last)`` belongs to a noun there: relative clauses, appositions between commas."""
        view = parse.view
        spans = self.relative_spans(view, at + 1, last)
        for phrase in parse.after(at + 3, last):
            if phrase.prep or view.border(phrase.first - 1) != "comma":
                continue
            for index in range(phrase.last, min(phrase.last + ASIDE_REACH, last)):
                kind = view.border(index)
                if kind:
                    if kind == "comma":
                        spans.append((phrase.first, index))
                    break
        return spans

    def _bare(self, parse: Parse, at: int, last: int) -> list[Phrase]:
        """The phrases after ``at`` without a preposition, relative clauses and appositions left out."""
        spans = self.aside_spans(parse, at, last)
        return [
            p
            for p in parse.after(at + 1, last)
            if not p.prep and not any(first <= p.first < end for first, end in spans)
        ]

    def _is_subject(
        self, parse: Parse, verb: Verb, bare: list[Phrase], chain: Verb | None, carried: ActorMention | None
    ) -> bool:
        """Whether the first noun phrase after a verb is its subject rather than its object."""
        view = parse.view
        first = bare[0]
        person = verb.form.person
        if first.first - verb.at > SUBJECT_REACH or not self._fits_after(person, first):
            return False
        if any(view.border(i) == "comma" for i in range(verb.at + 1, first.first)) and not first.animate:
            return False
        if verb.form.enclitic:
            return True
        # An accusative that nobody stands for may be an adverb (ردا على, احتجاجا على).
        others = [p for p in bare[1:] if not p.joins and (p.mentions or p.word.case != "a" or p.word.number != "s")]
        transitive = self._transitive(verb.at, view)
        known = self._may_carry(parse, verb, chain, carried)
        if verb.at == view.sentence.first and first.animate:
            # A sentence that opens with a verb, with و or without, names its subject next.
            return True
        opening = self._opening(view, verb.at)
        told = (
            opening >= view.sentence.first and view.border(opening) == "that" and view.token(opening).key.endswith("نه")
        )
        if not transitive:
            return first.animate or not known
        if known and not first.animate and (told or verb.form.joins):
            return False
        if others and others[0].first - first.last < SUBJECT_REACH:
            return True
        if not known:
            return True
        return not verb.form.joins if first.animate else False

    def _may_carry(self, parse: Parse, verb: Verb, chain: Verb | None, carried: ActorMention | None) -> bool:
        """Whether somebody named before could be the subject of the verb."""
        if chain is not None and chain.subject is not None:
            return self._fits_before(verb.form.person, parse, chain.subject)
        if chain is not None or carried is None:
            return False
        return agrees(verb.form.person, carried, parse.view)

    # -- agreement -----------------------------------------------------------------------

    def _fits_after(self, person: str, phrase: Phrase) -> bool:
        """Whether a verb before its subject may be of this person: number does not count, gender does."""
        if person not in ("3ms", "3fs"):
            return False
        named = phrase.by == "head" and phrase.mention is not None and phrase.mention.how in ("name", "metonym")
        if phrase.word.case == "a" and not named:
            return False
        gender, number, loose = gender_of(phrase)
        if person == "3ms":
            mention = phrase.mention if phrase.by == "head" else None
            state = mention is not None and mention.kind == "state" and mention.how == "name"
            return (loose and not state) or not (gender == "f" and number in ("s", "p"))
        return gender != "m" or number == "p" or loose

    def _fits_before(self, person: str, parse: Parse, phrase: Phrase) -> bool:
        """Whether a verb after its subject agrees with it in number and gender, as far as known."""
        gender, number, loose = gender_of(phrase)
        several = len(group(parse.phrases, phrase)) > 1
        mention = phrase.mention if phrase.by == "head" else None
        if mention is not None and agrees(person, mention, parse.view):
            return True
        if person.endswith("d"):
            return number == "d" or several
        if person.endswith("p"):
            return phrase.word.human or several or (mention is None and number == "p" and gender != "f")
        if mention is not None:
            return False
        if person == "3ms":
            return gender != "f" and number == "s"
        if person == "3fs":
            return gender == "f" or number == "p" or loose
        return False
