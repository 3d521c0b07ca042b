"""Phases: how a relationship between two powers stood, and from when to when."""

from __future__ import annotations

from bisect import bisect_left

import msgspec

from rasd.lexicon import Compiled, KnowledgeFiles, Section
from rasd.record import Phase, Span
from rasd.text.document import PUNCT, Document, Sentence, TimeMention
from rasd.text.particles import Particles
from rasd.what.affair_schema import PhaseWords
from rasd.what.senses import Rows, SenseRows, SenseTable, folded
from rasd.what.sides import Nations, Sides, states_of

_RELATIONS = folded("العلاقات علاقات العلاقة علاقة علاقاتهما علاقتهما بالعلاقات للعلاقات والعلاقات")
_NOT = folded("لم لا لن ليس ما ولم ولا ولن")
_UNTIL = folded("حتى إلى لغاية")
_CUTS = folded("رغم لكن ولكن بينما فيما حين وأعقب كما")
_REACH, _NEAR = 26, 5


class _Packed(msgspec.Struct):
    words: dict[str, PhaseWords]
    rows: Rows


class PhaseReader:
    """Reads the phases of relationships that documents tell."""

    def __init__(self, lexicon: Compiled) -> None:
        packed = msgspec.msgpack.decode(lexicon["affair-phases"], type=_Packed)
        self._words = packed.words
        self._senses = SenseTable(packed.rows)
        self._nations = Nations(lexicon)
        self._exceptions = Particles(lexicon).members("exception")

    def read(self, document: Document) -> list[Phase]:
        """The phases, each with its parties and what is said of its begin and end."""
        found: list[Phase] = []
        of = self._senses.of
        sides: Sides | None = None
        for sentence in document.sentences:
            hits = [
                i
                for i in range(sentence.first, sentence.last)
                if (senses := of(document.tokens[i].form)) and "phase" in senses
            ]
            if hits and sides is None:
                sides = Sides(document, self._nations)
            for at in hits:
                if sides is not None and (phase := self._phase(document, sides, sentence, at)):
                    self._add(found, phase, self._entry(document, at))
        return found

    def _entry(self, document: Document, at: int) -> PhaseWords:
        return self._words[self._senses.of(document.tokens[at].form)["phase"].value.rpartition(":")[2]]

    def _phase(self, document: Document, sides: Sides, sentence: Sentence, at: int) -> Phase | None:
        first, last = _clause(document, sentence, at)
        near = {t.key for t in document.tokens[first:last]}
        entry = self._entry(document, at)
        related = not near.isdisjoint(_RELATIONS)
        if not related and not entry.alone:
            return None
        parties = self._parties(document, sides, sentence, first, last, at, related)
        if len(parties) < 2:
            return None
        negated, only = self._negation(document, first, at, last)
        if negated and only is None:
            return None
        begin, end = self._dates(document, first, last, only)
        tokens = document.tokens
        return Phase(parties, entry.state, begin, end, Span(tokens[first].start, tokens[last - 1].end))

    def _parties(
        self, document: Document, sides: Sides, sentence: Sentence, first: int, last: int, at: int, related: bool
    ) -> list[str]:
        """The two states: a pair of adjectives, ``بين X وY``, or those the sentence names first."""
        tokens = document.tokens
        for index in range(first, last):
            if tokens[index].key in _RELATIONS or index == at:
                pair: list[str] = []
                after = index + 1
                while after < last and (
                    (code := self._nations.nisba(tokens[after]))
                    or tokens[after].text in "-–"
                    or (not pair and after == index + 1)
                ):
                    if code := self._nations.nisba(tokens[after]):
                        pair.append(code)
                    after += 1
                if len(dict.fromkeys(pair)) > 1:
                    return list(dict.fromkeys(pair))[:2]
        near = range(max(first, at - 8), last) if related else range(at + 1, min(last, at + _NEAR))
        for index in near:
            if tokens[index].key in ("بين", "وبين") or tokens[index].key == "مع":
                side = sides.at(index + 1) if index + 1 < last else None
                if side is None:
                    continue
                codes = list(side.codes)
                other = sides.starts_at(side.last) if side.last < last else None
                if other and tokens[side.last].key.startswith("و"):
                    codes += other.codes
                states = states_of(codes)
                if len(states) == 1:  # one side after مع: the other stands before
                    before = states_of([c for s in sides.within(first, index) for c in s.codes])
                    states = [s for s in before if s not in states][:1] + states
                if len(states) > 1:
                    return states[:2]
        near_sides = sides.within(first, last)
        if not related:
            # "the war" beside two states is not yet one between them; "between them" is.
            near_sides = [s for s in near_sides if len(states_of(s.codes)) > 1 and abs(s.first - at) <= _NEAR]
        found = states_of([c for s in near_sides for c in s.codes])
        return found if len(found) == 2 else []

    def _negation(self, document: Document, first: int, at: int, last: int) -> tuple[bool, int | None]:
        """Whether the clause denies the phase, and the ``إلا`` that turns it into a begin."""
        tokens = document.tokens
        negated = any(t.key in _NOT for t in tokens[max(first, at - 4) : at])
        only = next((i for i in range(at, last) if tokens[i].key in self._exceptions), None)
        return negated, only if negated else None

    def _dates(self, document: Document, first: int, last: int, only: int | None) -> tuple[str | None, str | None]:
        begin: str | None = None
        end: str | None = None
        for time in _times(document, first if only is None else only, last):
            value = _month_or_day(time)
            if value is None:
                continue
            before = document.tokens[time.first - 1].key if time.first > first else ""
            if before in _UNTIL and begin is not None:
                end = end or value
            elif begin is None:
                begin = value
        return begin, end

    @staticmethod
    def _add(found: list[Phase], phase: Phase, entry: PhaseWords) -> None:
        """Adds a phase; joins it with one already told; a thaw's begin ends the freeze before it."""
        pair = set(phase.parties)
        for other in found:
            same = set(other.parties) == pair and other.state == phase.state
            if same and (phase.begin is None or other.begin is None or other.begin == phase.begin):
                if other.begin is None and phase.begin is not None:
                    other.begin, other.end, other.evidence = phase.begin, phase.end, phase.evidence
                other.end = other.end or phase.end
                break
        else:
            found.append(phase)
        for other in found:
            closed = set(other.parties) == pair and other.state in entry.ends and other.end is None
            if closed and phase.begin and other.begin and other.begin < phase.begin:
                other.end = phase.begin


