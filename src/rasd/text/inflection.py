"""All written forms of a verb or a noun, from what a dictionary gives.

A verb is given by its past and its imperfect, third person masculine singular, as papers
write them (``زار يزور``, ``التقى يلتقي``, ``دعا يدعو``, ``شن يشن``); a noun by its singular and
its broken plurals. Forms are unvowelled and folded, without clitics: those are taken off by
`rasd.text.clitics`. Rules after any grammar of Arabic (e.g. Wright, *A Grammar of the
Arabic Language*, vol. I, on weak and doubled verbs).
"""

from __future__ import annotations

from typing import NamedTuple

from rasd.text.letters import fold


class VerbForm(NamedTuple):
    """``tense`` P(ast) or I(mperfect); ``voice`` a(ctive), p(assive) or ap (either, unvowelled).

    ``person`` is the person, gender and number: 3ms, 3fs, 3md, 3fd, 3mp, 3fp, 2, 1s, 1p.
    ``jussive`` is true for forms that only follow ``لم`` and the like.
    """

    tense: str
    person: str
    voice: str
    jussive: bool = False


_PAST_SUFFIXES = (("ت", "3fs"), ("ا", "3md"), ("تا", "3fd"), ("وا", "3mp"))
_PAST_CONSONANT = (("ت", "1s"), ("نا", "1p"), ("ن", "3fp"), ("تم", "2"))
_IMPERFECT = (("ي", "", "3ms"), ("ت", "", "3fs"), ("ن", "", "1p"), ("ا", "", "1s"))
_IMPERFECT_VOWEL = (
    ("ي", "ان", "3md"), ("ت", "ان", "3fd"), ("ي", "ا", "3md"), ("ت", "ا", "3fd"),
    ("ي", "ون", "3mp"), ("ي", "وا", "3mp"), ("ت", "ون", "2"), ("ت", "وا", "2"),
)  # fmt: skip


def verb_forms(past: str, imperfect: str) -> dict[str, VerbForm]:
    """The forms of a verb, folded, each with what it is.

    Active forms win where an active and a passive are written alike but differ in person.
    Raises ValueError where the two stems are not a past and an imperfect in ي.
    """
    if len(past) < 2 or not imperfect.startswith("ي") or len(imperfect) < 3:
        raise ValueError(f"not a past and an imperfect: {past} {imperfect}")
    forms: dict[str, VerbForm] = {}

    def add(written: str, form: VerbForm) -> None:
        for spelled in _hamza_spellings(written):
            known = forms.get(spelled)
            if known is None:
                forms[spelled] = form
            elif known.voice != form.voice and known[:2] == form[:2]:
                forms[spelled] = known._replace(voice="ap")

    doubled = _is_doubled(past, imperfect)
    for written, person in _past(past, doubled):
        add(written, VerbForm("P", person, "a"))
    for written, person, jussive in _imperfect(imperfect, past, doubled):
        add(written, VerbForm("I", person, "a", jussive))
    # The passive in the third person only: "I was struck" is rare, and its forms are other words (نساء, أثار).
    for written, person in _past(_passive_past(past), doubled, hollow=len(past) > 2 and past[-2] == "ا"):
        if person.startswith("3"):
            add(written, VerbForm("P", person, "p"))
    for written, person, jussive in _imperfect(_passive_imperfect(imperfect, past), past, doubled):
        if person.startswith("3"):
            add(written, VerbForm("I", person, "p", jussive))
    return forms


def conjugated(past: str, imperfect: str, tense: str, person: str, *, jussive: bool = False) -> str:
    """One form of a verb as papers write it, hamzas and all: ``conjugated("زار", "يزور", "I", "3fs")`` is ``تزور``.

    ``jussive`` gives the form after لم. Raises ValueError where the verb has no such form.
    """
    doubled = _is_doubled(past, imperfect)
    if tense == "P":
        return next(written for written, who in _past(past, doubled) if who == person)
    forms = _imperfect(imperfect, past, doubled)
    # A doubled verb is written after لم as it is without (لم يستعد); a weak one loses its last letter.
    short = [w for w, who, apart in forms if who == person and apart] if jussive and not doubled else []
    found = short or [w for w, who, apart in forms if who == person and not apart]
    if not found:
        raise ValueError(f"no {person} of {past} {imperfect}")
    return found[0]


def _past(past: str, doubled: bool, hollow: bool = False) -> list[tuple[str, str]]:
    found = [(past, "3ms")]
    last, body = past[-1], past[:-1]
    if last in "اى" and len(past) > 2:
        weak = "و" if last == "ا" and len(past) == 3 and not past.startswith("أ") else "ي"
        found += [(body + "ت", "3fs"), (body + "تا", "3fd"), (body + "وا", "3mp"), (body + weak + "ا", "3md")]
        found += [(body + weak + suffix, person) for suffix, person in _PAST_CONSONANT]
    elif last == "ي":
        found += [(body + "وا", "3mp")]
        found += [(past + s, p) for s, p in (*_PAST_SUFFIXES[:3], *_PAST_CONSONANT)]
    else:
        found += [(past + s, p) for s, p in _PAST_SUFFIXES]
        shorts = [past]
        if len(past) > 2 and (past[-2] == "ا" or hollow):  # زار, أدان, and their passives زير, أدين
            shorts = [past[:-2] + last]
        elif doubled:
            # استمر (استمررنا) and استلم (استلمنا) have one shape: both forms are given.
            shorts = [past + last, *([past] if past.startswith("است") else [])]
        # A final ن takes in that of the suffix: أدان, أدنا (not أدننا).
        for short in shorts:
            found += [(short + (s[1:] if short[-1] == "ن" == s[0] else s), p) for s, p in _PAST_CONSONANT]
    return found


