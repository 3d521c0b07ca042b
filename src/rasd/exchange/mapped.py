"""A plain CSV of anybody's, by a mapping file that says which column holds what and what its values mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from rasd.chronicle import Side
from rasd.exchange import actors, cameo, countries, made, ontology
from rasd.exchange.errors import ExchangeError
from rasd.exchange.made import Row, RowError
from rasd.exchange.plover import actor_code, known_contexts, known_mode
from rasd.exchange.tables import several
from rasd.exchange.tally import Tally
from rasd.exchange.told import Told
from rasd.lexicon.files import KnowledgeError, load_yaml
from rasd.record import Count, EventDate, Gloss, Name

_STATUSES = frozenset(("occurred", "ongoing", "planned", "possible", "denied"))


class Columns(msgspec.Struct, forbid_unknown_fields=True):
    """Which column of the table holds what; ``date`` and ``type`` (or ``cameo``) must be there.

    ``type`` is PLOVER's or a word of the table's own that ``types`` translates; ``cameo`` a code of CAMEO. An actor is
    a code of Rasd's (``RUS/GOV``), of CAMEO's (``RUSGOV``), of a country, or a name; its sector may stand beside it.
    """

    date: str
    id: str | None = None
    end: str | None = None
    type: str | None = None
    mode: str | None = None
    cameo: str | None = None
    contexts: str | None = None
    status: str | None = None
    actor: str | None = None
    actor_sector: str | None = None
    recipient: str | None = None
    recipient_sector: str | None = None
    place: str | None = None
    country: str | None = None
    latitude: str | None = None
    longitude: str | None = None
    killed: str | None = None
    wounded: str | None = None
    text: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None


class CsvMapping(msgspec.Struct, forbid_unknown_fields=True):
    """A mapping file. ``types`` gives words of the table ``TYPE`` or ``TYPE/mode`` (nothing: to be left out);
    ``actors`` and ``countries`` give them codes; ``separator`` parts several values in a cell."""

    columns: Columns
    name: str = "csv"
    delimiter: str = ","
    encoding: str = "utf-8"
    date_format: str | None = None
    separator: str = ";"
    status: str = "occurred"
    types: dict[str, str | None] = {}
    actors: dict[str, str] = {}
    countries: dict[str, str] = {}


def load(path: Path) -> CsvMapping:
    """The mapping in a YAML file. Raises `ExchangeError` saying what is wrong with it."""
    try:
        mapping = load_yaml(path, CsvMapping)
    except KnowledgeError as error:
        raise ExchangeError(str(error)) from error
    if mapping.columns.type is None and mapping.columns.cameo is None:
        raise ExchangeError(f"{path}: columns: neither type nor cameo is given")
    if len(mapping.delimiter) != 1:
        raise ExchangeError(f"{path}: delimiter: one character, not {mapping.delimiter!r}")
    if mapping.status not in _STATUSES:
        raise ExchangeError(f"{path}: status: no status: {mapping.status}")
    for word, told in mapping.types.items():
        kind, _, mode = (told or "").partition("/")
        if told and (kind not in ontology.types() or (mode and mode not in ontology.modes(kind))):
            raise ExchangeError(f"{path}: types: {word}: PLOVER has no {told}")
    for word, code in mapping.countries.items():
        if countries.of_iso(code) is None:
            raise ExchangeError(f"{path}: countries: {word}: no country: {code}")
    return mapping


class Reader:
    """Reads the rows of a table as its mapping says; rows without an id are numbered as they come."""

    def __init__(self, mapping: CsvMapping, tally: Tally) -> None:
        self._mapping = mapping
        self._tally = tally
        self._cells: Mapping[str, str] = {}
        self._number = 0

    def read(self, rows: Iterable[Mapping[str, str]]) -> Iterator[Told | RowError]:
        """The events that rows tell, by column name; a `RowError` for one that cannot be read."""
        for cells in rows:
            self._number += 1
            self._cells = cells
            try:
                found = self._told()
            except RowError as error:
                yield error
            else:
                if found is not None:
                    yield found

    def _cell(self, column: str | None) -> str:
        return self._cells.get(column, "").strip() if column is not None else ""

    def _told(self) -> Told | None:
        columns = self._mapping.columns
        act = self._act()
        if act is None:
            return None
        kind, mode, contexts = act
        day = self._day(columns.published)
        text = self._cell(columns.text)
        country = self._country(self._cell(columns.country))
        return made.told(
            self._mapping.name,
            Row(
                id=self._cell(columns.id) or str(self._number),
                type=kind,
                mode=mode,
                contexts=contexts,
                actors=self._sides(columns.actor, columns.actor_sector),
                recipients=self._sides(columns.recipient, columns.recipient_sector),
                status=self._status(),
                date=self._date(),
                place=made.place(
                    self._cell(columns.place) or None,
                    country,
                    made.number(self._cell(columns.latitude), "latitude"),
                    made.number(self._cell(columns.longitude), "longitude"),
                ),
                counts=[*self._count("killed", columns.killed), *self._count("wounded", columns.wounded)],
                outlet=self._cell(columns.outlet) or None,
                url=self._cell(columns.url) or None,
                published=day.isoformat() if day else None,
                words=text,
                gloss=Gloss("", text) if text else None,
            ),
        )

    def _act(self) -> tuple[str, str | None, list[str]] | None:
        columns, mapping = self._mapping.columns, self._mapping
        contexts = known_contexts(list(several(self._cell(columns.contexts), mapping.separator)), self._tally)
        word = self._cell(columns.type)
        if word:
            told = mapping.types.get(word, word)
            if not told:
                self._tally.left_out[word] += 1
                return None
            kind, _, mode = told.partition("/")
            if kind.upper() not in ontology.types():
                self._tally.left_out[f"types not in the mapping: {word}"] += 1
                return None
            modes = [mode] if mode else list(several(self._cell(columns.mode), mapping.separator))
            return kind.upper(), known_mode(kind.upper(), modes, self._tally), contexts
        digits = self._cell(columns.cameo)
        event = cameo.events().get(digits) or cameo.of_digits(digits)
        if event is None:
            raise RowError(f"no code of CAMEO: {digits[:40]}" if digits else "no type")
        if event.plover is None:
            self._tally.left_out[f"{event.code} {event.name}"] += 1
            return None
        kind, mode, own = event.plover
        return kind, mode, [*own, *(c for c in contexts if c not in own)]

    def _status(self) -> str:
        given = self._cell(self._mapping.columns.status).lower()
        if given and given not in _STATUSES:
            raise RowError(f"no status: {given[:40]}")
        return given or self._mapping.status

    def _day(self, column: str | None) -> dt.date | None:
        text = self._cell(column)
        if not text:
            return None
        if self._mapping.date_format is not None:
            try:
                return dt.datetime.strptime(text, self._mapping.date_format).date()
            except ValueError:
                raise RowError(f"no date of the form {self._mapping.date_format}: {text[:40]}") from None
        found = made.day(text)
        return dt.date.fromisoformat(found.begin) if found and found.begin else None

    def _date(self) -> EventDate:
        first, last = self._day(self._mapping.columns.date), self._day(self._mapping.columns.end)
        if first is None:
            raise RowError("no date")
        if last is not None and last < first:
            raise RowError(f"ends before it begins: {first} to {last}")
        date = made.on(first)
        date.end = (last or first).isoformat()
        return date

    def _country(self, text: str) -> str | None:
        if not text:
            return None
        found = countries.of_iso(self._mapping.countries.get(text, text)) or countries.of_name(text)
        if found is None:
            self._tally.lost[f"countries: {text}"] += 1
        return found

    def _sides(self, column: str | None, sector_column: str | None) -> list[Side]:
        given = several(self._cell(column), self._mapping.separator)
        sectors = several(self._cell(sector_column), self._mapping.separator)
        found: list[Side] = []
        for at, text in enumerate(given):
            code = self._actor(text, sectors[at] if at < len(sectors) else None)
            if code is None:
                self._tally.lost[f"actors: {text}"] += 1
            else:
                named = code not in (text, text.upper())
                found.append(Side(code, Name(None, text)) if named else made.side(code))
        return found

    def _actor(self, text: str, sector: str | None) -> str | None:
        mapped = self._mapping.actors.get(text)
        if mapped is not None:
            return mapped
        main, _, given = text.partition("/")
        if given and (role := actors.sector_of(given)) is not None:
            text, sector = main, role
            if actors.group_of(f"{main}/{role}") is not None:
                return f"{main}/{role}"
        text = self._mapping.countries.get(text, text)
        state = countries.of_iso(text) or countries.of_name(text)
        code = actor_code(state, sector, text, self._tally)
        if code is not None:
            return code
        return actors.of_cameo(text).code if text.isupper() and len(text) % 3 == 0 else None

    def _count(self, role: str, column: str | None) -> list[Count]:
        value = made.number(self._cell(column), role)
        return [Count(role, value, None, None, 0, 0)] if value else []
