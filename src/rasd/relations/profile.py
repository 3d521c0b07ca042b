"""What of a report identity looks at, worked out once: words as stems, days as numbers, sides as sets.

A profile packs into a few hundred bytes (`Profile.pack`), which an archive keeps of every report; identity never
needs the reports themselves to compare.

Days are `datetime.date.toordinal`; ``first`` and ``last`` bound the day of the event as the report lets one
think: its date, or else the days about its publication.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property

import msgspec

from rasd.chronicle import Report, Side
from rasd.record import Place
from rasd.relations.reports import main_code
from rasd.relations.wording import Wording, rarest

# Letters on either side of a report's trigger whose words are most its own.
WINDOW = 45
# How many stems after a trigger say what the act is done to, and within how many letters.
AFTER, OBJECT = 4, 60
# A date that spans no more days than this says when; a longer one only bounds it.
EXACT = 2
# Events dated longer ago than this are history, told at any time.
HISTORY = 40
# An undated report of what occurred is of the last days before it was printed.
RECENT = 6
# A planned event without a date lies within so many days.
AHEAD = 45
# The weight of stems under which reports may be found.
TELLING = 55
_FORM = 1
# Set in the weight of a stem that stands near the trigger; weights stay below it (`wording.HEAVIEST`).
_NEAR = 128


class Where(msgspec.Struct, array_like=True, frozen=True):
    """A place: its name, its country, its point where it has one; ``whole`` where it is a country."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    whole: bool


class _Packed(msgspec.Struct, array_like=True):
    form: int
    type: str
    mode: str | None
    rule: str
    status: str
    published: int | None
    first: int | None
    last: int | None
    dated: bool
    actors: list[str]
    recipients: list[str]
    crowds: list[str]
    people: dict[str, list[str]]
    place: Where | None
    affairs: list[str]
    counts: dict[str, float]
    ordinal: int | None
    trigger: int
    stems: bytes
    weights: bytes
    after: bytes
    title: bytes
    title_weights: bytes


class Profile:
    """A report as identity sees it, made of what `Profiler.profile` packs; ``content`` is that before it is packed."""

    def __init__(self, id: str, packed: bytes, content: _Packed | None = None) -> None:
        p = content or _decoder.decode(packed)
        if p.form != _FORM:
            raise ValueError("a sketch of another version of Rasd")
        self.id = id
        self.article = id.rpartition("/")[0]
        self.packed = packed
        self.type, self.mode, self.rule, self.status = p.type, p.mode, p.rule, p.status
        self.published, self.first, self.last, self.dated = p.published, p.first, p.last, p.dated
        self.actors, self.recipients = frozenset(p.actors), frozenset(p.recipients)
        self.crowds = frozenset(p.crowds)
        self.people = {main: frozenset(who) for main, who in p.people.items()}
        self.place = p.place
        self.affairs = frozenset(p.affairs)
        self.counts, self.ordinal, self.trigger = p.counts, p.ordinal, p.trigger
        numbers = _numbers(p.stems)
        self.stems = {n: w & ~_NEAR for n, w in zip(numbers, p.weights, strict=True)}
        self.near = {n: w & ~_NEAR for n, w in zip(numbers, p.weights, strict=True) if w & _NEAR}
        self.after = _numbers(p.after)
        self.title = dict(zip(_numbers(p.title), p.title_weights, strict=True))
        self.exact = self.dated and p.first is not None and p.last is not None and p.last - p.first < EXACT
        self.sides = self.actors | self.recipients

    @cached_property
    def keys(self) -> list[str]:
        """Under what the report is kept, the most telling first."""
        return list(weighted_keys(self))

    @cached_property
    def keyset(self) -> frozenset[str]:
        return frozenset(self.keys)


class Profiler:
    """Makes profiles. ``countries`` are the English names of states; ``crowds`` sectors of the unnamed many."""

    def __init__(self, wording: Wording, countries: frozenset[str], crowds: frozenset[str]) -> None:
        self._wording = wording
        self._countries = countries
        self._crowds = crowds

    def profile(self, report: Report) -> Profile:
        """The profile of a report."""
        dating = report.source.dating
        published = _day(report.source.published) or _day(dating.latest if dating is not None else None)
        first, last, dated = _days(report, published)
        words, text = report.words, report.words.text
        at = max(0, report.trigger.start - words.start)
        end = max(at, report.trigger.end - words.start)
        near = self._wording.stems(_around(text, at, end))
        stems = self._wording.stems(text)
        title = self._wording.stems(report.source.title or "")
        actors, recipients = self._named(report.actors), self._named(report.recipients)
        crowds = {main_code(s.code) for s in (*report.actors, *report.recipients)} - {*actors, *recipients, "None"}
        packed = _Packed(
            form=_FORM, type=report.type, mode=report.mode, rule=report.rule, status=report.status,
            published=published, first=first, last=last, dated=dated, actors=actors, recipients=recipients,
            crowds=sorted(crowds), people=_people([*report.actors, *report.recipients]),
            place=self._where(report.place), affairs=report.affairs, counts={c.role: c.value for c in report.counts},
            ordinal=report.ordinal.n if report.ordinal is not None else None,
            trigger=self._wording.number(text[at:end]), stems=_bytes(stems),
            weights=bytes(w | _NEAR if n in near else w for n, w in stems.items()),
            after=_bytes(list(self._wording.stems(text[end : end + OBJECT]))[:AFTER]),
            title=_bytes(title), title_weights=bytes(title.values()),
        )  # fmt: skip
        return Profile(report.id, _encoder.encode(packed), packed)

    def _named(self, sides: list[Side]) -> list[str]:
        """Main codes of those on a side who are somebody, not the many (civilians, police)."""
        parts = [side.code.partition("/") for side in sides]
        return sorted({main for main, _, sector in parts if main != "None" and sector not in self._crowds})

    def _where(self, place: Place | None) -> Where | None:
        name = (place.name.en or place.name.ar) if place is not None else None
        if place is None or not name:
            return None
        return Where(name, place.country, place.lat, place.lon, name in self._countries)


