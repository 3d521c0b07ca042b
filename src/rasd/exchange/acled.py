"""ACLED's tables: comma-separated, with a header; armed conflict and protest, actors by name and kind."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import msgspec

from rasd.chronicle import Side
from rasd.exchange import actors, countries, made
from rasd.exchange.made import Row, RowError
from rasd.exchange.tables import several, table
from rasd.exchange.tally import Tally
from rasd.exchange.told import Told
from rasd.record import Count, EventDate, Gloss, Name

# What a table must have to be one of ACLED's.
COLUMNS = ("event_date", "event_type", "actor1", "country")
_YEARS_OF_OFFICE = re.compile(r"\(\d{4}-?\d{0,4}\)")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_DAY_FORMS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d-%B-%Y", "%d-%b-%Y")
# Precision 3: only the month is known; 2: about that day, or that week.
_MONTH_KNOWN, _ABOUT = "3", "2"


class _AcledEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``acled.tsv``; without a type PLOVER has none."""

    event_type: str
    sub_event_type: str = ""
    type: str = ""
    mode: str = ""
    contexts: str = ""


class _AcledActor(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"source": "from"}):
    """A row of ``acled_actors.tsv``."""

    source: str
    value: str
    sector: str


@cache
def _events() -> dict[tuple[str, str], _AcledEvent]:
    return {(e.event_type.casefold(), e.sub_event_type.casefold()): e for e in table("acled.tsv", _AcledEvent)}


@cache
def _kinds() -> dict[str, str]:
    return {a.value.casefold(): a.sector for a in table("acled_actors.tsv", _AcledActor) if a.source == "inter"}


@cache
def _beginnings() -> list[tuple[str, str]]:
    """Beginnings of names and their sectors, the longest first."""
    found = [(a.value, a.sector) for a in table("acled_actors.tsv", _AcledActor) if a.source == "name"]
    return sorted(found, key=lambda pair: -len(pair[0]))


def read(rows: Iterable[Mapping[str, str]], tally: Tally, form: str = "acled") -> Iterator[Told | RowError]:
    """The events that rows tell, by column name; a `RowError` for one that cannot be read. Counts go to ``tally``."""
    return made.each(
        rows, lambda cells: _told({name.strip().lower(): value.strip() for name, value in cells.items()}, tally, form)
    )


def _told(cells: dict[str, str], tally: Tally, form: str) -> Told | None:
    def cell(name: str) -> str:
        return cells.get(name, "")

    key = cell("event_id_cnty") or cell("data_id") or cell("event_id_no_cnty")
    if not key:
        raise RowError("no event_id_cnty")
    kind, sub = cell("event_type"), cell("sub_event_type")
    event = _events().get((kind.casefold(), sub.casefold())) or _events().get((kind.casefold(), ""))
    if event is None:
        raise RowError(f"no event type of ACLED: {kind[:40]}")
    if not event.type:
        tally.left_out[f"{kind}: {sub}" if sub else kind] += 1
        return None
    country = countries.of_name(cell("country")) or countries.of_iso(cell("iso3") or cell("iso"))
    if country is None:
        tally.lost[f"countries: {cell('country')}"] += 1
    notes = cell("notes")
    fatalities = made.number(cell("fatalities"), "fatalities") or 0
    date = _date(cell("event_date"), cell("time_precision"))
    return made.told(
        form,
        Row(
            id=key,
            type=event.type,
            mode=event.mode or None,
            contexts=list(several(event.contexts, ";")),
            actors=_side(cell("actor1"), cell("inter1"), country, tally),
            recipients=_side(cell("actor2"), cell("inter2"), country, tally),
            date=date,
            place=made.place(
                cell("location") or cell("admin1") or None,
                country,
                made.number(cell("latitude"), "latitude"),
                made.number(cell("longitude"), "longitude"),
            ),
            counts=[Count("killed", fatalities, None, None, 0, 0)] if fatalities else [],
            outlet=next(iter(several(cell("source"), ";")), None),
            words=notes,
            gloss=Gloss("", notes) if notes else None,
        ),
    )


def _date(text: str, precision: str) -> EventDate:
    day = _day(text)
    date = made.on(day)
    if precision == _MONTH_KNOWN:
        last = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
        return EventDate(day.strftime("%Y-%m"), day.replace(day=1).isoformat(), last.isoformat(), None, None, True)
    date.approximate = precision == _ABOUT
    return date


def _day(text: str) -> dt.date:
    for form in _DAY_FORMS:
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    found = made.day(text)
    if found is None or found.begin is None:
        raise RowError("no event_date")
    return dt.date.fromisoformat(found.begin)


def _side(name: str, inter: str, country: str | None, tally: Tally) -> list[Side]:
    if not name:
        return []
    code = code_of(name, inter, country)
    if code is None:
        tally.lost[f"actors without a state or kind: {name}"] += 1
        return []
    return [Side(code, Name(None, name))]


def code_of(name: str, inter: str, country: str | None) -> str | None:
    """Rasd's code of an ACLED actor: its name first, its kind (``inter``, number or label) where that says nothing."""
    plain = _YEARS_OF_OFFICE.sub("", name)
    brackets = [part.strip() for part in _BRACKETS.findall(plain)]
    bare = " ".join(_BRACKETS.sub("", plain).split())
    group = actors.group_named(plain) or actors.group_named(bare) or _group_within(bare)
    if group is not None:
        return group
    sector: str | None = None
    state: str | None = None
    for beginning, of in _beginnings():
        if bare.casefold().startswith(beginning.casefold()):
            sector = of
            # "Military Forces of the United States Coast Guard" is no country: then brackets or the event say which.
            state = countries.of_name(bare[len(beginning) :])
            break
    # "Protesters (Yemen)", "Protesters (International)", "Taiz Communal Militia (Yemen)".
    state = state or next((found for part in brackets if (found := countries.of_name(part)) is not None), None)
    state = state or (None if "international" in (b.casefold() for b in brackets) else country)
    sector = sector or _kinds().get(inter.casefold())
    return actors.join(state, sector) if state or sector else None


def _group_within(bare: str) -> str | None:
    """A power named within a name: ``Military Forces of Yemen Supreme Political Council``, ``Hezbollah: Radwan``."""
    head = bare.partition(":")[0].strip()
    found = actors.group_named(head) if head != bare else None
    if found is None and bare.casefold().endswith("supreme political council"):
        return "HTI/REB"
    return found
