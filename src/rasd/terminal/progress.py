"""How far the coding of a corpus is: a bar on standard error, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rasd.corpus.coding import CodingSummary, Progress

# Redrawn so often; more costs time and shows nothing.
_EVERY = 0.1


@contextmanager
def coding_progress(size: int) -> Generator[Progress | None]:
    """A function to call after each article, or ``None`` where nobody watches.

    ``size`` is the input's in bytes, 0 where it is not known.
    """
    if sys.stderr is None or not sys.stderr.isatty():  # pyright: ignore[reportUnnecessaryComparison]
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    bar = Progress(
        SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True,
    )  # fmt: skip
    with bar:
        task = bar.add_task("", total=size or None)
        last = -1.0

        def show(summary: CodingSummary, position: int) -> None:
            nonlocal last
            if summary.seconds - last < _EVERY:
                return
            last = summary.seconds
            aside = f"  {summary.rejects:,} set aside" if summary.rejects else ""
            done = f"{summary.articles:,} articles  {summary.events:,} events"
            text = f"{done}{aside}  {summary.words_per_second:,.0f} words/s"
            bar.update(task, completed=position, description=text)

        yield show
