"""Affairs: the issues, projects, agreements, targets and gatherings that events are about."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasd.lexicon import Compiled
from rasd.record import Affair, Amount, Located, Name, Party, Place, Quantity
from rasd.text.document import Document, PlaceMention, Sentence
from rasd.text.letters import fold
from rasd.what.affair_lexicon import AFFAIR_WORDS, AffairLexicon
from rasd.what.affair_parties import PartyReader
from rasd.what.affair_phrases import Phrase, PhraseReader, compose
from rasd.what.affair_schema import KnownAffair
from rasd.what.sides import NATIONS, Nations, Sides, states_of
from rasd.what.targets import Target, TargetReader
from rasd.who import romanize

SECTIONS = (NATIONS, AFFAIR_WORDS)


@dataclass(slots=True)
class AffairDraft:
    """An affair as it is gathered; ``spans`` are the tokens ``[first, last)`` that name it."""

    id: str
    kind: str
    ar: str
    en: str
    what: str | None
    spans: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    mentions: list[Located] = field(default_factory=list[Located])
    parties: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    place: Place | None = None
    quantity: Amount | None = None
    group: str = ""
    known: str = ""
    quoted: str = ""
    described: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    sentences: dict[int, int] = field(default_factory=dict[int, int])

    def sentence_of(self, first: int) -> int:
        """The index of the sentence of the mention that starts at a token."""
        return self.sentences[first]

    @property
    def affair(self) -> Affair:
        """The affair as it leaves the reader."""
        return Affair(
            self.id, self.kind, Name(self.ar, self.en), self.what,
            [Party(code, role) for code, role in dict.fromkeys(self.parties)],
            self.place, self.quantity, sorted(self.mentions, key=lambda m: m.start),
        )  # fmt: skip


class AffairReader:
    """Reads the affairs of documents whose times, actors and places have been read."""

    def __init__(self, lexicon: Compiled) -> None:
        self._knowledge = AffairLexicon(lexicon)
        self.nations = Nations(lexicon)

    def read(self, document: Document, quantities: list[Quantity]) -> list[AffairDraft]:
        """The affairs of a document with the tokens of their mentions, in order of the first."""
        gathering = _Gathering(document, self._knowledge, self.nations)
        of = self._knowledge.senses.of
        for sentence in document.sentences:
            at = sentence.first
            while at < sentence.last:
                senses = of(document.tokens[at].form)
                if senses and ("known" in senses or "head" in senses):
                    at = max(at + 1, gathering.take(at, sentence))
                else:
                    at += 1
        targets = TargetReader(document, self._knowledge, gathering.sides)
        for target in targets.read(quantities) if quantities else ():
            gathering.take_target(target)
        return gathering.finished()


class _Gathering:
    """The affairs of one document, as they are found and joined."""

    def __init__(self, document: Document, knowledge: AffairLexicon, nations: Nations) -> None:
        self.document = document
        self.tokens = document.tokens
        self.sides = Sides(document, nations)
        self._knowledge = knowledge
        self._nations = nations
        self._phrases = PhraseReader(document, knowledge, nations, self.sides)
        self._parties = PartyReader(document, knowledge, nations, self.sides)
        self._drafts: list[AffairDraft] = []

    def take(self, at: int, sentence: Sentence) -> int:
        """Takes the affair named at a token; returns where its name ends, or ``at``."""
        found = self._knowledge.known_at(self.tokens, at, sentence.last)
        phrase = self._phrases.read(at, sentence.last)
        if phrase and phrase.head.id == "project":
            inner = self._inner(phrase, sentence)
            if inner:
                phrase, found = inner, None
        if found and (phrase is None or found[2] >= phrase.last or phrase.head.kind != found[0].kind):
            return self._take_known(found, at, sentence)
        if phrase is None:
            return self._again(at, sentence)
        limits = (sentence.first, sentence.last)
        parties, builds = self._parties.read(phrase, at, phrase.last, limits)
        if phrase.known:
            return self._take_known((phrase.known, False, phrase.last), at, sentence, phrase, parties)
        if phrase.head.needs == "frame" and not (builds and self._is_built(phrase)):
            return at
        if phrase.head.needs == "name" and not (phrase.quoted or phrase.nisbas or phrase.place or phrase.states):
            return at
        if phrase.head.kind == "issue" and not self._is_issue(phrase):
            return at
        if phrase.head.id == "project" and not phrase.quoted:
            return at
        named = phrase.nisbas or phrase.states or phrase.place or phrase.quoted or phrase.sides
        if phrase.head.kind == "project" and not (named or parties or builds):
            return self._again(at, sentence, phrase)
        if phrase.head.kind == "agreement" and not (phrase.told or parties):
            return at
        self._take_phrase(phrase, at, parties, sentence)
        return phrase.last

    def _inner(self, phrase: Phrase, sentence: Sentence) -> Phrase | None:
        """``مشروع خط أنابيب``: the project that the word is said of."""
        at = phrase.first + 1
        if at >= sentence.last:
            return None
        inner = self._phrases.read(at, sentence.last)
        if inner and inner.head.kind == "project" and inner.told:
            return inner
        known = self._knowledge.known_at(self.tokens, at, sentence.last)
        if known and known[0].kind == "project":
            phrase.known, phrase.last = known[0], known[2]
            return phrase
        return None

    def _again(self, at: int, sentence: Sentence, phrase: Phrase | None = None) -> int:
        """``المشروع``, ``الاتفاق``: the latest affair that the definite word can mean."""
        sense = self._knowledge.senses.of(self.tokens[at].form).get("head")
        if sense is None or not sense.split.definite:
            return at
        for name in [phrase.head.id] if phrase else sense.value.split(","):
            head = self._knowledge.heads[name]
            if head.kind == "issue" or all(sense.split.stem != fold(w.split()[0]) for w in head.words):
                continue
            for draft in reversed(self._drafts):
                if draft.kind == head.kind and (draft.group == head.group or head.id == "project"):
                    last = phrase.last if phrase else at + 1
                    self._mention(draft, at, last, sentence)
                    return last
        return at

    def _is_built(self, phrase: Phrase) -> bool:
        """One thing that can be pointed at, not ``جسور الحوار``."""
        sense = self._knowledge.senses.of(self.tokens[phrase.first].form)["head"]
        singular = any(sense.split.stem == fold(w.split()[0]) for w in phrase.head.words)
        return singular and bool(phrase.adjectives or phrase.nisbas or phrase.states or phrase.place or phrase.quoted)

    @staticmethod
    def _is_issue(phrase: Phrase) -> bool:
        if phrase.nisbas or phrase.states or phrase.place or phrase.sides:
            return True
        return phrase.definite or bool(phrase.topics) or any(k.startswith("ال") for k in phrase.keys)

    def _spoken_of(self, known: KnownAffair) -> bool:
        """Whether the article names a party of an affair, so that its short name is enough (الاتفاق النووي)."""
        states = {party.code.partition("/")[0] for party in known.parties}
        return any(code.partition("/")[0] in states for mention in self.document.actors for code in mention.codes)

    def _take_known(
        self,
        found: tuple[KnownAffair, bool, int],
        at: int,
        sentence: Sentence,
        phrase: Phrase | None = None,
        parties: list[tuple[str, str]] | None = None,
    ) -> int:
        known, short, last = found
        draft = next((d for d in self._drafts if d.known == known.id), None)
        if short and draft is None and not self._spoken_of(known):
            return at if phrase is None else phrase.last
        group = self._knowledge.heads[known.head].group or "" if known.head else ""
        if draft is None:
            draft = self._nameless(known, group)
        if draft is None:
            draft = AffairDraft(f"a{len(self._drafts) + 1}", known.kind, known.ar[0], known.en, known.what)
            self._drafts.append(draft)
        draft.known, draft.group = known.id, group
        draft.ar, draft.en, draft.what = known.ar[0], known.en, known.what or draft.what
        if phrase is None and known.kind in ("project", "agreement") and known.head:
            pseudo = Phrase(self._knowledge.heads[known.head], at, last, True)
            parties, _ = self._parties.read(pseudo, at, last, (sentence.first, sentence.last))
        draft.parties += [(party.code, party.role) for party in known.parties]
        self._add_parties(draft, parties or [])
        draft.states |= {code.partition("/")[0] for code, _ in draft.parties}
        if draft.place is None and phrase and phrase.place:
            draft.place = _place(phrase.place)
        if draft.place is None and known.place:
            place = known.place
            draft.place = Place(Name(place.ar, place.en), place.country, place.lat, place.lon, None)
        self._mention(draft, at, last, sentence)
        return last

    def _nameless(self, known: KnownAffair, group: str) -> AffairDraft | None:
        """An affair described before it is named: "the Turkish nuclear plant", then Akkuyu."""
        states = {party.code.partition("/")[0] for party in known.parties}
        for draft in self._drafts:
            if draft.kind != known.kind or not group or draft.group != group or draft.known or draft.quoted:
                continue
            if draft.place and known.place and draft.place.name.en == known.place.en:
                return draft
            if draft.states & states and draft.states <= states and not (draft.place and known.place):
                return draft
        return None

    def _take_phrase(self, phrase: Phrase, at: int, parties: list[tuple[str, str]], sentence: Sentence) -> None:
        name, what = compose(phrase, self._nations, _romanized(phrase.quoted))
        head = phrase.head
        states = frozenset(states_of([*phrase.nisbas, *phrase.states, *phrase.sides]))
        described = frozenset(w.en for w in phrase.adjectives)
        draft = self._same(phrase, states, described, name)
        if draft is None:
            start = self._start(at)
            text = self.document.text[start : self.tokens[phrase.last - 1].end]
            draft = AffairDraft(f"a{len(self._drafts) + 1}", head.kind, text, name, None)
            draft.group, draft.quoted, draft.described = head.group or head.id, phrase.quoted, described
            self._drafts.append(draft)
            if head.kind in ("project", "agreement", "gathering"):
                draft.what = what
        draft.states |= states
        self._add_parties(draft, parties)
        if draft.place is None and phrase.place:
            draft.place = _place(phrase.place)
        if head.kind == "agreement":
            self._state_agreement(draft, phrase, at, sentence)
        self._mention(draft, at, phrase.last, sentence)

    def _state_agreement(self, draft: AffairDraft, phrase: Phrase, at: int, sentence: Sentence) -> None:
        if draft.what and "(" not in draft.what:
            purpose = self._parties.purpose(phrase.last, sentence.last)
            if purpose and not draft.known:
                draft.what = f"{draft.what} to {purpose}"
                draft.en = f"{draft.en} to {purpose}"
            state = self._parties.state(at, phrase.last, (sentence.first, sentence.last))
            if state:
                draft.what = f"{draft.what} ({state})"

    def _same(self, phrase: Phrase, states: frozenset[str], described: frozenset[str], name: str) -> AffairDraft | None:
        """The affair named before that the phrase means again."""
        group = phrase.head.group or phrase.head.id
        for draft in reversed(self._drafts):
            if draft.kind != phrase.head.kind:
                continue
            if draft.en == name:
                return draft
            if draft.group != group or (phrase.quoted and draft.quoted != phrase.quoted):
                continue
            if draft.kind == "issue" or draft.kind == "gathering":
                continue
            if phrase.place and draft.place and phrase.place.en != draft.place.name.en:
                continue
            if states and draft.states and not (states & draft.states):
                continue
            if described and draft.described and not (described & draft.described):
                continue
            here = bool(phrase.place and draft.place)
            if here or (states & draft.states and self._definite(phrase)):
                return draft
            if draft.kind == "project" and phrase.definite and not states and not phrase.place:
                return draft
        return None

    @staticmethod
    def _definite(phrase: Phrase) -> bool:
        return phrase.definite or bool(phrase.quoted)

    def take_target(self, target: Target) -> None:
        """Adds a target, or another mention of one with the same figure."""
        quantity = target.quantity
        amount = Amount(quantity.value, quantity.unit, quantity.per)
        draft = next((d for d in self._drafts if d.kind == "target" and d.quantity == amount), None)
        if draft is None:
            start = self.tokens[target.first].start
            text = self.document.text[start : quantity.end]
            draft = AffairDraft(f"a{len(self._drafts) + 1}", "target", text, target.name, target.what)
            draft.quantity = amount
            self._drafts.append(draft)
        self._add_parties(draft, [(code, "party") for code in target.codes])
        self._mention(draft, target.first, target.last, target.sentence)

    @staticmethod
    def _add_parties(draft: AffairDraft, parties: list[tuple[str, str]]) -> None:
        for code, role in parties:
            if (code, role) in draft.parties:
                continue
            main = code.partition("/")[0]
            # "party" says less than any other part.
            if role == "party" and any(c.partition("/")[0] == main for c, _ in draft.parties):
                continue
            draft.parties = [p for p in draft.parties if p[1] != "party" or p[0].partition("/")[0] != main]
            draft.parties.append((code, role))

    def _start(self, at: int) -> int:
        """Where a name starts that begins in a token, its proclitics apart."""
        token = self.tokens[at]
        senses = self._knowledge.senses.of(token.form)
        sense = senses.get("head") or senses.get("known")
        if sense is None:
            return token.start
        split = sense.split
        cut = token.form.cut_at(split)
        if split.definite and not split.proclitics.endswith("ل"):
            cut = max(0, cut - 2)  # the article belongs to the name
        return token.start + cut

    def _mention(self, draft: AffairDraft, first: int, last: int, sentence: Sentence) -> None:
        if first in draft.sentences:
            return
        draft.sentences[first] = sentence.index
        draft.spans.append((first, last))
        start, end = self._start(first), self.tokens[last - 1].end
        draft.mentions.append(Located(start, end, self.document.text[start:end]))

    def finished(self) -> list[AffairDraft]:
        """The affairs by first mention, numbered so."""
        self._drafts.sort(key=lambda d: (min(m.start for m in d.mentions), d.kind))
        for number, draft in enumerate(self._drafts, 1):
            draft.id = f"a{number}"
        return self._drafts


def _place(mention: PlaceMention) -> Place:
    return Place(Name(mention.ar, mention.en), mention.country, mention.lat, mention.lon, mention.geonames)


def _romanized(quoted: str) -> str:
    return romanize(quoted) if quoted and not quoted.isascii() else quoted
