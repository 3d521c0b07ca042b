"""Names of people that no registry lists, after a title."""

from __future__ import annotations

from rasd.text.document import WORD, Token
from rasd.text.letters import fold
from rasd.who.lexemes import Tables

_LINKS = {fold(w) for w in ("بن", "ابن", "بنت", "آل", "أبو", "أبي", "عبد", "ولد", "أم", "ابو", "دو", "دي", "فان", "فون", "لا", "ذو", "بو")}
_AFTER = {"الدين", "الله", "الرحمن", "العزيز", "الكريم", "القادر", "الملك", "الرحيم", "السلام", "الفتاح", "الحميد", "المجيد"}
_MAX_NAME = 5
_VERBS = ("VP", "VI", "VC")
_NOT_NAMES = {fold(w) for w in (
    "إن", "أن", "في", "من", "على", "إلى", "عن", "مع", "قال", "أكد", "أعلن", "أمس", "اليوم", "الذي", "التي", "الذين", "هو", "هي", "كان", "قد",
    "السابق", "السبت", "الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "الماضي", "المقبل", "خلال", "بعد", "قبل", "ان", "لا", "لم", "لن",
    "ما", "كما", "حيث", "هذا", "هذه", "ذلك", "تلك", "كل", "بعض", "عدد", "أي", "غير", "مساء", "صباح", "بين", "حول", "ضد", "نحو", "منذ", "حتى", "عام", "يوم",
    "دعا", "شدد", "أضاف", "أوضح", "أشار", "صرح", "طالب", "التقى", "بحث", "زار", "وصل", "حذر", "لدى", "عبر", "أمام", "تحت", "دون", "ضمن", "وسط", "جميع", "الدولة", "الحكومة",
)}  # fmt: skip


class NameReader:
    """Says how far a person's name reaches."""

    def __init__(self, tables: Tables) -> None:
        self._given = set(tables.given)
        self._registry = tables.senses
        self._likely: dict[str, int] = {}

    def last(self, tokens: list[Token], at: int, stop: int) -> int:
        """The token after the name that begins at ``at``, or ``at`` if none does."""
        here = at
        if here >= stop or not self._begins(tokens[here]):
            return at
        surely = self._is_given(tokens, here)
        while here < stop and here - at < _MAX_NAME and tokens[here].kind == WORD:
            token = tokens[here]
            if token.key in _LINKS and here + 1 < stop and tokens[here + 1].kind == WORD:
                here += 2
                continue
            if here > at and not self._continues(tokens, here) and not (surely and here == at + 1 and self._may_follow(token)):
                break
            here += 1
        if here - at < 2 and not surely and tokens[at].form.readings:
            return at
        return here

    def _is_given(self, tokens: list[Token], at: int) -> bool:
        return tokens[at].key in self._given

    def _begins(self, token: Token) -> bool:
        if token.kind != WORD or token.key in _NOT_NAMES:
            return False
        return token.key in self._given or token.key in _LINKS or self._score(token) >= 2

    def _continues(self, tokens: list[Token], at: int) -> bool:
        token = tokens[at]
        if token.key in _NOT_NAMES or tokens[at].key in self._registry and token.key not in self._given:
            return False
        if token.key in self._given or token.key in _AFTER:
            return True
        return self._score(token) >= 1

    def _may_follow(self, token: Token) -> bool:
        """A word that can be the family name after a given name: no particle, no sure verb."""
        if token.key in _NOT_NAMES or token.key in self._registry or len(token.key) < 3:
            return False
        return token.tag not in ("P", "VP", "VI") and not token.key.startswith(("ال", "وال", "بال", "لل"))

    def _score(self, token: Token) -> int:
        """2 a proper name or unknown word, 1 what may be one after another name, 0 a common word."""
        score = self._likely.get(token.text)
        if score is None:
            form = token.form
            readings = form.readings
            if not readings:
                score = 0 if token.key[:1] in "وف" and token.key[1:3] == "ال" or len(token.key) < 3 else 2
            elif readings[0].tag == "X" and not readings[0].proclitics.strip("ال"):
                score = 2
            elif token.key.startswith("ال") and not token.key.startswith("الا") and readings[0].tag in ("R", "X", "A", "J", "N"):
                score = 1 if any(r.tag in ("R", "X") for r in readings) else 0
            elif any(r.tag in ("X", "R") and not r.proclitics for r in readings) and not all(r.tag in _VERBS for r in readings[:3]):
                score = 1
            else:
                score = 0
            self._likely[token.text] = score
        return score
