"""A page as Markdown: readable as it is, and what any converter takes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rasd.relations.pages.page import Cited, Item, Page, Section, Table

_MARKUP = re.compile(r"([\\`*_\[\]<>|#])")


def markdown(page: Page) -> str:
    """The page as Markdown, each statement a list item with its source words in a quote under it."""
    blocks = [f"# {_plain(page.title)}", f"*{_plain(page.kind)}* · " + " · ".join(_plain(s) for s in page.subtitle)]
    if page.facts:
        blocks.append("\n".join(f"- **{_plain(label)}:** {_plain(text)}" for label, text in page.facts))
    for section in page.sections:
        blocks += _section(section)
    if page.sources:
        blocks.append(f"## {_plain(page.sources_title)}")
        blocks.append("\n".join(_source(s.number, s.credit, s.url, s.cited) for s in page.sources))
    blocks.append(f"---\n\n*{_plain(page.foot)}*")
    return "\n\n".join(b for b in blocks if b) + "\n"


def _section(section: Section) -> Iterable[str]:
    if section.title:
        yield f"## {_plain(section.title)}"
    facts = [f"{_plain(label)}: {_plain(text)}" if label else _plain(text) for label, text in section.facts]
    if facts:
        yield "\n".join(f"- {fact}" for fact in facts)
    if section.table:
        yield _table(section.table)
    if section.chart:
        yield f"*{_plain(section.chart.caption)}*"
    if section.notes:
        yield "\n".join(f"- {_plain(note)}" for note in section.notes)
    for group in section.groups:
        if group.title:
            yield f"### {_plain(group.title)}"
        yield "\n".join(_item(item) for item in group.items)
        if group.more:
            yield f"*{_plain(group.more)}*"


def _item(item: Item) -> str:
    number = f"`{item.number}` " if item.number else ""
    head = f"**{_plain(item.head)}** " if item.head else ""
    tags = f" · *{' · '.join(_plain(t) for t in item.tags)}*" if item.tags else ""
    refers = f" → {', '.join(f'`{n}`' for n in item.refers)}" if item.refers else ""
    lines = [f"- {number}{head}{_plain(item.text)}{tags}{refers}"]
    lines += [f"  - {_plain(label)}: {_plain(text)}" for label, text in item.details]
    lines += [f"  > {_cited(c)}" if n == 0 else f"  >\n  > {_cited(c)}" for n, c in enumerate(item.cited)]
    return "\n".join(lines)


def _cited(cited: Cited) -> str:
    marked = f"**{_plain(cited.marked)}**" if cited.marked else ""
    before, after = _escaped(cited.before), _escaped(cited.after)
    words = f"«{before}{marked}{after}» " if cited.worded else ""
    return f"{words}— {_credit(cited.credit)} [{cited.number}]"


def _credit(parts: list[str]) -> str:
    """The parts of a credit, each in its own direction (first-strong isolates, which no reader sees)."""
    return ", ".join(f"\u2068{_plain(part)}\u2069" for part in parts)


def _source(number: int, credit: list[str], url: str | None, cited: list[str]) -> str:
    address = f" <{url}>" if url and re.match(r"https?://[^\s<>]+$", url) else ""
    words = " ".join(f"«{_plain(w)}»" for w in cited)
    return f"{number}. {_credit(credit)}{address}" + (f" {words}" if words else "")


def _table(table: Table) -> str:
    rows = [table.head, ["---"] + ["---:"] * (len(table.head) - 1), *table.rows]
    return "\n".join(
        "| " + " | ".join(cell if n == 1 else _plain(cell) for cell in row) + " |" for n, row in enumerate(rows)
    )


def _plain(text: str) -> str:
    return _escaped(text).strip()


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
