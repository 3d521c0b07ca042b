"""The Arabic line of an event: a sentence, its verb agreeing with its subject.

``من المقرر أن تستضيف زاركند محادثات في 3 يونيو 2016``. A predicate's verb and what follows it come from
``data/grammar/arabic_lines.yaml``, else from its verbs and its frame. Where nobody is named who
does it, the act itself is the subject: ``جرى اعتقال صحفيين``, ``وقع انفجار``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rasd.record import EventDate
from rasd.text.inflection import conjugated
from rasd.what.schema import Predicate

MONTHS = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
    "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip
# Acts that are arranged: what is planned of them is scheduled (من المقرر أن), of others it will be (س).
SCHEDULED = {"CONSULT", "AGREE", "SUPPORT", "COOPERATE", "CONCEDE"}
# Acts whose nouns happen (وقع هجوم); others are done (جرى توقيف).
HAPPENING = {"ASSAULT", "PROTEST"}
# The verb that a type's nouns go with, where a predicate has none of its own.
LIGHT = {
    "AGREE": "أبرم يبرم", "CONSULT": "أجرى يجري", "SUPPORT": "أبدى يبدي", "CONCEDE": "أعلن يعلن",
    "COOPERATE": "أجرى يجري", "AID": "قدم يقدم", "RETREAT": "أعلن يعلن", "REQUEST": "وجه يوجه",
    "ACCUSE": "وجه يوجه", "REJECT": "أبدى يبدي", "THREATEN": "وجه يوجه", "PROTEST": "نظم ينظم",
    "SANCTION": "فرض يفرض", "MOBILIZE": "أعلن يعلن", "COERCE": "فرض يفرض", "ASSAULT": "شن يشن",
}  # fmt: skip
# The prepositions that a recipient may stand behind, the likeliest first.
_LINKS = ("على", "إلى", "عن", "ب", "ل", "ضد", "مع", "من", "تجاه", "إزاء", "لدى", "بحق", "في")
SLOT = "~"


@dataclass(slots=True)
class Party:
    """A side as the line names it: gender m or f; number s, d or p; ``proper`` where the words are a name."""

    name: str
    gender: str
    number: str
    proper: bool = True


@dataclass(frozen=True, slots=True)
class Pattern:
    """A verb, past and imperfect, and what follows its subject; ``~`` stands for the recipients."""

    past: str
    imperfect: str
    rest: str


@dataclass(frozen=True, slots=True)
class Saying:
    """How an act is said: with its recipients, without any, and where nobody is said to have done it.

    ``noun`` is the act as a noun, or with a colon a verb whose subject the recipients are.
    """

    full: Pattern
    bare: Pattern
    noun: str


def saying(predicate: Predicate, lines: dict[str, str]) -> Saying:
    """How a predicate is said as a sentence: as ``lines`` has it, else by its verbs and frame."""
    given = lines.get(predicate.id)
    if given is None:
        return _derived(predicate)
    parts = [part.strip() for part in given.split("/")]
    full = _pattern(parts[0])
    bare = _pattern(parts[1]) if len(parts) > 1 and parts[1] else full
    return Saying(full, bare, parts[2] if len(parts) > 2 and parts[2] else _noun(predicate, full))


def _pattern(text: str) -> Pattern:
    verb, _, rest = text.partition(":")
    past, imperfect = verb.split()
    return Pattern(past, imperfect, rest.strip())


def _derived(predicate: Predicate) -> Saying:
    frame = predicate.frame
    symmetric = predicate.sides == "symmetric"
    takes_object = not symmetric and frame.get("object") == "recipient"
    link = next((p for p in _LINKS if frame.get(p) == "recipient"), "")
    slot = "" if symmetric else SLOT if takes_object else attached(link, SLOT) if link else ""
    if predicate.verbs and frame.get("subject", "actor") == "actor":
        past, imperfect = predicate.verbs[0].split()
        said = " ".join(predicate.ar.split()[1:])
        full = Pattern(past, imperfect, f"{said} {slot}".strip())
    else:
        past, imperfect = LIGHT[predicate.type].split()
        slot = attached(link or "على", SLOT) if takes_object else slot
        full = Pattern(past, imperfect, f"{accusative(predicate.ar)} {slot}".strip())
    return Saying(full, full, _noun(predicate, full))


def _noun(predicate: Predicate, full: Pattern) -> str:
    return f"{predicate.ar} {_slot_word(full.rest)}".strip()


def sentence(
    predicate: Predicate, lines: dict[str, str], actors: list[Party], recipients: list[Party],
    status: str, future: bool, tail: str,
) -> str:  # fmt: skip
    """The line. ``future`` says that the act's date is to come; ``tail`` is its place and date, or ""."""
    said = saying(predicate, lines)
    if actors:
        verb = said.full if recipients or SLOT not in said.full.rest else said.bare
        if predicate.sides == "symmetric" and len(actors) == 1 and actors[0].number == "s":
            verb = said.bare
        subject, rest = (
            joined(actors, nominative=True),
            _filled(_said_once(verb.rest, predicate, recipients), recipients),
        )
        feminine = actors[0].gender == "f"
    elif ":" in said.noun and recipients:
        verb = _pattern(said.noun)
        subject, rest = joined(recipients, nominative=True), verb.rest
        feminine = recipients[0].gender == "f"
    else:
        # Nobody is said to have done it: the act's noun is the subject of جرى or وقع.
        whole = ":" not in said.noun and (recipients or SLOT not in said.noun)
        noun = said.noun if whole else predicate.ar
        verb = Pattern(*(("وقع", "يقع") if predicate.type in HAPPENING else ("جرى", "يجري")), "")
        subject, rest = _filled(_said_once(noun, predicate, recipients), recipients), ""
        head = noun.split()[0]
        feminine = head.endswith(("ة", "ات", "ى", "أعمال")) or head == "حرب"
    line = f"{_verb(verb, '3fs' if feminine else '3ms', status, future, predicate.type)} {subject} {rest} {tail}"
    return " ".join(line.split())


