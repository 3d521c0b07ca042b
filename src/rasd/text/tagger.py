"""Which reading of a form is meant here: a light tagger over the table's readings.

Arabic writes ``قتل`` for "killed" and "killing" alike. Most forms have one kind of reading
(verb, noun or particle) and keep it; for the others the words on both sides decide. The
choice is between kinds, then the likeliest reading of the kind, in one pass over the tokens.
"""

from __future__ import annotations

from rasd.text.clitics import stands_in
from rasd.text.document import BREAK, PUNCT, WORD, Document, Token
from rasd.text.forms import Form, Reading
from rasd.text.particles import Particles
from rasd.text.recent import Recent

_VERBS = {"VP", "VI", "VC"}
_OPENERS = (
    "clause-opener", "complementizer", "relative", "perfect", "future", "negation-past", "negation-future",
    "question-clause",
)  # fmt: skip


class Choice:
    """What a form can be: its best verb, its best noun, whether it is a closed-class word."""

    __slots__ = ("best", "noun", "particle", "sure", "verb")

    def __init__(self, form: Form, group: str) -> None:
        """``group`` is "particle", "noun", "verb" or "being" for a word that is always that, else ""."""
        particle = self.particle = group == "particle"
        # Readings with the fewest proclitics first: وزير is a minister before it is "and he visited".
        ranked = sorted(form.readings, key=lambda r: len(r.proclitics))
        # An imperative is rare in news, and a past verb written with و may hide a noun with و.
        verbs = [r for r in ranked if r.tag in ("VP", "VI")]
        # "I do" hardly speaks in news: أجرى is "he held" before it is "I run".
        self.verb: Reading | None = next((r for r in verbs if not _first_person(r, form)), verbs[0] if verbs else None)
        self.noun: Reading | None = next((r for r in ranked if r.tag not in _VERBS and r.tag != "P"), None)
        if (
            self.noun
            and self.verb
            and (_first_person(self.verb, form) or _has_tanwin(form.text) or _accusative(self.verb, form))
        ):
            self.verb = None
        if self.verb and self.noun and len(self.verb.proclitics) > len(self.noun.proclitics):
            self.verb = None
        elif self.verb and self.noun and len(self.noun.proclitics) > len(self.verb.proclitics):
            self.noun = None
        best = self.verb or self.noun or (ranked[0] if ranked else None)
        if group == "noun":
            self.verb, best = None, self.noun or Reading("N", form.text, "", "")
        elif group in ("being", "verb"):
            best = self.verb or next((r for r in ranked if r.tag in ("VP", "VI")), best)
            if best is not None and _first_person(best, form):
                # أعلن, of which the table knows only "I announce".
                best = Reading("VP", best.lemma, best.proclitics, best.enclitic)
        elif particle:
            best = next((r for r in ranked if r.tag == "P"), Reading("P", form.text, "", ""))
        self.best = best
        self.sure = bool(group) or not (self.verb and self.noun)


