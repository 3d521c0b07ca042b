"""Coding a corpus to a file of records: ``rasd code``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasd.commands import shell
from rasd.commands.copying import EarlierOption, say_copies
from rasd.commands.shell import CarefulOption, LexiconOption
from rasd.sources.article import SourceError, os_reason, source_name

if TYPE_CHECKING:
    from rasd.corpus.archive import Make
    from rasd.corpus.coding import CodingSummary, OnReject, Progress
    from rasd.sources.gathering import Articles
    from rasd.sources.jsonl import BadLine
    from rasd.stages import Stages


class Engine(StrEnum):
    """What does the work."""

    local = "local"
    ray = "ray"


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
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="RECORDS",
            help="The file to write, of tables or with --engine ray the folder; else standard output.",
        ),
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
    engine: Annotated[
        Engine, typer.Option(help="local, this machine; ray, the machines of a Ray cluster (pip install 'rasd[ray]').")
    ] = Engine.local,
    address: Annotated[
        str | None,
        typer.Option(metavar="HOST:PORT", help="With --engine ray: the cluster, if not the one that runs here."),
    ] = None,
    profile: Annotated[bool, typer.Option("--profile", help="Say where the time went, stage by stage.")] = False,
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
    RECORDS.copies.jsonl, or in one more table. With --engine ray, RECORDS is a folder that all
    machines share, or a URL (s3://...); the records are there in parts.
    """
    from rasd.sources.columns import Columns
    from rasd.sources.gathering import Articles
    from rasd.stages import Stages
    from rasd.terminal.profile import profile_lines
    from rasd.terminal.progress import coding_progress

    shell.stop_on_signals()
    if engine is Engine.local and address is not None:
        raise typer.BadParameter("--address goes with --engine ray")
    aside, own = _beside(sources, output, engine)
    shown = 0

    def show_reject(bad: BadLine) -> None:
        nonlocal shown
        shown += 1
        if aside is None and shown <= _SHOWN_REJECTS:
            shell.say(f"{bad.origin or f'line {bad.line}'}: {bad.reason}")

    stages = Stages() if profile else None
    parsed = Columns.parsed(shell.clean(columns))
    with Articles(sources, parsed, but=own) as lines, coding_progress(lines.size) as progress:
        watching = _Watching(progress, show_reject, stages)
        how = _How(workers, lexicon, careful, form, limit)
        try:
            if engine is Engine.ray:
                summary = _on_ray(lines, sources[0], output, address, how, watching)
            elif workers is None and form == "jsonl":
                summary = _alone(lines, output, how, watching)
            else:
                summary = _with_workers(lines, sources[0], output, how, watching)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise SourceError(source_name(output or "standard output"), _unwritable(error, output)) from error
    if output is None:
        shell.standard_output().flush()
    if summary.rejects:
        where = f" (see {source_name(aside)})" if aside is not None else ""
        foreign = f", {lines.foreign:,} of them not Arabic" if lines.foreign else ""
        noun = "line" if lines.by_line else "article"
        shell.say(f"{shell.count(summary.rejects, noun)} set aside{foreign}{where}")
    shell.say(
        f"{shell.count(summary.articles, 'article')}, {shell.count(summary.events, 'event')}, "
        f"{summary.seconds:.1f} s, {summary.words_per_second:,.0f} words/s"
    )
    for line in profile_lines(stages.seconds, summary.words - summary.words_before) if stages is not None else ():
        shell.say(line)
    if output is not None and copies:  # looked for where the whole is at hand
        whole = Path(output)
        if whole.is_file() or whole.is_dir():
            _mark_copies(whole, earlier, workers)


def _beside(sources: list[str], output: str | None, engine: Engine) -> tuple[str | None, list[Path]]:
    """Where the articles set aside go, and all that is written here, which is none of the sources."""
    from rasd.corpus.coding import rejects_path, rejects_url
    from rasd.corpus.written import check_apart, written_by

    if output is None:
        return None, []
    if "://" in output:
        if engine is Engine.local:
            raise SourceError(source_name(output), "to write to a URL, say --engine ray")
        return rejects_url(output), []
    check_apart(sources, Path(output))
    return str(rejects_path(Path(output))), written_by(Path(output))


def _unwritable(error: OSError, output: str | None) -> str:
    """Why the output cannot be written."""
    if isinstance(error, FileNotFoundError) and output is not None and not Path(output).absolute().parent.is_dir():
        return "there is no such folder to write it in"
    return os_reason(error)


def _mark_copies(output: Path, earlier: list[Path] | None, workers: int | None) -> None:
    from rasd.corpus.copying import mark_copies

    found = mark_copies(output, earlier or (), workers=workers or 1)
    if found.copies:
        say_copies(found)


@dataclass(slots=True)
class _How:
    """How articles are to be coded."""

    workers: int | None
    lexicon: Path | None
    careful: bool
    form: str
    limit: float


@dataclass(slots=True)
class _Watching:
    """Who is told how it goes."""

    progress: Progress | None
    on_reject: OnReject
    stages: Stages | None


def _alone(lines: Articles, output: str | None, how: _How, watching: _Watching) -> CodingSummary:
    """In this process."""
    from rasd.corpus.coding import code_corpus

    target = Path(output) if output is not None else shell.standard_output()
    reader = shell.reader(how.lexicon, careful=how.careful)
    if watching.stages is not None:
        reader.time_stages(watching.stages)
    return code_corpus(
        lines, reader, target, progress=watching.progress, on_reject=watching.on_reject, stages=watching.stages
    )


def _with_workers(
    lines: Articles, path: str, output: str | None, how: _How, watching: _Watching
) -> CodingSummary:  # fmt: skip
    """With processes of this machine."""
    from rasd.corpus.archive import code_archive

    target, make = _archive(None if output is None else Path(output), how.form)
    return code_archive(
        lines, path, target, workers=how.workers or 1, lexicon=how.lexicon, careful=how.careful, form=how.form,
        make=make, limit=how.limit, progress=watching.progress, on_reject=watching.on_reject, on_resume=_say_resumed,
        stages=watching.stages,
    )  # fmt: skip


def _on_ray(
    lines: Articles, path: str, output: str | None, address: str | None, how: _How, watching: _Watching
) -> CodingSummary:
    """On the machines of a cluster."""
    from rasd.corpus.cluster import code_on_ray

    _check_form(how.form)
    if output is None:
        raise typer.BadParameter("--engine ray needs an --output: a folder that all machines share, or a URL")
    return code_on_ray(
        lines, path, output, address=address, workers=how.workers, lexicon=how.lexicon, careful=how.careful,
        form=how.form, limit=how.limit, stages=watching.stages, progress=watching.progress,
        on_reject=watching.on_reject, on_resume=_say_resumed,
    )  # fmt: skip


def _check_form(form: str) -> None:
    if form not in ("jsonl", "parquet"):
        raise typer.BadParameter(f"no form {form}: jsonl or parquet")


def _archive(output: Path | None, form: str) -> tuple[Path, Make]:
    """Where a run with workers writes, and in which form."""
    _check_form(form)
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


def register(app: typer.Typer) -> None:
    """Put these commands on the app."""
    app.command()(code)
