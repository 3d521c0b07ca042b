"""What people said of events, taken out of the database: ``rasd gold export``, ``rasd accuracy``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rasd.commands import shell
from rasd.commands.keeping import DatabaseOption, open_store

gold = typer.Typer(no_args_is_help=True, help="Reviews of events as gold, to score readings by.")


@gold.command()
def export(
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="The folder to write, new or empty.", show_default=False),
    ],
    partly: Annotated[
        bool, typer.Option("--partly", help="Also articles of which only some events were reviewed, with those.")
    ] = False,
    read_through: Annotated[
        bool, typer.Option("--read-through", help="Only articles that a person read from end to end.")
    ] = False,
    db: DatabaseOption = None,
) -> None:
    """Write the events of reviewed articles as gold: a JSON file for each article, their texts in articles.jsonl.

    Only articles in which every event was reviewed are written. How much Rasd misses shows fairly in those alone that
    a person read from end to end. DIR appears complete, or not at all.
    """
    from rasd.reviews.gold import export as write

    with open_store(db) as store, store.reading() as ledger:
        made = write(ledger, output, partly=partly, read_through=read_through)
    said = [f"{shell.count(made.articles, 'article')} ({made.read_through:,} read through)",
            shell.count(made.events, "event")]  # fmt: skip
    if made.partly:
        said.append(f"{shell.count(made.partly, 'article')} reviewed in part left out")
    if made.lost:
        said.append(f"{shell.count(made.lost, 'review')} of words that are gone")
    shell.say(", ".join(said))


def accuracy(
    db: DatabaseOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as one line of JSON.")] = False,
) -> None:
    """Say how right Rasd has been, by the events that people reviewed: by type and by source, and how sure that is."""
    from rasd.reviews.accuracy import accuracy as figures
    from rasd.reviews.accuracy import plain
    from rasd.terminal.reviews import show_accuracy

    with open_store(db) as store, store.reading() as ledger:
        found = figures(ledger)
    if json:
        shell.write_json(plain(found))
    else:
        show_accuracy(found, shell.console())


def register(app: typer.Typer) -> None:
    """Put these commands on the app."""
    app.add_typer(gold, name="gold")
    app.command()(accuracy)
