"""What the actions of the rules work with: the match, the text around it, what was said before."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from rasd.text.document import WORD, Document, TimeClue, Token
from rasd.text.numbers import read_number
from rasd.when.calendar import DAY, Stretch
from rasd.when.lexemes import MORE, Lexeme, Lexemes

# How far from a time expression the verb that tells its tense is looked for, in tokens.
LOOK_BACK, LOOK_AHEAD = 28, 8
PAST, FUTURE, WEAK_FUTURE = -1, 1, 2


@dataclass(slots=True)
class Meaning:
    """What a stretch of tokens says of time. ``kind`` says how it joins with its neighbours."""

    kind: str
    type: str
    value: str
    begin: dt.date | None = None
    end: dt.date | None = None
    approximate: bool = False
    clock: str | None = None
    zone: str | None = None
    part: str | None = None
    clue: TimeClue | None = None
    first: int = 0
    last: int = 0
    rule: str = ""
    # Left out of the result unless a neighbour takes it up ("صباح" before a day).
    hidden: bool = False
    weekday: int | None = None
    relation: int | None = None
    # The last clock of a range of clocks, and whether the text says the day of a clock.
    until: str | None = None
    dated: bool = False
    # What TIMEX3 adds to the value: the start, middle or end of it, more or less than it.
    mod: str | None = None

    @property
    def day(self) -> dt.date | None:
        """The single day that is meant, if it is one."""
        return self.begin if self.begin is not None and self.begin == self.end else None


def of_stretch(kind: str, stretch: Stretch, **more: object) -> Meaning:
    """A date's meaning."""
    return Meaning(kind, "DATE", stretch.value, stretch.begin, stretch.end, **more)  # pyright: ignore[reportArgumentType]


def day_meaning(date: dt.date, clue: TimeClue | None = None) -> Meaning:
    return Meaning("day", "DATE", date.isoformat(), date, date, clue=clue)


def unknown(kind: str, clue: TimeClue | None = None, value: str = "", type_: str = "DATE") -> Meaning:
    """A time that depends on a date not known."""
    return Meaning(kind, type_, value, clue=clue)


@dataclass(slots=True)
class Scene:
    """A document being read."""

    document: Document
    lexemes: Lexemes
    classes: str
    found: dict[int, Lexeme]
    cues: dict[str, int]
    published: dt.date | None
    # The day that the text calls today; a day or two from ``published`` where the text says so.
    today: dt.date | None = None
    said: list[Meaning] = field(default_factory=list[Meaning])
    bounds: list[int] = field(default_factory=list[int])

    @property
    def tokens(self) -> list[Token]:
        return self.document.tokens

    def sentence_first(self, at: int) -> int:
        """Where the sentence of token ``at`` starts."""
        text = self.classes
        stop = max(0, at - LOOK_BACK)
        for i in range(at - 1, stop - 1, -1):
            if text[i] in self._stops:
                return i + 1
        return stop

    @property
    def _stops(self) -> tuple[str, str]:
        chars = self.lexemes.chars
        return chars["BR"], chars["DT"]

    def tense(self, first: int, last: int) -> int:
        """Whether what happens at ``[first, last)`` is over (-1), to come (1, or 2 by a plain
        imperfect alone), or untold (0).

        The nearest verb before it in the sentence tells, else the first one after it. A plain
        imperfect counts as future only where no past verb stands before it.
        """
        weak = False
        stop = self.sentence_first(first)
        for at in range(first - 1, stop - 1, -1):
            cue = self.cue(at)
            if cue == WEAK_FUTURE:
                weak = True
            elif cue:
                if cue == PAST and weak and self._subordinate(at, first):
                    return WEAK_FUTURE
                return cue
        if weak:
            return WEAK_FUTURE
        for at in range(last, min(last + LOOK_AHEAD, len(self.tokens))):
            if self.classes[at] in self._stops:
                break
            cue = self.cue(at)
            if cue:
                return cue
        return 0

    def _subordinate(self, verb: int, before: int) -> bool:
        """Whether ``أن`` stands between: "decided to visit" is to come, "was crossing" is not."""
        return any(self.tokens[at].key in ("ان", "انه", "انها", "بان", "انهم") for at in range(verb + 1, before))

    def cue(self, at: int) -> int:
        token = self.tokens[at]
        if token.kind != WORD:
            return 0
        lexeme = self.found.get(at)
        if lexeme is not None:
            if lexeme.kind in ("CUEFUT", "CUEPAST"):
                return FUTURE if lexeme.kind == "CUEFUT" else PAST
            if lexeme.kind == "CUETA":
                if token.tag and token.tag not in ("VP", "VI"):
                    return 0
                after = self.tokens[at + 1].key if at + 1 < len(self.tokens) else ""
                counted = (word := self.found.get(at + 1)) is not None and word.kind == "SOME"  # مئات العمال
                return WEAK_FUTURE if after.endswith(("ة", "ات")) and not counted else PAST
            return 0
        if token.tag and token.tag not in ("VP", "VI", "X"):
            return 0
        name = token.tag + token.text
        cue = self.cues.get(name)
        if cue is None:
            cue = self.cues[name] = form_cue(token)
        return cue

    def anchor(self, kinds: tuple[str, ...] = ("day", "month", "year", "week", "clock", "part-day")) -> Meaning | None:
        """The last dated expression before the one being read."""
        for meaning in reversed(self.said[-12:]):
            if meaning.begin is not None and meaning.kind in kinds:
                return meaning
        return None


