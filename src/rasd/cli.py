"""The command line. Each command calls one function of the library and shows its answer.

`main` is the entry point: whatever happens, the user sees one clear line, never a traceback.
Exit codes: 0 done, 1 bad input or failure, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, NoReturn

import typer

from rasd.sources.article import STDIN, SourceError, os_reason, publication_date, source_name

# Each command imports what it needs when it runs: ``rasd --help`` and errors come at once.
if TYPE_CHECKING:
    from rich.console import Console

    from rasd.reader import Reader
    from rasd.sources.jsonl import BadLine

# Of the lines set aside so many are shown where no file keeps them.
_SHOWN_REJECTS = 20
_INTERRUPTED = 130

app = typer.Typer(
    name="rasd",
    help="Read Arabic news: who did what to whom, when and where, on whose word.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _published(text: str) -> dt.date:
    try:
        return publication_date(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


_File = Annotated[str, typer.Argument(metavar="FILE", help="A text file with one article; - for standard input.")]
_Published = Annotated[
    dt.date | None,
    typer.Option(metavar="DATE", parser=_published, help="Day of publication (2016-10-10), if you know it."),
]
_Lexicon = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="A folder of your own knowledge files, laid over Rasd's."),
]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"rasd {version('rasd')}")
        except PackageNotFoundError:  # run from a checkout that is not installed
            typer.echo("rasd (not installed)")
        raise typer.Exit


@app.callback()
def rasd(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Read Arabic news: who did what to whom, when and where, on whose word."""


@app.command()
def read(
    file: _File,
    json: Annotated[bool, typer.Option("--json", help="Print the record as one line of JSON.")] = False,
    published: _Published = None,
    lexicon: _Lexicon = None,
    title: Annotated[str | None, typer.Option(help="The headline.")] = None,
    source: Annotated[str | None, typer.Option(help="The paper, agency or site it comes from.")] = None,
) -> None:
    """Read one article and show its record: a page for people, or --json for programs."""
    from rasd.sources.files import read_text

    text = read_text(file)
    record = _reader(lexicon).read(text, published=published, title=_clean(title), source=_clean(source))
    if json:
        _write(record.to_json() + b"\n")
    else:
        from rasd.terminal.view import show

        show(record, _console())


@app.command()
def explain(
    file: _File,
    json: Annotated[bool, typer.Option("--json", help="Print the explanation as one line of JSON.")] = False,
    published: _Published = None,
    lexicon: _Lexicon = None,
) -> None:
    """Show sentence by sentence what was seen in an article, and why, and why not."""
    from rasd.sources.files import read_text

    explanation = _reader(lexicon).explain(read_text(file), published=published)
    if json:
        _write(explanation.to_json() + b"\n")
    else:
        from rasd.terminal.explain import show_explanation

        show_explanation(explanation, _console())


