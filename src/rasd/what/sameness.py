"""One event told several times in an article: which telling is the same as which.

Two tellings are one event when type and sides agree, nothing in date, place or status speaks
against it, and the later one points back (the same word made definite, a synonym with the
same sides, a shared place or date). The first telling then gains the exacter date.
"""

from __future__ import annotations

from rasd.record import EventDate
from rasd.what.draft import EventDraft

# Statuses that can be said of one event in one article: what is planned may be going on.
_ALIKE = {frozenset({"planned", "ongoing"}), frozenset({"planned", "possible"}), frozenset({"occurred", "ongoing"})}


def tie(events: list[EventDraft]) -> None:
    """Set ``same_as`` (index of the first telling) and share exact dates, in place."""
    by_type: dict[str, list[int]] = {}
    for index, event in enumerate(events):
        earlier = by_type.setdefault(event.type, [])
        for other in reversed(earlier[-12:]):
            origin = events[other].same_as
            first = other if origin is None else origin
            if _same(events[other], event) and _same_dates(events[first].date, event.date):
                event.same_as = first
                _share(events[first], event)
                break
        earlier.append(index)


def _same(first: EventDraft, later: EventDraft) -> bool:
    if first.status != later.status and frozenset({first.status, later.status}) not in _ALIKE:
        return False
    if not _same_dates(first.date, later.date) or not _same_sides(first, later):
        return False
    if first.ordinal is not None and later.ordinal is not None and first.ordinal.n != later.ordinal.n:
        return False
    if first.place is not None and later.place is not None and first.place.en != later.place.en:
        countries = {first.place.kind, later.place.kind}
        if "country" not in countries or first.place.country != later.place.country:
            return False
    if first.candidate.predicate.mode and later.candidate.predicate.mode:
        same_mode = first.candidate.predicate.mode == later.candidate.predicate.mode
        if not same_mode and first.candidate.predicate.id != later.candidate.predicate.id:
            return False
    return _points_back(first, later)


def _same_sides(first: EventDraft, later: EventDraft) -> bool:
    one, two = first.states(), later.states()
    if not two or not one:
        return later.candidate.hit.split.definite and bool(one or two)
    if later.candidate.predicate.sides == "symmetric" or first.candidate.predicate.sides == "symmetric":
        return one == two or (len(one & two) >= 1 and (one <= two or two <= one))
    side = [{c.split("/")[0] for c in codes} - {"None"} for codes in
            (first.actor_codes, later.actor_codes, first.recipient_codes, later.recipient_codes)]  # fmt: skip
    return (not side[0] or not side[1] or bool(side[0] & side[1])) and (
        not side[2] or not side[3] or bool(side[2] & side[3])
    )


def _same_dates(one: EventDate | None, two: EventDate | None) -> bool:
    """Whether two dates can be one day; a vague "about a year ago" fits months on either side."""
    if one is None or two is None or not one.begin or not two.begin:
        return True
    end_one, end_two = one.end or one.begin, two.end or two.begin
    if one.approximate or two.approximate:
        return one.begin[:4] <= end_two[:4] and two.begin[:4] <= end_one[:4]
    return one.begin <= end_two and two.begin <= end_one


def _points_back(first: EventDraft, later: EventDraft) -> bool:
    same_word = first.candidate.predicate.id == later.candidate.predicate.id
    both_dated = first.date is not None and later.date is not None
    if both_dated and _same_dates(first.date, later.date):
        return True
    if later.candidate.is_noun and (later.candidate.hit.split.definite or later.candidate.hit.split.enclitic):
        return True
    if same_word and first.states() == later.states() and len(first.states()) > 1:
        return True
    consult = first.type == "CONSULT" and len(first.states()) > 1 and first.states() == later.states()
    return consult and (first.date is None or later.date is None) and first.status != "occurred"


def _share(first: EventDraft, later: EventDraft) -> None:
    """Give the vaguer of two tellings the exacter's date."""
    one, two = first.date, later.date
    if one is None or two is None or not one.begin or not two.begin:
        return
    if one.approximate and not two.approximate:
        first.date = two
    elif two.approximate and not one.approximate:
        later.date = one
