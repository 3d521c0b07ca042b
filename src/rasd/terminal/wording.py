"""How a record's values are written in English for people: dates, names, amounts."""

from __future__ import annotations

import re

from rasd.record import Affair, Amount, Article, Event, EventDate, Name, Ordinal, Place, Record

_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"]  # fmt: skip
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_PERIOD = re.compile(r"P(\d+)([DWMY])")
_PERIODS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
# What follows a state's name where not its government but another body of it is meant.
_SECTORS = {
    "MIL": "army", "SPY": "intelligence", "COP": "police", "JUD": "courts", "LEG": "parliament",
    "PTY": "party", "OPP": "opposition", "REB": "rebels", "UAF": "armed group", "NGO": "organisation",
    "BUS": "business", "MED": "media", "EDU": "universities", "REL": "clergy", "CVL": "public",
}  # fmt: skip
_LARGE = [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")]


def day(value: str) -> str:
    """``2016-10-10`` as "10 October 2016", ``2016-10`` as "October 2016"; anything else as it is."""
    match = _DAY.match(value)
    if match is None or (match.end() != len(value) and value[match.end()] != "T"):
        return value
    year, month, number = match.groups()
    if month is None or not 1 <= int(month) <= 12:
        return year if month is None else value
    named = f"{_MONTHS[int(month) - 1]} {year}"
    return f"{int(number)} {named}" if number else named


def stretch(begin: str | None, end: str | None) -> str:
    """From the one to the other: "November 2015 – June 2016", "since November 2015"."""
    if begin and end:
        return day(begin) if begin == end else f"{day(begin)} – {day(end)}"
    if begin:
        return f"since {day(begin)}"
    return f"until {day(end)}" if end else ""


def when(date: EventDate | None) -> str:
    """An event's date with its clock, or "undated"."""
    if date is None or not (date.value or date.begin or date.end):
        return "undated"
    if date.value and _DAY.match(date.value) and ".." not in date.value and "W" not in date.value:
        shown = day(date.value)
    else:
        shown = stretch(date.begin, date.end) or day(date.value or "")
    if date.approximate:
        shown = f"about {shown}"
    if date.time:
        shown = f"{shown}, {date.time}" + (f" ({date.zone})" if date.zone else "")
    return shown


def dating(article: Article) -> str:
    """When the article was published and how that is known."""
    known = article.dating
    bounds = stretch(known.earliest, known.latest) if known.earliest and known.latest else (
        f"not before {day(known.earliest)}" if known.earliest
        else f"not after {day(known.latest)}" if known.latest else "")  # fmt: skip
    how = {"given": "as given", "dateline": "from its dateline", "inferred": "inferred from the text"}
    if article.published:
        basis = how.get(known.basis, known.basis)
        between = bounds and bounds != day(article.published) and known.earliest != known.latest
        return f"Published {day(article.published)} ({basis}{f'; {bounds}' if between else ''})"
    return "Date of publication unknown" + (f" ({bounds})" if bounds else "")


def ordinal(said: Ordinal) -> str:
    """ "the 3rd within 2 months" """
    ending = "th" if said.n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(said.n % 10, "th")
    match = _PERIOD.fullmatch(said.within or "")
    if match is None:
        return f"the {said.n}{ending}"
    count, unit = int(match[1]), _PERIODS[match[2]]
    return f"the {said.n}{ending} within {f'{count} {unit}s' if count != 1 else f'a {unit}'}"


def amount(quantity: Amount) -> str:
    """ "100 billion USD per year" """
    value = quantity.value
    shown = f"{value:,.10g}"
    for size, word in _LARGE:
        if abs(value) >= size:
            shown = f"{value / size:,.6g} {word}"
            break
    unit = f" {quantity.unit}" if quantity.unit and quantity.unit != "%" else quantity.unit or ""
    return f"{shown}{unit}" + (f" per {quantity.per}" if quantity.per else "")


class Names:
    """The English names of what a record speaks of; ``wrap`` marks an Arabic one among them."""

    def __init__(self, record: Record, isolate: bool) -> None:
        self._isolate = isolate
        self._entities = {e.id: e for e in record.entities}
        self._affairs = {a.id: a for a in record.affairs}
        self._exact: dict[str, str] = {}
        self._states: dict[str, str] = {}
        for entity in record.entities:
            shown = self.name(entity.name)
            if not entity.code or not shown:
                continue
            main = entity.code.partition("/")[0]
            if entity.kind == "state":
                self._states.setdefault(main, shown)
            if entity.kind in ("organization", "group", "people", "state"):
                self._exact.setdefault(entity.code, shown)

    def wrap(self, arabic: str) -> str:
        """Arabic inside an English line: isolated, so that a terminal does not shuffle the rest."""
        return f"\u2068{arabic}\u2069" if self._isolate and arabic else arabic

    def name(self, name: Name) -> str:
        """The English name, else the Arabic one."""
        return plain(name.en) if name.en else self.wrap(plain(name.ar or ""))

    def said(self, text: str) -> str:
        """Words that may be English or Arabic, fit for an English line."""
        shown = plain(text)
        return self.wrap(shown) if any("\u0600" <= c <= "\u06ff" for c in shown) else shown

    def entity(self, key: str) -> str:
        """The entity with this id: its name, else its code."""
        entity = self._entities.get(key)
        if entity is None:
            return key
        return self.name(entity.name) or entity.code or key

    def entities(self, keys: list[str], codes: list[str]) -> str:
        """A side of an event: the names of its entities, or what its codes stand for."""
        names = [self.entity(k) for k in keys] or [self.code(c) for c in codes]
        return ", ".join(dict.fromkeys(names))

    def code(self, code: str) -> str:
        """What a PLOVER code stands for in this article: "Russia", "Syria (opposition)"."""
        main, _, sector = code.partition("/")
        state = self._states.get(main)
        if state is None or (sector and sector != "GOV" and code in self._exact):
            return self._exact.get(code) or state or code
        return f"{state} ({_SECTORS[sector]})" if sector in _SECTORS else state

    def place(self, place: Place) -> str:
        """ "Istanbul, Turkey" """
        shown = self.name(place.name)
        if not place.country:
            return shown
        country = self._states.get(place.country, place.country)
        return shown if shown == country else f"{shown}, {country}" if shown else country

    def affair(self, key: str) -> str:
        found = self._affairs.get(key)
        return key if found is None else self.affair_name(found)

    def affair_name(self, affair: Affair) -> str:
        return self.name(affair.name) or plain(affair.what or "") or affair.id


def plain(text: str) -> str:
    """Text as one line that cannot disturb a terminal: no control or direction characters.

    The direction marks go because an article's own could turn the lines around it.
    """
    return " ".join("".join(" " if _is_control(c) else c for c in text if not _is_direction(c)).split())


def _is_control(c: str) -> bool:
    return c < " " or "\x7f" <= c <= "\x9f" or c in "\u2028\u2029" or "\ud800" <= c <= "\udfff"


def _is_direction(c: str) -> bool:
    return "\u200b" <= c <= "\u200f" or "\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069" or c == "\ufeff"


def event_order(event: Event) -> tuple[bool, str, str, int]:
    """A key that sorts events by time, the undated last, and as the text has them."""
    date = event.date
    begin = (date.begin or date.value or "") if date else ""
    return (not begin, begin, (date.time or "") if date else "", event.trigger.start)