def weighted_keys(profile: Profile, *, asking: bool = False) -> dict[str, float]:
    """Under what a report is found, the most telling first, each with how much it tells that another has it too.

    A report is kept under the keys of its own time; who asks (``asking``) looks into the neighbouring weeks as well.
    """
    whens = _whens(profile, asking)
    return {
        f"{profile.type}|{what}|{when}": weight
        for what, weight in sorted(_whats(profile), key=lambda w: (-w[1], w[0]))
        for when in whens
    }


def _whats(profile: Profile) -> list[tuple[str, float]]:
    sides = sorted(profile.sides)[:3]
    whats = [(f"{a}+{b}", 2.0) for n, a in enumerate(sides) for b in sides[n + 1 :]]
    whats += [(who, 1.5) for people in profile.people.values() for who in sorted(people)[:2]]
    if profile.place is not None and not profile.place.whole:
        whats.append((profile.place.name, 1.5))
    whats += [(affair, 1.0) for affair in sorted(profile.affairs)[:2]]
    telling = [*rarest(profile.near, 3, TELLING), *rarest(profile.stems, 4, TELLING)]
    whats += [(f"~{stem:x}", 1.5) for stem in telling]
    whats += [(f"{side}/{profile.rule}", 1.0) for side in (sides or sorted(profile.crowds))[:2]]
    return list(dict(whats).items())


def _whens(profile: Profile, asking: bool) -> list[str]:
    """The weeks of an event of these days; the years of one long ago."""
    first, last, published = profile.first, profile.last, profile.published
    if first is None or last is None:
        return ["ever"]
    if profile.dated and (published is None or last < published - HISTORY or last - first > HISTORY):
        years = range(dt.date.fromordinal(first).year, dt.date.fromordinal(last).year + 1)
        return [f"y{year}" for year in years][:3]
    anchor = last
    if published is not None and not profile.exact:
        anchor = min(last, published) if profile.dated else published
    if not asking:
        return [f"w{anchor // 7}"]
    return [f"w{week}" for week in range((anchor - 5) // 7, (anchor + 5) // 7 + 1)]


def _around(text: str, at: int, end: int) -> str:
    """The words about a trigger, without it."""
    begin = max(0, text.rfind(" ", 0, max(0, at - WINDOW)) + 1)
    finish = text.find(" ", min(len(text), end + WINDOW))
    return f"{text[begin:at]} {text[end:] if finish < 0 else text[end:finish]}"


def _people(sides: list[Side]) -> dict[str, list[str]]:
    """The people named for each power."""
    found: dict[str, list[str]] = {}
    for side in sides:
        name = side.name.en or side.name.ar
        if side.kind == "person" and name:
            found.setdefault(main_code(side.code), []).append(name)
    return found


def _days(report: Report, published: int | None) -> tuple[int | None, int | None, bool]:
    """First and last possible day of the event, and whether it is dated."""
    date = report.date
    if date is not None and date.begin is not None:
        first = _day(date.begin)
        last = _day(date.end) or first
        if first is not None and last is not None:
            return first, last, True
    if published is None:
        return None, None, False
    if report.status in ("planned", "possible"):
        return published, published + AHEAD, False
    return published - RECENT, published, False


def _day(iso: str | None) -> int | None:
    try:
        return dt.date.fromisoformat(iso).toordinal() if iso else None
    except ValueError:
        return None


def _bytes(stems: Iterable[int]) -> bytes:
    return b"".join(number.to_bytes(4, "little") for number in stems)


def _numbers(packed: bytes) -> list[int]:
    return [int.from_bytes(packed[i : i + 4], "little") for i in range(0, len(packed), 4)]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Packed)
__all__ = ["Profile", "Profiler", "Where", "weighted_keys"]
