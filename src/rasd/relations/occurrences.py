"""Many reports of one event made one: the fields that they together make likeliest, and where they disagree.

A field is put to the vote. Each voice has one, cast by the first of its reports that says something: ten papers that
print one agency's dispatch do not outvote two that sent their own reporters. Votes weigh as much as their report is
to be believed (``confidence``). A report that a person reviewed speaks for its voice, also where it says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from rasd.chronicle import Difference, Occurrence, Report, Side, StatusChange
from rasd.record import EventDate, Place
from rasd.relations.reports import date_exactness, main_code, place_exactness

T = TypeVar("T", bound=Hashable)

# How an event comes about: its status moves on along these, not back.
_COURSE = ("possible", "planned", "ongoing", "occurred")
# A side, context or affair stands where it has this part of the votes of those who name any.
_STANDS = 0.3


def merge(reports: Sequence[Report], id: str = "", *, denies: str | None = None) -> Occurrence:
    """The occurrence that ``reports`` (one at least, in any order) are of. ``id`` and ``denies`` are kept as given."""
    told = sorted(reports, key=lambda r: (r.source.published or "9999", r.id))
    kind = _winner(told, lambda r: r.type)
    own = [r for r in told if r.type == kind]
    mode = _winner([r for r in own if r.mode is not None], lambda r: r.mode)
    course = _course(told)
    happened = [r for r in told if r.status == course[-1].status] or told
    date = _date(happened) or _date(told)
    place = _place(told)
    actors, recipients = _sides(told)
    model = max(
        (r for r in own if r.mode == mode),
        key=lambda r: (
            r.reviewed is not None, r.status == course[-1].status,
            _agreement(r, date, place, actors, recipients), r.confidence,
        ),
    )  # fmt: skip
    return Occurrence(
        id=id,
        type=model.type,
        mode=model.mode,
        contexts=_standing(told, lambda r: r.contexts),
        quad=model.quad,
        score=model.score,
        actors=actors,
        recipients=recipients,
        status=course[-1].status,
        date=date,
        place=place,
        affairs=_standing(told, lambda r: r.affairs),
        confidence=_confidence(told),
        gloss=model.gloss,
        reports=[r.id for r in told],
        voices=len({r.voice for r in told}),
        course=course,
        differences=_differences(told),
        denies=denies,
        ordinal=next((r.ordinal for r in told if r.ordinal is not None), None),
    )


def _votes(reports: Iterable[Report], value: Callable[[Report], T | None]) -> dict[T, float]:
    """What each value has of the votes, one a voice, in the order of their first report."""
    votes: dict[T, float] = {}
    voted: set[str] = set()
    for report in _reviewed_first(reports):
        said = value(report)
        if (said is not None or report.reviewed) and report.voice not in voted:
            voted.add(report.voice)
            if said is not None:
                votes[said] = votes.get(said, 0.0) + report.confidence
    return votes


def _winner(reports: Sequence[Report], value: Callable[[Report], T | None]) -> T | None:
    """The value with the most votes, the earliest of those alike."""
    votes = _votes(reports, value)
    return max(votes, key=lambda v: votes[v]) if votes else None


def _standing(reports: Sequence[Report], values: Callable[[Report], Sequence[str]]) -> list[str]:
    """The values with a good part of the votes of those who give any, the most voted first."""
    naming = _first_of_voices(r for r in reports if values(r))
    total = sum(r.confidence for r in naming)
    votes: dict[str, float] = {}
    for report in naming:
        for said in values(report):
            votes[said] = votes.get(said, 0.0) + report.confidence
    return sorted((v for v in votes if votes[v] >= _STANDS * total), key=lambda v: -votes[v])


def _first_of_voices(reports: Iterable[Report]) -> list[Report]:
    found: dict[str, Report] = {}
    for report in _reviewed_first(reports):
        found.setdefault(report.voice, report)
    return list(found.values())


def _reviewed_first(reports: Iterable[Report]) -> list[Report]:
    return sorted(reports, key=lambda r: r.reviewed is None)


def _course(told: Sequence[Report]) -> list[StatusChange]:
    """How the status moved, by day of publication: on each day by vote, and never back."""
    days: dict[str | None, list[Report]] = {}
    for report in told:
        days.setdefault(report.source.published, []).append(report)
    course: list[StatusChange] = []
    for day, reports in days.items():
        status = _winner(reports, lambda r: r.status) or reports[0].status
        teller = next(r for r in reports if r.status == status)
        if not course or _further(course[-1].status, status):
            course.append(StatusChange(status, day, teller.id))
    return course


def _further(before: str, after: str) -> bool:
    if after == before:
        return False
    if before not in _COURSE or after not in _COURSE:
        return True
    return _COURSE.index(after) > _COURSE.index(before)


def _date(reports: Sequence[Report]) -> EventDate | None:
    """The likeliest date: the votes of each, more for an exact one."""
    dates: dict[tuple[str | None, str | None], EventDate] = {}
    for report in reports:
        if report.date is not None:
            key = report.date.begin, report.date.end
            if key not in dates or date_exactness(report.date) > date_exactness(dates[key]):
                dates[key] = report.date
    votes = _votes(reports, lambda r: (r.date.begin, r.date.end) if r.date is not None else None)
    if not votes:
        return None
    best = max(votes, key=lambda key: votes[key] * (0.2 + min(1.0, date_exactness(dates[key]))))
    return dates[best]


def _place(reports: Sequence[Report]) -> Place | None:
    """The likeliest place; a town before its country."""
    places: dict[tuple[str | None, str | None], Place] = {}
    for report in reports:
        if report.place is not None:
            places.setdefault(_place_key(report.place), report.place)
    votes = _votes(reports, lambda r: _place_key(r.place) if r.place is not None else None)
    if not votes:
        return None
    return places[max(votes, key=lambda key: votes[key] * (1 + place_exactness(places[key])))]


def _place_key(place: Place) -> tuple[str | None, str | None]:
    return place.name.en or place.name.ar, place.country


def _sides(told: Sequence[Report]) -> tuple[list[Side], list[Side]]:
    """Who acts and who receives. A power that some have on one side and some on the other stands where most put it."""
    actors, acting = _side(told, lambda r: r.actors)
    recipients, receiving = _side(told, lambda r: r.recipients)
    actors = [s for s in actors if acting[main_code(s.code)] >= receiving.get(main_code(s.code), 0.0)]
    standing = {main_code(s.code) for s in actors} - {"None"}
    return actors, [s for s in recipients if main_code(s.code) not in standing]


def _side(told: Sequence[Report], of: Callable[[Report], Sequence[Side]]) -> tuple[list[Side], dict[str, float]]:
    """Those on a side who have a good part of the votes, and the votes of each power."""
    naming = [r for r in _first_of_voices(r for r in told if of(r) or r.reviewed) if of(r)]
    total = sum(r.confidence for r in naming)
    powers: dict[str, float] = {}
    people: dict[str, dict[str | None, tuple[Side, float]]] = {}
    for report in naming:
        for main in dict.fromkeys(main_code(side.code) for side in of(report)):
            powers[main] = powers.get(main, 0.0) + report.confidence
        for side in of(report):
            named = people.setdefault(main_code(side.code), {})
            name = side.name.en or side.name.ar if side.kind == "person" else None
            known = named.get(name)
            votes = report.confidence + (known[1] if known is not None else 0.0)
            named[name] = (_fuller(known[0], side) if known is not None else side), votes
    found: list[Side] = []
    for main in sorted(powers, key=lambda m: -powers[m]):
        if powers[main] < _STANDS * total:
            continue
        persons = [side for name, (side, votes) in people[main].items() if name and votes >= _STANDS * powers[main]]
        found.extend(persons or [max(people[main].values(), key=lambda s: s[1])[0]])
    return found, powers


def _fuller(one: Side, two: Side) -> Side:
    """Of two words for one power, that which says who it is."""
    return two if (two.name.en is not None) > (one.name.en is not None) else one


def _agreement(
    report: Report, date: EventDate | None, place: Place | None, actors: Sequence[Side], recipients: Sequence[Side]
) -> float:
    """How much of what all make likeliest one report says itself: its line speaks for all."""
    said = 0.0
    if date is not None and report.date is not None:
        said += 1 if (report.date.begin, report.date.end) == (date.begin, date.end) else -0.5
    if place is not None and report.place is not None:
        said += 1 if _place_key(report.place) == _place_key(place) else -0.5
    for of_all, own in ((actors, report.actors), (recipients, report.recipients)):
        wanted, found = {main_code(s.code) for s in of_all}, {main_code(s.code) for s in own}
        said += 2 * len(wanted & found) - len(wanted ^ found)
    return said


def _confidence(told: Sequence[Report]) -> float:
    """That the event is one at all: each voice that is wrong is so for itself."""
    doubt = 1.0
    best: dict[str, float] = {}
    for report in told:
        best[report.voice] = max(best.get(report.voice, 0.0), report.confidence)
    for confidence in best.values():
        doubt *= 1 - confidence
    return round(1 - doubt, 4)


def _differences(told: Sequence[Report]) -> list[Difference]:
    """Where reports contradict each other: numbers, days that cannot be one, places, who did it to whom."""
    found: list[Difference] = []
    for role in dict.fromkeys(c.role for r in told for c in r.counts):
        values: dict[str, list[str]] = {}
        for report in told:
            for count in report.counts:
                if count.role == role:
                    values.setdefault(_number(count.value, count.unit), []).append(report.id)
        found.append(Difference(role, list(values.items())))
    days: dict[str, list[str]] = {}
    for report in told:
        date = report.date
        if date is not None and date.begin is not None and date.begin == date.end:
            days.setdefault(date.begin, []).append(report.id)
    found.append(Difference("date", sorted(days.items())))
    towns: dict[str, list[str]] = {}
    for report in told:
        if report.place is not None and report.place.geonames is not None:
            towns.setdefault(report.place.name.en or report.place.name.ar or "", []).append(report.id)
    found.append(Difference("place", list(towns.items())))
    found.extend(_contested(told))
    return [difference for difference in found if len(difference.values) > 1]


def _contested(told: Sequence[Report]) -> list[Difference]:
    """Who did it, where some say that another did: as told by those who name both sides, one of them crossed."""
    ways: dict[str, list[str]] = {}
    for report in told:
        actors = sorted({main_code(s.code) for s in report.actors} - {"None"})
        recipients = {main_code(s.code) for s in report.recipients}
        if actors and recipients and not recipients & set(actors):
            ways.setdefault("+".join(actors), []).append(report.id)
    sides = {way: set(way.split("+")) for way in ways}
    distinct = [way for way in ways if all(way == o or not sides[way] & sides[o] for o in ways)]
    return [Difference("actors", [(way, ways[way]) for way in distinct])]


def _number(value: float, unit: str | None) -> str:
    number = f"{value:.0f}" if value == int(value) else f"{value:g}"
    return f"{number} {unit}" if unit else number
