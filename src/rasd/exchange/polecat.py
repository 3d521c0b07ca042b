"""POLECAT's weekly tables: tab-separated, with a header; several actors in a cell are parted by ``; ``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import zip_longest

import msgspec

from rasd.chronicle import Side
from rasd.exchange import actors, countries, made, ontology
from rasd.exchange.made import Row, RowError
from rasd.exchange.plover import actor_code, known_contexts, known_mode
from rasd.exchange.tables import several, table
from rasd.exchange.tally import Tally
from rasd.exchange.told import Told, outlets, published
from rasd.exchange.writing import Out, event_day, folded, line
from rasd.record import Name, Place

# What stands in a cell that holds nothing.
_NOTHING = "None"
_VERSION = "rasd"


class _PolecatColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``polecat.tsv``."""

    name: str
    also: str = ""


@cache
def columns() -> tuple[str, ...]:
    """The columns, in order."""
    return tuple(c.name for c in table("polecat.tsv", _PolecatColumn))


@cache
def _other_names() -> dict[str, str]:
    return {c.also: c.name for c in table("polecat.tsv", _PolecatColumn) if c.also}


def write(told: Iterable[Told], out: Out, tally: Tally) -> None:
    """Write events as POLECAT's table, those still to come folded as PLOVER wants; counts go to ``tally``."""
    out.write(line(columns()))
    for item in told:
        cells = _cells(item, tally)
        if cells is not None:
            out.write(line(_or_nothing(cells.get(name)) for name in columns()))
            tally.rows += 1
            tally.occurrences += 1


def _or_nothing(value: object) -> object:
    return _NOTHING if value is None or value == "" else value


def _cells(told: Told, tally: Tally) -> dict[str, object] | None:
    act = folded(told, tally)
    day = event_day(told, tally) if act is not None else None
    if act is None or day is None:
        return None
    o, place = told.occurrence, told.occurrence.place
    first = published(told)
    return {
        "Event ID": o.id,
        "Event Date": day.isoformat(),
        "Event Type": act.type,
        "Event Mode": act.mode,
        "Intensity": ontology.score(act.type, act.mode),
        "Quad Code": ontology.quad_letters(ontology.quad(act.type)),
        "Contexts": "; ".join(o.contexts),
        **_actor_cells(o.actors, told, "Actor", "Actor Name Raw", "Wikipedia Actor ID"),
        **_actor_cells(o.recipients, told, "Recipient", "Recipient Name Raw", "Wikipedia Recipient ID"),
        "Placename": place and place.name.en,
        "Country": place and place.country,
        "Latitude": place and place.lat,
        "Longitude": place and place.lon,
        "GeoNames ID": place and place.geonames,
        "Raw Placename": place and place.name.ar,
        "Source": next(iter(outlets(told)), None),
        "Publication Date": first.isoformat() if first else None,
        "Language": "Arabic",
        "Version": _VERSION,
    }


def _actor_cells(sides: list[Side], told: Told, who: str, raw: str, _wiki: str) -> dict[str, object]:
    day = event_day(told, Tally())
    states = [actors.state_of(s.code) for s in sides]
    numbers = [countries.cow(s, day) if s else None for s in states]
    own = [actors.split(s.code)[1] for s in sides]
    return {
        f"{who} Name": _joined(_english(s) for s in sides),
        f"{who} Country": _joined(
            state or (sector if sector in ("IGO", "NGO") else None) for state, sector in zip(states, own, strict=True)
        ),
        f"{who} COW": _joined(str(n.number) if n else None for n in numbers),
        f"Primary {who} Sector": _joined(own),
        f"{who} Sectors": _joined(own),
        raw: _joined(s.name.ar for s in sides),
    }


def _english(side: Side) -> str | None:
    group = actors.group_of(side.code)
    return side.name.en or (group.name if group else None) or side.name.ar


def _joined(values: Iterable[str | None]) -> str | None:
    found = [v.replace(";", ",") if v else _NOTHING for v in values]
    return "; ".join(found) if found else None


def read(rows: Iterable[Mapping[str, str]], tally: Tally, form: str = "polecat") -> Iterator[Told | RowError]:
    """The events that rows tell, by column name; a `RowError` for one that cannot be read. Counts go to ``tally``."""
    return made.each(rows, lambda cells: made.told(form, _row(_named(cells), tally)))


def _named(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells by POLECAT's own column names, those of nothing empty."""
    return {
        _other_names().get(name, name): "" if value in (_NOTHING, "nan", "NA") else value
        for name, value in cells.items()
    }


def _row(cells: dict[str, str], tally: Tally) -> Row:
    def cell(name: str) -> str:
        return cells.get(name, "").strip()

    if not cell("Event ID"):
        raise RowError("no Event ID")
    date = made.day(cell("Event Date"))
    if date is None:
        raise RowError("no Event Date")
    kind = cell("Event Type").upper()
    day = made.day(cell("Publication Date")) if cell("Publication Date") else None
    return Row(
        id=cell("Event ID"),
        type=kind,
        mode=known_mode(kind, _list(cell("Event Mode")), tally),
        contexts=known_contexts(_list(cell("Contexts")), tally),
        actors=_sides(cells, "Actor", tally),
        recipients=_sides(cells, "Recipient", tally),
        date=date,
        place=_place(cells, tally),
        outlet=cell("Source") or None,
        title=cell("Headline") or None,
        published=day.value if day else None,
        words=cell("Event Text"),
    )


def _list(cell: str) -> list[str]:
    return [part for chunk in several(cell, ";") for part in several(chunk, ",")]


def _sides(cells: dict[str, str], who: str, tally: Tally) -> list[Side]:
    """The actors of a side: cells of several are in step; of alternatives, parted by ``|``, the first holds."""
    names, states, sectors, raw = (
        _parts(cells.get(column, ""))
        for column in (f"{who} Name", f"{who} Country", f"Primary {who} Sector", f"{who} Name Raw")
    )
    found: list[Side] = []
    for name, state, sector, given in zip_longest(names, states, sectors, raw, fillvalue=""):
        code = actor_code(_state(state, tally), sector or None, name, tally)
        if code is not None:
            # What NGEC gives raw is the words of the text; only Arabic ones are a name in Arabic.
            arabic = given if any("\u0621" <= c <= "\u064a" for c in given) else None
            found.append(Side(code, Name(arabic, name or None)))
        elif name or state:
            tally.lost[f"actors without a state or sector: {name or state}"] += 1
    return found


def _parts(cell: str) -> list[str]:
    return ["" if (first := part.split("|")[0].strip()) == _NOTHING else first for part in cell.split(";")]


def _state(text: str, tally: Tally) -> str | None:
    """The letters of a country, given so or by its name; IGO and NGO stand for bodies without one."""
    if not text or text in ("IGO", "NGO"):
        return text or None
    state = countries.of_iso(text) or countries.of_name(text)
    if state is None:
        tally.lost[f"countries: {text}"] += 1
    return state


def _place(cells: dict[str, str], tally: Tally) -> Place | None:
    def cell(name: str) -> str:
        return cells.get(name, "").strip()

    name = cell("Placename") or cell("City") or cell("District") or cell("Province")
    geonames = cell("GeoNames ID").removesuffix(".0")
    raw = cell("Raw Placename")
    return made.place(
        name or None,
        _state(cell("Country"), tally),
        made.number(cell("Latitude"), "latitude"),
        made.number(cell("Longitude"), "longitude"),
        ar=raw if any("\u0621" <= c <= "\u064a" for c in raw) else None,
        geonames=int(geonames) if geonames.isdigit() else None,
    )