class Tagger:
    """Sets ``Token.tag`` for every word. Keeps what it learned of each form.

    ``names`` are folded words that are names or adjectives of states, never verbs, whatever the
    table says: by their letters تركي, روسي and ألماني are verbs too.
    """

    def __init__(self, particles: Particles, names: frozenset[str] = frozenset()) -> None:
        self._particles = particles
        self._names = names
        self._recent: Recent[str, Choice] = Recent()
        self._choices = self._recent.lately
        self._prepositions = particles.members("preposition", "demonstrative") - {"ما", "من"} | {"من"}
        self._before_verbs = particles.members("negation-past", "negation-future", "future", "question-clause") - {
            "لما"
        }
        # من is "from" far more often than "who".
        self._openers = particles.members(*_OPENERS) - {_FROM}
        self._opening_conjunctions = particles.members("conjunction")

    def choice(self, form: Form) -> Choice:
        found = self._choices.get(form.text)
        if found is None:
            found = self._recent.recall(form.text) or self._recent.keep(form.text, Choice(form, self._group(form)))
        return found

    def reading(self, token: Token) -> Reading | None:
        """The reading that ``token.tag`` stands for, None for an unknown form."""
        choice = self.choice(token.form)
        if choice.particle:
            return choice.best
        for reading in (choice.verb, choice.noun, *token.form.readings):
            if reading is not None and reading.tag == token.tag:
                return reading
        return None

    def _group(self, form: Form) -> str:
        if not self._names.isdisjoint(split.stem for split in form.splits):
            return "noun"
        if stands_in(form.key, self._particles.pronominal):
            return "particle"
        groups = self._particles.groups(form.key)
        if not groups and form.key[0] in "وفبل" and len(form.key) > 2:
            groups = self._particles.groups(form.key[1:])
            if groups.isdisjoint(("noun", "being", "verb", "relative", "perfect")) and any(
                r.proclitics == "" and r.tag != "P" for r in form.readings
            ):
                return ""
        if not groups:
            return ""
        return next((g for g in ("noun", "being", "verb") if g in groups), "particle")

    def tag(self, document: Document) -> None:
        """Tag the document's tokens in place."""
        tokens = document.tokens
        choices = self._choices
        for token in tokens:
            if token.kind != WORD:
                continue
            choice = choices.get(token.text) or self.choice(token.form)
            if choice.sure:
                token.tag = choice.best.tag if choice.best else _unknown(token.key)
                if token.tag == "VP" and len(token.key) == _SHORT and self._is_masdar(tokens, token):
                    token.tag = "M"
                elif token.tag == "M" and token.key[0] in "يت" and self._after_verb_particle(tokens, token.index):
                    token.tag = "VI"
                elif token.tag == "VI" and token.key[0] == "ت" and self._after_preposition(tokens, token.index):
                    # لدى توجه القوة: the masdar of a verb in ت is written like it.
                    token.tag = "M" if any(_in_ta(r) for r in token.form.readings) else token.tag
            else:
                token.tag = self._in_context(tokens, token, choice)

    def _follows_verb(self, tokens: list[Token], at: int) -> bool:
        """Whether the clause has its finite verb already: قررت بريطانيا فرض عقوبات."""
        for index in range(at - 1, max(-1, at - _CLAUSE_REACH - 1), -1):
            token = tokens[index]
            if token.kind in (PUNCT, BREAK) or token.key in self._openers or token.key == _FROM:
                return False
            if token.tag in ("VP", "VI"):
                return True
        return False

    def _after_verb_particle(self, tokens: list[Token], at: int) -> bool:
        """Whether only a verb can stand here: after لم, لن, سوف, هل."""
        return at > 0 and tokens[at - 1].key in self._before_verbs

    def _after_preposition(self, tokens: list[Token], at: int) -> bool:
        return at > 0 and tokens[at - 1].key in self._prepositions and tokens[at - 1].tag == "P"

    def _is_masdar(self, tokens: list[Token], token: Token) -> bool:
        """A short past verb of which the table knows no noun, where only its masdar can stand.

        A past verb follows no preposition (إلى وقف القتال), no other verb without و (تعتزم بلغوفيا فرض عقوبات),
        and no masdar without article, nor a noun of which that is sure after its preposition (من مغبة نصب الخيام).
        """
        at = token.index
        if self._group(token.form) or at == 0 or (at + 1 < len(tokens) and tokens[at + 1].key in _SELF):
            return False
        before = tokens[at - 1]
        if before.key in self._prepositions or self._follows_verb(tokens, at):
            return True
        if before.kind != WORD or before.key.removeprefix("و").startswith(("ال", "لل", "بال")):
            return False
        return before.tag == "M" or (before.tag in ("N", "A") and self._after_preposition(tokens, at - 1))

    def _in_context(self, tokens: list[Token], token: Token, choice: Choice) -> str:
        assert choice.verb is not None
        assert choice.noun is not None
        verb, noun = choice.verb.tag, choice.noun.tag
        # A form in ت that is a masdar too (تقدم, تعاون) needs its surroundings like a past verb.
        surely_verb = verb == "VI" and noun not in ("M", "X")
        at = token.index
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if "ب" in choice.noun.proclitics or "ل" in choice.noun.proclitics:
            return noun
        if before is None or before.kind == BREAK:
            # A sentence opens with its verb, unless a preposition follows (قصف على حلب).
            return noun if after is not None and after.key in self._prepositions and verb == "VP" else verb
        if before.kind == PUNCT:
            return verb if before.text not in '«"“(' or verb == "VI" else noun
        key = before.key
        if key in self._openers:
            return verb
        if key in self._prepositions:
            return noun
        if token.key[0] == "ف" and choice.verb.proclitics and verb == "VP":
            # What ف joins is a clause (فجر نفسه فقتل خمسة).
            return verb
        if token.key[0] in "وف" and choice.verb.proclitics:
            # "and he supported" or "and support of": a verb where a definite noun or a name follows
            # and no masdar goes before that it could be joined to.
            joined = any(t.tag == "M" for t in tokens[max(0, at - 5) : at])
            return noun if joined or after is None or after.kind != WORD else verb
        if before.tag in ("N", "M", "A", "U", "J", "R", "X"):
            definite = key.startswith("ال") or before.tag in ("X", "R")
            # An imperfect may well follow another verb (ما زالت الطائرات تقصف); a past verb needs its و.
            if definite and verb == "VP" and self._follows_verb(tokens, at):
                return noun
            return verb if definite or surely_verb else noun
        return verb if surely_verb else noun


# The length of verbs whose masdar is mostly written alike (فرض, وقف, قتل).
_SHORT = 3
_FROM = "من"
# Whom a verb before it does it to: فجر نفسه is no masdar.
_SELF = {"نفسه", "نفسها", "انفسهم"}
# How far back a clause's finite verb is looked for.
_CLAUSE_REACH = 7


def _first_person(verb: Reading, form: Form) -> bool:
    """A verb reading in the first person singular (أكثر, أحد), which news hardly has."""
    return verb.tag == "VI" and form.key[len(verb.proclitics) :].startswith("ا")


def _in_ta(reading: Reading) -> bool:
    """A past verb of the pattern تفعّل or تفاعل, whose masdar has the same letters."""
    return reading.tag == "VP" and reading.lemma.startswith("ت")


def _accusative(verb: Reading, form: Form) -> bool:
    """A "they two" reading (شخصا, خطا) of what is nearly always an indefinite accusative."""
    if verb.enclitic:
        return False
    return verb.tag == "VP" and form.key.endswith("ا") and not verb.lemma.rstrip(_VOWELS).endswith(("ا", "ى"))


_VOWELS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"


def _has_tanwin(text: str) -> bool:
    return text.endswith(("\u064b", "\u064bا", "\u064c", "\u064d"))


def _unknown(key: str) -> str:
    """A form that the table lacks: a verb only by its shape, else a name or noun."""
    return "N" if key.startswith(("ال", "وال", "بال", "لل")) else "X"
