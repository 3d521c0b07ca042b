"""The knowledge about affairs, compiled: heads, English of their words, known names, frames."""

from __future__ import annotations

import msgspec

from rasd.lexicon import Compiled, KnowledgeFiles, Section
from rasd.text.document import PUNCT, Token
from rasd.text.letters import fold
from rasd.what.affair_schema import (
    AgreementState,
    Head,
    KnownAffair,
    PartyFrame,
    Purpose,
    TargetWords,
    Word,
)
from rasd.what.senses import Rows, SenseRows, SenseTable

# A name is at most this many words and marks long.
_MAX_NAME = 12
_OPENERS, _CLOSERS = frozenset('"«“'), frozenset('"»”')
_SKIPPED = frozenset("\"«»“”'()-–")


class _Packed(msgspec.Struct):
    heads: dict[str, Head]
    words: list[Word]
    known: dict[str, KnownAffair]
    # First word of a name of several: the words after it and what is named ("!" = short name).
    names: dict[str, list[tuple[list[str], str]]]
    glosses: dict[str, list[tuple[list[str], int]]]
    frames: dict[str, PartyFrame]
    states: dict[str, AgreementState]
    rows: Rows


class AffairLexicon:
    """What is known of the names of affairs and of the words around them."""

    def __init__(self, lexicon: Compiled) -> None:
        packed = msgspec.msgpack.decode(lexicon["affairs"], type=_Packed)
        self.heads = packed.heads
        self.known = packed.known
        self.frames = packed.frames
        self.states = packed.states
        self._words = packed.words
        self._names = packed.names
        self._glosses = packed.glosses
        self.senses = SenseTable(packed.rows)

    def word(self, index: str) -> Word:
        """The glossed word that a "gloss" sense stands for."""
        return self._words[int(index)]

    def known_at(self, tokens: list[Token], at: int, limit: int) -> tuple[KnownAffair, bool, int] | None:
        """The known affair whose name starts at a token: it, whether the name is a short one, the end."""
        sense = self.senses.of(tokens[at].form).get("known")
        if sense is None or sense.split.enclitic:
            return None
        best: tuple[KnownAffair, bool, int] | None = None
        for rest, name in self._names[sense.value]:
            last = _follow(tokens, at + 1, limit, rest)
            if last and (best is None or last > best[2]):
                best = (self.known[name.rstrip("!")], name.endswith("!"), last)
        return best

    def word_at(self, tokens: list[Token], at: int, limit: int) -> tuple[Word, int] | None:
        """The glossed word, or the longest glossed phrase, at a token, and its end."""
        senses = self.senses.of(tokens[at].form)
        if not senses:
            return None
        phrase = senses.get("glosses")
        best: tuple[Word, int] | None = None
        if phrase:
            for rest, index in self._glosses[phrase.value]:
                last = _follow(tokens, at + 1, limit, rest)
                if last and (best is None or last > best[1]):
                    best = (self._words[index], last)
        gloss = senses.get("gloss")
        if best is None and gloss and gloss.split.enclitic in ("", "هما", "ه", "ها", "هم"):
            best = (self._words[int(gloss.value)], at + 1)
        return best


def _follow(tokens: list[Token], at: int, limit: int, rest: list[str]) -> int:
    """Where ``rest`` ends if its words stand from ``at`` on, quotes and dashes apart; else 0."""
    stop = min(limit, at + _MAX_NAME)
    opened = at
    for word in rest:
        while at < stop and tokens[at].kind == PUNCT and tokens[at].text in _SKIPPED:
            at += 1
        if at >= stop or tokens[at].key != word:
            return 0
        at += 1
    if 0 < at < limit and tokens[at].text in _CLOSERS and any(t.text in _OPENERS for t in tokens[opened:at]):
        at += 1
    return at


def _first(words: list[str]) -> str:
    """The first word of a name as table key."""
    return words[0]


def _names(known: dict[str, KnownAffair], rows: SenseRows) -> dict[str, list[tuple[list[str], str]]]:
    names: dict[str, list[tuple[list[str], str]]] = {}
    for entry in known.values():
        for aliases, mark in ((entry.ar, ""), (entry.short, "!")):
            for alias in aliases:
                words = [fold(word) for word in alias.replace("-", " ").split()]
                rows.add(words[0], "known", words[0])
                names.setdefault(_first(words), []).append((words[1:], entry.id + mark))
    return names


def _build(files: KnowledgeFiles) -> bytes:
    rows = SenseRows()
    heads = {e.id: e for e in files.entries("affairs/heads.yaml", Head, lambda e: e.id)}
    for head in heads.values():
        head.absorbs = [fold(word) for word in head.absorbs]
    by_form: dict[str, list[str]] = {}
    for head in heads.values():
        for entry in head.words:
            by_form.setdefault(entry.split()[0], []).append(head.id)
    for head in heads.values():
        for entry in head.words:
            rows.nouns([entry], "head", ",".join(by_form[entry.split()[0]]))
    known = {e.id: e for e in files.entries("affairs/known.yaml", KnownAffair, lambda e: e.id)}
    names = _names(known, rows)
    words = files.entries("affairs/glossary.yaml", Word, lambda e: (e.ar, e.adj))
    glosses: dict[str, list[tuple[list[str], int]]] = {}
    for index, word in enumerate(words):
        parts = [fold(part) for part in word.ar.split()]
        if len(parts) > 1:
            rows.add(parts[0], "glosses", parts[0])
            glosses.setdefault(parts[0], []).append((parts[1:], index))
        elif word.adj:
            rows.adjective(word.ar, "gloss", str(index))
        else:
            rows.add(word.ar, "gloss", str(index))
    frames = {e.id: e for e in files.entries("affairs/frames.yaml", PartyFrame, lambda e: e.id)}
    for frame in frames.values():
        rows.verbs(frame.verbs, "frame-verb", frame.id)
        rows.nouns(frame.nouns, "frame-noun", frame.id)
    states = {e.id: e for e in files.entries("affairs/agreement_states.yaml", AgreementState, lambda e: e.id)}
    for state in states.values():
        rows.verbs(state.verbs, "state-verb", state.id)
        rows.nouns(state.nouns, "state-noun", state.id)
    for purpose in files.entries("affairs/purposes.yaml", Purpose, lambda e: e.ar):
        rows.add(purpose.ar, "purpose", purpose.en)
    for target in files.entries("affairs/targets.yaml", TargetWords, lambda e: e.id):
        rows.verbs(target.verbs, f"{target.kind}-verb", target.id)
        rows.nouns(target.nouns, f"{target.kind}-noun", target.id)
    return msgspec.msgpack.encode(_Packed(heads, words, known, names, glosses, frames, states, rows.rows))


AFFAIR_WORDS = Section("affairs", 1, _build)
