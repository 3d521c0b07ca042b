"""How right Rasd has been, as a page for people."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rasd.reviews.accuracy import Accuracy, Figures, Share
from rasd.terminal.printing import print_bare
from rasd.terminal.wording import plain


def show_accuracy(found: Accuracy, console: Console) -> None:
    """Print the figures: of events drawn by lot, which stand for all, and of all that were reviewed."""
    if not found.all.reviewed:
        console.print("No event has been reviewed.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("", no_wrap=True)
    for heading in ("reviewed", "is an event of its type", "by lot", "right in every field"):
        table.add_column(heading, justify="right", no_wrap=True)
    rows = [("all", found.all, found.lot)]
    rows += [(a.key or "?", a, b) for a, b in found.by_type]
    rows += [(f"from {a.key or '?'}", a, b) for a, b in found.by_source]
    for name, whole, lot in rows:
        table.add_row(Text(plain(name)), str(whole.reviewed), said(whole.events), said(lot.events), said(whole.whole))
    print_bare(table, console)
    console.print(f"Of events that are there: {_fields(found.all)}.", soft_wrap=True)
    if found.read_through:
        articles = f"{found.read_through:,} article{'' if found.read_through == 1 else 's'}"
        console.print(f"Found of what {articles} read through tell: {said(found.found)}.", soft_wrap=True)
    console.print(
        "Intervals hold the truth 19 times in 20. Events picked because they are doubtful pull the figures down; "
        "those drawn by lot stand for all.", soft_wrap=True,
    )  # fmt: skip


def said(share: Share) -> str:
    """A share with its interval and count: ``91% (82-96) of 70``."""
    if share.share is None or share.low is None or share.high is None:
        return "-"
    return f"{share.share:.0%} ({share.low * 100:.0f}-{share.high * 100:.0f}) of {share.of:,}"


def _fields(figures: Figures) -> str:
    return ", ".join(f"{name} right {said(share)}" for name, share in figures.fields.items())
