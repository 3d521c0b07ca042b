"""The command line: the app, its commands from `rasd.commands`, and the way out.

`main` is the entry point: whatever happens, the user sees one clear line, never a traceback.
Exit codes: 0 done, 1 bad input or failure, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated, NoReturn

import typer

from rasd.commands import (
    asking,
    checking,
    coding,
    copying,
    desk,
    exchange,
    keeping,
    reading,
    relations,
    reviews,
    shell,
    watching,
)
from rasd.commands.completing import asked as asked_to_complete
from rasd.commands.completing import register as register_completion
from rasd.errors import RasdError
from rasd.garbage import collect_seldom
from rasd.sources.article import os_reason

_INTERRUPTED = 130

app = typer.Typer(
    name="rasd",
    help="Read Arabic news: who did what to whom, when and where, on whose word.",
    no_args_is_help=True,
    # Only where a shell asks: its options would stand in every help. `rasd completion` prints the script.
    add_completion=asked_to_complete(),
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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


for subject in (reading, asking, relations, coding, copying, keeping, watching, desk, reviews, exchange, checking):
    subject.register(app)
register_completion(app)


def main() -> NoReturn:
    """Run the command line on ``sys.argv`` and leave with its exit code."""
    collect_seldom()
    for stream in (sys.stdout, sys.stderr):
        # Arabic on a terminal that cannot write it is shown with question marks, not refused.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace" if stream is sys.stdout else "backslashreplace")
    code = _outcome()
    try:
        sys.stdout.flush()
    except (OSError, AttributeError, ValueError):
        shell.silence_stdout()
        code = code or 1
    sys.exit(code)


def _outcome() -> int:
    """The exit code, after saying what went wrong, if anything did."""
    try:
        result = app(standalone_mode=False, prog_name="rasd")
        if result == _INTERRUPTED:  # newer Typers turn Ctrl-C into this code, older ones into Abort
            raise KeyboardInterrupt
        return result if isinstance(result, int) else 0
    except (KeyboardInterrupt, typer.Abort):
        shell.say("interrupted")
        return _INTERRUPTED
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 1
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        shell.silence_stdout()
        return 1
    except RasdError as error:
        shell.say(str(error))
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
            shell.say(text)
            shell.say("try 'rasd --help'")
        return int(getattr(error, "exit_code", 2))
    if os.environ.get("RASD_TRACEBACK"):
        raise error
    if isinstance(error, OSError):
        shell.say(os_reason(error) if error.filename is None else f"{error.filename}: {os_reason(error)}")
    elif isinstance(error, MemoryError):
        shell.say("not enough memory")
    else:
        shell.say(f"internal error: {type(error).__name__}: {error} (RASD_TRACEBACK=1 shows where)")
    return 1
