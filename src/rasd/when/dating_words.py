"""The words and facts by which articles are dated: ``data/time/dating.yaml`` and the tables beside it."""

from __future__ import annotations

import datetime as dt

import msgspec

from rasd.lexicon import Compiled, KnowledgeFiles, Section
from rasd.text.document import NUMBER, Token
from rasd.text.letters import fold, western_digits


class DatingWords(msgspec.Struct, forbid_unknown_fields=True):
    """The form of ``time/dating.yaml``; its head says what each list is for."""

    ahead: list[str]
    ahead_beside: list[str]
    far: list[str]
    same_day: list[str]
    on_the: list[str]
    announced: list[str]
    counting: list[str]
    ago: list[str]
    ordinals: list[str]
    agencies: list[str]
    ended: list[str]
    ordinal_units: dict[str, int]
    ordinal_tens: dict[str, int]


class KnownSince(msgspec.Struct, forbid_unknown_fields=True):
    """Names of what began on a day (``time/known_since.yaml``), and ended on one, if it did."""

    since: str | int
    words: list[str]
    until: str | int | None = None


class Gathering(msgspec.Struct, forbid_unknown_fields=True):
    """A series of counted meetings (``time/gatherings.yaml``); ``near`` are words that must stand in the sentence."""

    series: str
    words: list[str]
    held: dict[int, str]
    near: list[str] = msgspec.field(default_factory=list[str])


class _Packed(msgspec.Struct):
    words: DatingWords
    known: list[tuple[list[str], str, str | None]]
    gatherings: list[tuple[list[str], list[list[str]], dict[int, str]]]


class Facts:
    """The tables, ready for look-ups; all words folded."""

    def __init__(self, lexicon: Compiled) -> None:
        packed = msgspec.msgpack.decode(lexicon["dating"], type=_Packed)
        words = packed.words
        self.ahead, self.ahead_beside = frozenset(words.ahead), frozenset(words.ahead_beside)
        self.announced, self.same_day = frozenset(words.announced), frozenset(words.same_day)
        self.far = frozenset(words.far)
        self.on_the = frozenset(words.on_the)
        self.counting, self.ago = frozenset(words.counting), frozenset(words.ago)
        self.ordinals, self.agencies, self.ended = map(frozenset, (words.ordinals, words.agencies, words.ended))
        self._units, self._tens = words.ordinal_units, words.ordinal_tens
        # By first word: the rest of the name, first and last day.
        self.known: dict[str, list[tuple[list[str], dt.date, dt.date | None]]] = {}
        for name, since, until in packed.known:
            days = dt.date.fromisoformat(since), dt.date.fromisoformat(until) if until else None
            self.known.setdefault(name[0], []).append((name[1:], *days))
        self.gatherings: dict[str, list[tuple[list[str], list[list[str]], dict[int, dt.date]]]] = {}
        for name, near, held in packed.gatherings:
            dates = {n: dt.date.fromisoformat(day) for n, day in held.items()}
            self.gatherings.setdefault(name[0], []).append((name[1:], near, dates))

    def ordinal(self, tokens: list[Token], at: int) -> int | None:
        """The number of a gathering that begins at a token: ``السادسة والعشرين``, ``السبعين``, ``26``."""
        if at >= len(tokens):
            return None
        token = tokens[at]
        if token.kind == NUMBER:
            digits = western_digits(token.text)
            return int(digits) if digits.isdigit() else None
        tens = self._tens.get(token.key)
        if tens is not None:
            return tens
        unit = self._units.get(token.key)
        if unit is None or at + 1 >= len(tokens):
            return unit
        more = tokens[at + 1].key
        return unit + self._tens.get(more[1:] if more.startswith("و") else more, 0)


def follows(tokens: list[Token], at: int, rest: list[str]) -> bool:
    """Whether the folded words stand at a token and after it."""
    return len(tokens) >= at + len(rest) and all(tokens[at + n].key == word for n, word in enumerate(rest))


def _day(value: str | int) -> str:
    """The first day of a year, month or day."""
    parts = [*str(value).split("-"), "01", "01"]
    return "-".join(parts[:3])


def _build(files: KnowledgeFiles) -> bytes:
    raw = files.table("time/dating.yaml", DatingWords)[-1]
    numbers = ("ordinal_units", "ordinal_tens")
    lists = {n: [fold(w) for w in getattr(raw, n)] for n in raw.__struct_fields__ if n not in numbers}
    tables = {n: {fold(w): value for w, value in getattr(raw, n).items()} for n in numbers}
    known = [
        (fold(word).split(), _day(entry.since), _day(entry.until) if entry.until else None)
        for entry in files.entries("time/known_since*.yaml", KnownSince, key=id)
        for word in entry.words
    ]
    gatherings = [
        (fold(word).split(), [fold(near).split() for near in entry.near], {n: _day(d) for n, d in entry.held.items()})
        for entry in files.entries("time/gatherings*.yaml", Gathering, key=lambda e: e.series)
        for word in entry.words
    ]
    words = msgspec.convert({**lists, **tables}, DatingWords)
    return msgspec.msgpack.encode(_Packed(words, known, gatherings))


DATING = Section("dating", 1, _build)