def _clause(document: Document, sentence: Sentence, at: int) -> tuple[int, int]:
    """The clause around a token: from mark to mark, within bounds."""
    tokens = document.tokens
    first, last = at, at + 1
    while first > max(sentence.first, at - _REACH) and not _cut(tokens[first - 1].text, tokens[first - 1].kind):
        first -= 1
        if tokens[first].key in _CUTS and first != at:
            break
    while last < min(sentence.last, at + _REACH) and not _cut(tokens[last].text, tokens[last].kind):
        if tokens[last].key in _CUTS:
            break
        last += 1
    return first, last


def _cut(text: str, kind: str) -> bool:
    return kind == PUNCT and text in ("،", "؛", ",", ".", "(", ")", ":", "؟", "!")


def _times(document: Document, first: int, last: int) -> list[TimeMention]:
    times = document.times
    begun, ended = (bisect_left(times, at, key=lambda time: time.first) for at in (first, last))
    return [t for t in times[begun:ended] if t.last <= last and t.type in ("DATE", "TIME")]


def _month_or_day(time: TimeMention) -> str | None:
    """A value such as ``2016-06`` or ``2016-06-12``; other values by their first day's month."""
    value = time.value[:10]
    if len(value) in (4, 7, 10) and value.replace("-", "").isdigit():
        return value
    return time.begin[:7] if time.begin and time.begin == time.end_date else (time.begin[:7] if time.begin else None)


def _build(files: KnowledgeFiles) -> bytes:
    rows = SenseRows()
    words = {e.id: e for e in files.entries("affairs/phases.yaml", PhaseWords, lambda e: e.id)}
    for entry in words.values():
        rows.nouns(entry.nouns, "phase", entry.id)
        rows.verbs(entry.verbs, "phase", entry.id)
        for adjective in entry.adjectives:
            rows.adjective(adjective, "phase", entry.id)
    return msgspec.msgpack.encode(_Packed(words, rows.rows))


SECTIONS = (Section("affair-phases", 1, _build),)
