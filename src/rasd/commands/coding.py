"""Coding a corpus to a file of records: ``rasd code``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasd.commands import shell
from rasd.commands.copying import EarlierOption, say_copies
from rasd.commands.shell import CarefulOption, LexiconOption
from rasd.sources.article import SourceError, os_reason, source_name

if TYPE_CHECKING:
    from rasd.corpus.archive import Make
    from rasd.sources.jsonl import BadLine

# Of the lines set aside so many are shown where no file keeps them.
_SHOWN_REJECTS = 20


def code(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Articles in any form: files, folders, patterns, archives, addresses of pages, feeds and sitemaps; - "
            "for standard input.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="RECORDS", help="The file to write; else standard output."),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORM", help="jsonl, a record a line; parquet, a folder of flat tables.")
    ] = "jsonl",
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="So many processes side by side; the outcome is the same.")
    ] = None,
    limit: Annotated[
        float, typer.Option(min=1, metavar="SECONDS", help="With --workers: the longest that an article may take.")
    ] = 120,
    lexicon: LexiconOption = None,
    columns: shell.ColumnsOption = None,
    careful: CarefulOption = False,
    copies: Annotated[
        bool, typer.Option("--copies/--no-copies", help="Say beside the output which articles are near-copies.")
    ] = True,
    earlier: EarlierOption = None,
) -> None:
    """Code a corpus: articles in, one record a line out, in the same order.

    JSON Lines are best: each line an object with "text" and, if known, "id", "title", "source",
    "url" and "published". Text, web pages, PDF, Word, JSON, CSV, Parquet and crawls are read too,
    and archives of them. What cannot be read, or is not Arabic, is set aside in
    RECORDS.rejects.jsonl, each with the reason; the rest goes on. RECORDS appears complete, or
    not at all. With --workers or --format parquet, a run that was killed is gone on with by
    giving the same command again. Which articles are near-copies of others is said in
    RECORDS.copies.jsonl, or in one more table.
    """
    from rasd.corpus.coding import rejects_path
    from rasd.sources.columns import Columns
    from rasd.sources.gathering import Articles
    from rasd.terminal.progress import coding_progress

    shell.stop_on_signals()
    aside = rejects_path(output) if output is not None else None
    same = next((path for path in sources if aside is not None and path != "-" and _same_file(aside, path)), None)
    if same is not None:
        raise SourceError(source_name(same), "the lines set aside would be written over this file")
    shown = 0

    def show_reject(bad: BadLine) -> None:
        nonlocal shown
        shown += 1
        if aside is None and shown <= _SHOWN_REJECTS:
            shell.say(f"{bad.origin or f'line {bad.line}'}: {bad.reason}")

    with Articles(sources, Columns.parsed(shell.clean(columns))) as lines, coding_progress(lines.size) as progress:
        try:
            if workers is None and form == "jsonl":
                from rasd.corpus.coding import code_corpus

                target = output if output is not None else shell.standard_output()
                reader = shell.reader(lexicon, careful=careful)
                summary = code_corpus(lines, reader, target, progress=progress, on_reject=show_reject)
            else:
                target, make = _archive(output, form)
                from rasd.corpus.archive import code_archive

                summary = code_archive(
                    lines, sources[0], target, workers=workers or 1, lexicon=lexicon, careful=careful, form=form,
                    make=make, limit=limit, progress=progress, on_reject=show_reject, on_resume=_say_resumed,
                )  # fmt: skip
        except BrokenPipeError:
            raise
        except OSError as error:
            raise SourceError(source_name(str(output or "standard output")), os_reason(error)) from error
    if output is None:
        shell.standard_output().flush()
    if summary.rejects:
        where = f" (see {source_name(str(aside))})" if aside is not None else ""
        foreign = f", {lines.foreign:,} of them not Arabic" if lines.foreign else ""
        noun = "line" if lines.by_line else "article"
        shell.say(f"{shell.count(summary.rejects, noun)} set aside{foreign}{where}")
    shell.say(
        f"{shell.count(summary.articles, 'article')}, {shell.count(summary.events, 'event')}, "
        f"{summary.seconds:.1f} s, {summary.words_per_second:,.0f} words/s"
    )
    if output is not None and copies and (output.is_file() or output.is_dir()):
        _mark_copies(output, earlier, workers)


def _mark_copies(output: Path, earlier: list[Path] | None, workers: int | None) -> None:
    from rasd.corpus.copying import mark_copies

    found = mark_copies(output, earlier or (), workers=workers or 1)
    if found.copies:
        say_copies(found)


def _archive(output: Path | None, form: str) -> tuple[Path, Make]:
    """Where a run with workers writes, and in which form."""
    if form not in ("jsonl", "parquet"):
        raise typer.BadParameter(f"no form {form}: jsonl or parquet")
    if output is None:
        raise typer.BadParameter("--workers and --format parquet need an --output")
    if form == "jsonl":
        from rasd.corpus.archive import RecordLines

        if output.exists() and not output.is_file():
            raise SourceError(source_name(str(output)), "not a file: --workers writes to one")
        return output, RecordLines
    from rasd.corpus.tables import TableParts, check_replaceable

    check_replaceable(output)
    return output, TableParts


def _say_resumed(line: int) -> None:
    shell.say(f"going on after line {line:,}, where an earlier run stopped")


def _same_file(path: Path, other: str) -> bool:
    try:
        return path.samefile(other)
    except (OSError, ValueError):
        return False


def register(app: typer.Typer) -> None:
    """Put these commands on the app."""
    app.command()(code)
