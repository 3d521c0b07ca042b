"""A page on a relationship, or an agenda, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from rasd.relations.pages.page import Chart, Cited, Item, Page, Section
from rasd.terminal.printing import print_page

_MAX_WIDTH = 110
_PLAIN_WIDTH = 100
_BLOCKS = " ▁▂▃▄▅▆▇█"
# More bars than fit are not drawn; the table or the turns tell.
_ROOM = 30


def show_page(page: Page, console: Console) -> None:
    """Print a page; width, colour and encoding are those of ``console``."""
    print_page(_parts(page, console.is_terminal), console, _MAX_WIDTH)


def plain_page(page: Page) -> str:
    """The page as plain text, a hundred letters wide."""
    output = StringIO()
    show_page(page, Console(file=output, width=_PLAIN_WIDTH, highlight=False, emoji=False, markup=False))
    return output.getvalue()


def _parts(page: Page, live: bool) -> Iterable[RenderableType]:
    yield _line(page.kind, "dim")
    yield _line(page.title, "bold")
    yield _line(" · ".join(page.subtitle), "dim")
    if page.facts:
        yield ""
        yield from (_labelled(label, text) for label, text in page.facts)
    for section in page.sections:
        yield from _section(section, live)
    if page.sources:
        yield _heading(page.sources_title)
        for source in page.sources:
            words = "".join(f" «{w}»" for w in source.cited)
            yield _line(f"[{source.number}] {_credit(source.credit, live)}{words}")
            if source.url:
                yield Padding(_line(source.url, "dim"), (0, 0, 0, 4))
    yield ""
    yield _line(page.foot, "dim")


def _section(section: Section, live: bool) -> Iterable[RenderableType]:
    yield _heading(section.title) if section.title else ""
    for label, text in section.facts:
        yield _labelled(label, text) if label else _line(text)
    if section.chart:
        yield from _drawn(section.chart)
    if section.table:
        yield _table(section.table.head, section.table.rows)
    for note in section.notes:
        yield _line(note, "dim")
    for group in section.groups:
        if group.title:
            yield Padding(_line(group.title, "bold cyan"), (1, 0, 0, 0))
        yield from (_item(item, live) for item in group.items)
        if group.more:
            yield _line(group.more, "dim")


def _item(item: Item, live: bool) -> RenderableType:
    head = Text(overflow="fold")
    if item.number:
        head.append(f"#{item.number} ", "dim")
    if item.head:
        head.append(f"{item.head}  ", "yellow")
    head.append(item.text, "" if item.doubtful else "bold")
    for tag in item.tags:
        head.append(f"  ({tag})", "dim")
    if item.refers:
        head.append(f"  → {' '.join(f'#{n}' for n in item.refers)}", "dim")
    lines: list[RenderableType] = [head]
    lines += [_labelled(label, text) for label, text in item.details]
    for at, cited in enumerate(item.cited):
        if cited.worded:
            lines.append(_quote(cited, live))
        if at + 1 == len(item.cited) or item.cited[at + 1].number != cited.number:
            lines.append(_line(f"— {_credit(cited.credit, live)} [{cited.number}]", "dim"))
    grid = Table.grid()
    grid.add_column(width=2)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row("·", Group(*lines))
    return Padding(grid, (0, 0, 1 if item.cited else 0, 0))


def _quote(cited: Cited, live: bool) -> Text:
    emphasised = (cited.marked, "bold underline not dim") if live else (f"[{cited.marked}]" if cited.marked else "", "")
    return Text.assemble("«", cited.before, emphasised, cited.after, "»", style="dim", overflow="fold")


def _credit(parts: list[str], live: bool) -> str:
    """The parts of a credit; on a terminal each isolated, so that an Arabic headline does not turn the rest."""
    return ", ".join(f"\u2068{part}\u2069" if live else part for part in parts)


def _drawn(chart: Chart) -> Iterable[RenderableType]:
    """Cooperation and conflict as two rows of blocks, where they fit and are more than a table tells."""
    if len(chart.bars) < _ROOM:
        return
    bars = chart.bars[-_MAX_WIDTH + 20 :]
    top = max(max(b.cooperation, -b.conflict) for b in bars) or 1.0
    for name, heights in (
        (chart.legend[0], [b.cooperation for b in bars]),
        (chart.legend[1], [-b.conflict for b in bars]),
    ):
        row = "".join(_BLOCKS[min(8, -(-int(8 * h * 100 / top) // 100))] for h in heights)
        yield Text.assemble((f"{name:<14}", "dim"), row, overflow="crop", no_wrap=True)
    yield _line(f"{bars[0].label} – {bars[-1].label}", "dim")


def _table(head: list[str], rows: list[list[str]]) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for at, name in enumerate(head):
        table.add_column(name, justify="right" if at else "left")
    for row in rows:
        table.add_row(*row)
    return table


def _heading(title: str) -> RenderableType:
    return Padding(Rule(Text(title, style="bold"), align="left", style="dim"), (1, 0, 0, 0))


def _line(text: str, style: str = "") -> Text:
    return Text(text, style=style, overflow="fold")


def _labelled(label: str, text: str) -> Text:
    return Text.assemble((f"{label}: ", "dim"), text, overflow="fold")
