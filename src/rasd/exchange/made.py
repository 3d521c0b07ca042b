"""From the row of another form's table to an occurrence and its one report."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rasd.chronicle import Report, Side, Source, Words
from rasd.exchange import actors, countries, ontology
from rasd.exchange.told import Told, of_report
from rasd.record import Attribution, Count, EventDate, Gloss, Name, Ordinal, Place, Span

Cells = Mapping[str, str]
# An event's data hold no day before these.
_YEARS = range(1000, 3000)


class RowError(ValueError):
    """A row cannot be read, for a reason (a clause for people)."""


def each(rows: Iterable[Cells], tell: Callable[[Cells], Told | None]) -> Iterator[Told | RowError]:
    """What each row tells, None of it left out; a `RowError` that ``tell`` raises stands in the row's place."""
    for cells in rows:
        try:
            found = tell(cells)
        except RowError as error:
            yield error
        else:
            if found is not None:
                yield found


@dataclass(slots=True)
class Row:
    """The fields of a row, as far as its form has them; ``id`` is the form's own."""

    id: str
    type: str
    mode: str | None = None
    contexts: list[str] = field(default_factory=list[str])
    actors: list[Side] = field(default_factory=list[Side])
    recipients: list[Side] = field(default_factory=list[Side])
    status: str = "occurred"
    date: EventDate | None = None
    place: Place | None = None
    affairs: list[str] = field(default_factory=list[str])
    counts: list[Count] = field(default_factory=list[Count])
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    words: str = ""
    gloss: Gloss | None = None
    confidence: float = 1.0
    ordinal: Ordinal | None = None
    voices: int = 1
    quad: str | None = None
    score: float | None = None


def told(form: str, row: Row) -> Told:
    """The occurrence that a row of ``form`` tells, by one report, whose article is the row itself.

    Ids are ``FORM:ID``, so that tables can stand beside each other. Quad and score are PLOVER's. Raises `RowError`
    where the type is not PLOVER's; a mode or context that is not is the caller's to drop.
    """
    if row.type not in ontology.types():
        raise RowError(f"no type of PLOVER: {row.type[:40]}" if row.type else "no type")
    key = row.id if row.id.startswith(f"{form}:") else f"{form}:{row.id}"
    report = Report(
        id=key,
        source=Source(key, row.outlet, row.title, row.url, row.published),
        voice=key,
        type=row.type,
        mode=row.mode,
        contexts=row.contexts,
        quad=row.quad or ontology.quad(row.type),
        score=ontology.score(row.type, row.mode) if row.score is None else row.score,
        actors=row.actors,
        recipients=row.recipients,
        others=[],
        status=row.status,
        date=row.date,
        place=row.place,
        affairs=row.affairs,
        attribution=[Attribution(None, row.outlet, None, None)] if row.outlet else [],
        counts=row.counts,
        trigger=Span(0, 0),
        words=Words(key, 0, len(row.words), row.words),
        rule=f"import.{form}",
        confidence=row.confidence,
        gloss=row.gloss or gloss(row.type, row.mode, row.actors, row.recipients),
        ordinal=row.ordinal,
    )
    made = of_report(report)
    made.occurrence.voices = row.voices
    return made


def side(code: str, en: str | None = None, ar: str | None = None, wikidata: str | None = None) -> Side:
    """One on a side; a state without a name gets that of its country."""
    main, sector = actors.split(code)
    if en is None and ar is None and main is not None and actors.group_of(code) is None:
        country_en, country_ar = countries.english(main), countries.arabic(main)
        if country_en is not None and sector is None:
            en, ar = country_en, country_ar
    return Side(code, Name(ar, en), wikidata)


def gloss(kind: str, mode: str | None, acting: list[Side], receiving: list[Side]) -> Gloss:
    """A line for a row that brings none: who, to whom, the type."""
    what = kind if mode is None else f"{kind}/{mode}"
    en = " – ".join(part for part in (_names(acting, "en", ", "), _names(receiving, "en", ", ")) if part)
    ar = " – ".join(part for part in (_names(acting, "ar", "، "), _names(receiving, "ar", "، ")) if part)
    return Gloss(f"{ar}: {ontology.arabic(kind)}" if ar else ontology.arabic(kind), f"{en}: {what}" if en else what)


def _names(sides: list[Side], language: str, comma: str) -> str:
    return comma.join(_name(s, language) for s in sides)


def _name(one: Side, language: str) -> str:
    own = getattr(one.name, language) or one.name.en or one.name.ar
    if own:
        return own
    main, _ = actors.split(one.code)
    country = (countries.arabic if language == "ar" else countries.english)(main) if main else None
    return f"{country} ({one.code})" if country else one.code


def day(text: str) -> EventDate | None:
    """A date of one day, from ``2016-10-10``, ``20161010``, with or without a time behind it; None of an empty cell.

    Raises `RowError` on anything else.
    """
    text = text.strip()
    if not text or text == "None":
        return None
    match = re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?", text)
    if match is None:
        raise RowError(f"no date: {text[:40]}")
    year, month, of_month = (int(part) for part in match.groups())
    return on(_date(year, month, of_month, text))


def _date(year: int, month: int, of_month: int, text: str) -> dt.date:
    try:
        found = dt.date(year, month, of_month)
    except ValueError:
        raise RowError(f"no day of the calendar: {text[:40]}") from None
    if found.year not in _YEARS:
        raise RowError(f"no date: {text[:40]}")
    return found


def on(date: dt.date) -> EventDate:
    """The date of one day."""
    text = date.isoformat()
    return EventDate(text, text, text, None, None, False)


def number(text: str, what: str) -> float | None:
    """A number of a cell, None of an empty one. Raises `RowError` naming ``what``."""
    text = text.strip()
    if not text or text == "None":
        return None
    try:
        found = float(text)
    except ValueError:
        raise RowError(f"{what} is no number: {text[:40]}") from None
    if found != found or found in (float("inf"), float("-inf")):
        raise RowError(f"{what} is no number: {text[:40]}")
    return found


def place(
    en: str | None, country: str | None, lat: float | None, lon: float | None,
    *, ar: str | None = None, geonames: int | None = None,
) -> Place | None:  # fmt: skip
    """A place, None where nothing of it is known. Raises `RowError` where its point is not on the earth."""
    if (lat is not None and not -90 <= lat <= 90) or (lon is not None and not -180 <= lon <= 180):
        raise RowError(f"no point on the earth: {lat}, {lon}")
    if not any(v is not None for v in (en, ar, country, lat, geonames)):
        return None
    return Place(Name(ar, en), country, lat, lon, geonames)
