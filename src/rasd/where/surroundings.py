"""What stands around a place name: head words, prepositions, points of the compass."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from rasd.lexicon import Compiled, KnowledgeFiles, Section
from rasd.text.clitics import Split
from rasd.text.document import PUNCT, WORD, Token
from rasd.text.forms import Form
from rasd.text.letters import fold
from rasd.text.numbers import read_number
from rasd.where.bearing import KM_PER_MILE, between
from rasd.where.schema import Direction, Head, Words

# How far before a place the number of kilometres may stand ("30 كيلومترا إلى الشمال الشرقي من").
REACH = 5
# The most words of a number of kilometres: "مئة وخمسة وعشرين".
LONGEST_NUMBER = 3


def _build(files: KnowledgeFiles) -> bytes:
    return msgspec.msgpack.encode(files.table("places/grammar/*.yaml", Words))


GRAMMAR = Section("places.grammar", 3, _build)


@dataclass(slots=True)
class Before:
    """What governs a place name: the first token of the phrase, what it says.

    ``directions`` are the points of the compass right before the name ("شمال شرق بغداد");
    ``single`` says that the head word is singular. ``km`` is the distance in kilometres where one is said with them.
    """

    first: int
    head: Head | None = None
    single: bool = False
    prep: str = ""
    locative: bool = False
    blocked: bool = False
    directions: list[Direction] = field(default_factory=list[Direction])
    km: float | None = None

    @property
    def bearing(self) -> float | None:
        """Degrees clockwise from north, None where no point of the compass is named."""
        turns = [d.bearing for d in self.directions if d.bearing >= 0]
        if not turns:
            return None
        return turns[0] if len(turns) == 1 else between(turns[0], turns[1])


class Surroundings:
    """Reads what stands before a place name."""

    def __init__(self, lexicon: Compiled) -> None:
        tables = msgspec.msgpack.decode(lexicon["places.grammar"], type=list[Words])
        self._heads: dict[str, Head] = {}
        self._directions: dict[str, Direction] = {}
        self._locative: dict[str, str] = {}
        self._prepositions: dict[str, str] = {}
        self._blockers: set[str] = set()
        self.openers: set[str] = set()
        self.not_names: set[str] = set()
        self._units: dict[str, float] = {}
        self._two: set[str] = set()
        self._lands: set[str] = set()
        self._capitals: set[str] = set()
        for words in tables:
            self._heads.update({fold(word): head for head in words.heads for word in head.ar})
            for direction in words.directions:
                for word in direction.ar:
                    self._directions[fold(word)] = direction
            self._locative.update({fold(word): word for word in words.locative})
            self._prepositions.update({fold(word): word for word in words.prepositions})
            self._blockers.update(words.blockers)
            self.not_names.update(fold(word) for word in words.not_names)
            self.openers.update(fold(word) for word in words.openers)
            self._lands.update(fold(word) for word in words.lands)
            self._capitals.update(fold(word) for word in words.capitals)
            self._two.update(fold(word) for word in words.pairs)
            self._units.update({fold(word): 1.0 for word in words.kilometres})
            self._units.update({fold(word): KM_PER_MILE for word in words.miles})

    def head(self, token: Token) -> tuple[Head, str, bool] | None:
        """The head word that a token is (``بمدينة``), the proclitics before it, whether singular."""
        for split in token.form.splits:
            if not split.definite and (head := self._heads.get(split.stem)):
                return head, split.proclitics, split.stem == fold(head.ar[0])
        return None

    def stands_for(self, form: Form) -> tuple[str, Split] | None:
        """``land`` for "الأراضي", ``capital`` for "العاصمة", which an adjective makes a place."""
        for split in form.splits:
            if split.definite:
                continue
            if split.stem in self._lands:
                return "land", split
            if split.stem in self._capitals:
                return "capital", split
        return None

    def before(self, tokens: list[Token], at: int, lowest: int, proclitics: str) -> Before:
        """What stands before the name at ``tokens[at]``, no further back than ``lowest``.

        ``proclitics`` are those written together with the name itself.
        """
        found = Before(at)
        self._read_proclitics(found, proclitics)
        at -= 1
        if at >= lowest and tokens[at].kind == PUNCT and tokens[at].text in '«"“':
            at -= 1
        if found.prep:
            return found
        at = self._read_head(found, tokens, at, lowest)
        if not found.prep:
            at = self._read_directions(found, tokens, at, lowest)
        if (not found.prep or found.directions) and at >= lowest and tokens[at].kind == WORD:
            self._read_preposition(found, tokens[at])
        return found

    def _read_proclitics(self, found: Before, proclitics: str) -> None:
        if proclitics and proclitics[-1] in "بلك":
            found.prep = proclitics[-1]
            found.locative = proclitics[-1] == "ب"

    def _read_head(self, found: Before, tokens: list[Token], at: int, lowest: int) -> int:
        if at < lowest or tokens[at].kind != WORD:
            return at
        # As written, not folded: "علي" blocks and "على" does not.
        if tokens[at].text in self._blockers:
            found.blocked = True
            return at
        read = self.head(tokens[at])
        if read is None:
            return at
        found.head, proclitics, found.single = read
        found.first = at
        self._read_proclitics(found, proclitics)
        return at - 1

    def _read_directions(self, found: Before, tokens: list[Token], at: int, lowest: int) -> int:
        start = at
        while at >= lowest and tokens[at].kind == WORD and len(found.directions) < 3:
            key, proclitics, named = tokens[at].key, "", None
            if key == "من" and at > lowest and self._direction(tokens[at - 1].key):
                at -= 1
                continue
            named = self._direction(key)
            if named is None:
                for split in tokens[at].form.splits[1:]:
                    if (named := self._direction(split.stem)) and not split.definite:
                        proclitics = split.proclitics
                        break
                    named = None
            if named is None:
                break
            found.directions.insert(0, named)
            found.first = at
            at -= 1
            if proclitics:
                self._read_proclitics(found, proclitics)
                break
        if found.directions:
            found.locative = True
            found.prep = found.prep or fold(found.directions[0].ar[0])
            self._read_distance(found, tokens, at, lowest)
        return at if found.directions else start

    def is_direction(self, key: str) -> bool:
        """Whether a folded word is a point of the compass."""
        return self._direction(key) is not None

    def _direction(self, key: str) -> Direction | None:
        return self._directions.get(key) or (self._directions.get(key[2:]) if key.startswith("ال") else None)

    def _read_distance(self, found: Before, tokens: list[Token], at: int, lowest: int) -> None:
        for back in range(at, max(lowest, at - REACH) - 1, -1):
            factor = self._units.get(tokens[back].key)
            if factor is None:
                continue
            self._read_count(found, tokens, back, lowest, factor)
            return

    def _read_count(self, found: Before, tokens: list[Token], unit: int, lowest: int, factor: float) -> None:
        """How many of a unit of length are said before it, in digits or words; its dual is two."""
        for start in range(max(lowest, unit - LONGEST_NUMBER), unit):
            number = read_number(tokens, start)
            if number is not None and number[1] == unit:
                found.km, found.first = number[0] * factor, start
                return
        if tokens[unit].key in self._two:
            found.km, found.first = 2 * factor, unit

    def _read_preposition(self, found: Before, token: Token) -> None:
        key = token.key
        for split in token.form.splits[:2] if key[0] in "وف" else token.form.splits[:1]:
            if word := self._locative.get(split.stem):
                found.prep, found.locative = word, True
                return
            if word := self._prepositions.get(split.stem):
                found.prep = word
                return