# The object of a pattern, whose the recipient is: طائرة تابعة ل~.
_OWNED = re.compile(rf"\S+ تابعة? ل{SLOT}")


def _said_once(rest: str, predicate: Predicate, recipients: list[Party]) -> str:
    """A pattern without its object where the recipient is one: أسقطت مقاتلة روسية."""
    if len(recipients) != 1 or recipients[0].name.split()[0] not in predicate.objects:
        return rest
    return _OWNED.sub(SLOT, rest)


def _slot_word(rest: str) -> str:
    """The words of a pattern that need its recipients: the slot and the preposition before it."""
    words = rest.split()
    for at, word in enumerate(words):
        if SLOT in word:
            before = words[at - 1] if at and word == SLOT and words[at - 1] in _LINKS else ""
            return f"{before} {word}".strip()
    return ""


def _filled(rest: str, recipients: list[Party]) -> str:
    word = _slot_word(rest)
    if not word:
        return rest
    if not recipients:
        return rest.replace(word, "").strip()
    names = joined(recipients, nominative=False)
    if word.startswith(("ب" + SLOT, "ل" + SLOT)):
        return rest.replace(word, attached(word[0], names))
    return rest.replace(SLOT, names)


def attached(preposition: str, names: str) -> str:
    """A preposition before names: ب and ل are written to the word, ل takes the alef of the article."""
    if preposition == "ل" and names.startswith("ال"):
        return "ل" + names[1:]
    return preposition + names if len(preposition) == 1 else f"{preposition} {names}"


