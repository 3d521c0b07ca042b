"""One line that says an event, in English and in Arabic.

English: the sides' names, the predicate's verb in the tense of the status, place and date.
Arabic: the masdar with the sides in genitive, so that no verb has to agree with anything.
"""

from __future__ import annotations

from rasd.record import EventDate, Gloss
from rasd.text.document import Document
from rasd.what.draft import EventDraft

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTHS_AR = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
_STATUS_AR = {"planned": "مقرر", "ongoing": "جار", "possible": "محتمل", "denied": "لم يحدث", "occurred": ""}


def gloss(document: Document, event: EventDraft, pasts: dict[str, str]) -> Gloss:
    """The two lines of an event; ``pasts`` are the irregular pasts of English verbs."""
    predicate = event.candidate.predicate
    actors = _names(document, event.actors, "en") or _codes(event.actor_codes)
    recipients = _names(document, event.recipients, "en") or _codes(event.recipient_codes)
    verb = _tense(predicate.en, event.status, pasts, plural=len(event.actors) != 1)
    link = f" {predicate.en_link}" if predicate.en_link and recipients else ""
    english = f"{actors or 'Unnamed actors'} {verb}{link} {recipients}".rstrip()
    if event.place is not None:
        english += f" in {event.place.en}"
    details = [] if event.status == "occurred" else [event.status]
    if event.date is not None and (when := _date(event.date, _MONTHS)):
        details.append(when)
    if details:
        english += f" ({', '.join(details)})"
    return Gloss(_arabic(document, event), english)


def _arabic(document: Document, event: EventDraft) -> str:
    predicate = event.candidate.predicate
    actors = _names(document, event.actors, "ar")
    recipients = _names(document, event.recipients, "ar")
    line = predicate.ar
    if predicate.sides == "symmetric" and len(event.actors) > 1:
        line += f" بين {actors}"
    elif actors and recipients:
        line += f" من {actors} تجاه {recipients}" if not predicate.verbs else f" {actors} – {recipients}"
    elif actors or recipients:
        line += f" {actors or recipients}"
    if event.place is not None:
        line += f" في {event.place.ar}"
    details = [d for d in (_STATUS_AR[event.status], _date(event.date, _MONTHS_AR) if event.date else "") if d]
    return f"{line} ({'، '.join(details)})" if details else line


def _names(document: Document, indexes: list[int], language: str) -> str:
    names: list[str] = []
    for index in indexes:
        entity = document.entities[index]
        name = entity.en if language == "en" else entity.ar
        name = name or entity.ar or entity.code
        if name and name not in names:
            names.append(name)
    if language == "ar":
        return " و".join(names)
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else ""


def _codes(codes: list[str]) -> str:
    """Sides that have a code and no name: the civilians that an attack implies."""
    return ", ".join("civilians" if code.endswith("/CVL") else code for code in codes)


def _tense(verb: str, status: str, pasts: dict[str, str], plural: bool) -> str:
    """An English verb phrase in the tense that a status wants."""
    head, _, rest = verb.partition(" ")
    rest = f" {rest}" if rest else ""
    if status == "planned":
        return f"will {verb}"
    if status == "possible":
        return f"may {verb}"
    if status == "denied":
        return f"did not {verb}"
    if status == "ongoing":
        return f"{'are' if plural else 'is'} {_ing(head, pasts)}{rest}"
    return f"{_past(head, pasts)}{rest}"


def _past(verb: str, pasts: dict[str, str]) -> str:
    if verb in pasts:
        return pasts[verb]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"


def _ing(verb: str, pasts: dict[str, str]) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "be")):
        return verb[:-1] + "ing"
    past = _past(verb, pasts)
    if verb in ("cut", "put", "set", "let", "hit", "shut", "get", "win", "begin") or (
        past.endswith("ed") and past[:-3] == verb
    ):
        return verb + verb[-1] + "ing"
    return verb + "ing"


def _date(date: EventDate, months: list[str]) -> str:
    begin, end = date.begin, date.end or date.begin
    if not begin or not end:
        return ""
    year, month, day = [*begin.split("-"), "", ""][:3]
    if begin == end and day:
        text = f"{int(day)} {months[int(month) - 1]} {year}"
    elif begin[:7] == end[:7]:
        text = f"{months[int(month) - 1]} {year}"
    elif begin[:4] == end[:4] and begin[5:] == "01-01" and end[5:] == "12-31":
        text = year
    else:
        text = f"{begin} – {end}"
    return f"c. {text}" if date.approximate and months is _MONTHS else text
