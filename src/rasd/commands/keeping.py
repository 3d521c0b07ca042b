"""The database: ``rasd add``, ``list``, ``show``, ``search``, ``remove``, ``reread``."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from rasd.commands import shell
from rasd.commands.shell import LexiconOption, day
from rasd.errors import RasdError
from rasd.sources.article import Article

if TYPE_CHECKING:
    from rasd.relations.adding import Outcome
    from rasd.store import Store
    from rasd.store.articles import Choice

# Of the articles set aside so many are shown.
_SHOWN = 20

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--db", metavar="DATABASE",
        help="A file, or the URL of a PostgreSQL database; else $RASD_DB, else a file in your data folder.",
    ),
]  # fmt: skip
FromOption = Annotated[
    dt.date | None, typer.Option("--from", metavar="DATE", parser=day, help="Published on this day or later.")
]
ToOption = Annotated[
    dt.date | None, typer.Option("--to", metavar="DATE", parser=day, help="Published on this day or earlier.")
]
SourceOption = Annotated[str | None, typer.Option(help="Of this paper, agency or site.")]
ActorOption = Annotated[
    list[str] | None, typer.Option(metavar="CODE", help="That name this power (RUS); give it again for another.")
]
LimitOption = Annotated[int, typer.Option(min=1, help="So many at most.")]
IdsArgument = Annotated[
    list[str], typer.Argument(metavar="ID...", help="Articles: their numbers as listed, their own ids, or URLs.")
]


def open_store(database: str | None, *, create: bool = False) -> Store:
    """The database that ``--db`` names, or the user's own."""
    from rasd.store import Store

    return Store(shell.clean(database), create=create)


def add(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Articles in any form: files, folders, patterns, archives, addresses of pages, feeds and sitemaps; - "
            "for standard input.",
        ),
    ],
    db: DatabaseOption = None,
    columns: shell.ColumnsOption = None,
    published: Annotated[
        dt.date | None,
        typer.Option(metavar="DATE", parser=day, help="Day of publication of articles that do not say theirs."),
    ] = None,
    source: Annotated[str | None, typer.Option(help="Where articles come from that do not say it.")] = None,
    lexicon: LexiconOption = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print a line of JSON for each article, once it is kept.")
    ] = False,
) -> None:
    """Read articles into the database.

    An article that is there and has not changed is passed over; one that changed is read again, and what it was is
    kept as its history. Text, web pages, PDF, Word, JSON, CSV, Parquet and crawls are read, and archives of them. What
    cannot be read, or is not Arabic, is set aside with the reason, and the rest goes on.
    """
    from rasd.relations.adding import ASIDE
    from rasd.relations.adding import add as add_articles
    from rasd.sources.columns import Columns
    from rasd.sources.gathering import gather
    from rasd.terminal.keeping import adding_progress

    shell.stop_on_signals()
    defaults = Article("", source=shell.clean(source), published=published)
    found = gather(paths, defaults=defaults, columns=Columns.parsed(shell.clean(columns)))
    aside = 0

    def tell(outcome: Outcome) -> None:
        nonlocal aside
        if outcome.outcome == ASIDE:
            aside += 1
            if aside <= _SHOWN:
                shell.say(f"{outcome.origin}: {outcome.reason}")
        if json:
            shell.write_json(outcome)
        if progress is not None:
            progress(outcome)

    with open_store(db, create=True) as store, adding_progress() as progress:
        reader = shell.reader(lexicon)
        added = add_articles(store, reader, found, on_outcome=tell)
    parts = [f"{shell.count(added.added, 'article')} added"]
    parts += [f"{n:,} {word}" for n, word in ((added.changed, "changed"), (added.same, "known already")) if n]
    parts += [f"{added.aside:,} set aside"] if added.aside else []
    shell.say(f"{', '.join(parts)}; {shell.count(added.events, 'event')}, {added.seconds:.1f} s ({store.name})")
    if added.aside and not added.added + added.changed + added.same:
        raise typer.Exit(1)


