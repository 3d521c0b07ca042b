"""When and where an act happens, by what its own clause says first, then its sentence."""

from __future__ import annotations

import datetime as dt

from rasd.record import EventDate, Place
from rasd.text.document import PlaceMention, TimeMention
from rasd.what.candidates import Candidate
from rasd.what.clauses import QUOTES, SentenceView

# The farthest that a time or place may stand from its act, in the cost of `_distance`.
# Swept over 24, 34, 50 and 80 on the gold sets: the share of right dates rises all the way (0.62 to 0.80 of
# single sentences), and with it that of dates given to acts that have none; 50 is about a sentence.
TIME_COST = 50
PLACE_COST = 50
_BORDER_COST = {"verb": 7, "mark": 12, "that": 6, "which": 6, "clause": 8, "comma": 2}

_LOCATING = {
    "في",
    "ب",
    "قرب",
    "داخل",
    "شمال",
    "جنوب",
    "شرق",
    "غرب",
    "وسط",
    "خارج",
    "علي",
    "من",
    "الي",
    "قبالة",
    "حول",
    "امام",
    "لدي",
}

# Words that say of the name after them that a town is meant: العاصمة العمانية مسقط.
_TOWNS = {"العاصمة", "مدينة", "بمدينة", "بالعاصمة"}


def _distance(view: SentenceView, at: int, first: int, last: int, others: list[int]) -> int:
    """The cost between an act and a phrase: tokens, borders and other acts in between."""
    low, high = (last, at) if last <= at else (at + 1, first)
    cost = 0
    for index in range(low, high):
        mark = 1 if view.token(index).text in QUOTES else _BORDER_COST.get(view.border(index), 0)
        cost += 1 + mark
    cost += sum(7 for other in others if low <= other < high)
    # A phrase after its act is likelier than one before.
    return cost + (2 if last <= at else 0)


def date_of(view: SentenceView, candidate: Candidate, others: list[int], zone: str | None) -> EventDate | None:
    """The date of an act, or None where the text gives none."""
    at = candidate.light.at if candidate.light is not None else candidate.at
    best: TimeMention | None = None
    best_cost = TIME_COST
    clock: TimeMention | None = None
    clock_cost = TIME_COST
    for time in view.times:
        cost = min(_distance(view, a, time.first, time.last, [o for o in others if o != a]) for a in {at, candidate.at})
        if time.type == "DATE" and time.begin is not None and cost < best_cost:
            best, best_cost = time, cost
        elif time.type == "TIME" and cost < clock_cost:
            clock, clock_cost = time, cost
    if clock is not None and clock.begin is not None and (best is None or clock_cost <= best_cost):
        best = clock
    if best is None:
        return None
    hour = (
        clock.clock
        if clock is not None and (best is clock or clock.value[:10] == best.value[:10] or best.begin == best.end_date)
        else None
    )
    hour_zone = None
    if hour is not None and clock is not None:
        hour_zone = zone if clock.zone in (None, "local") else clock.zone
    value = best.value.split("T")[0] if best.type == "TIME" else best.value
    return EventDate(value, best.begin, best.end_date, hour, hour_zone, best.approximate)


def is_future(date: EventDate | None, published: dt.date | None) -> bool:
    """Whether a date lies wholly after the day of publication."""
    return bool(date and date.begin and published and len(date.begin) == 10 and date.begin > published.isoformat())


def place_of(
    view: SentenceView, candidate: Candidate, others: list[int], topics: list[tuple[int, int]]
) -> PlaceMention | None:
    """The place of an act, or None. ``topics`` are the spans of the affairs that the sentence names."""
    at = candidate.light.at if candidate.light is not None else candidate.at
    place_frame = {p for p, role in candidate.predicate.frame.items() if role in ("place", "host")}
    best: PlaceMention | None = None
    best_cost = PLACE_COST
    for place in view.places:
        if _is_power(view, place) or _in_topic(topics, place, at):
            continue
        cost = min(
            _distance(view, a, place.first, place.last, [o for o in others if o != a]) for a in {at, candidate.at}
        )
        if place.prep not in _LOCATING and place.prep not in place_frame:
            if candidate.predicate.mode == "visit" or place.kind not in ("country",):
                cost += 4
            else:
                continue
        if place.prep == "ل" and candidate.predicate.mode == "visit":
            cost -= 4
        if place.prep in ("من", "الي") and candidate.predicate.mode != "visit":
            cost += 6
        if place.kind == "country":
            cost += 3
        if cost < best_cost:
            best, best_cost = place, cost
    return best


def _is_power(view: SentenceView, place: PlaceMention) -> bool:
    """A capital that stands for its government is no place of an act."""
    mention = view.covering.get(place.first)
    if mention is None or mention.how != "metonym" or mention.locative:
        return False
    if any(view.token(i).key in _TOWNS for i in range(max(view.sentence.first, place.first - 3), place.first)):
        return False
    return mention.prep not in ("الي", "من") and place.prep not in _LOCATING


def _in_topic(topics: list[tuple[int, int]], place: PlaceMention, at: int) -> bool:
    """A place inside what is talked about ("the situation in Aleppo") is the topic's, not the talk's."""
    return any(first <= place.first < last and not first <= at < last for first, last in topics)


def record_place(place: PlaceMention) -> Place:
    """The record's form of a place mention."""
    from rasd.record import Name

    return Place(Name(place.ar, place.en), place.country, place.lat, place.lon, place.geonames)
