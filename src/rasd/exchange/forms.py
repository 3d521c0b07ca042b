"""The forms by name: what can be written and read, and how a whole file is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rasd.exchange.errors import ExchangeError
from rasd.exchange.made import RowError
from rasd.exchange.reading import Rows
from rasd.exchange.tally import BadRow, Tally
from rasd.exchange.told import Told
from rasd.exchange.writing import Out

if TYPE_CHECKING:
    from rasd.exchange.mapped import CsvMapping

Write = Callable[[Iterable[Told], Out, Tally], None]
OnBad = Callable[[BadRow], None]


class Form(NamedTuple):
    """A form that events are written in: what it is, and what writes it."""

    says: str
    write: Write


def exports() -> dict[str, Form]:
    """The forms that can be written, by name."""
    from rasd.exchange import cameo_table, gdelt, ics, jsonld, plover, polecat, tabular

    def gdelt_1(told: Iterable[Told], out: Out, tally: Tally) -> None:
        gdelt.write(told, out, tally, 1)

    return {
        "plover": Form("PLOVER's JSON, an event a line", plover.write),
        "polecat": Form("POLECAT's table, tab-separated", polecat.write),
        "cameo": Form("CAMEO's table of pairs, tab-separated", cameo_table.write),
        "gdelt": Form("GDELT's event table, version 2", gdelt.write),
        "gdelt1": Form("GDELT's event table, version 1", gdelt_1),
        "gdelt2": Form("GDELT's event table, version 2", gdelt.write),
        "csv": Form("a flat table, comma-separated", tabular.write_csv),
        "parquet": Form("the flat table as Parquet", tabular.write_parquet),
        "jsonld": Form("JSON-LD of schema.org and PROV", jsonld.write),
        "ics": Form("iCalendar: what is planned", ics.write),
    }


IMPORTS = ("gdelt", "icews", "polecat", "plover", "acled", "csv", "parquet")
# Of GDELT's tables each row says which version it is of.
_SAME = {"gdelt1": "gdelt", "gdelt2": "gdelt"}


def export(form: str, told: Iterable[Told], target: Path | Out) -> Tally:
    """Write events in a form to a file, which appears whole or not at all, or to what is open; say what was lost.

    Raises `ExchangeError` for a form that does not exist, and `OSError` where the file cannot be written.
    """
    from rasd.corpus.placing import PlacedFile

    known = exports()
    if form not in known:
        raise ExchangeError(f"no form {form}: {', '.join(known)}")
    tally = Tally()
    if not isinstance(target, Path):
        known[form].write(told, target, tally)
        return tally
    file = PlacedFile(target)
    try:
        known[form].write(told, file, tally)
        file.finish()
        file.place()
    finally:
        file.discard()
    return tally


def read(
    form: str, path: str, tally: Tally, *, mapping: CsvMapping | None = None, on_bad: OnBad | None = None
) -> Iterator[Told]:
    """The events of a file in a form, one at a time; rows set aside go to ``on_bad``, counts to ``tally``.

    Raises `ExchangeError` for a form that does not exist, a file that cannot be read or is of another form.
    """
    form = _SAME.get(form, form)
    if form not in IMPORTS:
        raise ExchangeError(f"no form {form}: {', '.join(IMPORTS)}")
    with Rows(path, mapping.encoding if mapping else "utf-8", binary=form == "parquet") as rows:
        for found in _found(form, rows, tally, mapping):
            if isinstance(found, RowError):
                tally.bad += 1
                if on_bad is not None:
                    on_bad(BadRow(rows.line, str(found), rows.raw))
            else:
                tally.occurrences += 1
                yield found


def _found(form: str, rows: Rows, tally: Tally, mapping: CsvMapping | None) -> Iterator[Told | RowError]:
    """Each row in turn, so that ``rows.line`` is its line."""
    from rasd.exchange import acled, gdelt, icews, mapped, plover, polecat, tabular

    def each(
        given: Iterable[dict[str, str] | RowError], one: Callable[[Iterable[dict[str, str]]], Iterator[Told | RowError]]
    ) -> Iterator[Told | RowError]:
        for cells in given:
            tally.rows += 1
            if isinstance(cells, RowError):
                yield cells
            else:
                yield from one((cells,))

    if form == "gdelt":
        yield from each(_gdelt_rows(rows), lambda r: gdelt.read(r, tally))
    elif form == "icews":
        yield from each(rows.named_tabbed(icews.COLUMNS, "ICEWS"), lambda r: icews.read(r, tally))
    elif form == "polecat":
        needed = ("Event ID", "Event Date", "Event Type")
        yield from each(rows.named_tabbed(needed, "POLECAT"), lambda r: polecat.read(r, tally))
    elif form == "acled":
        yield from each(rows.named_csv(",", acled.COLUMNS, "ACLED"), lambda r: acled.read(r, tally))
    elif form == "csv" and mapping is not None:
        asked = [c for c in (mapping.columns.date, mapping.columns.type, mapping.columns.cameo) if c]
        reader = mapped.Reader(mapping, tally)
        yield from each(rows.named_csv(mapping.delimiter, asked, "the mapping"), reader.read)
    elif form == "csv":
        yield from each(rows.named_csv(",", ("id", "type"), "Rasd"), lambda r: tabular.read(r, tally))
    elif form == "parquet":
        yield from each(tabular.parquet_rows(rows.file, rows.name), lambda r: tabular.read(r, tally))
    else:
        for found in rows.objects():
            tally.rows += 1
            if isinstance(found, RowError):
                yield found
            else:
                yield from plover.read((found,), tally)


def _gdelt_rows(rows: Rows) -> Iterator[dict[str, str] | RowError]:
    from rasd.exchange import gdelt

    for cells in rows.tabbed():
        if isinstance(cells, RowError):
            yield cells
            continue
        if cells[0].strip().lower() in ("globaleventid", "global_event_id"):
            continue  # a header, which GDELT's own files lack
        version = gdelt.version_of(len(cells))
        if version is None:
            yield RowError(f"{len(cells)} columns, not 57, 58 or 61")
        else:
            yield dict(zip(gdelt.columns(version), [*cells, ""], strict=False))
