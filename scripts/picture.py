"""Make ``docs/picture.svg``: what ``rasd read`` shows of the sample article.

    python scripts/picture.py [--lines 48]

Rich draws each stretch of one style at a place of its own, which puts Arabic of several styles in
the wrong order. Here the stretches of an Arabic line become one text, written from right to left.
"""

from __future__ import annotations

import argparse
import io
import pathlib
import re

from rich.console import Console
from rich.text import Text

from rasd import read
from rasd.terminal import show

ROOT = pathlib.Path(__file__).resolve().parent.parent
PUBLISHED = "2024-05-14"
WIDTH = 96

_STRETCH = re.compile(r'<text class="(\S+)" x="(\S+)" y="(\S+)" textLength="(\S+)" clip-path="\S+">([^<]*)</text>')
_ARABIC = re.compile("[\u0600-\u06ff]")
_BLANK = re.compile("(?:&#160;|\\s)*")
# The fonts of Rich's frame come from another host; a picture in a repository fetches nothing.
_FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def page(lines: int) -> str:
    """The top of the page as SVG, as Rich draws it."""
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, highlight=False, emoji=False,
        markup=False, color_system="truecolor", legacy_windows=False,
    )  # fmt: skip
    article = ROOT / "examples" / "summit.txt"
    show(read(article.read_text(encoding="utf-8"), published=PUBLISHED), console)
    whole = console.export_text(styles=True).splitlines()
    # Cut between two events, where a line is blank.
    end = next((n for n in range(min(lines, len(whole)), 0, -1) if n == len(whole) or not _plain(whole[n - 1])), lines)
    shown = whole[:end]
    picture = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for line in shown:
        picture.print(Text.from_ansi(line), soft_wrap=True)
    return picture.export_svg(title=f"rasd read examples/summit.txt --published {PUBLISHED}", unique_id="rasd")


def _plain(line: str) -> str:
    return Text.from_ansi(line).plain.strip()


def right_to_left(svg: str) -> str:
    """The SVG with each line's Arabic as one text in reading order."""
    rows: dict[str, list[re.Match[str]]] = {}
    for stretch in _STRETCH.finditer(svg):
        rows.setdefault(stretch[3], []).append(stretch)
    for row in rows.values():
        arabic = [at for at, stretch in enumerate(row) if _ARABIC.search(stretch[5])]
        if not arabic:
            continue
        run = [stretch for stretch in row[arabic[0] :] if stretch[5].strip()]
        first = run[0]
        blanks = _BLANK.match(first[5])
        indent = blanks[0].count("&#160;") if blanks else 0
        letters = len(first[5].replace("&#160;", " "))
        x = float(first[2]) + float(first[4]) / letters * indent
        # Blanks at the ends would shift a line that is written from the right.
        texts = [stretch[5] for stretch in run]
        texts[0] = texts[0].removeprefix("&#160;" * indent)
        texts[-1] = re.sub("(?:&#160;)+$", "", texts[-1])
        spans = "".join(f'<tspan class="{s[1]}">{text}</tspan>' for s, text in zip(run, texts, strict=True))
        # An isolate, not `direction`, which draws from the right edge and which some viewers leave out.
        whole = f'<text x="{x:g}" y="{first[3]}">&#x2067;{spans}&#x2069;</text>'
        start, end = first[0], [s[0] for s in run[1:]]
        svg = svg.replace(start, whole, 1)
        for other in end:
            svg = svg.replace(other, "", 1)
    return svg


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=48, help="how much of the page is drawn")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "docs" / "picture.svg")
    options = parser.parse_args()
    svg = _FONT_FACE.sub("", right_to_left(page(options.lines)))
    options.out.parent.mkdir(exist_ok=True)
    options.out.write_text(
        svg.replace("Fira Code, monospace", "monospace").replace("arial", "sans-serif"), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
