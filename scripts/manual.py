"""The manual of the command line, made from the app itself: rasd(1), and a page of the documentation.

    python scripts/manual.py man > rasd.1
    python scripts/manual.py markdown > commands.md

The package is built with the first (`hatch_build.py`), the site with the second, so neither can be out of date.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

_EXITS = [("0", "done"), ("1", "bad input, or a failure"), ("2", "wrong usage"), ("130", "interrupted")]
_VARIABLES = [
    ("RASD_DB", "the database where --db names none: a file, or the URL of a PostgreSQL database"),
    ("RASD_CACHE", "the folder for the compiled knowledge files, else a folder in the user's cache"),
    ("RASD_TRACEBACK", "where set, a fault of Rasd's own shows where it happened"),
]


@dataclass(slots=True)
class Parameter:
    """An argument or option: how it is written, and what it is for."""

    written: str
    help: str
    argument: bool = False


@dataclass(slots=True)
class Command:
    """A command, with its own parameters or those below it."""

    name: str
    help: str
    usage: str
    parameters: list[Parameter] = field(default_factory=list[Parameter])
    commands: list[Command] = field(default_factory=list["Command"])


def described() -> Command:
    """The whole command line."""
    import typer.main

    from rasd.cli import app

    return _command("rasd", typer.main.get_command(app))


def _command(name: str, command: object) -> Command:
    """A command of Click, read by what it is made of: its classes have moved between versions of Typer."""
    below: dict[str, object] = getattr(command, "commands", {})
    parameters = [p for p in getattr(command, "params", []) if not getattr(p, "hidden", False)]
    made = [_parameter(p) for p in parameters]
    arguments = [p.written for p in made if p.argument]
    usage = " ".join([name, *(["[OPTIONS]"] if len(arguments) < len(made) else []), *arguments,
                      *(["COMMAND ..."] if below else [])])  # fmt: skip
    shown = [
        _command(f"{name} {key}", one) for key, one in below.items() if not getattr(one, "hidden", False)
    ]  # fmt: skip
    return Command(name, _paragraphs(str(getattr(command, "help", "") or "")), usage, made, shown)


def _parameter(parameter: object) -> Parameter:
    # A bracket is escaped for the help on a terminal, where it would be markup.
    said = str(getattr(parameter, "help", "") or "").replace("\\[", "[")
    metavar = getattr(parameter, "metavar", None)
    if getattr(parameter, "param_type_name", "") == "argument":
        return Parameter(metavar or str(getattr(parameter, "name", "")).upper(), said, argument=True)
    names = ", ".join(getattr(parameter, "opts", []))
    if not getattr(parameter, "is_flag", False):
        names += f" {metavar or str(getattr(parameter, 'name', '')).upper()}"
    default = getattr(parameter, "default", None)
    shown = isinstance(default, (int, float, str)) and not isinstance(default, bool) and default not in ("", 0)
    return Parameter(names, f"{said} (default: {default})" if shown else said)


def _paragraphs(text: str) -> str:
    """The paragraphs of a docstring, each a line."""
    return "\n\n".join(" ".join(p.split()) for p in re.split(r"\n\s*\n", text.strip()))


def man(command: Command) -> Iterator[str]:
    """The lines of rasd(1) in roff."""
    yield '.TH RASD 1 "" "Rasd" "User Commands"'
    yield from (".SH NAME", f"rasd \\- {_roff(_sentence(command.help))}")
    yield from (".SH SYNOPSIS", f".B rasd\n{_roff(command.usage.removeprefix('rasd '))}")
    yield from (".SH DESCRIPTION", *_roff_paragraphs(command.help))
    yield from (".SH OPTIONS", *_roff_parameters(command.parameters))
    yield ".SH COMMANDS"
    for one in _all(command):
        yield from (f".SS {_roff(one.usage)}", *_roff_paragraphs(one.help), *_roff_parameters(one.parameters))
    for title, rows in (("EXIT STATUS", _EXITS), ("ENVIRONMENT", _VARIABLES)):
        yield f".SH {title}"
        for name, said in rows:
            yield from (".TP", f".B {_roff(name)}", _roff(said))


def _roff_paragraphs(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            yield ".PP"
        yield _roff(paragraph)


def _roff_parameters(parameters: list[Parameter]) -> Iterator[str]:
    for one in parameters:
        yield from (".TP", f".B {_roff(one.written)}", _roff(one.help or "\u00a0"))


def _roff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "'").replace("\u00a0", "\\ ")
    return "\\&" + escaped if escaped.startswith((".", "'")) else escaped


def markdown(command: Command) -> Iterator[str]:
    """The lines of the page on commands."""
    yield from ("# Commands", "", command.help, "")
    yield from ("Exit codes: " + ", ".join(f"{code} {said}" for code, said in _EXITS) + ".", "")
    for one in _all(command):
        yield from (f"## {one.name}", "", "```", one.usage, "```", "", one.help.replace("<", "&lt;"), "")
        if one.parameters:
            yield from ("| | |", "| --- | --- |")
            yield from (f"| {_code(p.written)} | {_cell(p.help)} |" for p in one.parameters)
            yield ""
    yield from ("## Environment", "", "| | |", "| --- | --- |")
    yield from (f"| `{name}` | {said} |" for name, said in _VARIABLES)


def _all(command: Command) -> Iterator[Command]:
    for one in command.commands:
        yield one
        yield from _all(one)


def _code(text: str) -> str:
    return "`" + text.replace("|", "\u2758") + "`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _sentence(text: str) -> str:
    first = text.split("\n")[0].rstrip(".")
    return first[:1].lower() + first[1:]


FORMS = {"man": man, "markdown": markdown}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in FORMS:
        sys.exit((__doc__ or "").split("\n\n")[1])
    print("\n".join(FORMS[sys.argv[1]](described())))
