"""Quantities: numbers with a unit, money, shares, barrels, people killed."""

from __future__ import annotations

import msgspec

from rasd.lexicon import Compiled, KnowledgeFiles, Section
from rasd.record import Quantity
from rasd.text.document import BREAK, LATIN, NUMBER, WORD, Document, Token
from rasd.text.letters import fold
from rasd.text.numbers import number_word, read_number
from rasd.what.affair_schema import Rate, Unit
from rasd.what.senses import Rows, SenseRows, SenseTable

# Words that may stand between a unit and "a year": "of oil", "extra".
_RATE_REACH = 3
_ONE, _TWO = 1.0, 2.0
_OR = frozenset((fold("أو"),))


class _Packed(msgspec.Struct):
    units: list[tuple[str, float]]
    marks: dict[str, int]
    phrases: dict[str, list[tuple[list[str], int]]]
    rates: dict[str, list[tuple[list[str], str]]]
    rows: Rows


class QuantityReader:
    """Reads the quantities of documents with the units of a lexicon."""

    def __init__(self, lexicon: Compiled) -> None:
        packed = msgspec.msgpack.decode(lexicon["affair-units"], type=_Packed)
        self._units = packed.units
        self._marks = packed.marks
        self._phrases = packed.phrases
        self._rates = packed.rates
        self._senses = SenseTable(packed.rows)

    def read(self, document: Document) -> list[Quantity]:
        """The numbers with a unit, in order; bare numbers are left out."""
        found: list[Quantity] = []
        tokens = document.tokens
        for sentence in document.sentences:
            at = sentence.first
            while at < sentence.last:
                token = tokens[at]
                kind = token.kind
                if kind == NUMBER or (kind == WORD and number_word(token.key) is not None):
                    at = self._numbered(document, at, sentence.last, found)
                else:
                    at += 1
        return found

    def _numbered(self, document: Document, at: int, limit: int, found: list[Quantity]) -> int:
        tokens = document.tokens
        read = read_number(tokens, at)
        if read is None:
            return at + 1
        value, end = read
        first = at
        if at and tokens[at - 1].text in self._marks and tokens[at - 1].end == tokens[at].start:
            unit, last = self._marks[tokens[at - 1].text], end
            first = at - 1
        else:
            unit, last = self._unit(tokens, end, limit)
        if unit is None:
            return max(end, at + 1)
        name, factor = self._units[unit]
        per, last = self._per(tokens, last, limit)
        start = tokens[first].start + (self._proclitics(tokens[first]) if first == at else 0)
        stop = tokens[last - 1].end
        # 3.3 * 1e9 has digits that nobody wrote; a quantity of the news has fewer than 13.
        value = float(f"{value * factor:.12g}")
        found.append(Quantity(start, stop, document.text[start:stop], value, name, per))
        return last

    def _unit(self, tokens: list[Token], at: int, limit: int) -> tuple[int | None, int]:
        """The unit at a token (``دولار``, ``في المئة``, ``%``) and its end."""
        if at >= limit:
            return None, at
        token = tokens[at]
        mark = self._marks.get(token.text)
        if mark is not None:
            return mark, at + 1
        if token.kind != WORD and token.kind != LATIN:
            return None, at
        best: tuple[int, int] | None = None
        for rest, unit in self._phrases.get(token.key, ()):
            end = at + 1 + len(rest)
            if (
                end <= limit
                and all(tokens[at + 1 + i].key == w for i, w in enumerate(rest))
                and (not best or end > best[1])
            ):
                best = (unit, end)
        if best:
            return best
        sense = self._senses.of(token.form).get("unit")
        if sense and not sense.split.proclitics and not sense.split.enclitic:
            return int(sense.value), at + 1
        return None, at

    def _per(self, tokens: list[Token], at: int, limit: int) -> tuple[str | None, int]:
        """``سنويا``, ``في اليوم`` after a unit, and where the quantity ends then."""
        for index in range(at, min(limit, at + _RATE_REACH)):
            token = tokens[index]
            if token.kind == BREAK or token.kind not in (WORD, NUMBER):
                break
            if index > at and (token.kind == NUMBER or number_word(token.key)):
                break
            for rest, per in self._rates.get(token.key, ()):
                end = index + 1 + len(rest)
                if end <= limit and all(tokens[index + 1 + i].key == w for i, w in enumerate(rest)):
                    return per, end
        return None, at

    @staticmethod
    def _proclitics(token: Token) -> int:
        """The letters before a number word that are no part of it: ``بمليار``, ``وثلاثة``."""
        if token.kind != WORD:
            return 0
        whole = number_word(token.key)
        cut = 0
        while whole and cut < 2 and token.key[cut] in "وفبلك":
            rest = number_word(token.key[cut + 1 :])
            if rest is None or rest.value != whole.value:
                break
            cut += 1
        return cut


def _build(files: KnowledgeFiles) -> bytes:
    rows = SenseRows()
    units: list[tuple[str, float]] = []
    marks: dict[str, int] = {}
    phrases: dict[str, list[tuple[list[str], int]]] = {}
    entries = files.entries("affairs/units.yaml", Unit, lambda e: (e.unit, e.factor))
    for index, unit in enumerate(entries):
        units.append((unit.unit, unit.factor))
        marks.update(dict.fromkeys(unit.marks, index))
        rows.nouns(unit.words, "unit", str(index))
        for phrase in unit.phrases:
            first, *rest = (fold(word) for word in phrase.split())
            for form in {first, first + "ا"} if rest and not first.startswith("في") else {first}:
                phrases.setdefault(form, []).append((rest, index))
    rates: dict[str, list[tuple[list[str], str]]] = {}
    for rate in files.entries("affairs/rates.yaml", Rate, lambda e: e.per):
        for words in rate.words:
            first, *rest = (fold(word) for word in words.split())
            rates.setdefault(first, []).append((rest, rate.per))
    return msgspec.msgpack.encode(_Packed(units, marks, phrases, rates, rows.rows))


UNITS = Section("affair-units", 1, _build)
SECTIONS = (UNITS,)
