"""What many articles say, put together: ``rasd dossier``, ``rasd actor``, ``rasd affair``, ``rasd agenda``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rasd.commands import shell
from rasd.commands.keeping import DatabaseOption, open_store
from rasd.sources.article import SourceError, os_reason, source_name

if TYPE_CHECKING:
    from rasd.chronicle import Chronicle
    from rasd.lexicon import KnowledgeFiles
    from rasd.relations.course import Step
    from rasd.relations.dossier import Asked, Dossier
    from rasd.relations.dyad import Party
    from rasd.relations.naming import CodeNames
    from rasd.relations.pages.page import Page

Form = Literal["text", "md", "html", "json"]
_FORMS: dict[str, Form] = {".html": "html", ".htm": "html", ".md": "md", ".json": "json", ".txt": "text"}
_SHOWN_BAD = 20


def _as_of(text: str) -> dt.date:
    return dt.date.today() if text.strip().lower() == "today" else shell.day(text)


def _one_of(*choices: str) -> Callable[[str], str]:
    def choose(text: str) -> str:
        if text not in choices:
            raise typer.BadParameter(f"choose one of {', '.join(choices)}")
        return text

    return choose


_Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE]...",
        help="Files to take instead of the database: texts, JSON Lines of articles or of records, folders.",
    ),
]
_From = Annotated[
    dt.date | None, typer.Option("--from", metavar="DATE", parser=shell.day, help="Only events from this day on.")
]
_To = Annotated[
    dt.date | None, typer.Option("--to", metavar="DATE", parser=shell.day, help="Only events up to this day.")
]
_AsOf = Annotated[
    dt.date | None,
    typer.Option(metavar="DATE", parser=_as_of, help="The day that what is due is asked for; else the latest read."),
]
_By = Annotated[
    str | None,
    typer.Option(metavar="STEP", parser=_one_of("day", "week", "month"), help="day, week or month; else what fits."),
]
_Least = Annotated[
    float, typer.Option(metavar="P", min=0.0, max=1.0, help="Leave out events of less confidence (0.6).")
]
_Form = Annotated[
    str | None,
    typer.Option("--format", "-f", metavar="FORM", parser=_one_of("text", "md", "html", "json"),
                 help="text, md, html or json; else by the name of the file."),
]  # fmt: skip
_Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write; else standard output.")
]
_Language = Annotated[str, typer.Option("--lang", metavar="LANG", parser=_one_of("en", "ar"), help="en or ar.")]


def dossier(
    first: Annotated[str, typer.Argument(metavar="FIRST", help="A power: its code (RUS, SYR/OPP) or its name.")],
    second: Annotated[str, typer.Argument(metavar="SECOND", help="The other.")],
    files: _Files = None,
    begin: _From = None,
    end: _To = None,
    as_of: _AsOf = None,
    by: _By = None,
    least: _Least = 0.0,
    form: _Form = None,
    output: _Output = None,
    language: _Language = "en",
    published: shell.PublishedOption = None,
    db: DatabaseOption = None,
    lexicon: shell.LexiconOption = None,
) -> None:
    """Show all that is known of a relationship: its course, agenda and ledger, each line with its words."""
    from rasd.relations.dossier import pair

    knowledge, names = _knowledge(lexicon)
    sides = _power(names, first, lexicon), _power(names, second, lexicon)
    with _chronicle(files, db, published, lexicon) as chronicle:
        made = pair(chronicle, *sides, _asked(begin, end, as_of, by, least), knowledge)
        if not made.lines and not made.periods and not made.ledger.topics:
            shell.say(f"nothing is told of {sides[0].code} and {sides[1].code}")
            raise typer.Exit(1)
        _show(made, form, output, language, knowledge)


def actor(
    name: Annotated[str, typer.Argument(metavar="ACTOR", help="A power: its code (HTI, SYR/OPP) or its name.")],
    files: _Files = None,
    begin: _From = None,
    end: _To = None,
    as_of: _AsOf = None,
    by: _By = None,
    least: _Least = 0.0,
    form: _Form = None,
    output: _Output = None,
    language: _Language = "en",
    published: shell.PublishedOption = None,
    db: DatabaseOption = None,
    lexicon: shell.LexiconOption = None,
) -> None:
    """Show all that is known of one power: what it did, what was done to it, what is due, whom it deals with."""
    from rasd.relations.dossier import actor as of_actor

    knowledge, names = _knowledge(lexicon)
    party = _power(names, name, lexicon)
    with _chronicle(files, db, published, lexicon) as chronicle:
        made = of_actor(chronicle, party, _asked(begin, end, as_of, by, least), knowledge)
        if not made.lines:
            shell.say(f"nothing is told of {party.code}")
            raise typer.Exit(1)
        _show(made, form, output, language, knowledge)


def affair(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name or a part of it, in Arabic or English.")],
    files: _Files = None,
    begin: _From = None,
    end: _To = None,
    as_of: _AsOf = None,
    by: _By = None,
    least: _Least = 0.0,
    form: _Form = None,
    output: _Output = None,
    language: _Language = "en",
    published: shell.PublishedOption = None,
    db: DatabaseOption = None,
    lexicon: shell.LexiconOption = None,
) -> None:
    """Show all that is known of a project, an agreement, an issue, a goal or a gathering."""
    from rasd.relations.dossier import affair as of_affair

    wanted = (shell.clean(name) or "").strip()
    if not wanted:
        raise typer.BadParameter("NAME is empty")
    knowledge, _ = _knowledge(lexicon)
    with _chronicle(files, db, published, lexicon) as chronicle:
        made = of_affair(chronicle, wanted, _asked(begin, end, as_of, by, least), knowledge)
        _show(made, form, output, language, knowledge)


def agenda(
    files: _Files = None,
    of: Annotated[
        list[str] | None, typer.Option("--of", metavar="ACTOR", help="Only with this power; again for another.")
    ] = None,
    days: Annotated[int, typer.Option(metavar="N", min=0, help="So many days ahead, and back.")] = 30,
    as_of: _AsOf = None,
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="FILE", help="Write what is due as a calendar as well.")
    ] = None,
    form: _Form = None,
    output: _Output = None,
    language: _Language = "en",
    published: shell.PublishedOption = None,
    db: DatabaseOption = None,
    lexicon: shell.LexiconOption = None,
) -> None:
    """Show what is due, what should have happened, what was called off.

    The day is the latest of which anything was read; --as-of today asks the clock.
    """
    from rasd.relations.dossier import due
    from rasd.relations.pages.compose import agenda_page

    knowledge, names = _knowledge(lexicon)
    parties = [_power(names, name, lexicon) for name in of or ()]
    with _chronicle(files, db, published, lexicon) as chronicle:
        made = due(chronicle, parties, _asked(None, None, as_of, None, 0.0), knowledge, days)
        if ics is not None:
            _write(ics, _calendar(made, chronicle, language))
        page = agenda_page(made, "ar" if language == "ar" else "en", knowledge, days)
        _put(made.agenda, page, form, output)


def _calendar(made: Dossier, chronicle: Chronicle, language: str) -> bytes:
    """What is due and has a day, as iCalendar."""
    from io import BytesIO

    from rasd.exchange import Tally, Told
    from rasd.exchange.ics import write

    due = [item.occurrence for item in made.agenda.due]
    reports = chronicle.reports([r for o in due for r in o.reports])
    out = BytesIO()
    write((Told(o, [reports[r] for r in o.reports]) for o in due), out, Tally(), "ar" if language == "ar" else "en")
    return out.getvalue()


def _knowledge(lexicon: Path | None) -> tuple[KnowledgeFiles, CodeNames]:
    from rasd.lexicon import KnowledgeFiles
    from rasd.relations.naming import CodeNames

    files = KnowledgeFiles(lexicon)
    return files, CodeNames(files)


def _power(names: CodeNames, text: str, lexicon: Path | None) -> Party:
    """The power that a code or name means: by the knowledge files, else as `rasd who` finds it."""
    from rasd.relations.dyad import Party

    wanted = (shell.clean(text) or "").strip()
    party = names.find(wanted)
    if party is not None:
        return party
    reader = shell.reader(lexicon)
    found = next((known.code for known in reader.who(wanted) if known.code), None) if wanted else None
    if found is None:
        like = reader.directory.like(wanted) if wanted else []
        raise typer.BadParameter(f"no power is known as '{wanted}'" + (f"; like it: {', '.join(like)}" if like else ""))
    return Party(found.removesuffix("/GOV"))


def _asked(begin: dt.date | None, end: dt.date | None, as_of: dt.date | None, by: str | None, least: float) -> Asked:
    from rasd.relations.dossier import Asked

    if begin and end and begin > end:
        raise typer.BadParameter("--from lies after --to")
    step: Step | None = by  # type: ignore[assignment]
    return Asked(begin, end, as_of, step, least)


@contextmanager
def _chronicle(
    files: list[str] | None, db: str | None, published: dt.date | None, lexicon: Path | None
) -> Generator[Chronicle]:
    """What is asked: the files named, else the database, as of one moment."""
    if not files:
        with open_store(db) as store, store.reading() as ledger:
            yield ledger
        return
    if db is not None:
        raise typer.BadParameter("name files or a database, not both")
    from functools import cache

    from rasd.relations.from_files import remembered

    yield remembered(files, cache(lambda: shell.reader(lexicon)), published=published, on_bad=_Aside())


class _Aside:
    """Says the first lines that are set aside."""

    def __init__(self) -> None:
        self._shown = 0

    def __call__(self, name: str, bad: object) -> None:
        self._shown += 1
        if self._shown <= _SHOWN_BAD:
            line = getattr(bad, "line", 0)
            shell.say(f"{name}{f', line {line}' if line else ''}: {getattr(bad, 'reason', '')}")


def _show(made: Dossier, form: str | None, output: Path | None, language: str, knowledge: KnowledgeFiles) -> None:
    from rasd.relations.pages.compose import page

    _put(made, page(made, "ar" if language == "ar" else "en", knowledge), form, output)


def _put(value: object, page: Page, form: str | None, output: Path | None) -> None:
    """The page in the form that is wanted, or the value itself as JSON."""
    chosen = form or (_FORMS.get(output.suffix.lower(), "text") if output is not None else "text")
    if chosen == "text" and output is None:
        from rasd.terminal.dossier import show_page

        show_page(page, shell.console())
        return
    data = _rendered(value, page, chosen)
    if output is None:
        shell.write(data)
    else:
        _write(output, data)


def _rendered(value: object, page: Page, form: str) -> bytes:
    if form == "json":
        import msgspec

        return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
    if form == "html":
        from rasd.relations.pages.html import html

        return html(page).encode("utf-8")
    if form == "md":
        from rasd.relations.pages.markdown import markdown

        return markdown(page).encode("utf-8")
    from rasd.terminal.dossier import plain_page

    return plain_page(page).encode("utf-8")


def _write(path: Path, data: bytes) -> None:
    """Write a file whole, or not at all."""
    from rasd.corpus.placing import PlacedFile

    try:
        file = PlacedFile(path)
        try:
            file.write(data)
            file.finish()
            file.place()
        finally:
            file.discard()
    except OSError as error:
        raise SourceError(source_name(str(path)), os_reason(error)) from error


def register(app: typer.Typer) -> None:
    """Put these commands on the app."""
    for command in (dossier, actor, affair, agenda):
        app.command()(command)