def _verb(said: Pattern, person: str, status: str, future: bool, kind: str) -> str:
    if status == "occurred":
        return conjugated(said.past, said.imperfect, "P", person)
    imperfect = conjugated(said.past, said.imperfect, "I", person)
    if status == "planned":
        return f"من المقرر أن {imperfect}" if kind in SCHEDULED else f"س{imperfect}"
    if status == "possible":
        return f"قد {imperfect}"
    if status == "denied":
        return f"لن {imperfect}" if future else f"لم {conjugated(said.past, said.imperfect, 'I', person, jussive=True)}"
    return imperfect


def accusative(phrase: str) -> str:
    """An indefinite phrase as an object: ``هجوم انتحاري`` -> ``هجوما انتحاريا``; a construct stays (``عمل قوات``)."""
    words = phrase.split()
    if len(words) > 2:
        return phrase
    # A second word that is no adjective is a genitive: its head takes no tanwin.
    if len(words) == 2 and not words[1].endswith(("ي", "ية", "رة", "ح")):
        return phrase
    return " ".join(_tanwin(word) for word in words)


def _tanwin(word: str) -> str:
    if word.endswith(("ة", "ات", "ى", "ا", "اء")) or word.startswith("ال"):
        return word
    return word + "ا"


def joined(parties: list[Party], *, nominative: bool) -> str:
    """Names in a row, in the case that their place in the sentence wants."""
    shown = parties[:4]
    names = [_case(p, nominative) for p in shown]
    line = names[0] + "".join(f" و{name}" for name in names[1:])
    return f"{line} وآخرون" if len(parties) > len(shown) and nominative else line


def _case(party: Party, nominative: bool) -> str:
    """Sound plurals and duals of common nouns in the right case: متظاهرون, جنديان; متظاهرين, جنديين."""
    if party.proper:
        return party.name
    right, wrong = ("ون", "ين") if nominative else ("ين", "ون")
    if party.number == "d":
        right, wrong = ("ان", "ين") if nominative else ("ين", "ان")
    first, *rest = party.name.split()
    if party.number == "p" and rest and nominative and first.endswith(("في", "مي", "لي", "ني", "عي", "سي", "ضي", "ري")):
        # The head of a construct: موظفي الوزارة, موظفو الوزارة.
        return " ".join([first[:-1] + "و", *rest])
    # A broken plural shows its case in its adjectives alone (الشباب السعوديون); a singular in nothing.
    if first.endswith((right, wrong)) and party.number != "s":
        first = _ending(first, wrong, right)
    return " ".join([first, *(_ending(w, wrong, right) for w in rest)])


def _ending(word: str, wrong: str, right: str) -> str:
    return word[:-2] + right if word.endswith(wrong) and len(word) > 4 and word not in _SINGULAR else word


# Singular words that end as plurals do.
_SINGULAR = {
    "فلسطين",
    "الأربعين",
    "البحرين",
    "تكوين",
    "تأمين",
    "تدوين",
    "الأمين",
    "السلطان",
    "لبنان",
    "الطيران",
    "البرلمان",
}


def date(when: EventDate) -> str:
    """A date as the line ends with it: ``يوم 17 مايو 2016``, ``في مايو 2016``, ``عام 2016``."""
    begin, end = when.begin, when.end or when.begin
    if not begin or not end:
        return ""
    year, month, day = [*begin.split("-"), "", ""][:3]
    around = "نحو " if when.approximate else ""
    if begin == end and day:
        return f"يوم {around}{int(day)} {MONTHS[int(month) - 1]} {year}"
    if begin[:7] == end[:7] and begin[8:] == "01" and end[8:] >= "28":
        return f"في {around}{MONTHS[int(month) - 1]} {year}"
    if begin[:4] == end[:4] and begin[5:] == "01-01" and end[5:] == "12-31":
        return f"{around}عام {year}"
    return f"بين {_day(begin)} و{_day(end)}" if len(begin) == len(end) == 10 else f"{around}عام {year}"


def _day(day: str) -> str:
    year, month, number = day.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"