def _imperfect(imperfect: str, past: str, doubled: bool) -> list[tuple[str, str, bool]]:
    stem = imperfect[1:]
    last, body = stem[-1], stem[:-1]
    found = [(prefix + stem, person, False) for prefix, _, person in _IMPERFECT]
    if last in "يوىا" and len(stem) > 1:
        weak = "و" if last == "و" else "ي"
        found += [
            (p + body + weak + s if s.startswith("ا") else p + body + s, who, False) for p, s, who in _IMPERFECT_VOWEL
        ]
        found += [(prefix + body, person, True) for prefix, _, person in _IMPERFECT]
        found.append(("ي" + body + weak + "ن", "3fp", False))
        return found
    found += [(p + stem + s, who, False) for p, s, who in _IMPERFECT_VOWEL]
    found.append(("ي" + stem + "ن", "3fp", False))
    if len(stem) > 2 and stem[-2] in "ويا" and past[-2:-1] == "ا":  # hollow: يزور, jussive يزر
        short = stem[:-2] + last
        found += [(prefix + short, person, True) for prefix, _, person in _IMPERFECT]
    elif doubled:
        found += [(prefix + stem + last, person, True) for prefix, _, person in _IMPERFECT]
    return found


def _passive_past(past: str) -> str:
    """The passive of a past: only long vowels change in writing (زار زير, قابل قوبل, دعا دعي)."""
    if past[-1] in "اى" and len(past) > 2:
        return past[:-1] + "ي"
    if len(past) > 2 and past[-2] == "ا":
        return past[:-2] + "ي" + past[-1]
    if len(past) == 4 and past[1] == "ا":  # form III
        return past[0] + "و" + past[2:]
    if len(past) == 5 and past[0] == "ت" and past[2] == "ا":  # form VI
        return past[:2] + "و" + past[3:]
    return past


def _passive_imperfect(imperfect: str, past: str) -> str:
    if imperfect[-1] in "يو":
        return imperfect[:-1] + "ى"
    if len(imperfect) > 3 and imperfect[-2] in "وي" and past[-2:-1] == "ا":
        return imperfect[:-2] + "ا" + imperfect[-1]
    if past[0] == "و" and len(past) == 3 and not imperfect.startswith("يو"):  # وضع: يوضع
        return "يو" + imperfect[1:]
    return imperfect


def _is_doubled(past: str, imperfect: str) -> bool:
    """A verb whose last two consonants are one doubled letter, told by its shape (أعد يعد, but أكد يؤكد)."""
    if past[-1] in "اىي" or (len(past) > 2 and past[-2] == "ا"):
        return False
    return (
        len(past) == 2
        or (len(past) == 5 and past.startswith("است"))
        or (len(past) == 4 and (past.startswith("ان") or (past[0] == "ا" and past[2] == "ت")))
        or (len(past) == 3 and past[0] == "أ" and len(imperfect) == 3)
    )


def _hamza_spellings(written: str) -> list[str]:
    """A form folded, with the rival spellings of a hamza before a suffix (بدأوا, بدؤوا, بدءوا; بدآ)."""
    written = written.replace("أا", "آ")
    found = [fold(written)]
    for spelled, others in (("أوا", ("ؤوا", "ءوا")), ("أون", ("ؤون", "ءون")), ("ئوا", ("ؤوا",)), ("ئون", ("ؤون",))):
        if written.endswith(spelled):
            found += [fold(written[: -len(spelled)] + other) for other in others]
    return found


class NounForm(NamedTuple):
    """``number`` s(ingular), d(ual) or p(lural); ``construct`` where the dual's ن has fallen."""

    number: str
    construct: bool = False


def noun_forms(singular: str, plurals: tuple[str, ...] = ()) -> dict[str, NounForm]:
    """The forms of a noun, folded: singular, accusative in -ا, duals, the given plurals."""
    forms: dict[str, NounForm] = {fold(p): NounForm("p") for p in plurals}
    stem = singular[:-1] + "ت" if singular.endswith("ة") else singular
    if singular.endswith("ى"):
        stem = singular[:-1] + "ي"
    duals = {fold(stem + "ان"): False, fold(stem + "ين"): False, fold(stem + "ا"): True, fold(stem + "ي"): True}
    if not singular.endswith("ة") or len(stem) < 4:
        # The duals in construct of other nouns are other words (ردا, ردي, اجتماعي).
        duals = {form: short for form, short in duals.items() if not short}
    for form, construct in duals.items():
        forms.setdefault(form, NounForm("d", construct))
    forms[fold(singular)] = NounForm("s")
    if not singular.endswith(("ة", "ى", "ا", "ء")):
        forms[fold(singular + "ا")] = NounForm("s")
    elif singular.endswith("ء") and not singular.endswith("اء"):
        forms.setdefault(fold(singular + "ا"), NounForm("s"))
    for plural in plurals:
        if not plural.endswith(("ة", "ات", "ى", "ا", "ء", "ون", "ين")):
            forms.setdefault(fold(plural + "ا"), NounForm("p"))
    return forms
