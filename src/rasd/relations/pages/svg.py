"""The course of a relationship as a drawing: bars of cooperation above a line, of conflict below, periods over them.

Drawn by hand rather than through a charting library: the drawing is bars, bands and a few words, comes out the same to
the byte, and costs nothing at start, where Altair and a JavaScript engine took a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from rasd.relations.pages.page import Band, Bar, Chart

# Where a bar leads: the address of a page with its events, or None.
Link = Callable[[Bar], str | None]

_WIDTH, _TOP, _HEIGHT, _FOOT = 760.0, 34.0, 190.0, 26.0
_LEFT, _RIGHT = 34.0, 8.0
_WIDEST = 60.0
# Letters that fit into a band of so many units; shorter bands go unnamed (a title tells them).
_LETTER = 6.2
# A letter of a day under the chart is so wide at the most.
_BROAD = 7.0
_TICKS = 8
# One bar alone is drawn lying, with its numbers: where it begins, how far it may reach, how wide and high all is.
_ALONE, _REACH, _SMALL, _LOW = 76.0, 250.0, 400.0, 92.0


def drawn(chart: Chart, direction: str, link: Link | None = None) -> str:
    """The chart as an SVG element, to stand in a page of that direction. Time runs as the page is read.

    ``link`` says where each bar leads; the whole height over and under it leads there.
    """
    drawing = _Drawing(chart, direction == "rtl", link)
    alone = len(chart.bars) == 1
    total = _LOW if alone else _TOP + _HEIGHT + _FOOT
    body = "".join(drawing.alone(chart.bars[0]) if alone else drawing.parts())
    label = escape(f"{chart.legend[0]} / {chart.legend[1]}")
    # What can be followed is no picture to those who hear the page.
    role = "group" if link else "img"
    kind, width = ("course alone", _SMALL) if alone else ("course", _WIDTH)
    return (
        f'<svg class="{kind}" viewBox="0 0 {width:g} {total:g}" role="{role}" aria-label="{label}" '
        f'xmlns="http://www.w3.org/2000/svg" font-family="inherit" font-size="11">{body}</svg>'
    )


class _Drawing:
    def __init__(self, chart: Chart, mirrored: bool, link: Link | None = None) -> None:
        self._link = link
        self._chart = chart
        self._mirrored = mirrored
        count = max(len(chart.bars), 1)
        up = max((b.cooperation for b in chart.bars), default=0.0)
        down = max((-b.conflict for b in chart.bars), default=0.0)
        # Large sums need room for their numbers.
        self._left = max(_LEFT, 10 + _LETTER * max(len(_signed(up)), len(_signed(-down))))
        room = _WIDTH - self._left - _RIGHT
        self._step = min(room / count, _WIDEST)
        self._up, self._down = up, down
        self._scale = (_HEIGHT - 8) / ((up + down) or 1.0)
        self._zero = _TOP + 4 + up * self._scale

    def parts(self) -> Iterable[str]:
        yield from (self._band(b) for b in self._chart.bands)
        yield self._axis()
        yield from self._bars()
        yield from (self._turn(at) for at in self._chart.turns)
        yield from (self._gap(at) for at in self._chart.gaps)
        yield from self._ticks()

    def _x(self, at: float) -> float:
        """Where the bar with an index begins: from the left, or from the right in a page that runs so."""
        x = self._left + at * self._step
        return _WIDTH - x if self._mirrored else x

    def _span(self, first: float, after: float) -> tuple[float, float]:
        one, two = self._x(first), self._x(after)
        return min(one, two), abs(two - one)

    def _band(self, band: Band) -> str:
        x, width = self._span(band.first, band.last + 1)
        kind = "worse" if band.worse else "better"
        rect = f'<rect class="{kind}" x="{x:.1f}" y="14" width="{width:.1f}" height="{_TOP + _HEIGHT - 14:g}"/>'
        name = escape(band.name)
        title = f"<title>{name}</title>"
        if len(band.name) * _LETTER > width:
            return f"<g>{title}{rect}</g>"
        text = f'<text class="name" x="{x + width / 2:.1f}" y="10" text-anchor="middle">{name}</text>'
        return f"<g>{title}{rect}{text}</g>"

    def _axis(self) -> str:
        x, width = self._span(0, len(self._chart.bars))
        line = f'<line class="axis" x1="{x:.1f}" x2="{x + width:.1f}" y1="{self._zero:.1f}" y2="{self._zero:.1f}"/>'
        edge = self._x(0) + (6 if self._mirrored else -6)
        anchor = "start" if self._mirrored else "end"
        marks = [(self._zero, "0")]
        if self._up:
            marks.append((self._zero - self._up * self._scale, _signed(self._up)))
        if self._down:
            marks.append((self._zero + self._down * self._scale, _signed(-self._down)))
        texts = (
            f'<text x="{edge:.1f}" y="{y + 4:.1f}" text-anchor="{anchor}" direction="ltr">{text}</text>'
            for y, text in marks
        )
        return line + "".join(texts)

    def _bars(self) -> Iterable[str]:
        for at, bar in enumerate(self._chart.bars):
            if not (bar.cooperation or bar.conflict):
                continue
            x, width = self._span(at + 0.12, at + 0.88)
            pale = ' opacity=".45"' if bar.pale else ""
            address, opening, closing = self._opened(bar, pale)
            yield opening
            if address:
                left, whole = self._span(at, at + 1)
                high = _TOP + _HEIGHT - 14
                yield f'<rect class="reach" x="{left:.1f}" y="14" width="{whole:.1f}" height="{high:g}"/>'
            for kind, top, height in (
                ("up", self._zero - bar.cooperation * self._scale, bar.cooperation * self._scale),
                ("down", self._zero, -bar.conflict * self._scale),
            ):
                if height:
                    yield f'<rect class="{kind}" x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"/>'
            yield closing

    def _opened(self, bar: Bar, pale: str) -> tuple[str | None, str, str]:
        """Where a bar leads, and what stands before and behind its shapes."""
        address = self._link(bar) if self._link else None
        name = f"{escape(bar.label)}: +{bar.cooperation:.1f} / {bar.conflict:.1f}"
        group = f"<g{pale}><title>{name}</title>"
        if address is None:
            return None, group, "</g>"
        return address, f'<a href="{escape(address)}" aria-label="{name}">{group}', "</g></a>"

    def alone(self, bar: Bar) -> Iterable[str]:
        """One bar: two lying ones under its day, each with what it is and its sum."""
        scale = _REACH / (max(self._up, self._down) or 1.0)
        way, anchor = ("rtl", "end") if self._mirrored else ("ltr", "start")
        edge = _SMALL - 4 if self._mirrored else 4.0
        address, opening, closing = self._opened(bar, ' opacity=".45"' if bar.pale else "")
        yield opening
        if address:
            yield f'<rect class="reach" x="0" y="0" width="{_SMALL:g}" height="{_LOW:g}"/>'
        yield f'<text class="name" x="{edge:g}" y="16" direction="{way}">{escape(bar.label)}</text>'
        for row, (kind, sum_) in enumerate((("up", bar.cooperation), ("down", bar.conflict))):
            top, long = 30 + row * 30, abs(sum_) * scale
            x = _SMALL - _ALONE - long if self._mirrored else _ALONE
            after = x - 8 if self._mirrored else x + long + 8
            name = escape(self._chart.legend[row])
            yield f'<text x="{edge:g}" y="{top + 15}" direction="{way}">{name}</text>'
            if long:
                yield f'<rect class="{kind}" x="{x:.1f}" y="{top}" width="{long:.1f}" height="22"/>'
            yield f'<text x="{after:.1f}" y="{top + 15}" direction="ltr" text-anchor="{anchor}">{_signed(sum_)}</text>'
        yield closing

    def _turn(self, at: int) -> str:
        x = self._x(at)
        return f'<line class="turn" x1="{x:.1f}" x2="{x:.1f}" y1="14" y2="{_TOP + _HEIGHT:g}"/>'

    def _gap(self, at: int) -> str:
        return f'<text x="{self._x(at):.1f}" y="{self._zero + 4:.1f}" text-anchor="middle" class="gap">⋯</text>'

    def _ticks(self) -> Iterable[str]:
        bars = self._chart.bars
        # A label is some eighty units wide.
        every = max(1, -(-len(bars) // _TICKS), int(-(-84 // self._step)))
        last: float | None = None
        for at in range(0, len(bars), every):
            x, width = self._span(at, at + 1)
            letters, half = len(bars[at].label), len(bars[at].label) * _BROAD / 2
            # At the edges a label is moved until it is whole, unless it would touch the one before.
            wanted = x + width / 2
            middle = min(max(wanted, half), _WIDTH - half)
            if last is not None and middle != wanted and abs(middle - last) < letters * _BROAD:
                continue
            last = middle
            yield (
                f'<text x="{middle:.1f}" y="{_TOP + _HEIGHT + 18:g}" text-anchor="middle">'
                f"{escape(bars[at].label)}</text>"
            )


def _signed(sum_: float) -> str:
    """A sum as an axis says it: ``+46``, ``−152``, ``0``."""
    return f"{sum_:+.0f}".replace("-", "−") if round(sum_) else "0"
