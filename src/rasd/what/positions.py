"""Positions: who supports, opposes, seeks or disputes what, as a lasting stance."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

import msgspec

from rasd.lexicon import Compiled, KnowledgeFiles, Section
from rasd.record import Position, Span
from rasd.text.document import PUNCT, Document, Sentence
from rasd.text.letters import fold
from rasd.what.affair_schema import BareSide, StanceWords
from rasd.what.affairs import AffairDraft
from rasd.what.senses import Rows, Sense, SenseRows, SenseTable, folded
from rasd.what.sides import Nations, Side, Sides, states_of

_NOT = folded("لم لا لن ليس ليست ولا ولم ولن غير عدم")
_STILL = folded("لا زال تزال يزال زالت ما زالوا")
_COPULAS = folded(
    "هي هو تعد يعد تعتبر يعتبر كانت كان تبقى يبقى بوصفها باعتبارها التي الذي قد أيضا ولا "
    "لا تزال يزال ما زالت زال من أبرز أكبر أهم أقوى"
)
_RELATIVE = folded("التي الذي الذين")
_CUTS = folded("بينما فيما لكن ولكن حين")
_BETWEEN = frozenset(("بين", "وبين"))
# How far behind a verb its subject, and behind that its object, may begin.
_REACH, _NEAR = 6, 3

# Sectors that hold no position of a power, and those that stand against their own state.
_NO_POWERS = frozenset(("CVL", "REL", "MED", "BUS", "EDU", "JUD", "COP"))
_RIVALS = frozenset(("OPP", "REB"))


class _Packed(msgspec.Struct):
    words: dict[str, StanceWords]
    rows: Rows


class _Who(NamedTuple):
    codes: tuple[str, ...]
    first: int
    last: int


class PositionReader:
    """Reads the positions that documents state."""

    def __init__(self, lexicon: Compiled) -> None:
        packed = msgspec.msgpack.decode(lexicon["affair-stances"], type=_Packed)
        self._words = packed.words
        self._senses = SenseTable(packed.rows)
        self._nations = Nations(lexicon)

    def read(self, document: Document, affairs: list[AffairDraft]) -> list[Position]:
        """The positions, in order; ``affairs`` are those that a position can be on."""
        reading: _Reading | None = None
        found: list[Position] = []
        of = self._senses.of
        for sentence in document.sentences:
            for at in range(sentence.first, sentence.last):
                senses = of(document.tokens[at].form)
                if not senses or not ("stance-verb" in senses or "stance-noun" in senses or "stance-role" in senses):
                    continue
                if reading is None:
                    reading = _Reading(document, self._senses, Sides(document, self._nations), affairs)
                for cls in ("stance-verb", "stance-role", "stance-noun"):
                    if cls in senses:
                        entry = self._words[senses[cls].value.rpartition(":")[2]]
                        new = reading.read(entry, cls, senses[cls], at, sentence)
                        found += [p for p in new if not _known(found, p)]
                        if new:
                            break
        return found


def _known(found: list[Position], new: Position) -> bool:
    key = (new.holder, new.toward, new.affair, new.stance)
    return any((p.holder, p.toward, p.affair, p.stance) == key for p in found)


class _Reading:
    """Reads the positions of one document."""

    def __init__(self, document: Document, senses: SenseTable, sides: Sides, affairs: list[AffairDraft]) -> None:
        self.document = document
        self.tokens = document.tokens
        self._senses = senses
        self._sides = sides
        # Each with where it is named, in order: a long article names one a thousand times.
        self._affairs = [(affair.id, sorted(first for first, _ in affair.spans)) for affair in affairs]

    def read(self, entry: StanceWords, cls: str, sense: Sense, at: int, sentence: Sentence) -> list[Position]:
        first, last = self._clause(sentence, at)
        if self._negated(first, at):
            return []
        span = Span(self.tokens[first].start, self.tokens[last - 1].end)
        if entry.mutual:
            return self._mutual(entry, at, first, last, sentence, span)
        if entry.after:
            holder, toward = self._beside(entry, at, first, last)
        elif cls == "stance-verb":
            if sense.value.startswith("P:") and entry.stance != "opposes":
                return []
            holder, toward = self._verb(at, first, last)
            if sense.split.enclitic:  # المعارضة التي تدعمها تركيا
                holder, toward = self._who(at + 1, min(last, at + 4)), self._before(at, first)
        elif sense.split.definite and entry.id != "topple":
            return []  # المعارضة is a party, الحليف somebody named elsewhere
        elif cls == "stance-role" and (sense.split.enclitic or sense.split.proclitics):
            return []  # وحلفاؤها: others, not the side before
        elif cls == "stance-role":
            holder, toward = self._before(at, first), self._who(at + 1, min(last, at + _NEAR))
        else:
            holder, toward = self._masdar(entry, at, first, last)
        if entry.stance == "seeks":
            return self._seeks(holder, at, last, span)
        if holder is None or toward is None:
            return []
        return self._positions(entry.stance, holder, toward, None, span)

    def _positions(self, stance: str, holder: _Who, toward: _Who, affair: str | None, span: Span) -> list[Position]:
        found: list[Position] = []
        for holding in holder.codes:
            for whom in toward.codes:
                who, sector = holding, holding.partition("/")[2]
                if stance == "opposes" and who.startswith("None/") and not whom.startswith("None"):
                    who = f"{whom.partition('/')[0]}/{sector}"  # an opposition opposes its own state
                whom = self._stated(whom, toward.first, who)
                if _can_stand(stance, who, whom):
                    found.append(Position(who, whom, affair, stance, span))
        return found

    def _stated(self, code: str, at: int, holder: str) -> str:
        """The code of a bare ``المعارضة`` with the state that the context gives."""
        if not code.startswith("None/"):
            return code
        sector = code.partition("/")[2]
        avoid = holder.partition("/")[0]
        for index in (*range(at - 1, max(-1, at - 80), -1), *range(at + 1, min(len(self.tokens), at + 30))):
            side = self._sides.at(index)
            for state in states_of(side.codes) if side else ():
                if state != avoid and len(state) == 3:
                    return f"{state}/{sector}"
        return code

    def _who(self, first: int, last: int) -> _Who | None:
        """The first side, or bare opposition or government, in a range of tokens."""
        index = first
        while index < last:
            side = self._sides.starts_at(index)
            if side:
                return _Who(side.codes, side.first, side.last)
            bare = self._senses.of(self.tokens[index].form).get("bare")
            if bare and not bare.split.definite:
                # ``نظام الأسد``, ``حكومة مصر``: the side that follows says whose.
                side = next(
                    (s for i in range(index + 1, min(last, index + 4)) if (s := self._sides.starts_at(i))), None
                )
                if side:
                    codes = tuple(f"{state}/{bare.value}" for state in states_of(side.codes))
                    return _Who(codes, index, side.last)
            elif bare:
                code = self._nisba_after(index + 1, last)
                return _Who((f"{code or 'None'}/{bare.value}",), index, index + (2 if code else 1))
            index += 1
        return None

    def _nisba_after(self, index: int, last: int) -> str | None:
        return self._sides.nisba(index) if index < last else None

    def _before(self, at: int, first: int) -> _Who | None:
        """The side right before a word, copulas and the like apart; through ``التي`` its antecedent."""
        index = at - 1
        while index >= first:
            side = self._sides.at(index)
            if side:
                return _Who(side.codes, side.first, side.last)
            bare = self._senses.of(self.tokens[index].form).get("bare")
            if bare and bare.split.definite:
                return _Who((f"None/{bare.value}",), index, index + 1)
            nisba = self._sides.nisba(index)
            if nisba and index > first:
                index -= 1
                bare = self._senses.of(self.tokens[index].form).get("bare")
                return _Who((f"{nisba}/{bare.value}",), index, index + 2) if bare else None
            if self.tokens[index].key not in _COPULAS and self.tokens[index].kind != PUNCT:
                return None
            index -= 1
        return None

    def _beside(self, entry: StanceWords, at: int, first: int, last: int) -> tuple[_Who | None, _Who | None]:
        """``تقف إلى جانب``: the other side follows the words that ``after`` lists."""
        words = {fold(word) for word in entry.after}
        beside = next((i for i in range(at + 1, min(last, at + _REACH + 2)) if self.tokens[i].key in words), None)
        if beside is None:
            return None, None
        holder = self._before(at, first) or self._who(at + 1, beside)
        return holder, self._who(beside + 1, min(last, beside + _NEAR))

    def _verb(self, at: int, first: int, last: int) -> tuple[_Who | None, _Who | None]:
        """Subject and object of a verb: both behind it, or the subject right before it."""
        before = self._before(at, first)
        after = self._who(at + 1, min(last, at + _REACH))
        if before is not None or after is None:
            return before, after
        return after, self._who(after.last, min(last, after.last + _REACH))

    def _masdar(self, entry: StanceWords, at: int, first: int, last: int) -> tuple[_Who | None, _Who | None]:
        """``دعم روسيا للحكومة``; ``الإطاحة بنظام`` takes its holder from the seeker before it."""
        if entry.id == "topple":
            toward = self._who(at + 1, min(last, at + 6))
            return self._seeker(at, first), toward
        holder = self._who(at + 1, min(last, at + 3))
        if holder is None:
            return None, None
        toward = self._who(holder.last, min(last, holder.last + 4))
        if toward is None:
            return None, None
        token = self.tokens[toward.first]
        governed = token.key.startswith(("ل", "لل")) or self.tokens[toward.first - 1].key in ("ل", fold("إلى"), "ضد")
        return (holder, toward) if governed else (None, None)

    def _seeker(self, at: int, first: int) -> _Who | None:
        """Who wants what the masdar at a token names."""
        for index in range(at - 1, max(first, at - 6) - 1, -1):
            sense = self._senses.of(self.tokens[index].form).get("stance-verb")
            if sense and sense.value.endswith(":seek"):
                before = self._before(index, first)
                return before or self._who(index + 1, at)
        return None

    def _seeks(self, holder: _Who | None, at: int, last: int, span: Span) -> list[Position]:
        """Somebody seeks an affair: an agreement, a project, a target."""
        if holder is None:
            holder = self._who(at + 1, min(last, at + 4))
        if holder is None or holder.first > at + 3:
            return []
        affair = self._affair(at, min(last, at + 10))
        if affair is None:
            return []
        return [Position(code, None, affair, "seeks", span) for code in holder.codes if not code.startswith("None")]

    def _affair(self, at: int, last: int) -> str | None:
        """The first affair that is named behind a token and before another."""
        for id, named in self._affairs:
            behind = bisect_right(named, at)
            if behind < len(named) and named[behind] < last:
                return id
        return None

    def _mutual(
        self, entry: StanceWords, at: int, first: int, last: int, sentence: Sentence, span: Span
    ) -> list[Position]:
        """``خلافات بين X وY في`` an affair: each disputes it with the other."""
        sides: list[Side] = []
        for index in range(at + 1, min(last, at + 6)):
            if self.tokens[index].key in _BETWEEN:
                sides = self._sides.within(index + 1, min(last, index + 10))[:2]
                break
        codes = list(dict.fromkeys(c for s in sides for c in s.codes))
        if sides and len(states_of(codes)) > 2:
            codes = codes[:2]
        if not sides:
            who = self._before(at, first)
            other = self._who(at + 1, min(last, at + 8))
            codes = [*who.codes, *other.codes][:2] if who and other else []
        if len(codes) != 2 or codes[0] == codes[1]:
            return []
        affair = self._affair(at, last)
        pairs = ((codes[0], codes[1]), (codes[1], codes[0]))
        return [Position(a, b, affair, entry.stance, span) for a, b in pairs]

    def _negated(self, first: int, at: int) -> bool:
        near = [t.key for t in self.tokens[max(first, at - 3) : at]]
        return any(key in _NOT for key in near) and not any(key in _STILL - _NOT for key in near)

    def _clause(self, sentence: Sentence, at: int) -> tuple[int, int]:
        tokens = self.tokens
        first, last = at, at + 1
        while first > sentence.first and not _cut(tokens[first - 1].text) and tokens[first].key not in _CUTS:
            first -= 1
        while last < sentence.last and not _cut(tokens[last].text) and tokens[last].key not in _CUTS:
            last += 1
        if tokens[first].key in _CUTS and first < at:
            first += 1
        return first, last


def _can_stand(stance: str, who: str, whom: str) -> bool:
    """Whether a position between two codes means anything: powers, and of one state only its rivals."""
    (main, _, sector), (other, _, others) = who.partition("/"), whom.partition("/")
    if "None" in (main, other) or sector in _NO_POWERS or others in _NO_POWERS:
        return False
    sectors = {sector, others}
    rivals = bool(sectors & _RIVALS) and bool(sectors & {"GOV", "MIL"})
    return main != other or (stance == "opposes" and rivals)


def _cut(text: str) -> bool:
    return text in ("،", "؛", ",", ".", "(", ")", ":", "؟", "!")


def _build(files: KnowledgeFiles) -> bytes:
    rows = SenseRows()
    words = {e.id: e for e in files.entries("affairs/stances.yaml", StanceWords, lambda e: e.id)}
    for entry in words.values():
        rows.verbs(entry.verbs, "stance-verb", entry.id)
        rows.nouns(entry.nouns, "stance-noun", entry.id)
        for role in entry.roles:
            singular, *plurals = role.split()
            rows.adjective(singular, "stance-role", entry.id)
            for plural in plurals:
                rows.add(plural, "stance-role", entry.id)
    for side in files.entries("affairs/sides.yaml", BareSide, lambda e: e.ar):
        rows.add(side.ar, "bare", side.sector)
    return msgspec.msgpack.encode(_Packed(words, rows.rows))


SECTIONS = (Section("affair-stances", 1, _build),)
