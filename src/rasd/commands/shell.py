"""What commands share: arguments that several take, what is written to standard output, what is said beside it."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, NoReturn

import typer

from rasd.sources.article import publication_date

if TYPE_CHECKING:
    from rich.console import Console

    from rasd.reader import Reader


def day(text: str) -> dt.date:
    """A day that an option names (``2016-10-10``); a wrong one is a wrong command line."""
    try:
        return publication_date(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


FileArgument = Annotated[
    str, typer.Argument(metavar="FILE", help="A text file with one article; - for standard input.")
]
PublishedOption = Annotated[
    dt.date | None,
    typer.Option(metavar="DATE", parser=day, help="Day of publication (2016-10-10), if you know it."),
]
LexiconOption = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="A folder of your own knowledge files, laid over Rasd's."),
]
ColumnsOption = Annotated[
    str | None,
    typer.Option(metavar="FIELD=NAME,...", help="What columns or fields are called, where not as usual: text=body."),
]
CarefulOption = Annotated[
    bool,
    typer.Option("--careful", help="Let the learned reader look too (pip install 'rasd\\[careful]'): more, slower."),
]


def reader(lexicon: Path | None, *, careful: bool = False) -> Reader:
    """A reader with the user's folder of knowledge, if any, laid over Rasd's."""
    from rasd.reader import Reader

    return Reader(lexicon, careful=careful)


def console() -> Console:
    """Where pages for people go: standard output, plain where it is no terminal."""
    from rich.console import Console

    return Console(highlight=False, emoji=False, markup=False)


def clean(argument: str | None) -> str | None:
    """An argument as text: bytes that are no UTF-8 arrive as lone surrogates, which JSON cannot hold."""
    return None if argument is None else argument.encode("utf-8", "replace").decode("utf-8")


def count(n: int, noun: str) -> str:
    """``1 article``, ``3,047 articles``."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def standard_output() -> BinaryIO:
    """Standard output as bytes. Raises OSError where the shell has closed it."""
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison]  # closed by the shell: >&-
        raise OSError(None, "standard output is closed")
    return sys.stdout.buffer


def write(data: bytes) -> None:
    """Write bytes to standard output, at once."""
    standard_output().write(data)
    standard_output().flush()


def write_json(value: object) -> None:
    """Write a value (dataclasses, lists, ...) as one line of JSON."""
    import msgspec

    write(msgspec.json.encode(value) + b"\n")


def say(message: str) -> None:
    """Tell the user something on standard error, as one line."""
    line = "".join(c if c.isprintable() else " " for c in f"rasd: {message}")
    try:
        print(line, file=sys.stderr)
    except (OSError, ValueError):
        return


def silence_stdout() -> None:
    """Let nothing be written any more, so that the interpreter's last flush cannot fail."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, AttributeError, ValueError):
        return


def stop_on_signals() -> None:
    """Let a terminated run clean up as an interrupted one does."""

    def stop(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            try:
                signal.signal(getattr(signal, name), stop)
            except ValueError:  # not the main thread
                return
