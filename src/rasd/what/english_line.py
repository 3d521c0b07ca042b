"""The English line of an event: ``Zarland and Belgovia will hold talks in Lindor on 3 June 2016``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rasd.record import EventDate
from rasd.what.schema import Predicate

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Adverbs that belong to a verb (carry out a strike, lash out at).
PARTICLES = {"out", "up", "off", "down", "on", "away", "in", "back"}
SLOT = "~"


@dataclass(slots=True)
class Words:
    """Irregular forms of verbs: pasts, and participles where they differ from them."""

    pasts: dict[str, str]
    participles: dict[str, str]


@dataclass(slots=True)
class Side:
    """A side's name, and whether a verb agrees with it in the plural."""

    name: str
    plural: bool


def sentence(
    predicate: Predicate, lines: dict[str, str], actors: list[Side], recipients: list[Side],
    status: str, future: bool, tail: str, words: Words,
) -> str:  # fmt: skip
    """The line. ``future`` says that the act's date is to come; ``tail`` is its place and date, or ""."""
    parts = [part.strip() for part in lines.get(predicate.id, "").split("/")]
    link = predicate.en_link or ""
    slot = "" if predicate.sides == "symmetric" else f" {link} {SLOT}" if link else f" {SLOT}"
    full = parts[0] or f"{predicate.en}{slot}"
    bare = parts[1] if len(parts) > 1 and parts[1] else predicate.en
    full, recipients = _said_once(full, recipients)
    if actors:
        plural = len(actors) > 1 or actors[0].plural
        together = predicate.sides == "symmetric" and plural
        verb = full if recipients or together else bare
        line = f"{named(actors)} {tensed(verb, status, future, plural, words)}"
        line = line.replace(SLOT, named(recipients))
    else:
        noun = parts[2] if len(parts) > 2 else ""
        line = _passive(full, bare, noun, recipients, status, future, words)
    line = " ".join(f"{line} {tail}".split())
    return line[:1].upper() + line[1:]


# The object of a phrase, whose the recipient is: an aircraft of ~.
_OWNED = re.compile(rf"\b(?:an?|the) (\w+) (?:of|from) {SLOT}")


def _said_once(full: str, recipients: list[Side]) -> tuple[str, list[Side]]:
    """The phrase without its object where the recipient is one: they shot down ``a Russian aircraft``."""
    found = _OWNED.search(full)
    if found is None or len(recipients) != 1 or recipients[0].name.split()[-1:] != [found[1]]:
        return full, recipients
    name = recipients[0].name
    if name.split()[0] not in ("a", "an", "the"):
        name = f"an {name}" if name[0] in "AEIOUaeio" else f"a {name}"
    return full.replace(found[0], SLOT), [Side(name, recipients[0].plural)]


def _passive(full: str, bare: str, noun: str, recipients: list[Side], status: str, future: bool, words: Words) -> str:
    """An act that nobody is said to have done: whom it hit is the subject, or its object, or the act itself."""
    if recipients and SLOT in full:
        before, _, after = full.partition(SLOT)
        head, *rest = before.split()
        participle = words.participles.get(head) or _past(head, words.pasts)
        particles = [w for w in rest if w in PARTICLES and w == rest[0]]
        object_ = " ".join(rest[len(particles) :])
        if not object_ or object_ in _BARE_LINKS:
            plural = len(recipients) > 1 or recipients[0].plural
            said = " ".join([participle, *rest, after.strip()])
            return f"{named(recipients)} {_be(status, future, plural)} {said}"
        if " " in object_ and object_.split()[-1] in _LINKS and object_.split()[0] not in _LINKS:
            phrase, link = object_.rsplit(" ", 1)
            plural = phrase.endswith("s") and not phrase.startswith(("a ", "an "))
            said = " ".join([participle, *particles])
            if link in ("of", "by"):
                return f"{phrase} {link} {named(recipients)} {_be(status, future, plural)} {said} {after.strip()}"
            return f"{phrase} {_be(status, future, plural)} {said} {link} {named(recipients)} {after.strip()}"
    if noun:
        plural = noun.endswith("s") and not noun.startswith(("a ", "an "))
        if not recipients or status == "ongoing":
            return f"{noun} {tensed('take place', status, future, plural, words)}"
        said = full.partition(SLOT)[0].split()
        link = said[-1] if said and said[-1] in _LINKS else "involving"
        return f"{noun} {link} {named(recipients)} {tensed('take place', status, future, plural, words)}"
    return f"unnamed parties {tensed(bare, status, future, True, words)}"


# What may stand between a verb and its object, or behind the object before whom it hits.
_BARE_LINKS = {"at", "on"}
_LINKS = {"on", "against", "at", "to", "from", "of", "with", "for", "in", "by"}


def _be(status: str, future: bool, plural: bool) -> str:
    if status == "planned":
        return "will be"
    if status == "possible":
        return "may be"
    if status == "denied":
        return "will not be" if future else "were not" if plural else "was not"
    if status == "ongoing":
        return "are being" if plural else "is being"
    return "were" if plural else "was"


def tensed(verb: str, status: str, future: bool, plural: bool, words: Words) -> str:
    """An English verb phrase in the tense that a status wants."""
    head, _, rest = verb.partition(" ")
    rest = f" {rest}" if rest else ""
    if status == "planned":
        return f"will {verb}"
    if status == "possible":
        return f"may {verb}"
    if status == "denied":
        return f"will not {verb}" if future else f"did not {verb}"
    if status == "ongoing":
        return f"{'are' if plural else 'is'} {_ing(head, words.pasts)}{rest}"
    past = _past(head, words.pasts)
    return f"{'were' if past == 'was' and plural else past}{rest}"


# One vowel and one consonant at the end of one syllable: the consonant is doubled (stop, stopped, stopping).
_DOUBLES = re.compile(r"[^aeiou]+[aeiou][^aeiouwxy]")


def _past(verb: str, pasts: dict[str, str]) -> str:
    if verb in pasts:
        return pasts[verb]
    if _DOUBLES.fullmatch(verb):
        return f"{verb}{verb[-1]}ed"
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"


def _ing(verb: str, pasts: dict[str, str]) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "be", "ye")):
        return verb[:-1] + "ing"
    past = _past(verb, pasts)
    if _DOUBLES.fullmatch(verb) or verb == "begin" or (past.endswith("ed") and past[:-3] == verb):
        return verb + verb[-1] + "ing"
    return verb + "ing"


def named(sides: list[Side]) -> str:
    """Names in a row: ``A, B and C``; more than four end in "and others"."""
    names = [side.name for side in sides]
    if len(names) > 4:
        names = [*names[:3], "others"]
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else ""


def date(when: EventDate) -> str:
    """A date as the line ends with it: ``on 3 June 2016``, ``in June 2016``, ``in 2016``."""
    begin, end = when.begin, when.end or when.begin
    if not begin or not end:
        return ""
    year, month, day = [*begin.split("-"), "", ""][:3]
    around = "around " if when.approximate else ""
    if begin == end and day:
        return f"{around or 'on '}{int(day)} {MONTHS[int(month) - 1]} {year}"
    if begin[:7] == end[:7] and begin[8:] == "01" and end[8:] >= "28":
        return f"{around or 'in '}{MONTHS[int(month) - 1]} {year}"
    if begin[:4] == end[:4] and begin[5:] == "01-01" and end[5:] == "12-31":
        return f"{around or 'in '}{year}"
    if len(begin) == len(end) == 10:
        return f"between {_day(begin)} and {_day(end)}"
    return f"{around or 'in '}{year}"


def _day(day: str) -> str:
    year, month, number = day.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"
