"""Who stands at a token: the sides of an affair, position or phase, as PLOVER codes."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from rasd.lexicon import Compiled, KnowledgeFiles, Section
from rasd.text.document import Document, PlaceMention, Token
from rasd.text.letters import fold
from rasd.what.senses import Rows, SenseRows, SenseTable, folded
from rasd.who.schema import Body, State

PREPOSITIONS = folded(
    "في من إلى على عن مع بين ضد تجاه إزاء نحو حول خلال عبر قبل بعد بشأن حيال لدى عند لصالح بدون دون خارج داخل"
)
GOVERNMENT = "GOV"
_OWN_CODES = ("HTI/REB",)


class Side(NamedTuple):
    """A state or other power named at tokens ``[first, last)``, after preposition ``prep``."""

    first: int
    last: int
    codes: tuple[str, ...]
    prep: str
    start: int
    end: int


class _Packed(msgspec.Struct, array_like=True):
    english: dict[str, tuple[str, str]]
    rows: Rows


class Nations:
    """The names and adjectives of states: ``تركيا`` and ``التركية`` are TUR."""

    def __init__(self, lexicon: Compiled) -> None:
        packed = msgspec.msgpack.decode(lexicon["affair-nations"], type=_Packed)
        self._english = packed.english
        self.senses = SenseTable(packed.rows)

    def name(self, code: str) -> str:
        """The English name of the state of a code (``TUR`` or ``TUR/GOV``)."""
        main = code.partition("/")[0]
        return (self._english.get(code) or self._english.get(main, (main, main)))[0]

    def names(self, codes: tuple[str, ...] | list[str]) -> list[str]:
        """The English names of the states and bodies of codes, each main part once."""
        of_main = {code.partition("/")[0]: code for code in reversed(codes)}
        return [self.name(of_main[main]) for main in states_of(codes)]

    def adjective(self, code: str) -> str:
        """The English adjective, or the name where there is none."""
        main = code.partition("/")[0]
        return self._english.get(main, (main, main))[1]

    def nisba(self, token: Token) -> str | None:
        """The state whose adjective the token is: ``التركية`` is TUR."""
        sense = self.senses.of(token.form).get("nisba")
        return sense.value if sense and not sense.split.enclitic else None

    def state(self, token: Token) -> str | None:
        """The state whose one-word name, or government's seat, the token is."""
        sense = self.senses.of(token.form).get("state")
        return sense.value if sense and not sense.split.enclitic else None


class Sides:
    """The sides of one document by token, from its actor and place mentions and state names."""

    def __init__(self, document: Document, nations: Nations) -> None:
        self.document = document
        self._nations = nations
        self._at: dict[int, Side] = {}
        self._places = {place.first: place for place in document.places}
        for place in document.places:
            if place.country and place.kind in ("country", "state", "PCLI"):
                side = Side(
                    place.first, place.last, (f"{place.country}/{GOVERNMENT}",), place.prep, place.start, place.end
                )
                self._at.update(dict.fromkeys(range(place.first, place.last), side))
        for mention in document.actors:
            if mention.within is None and mention.codes:
                side = Side(mention.first, mention.last, mention.codes, mention.prep, mention.start, mention.end)
                self._at.update(dict.fromkeys(range(mention.first, mention.last), side))

    def at(self, index: int) -> Side | None:
        """The side whose phrase covers the token, if any."""
        return self._at.get(index)

    def _prep(self, index: int, proclitics: str) -> str:
        if proclitics and proclitics[-1] in "بلك":
            return proclitics[-1]
        if index:
            before = self.document.tokens[index - 1].key
            if before in PREPOSITIONS:
                return before
        return ""

    def prep(self, side: Side) -> str:
        """The preposition before a side, folded, looked up in the text where nobody gave it."""
        if side.prep:
            return fold(side.prep)
        token = self.document.tokens[side.first]
        offset = side.start - token.start
        return self._prep(side.first, fold(token.text[:offset])) if offset >= 0 else ""

    def starts_at(self, index: int) -> Side | None:
        """The side whose phrase begins at the token."""
        side = self.at(index)
        return side if side is not None and side.first == index else None

    def place_at(self, index: int) -> PlaceMention | None:
        """The place whose phrase begins at the token."""
        return self._places.get(index)

    def nisba(self, index: int) -> str | None:
        """The state whose adjective stands at the token."""
        return self._nations.nisba(self.document.tokens[index])

    def within(self, first: int, last: int) -> list[Side]:
        """The sides that begin in a range of tokens, in order."""
        found: list[Side] = []
        index = first
        while index < last:
            side = self.starts_at(index)
            if side is None:
                index += 1
            else:
                found.append(side)
                index = max(side.last, index + 1)
        return found


def states_of(codes: tuple[str, ...] | list[str]) -> list[str]:
    """The main codes, each once: ``RUS/GOV`` is RUS."""
    return list(dict.fromkeys(main for code in codes if (main := code.partition("/")[0]) and main != "None"))


def _build(files: KnowledgeFiles) -> bytes:
    rows = SenseRows()
    english: dict[str, tuple[str, str]] = {}
    for state in files.entries("actors/states*.yaml", State, lambda e: e.code):
        english[state.code] = (state.en, state.en_adj or state.en)
        for nisba in state.nisba:
            rows.adjective(nisba, "nisba", state.code)
        for name in (*state.ar, *state.government):
            if " " not in name:
                rows.add(name, "state", state.code)
    for body in files.entries("actors/bodies*.yaml", Body, lambda e: e.en):
        # A body whose code begins as a state's does, and is not that state's: the Houthis, HTI/REB.
        if body.code in _OWN_CODES:
            english.setdefault(body.code, (body.en, body.en))
    return msgspec.msgpack.encode(_Packed(english, rows.rows))


NATIONS = Section("affair-nations", 2, _build)
