"""On whose word a sentence is: the speaker, the outlet, whom they cite.

A verb of saying with its subject makes the speaker of what follows it in the sentence; an
active participle (مشيرا إلى) and the next sentences that go on with such a verb and no new
subject keep the same speaker; ``بحسب``, ``نقلا عن`` name one within a clause.
"""

from __future__ import annotations

from dataclasses import dataclass

from rasd.text.document import PUNCT, ActorMention, Document
from rasd.text.letters import fold
from rasd.what.candidates import follows, is_speech
from rasd.what.clauses import SentenceView
from rasd.what.lexemes import ACTIVE, SPEECH, Lexemes

_FROM = fold("عن")


@dataclass(slots=True)
class Source:
    """A voice: whose word holds from token ``first`` to ``last``, and whom it cites."""

    first: int
    last: int
    speaker: ActorMention | None
    citing: ActorMention | None = None


class AttributionFinder:
    """Follows the voices of one document, sentence by sentence, in order."""

    def __init__(self, document: Document, lexemes: Lexemes) -> None:
        self._document = document
        self._lexemes = lexemes
        self._speaker: ActorMention | None = None
        self._citing: ActorMention | None = None
        self._quoting = False

    def sources(self, view: SentenceView) -> list[Source]:
        """The voices of a sentence, each with the stretch of tokens that it vouches for."""
        found: list[Source] = []
        start_speaker = self._speaker if self._quoting else None
        spoke = False
        for token in view.tokens:
            if token.kind == PUNCT:
                if token.text in "«“":
                    self._quoting = True
                elif token.text in "»”":
                    self._quoting = False
                continue
            hit = is_speech(self._lexemes, token)
            if hit is not None and token.index not in view.covering:
                kind = self._lexemes.speech[hit.entry].id
                source = self._said(view, token.index, kind, hit.kind == ACTIVE)
                if source is not None:
                    found.append(source)
                    spoke = True
            bare = token.key[1:] if token.key[:1] in ("و", "ف") else ""
            for phrase in self._lexemes.phrases(token.key) or self._lexemes.phrases(bare):
                if phrase.group == SPEECH and follows(view, token.index, phrase.words):
                    source = self._according(view, token.index, len(phrase.words))
                    if source is not None:
                        found.append(source)
                    break
        if start_speaker is not None and not spoke:
            found.insert(0, Source(view.sentence.first, view.sentence.last, start_speaker, self._citing))
        if not spoke and not self._quoting:
            self._speaker = self._citing = None
        return found

    def _said(self, view: SentenceView, at: int, kind: str, participle: bool) -> Source | None:
        """The source that a word of saying at ``at`` makes, and the stretch it covers."""
        if participle:
            if self._speaker is None:
                earlier = [m for m in view.between(view.sentence.first, at) if not m.prep and _can_speak(m)]
                self._speaker = earlier[0] if earlier else None
            if self._speaker is None:
                return None
            return Source(at, view.sentence.last, self._speaker, self._citing)
        opening = self._content_start(view, at)
        after = [m for m in view.between(at + 1, opening or min(at + 14, view.sentence.last)) if _can_speak(m)]
        citing = next((m for m in after if m.prep == _FROM), None)
        if opening is None and citing is None:
            return None
        subject = next((m for m in after if not m.prep), None)
        if subject is None:
            before = [m for m in view.between(max(view.sentence.first, at - 20), at) if not m.prep and _can_speak(m)]
            subject = before[0] if before else self._speaker
        if subject is None and citing is None:
            return None
        if subject is not self._speaker:
            self._citing = None
        self._speaker = subject or citing
        self._citing = citing if citing is not None else self._citing
        citing = self._citing if self._citing is not self._speaker else None
        # A speaker named behind the quotation («...»، قال فلان) vouches for what stands before it.
        trails = opening is None or opening >= view.sentence.last - 1
        return Source(view.sentence.first if trails else at, view.sentence.last, self._speaker, citing)

    def _content_start(self, view: SentenceView, at: int) -> int | None:
        """Where what is said begins: after إن/أن, a colon or a quotation mark; None if nothing is said."""
        for index in range(at + 1, min(at + 30, view.sentence.last)):
            kind = view.border(index)
            if kind == "that" or view.token(index).text in ':«“"':
                return index
            if kind in ("verb", "clause") or (kind == "mark" and view.token(index).text not in "»”"):
                return None
        before = view.tokens[: at - view.sentence.first]
        return view.sentence.last if any(t.text in "»”" for t in before) else None

    def _according(self, view: SentenceView, at: int, length: int) -> Source | None:
        """``بحسب X`` holds for its whole clause: back and forth to the nearest marks."""
        mention = next((m for m in view.between(at + 1, at + length + 7)), None)
        if mention is None:
            return None
        citing = next(
            (m for m in view.mentions if mention.last <= m.first <= mention.last + 4 and m.prep == _FROM), None
        )
        if citing is None and mention.last < view.sentence.last - 1:
            nxt = view.token(mention.last)
            if nxt.key == _FROM:
                citing = next((m for m in view.mentions if m.first == mention.last + 1), None)
        return Source(view.sentence.first, view.sentence.last, mention, citing)


def _can_speak(mention: ActorMention) -> bool:
    return not mention.locative and mention.rule != "nisba" and mention.kind not in ("gathering", "facility", "place")


def source_at(sources: list[Source], at: int) -> Source | None:
    """The voice that vouches for the token ``at``: the latest that covers it."""
    return next((s for s in reversed(sources) if s.first <= at < s.last), None)