# A long word with سـ and the ون of a plural that the table of words lacks: سيحتفلون.
_UNLISTED_FUTURE = re.compile("[وف]?س[يت][^ ]{3,}ون$")
_IMPERFECT = re.compile("^[وف]?[يتن]")


def form_cue(token: Token) -> int:
    """What a word's form tells of tense: 1 a verb with سـ, 2 a plain imperfect, -1 a past verb."""
    readings = token.form.readings
    if not readings:
        return FUTURE if _UNLISTED_FUTURE.match(token.key) else 0
    tag = token.tag or readings[0].tag
    if tag == "VI" and any(r.tag == "VI" and "س" in r.proclitics for r in readings):
        return FUTURE
    if tag == "VP":
        return PAST
    if tag == "VI":
        return WEAK_FUTURE if _IMPERFECT.match(token.key) else PAST
    return 0


class Found:
    """A rule's match over the classes: its groups as tokens and lexemes."""

    __slots__ = ("first", "last", "match", "rule", "scene")

    def __init__(self, scene: Scene, rule: str, match: re.Match[str]) -> None:
        self.scene = scene
        self.rule = rule
        self.match = match
        self.first, self.last = match.span()

    @property
    def core(self) -> int:
        """Where the expression starts: at the group ``core``, where what comes before it only leads to it."""
        span = self.span("core")
        return span[0] if span is not None else self.first

    def span(self, group: str) -> tuple[int, int] | None:
        groups = self.match.re.groupindex
        name, count = group, 1
        while name in groups:
            start, end = self.match.span(name)
            if start >= 0:
                return start, end
            count += 1
            name = f"{group}__{count}"
        return None

    def lex(self, group: str) -> Lexeme | None:
        """The lexeme of a group's first token."""
        span = self.span(group)
        return self.scene.found.get(span[0]) if span else None

    def value(self, group: str) -> int | None:
        """The whole number that is a group's lexeme's value."""
        lexeme = self.lex(group)
        return lexeme.value if lexeme is not None and isinstance(lexeme.value, int) else None

    def text(self, group: str) -> str | None:
        """The text that is a group's lexeme's value."""
        lexeme = self.lex(group)
        return lexeme.value if lexeme is not None and isinstance(lexeme.value, str) else None

    def has(self, group: str) -> bool:
        return self.span(group) is not None

    def number(self, group: str) -> float | None:
        """The number that a group's tokens are, all of them."""
        span = self.span(group)
        if span is None:
            return None
        read = read_number(self.scene.tokens, span[0])
        return read[0] if read is not None and read[1] == span[1] else None

    def nth(self, group: str) -> int | None:
        """The ordinal that a group is: ``الحادي والعشرين``, ``21``, ``أول``, ``واحد وعشرين``."""
        span = self.span(group)
        if span is None:
            return None
        total = 0
        for at in range(*span):
            lexeme = self.scene.found.get(at)
            if lexeme is None or lexeme.kind == "AL":
                continue
            if lexeme.kind in ("NW", "NWD", "WHOLE", "WDB"):
                number = self.number(group)
                return int(number) if number is not None else None
            if not isinstance(lexeme.value, int):
                return None
            total += lexeme.value
        return total

    def unit(self, group: str = "unit") -> str:
        """The unit of time that a group names."""
        return self.text(group) or "day"

    def classes(self, group: str) -> str:
        span = self.span(group)
        return self.scene.classes[span[0] : span[1]].replace(MORE, "") if span else ""

    @property
    def kinds(self) -> set[str]:
        """The kinds of the words in the match."""
        found = self.scene.found
        return {word.kind for at in range(self.first, self.last) if (word := found.get(at)) is not None}

    @property
    def mod(self) -> str | None:
        """What the words of the match add to its value, as TIMEX3 names it."""
        for group in ("mod", "early", "fuzzy", "fuzzy2"):
            word = self.lex(group)
            if word is not None and isinstance(word.value, str):
                return word.value
        return None

    @property
    def tense(self) -> int:
        return self.scene.tense(self.first, self.last)

    @property
    def before(self) -> Lexeme | None:
        """The lexeme right before the match."""
        at = self.first - 1
        while at > 0 and self.scene.classes[at] == MORE:
            at -= 1
        return self.scene.found.get(at)

    @property
    def after(self) -> Lexeme | None:
        return self.scene.found.get(self.last)


Action = Callable[[Found], Meaning | None]


def nearest_weekday(today: dt.date, weekday: int, direction: int, strict: bool) -> dt.date:
    """The nearest day of a weekday before (-1) or after (1) a day; ``strict`` leaves out the day."""
    step = (today.isoweekday() - weekday) % 7 if direction < 0 else (weekday - today.isoweekday()) % 7
    if strict and step == 0:
        step = 7
    return today + direction * step * DAY


def definite(key: str) -> bool:
    """Whether a folded word has the article, by its letters."""
    return key.startswith(("ال", "وال", "بال", "لل", "كال"))


def actions(*functions: Action) -> dict[str, Action]:
    """The functions that rules name, by their names."""
    return {function.__name__: function for function in functions}
