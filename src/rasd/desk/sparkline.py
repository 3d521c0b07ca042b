"""Some weeks of a relationship as a drawing the size of a word: cooperation above a line, conflict below."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from rasd.relations.pages.page import Language

_WIDTH, _HEIGHT = 140.0, 30.0


def sparkline(days: Sequence[tuple[float, float]], language: Language) -> Markup:
    """``days`` are sums of cooperation and of conflict (negative or 0), oldest first; time runs as the page is read.

    It tells nothing to who cannot see it: the numbers stand beside it.
    """
    up = max((d[0] for d in days), default=0.0)
    down = max((-d[1] for d in days), default=0.0)
    scale = (_HEIGHT - 2) / ((up + down) or 1.0)
    zero = 1 + up * scale
    step = _WIDTH / max(len(days), 1)
    parts: list[str] = []
    for at, (cooperation, conflict) in enumerate(days):
        place = len(days) - 1 - at if language == "ar" else at
        x = place * step + step * 0.15
        for kind, top, height in (("up", zero - cooperation * scale, cooperation), ("down", zero, -conflict)):
            if height:
                high = max(height * scale, 0.6)
                parts.append(
                    f'<rect class="{kind}" x="{x:.1f}" y="{top:.1f}" width="{step * 0.7:.1f}" height="{high:.1f}"/>'
                )
    line = f'<line class="axis" x1="0" x2="{_WIDTH:g}" y1="{zero:.1f}" y2="{zero:.1f}"/>'
    return Markup(
        f'<svg class="spark" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" aria-hidden="true" focusable="false" '
        f'xmlns="http://www.w3.org/2000/svg">{line}{"".join(parts)}</svg>'
    )
