"""When and where an act happens, by what its own clause says first, then its sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rasd.record import EventDate, Place
from rasd.text.document import ActorMention, PlaceMention, TimeMention
from rasd.what.attachment import Attachment, Ways
from rasd.what.candidates import Candidate
from rasd.what.clauses import SentenceView
from rasd.when.calendar import days_value

# Less than any score.
NEVER = 1e9

# Words that say of the name after them that a town is meant: العاصمة العمانية مسقط.
_TOWNS = {"العاصمة", "مدينة", "بمدينة", "بالعاصمة"}
# Prepositions that make a capital the place that it is, and no government.
_LOCATING = {
    "في", "ب", "قرب", "داخل", "شمال", "جنوب", "شرق", "غرب", "وسط", "خارج", "علي", "من", "الي", "قبالة", "حول", "امام",
    "لدي",
}  # fmt: skip


def date_of(
    attachment: Attachment, ways: Ways, candidate: Candidate, zone: str | None, published: dt.date | None
) -> EventDate | None:
    """The date of an act by its own sentence, or None where that gives none."""
    best: TimeMention | None = None
    clock: TimeMention | None = None
    best_score = clock_score = -NEVER
    times = [t for t in ways.view.times if t.type == "TIME" or (t.type == "DATE" and t.begin is not None)]
    for time, rival in zip(times, ways.rivalled(candidate, times), strict=True):
        score = attachment.date(ways, candidate, time, rival)
        if score is None:
            continue
        if time.type == "DATE" and score > best_score:
            best, best_score = time, score
        elif time.type == "TIME" and score > clock_score:
            clock, clock_score = time, score
    if clock is not None and clock.begin is not None and (best is None or clock_score >= best_score):
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
    value, begin, end = _stretch(ways, best, value, published)
    return EventDate(value, begin, end, hour, hour_zone, best.approximate)


def _stretch(
    ways: Ways, time: TimeMention, value: str, published: dt.date | None
) -> tuple[str, str | None, str | None]:
    """The value and ends of a date; "since May" lasts to the day of writing, "until May" begins with it."""
    begin, end = time.begin, time.end_date
    governor = ways.key(time.first - 1)
    if published is None or begin is None or end is None:
        return value, begin, end
    today = published.isoformat()
    if governor in ways.since and begin < today:
        end = today
    elif governor in ways.until and end > today:
        begin = today
    else:
        return value, begin, end
    return days_value(dt.date.fromisoformat(begin), dt.date.fromisoformat(end)), begin, end


def is_future(date: EventDate | None, published: dt.date | None) -> bool:
    """Whether a date lies wholly after the day of publication."""
    return bool(date and date.begin and published and len(date.begin) == 10 and date.begin > published.isoformat())


def is_today(date: EventDate | None, published: dt.date | None) -> bool:
    """Whether a date is the day of publication itself."""
    return bool(date and date.begin and published and date.begin == date.end == published.isoformat())


def place_of(
    attachment: Attachment,
    ways: Ways,
    candidate: Candidate,
    topics: list[tuple[int, int]],
    actors: Sequence[ActorMention] = (),
    recipients: Sequence[ActorMention] = (),
    doers: Sequence[ActorMention] = (),
) -> PlaceMention | None:
    """The place of an act by its own sentence, or None where that gives none.

    ``topics`` are the spans of the affairs that the sentence names, ``actors`` and
    ``recipients`` the act's sides, ``doers`` the subjects of the sentence's verbs.
    """
    best: PlaceMention | None = None
    best_score = -NEVER
    places = ways.view.places
    for at, (place, rival) in enumerate(zip(places, ways.rivalled(candidate, places), strict=True)):
        if place.first <= candidate.at < place.last:
            continue
        about = ["power"] if _is_power(ways.view, place) else []
        if _in_topic(topics, place, candidate.at):
            about.append("topic")
        mention = ways.view.covering.get(place.first)
        if mention is not None and not mention.locative:
            if _does(mention, place, actors, doers) and candidate.predicate.mode != "visit":
                # سلمت واشنطن: who does it is not where it is done.
                continue
            about += ["actor"] * (mention in actors) + ["recipient"] * (mention in recipients)
        score = attachment.place(ways, candidate, at, about, rival)
        if score is not None and score > best_score:
            best, best_score = place, score
    return best


def _does(
    mention: ActorMention, place: PlaceMention, actors: Sequence[ActorMention], doers: Sequence[ActorMention]
) -> bool:
    """Whether a place is the bare name of a subject that acts here, or of a capital that acts beside it."""
    alone = place.first <= mention.first and mention.last <= place.last
    return alone and mention in doers and (mention in actors or mention.how == "metonym")


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
