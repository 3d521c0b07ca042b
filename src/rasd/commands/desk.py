"""The desk: ``rasd desk``."""

from __future__ import annotations

from typing import Annotated

import typer

from rasd.commands import shell
from rasd.commands.keeping import DatabaseOption


def desk(
    db: DatabaseOption = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to serve on.")] = 8765,
    lexicon: shell.LexiconOption = None,
) -> None:
    """Serve web pages to read the record on, for this machine alone; a sample where there is no database yet."""
    from rasd.desk.serving import serve
    from rasd.desk.settings import Settings

    settings = Settings(shell.clean(db), lexicon, port=port)
    serve(settings, lambda address: shell.say(f"the desk is at {address} (Ctrl-C ends it)"))


def register(app: typer.Typer) -> None:
    """Put these commands on the app."""
    app.command()(desk)
