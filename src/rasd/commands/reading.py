"""Reading one article: ``rasd read`` and ``rasd explain``."""

from __future__ import annotations

from typing import Annotated

import typer

from rasd.commands import shell
from rasd.commands.shell import CarefulOption, FileArgument, LexiconOption, PublishedOption


def read(
    file: FileArgument,
    json: Annotated[bool, typer.Option("--json", help="Print the record as one line of JSON.")] = False,
    published: PublishedOption = None,
    lexicon: LexiconOption = None,
    careful: CarefulOption = False,
    title: Annotated[str | None, typer.Option(help="The headline.")] = None,
    source: Annotated[str | None, typer.Option(help="The paper, agency or site it comes from.")] = None,
) -> None:
    """Read one article and show its record: a page for people, or --json for programs."""
    from rasd.sources.files import read_text

    text = read_text(file)
    record = shell.reader(lexicon, careful=careful).read(
        text, published=published, title=shell.clean(title), source=shell.clean(source)
    )
    if json:
        shell.write(record.to_json() + b"\n")
    else:
        from rasd.terminal.view import show

        show(record, shell.console())


def explain(
    file: FileArgument,
    json: Annotated[bool, typer.Option("--json", help="Print the explanation as one line of JSON.")] = False,
    published: PublishedOption = None,
    lexicon: LexiconOption = None,
    careful: CarefulOption = False,
) -> None:
    """Show sentence by sentence what was seen in an article, and why, and why not."""
    from rasd.sources.files import read_text

    explanation = shell.reader(lexicon, careful=careful).explain(read_text(file), published=published)
    if json:
        shell.write(explanation.to_json() + b"\n")
    else:
        from rasd.terminal.explain import show_explanation

        show_explanation(explanation, shell.console())


def register(app: typer.Typer) -> None:
    """Put these commands on the app."""
    app.command()(read)
    app.command()(explain)
