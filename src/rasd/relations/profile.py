"""What of a report identity looks at, worked out once: words as stems, days as numbers, sides as sets.

Days are `datetime.date.toordinal`; ``first`` and ``last`` bound the day of the event as the report lets one
think: its date, or else the days about its publication.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from rasd.chronicle import Report, Side
from rasd.record import Place
from rasd.relations.reports import main_code
from rasd.relations.wording import Wording, rarest

# Words of a report on either side of its trigger that are most its own.
WINDOW = 45
# A date that spans no more days than this says when; a longer one only bounds it.
EXACT = 2
# Events dated longer ago than this are history, told at any time.
HISTORY = 40
# An undated report of what occurred is of the last days before it was printed.
RECENT = 6
# A planned event without a date lies within so many days.
AHEAD = 45


@dataclass(slots=True, frozen=True)
class Where:
    """A place: its name, its country, its point where it has one; ``whole`` where it is a country."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    whole: bool


@dataclass(slots=True, frozen=True)
class Profile:
    """A report as identity sees it."""

    id: str
    article: str
    voice: str
    type: str
    mode: str | None
    rule: str
    status: str
    published: int | None
    first: int | None
    last: int | None
    dated: bool
    actors: frozenset[str]
    recipients: frozenset[str]
    crowds: frozenset[str]
    people: dict[str, frozenset[str]]
    place: Where | None
    affairs: frozenset[str]
    counts: dict[str, float]
    ordinal: int | None
    trigger: str
    stems: dict[str, float]
    near: dict[str, float]
    title: dict[str, float]

    @property
    def exact(self) -> bool:
        return self.dated and self.first is not None and self.last is not None and self.last - self.first < EXACT

    @property
    def sides(self) -> frozenset[str]:
        return self.actors | self.recipients


class Profiler:
    """Makes profiles. ``countries`` are the English names of states; ``crowds`` sectors of the unnamed many."""

    def __init__(self, wording: Wording, countries: frozenset[str], crowds: frozenset[str]) -> None:
        self._wording = wording
        self._countries = countries
        self._crowds = crowds
        self._titles: dict[str, dict[str, float]] = {}

    def profile(self, report: Report) -> Profile:
        published = _day(report.source.published) or _day(report.source.dating and report.source.dating.latest)
        first, last, dated = _days(report, published)
        words, trigger = report.words, report.trigger
        at = max(0, trigger.start - words.start)
        end = max(at, trigger.end - words.start)
        text = words.text
        near = (
            text[max(0, text.rfind(" ", 0, max(0, at - WINDOW)) + 1) : at]
            + " "
            + text[end : _space(text, end + WINDOW)]
        )
        actors, recipients = self._named(report.actors), self._named(report.recipients)
        crowds = {main_code(s.code) for s in (*report.actors, *report.recipients)} - actors - recipients - {"None"}
        return Profile(
            id=report.id, article=report.source.key, voice=report.voice, type=report.type, mode=report.mode,
            rule=report.rule, status=report.status, published=published, first=first, last=last, dated=dated,
            actors=actors, recipients=recipients, crowds=frozenset(crowds),
            people=_people([*report.actors, *report.recipients]), place=self._where(report.place),
            affairs=frozenset(report.affairs), counts={c.role: c.value for c in report.counts},
            ordinal=report.ordinal.n if report.ordinal is not None else None,
            trigger=self._wording.stem(text[at:end]), stems=self._wording.stems(text), near=self._wording.stems(near),
            title=self._title(report),
        )  # fmt: skip

    def _named(self, sides: list[Side]) -> frozenset[str]:
        """Main codes of those on a side who are somebody, not the many (civilians, gunmen, police)."""
        return frozenset(
            main for side in sides
            for main, _, sector in (side.code.partition("/"),)
            if main != "None" and sector not in self._crowds
        )  # fmt: skip

    def _where(self, place: Place | None) -> Where | None:
        if place is None:
            return None
        name = place.name.en or place.name.ar
        if not name:
            return None
        return Where(name, place.country, place.lat, place.lon, name in self._countries)

    def _title(self, report: Report) -> dict[str, float]:
        key = report.source.key
        if key not in self._titles:
            if len(self._titles) > 1000:
                self._titles.clear()
            self._titles[key] = self._wording.stems(report.source.title or "")
        return self._titles[key]


def _space(text: str, at: int) -> int:
    """The end of the word at ``at``."""
    if at >= len(text):
        return len(text)
    found = text.find(" ", at)
    return len(text) if found < 0 else found


def _people(sides: list[Side]) -> dict[str, frozenset[str]]:
    """The people named for each power."""
    found: dict[str, set[str]] = {}
    for side in sides:
        name = side.name.en or side.name.ar
        if side.kind == "person" and name:
            found.setdefault(main_code(side.code), set()).add(name)
    return {main: frozenset(who) for main, who in found.items()}


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


def keys(profile: Profile, *, asking: bool = False) -> list[tuple[int, float]]:
    """Under what an occurrence is found: keys (63-bit numbers), each with how much it tells, the weightiest first.

    A report is kept under the keys of its own time, and asks (``asking``) for those of the neighbouring weeks as well.
    """
    found: dict[int, float] = {}
    for what, weight in _whats(profile):
        for when in _whens(profile, asking):
            key = _hash(f"{profile.type}|{what}|{when}")
            found[key] = max(weight, found.get(key, 0.0))
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _whats(profile: Profile) -> list[tuple[str, float]]:
    sides = sorted(profile.sides)
    whats = [(f"{a}+{b}", 2.0) for n, a in enumerate(sides[:4]) for b in sides[n + 1 : 4]]
    whats += [(who, 1.5) for people in profile.people.values() for who in sorted(people)[:2]]
    if profile.place is not None and not profile.place.whole:
        whats.append((profile.place.name, 1.5))
    whats += [(affair, 1.0) for affair in sorted(profile.affairs)[:2]]
    whats += [(f"~{stem}", 1.5) for stem in rarest(profile.near, 3) if profile.near[stem] > 0.5]
    whats += [(f"~{stem}", 1.5) for stem in rarest(profile.stems, 4) if profile.stems[stem] > 0.6]
    whats += [(f"{side}/{profile.rule}", 1.0) for side in (sides or sorted(profile.crowds))[:2]]
    return list(dict.fromkeys(whats))


def _whens(profile: Profile, asking: bool) -> list[str]:
    """The weeks of an event of these days; the years of one long ago."""
    first, last, published = profile.first, profile.last, profile.published
    if first is None or last is None:
        return ["ever"]
    if profile.dated and (published is None or last < published - HISTORY or last - first > HISTORY):
        years = range(dt.date.fromordinal(first).year, dt.date.fromordinal(last).year + 1)
        return [f"y{year}" for year in years][:3]
    anchor = last if profile.exact or published is None else published if not profile.dated else min(last, published)
    if profile.status in ("planned", "possible") and not profile.dated and published is not None:
        anchor = published
    if not asking:
        return [f"w{anchor // 7}"]
    return [f"w{week}" for week in range((anchor - 5) // 7, (anchor + 5) // 7 + 1)]


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


__all__ = ["Profile", "Profiler", "Where", "keys"]
