"""What a written word shows of itself: clitics, definiteness, number, gender, case, person.

Arabic print leaves the vowels out, but some endings are letters: the sound plurals and duals
(``ون`` is a subject, ``ين`` is none), the indefinite accusative in alef, the feminine ``ة``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rasd.text.document import Token
from rasd.text.forms import Form, Reading
from rasd.text.letters import fold, strip_marks
from rasd.text.recent import Recent

_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بلك"


class Word(NamedTuple):
    """A noun, adjective or name as written.

    ``joins`` is true after ``و`` or ``ف``; ``prep`` is the preposition written onto it;
    ``stem`` is folded, without clitics and article; ``number`` s, d, p or "" (a plural whose
    singular is not known counts as s); ``gender`` m, f or ""; ``case`` n, a (accusative or
    genitive) or "" where the letters do not tell; ``human`` for plurals that only people have.
    """

    joins: bool
    prep: str
    stem: str
    definite: bool
    enclitic: str
    number: str
    gender: str
    case: str
    human: bool


class Conjugation(NamedTuple):
    """A finite verb as written: person as in `rasd.text.inflection.VerbForm`, tense P or I."""

    joins: bool
    person: str
    tense: str
    enclitic: str


class Morphology:
    """Analyses words by form and tag; keeps what it learned of each."""

    def __init__(self) -> None:
        self._recent_words: Recent[tuple[str, str], Word] = Recent()
        self._words = self._recent_words.lately
        self._recent_verbs: Recent[tuple[str, str], Conjugation] = Recent()
        self._verbs = self._recent_verbs.lately

    def word(self, token: Token) -> Word:
        """The token as a noun or adjective."""
        key = (token.text, token.tag)
        found = self._words.get(key)
        if found is None:
            found = self._recent_words.recall(key) or self._recent_words.keep(key, _word(token.form, token.tag))
        return found

    def verb(self, token: Token) -> Conjugation:
        """The token as a finite verb."""
        key = (token.text, token.tag)
        found = self._verbs.get(key)
        if found is None:
            found = self._recent_verbs.recall(key) or self._recent_verbs.keep(key, _conjugation(token.form, token.tag))
        return found


def _reading(form: Form, tag: str) -> Reading | None:
    """The reading that a tag stands for, with the fewest letters taken off."""
    fitting = [r for r in form.readings if r.tag == tag]
    if not fitting:
        fitting = [r for r in form.readings if r.tag not in ("VP", "VI", "VC", "P")]
    return min(fitting, key=lambda r: len(r.proclitics), default=None)


def _word(form: Form, tag: str) -> Word:
    key = form.key
    reading = _reading(form, tag)
    if reading is not None and key.startswith(fold(reading.proclitics)):
        proclitics, enclitic, lemma = fold(reading.proclitics), fold(reading.enclitic), fold(strip_marks(reading.lemma))
    else:
        # A form that the table lacks: the article shows what is written before it.
        split = next((s for s in form.splits if s.definite), form.splits[0] if form.splits else None)
        proclitics = "" if split is None else key[: split.cut]
        enclitic, lemma = _pronoun(key), ""
    bound = proclitics.lstrip(_CONJUNCTIONS)
    joins = bound != proclitics
    prep = bound[0] if bound and bound[0] in _PREPOSITIONS and not bound.startswith("ال") else ""
    definite = "ال" in bound or bound.startswith("لل")
    stem = key[len(proclitics) : len(key) - len(enclitic)]
    number, gender, case, human = _shape(stem, lemma, definite or bool(enclitic))
    return Word(joins, prep, stem, definite, enclitic, number, gender, case, human)


def _pronoun(key: str) -> str:
    """The pronoun on a form that the table lacks (سفارتيهما): after ت or ي its letters are hardly a name's."""
    found = _PRONOUN.search(key)
    return found.group(1) if found else ""


_PRONOUN = re.compile(r"\w{3}[تي](هما|هم|ها|هن)$")


def _shape(stem: str, lemma: str, definite: bool) -> tuple[str, str, str, bool]:
    """Number, gender, case and whether it can only be people, by the ending."""
    if len(stem) > 3 and stem.endswith("ات"):
        return "p", "f", "", False
    if len(stem) < 3 or stem == lemma:
        return "s", "f" if stem.endswith("ة") else "", "", False
    known = bool(lemma)
    if stem.endswith("ون") and not lemma.endswith("ون"):
        return "p", "m", "n", True
    if stem.endswith("تين") and not lemma.endswith("ين"):
        return "d", "f", "a", False
    if stem.endswith("ين") and known and not lemma.endswith("ين"):
        return "p", "m", "a", False
    if stem.endswith("ين") and not known and definite:
        return "p", "m", "a", False
    if stem.endswith("تان") and known and not lemma.endswith("ان"):
        return "d", "f", "n", False
    if stem.endswith("ان") and known and not lemma.endswith("ان"):
        return "d", "m", "n", False
    if stem.endswith("ات"):
        return "p", "f", "", False
    if stem.endswith("ا") and known and not definite and stem[:-1] == lemma:
        return "s", "m", "a", False
    if stem.endswith("ة"):
        return "s", "f", "", False
    return ("p", "", "", False) if known and _broken(stem, lemma) else ("s", "", "", False)


def _broken(stem: str, lemma: str) -> bool:
    """Whether a form is no ending away from its singular: دول beside دولة is a plural too."""
    return not stem.startswith(lemma.rstrip("ةا")) or (lemma.endswith("ة") and stem == lemma[:-1])


_IMPERFECT = re.compile("^[وف]?[سل]?([يتنا])")


def _conjugation(form: Form, tag: str) -> Conjugation:
    key = form.key
    fitting = [r for r in form.readings if r.tag == tag]
    reading = min(fitting, key=lambda r: len(r.proclitics), default=None)
    proclitics = fold(reading.proclitics) if reading is not None else ""
    enclitic = fold(reading.enclitic) if reading is not None else ""
    joins = key[0] in _CONJUNCTIONS and (proclitics[:1] == key[0] or reading is None)
    stem = key[len(proclitics) : len(key) - len(enclitic)] if key.startswith(proclitics) else key
    lemma = fold(strip_marks(reading.lemma)) if reading is not None else ""
    if tag == "VI" or reading is None:
        opening = _IMPERFECT.match(key if reading is None else stem)
        first = opening.group(1) if opening else "ي"
        return Conjugation(joins, _imperfect_person(first, stem, lemma), "I", enclitic)
    return Conjugation(joins, _past_person(stem, lemma, enclitic), "P", enclitic)


def _imperfect_person(first: str, stem: str, lemma: str) -> str:
    if first in "نا":
        return "1p" if first == "ن" else "1s"
    if stem.endswith(("ون", "وا")) and not lemma.endswith(("ون", "وا")):
        return "3mp" if first == "ي" else "2"
    if stem.endswith("ان") and not lemma.endswith("ان"):
        return "3md" if first == "ي" else "3fd"
    return "3ms" if first == "ي" else "3fs"


def _past_person(stem: str, lemma: str, enclitic: str) -> str:
    if stem.endswith("وا") or (enclitic and stem.endswith("و") and not lemma.endswith("و")):
        return "3mp"
    if stem.endswith("تا") and not lemma.endswith("تا"):
        return "3fd"
    if stem.endswith("ت") and not lemma.endswith("ت"):
        return "3fs"
    if stem.endswith("نا") and not lemma.endswith(("نا", "ني", "ن")):
        return "1p"
    if stem.endswith("ا") and lemma and not lemma.endswith(("ا", "ي")):
        return "3md"
    return "3ms"
