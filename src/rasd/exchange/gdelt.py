"""GDELT's event tables: version 1 (58 columns, 57 in its backfile) and 2 (61), tab-separated, without a header."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from urllib.parse import urlsplit

import msgspec

from rasd.chronicle import Side
from rasd.exchange import actors, cameo, countries, made
from rasd.exchange.made import Row, RowError
from rasd.exchange.tables import table
from rasd.exchange.tally import Tally
from rasd.exchange.told import Told, outlets, published, urls
from rasd.exchange.writing import Out, dyads, event_day, folded, line, number
from rasd.record import Place

# A report whose words stand so near the beginning tells the event in the lead.
_LEAD = 500
_COUNTRY, _US_CITY, _WORLD_CITY = 1, 3, 4


class _GdeltColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``gdelt.tsv``: a column, in order, and the first version that has it."""

    name: str
    since: int


@cache
def columns(version: int) -> tuple[str, ...]:
    """The columns of version 1 or 2, in order."""
    return tuple(c.name for c in table("gdelt.tsv", _GdeltColumn) if c.since <= version)


def version_of(cells: int) -> int | None:
    """Which version has rows of so many cells; None: neither."""
    return {len(columns(1)) - 1: 1, len(columns(1)): 1, len(columns(2)): 2}.get(cells)


def write(told: Iterable[Told], out: Out, tally: Tally, version: int = 2) -> None:
    """Write events as GDELT does, a row for each pair of sides; counts go to ``tally``."""
    order = columns(version)
    for item in told:
        act = folded(item, tally)
        day = event_day(item, tally) if act is not None else None
        if act is None or day is None or act.event is None:
            continue
        tally.occurrences += 1
        shared = _event_cells(item, act.event, day, version)
        for source, target in dyads(item):
            key = f"{item.occurrence.id}\0{source.code if source else ''}\0{target.code if target else ''}"
            row = shared | _actor_cells("Actor1", source) | _actor_cells("Actor2", target)
            row["GLOBALEVENTID"] = number(key)
            out.write(line(row.get(name) for name in order))
            tally.rows += 1


def _event_cells(told: Told, event: cameo.CameoEvent, day: dt.date, version: int) -> dict[str, object]:
    added = (published(told) or day).strftime("%Y%m%d")
    lead = any(r.words.start < _LEAD for r in told.reports)
    return {
        "SQLDATE": day.strftime("%Y%m%d"),
        "MonthYear": day.strftime("%Y%m"),
        "Year": day.strftime("%Y"),
        "FractionDate": f"{day.year + ((day.month - 1) * 30 + day.day) / 365:.4f}",
        "IsRootEvent": int(lead),
        "EventCode": event.code,
        "EventBaseCode": event.base,
        "EventRootCode": event.root,
        "QuadClass": event.quad,
        "GoldsteinScale": event.goldstein,
        "NumMentions": max(1, len(told.reports)),
        "NumSources": max(1, len(outlets(told))),
        "NumArticles": max(1, len({r.source.key for r in told.reports})),
        **_geo_cells(told.occurrence.place),
        "Actor1Geo_Type": 0,
        "Actor2Geo_Type": 0,
        "DATEADDED": added if version == 1 else f"{added}000000",
        "SOURCEURL": next(iter(urls(told)), next(iter(outlets(told)), "")),
    }


def _geo_cells(place: Place | None) -> dict[str, object]:
    if place is None:
        return {"ActionGeo_Type": 0}
    country = countries.english(place.country) if place.country else None
    fips = countries.fips(place.country) if place.country else None
    name = place.name.en or place.name.ar
    whole = name is None or name == country
    kind = _COUNTRY if whole else _US_CITY if place.country == "USA" else _WORLD_CITY
    return {
        "ActionGeo_Type": kind,
        "ActionGeo_FullName": country if whole else f"{name}, {country}" if country else name,
        "ActionGeo_CountryCode": fips,
        "ActionGeo_ADM1Code": fips,
        "ActionGeo_Lat": place.lat,
        "ActionGeo_Long": place.lon,
        "ActionGeo_FeatureID": fips if whole else None,
    }


