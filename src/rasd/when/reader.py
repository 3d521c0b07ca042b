"""`TimeReader`: finds the expressions of calendar time in a document and gives each its value."""

from __future__ import annotations

import bisect
import datetime as dt
from functools import lru_cache

import msgspec

from rasd.lexicon import Compiled, KnowledgeFiles, Section, open_compiled
from rasd.record import Time
from rasd.text.document import Document, TimeMention
from rasd.text.forms import WORDS, WordTable
from rasd.text.particles import PARTICLES, Particles
from rasd.text.tagger import Tagger
from rasd.text.tokens import document as tokenized
from rasd.when import clocks, dates, days, durations, feasts, references, sets, units, years
from rasd.when.dating_words import DATING
from rasd.when.joining import Joiner
from rasd.when.lexemes import MORE, Lexemes, Packed, pack
from rasd.when.rules import PackedRule, Rules, pack_rules
from rasd.when.scene import Action, Found, Meaning, Scene

CUES_SIZE = 200_000
ACTIONS: dict[str, Action] = {
    name: action
    for subject in (days, dates, clocks, years, units, durations, sets, references, feasts)
    for name, action in subject.ACTIONS.items()
}


class _Body(msgspec.Struct):
    words: Packed
    rules: list[PackedRule]


def _build(files: KnowledgeFiles) -> bytes:
    words = pack(files)
    return msgspec.msgpack.encode(_Body(words, pack_rules(files, words)))


TIME = Section("time", 1, _build)
SECTIONS = (TIME, DATING)


class TimeReader:
    """Reads times with the compiled words and rules. One reader serves any number of documents."""

    def __init__(self, lexicon: Compiled) -> None:
        body = msgspec.msgpack.decode(lexicon["time"], type=_Body)
        self._lexemes = Lexemes(body.words)
        self._rules = Rules(body.rules)
        self._joiner = Joiner(body.words.chars)
        self._cues: dict[str, int] = {}

    def read(self, document: Document) -> None:
        """Fill ``document.times``, in the order of the text; what was there goes.

        Values are resolved against ``document.published``; without it, only what the text
        itself dates has one.
        """
        if len(self._cues) >= CUES_SIZE:
            self._cues.clear()
        classes, found = self._lexemes.classes(document.tokens)
        published = document.published
        if published is not None and not 1000 <= published.year <= 9000:
            published = None
        scene = Scene(document, self._lexemes, classes, found, self._cues, published, published)
        self._scan(scene)
        firsts = [sentence.first for sentence in document.sentences]
        document.times = [
            self._mention(scene, meaning, max(0, bisect.bisect_right(firsts, meaning.first) - 1))
            for meaning in scene.said
            if not meaning.hidden
        ]

    def _scan(self, scene: Scene) -> None:
        classes, at = scene.classes, 0
        while match := self._rules.next.search(classes, at):
            at = match.start()
            meaning = self._at(scene, at)
            if meaning is None:
                at += 1
                continue
            at = meaning.last
            self._add(scene, meaning)

    def _at(self, scene: Scene, at: int) -> Meaning | None:
        """The first rule at a place that gives a meaning, the longest match first."""
        for rule, match in self._rules.candidates(scene.classes, at):
            found = Found(scene, rule.name, match)
            meaning = ACTIONS[rule.action](found)
            if meaning is not None:
                meaning.first, meaning.last, meaning.rule = found.core, match.end(), rule.name
                meaning.mod = meaning.mod or found.mod
                return meaning
        return None

    def _add(self, scene: Scene, meaning: Meaning) -> None:
        """Append a meaning, joined with what stands before it where they are one expression."""
        said = scene.said
        while said:
            joined = self._joiner.join(scene, said[-1], meaning)
            if joined is None:
                break
            said.pop()
            meaning = joined
        self._joiner.date_clocks(scene, meaning)
        said.append(meaning)

    def _mention(self, scene: Scene, meaning: Meaning, sentence: int) -> TimeMention:
        first, last = _trimmed(scene, meaning.first, meaning.last)
        tokens = scene.tokens
        start = tokens[first].start
        lexeme = scene.found.get(first)
        if lexeme is not None and lexeme.cut and tokens[first].kind == "word":
            start += _cut(tokens[first].text, tokens[first].key, lexeme.cut)
        return TimeMention(
            first, last, start, tokens[last - 1].end, sentence, meaning.type, meaning.value,
            meaning.begin.isoformat() if meaning.begin else None, meaning.end.isoformat() if meaning.end else None,
            meaning.approximate, meaning.rule, meaning.clock, meaning.zone, meaning.clue,
            meaning.mod or ("APPROX" if meaning.approximate else None),
        )  # fmt: skip


def _cut(text: str, key: str, cut: int) -> int:
    """Where the stem starts in the text as written: marks may stand between the letters."""
    return cut if len(text) == len(key) else 0


_LEADING = {"OF", "IN", "CM", "LP", "BETWEEN", "RP"}
_TRAILING = {"LP", "CM", "BR"}


def _trimmed(scene: Scene, first: int, last: int) -> tuple[int, int]:
    """The span without what only leads to it, and without a bracket that it does not open."""
    found = scene.found
    while last - first > 1 and (lexeme := found.get(first)) is not None and lexeme.kind in _LEADING:
        first += 1
        while last - first > 1 and scene.classes[first] == MORE:
            first += 1
    while last - first > 1 and (lexeme := found.get(last - 1)) is not None:
        opened = any((x := found.get(at)) is not None and x.kind == "LP" for at in range(first, last))
        if lexeme.kind in _TRAILING or (lexeme.kind == "RP" and not opened):
            last -= 1
        else:
            break
    return first, last


@lru_cache(maxsize=1)
def _own() -> tuple[WordTable, Tagger, TimeReader]:
    lexicon = open_compiled(KnowledgeFiles(), (WORDS, PARTICLES, TIME))
    return WordTable(lexicon), Tagger(Particles(lexicon)), TimeReader(lexicon)


def find(text: str, at: dt.date | str | None = None) -> list[Time]:
    """The times in a text, in its order, resolved against the day ``at``.

    ``at`` is a date, a datetime (its day counts) or a text that starts ``YYYY-MM-DD``; without it only what the
    text itself dates has a ``value``. Offsets count characters of ``text``; lone surrogates count as one.
    Raises ValueError where ``at`` is no date.
    """
    words, tagger, reader = _own()
    document = tokenized(text.encode("utf-8", "replace").decode("utf-8"), words)
    document.published = _day(at)
    tagger.tag(document)
    reader.read(document)
    return found_times(document)


def found_times(document: Document) -> list[Time]:
    """The times of a document that a `TimeReader` has read, as a record holds them."""
    return [
        Time(
            t.start, t.end, document.text[t.start : t.end], t.type, t.value or None, t.begin, t.end_date,
            t.approximate, t.mod, t.zone,
        )
        for t in document.times
    ]  # fmt: skip


def _day(at: dt.date | str | None) -> dt.date | None:
    if isinstance(at, dt.datetime):
        return at.date()
    if at is None or isinstance(at, dt.date):
        return at
    try:
        return dt.date.fromisoformat(at[:10])
    except ValueError:
        raise ValueError(f"at is no date (YYYY-MM-DD): {at!r}") from None
