"""ICEWS's event tables: tab-separated, with a header; CAMEO's codes without their first zero, countries by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

import msgspec

from rasd.chronicle import Side
from rasd.exchange import actors, cameo, countries, made
from rasd.exchange.made import Row, RowError
from rasd.exchange.tables import table
from rasd.exchange.tally import Tally
from rasd.exchange.told import Told
from rasd.record import Name, Place

# What a table must have to be one of ICEWS's.
COLUMNS = ("Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
           "Target Name", "Target Sectors", "Target Country")  # fmt: skip
_NOTHING = frozenset(("", "NULL", "None", "NA", "nan"))


class _IcewsSector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``icews_sectors.tsv``: of several sectors, that of the lowest rank holds."""

    name: str
    sector: str
    rank: int


@cache
def _sectors() -> dict[str, _IcewsSector]:
    return {row.name.casefold(): row for row in table("icews_sectors.tsv", _IcewsSector)}


def read(rows: Iterable[Mapping[str, str]], tally: Tally, form: str = "icews") -> Iterator[Told | RowError]:
    """The events that rows tell, by column name; a `RowError` for one that cannot be read. Counts go to ``tally``."""
    return made.each(rows, lambda cells: _told(cells, tally, form))


def _told(cells: Mapping[str, str], tally: Tally, form: str) -> Told | None:
    def cell(name: str) -> str:
        value = cells.get(name, "").strip()
        return "" if value in _NOTHING else value

    key = cell("Event ID")
    if not key:
        raise RowError("no Event ID")
    event = cameo.of_digits(cell("CAMEO Code"), cell("Event Text")) or cameo.of_label(cell("Event Text"))
    if event is None:
        raise RowError(f"no code of CAMEO: {cell('CAMEO Code')[:20]} {cell('Event Text')[:40]}")
    date = made.day(cell("Event Date"))
    if date is None:
        raise RowError("no Event Date")
    if event.plover is None:
        tally.left_out[f"{event.code} {event.name}"] += 1
        return None
    kind, mode, contexts = event.plover
    acting = _side(cell("Source Name"), cell("Source Sectors"), cell("Source Country"), tally)
    receiving = _side(cell("Target Name"), cell("Target Sectors"), cell("Target Country"), tally)
    # The id of an ICEWS event is that of its sentence and code: several pairs may share it.
    pair = f"{key}-{cell('Source Name')}-{cell('Target Name')}-{event.code}"
    return made.told(
        form,
        Row(
            id=pair,
            type=kind,
            mode=mode,
            contexts=contexts,
            actors=acting,
            recipients=receiving,
            date=date,
            place=_place(cell, tally),
            outlet=cell("Publisher") or None,
        ),
    )


def _side(name: str, sectors: str, country: str, tally: Tally) -> list[Side]:
    if not (name or country):
        return []
    state = countries.of_name(country) if country else None
    if country and state is None:
        tally.lost[f"countries: {country}"] += 1
    sector = _sector(sectors)
    # ICEWS writes citizens and offices with their state in brackets: "Citizen (Yemen)".
    bare = name.partition(" (")[0]
    group = actors.group_named(name) or actors.group_named(bare)
    if group is not None:
        return [Side(group, Name(None, name))]
    if state is not None and countries.of_name(name) == state:
        return [made.side(state)]
    if state is None and sector is None:
        tally.lost[f"actors without a state or sector: {name}"] += 1
        return []
    return [Side(actors.join(state, sector), Name(None, name or None))]


def _sector(sectors: str) -> str | None:
    """The sector of the lowest rank; the labels are parted by commas, which some have within them."""
    known = [row for label, row in _sectors().items() if "," in label and label in sectors.casefold()]
    known += [row for part in sectors.split(",") if (row := _sectors().get(part.strip().casefold())) is not None]
    best = min(known, key=lambda row: row.rank, default=None)
    return best.sector if best else None


def _place(cell: Callable[[str], str], tally: Tally) -> Place | None:
    name = cell("City") or cell("District") or cell("Province")
    country = cell("Country")
    state = countries.of_name(country) if country else None
    if country and state is None:
        tally.lost[f"countries: {country}"] += 1
    lat, lon = made.number(cell("Latitude"), "latitude"), made.number(cell("Longitude"), "longitude")
    return made.place(name or None, state, lat, lon)