def _actor_cells(prefix: str, side: Side | None) -> dict[str, object]:
    if side is None:
        return {}
    code = actors.to_cameo(side.code)
    roles = (*code.roles, "", "", "")
    name = side.name.en or (countries.english(actors.state_of(side.code) or "")) or side.name.ar
    return {
        f"{prefix}Code": code.code,
        f"{prefix}Name": name.upper() if name else None,
        f"{prefix}CountryCode": code.country,
        f"{prefix}KnownGroupCode": code.group,
        f"{prefix}Type1Code": roles[0],
        f"{prefix}Type2Code": roles[1],
        f"{prefix}Type3Code": roles[2],
    }


def read(rows: Iterable[Mapping[str, str]], tally: Tally, form: str = "gdelt") -> Iterator[Told | RowError]:
    """The events that rows tell, by column name; a `RowError` for one that cannot be read. Counts go to ``tally``."""
    return made.each(rows, lambda cells: _told(cells, tally, form))


def _told(cells: Mapping[str, str], tally: Tally, form: str) -> Told | None:
    key, code = cells["GLOBALEVENTID"].strip(), cells["EventCode"].strip()
    if not key.isdigit():
        raise RowError(f"GLOBALEVENTID is no number: {key[:40]}")
    event = cameo.events().get(code) or cameo.of_digits(code)
    if event is None:
        raise RowError(f"no code of CAMEO: {code[:40]}")
    date = made.day(cells["SQLDATE"])
    if date is None:
        raise RowError("no date")
    if event.plover is None:
        tally.left_out[f"{event.code} {event.name}"] += 1
        return None
    kind, mode, contexts = event.plover
    url = cells.get("SOURCEURL", "").strip()
    added = cells.get("DATEADDED", "")[:8]
    return made.told(
        form,
        Row(
            id=key,
            type=kind,
            mode=mode,
            contexts=contexts,
            actors=_side(cells, "Actor1", tally),
            recipients=_side(cells, "Actor2", tally),
            date=date,
            place=_place(cells, tally),
            outlet=_outlet(url),
            url=url if "://" in url else None,
            published=(d.value if (d := made.day(added)) else None) if len(added) == 8 else None,
        ),
    )


def _side(cells: Mapping[str, str], prefix: str, tally: Tally) -> list[Side]:
    code, name = cells[f"{prefix}Code"].strip(), cells[f"{prefix}Name"].strip()
    named = actors.group_named(name) if name else None
    if not code and not name:
        return []
    read = actors.of_cameo(code)
    for triplet in read.passed_over:
        tally.lost[f"letters of actors: {triplet}"] += 1
    # Where the letters say no more than that it is a body, its name may.
    actor = named if named is not None and (read.code is None or read.code.startswith("None/")) else read.code
    if actor is None:
        tally.lost[f"actors without a state or role: {code or name}"] += 1
        return []
    return [made.side(actor, None if actors.split(actor)[1] is None else _title(name))]


def _title(name: str) -> str | None:
    return name.title() if name else None


def _place(cells: Mapping[str, str], tally: Tally) -> Place | None:
    fips = cells["ActionGeo_CountryCode"].strip()
    country = countries.of_fips(fips) if fips else None
    if fips and country is None:
        tally.lost[f"countries: FIPS {fips}"] += 1
    lat, lon = made.number(cells["ActionGeo_Lat"], "latitude"), made.number(cells["ActionGeo_Long"], "longitude")
    full = cells["ActionGeo_FullName"].strip()
    return made.place(full.partition(",")[0].strip() or None, country, lat, lon)


def _outlet(url: str) -> str | None:
    try:
        host = urlsplit(url).hostname if "://" in url else url
    except ValueError:  # brackets that are no address
        return None
    return host.removeprefix("www.") if host else None
