"""On whose word a sentence is: the speaker, the outlet, whom they cite.

A verb of saying with its subject makes the speaker of what follows it in the sentence; where it
has none (``وأضاف أن``), whoever spoke last goes on. An active participle (``مشيرا إلى``) and
quotation marks that stay open keep the speaker. ``بحسب`` and ``نقلا عن`` name one within a
clause; an agency in the dateline vouches for what nobody else is said to.
"""

from __future__ import annotations

from dataclasses import dataclass

from rasd.text.clitics import stands_in
from rasd.text.document import PUNCT, WORD, ActorMention, Document
from rasd.text.letters import fold
from rasd.what.candidates import follows, is_speech
from rasd.what.clauses import Borders, SentenceView
from rasd.what.lexemes import ACTIVE, EVENT, NOUN, SPEECH, Lexemes

_FROM, _AS = fold("عن"), fold("كما")
_BELONGING = frozenset(fold(word) for word in ("في", "من", "ب", "لدى"))
_WHAT = fold("ما")
# What ends the clause that a phrase of saying vouches for.
_BOUNDS = frozenset({"mark", "comma", "clause", "which"})
_OPENING, _CLOSING = frozenset("«“"), frozenset("»”")
# How far behind a word of saying its content may open: subjects with their titles are long.
CONTENT_REACH = 40
# How many words nobody knows may stand between a verb of saying and whom they speak for.
UNKNOWN = 6
# How many sentences a speaker may be silent and still go on.
SILENCE = 3


@dataclass(slots=True)
class Source:
    """A voice: whose word holds from token ``first`` to ``last``, and whom it cites.

    ``passing`` says that it is an outlet that only passes on what others may have said.
    """

    first: int
    last: int
    speaker: ActorMention | None
    citing: ActorMention | None = None
    passing: bool = False


