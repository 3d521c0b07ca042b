"""Checking a user's knowledge files: ``rasd check-lexicon``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rasd.commands import shell


def check_lexicon(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of your own knowledge files.")],
) -> None:
    """Check a folder of knowledge files: which entry is wrong and why, and what clashes with Rasd's own."""
    from rasd.checking import check_lexicon as check
    from rasd.terminal.findings import show_report

    report = check(folder)
    show_report(report, shell.console())
    if report.faults:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Put these commands on the app."""
    app.command("check-lexicon")(check_lexicon)
