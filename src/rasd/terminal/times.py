"""The times of a text as a table for people."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rasd.record import Time
from rasd.terminal.printing import print_bare
from rasd.terminal.wording import plain

_NONE = "No times were found in this text."


def show_times(times: Sequence[Time], console: Console) -> None:
    """Print one row a time: its words, type, value, first and last day, and what qualifies it."""
    if not times:
        console.print(_NONE)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("type", "value", "from", "to", "", "text"):
        table.add_column(heading, overflow="fold")
    for time in times:
        notes = [word for word in ((time.mod or "").lower().replace("_", " "), time.zone) if word]
        cells = (time.type, time.value or "?", time.begin or "", time.end_date or "", ", ".join(notes), time.text)
        table.add_row(*(Text(plain(cell)) for cell in cells))
    print_bare(table, console)
