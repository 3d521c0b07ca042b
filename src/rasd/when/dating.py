"""Dating an article by what it says of time.

Each clue gives the days on which the article can have been written, and weighs as much as it is
sure. The surest are taken first; a clue that would leave no day is a slip of the paper or of the
reader, and is passed over: an interval that is wide is better than one that misses the day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from rasd.lexicon import Compiled
from rasd.record import Dating, Span
from rasd.text.document import Document
from rasd.when.clues import (
    Bound,
    Hint,
    announced,
    counted_within,
    current,
    dateline,
    full_dates,
    gatherings,
    known,
    named_months,
    office_holders,
    recurring,
    todays_weekday,
    told_as_past,
    years_ago,
)
from rasd.when.dating_words import Facts

__all__ = ["ArticleDater", "Hint"]


class ArticleDater:
    """Dates articles. One serves any number of documents."""

    def __init__(self, lexicon: Compiled) -> None:
        self._facts = Facts(lexicon)

    def date(self, document: Document, hints: Iterable[Hint] = ()) -> Dating:
        """The interval in which a document without a date was written, with the words that tell.

        ``document.times`` has been read. ``hints`` are intervals that others know, such as the
        time that an office's holder named in the text held it. Either end may be open. An interval of
        a single day is sure enough to read the times anew with.
        """
        facts = self._facts
        line = dateline(document, facts)
        if line is not None:
            earliest, latest, span = line
            return Dating("dateline", earliest.isoformat(), latest.isoformat(), [span])
        bounds = [
            *current(document, facts),
            *told_as_past(document, facts),
            *full_dates(document, facts),
            *known(document, facts),
            *gatherings(document, facts),
            *office_holders(document, hints, facts),
            *announced(document, facts),
            *years_ago(document, facts),
        ]
        whole = _intersection(bounds)
        # What only narrows an interval that others have closed.
        for clue in (recurring, named_months, counted_within, todays_weekday):
            narrower = clue(document, whole, facts)
            whole = (narrower and both(whole, narrower)) or whole
        if whole.earliest is None and whole.latest is None:
            return Dating()
        evidence = sorted({(s.start, s.end) for s in whole.evidence})
        return Dating("inferred", _iso(whole.earliest), _iso(whole.latest), [Span(*pair) for pair in evidence])


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _intersection(bounds: list[Bound]) -> Bound:
    """What all bounds allow, the surest first; among equals the latest, for what is long over is still told of."""
    whole = Bound(None, None, ())
    for bound in sorted(bounds, key=lambda b: (-b.weight, -(b.earliest or dt.date.min).toordinal())):
        whole = both(whole, bound) or whole
    return whole


def both(a: Bound, b: Bound) -> Bound | None:
    """The days that two bounds allow, None where there are none."""
    low = max((d for d in (a.earliest, b.earliest) if d is not None), default=None)
    high = min((d for d in (a.latest, b.latest) if d is not None), default=None)
    if low is not None and high is not None and low > high:
        return None
    return a if (low, high) == (a.earliest, a.latest) else Bound(low, high, (*a.evidence, *b.evidence))
