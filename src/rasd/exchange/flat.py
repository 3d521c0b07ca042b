"""The flat table: an occurrence a row, as CSV and Parquet; its columns, and how a row is written and read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rasd.chronicle import Side
from rasd.exchange import actors, countries, made
from rasd.exchange.made import Row, RowError
from rasd.exchange.told import Told, day_of, outlets, published, urls
from rasd.record import Count, EventDate, Gloss, Name, Ordinal, Place

Value = str | float | int | bool | None | list[str]

_BREAK = "; "


@dataclass(slots=True, frozen=True)
class Column:
    """A column: its name, the type of its values (text, number, integer, truth, list: of text), how it is filled."""

    name: str
    kind: str
    of: Callable[[Told], Value]
    says: str


def _sides(pick: Callable[[Told], list[Side]], who: str, plural: str) -> list[Column]:
    """The columns of one side; lists in step with each other."""

    def states(told: Told) -> list[str | None]:
        return [actors.state_of(s.code) for s in pick(told)]

    def cow(told: Told) -> list[str]:
        day = day_of(told.occurrence.date)
        found = [countries.cow(state, day) if state else None for state in states(told)]
        return [str(s.number) if s else "" for s in found]

    return [
        Column(plural, "list", lambda t: [s.code for s in pick(t)], "codes, `MAIN/SECTOR`"),
        Column(f"{who}_names", "list", lambda t: [s.name.en or "" for s in pick(t)], "their English names, in step"),
        Column(f"{who}_names_ar", "list", lambda t: [s.name.ar or "" for s in pick(t)], "their Arabic names, in step"),
        Column(f"{who}_wikidata", "list", lambda t: [s.wikidata or "" for s in pick(t)], "Wikidata's items, in step"),
        Column(f"{who}_countries", "list", lambda t: [s or "" for s in states(t)], "ISO 3166-1 alpha-3, in step"),
        Column(f"{who}_cow", "list", cow, "numbers of the Correlates of War on the first day, in step"),
    ]


COLUMNS: list[Column] = [
    Column("id", "text", lambda t: t.occurrence.id, "what names the event in this data set"),
    Column("type", "text", lambda t: t.occurrence.type, "PLOVER's type"),
    Column("mode", "text", lambda t: t.occurrence.mode, "PLOVER's mode"),
    Column("contexts", "list", lambda t: t.occurrence.contexts, "PLOVER's contexts"),
    Column("quad", "text", lambda t: t.occurrence.quad, "PLOVER's quad"),
    Column("score", "number", lambda t: t.occurrence.score, "PLOVER's score, -10 to 10"),
    Column("status", "text", lambda t: t.occurrence.status, "occurred, ongoing, planned, possible, denied"),
    Column("date", "text", lambda t: t.occurrence.date and t.occurrence.date.value, "the date as said (TIMEX3)"),
    Column("date_begin", "text", lambda t: t.occurrence.date and t.occurrence.date.begin, "the first day it can mean"),
    Column("date_end", "text", lambda t: t.occurrence.date and t.occurrence.date.end, "the last day it can mean"),
    Column("time", "text", lambda t: t.occurrence.date and t.occurrence.date.time, "the clock"),
    Column("zone", "text", lambda t: t.occurrence.date and t.occurrence.date.zone, "the clock's zone (IANA)"),
    Column("approximate", "truth", lambda t: t.occurrence.date and t.occurrence.date.approximate, "about that date"),
    *_sides(lambda t: t.occurrence.actors, "actor", "actors"),
    *_sides(lambda t: t.occurrence.recipients, "recipient", "recipients"),
    Column("place", "text", lambda t: t.occurrence.place and t.occurrence.place.name.en, "the place, in English"),
    Column("place_ar", "text", lambda t: t.occurrence.place and t.occurrence.place.name.ar, "the place, in Arabic"),
    Column("country", "text", lambda t: t.occurrence.place and t.occurrence.place.country, "its ISO alpha-3"),
    Column("country_cow", "integer", lambda t: _country_cow(t), "its number of the Correlates of War on the first day"),
    Column("latitude", "number", lambda t: t.occurrence.place and t.occurrence.place.lat, "degrees, WGS 84"),
    Column("longitude", "number", lambda t: t.occurrence.place and t.occurrence.place.lon, "degrees, WGS 84"),
    Column("geonames", "integer", lambda t: t.occurrence.place and t.occurrence.place.geonames, "id in GeoNames"),
    Column("affairs", "list", lambda t: t.occurrence.affairs, "what it is about: keys of affairs"),
    Column("ordinal", "integer", lambda t: t.occurrence.ordinal and t.occurrence.ordinal.n, "the n-th of its kind"),
    Column("ordinal_within", "text", lambda t: t.occurrence.ordinal and t.occurrence.ordinal.within, "in this period"),
    Column("counts", "list", lambda t: _counts(t), "dead, wounded, money ...: `killed=12`, `amount=5000 USD/year`"),
    Column("confidence", "number", lambda t: t.occurrence.confidence, "how likely the event is one, 0 to 1"),
    Column("gloss", "text", lambda t: t.occurrence.gloss.en, "a line that tells it, in English"),
    Column("gloss_ar", "text", lambda t: t.occurrence.gloss.ar, "a line that tells it, in Arabic"),
    Column("voices", "integer", lambda t: t.occurrence.voices, "reports that are no copies of each other"),
    Column("reports", "list", lambda t: t.occurrence.reports, "ids of the reports, oldest first"),
    Column("outlets", "list", outlets, "who reports it"),
    Column("urls", "list", urls, "where its articles are"),
    Column("published", "text", lambda t: _published(t), "day of the earliest report"),
    Column("words", "text", lambda t: t.reports[0].words.text if t.reports else None, "the words of the first report"),
]  # fmt: skip


def _country_cow(told: Told) -> int | None:
    place = told.occurrence.place
    state = countries.cow(place.country, day_of(told.occurrence.date)) if place and place.country else None
    return state.number if state else None


def _published(told: Told) -> str | None:
    first = published(told)
    return first.isoformat() if first else None


def _counts(told: Told) -> list[str]:
    found: dict[str, None] = {}
    for count in (c for r in told.reports for c in r.counts):
        unit = f" {count.unit}" if count.unit else ""
        found[f"{count.role}={count.value:.15g}{unit}{'/' + count.per if count.per else ''}"] = None
    return list(found)


def cells(told: Told) -> dict[str, Value]:
    """The row of an occurrence, by column."""
    return {column.name: column.of(told) for column in COLUMNS}


def text(value: Value) -> str:
    """A value as CSV holds it: nothing as an empty cell, the parts of a list by ``; `` (one within them as ``\\;``)."""
    if value is None:
        return ""
    if isinstance(value, list):
        return _BREAK.join(part.replace("\\", "\\\\").replace(";", "\\;") for part in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def parts(cell: str) -> list[str]:
    """The list that a cell holds; the reverse of `text`, but that of one empty part, which is no list."""
    if not cell:
        return []
    # A separator is the only semicolon without a backslash; where a person wrote the list, the space may be missing.
    pieces: list[str] = re.findall(r"(?:^|;)[ ]?((?:[^;\\]|\\.)*)", cell, re.DOTALL)
    return [re.sub(r"\\(.)", r"\1", piece, flags=re.DOTALL) for piece in pieces]


_COUNT = re.compile(r"([a-z]+)=([-+.\deE]+)(?: ([^/]+))?(?:/(.+))?")


def row(cells: Mapping[str, str]) -> Row:
    """The row of a flat table, given as text. Columns may be missing but ``id`` and ``type``. Raises `RowError`."""

    def cell(name: str) -> str | None:
        return cells.get(name) or None

    key, kind = cell("id"), cell("type")
    if key is None or kind is None:
        raise RowError("no id" if key is None else "no type")
    country = cell("country")
    geonames, nth = cell("geonames"), cell("ordinal")
    score, confidence = made.number(cells.get("score", ""), "score"), cell("confidence")
    ar, en = cell("gloss_ar"), cell("gloss")
    listed = cells.get("urls", ""), cells.get("outlets", "")
    return Row(
        id=key,
        type=kind,
        mode=cell("mode"),
        contexts=parts(cells.get("contexts", "")),
        actors=_read_sides(cells, "actor", "actors"),
        recipients=_read_sides(cells, "recipient", "recipients"),
        status=cell("status") or "occurred",
        date=_read_date(cell),
        place=_read_place(cell, cells, country, geonames),
        affairs=parts(cells.get("affairs", "")),
        counts=[_read_count(part) for part in parts(cells.get("counts", ""))],
        url=next(iter(parts(listed[0])), None),
        outlet=next(iter(parts(listed[1])), None),
        published=cell("published"),
        words=cells.get("words", ""),
        gloss=Gloss(ar or "", en or "") if ar or en else None,
        confidence=made.number(confidence, "confidence") or 0.0 if confidence else 1.0,
        ordinal=Ordinal(_integer(nth, "ordinal"), cell("ordinal_within")) if nth else None,
        voices=_integer(cells.get("voices") or "1", "voices"),
        quad=cell("quad"),
        score=score,
    )


def _read_sides(cells: Mapping[str, str], who: str, plural: str) -> list[Side]:
    codes = parts(cells.get(plural, ""))
    names, arabic, wikidata = (
        _in_step(parts(cells.get(f"{who}_{what}", "")), len(codes)) for what in ("names", "names_ar", "wikidata")
    )
    return [
        Side(code, Name(ar or None, en or None), item or None)
        for code, en, ar, item in zip(codes, names, arabic, wikidata, strict=True)
    ]


def _in_step(values: Sequence[str], length: int) -> list[str]:
    return [*values[:length], *[""] * (length - len(values))]


def _read_date(cell: Callable[[str], str | None]) -> EventDate | None:
    value, begin, end = cell("date"), cell("date_begin"), cell("date_end")
    for bound in (begin, end):
        if bound is not None:
            made.day(bound)
    if value is None and begin is None and end is None and cell("time") is None:
        return None
    if begin is None and end is None and value is not None and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        made.day(value)
        begin = end = value
    return EventDate(value, begin, end, cell("time"), cell("zone"), cell("approximate") == "true")


def _read_place(
    cell: Callable[[str], str | None], cells: Mapping[str, str], country: str | None, geonames: str | None
) -> Place | None:
    lat, lon = made.number(cells.get("latitude", ""), "latitude"), made.number(cells.get("longitude", ""), "longitude")
    if country is not None and countries.of_iso(country) is None:
        raise RowError(f"no country: {country[:40]}")
    number = _integer(geonames, "geonames") if geonames else None
    return made.place(cell("place"), country, lat, lon, ar=cell("place_ar"), geonames=number)


def _read_count(part: str) -> Count:
    match = _COUNT.fullmatch(part)
    if match is None:
        raise RowError(f"no count: {part[:40]}")
    role, value, unit, per = match.groups()
    return Count(role, made.number(value, "count") or 0.0, unit, per, 0, 0)


def _integer(value: str, what: str) -> int:
    found = made.number(value, what)
    if found is None or found != int(found):
        raise RowError(f"{what} is no whole number: {value[:40]}")
    return int(found)
