"""Near-copies in what has been coded: ``rasd copies``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasd.commands import shell
from rasd.sources.article import source_name

if TYPE_CHECKING:
    from rasd.corpus.copying import Copies


EarlierOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--earlier", metavar="OUTPUT", help="Look for copies of what this earlier run wrote, too; again for another."
    ),
]


def copies(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="What rasd code wrote: records or tables.")],
    earlier: EarlierOption = None,
    workers: Annotated[int, typer.Option(min=1, max=256, help="So many processes side by side.")] = 1,
) -> None:
    """Find near-copies among articles that have been coded, and say beside them what each copies.

    rasd code does so itself when it has finished. One agency's text in several papers is one voice: of tables the
    copies are one more table, of records.jsonl they are in records.copies.jsonl.
    """
    from rasd.corpus.copying import mark_copies

    shell.stop_on_signals()
    say_copies(mark_copies(output, earlier or (), workers=workers))


def say_copies(found: Copies) -> None:
    """A line that says how many near-copies there are, and where."""
    where = f" (see {source_name(str(found.path))})" if found.path is not None else ""
    noun = "near-copy" if found.copies == 1 else "near-copies"
    shell.say(f"{found.copies:,} {noun} among {shell.count(found.articles, 'article')}{where}")


def register(app: typer.Typer) -> None:
    """Put this command on the app."""
    app.command()(copies)