def list_articles(
    db: DatabaseOption = None,
    source: SourceOption = None,
    begin: FromOption = None,
    end: ToOption = None,
    actor: ActorOption = None,
    limit: LimitOption = 50,
    json: Annotated[bool, typer.Option("--json", help="Print a line of JSON for each article.")] = False,
) -> None:
    """List the articles of the database, the latest first."""
    from rasd.terminal.keeping import show_list

    choice = _choice(source, begin, end, actor)
    with open_store(db) as store:
        found = store.list(choice, limit=limit)
        if json:
            for listed in found:
                shell.write_json(listed)
        else:
            show_list(found, store.count(choice), shell.console())


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="An article's number as listed, its own id, or its URL.")],
    db: DatabaseOption = None,
    version: Annotated[int | None, typer.Option(min=1, help="As it was before it changed: version 1, 2, ...")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print its record as one line of JSON.")] = False,
) -> None:
    """Show an article of the database with all that was read in it, its history, and its copies."""
    from rasd.terminal.keeping import show_kept

    with open_store(db) as store:
        kept = store.show(store.key(shell.clean(id) or ""), version=version)
    if json:
        shell.write(kept.record.to_json() + b"\n")
    else:
        show_kept(kept, shell.console())


def search(
    query: Annotated[
        str,
        typer.Argument(
            metavar="QUERY", help='Words, Arabic or English; "a phrase", begin*, -without, this OR that (هذا أو ذاك).'
        ),
    ],
    db: DatabaseOption = None,
    source: SourceOption = None,
    begin: FromOption = None,
    end: ToOption = None,
    actor: ActorOption = None,
    limit: LimitOption = 10,
    json: Annotated[bool, typer.Option("--json", help="Print a line of JSON for each article found.")] = False,
) -> None:
    """Search the articles of the database: the best first, with the words found in them."""
    from rasd.terminal.keeping import show_hits

    with open_store(db) as store:
        found = store.search(shell.clean(query) or "", _choice(source, begin, end, actor), limit=limit)
    if json:
        for hit in found.hits:
            shell.write_json(hit)
    else:
        show_hits(found, shell.console())
    if not found.hits:
        shell.say("nothing found")
        raise typer.Exit(1)


def remove(ids: IdsArgument, db: DatabaseOption = None) -> None:
    """Remove articles from the database with their history: all that are named, or none."""
    from rasd.relations.adding import remove as remove_articles

    with open_store(db) as store:
        keys = list(dict.fromkeys(store.key(shell.clean(id) or "") for id in ids))
        remove_articles(store, keys)
    shell.say(f"{shell.count(len(keys), 'article')} removed")


def reread(
    db: DatabaseOption = None,
    lexicon: LexiconOption = None,
    every: Annotated[bool, typer.Option("--all", help="Every article, whatever read it.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print a line of JSON for each article that changed.")] = False,
) -> None:
    """Read articles of the database again after Rasd or your knowledge files changed, and say what came of it."""
    from rasd.relations.rereading import Changes
    from rasd.relations.rereading import reread as read_again
    from rasd.terminal.keeping import show_changes

    shell.stop_on_signals()
    console = shell.console()

    def tell(changes: Changes) -> None:
        if json:
            shell.write_json(changes)
        else:
            show_changes(changes, console)

    with open_store(db) as store:
        done = read_again(store, shell.reader(lexicon), every=every, keep=not dry_run, on_changes=tell)
    failed = f", {done.failed:,} could not be read" if done.failed else ""
    dry = " (nothing was written)" if dry_run else ""
    shell.say(
        f"{shell.count(done.articles, 'article')} read again, {done.changed:,} with changes: {done.gone:,} events "
        f"gone, {done.new:,} new, {done.altered:,} altered{failed}; {done.seconds:.1f} s{dry}"
    )


def _choice(source: str | None, begin: dt.date | None, end: dt.date | None, actors: list[str] | None) -> Choice:
    from rasd.store.articles import Choice

    if begin is not None and end is not None and begin > end:
        raise RasdError("--from is later than --to")
    return Choice(
        shell.clean(source), begin.isoformat() if begin else None, end.isoformat() if end else None,
        [(shell.clean(actor) or "").upper() for actor in actors or ()],
    )  # fmt: skip


def register(app: typer.Typer) -> None:
    """Put these commands on the app."""
    app.command()(add)
    app.command("list")(list_articles)
    app.command()(show)
    app.command()(search)
    app.command()(remove)
    app.command()(reread)