@app.command()
def when(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Arabic text; - for standard input.")],
    at: Annotated[
        dt.date | None,
        typer.Option(metavar="DATE", parser=_published, help="The day it was written (2016-10-10): what today means."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the times as one line of JSON.")] = False,
    timex3: Annotated[bool, typer.Option("--timex3", help="Print the text as TimeML, with TIMEX3 elements.")] = False,
) -> None:
    """Find the times in a text: a table, --json, or the text itself --timex3."""
    from rasd.sources.files import read_text
    from rasd.when import find
    from rasd.when import timex3 as timeml

    if json and timex3:
        raise typer.BadParameter("--json and --timex3 are two forms: choose one")
    content = read_text(text) if text == STDIN else _clean(text) or ""
    if not content.strip():
        raise typer.BadParameter("TEXT is empty")
    times = find(content, at=at)
    if json:
        import msgspec

        _write(msgspec.json.encode(times) + b"\n")
    elif timex3:
        _write(timeml(content, times).encode("utf-8"))
    else:
        from rasd.terminal.times import show_times

        show_times(times, _console())


@app.command()
def who(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, an office with its state, or a code.")],
    at: Annotated[
        dt.date | None,
        typer.Option(metavar="DATE", parser=_published, help="The day asked for (2010-06-01): who held what then."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print what is known as one line of JSON.")] = False,
    lexicon: _Lexicon = None,
) -> None:
    """Say who or what a name means: offices and terms, codes, other names."""
    content = (_clean(name) or "").strip()
    if not content:
        raise typer.BadParameter("NAME is empty")
    reader = _reader(lexicon)
    found = reader.who(content, at=at)
    if json:
        import msgspec

        _write(msgspec.json.encode(found) + b"\n")
    elif found:
        from rasd.terminal.who import show_known

        show_known(found, _console())
    if not found:
        like = reader.directory.like(content)
        _say(f"nobody and nothing known as {content}" + (f"; like it: {', '.join(like)}" if like else ""))
        raise typer.Exit(1)


@app.command()
def code(
    articles: Annotated[
        str, typer.Argument(metavar="ARTICLES", help="JSON Lines, plain or gzipped; - for standard input.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="RECORDS", help="The file to write; else standard output."),
    ] = None,
    lexicon: _Lexicon = None,
) -> None:
    """Code a corpus: one article a line in, one record a line out, in the same order.

    Each line is an object with "text" and, if known, "id", "title", "source", "url" and
    "published". Lines that cannot be read are set aside in RECORDS.rejects.jsonl, each with
    the reason; the rest goes on. RECORDS appears complete, or not at all.
    """
    from rasd.corpus.coding import code_corpus, rejects_path
    from rasd.sources.jsonl import JsonLines
    from rasd.terminal.progress import coding_progress

    _stop_on_signals()
    aside = rejects_path(output) if output is not None else None
    if aside is not None and articles != "-" and _same_file(aside, articles):
        raise SourceError(source_name(articles), "the lines set aside would be written over this file")
    shown = 0

    def show_reject(bad: BadLine) -> None:
        nonlocal shown
        shown += 1
        if aside is None and shown <= _SHOWN_REJECTS:
            _say(f"line {bad.line}: {bad.reason}")

    with JsonLines(articles) as lines:
        reader = _reader(lexicon)
        with coding_progress(lines.size) as progress:
            target = output if output is not None else _standard_output()
            try:
                summary = code_corpus(lines, reader, target, progress=progress, on_reject=show_reject)
            except BrokenPipeError:
                raise
            except OSError as error:
                raise SourceError(source_name(str(output or "standard output")), os_reason(error)) from error
    if output is None:
        _standard_output().flush()
    if summary.rejects:
        where = f" (see {source_name(str(aside))})" if aside is not None else ""
        _say(f"{_count(summary.rejects, 'line')} set aside{where}")
    _say(
        f"{_count(summary.articles, 'article')}, {_count(summary.events, 'event')}, "
        f"{summary.seconds:.1f} s, {summary.words_per_second:,.0f} words/s"
    )


@app.command()
def where(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A place's name, in Arabic or English.")],
    json: Annotated[bool, typer.Option("--json", help="Print the places as one line of JSON.")] = False,
    lexicon: _Lexicon = None,
) -> None:
    """Show the places of a name: where they lie, and which is meant where nothing else tells."""
    wanted = (_clean(name) or "").strip()
    try:
        found = _reader(lexicon).where(wanted)
    except ValueError as error:
        _say(str(error))
        raise typer.Exit(1) from None
    if json:
        import msgspec

        _write(msgspec.json.encode(found) + b"\n")
    else:
        from rasd.terminal.places import show_places

        show_places(wanted, found, _console())


@app.command("check-lexicon")
def check_lexicon(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of your own knowledge files.")],
) -> None:
    """Check a folder of knowledge files: which entry is wrong and why, and what clashes with Rasd's own."""
    from rasd.checking import check_lexicon as check
    from rasd.terminal.findings import show_report

    report = check(folder)
    show_report(report, _console())
    if report.faults:
        raise typer.Exit(1)


def main() -> NoReturn:
    """Run the command line on ``sys.argv`` and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Arabic on a terminal that cannot write it is shown with question marks, not refused.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace" if stream is sys.stdout else "backslashreplace")
    code = _outcome()
    try:
        sys.stdout.flush()
    except (OSError, AttributeError, ValueError):
        _silence_stdout()
        code = code or 1
    sys.exit(code)


def _outcome() -> int:
    """The exit code, after saying what went wrong, if anything did."""
    from rasd.lexicon import KnowledgeError

    try:
        result = app(standalone_mode=False, prog_name="rasd")
        if result == _INTERRUPTED:  # newer Typers turn Ctrl-C into this code, older ones into Abort
            raise KeyboardInterrupt
        return result if isinstance(result, int) else 0
    except (KeyboardInterrupt, typer.Abort):
        _say("interrupted")
        return _INTERRUPTED
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 1
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        _silence_stdout()
        return 1
    except (SourceError, KnowledgeError) as error:
        _say(str(error))
        return 1
    except Exception as error:
        return _failure(error)


def _failure(error: Exception) -> int:
    """A wrong command line, a full disk, or a fault of ours: one line each."""
    # Typer's own errors, whose classes have moved between its versions, know how to say themselves.
    message = getattr(error, "format_message", None)
    if message is not None:
        text = str(message())
        if text:  # none where the help has been shown instead
            _say(text)
            _say("try 'rasd --help'")
        return int(getattr(error, "exit_code", 2))
    if os.environ.get("RASD_TRACEBACK"):
        raise error
    if isinstance(error, OSError):
        _say(os_reason(error) if error.filename is None else f"{error.filename}: {os_reason(error)}")
    elif isinstance(error, MemoryError):
        _say("not enough memory")
    else:
        _say(f"internal error: {type(error).__name__}: {error} (RASD_TRACEBACK=1 shows where)")
    return 1


def _reader(lexicon: Path | None) -> Reader:
    from rasd.reader import Reader

    return Reader(lexicon)


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, emoji=False, markup=False)


def _clean(argument: str | None) -> str | None:
    """An argument as text: bytes that are no UTF-8 arrive as lone surrogates, which JSON cannot hold."""
    return None if argument is None else argument.encode("utf-8", "replace").decode("utf-8")


def _standard_output() -> BinaryIO:
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison]  # closed by the shell: >&-
        raise OSError(None, "standard output is closed")
    return sys.stdout.buffer


def _write(data: bytes) -> None:
    _standard_output().write(data)
    _standard_output().flush()


def _say(message: str) -> None:
    line = "".join(c if c.isprintable() else " " for c in f"rasd: {message}")
    try:
        print(line, file=sys.stderr)
    except (OSError, ValueError):
        return


def _silence_stdout() -> None:
    """Let nothing be written any more, so that the interpreter's last flush cannot fail."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, AttributeError, ValueError):
        return


def _stop_on_signals() -> None:
    """Let a terminated run clean up as an interrupted one does."""

    def stop(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            try:
                signal.signal(getattr(signal, name), stop)
            except ValueError:  # not the main thread
                return


def _same_file(path: Path, other: str) -> bool:
    try:
        return path.samefile(other)
    except (OSError, ValueError):
        return False


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
