"""iCalendar: planned events with their days, for a calendar program."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rasd.exchange.tally import Tally
from rasd.exchange.told import Told, day_of, last_day_of, published, urls
from rasd.exchange.writing import Out

if TYPE_CHECKING:
    from icalendar import Event

# What a calendar shows: acts to come, and those that may.
_SHOWN = {"planned": "CONFIRMED", "possible": "TENTATIVE"}
# An event whose day is only known within so many days is no entry of a calendar.
_LONGEST = 31


def write(told: Iterable[Told], out: Out, tally: Tally, language: Literal["ar", "en"] = "en") -> None:
    """Write planned and possible events as one calendar; others are counted as left out.

    What says when an entry was made is the day of its latest report, so that the same events give the same bytes.
    """
    from icalendar import Calendar

    calendar: Any = Calendar()
    calendar.add("prodid", "-//Rasd//agenda//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for item in told:
        entry = event(item, tally, language)
        if entry is not None:
            calendar.add_component(entry)
            tally.rows += 1
            tally.occurrences += 1
    out.write(calendar.to_ical())


def event(told: Told, tally: Tally, language: Literal["ar", "en"] = "en") -> Event | None:
    """The entry of an event; None, counted, where it is not to come or has no day."""
    from icalendar import Event

    o = told.occurrence
    if o.status not in _SHOWN:
        tally.left_out[f"{o.status}: not to come"] += 1
        return None
    begin, end = day_of(o.date), last_day_of(o.date)
    if begin is None or end is None or (end - begin).days > _LONGEST:
        tally.left_out["without a day" if begin is None or end is None else "days over a month"] += 1
        return None
    entry: Any = Event()
    entry.add("uid", f"{o.id}@rasd")
    entry.add("dtstamp", dt.datetime.combine(_stamp(told, begin), dt.time(0), dt.UTC))
    _add_time(entry, told, begin, end)
    entry.add("summary", getattr(o.gloss, language) or o.gloss.en or o.gloss.ar)
    entry.add("status", _SHOWN[o.status])
    entry.add("transp", "TRANSPARENT")
    entry.add("categories", [o.type])
    if o.place is not None:
        name = getattr(o.place.name, language) or o.place.name.en or o.place.name.ar
        if name:
            entry.add("location", name)
        if o.place.lat is not None and o.place.lon is not None:
            entry.add("geo", (o.place.lat, o.place.lon))
    words = "\n".join(dict.fromkeys(r.words.text for r in told.reports if r.words.text))
    if words:
        entry.add("description", words)
    for url in urls(told)[:1]:
        entry.add("url", url)
    return entry


def _stamp(told: Told, begin: dt.date) -> dt.date:
    days = [r.source.published[:10] for r in told.reports if r.source.published and len(r.source.published) >= 10]
    return max((dt.date.fromisoformat(d) for d in days), default=published(told) or begin)


def _add_time(entry: Any, told: Told, begin: dt.date, end: dt.date) -> None:
    """The days, the last of which iCalendar leaves out; a moment where the clock is known, in its zone if that is."""
    date = told.occurrence.date
    clock = _clock(date.time) if date is not None and begin == end else None
    if clock is None or date is None:
        entry.add("dtstart", begin)
        entry.add("dtend", end + dt.timedelta(days=1))
        return
    moment = dt.datetime.combine(begin, clock)
    if date.zone and date.zone != "local":
        with contextlib.suppress(ZoneInfoNotFoundError, ValueError):
            # In UTC, so that no table of zones need come with the calendar.
            moment = moment.replace(tzinfo=ZoneInfo(date.zone)).astimezone(dt.UTC)
    entry.add("dtstart", moment)


def _clock(text: str | None) -> dt.time | None:
    try:
        return dt.time.fromisoformat(text) if text else None
    except ValueError:
        return None
