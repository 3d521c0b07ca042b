"""People's names without a title: given names, names of fathers and sons, families."""

from __future__ import annotations

from typing import NamedTuple

from rasd.names.lexemes import NameTables
from rasd.text.document import WORD, Token
from rasd.text.forms import CACHE_SIZE
from rasd.who import NameShapes, Tables

_LONGEST = 9
_KUNYA = ("ابو", "ابي", "ابا", "ام")
_CLITICS = "وفلب"
_LINKS = ("بن", "ابن", "بنت", "ال", "ولد", "عبد", *_KUNYA)
_NOUNS = ("N", "M", "A", "J", "U", "R", "X", "")


class _Start(NamedTuple):
    """How a word can begin a name: letters before it, whether it is hardly anything but a name."""

    cut: int
    # Another word may follow as the family's name, whatever it means elsewhere.
    sure: bool
    # It is a name even with nothing after it.
    alone: bool
    link: bool


class PeopleFinder:
    """Finds names of people by their shape."""

    def __init__(self, tables: Tables, words: NameTables) -> None:
        self._given = tables.given
        self._doubtful = words.group("doubtful") | tables.everyday
        self._calls = words.group("calls")
        self._families = words.group("families")
        self._titles = frozenset(words.titles)
        self._seconds = tables.group("name-seconds")
        self._honorifics = tables.group("honorifics")
        self._shapes = NameShapes(tables)
        self._starts: dict[str, _Start | None] = {}

    def name_at(self, tokens: list[Token], at: int, stop: int) -> tuple[int, int] | None:
        """Letters before the name that begins at a token, and the token after it; None if none does."""
        token = tokens[at]
        start = self._starting(token)
        addressed = self._addressed(tokens, at)
        if start is None:
            return self._after_address(tokens, at, stop) if addressed else None
        if token.tag == "P" and not self._ali(tokens, at, stop):
            return None
        last = at + 1
        if start.link:
            if last >= stop or not self._own(tokens[last]):
                return None
            last += 1
        last = self._reach(tokens, at, last, stop, start.sure or addressed)
        if last - at > 1 or start.alone or (not start.link and self._called(tokens, at, stop)):
            return start.cut, last
        return None

    def _starting(self, token: Token) -> _Start | None:
        if token.text in self._starts:
            return self._starts[token.text]
        if len(self._starts) >= CACHE_SIZE:
            self._starts.clear()
        start = self._starts[token.text] = self._start(token)
        return start

    def _addressed(self, tokens: list[Token], at: int) -> bool:
        """Whether a form of address stands before a token: ``السيد``, ``للسيد``, ``والدكتور``."""
        if not at:
            return False
        key = tokens[at - 1].key
        if key in self._honorifics or (len(key) > 4 and key[0] in _CLITICS and key[1:] in self._honorifics):
            return True
        return key.startswith("لل") and f"ا{key[1:]}" in self._honorifics

    def _after_address(self, tokens: list[Token], at: int, stop: int) -> tuple[int, int] | None:
        """A name that no list has, two words or more, after a form of address: ``السيد جريس قسيس``."""
        if not self._own(tokens[at]) or tokens[at].key.startswith("ال") or tokens[at].key in self._titles:
            return None
        last = self._reach(tokens, at, at + 1, stop, True)
        return (0, last) if last - at > 1 else None

    def _reach(self, tokens: list[Token], at: int, last: int, stop: int, sure: bool) -> int:
        while last < stop and last - at < _LONGEST:
            here = tokens[last]
            if here.kind != WORD:
                # An initial: "جون ف. كنيدي".
                if here.text == "." and len(tokens[last - 1].key) == 1 and last + 1 < stop:
                    last += 1
                    continue
                break
            if len(here.key) == 1 and last + 1 < stop and tokens[last + 1].text == ".":
                last += 1
                continue
            if here.key in _LINKS:
                if last + 1 < stop and tokens[last + 1].kind == WORD and tokens[last + 1].tag != "P":
                    last += 2
                    continue
                break
            if not self._goes_on(tokens, at, last, stop, sure):
                break
            last += 1
        return last

    def _goes_on(self, tokens: list[Token], at: int, last: int, stop: int, sure: bool) -> bool:
        """Whether the name that began at ``at`` has a part at ``last``."""
        here = tokens[last]
        key = here.key
        if here.tag != "P" and (key in self._given or key in self._families):
            # "محمد حسن مختار القرية": a title, not a name.
            return key not in self._titles or last + 1 >= stop or tokens[last + 1].tag not in ("N", "R", "M")
        if key[2:] in self._titles and key.startswith("ال"):
            return False
        joined = key[0] == "و" and last - at > 1
        if joined or (not here.form.readings and key[0] in "بلف" and key[-1] in "هاك"):
            # A word nobody knows, with letters of other words around it.
            return False
        if key in self._seconds:
            return True
        if here.tag in ("VP", "VI"):
            return False
        if not sure and key.startswith("ال") and not self._family(here):
            return False
        family = last == at + 1 and sure
        return self._shapes.goes_on(tokens, last, family, sure) or (family and self._family(here))

    def _ali(self, tokens: list[Token], at: int, stop: int) -> bool:
        """``علي`` before another name, not ``على`` with its dots."""
        return tokens[at].text == "علي" and at + 1 < stop and tokens[at + 1].key in self._given

    def family_after_title(self, tokens: list[Token], at: int) -> bool:
        """Whether a token is nothing but a family's name after ``الدكتور`` and the like."""
        token = tokens[at]
        if not at or tokens[at - 1].key not in self._honorifics or not token.key.startswith("ال") or len(token.key) < 5:
            return False
        readings = token.form.readings
        return not readings or all(r.tag == "X" for r in readings)

    def _called(self, tokens: list[Token], at: int, stop: int) -> bool:
        """Whether somebody is called here or speaks: ``يا كريم``, ``كريم: ...``."""
        if at and tokens[at - 1].key in self._calls:
            return True
        opens = at == 0 or tokens[at - 1].kind == "break"
        return opens and at + 1 < stop and tokens[at + 1].text == ":"

    @staticmethod
    def _own(token: Token) -> bool:
        return token.kind == WORD and token.tag not in ("P", "VP", "VI") and len(token.key) > 2

    @staticmethod
    def _family(token: Token) -> bool:
        """Whether a word with its article can be a family's name after a sure given name."""
        return token.key.startswith("ال") and token.tag in _NOUNS and not token.key.endswith(("ات", "ين", "ون"))

    def _start(self, token: Token) -> _Start | None:
        key = token.key
        if token.text.endswith("ى") and key in ("علي", "مني"):
            return None
        if key in self._given:
            return self._judged(token, key, 0)
        if key in _LINKS[4:] or key == "ولد":
            return _Start(0, True, False, True)
        rest = key[1:]
        if key[:1] in _CLITICS and ((len(key) > 3 and rest in self._given) or rest in _KUNYA):
            if rest in _KUNYA:
                return _Start(1, True, False, True)
            if any(not r.proclitics and r.tag != "X" for r in token.form.readings):
                return None
            return self._judged(token, rest, 1)
        return None

    def _judged(self, token: Token, key: str, cut: int) -> _Start:
        sure = key not in self._doubtful
        readings = token.form.readings
        alone = sure and cut == 0 and (not readings or readings[0].tag == "X")
        return _Start(cut, sure, alone, False)
