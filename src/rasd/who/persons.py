"""Names of people that no registry lists, after a title."""

from __future__ import annotations

from rasd.text.document import WORD, Token
from rasd.who.lexemes import ALONE, FAMILY, NISBA, OFFICE, Tables

# An unknown word that begins so is a noun with clitics rather than a name.
_PREFIXES = ("وال", "فال", "بال", "كال", "لل", "لا", "ولل", "وبال")
_MAX_NAME = 5
_VERBS = ("VP", "VI", "VC")


class NameShapes:
    """Says how far a person's name reaches."""

    def __init__(self, tables: Tables) -> None:
        self._given = set(tables.given)
        self._registry = tables.senses
        self._cities = tables.cities
        self._of_towns = tables.group("of-towns")
        self._links = tables.group("name-links")
        self._seconds = tables.group("name-seconds")
        self._no_names = tables.group("no-names") | tables.group("towns")
        self._likely: dict[str, int] = {}

    def last(self, tokens: list[Token], at: int, stop: int) -> int:
        """The token after the name that begins at ``at``, or ``at`` if none does."""
        here = at
        if here >= stop or not self._begins(tokens[here]) or self._town_before_name(tokens, at, stop):
            return at
        surely = self._is_given(tokens, here)
        family = at + 1
        while here < stop and here - at < _MAX_NAME and tokens[here].kind == WORD:
            token = tokens[here]
            if token.key in self._links and here + 1 < stop and tokens[here + 1].kind == WORD:
                surely = surely or here == at
                family = here + 2 if here < family else family
                here += 2
                continue
            if here > at and self._another_title(tokens, here, stop):
                break
            if (
                here > at
                and not self._continues(tokens, here)
                and not (surely and here == family and self._may_follow(token))
            ):
                break
            if here - at > 1 and token.key[0] == "و" and token.key not in self._given and not token.form.readings:
                # After two parts rather "and" with a word nobody knows.
                break
            here += 1
        if here - at < 2 and not surely and tokens[at].form.readings:
            return at
        return here

    def goes_on(self, tokens: list[Token], at: int, family: bool, sure: bool) -> bool:
        """Whether a name that has begun goes on at a token.

        ``sure``: what began it is hardly anything but a name; ``family``: and this is its second part.
        """
        if not sure and self._score(tokens[at]) < 2 and not tokens[at].key.startswith("ال"):
            return False
        return self._continues(tokens, at) or (family and self._may_follow(tokens[at]))

    def _town_before_name(self, tokens: list[Token], at: int, stop: int) -> bool:
        """``رئيس بلدية نابلس عادل ...``: what stands before a given name is what the office is of."""
        if not at or at + 1 >= stop or tokens[at].key in self._given or tokens[at].key in self._links:
            return False
        return tokens[at - 1].key in self._of_towns and self._is_given(tokens, at + 1)

    def _is_given(self, tokens: list[Token], at: int) -> bool:
        return tokens[at].key in self._given

    def _begins(self, token: Token) -> bool:
        if token.kind != WORD or token.key in self._no_names or token.tag == "P":
            return False
        if token.key in self._given or token.key in self._links:
            return True
        return self._score(token) >= 2 and token.key not in self._cities

    def _continues(self, tokens: list[Token], at: int) -> bool:
        token = tokens[at]
        if token.key in self._no_names or token.tag == "P" or self._means_another(token.key):
            return False
        if token.key in self._given or token.key in self._seconds:
            return True
        return self._score(token) >= 1

    def _another_title(self, tokens: list[Token], at: int, stop: int) -> bool:
        """``محمد عبدالرحمن الوزير اليمني``: a title with the adjective of its state begins somebody else."""
        key = tokens[at].key
        if not key.startswith("ال") or at + 1 >= stop:
            return False
        titled = any(s.kind == OFFICE for s in self._registry.get(key[2:], ()))
        return titled and any(s.kind == NISBA for s in self._registry.get(tokens[at + 1].key.removeprefix("ال"), ()))

    def _means_another(self, key: str) -> bool:
        """A word that names a state, a body or a role rather than a person."""
        if key in self._given:
            return False
        return any(s.kind not in (ALONE, FAMILY) for s in self._registry.get(key, ()))

    def _may_follow(self, token: Token) -> bool:
        """A word that can be the family name after a given name: no particle, no sure verb."""
        if token.key in self._no_names or self._means_another(token.key) or len(token.key) < 3:
            return False
        return token.tag not in ("P", "VP", "VI") and not token.key.startswith(("ال", "وال", "بال", "لل"))

    def _score(self, token: Token) -> int:
        """2 a proper name or unknown word, 1 what may be one after another name, 0 a common word."""
        score = self._likely.get(token.text)
        if score is None:
            form = token.form
            readings = form.readings
            if not readings:
                score = 0 if token.key.startswith(_PREFIXES) or len(token.key) < 3 else 2
            elif readings[0].tag == "X" and not readings[0].proclitics.strip("ال"):
                score = 2
            elif (
                token.key.startswith("ال")
                and not token.key.startswith("الا")
                and readings[0].tag in ("R", "X", "A", "J", "N")
            ):
                score = 1 if any(r.tag in ("R", "X") for r in readings) else 0
            elif any(r.tag in ("X", "R") and not r.proclitics for r in readings) and not all(
                r.tag in _VERBS for r in readings[:3]
            ):
                score = 1
            else:
                score = 0
            self._likely[token.text] = score
        return score
