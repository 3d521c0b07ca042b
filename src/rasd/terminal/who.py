"""What the registry knows by a name, as a page for people."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rasd.who.directory import Known, Term

_SHOWN = 40
_NAMES = 25


def show_known(found: list[Known], console: Console) -> None:
    """Print each that a name can mean: who or what, code, other names, offices and terms."""
    for n, one in enumerate(found):
        if n:
            console.print()
        head = Text.assemble((one.en, "bold"), f"  {one.ar}  ", (f"{one.kind}  {one.code or ''}", "dim"))
        console.print(head)
        table = Table(show_header=False, box=None, pad_edge=False)
        table.add_column(style="dim", no_wrap=True)
        table.add_column()
        rows = [
            ("names", _listed(one.names)),
            ("adjectives", "، ".join(one.adjectives)),
            ("stands for it", "، ".join(one.stands_for)),
            ("years", _stretch(one.since, one.until) if one.since or one.until else ""),
            ("wikidata", one.wikidata or ""),
            ("note", one.note or ""),
        ]
        for label, value in rows:
            if value:
                table.add_row(label, value)
        for at, term in enumerate(one.terms[:_SHOWN]):
            table.add_row("offices" if not at else "", _line(term, one))
        if len(one.terms) > _SHOWN:
            table.add_row("", f"and {len(one.terms) - _SHOWN} more (--json shows all)")
        console.print(table)


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _NAMES} more (--json shows all)" if len(names) > _NAMES else ""
    return "، ".join(names[:_NAMES]) + more


def _line(term: Term, one: Known) -> str:
    holder = "" if one.kind == "person" else f": {term.holder}"
    owner = f", {term.of}" if term.of and term.of != one.en else ""
    return f"{_stretch(term.since, term.until)}  {term.office}{owner}{holder}"


def _stretch(since: str | None, until: str | None) -> str:
    return f"{since or '?'} to {until}" if until else f"since {since}" if since else "dates not listed"
