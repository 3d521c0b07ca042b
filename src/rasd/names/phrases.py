"""How far the name of a body or office reaches after its head word."""

from __future__ import annotations

from rasd.text.document import PUNCT, WORD, Token

_NOUNS = ("N", "M", "A", "J", "U", "R", "X", "")
_ADJECTIVES = ("J", "R", "A", "U")
_OPENING, _CLOSING = '«"“', '»"”'
_LONGEST = 10
_QUOTED = 6


class Extent:
    """Reads construct phrases: ``هيئة سوق رأس المال الفلسطينية``, ``وزارة التربية والتعليم``."""

    def __init__(self, ends: frozenset[str], lasting: frozenset[str], given: frozenset[str], heads: frozenset[str],
                 titles: frozenset[str]) -> None:  # fmt: skip
        self._ends = ends
        self._lasting = lasting
        self._given = given
        self._heads = heads
        self._titles = titles

    def last(self, tokens: list[Token], head: int, stop: int, *, definite: bool, title: bool,
             spans: dict[int, int], sites: dict[int, int]) -> int:  # fmt: skip
        """The token after the phrase that ``tokens[head]`` opens; ``head + 1`` if nothing closes it.

        ``definite``: the head has its article, so that only adjectives follow it. ``title``: an
        office, whose phrase ends where a person's name begins. ``spans`` are the names of places,
        states and bodies by their first token.
        """
        at = done = head + 1
        limit = min(stop, head + _LONGEST)
        named = False
        while at < limit:
            token = tokens[at]
            if token.kind == PUNCT and done == head + 1 and token.text in _OPENING:
                closing = _closing(tokens, at, stop)
                return closing if closing else done
            if token.kind != WORD or (token.key in self._ends and not (title and token.key in self._lasting)):
                break
            if at in spans and (done == head + 1) and not definite:
                at = done = min(spans[at], stop)
                named = True
                continue
            if (done > head + 1 or title) and at in spans and token.key[0] in ("بل" if title else "ل"):
                # "رئيس اللجنة التنفيذية لمنظمة ...", "قاض بمحكمة ...".
                return spans[at]
            step = self._step(tokens, at, head, done, definite, title, named, stop, sites)
            if step is None:
                break
            at, closes = step
            if closes:
                done = at
        return done

    def _step(
        self, tokens: list[Token], at: int, head: int, done: int, definite: bool, title: bool, named: bool, stop: int,
        sites: dict[int, int],
    ) -> tuple[int, bool] | None:  # fmt: skip
        """The token after the next part of the phrase and whether the phrase may end there."""
        token = tokens[at]
        key = token.key
        closed = done > head + 1
        if key.startswith("ال") and len(key) > 3:
            if token.tag not in _NOUNS or ((definite or named or closed) and not _adjective(token)):
                return None
            if closed and key[2:] in self._titles:
                return None
            # "الصادرة عن", "المتفرعة من": a participle that goes on to something else.
            if token.tag in ("A", "U") and at + 1 < stop and tokens[at + 1].key in ("من", "عن", "علي", "الي", "في"):
                return None
            return at + 1, True
        if closed and key.startswith("وال") and token.tag in _NOUNS and not named and not definite:
            return None if key[3:] in self._heads else (at + 1, True)
        if (closed or (title and not definite)) and key.startswith("لل") and len(key) > 4:
            purpose = token.tag == "M" and at + 1 < stop and tokens[at + 1].tag == "P"
            return None if purpose else (at + 1, True)
        if title and closed and not definite and key == "في" and at + 1 in sites:
            return sites[at + 1], True
        if closed or definite or token.tag not in _NOUNS or key[:1] == "و":
            return None
        if key in self._given:
            return None if title else (at + 1, True)
        # A proper name or unknown word is the body's own; a noun or adjective goes on to what it is of.
        readings = token.form.readings
        if readings and all(r.proclitics for r in readings[:2]):
            return None
        return at + 1, token.tag == "X"


def _adjective(token: Token) -> bool:
    if token.tag in _ADJECTIVES:
        return True
    readings = token.form.readings
    return any(r.tag in _ADJECTIVES for r in readings) if readings else token.key.endswith(("ي", "ية"))


def _closing(tokens: list[Token], at: int, stop: int) -> int | None:
    """The token after the quotation mark that closes the one at ``at``."""
    for here in range(at + 2, min(stop, at + _QUOTED + 2)):
        if tokens[here].text in _CLOSING:
            return here + 1
    return None