class AttributionFinder:
    """Follows the voices of one document, sentence by sentence, in order."""

    def __init__(self, document: Document, lexemes: Lexemes, borders: Borders) -> None:
        self._document = document
        self._lexemes = lexemes
        self._negations = borders.negations
        self._speaker: ActorMention | None = None
        self._citing: ActorMention | None = None
        self._spoke_in = -SILENCE
        # Inside «...», which may run over several sentences.
        self._quoting = False
        self._agency: ActorMention | None = None

    def sources(self, view: SentenceView) -> list[Source]:
        """The voices of a sentence, each with the stretch of tokens that it vouches for, the nearest last."""
        if view.sentence.index - self._spoke_in > SILENCE and not self._quoting:
            self._speaker = self._citing = None
        found: list[Source] = []
        held = self._speaker if self._quoting else None
        held_until = view.sentence.last
        groups_of = self._lexemes.groups
        for token in view.tokens:
            if token.kind == PUNCT:
                was = self._quoting
                self._mark(token.text)
                if was and not self._quoting and held_until == view.sentence.last:
                    held_until = token.index
                continue
            if SPEECH not in groups_of(token.form):
                continue
            for source in self._spoken(view, token.index):
                if source.passing:
                    # Who passes a word on comes behind whose word it is.
                    found.insert(0, source)
                else:
                    found.append(source)
                self._spoke_in = view.sentence.index
        if held is not None:
            found.insert(0, Source(view.sentence.first, held_until, held, self._citing))
            self._spoke_in = view.sentence.index
        self._agency = view.dateline or self._agency
        if self._agency is not None:
            found.insert(0, Source(view.sentence.first, view.sentence.last, self._agency))
        return found

    def _mark(self, text: str) -> None:
        if text in _OPENING:
            self._quoting = True
        elif text in _CLOSING:
            self._quoting = False

    def _spoken(self, view: SentenceView, at: int) -> list[Source]:
        """The voices that a token brings in: a word of saying, or a phrase such as بحسب."""
        token = view.token(at)
        found: list[Source] = []
        hit = is_speech(self._lexemes, token)
        if hit is not None and at not in view.covering and not self._negated(view, at):
            kind = self._lexemes.speech[hit.entry].id
            if hit.kind == ACTIVE:
                source = self._going_on(view, at)
            elif self._confirms(view, at):
                source = self._according(view, at - 1, 1)
            else:
                source = self._said(view, at, kind)
            if source is not None:
                found.append(source)
        bare = token.key[1:] if token.key[:1] in ("و", "ف") else ""
        for phrase in self._lexemes.phrases(token.key) or self._lexemes.phrases(bare):
            if phrase.group == SPEECH and follows(view, at, phrase.words):
                source = self._according(view, at, len(phrase.words))
                if source is not None:
                    found.append(source)
                break
        return found

    def _negated(self, view: SentenceView, at: int) -> bool:
        return at > view.sentence.first and stands_in(view.token(at - 1).key, self._negations)

    def _confirms(self, view: SentenceView, at: int) -> bool:
        """Whether a verb of saying only says who told what stands before it: ، كما أكد الوزير."""
        first = view.sentence.first
        if at - 1 <= first or view.token(at - 1).key != _AS:
            return False
        return self._content_start(view, at) is None

    def _going_on(self, view: SentenceView, at: int) -> Source | None:
        """A participle (مشيرا إلى) says who speaks: the sentence's speaker, else its subject."""
        if self._spoke_in != view.sentence.index:
            subject, known = self._subject_of_clause(view, at)
            if subject is not None or not known:
                self._speaker, self._citing = subject, None
        if self._speaker is None:
            return None
        return Source(at + 1, view.sentence.last, self._speaker, self._citing)

    def _subject_of_clause(self, view: SentenceView, at: int) -> tuple[ActorMention | None, bool]:
        """Whom a participle is said of: the subject of the sentence's first verb. False where nobody knows them."""
        verb = next((i for i in range(view.sentence.first, at) if view.border(i) == "verb"), None)
        if verb is not None:
            subject, known = self._subject(view, verb, at)
            if subject is not None and subject.first > verb + 1 and self._is_noun(view, verb + 1):
                # زار رجل زركلي: whoever stands behind somebody unknown may be whom he does it to.
                return None, False
            return subject, known
        return next((m for m in view.between(view.sentence.first, at) if not m.prep and _can_speak(m)), None), True

    def _is_noun(self, view: SentenceView, at: int) -> bool:
        """Whether a word is a noun that no mention, time or place takes in."""
        taken = any(t.first <= at < t.last for t in (*view.times, *view.places)) or at in view.covering
        return not taken and view.token(at).kind == WORD and view.token(at).tag != "P"

    def _said(self, view: SentenceView, at: int, kind: str) -> Source | None:
        """The source that a verb of saying at ``at`` makes, and the stretch it covers."""
        opening = self._content_start(view, at)
        limit = opening if opening is not None else min(at + CONTENT_REACH, view.sentence.last)
        citing = next((m for m in view.between(at + 1, limit) if m.prep == _FROM and _can_speak(m)), None)
        if opening is None and citing is None and kind != "assert":
            return None
        subject, known = self._subject(view, at, limit)
        if not known:
            # Somebody speaks whom the lexicon does not know: better nobody than the wrong one.
            self._speaker = self._citing = None
            return None
        if subject is None:
            subject = self._speaker
        if subject is None and citing is None:
            return None
        if subject is not self._speaker:
            self._citing = None
        self._speaker = subject or citing
        self._citing = citing if citing is not None else self._citing
        citing = self._citing if self._citing is not self._speaker else None
        # A speaker named behind the quotation («...»، قال فلان) vouches for what stands before it.
        if opening is None:
            return Source(at + 1, self._clause_end(view, at), self._speaker, citing)
        trails = opening >= view.sentence.last - 1
        first = view.sentence.first if trails else at + 1 if kind == "assert" else opening
        return Source(first, view.sentence.last, self._speaker, citing)

    def _clause_end(self, view: SentenceView, at: int) -> int:
        for index in range(at + 1, view.sentence.last):
            if view.border(index) in ("mark", "clause") and view.token(index).text not in '«»“”"':
                return index
        return view.sentence.last

    def _subject(self, view: SentenceView, at: int, limit: int) -> tuple[ActorMention | None, bool]:
        """Who is the subject of a verb of saying; None where it is carried on; False where nobody knows them.

        Of somebody unknown the body that they speak for does (مصدر في وزارة الداخلية, فلان الناطق باسم الجبهة).
        """
        passing = {i for t in (*view.times, *view.places) for i in range(t.first, t.last)}
        unknown = 0
        index = at + 1
        while index < limit:
            mention = view.covering.get(index)
            if mention is not None:
                if _can_speak(mention) and (not mention.prep or (unknown and mention.prep in _BELONGING)):
                    return mention, True
                index = mention.last
                continue
            token = view.token(index)
            kind = view.border(index)
            if kind in ("that", "mark", "clause", "which", "verb"):
                break
            if index not in passing and token.kind == WORD and token.tag != "P":
                if not unknown and any(h.group == EVENT and h.kind == NOUN for h in self._lexemes.hits(token.form)):
                    # وكان مسؤول قد أعلن مقتل جنديين: what is told stands here.
                    break
                if not unknown and view.token(index - 1).tag == "P":
                    # وأوضح خلال إجابته: no subject stands here.
                    break
                unknown += not any("ل" in r.proclitics for r in token.form.readings[:1])
                if unknown > UNKNOWN:
                    break
            index += 1
        before = None if unknown else self._subject_before(view, at)
        return before, not unknown

    def _subject_before(self, view: SentenceView, at: int) -> ActorMention | None:
        """The subject that stands before its verb of saying (المتحدث قال), in the same clause."""
        if view.token(at).form.splits[-1].proclitics.startswith(("و", "ف")) and view.token(at).key[0] in "وف":
            return None
        first = at
        while first > view.sentence.first and view.border(first - 1) not in ("mark", "verb", "that", "clause"):
            first -= 1
        return next((m for m in view.between(first, at) if not m.prep and _can_speak(m)), None)

    def _content_start(self, view: SentenceView, at: int) -> int | None:
        """Where what is said begins: after إن/أن, a colon or a quotation mark; None if nothing is said."""
        for index in range(at + 1, min(at + CONTENT_REACH, view.sentence.last)):
            kind = view.border(index)
            text = view.token(index).text
            if kind == "that" or text == ":" or (text in '«“"' and not self._names(view, index)):
                return index
            if kind == "mark" and text not in '»”«“"':
                break
            if kind == "verb" and index > at + 1 and is_speech(self._lexemes, view.token(index)) is not None:
                break
        before = view.tokens[: at - view.sentence.first]
        return view.sentence.last if any(t.text in '»”"' for t in before[-4:]) else None

    def _names(self, view: SentenceView, at: int) -> bool:
        """Whether a quotation mark opens a name (حركة «حماس»), not something said."""
        return any(m.first <= at + 1 < m.last or m.first == at + 1 for m in view.mentions)

    def _according(self, view: SentenceView, at: int, length: int) -> Source | None:
        """``بحسب X`` holds for its whole clause: back and forth to the nearest marks."""
        first = at + length
        if view.token(first - 1).key.endswith(_WHAT):
            # على ما أفاد مراسل الوكالة: a verb of saying with its subject.
            mention, _ = self._subject(view, first, min(first + 9, view.sentence.last))
        else:
            near = [m for m in view.between(at + 1, first + 7) if _can_speak(m)]
            mention = near[0] if near and near[0].first <= first + 1 else None
        if mention is None:
            return None
        citing = next(
            (m for m in view.mentions if mention.last <= m.first <= mention.last + 4 and m.prep == _FROM), None
        )
        if citing is None and mention.last < view.sentence.last - 1:
            nxt = view.token(mention.last)
            if nxt.key == _FROM:
                citing = next((m for m in view.mentions if m.first == mention.last + 1), None)
        start, end = self._vouched(view, at, citing.last if citing is not None else mention.last)
        return Source(start, end, mention, citing, any(code.endswith("/MED") for code in mention.codes))

    def _vouched(self, view: SentenceView, at: int, after: int) -> tuple[int, int]:
        """The stretch that a phrase from ``at`` to ``after`` vouches for (بحسب الشرطة).

        At either end of its sentence it is the sentence, in the middle its own clause.
        """
        first, last = view.sentence.first, view.sentence.last
        if at <= first + 1 or after >= last - 1 or view.border(after) == "mark":
            return first, last
        low, high = at - 1, after
        low -= view.border(low) == "comma"
        if low >= first and is_speech(self._lexemes, view.token(low)) is not None:
            # وأوضحت، بحسب الوكالة، أن: all that is said.
            return first, last
        high += view.border(high) == "comma"
        while low > first and (view.border(low) not in _BOUNDS or view.border(low) == "comma"):
            low -= 1
        while high < last and view.border(high) not in _BOUNDS:
            high += 1
        return low, high


def _can_speak(mention: ActorMention) -> bool:
    return not mention.locative and mention.rule != "nisba" and mention.kind not in ("gathering", "place")


def source_at(sources: list[Source], at: int) -> Source | None:
    """The voice that vouches for the token ``at``: the latest that covers it."""
    return next((s for s in reversed(sources) if s.first <= at < s.last), None)
