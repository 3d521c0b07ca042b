"""Asking what a word means: ``rasd when``, ``rasd who``, ``rasd where``."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from rasd.commands import shell
from rasd.commands.shell import LexiconOption, day
from rasd.sources.article import STDIN


def when(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Arabic text; - for standard input.")],
    at: Annotated[
        dt.date | None,
        typer.Option(metavar="DATE", parser=day, help="The day it was written (2016-10-10): what today means."),
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
    content = read_text(text) if text == STDIN else shell.clean(text) or ""
    if not content.strip():
        raise typer.BadParameter("TEXT is empty")
    times = find(content, at=at)
    if json:
        shell.write_json(times)
    elif timex3:
        shell.write(timeml(content, times).encode("utf-8"))
    else:
        from rasd.terminal.times import show_times

        show_times(times, shell.console())


def who(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, an office with its state, or a code.")],
    at: Annotated[
        dt.date | None,
        typer.Option(metavar="DATE", parser=day, help="The day asked for (2010-06-01): who held what then."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print what is known as one line of JSON.")] = False,
    lexicon: LexiconOption = None,
) -> None:
    """Say who or what a name means: offices and terms, codes, other names."""
    content = (shell.clean(name) or "").strip()
    if not content:
        raise typer.BadParameter("NAME is empty")
    reader = shell.reader(lexicon)
    found = reader.who(content, at=at)
    if json:
        shell.write_json(found)
    elif found:
        from rasd.terminal.who import show_known

        show_known(found, shell.console())
    if not found:
        like = reader.directory.like(content)
        shell.say(f"nobody and nothing known as {content}" + (f"; like it: {', '.join(like)}" if like else ""))
        raise typer.Exit(1)


def where(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A place's name, in Arabic or English.")],
    json: Annotated[bool, typer.Option("--json", help="Print the places as one line of JSON.")] = False,
    lexicon: LexiconOption = None,
) -> None:
    """Show the places of a name: where they lie, and which is meant where nothing else tells."""
    wanted = (shell.clean(name) or "").strip()
    try:
        found = shell.reader(lexicon).where(wanted)
    except ValueError as error:
        shell.say(str(error))
        raise typer.Exit(1) from None
    if json:
        shell.write_json(found)
    else:
        from rasd.terminal.places import show_places

        show_places(wanted, found, shell.console())


def register(app: typer.Typer) -> None:
    """Put these commands on the app."""
    app.command()(when)
    app.command()(who)
    app.command()(where)
