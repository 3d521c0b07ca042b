"""What a database holds, as pages for people: lists, an article with its history, what a search found."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rasd.record import Span
from rasd.store.articles import KeptArticle, Listed
from rasd.store.search import Found, Hit
from rasd.terminal.printing import print_bare
from rasd.terminal.view import show
from rasd.terminal.wording import day, plain

if TYPE_CHECKING:
    from rasd.relations.adding import Outcome
    from rasd.relations.rereading import Changes

# How found words look, and how they are marked where nothing has a look.
_FOUND = "bold reverse"
_MARK = "*"
_HEAD = 70


def show_list(found: Sequence[Listed], all_of_them: int, console: Console) -> None:
    """Print a line for each article, and how many there are where these are not all."""
    if not found:
        console.print("No articles.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("ID", "published", "source"):
        table.add_column(heading, no_wrap=True)
    table.add_column("events", justify="right", no_wrap=True)
    table.add_column("title", overflow="ellipsis", no_wrap=True)
    for listed in found:
        changed = f" (version {listed.versions})" if listed.versions > 1 else ""
        cells = (listed.key, listed.published or "?", listed.source or "", str(listed.events), _title(listed) + changed)
        table.add_row(*(Text(plain(cell)) for cell in cells))
    print_bare(table, console)
    if len(found) < all_of_them:
        console.print(f"{len(found):,} of {all_of_them:,}; --limit shows more.")


def show_kept(kept: KeptArticle, console: Console) -> None:
    """Print what the database knows of an article, then its record as `rasd read` shows it."""
    listed = kept.listed
    known = [f"article {listed.key}", f"added {listed.added[:10]}", f"read by {kept.lexicon}"]
    if listed.id:
        known.insert(1, f"its own id {listed.id}")
    console.print(Text(plain("; ".join(known)), style="dim"), soft_wrap=True)
    if listed.url:
        console.print(Text(plain(listed.url), style="dim"), soft_wrap=True)
    for earlier in kept.earlier:
        title = f": {earlier.title}" if earlier.title else ""
        console.print(
            Text(plain(f"version {earlier.number}, changed by {earlier.replaced[:10]}{title}"), style="dim"),
            soft_wrap=True,
        )
    if kept.copies:
        console.print(Text(f"near-copies: {', '.join(kept.copies)}", style="dim"), soft_wrap=True)
    show(kept.record, console)


def show_hits(found: Found, console: Console) -> None:
    """Print each article that was found on some lines, the words found in it marked."""
    if found.hits and not found.every:
        console.print("No article has all of these words; the following have some.")
    for number, hit in enumerate(found.hits):
        if number:
            console.print()
        _show_hit(hit, console)


def show_changes(changes: Changes, console: Console) -> None:
    """Print what another reading of an article says otherwise: ``-`` gone, ``+`` new, ``~`` altered."""
    console.print(Text(plain(f"{changes.key}  {changes.title or ''}"), style="bold"), soft_wrap=True)
    for event in changes.gone:
        console.print(Text(f"    - {plain(event.gloss.en)}"), soft_wrap=True)
    for event in changes.new:
        console.print(Text(f"    + {plain(event.gloss.en)}"), soft_wrap=True)
    for altered in changes.altered:
        said = f"~ {altered.after.gloss.en} ({', '.join(map(_field, altered.fields))})"
        console.print(Text(f"    {plain(said)}"), soft_wrap=True)
        if altered.before.gloss.en != altered.after.gloss.en:
            console.print(Text(f"      was: {plain(altered.before.gloss.en)}"), soft_wrap=True)


def _field(name: str) -> str:
    return {"actor_codes": "actors", "recipient_codes": "recipients"}.get(name, name)


def _show_hit(hit: Hit, console: Console) -> None:
    listed = hit.article
    where = ", ".join(part for part in (day(listed.published) if listed.published else "", listed.source or "") if part)
    title = listed.title
    head = Text(f"{listed.key}  ", style="bold")
    if title:
        head.append_text(_marked(title, 0, hit.title, console))
    console.print(head, soft_wrap=True)
    if where:
        console.print(Text(plain(f"    {where}"), style="dim"), soft_wrap=True)
    for passage in hit.passages:
        line = Text("    … " if passage.start else "    ")
        line.append_text(_marked(passage.text, passage.start, passage.marks, console))
        console.print(line, soft_wrap=True)
    for told in hit.lines:
        line = Text("    – ")
        line.append_text(_marked(told.text, 0, told.marks, console))
        console.print(line, soft_wrap=True)


def _marked(text: str, start: int, marks: Sequence[Span], console: Console) -> Text:
    """A text with the words that were found in it marked; ``start`` is its place among the marks' offsets."""
    seen = console.is_terminal and not console.no_color
    made = Text()
    at = 0
    for mark in marks:
        made.append(_one_line(text[at : mark.start - start]))
        word = _one_line(text[mark.start - start : mark.end - start])
        made.append(word if seen else f"{_MARK}{word}{_MARK}", style=_FOUND if seen else "")
        at = mark.end - start
    made.append(_one_line(text[at:]))
    return made


def _one_line(text: str) -> str:
    """A text without line breaks and what a terminal would take for commands; a space at an end stays."""
    if not text.strip():
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{plain(text)}{' ' if text[-1].isspace() else ''}"


def _title(listed: Listed) -> str:
    return listed.title or listed.url or listed.id or "(no title)"


@contextmanager
def adding_progress() -> Generator[Callable[[Outcome], None] | None]:
    """A function to call with each outcome, which shows how far the adding is; None where nobody watches."""
    if sys.stderr is None or not sys.stderr.isatty():  # pyright: ignore[reportUnnecessaryComparison]
        yield None
        return
    with Console(stderr=True).status("reading") as status:
        counts: dict[str, int] = {}

        def told(outcome: Outcome) -> None:
            counts[outcome.outcome] = counts.get(outcome.outcome, 0) + 1
            status.update(", ".join(f"{n:,} {word}" for word, n in counts.items()))

        yield told
