"""How pages and tables go to a console: without blanks that only fill lines where it is a file or a pipe."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.padding import Padding


def print_page(parts: Iterable[RenderableType], console: Console, most: int) -> None:
    """Print the parts of a page, at most ``most`` letters wide; colour and encoding are those of ``console``."""
    body = Padding(Group(*parts), (0, 1))
    width = min(console.width, most)
    if console.is_terminal:
        console.print(body, width=width)
    else:
        print_bare(body, console, width)


def print_bare(body: RenderableType, console: Console, width: int | None = None) -> None:
    """Print what ``body`` shows, each line without the blanks at its end."""
    with console.capture() as captured:
        console.print(body, width=width)
    for line in captured.get().splitlines():
        console.out(line.rstrip(), highlight=False)
