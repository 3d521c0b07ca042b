"""Other forms of what is recorded: ``rasd export``, ``rasd import``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasd.commands import shell
from rasd.commands.keeping import DatabaseOption, open_store
from rasd.sources.article import SourceError, os_reason, source_name

if TYPE_CHECKING:
    from rasd.exchange import BadRow, Tally, Told
    from rasd.exchange.mapped import CsvMapping

# Of the rows set aside so many are shown where no file keeps them.
_SHOWN_BAD = 20


def export(
    records: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RECORDS]...",
            help="Records of `rasd code`, gzipped or not, - for standard input; without any, the database.",
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORM",
                          help="plover, polecat, cameo, gdelt (2), gdelt1, csv, parquet, jsonld or ics.")
    ] = "csv",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write; else standard output.")
    ] = None,
    actor: Annotated[
        list[str] | None,
        typer.Option("--actor", metavar="CODE", help="Only events with this power on a side (RUS); again for another."),
    ] = None,
    begin: Annotated[
        dt.date | None, typer.Option("--from", metavar="DATE", parser=shell.day, help="Only events from this day on.")
    ] = None,
    end: Annotated[
        dt.date | None, typer.Option("--to", metavar="DATE", parser=shell.day, help="Only events up to this day.")
    ] = None,
    read_as: Annotated[
        str | None,
        typer.Option("--read-as", metavar="FORM", help="RECORDS are tables of a form that `rasd import` reads."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(metavar="YAML", help="With --read-as csv: which column holds what.")
    ] = None,
    join: Annotated[
        bool,
        typer.Option("--join", help="Make one event of all reports of it in RECORDS; else each article's stand alone."),
    ] = False,
    db: DatabaseOption = None,
) -> None:  # fmt: skip
    """Write events in another form: PLOVER, CAMEO, GDELT, CSV, Parquet, JSON-LD, iCalendar.

    The events are those of the database, each told by all its reports, or those of RECORDS. FILE appears complete, or
    not at all. What has no place in the form is counted and named.
    """
    from rasd.exchange import Tally, chosen, of_chronicle

    shell.stop_on_signals()
    if form == "parquet" and output is None and shell.standard_output().isatty():
        raise typer.BadParameter("Parquet is no text: give a file with --output")
    if not records and (join or read_as is not None):
        raise typer.BadParameter("--join and --read-as are for files: name some")
    if records and db is not None:
        raise typer.BadParameter("RECORDS and --db are two sources: choose one")
    was_read = Tally()
    codes = [(shell.clean(code) or "").partition("/")[0].upper() for code in actor or ()]
    if records:
        told = _told(records, read_as, mapping, was_read, join)
        tally = _written(form, chosen(told, codes, begin=begin, end=end), output)
    else:
        with open_store(db) as store, store.reading() as ledger:
            tally = _written(form, of_chronicle(ledger, codes, begin=begin, end=end), output)
    if output is None:
        shell.standard_output().flush()
    if records and not was_read.rows:
        raise SourceError(", ".join(map(source_name, records)), "empty")
    _say_lost(was_read, "line")
    _say_lost(tally, "row")
    shell.say(f"{shell.count(tally.occurrences, 'event')}, {shell.count(tally.rows, 'row')}")
    _check_any(was_read)


def _written(form: str, told: Iterable[Told], output: Path | None) -> Tally:
    from rasd.exchange import export as write

    try:
        return write(form, told, output if output is not None else shell.standard_output())
    except BrokenPipeError:
        raise
    except OSError as error:
        raise SourceError(source_name(str(output or "standard output")), os_reason(error)) from error


def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The table, compressed or not; - for standard input.")],
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORM",
                          help="gdelt (1 and 2), icews, polecat, plover, acled, csv or parquet.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="RECORDS", help="A file of records to write; else the database."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(metavar="YAML", help="With --format csv: which column holds what.")
    ] = None,
    rejects: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where rows set aside go, each with line and reason.")
    ] = None,
    join: Annotated[
        bool, typer.Option("--join", help="Let rows that seem to tell one event be one in the database.")
    ] = False,
    db: DatabaseOption = None,
) -> None:  # fmt: skip
    """Read an event table: GDELT, ICEWS, POLECAT, ACLED, or a CSV of your own with a mapping.

    Each row becomes an article of one event in the database, or a record in RECORDS, which appears complete or not
    at all; rows that are in the database already are passed over. Rows that cannot be read are set aside, each with
    its line and the reason; what cannot be mapped is counted and named.
    """
    from rasd.exchange import Tally

    shell.stop_on_signals()
    if output is not None and (join or db is not None):
        raise typer.BadParameter("--output and the database are two places: choose one")
    tally = Tally()
    aside = _Aside(rejects)
    rows = _rows(form, file, _mapping(mapping, form), tally, aside)
    if output is not None:
        _write_records(rows, output, aside)
    else:
        _keep_rows(rows, form, join, db, aside)
    if not tally.rows:
        raise SourceError(source_name(file), "empty")
    _say_lost(tally, "row", aside.name)
    shell.say(f"{shell.count(tally.rows, 'row')}, {shell.count(tally.occurrences, 'event')}")
    _check_any(tally)


def _write_records(rows: Iterable[Told], output: Path, aside: _Aside) -> None:
    from rasd.corpus.placing import PlacedFile
    from rasd.exchange import to_record

    try:
        records = PlacedFile(output)
        try:
            for told in rows:
                records.write(to_record(told).to_json() + b"\n")
            records.finish()
            aside.finish()
            records.place()
        finally:
            records.discard()
            aside.discard()
    except OSError as error:
        raise SourceError(source_name(str(output)), os_reason(error)) from error


def _keep_rows(rows: Iterable[Told], form: str, join: bool, db: str | None, aside: _Aside) -> None:
    from rasd.exchange.keeping import keep

    try:
        with open_store(db, create=True) as store:
            kept = keep(store, rows, form, join=join)
            aside.finish()
    finally:
        aside.discard()
    known = f", {kept.same:,} known already" if kept.same else ""
    shell.say(f"{shell.count(kept.added, 'row')} added{known} ({store.name})")


class _Aside:
    """Where rows set aside go: a file, or, the first of them, standard error."""

    def __init__(self, path: Path | None) -> None:
        from rasd.corpus.placing import PlacedFile

        self.name = source_name(str(path)) if path is not None else None
        self._file = PlacedFile(path) if path is not None else None
        self._shown = 0

    def __call__(self, bad: BadRow) -> None:
        import msgspec

        if self._file is not None:
            self._file.write(msgspec.json.encode(bad) + b"\n")
        elif self._shown < _SHOWN_BAD:
            self._shown += 1
            shell.say(f"line {bad.line}: {bad.reason}")

    def finish(self) -> None:
        if self._file is not None:
            self._file.finish()
            self._file.place()

    def discard(self) -> None:
        if self._file is not None:
            self._file.discard()


def _told(paths: Iterable[str], read_as: str | None, mapping: Path | None, tally: Tally, join: bool) -> Iterator[Told]:
    from rasd.exchange import joined, of_file, records_in

    if join and read_as is not None:
        raise typer.BadParameter("--join is for records: the rows of a table stand for events")
    aside = _Aside(None)
    given = _mapping(mapping, read_as)
    if join:
        return joined(record for path in paths for _, record in records_in(path, tally, aside))
    return (
        told
        for path in paths
        for told in (of_file(path, tally, aside) if read_as is None else _rows(read_as, path, given, tally, aside))
    )


def _rows(form: str, path: str, mapping: CsvMapping | None, tally: Tally, aside: _Aside) -> Iterator[Told]:
    from rasd.exchange import read

    return read(form, path, tally, mapping=mapping, on_bad=aside)


def _mapping(path: Path | None, form: str | None) -> CsvMapping | None:
    if path is None:
        return None
    if form != "csv":
        raise typer.BadParameter("a mapping is for the form csv")
    from rasd.exchange.mapped import load

    return load(path)


def _check_any(read: Tally) -> None:
    """Leave as failed where all that was read is set aside: it is of another form, or damaged."""
    if read.bad and read.bad == read.rows:
        raise typer.Exit(1)


def _say_lost(tally: Tally, noun: str, aside: str | None = None) -> None:
    for line in tally.lines():
        shell.say(line)
    if tally.bad:
        shell.say(f"{shell.count(tally.bad, noun)} set aside{f' (see {aside})' if aside else ''}")


def register(app: typer.Typer) -> None:
    """Put these commands on the app."""
    app.command()(export)
    app.command("import")(import_)
