"""Dating an article by what it says of time.

Each clue gives the days on which the article can have been written; what is left after all of
them is the answer. A clue that would leave nothing is a slip of the paper or of the reader,
and is passed over: an interval that is wide is better than one that misses the day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from rasd.record import Dating, Span
from rasd.text.document import Document, TimeClue, TimeMention
from rasd.when import calendar as cal
from rasd.when.calendar import DAY

Hint = tuple[dt.date | str | None, dt.date | str | None, Span]
# A month's name with "last" is written within a year of the month's end, a bare one within about as much.
_YEAR = 366


class _Clue(NamedTuple):
    earliest: dt.date | None
    latest: dt.date | None
    span: Span


def date_article(document: Document, hints: Iterable[Hint] = ()) -> Dating:
    """The interval in which a document without a date was written, with the words that tell.

    ``document.times`` has been read. ``hints`` are intervals that others know, such as the
    time that an office's holder named in the text held it. The interval's single day, if it
    is one, is sure enough to read the times anew with.
    """
    line = _dateline(document)
    bounds = [_Clue(_date(a), _date(b), span) for a, b, span in hints]
    floor = _latest_past(document)
    if floor is not None:
        bounds.append(floor)
    earliest, latest, evidence = _intersection(bounds)
    if line is not None:
        day, span = line
        return Dating("dateline", day.isoformat(), day.isoformat(), [span])
    earliest, latest, evidence = _by_relative_months(document, earliest, latest, evidence)
    earliest, latest, evidence = _by_today(document, earliest, latest, evidence)
    if earliest is None and latest is None:
        return Dating()
    return Dating("inferred", _iso(earliest), _iso(latest), evidence)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _date(value: dt.date | str | None) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value
    year, *rest = value.split("-")
    return dt.date(int(year), int(rest[0]) if rest else 1, int(rest[1]) if len(rest) > 1 else 1)


def _span(mention: TimeMention) -> Span:
    return Span(mention.start, mention.end)


def _dateline(document: Document) -> tuple[dt.date, Span] | None:
    """A full date that stands alone at the head of the text, before its first sentence says anything."""
    for mention in document.times[:3]:
        clue = mention.clue
        if clue is None or clue.kind != "date" or mention.first > 8:
            continue
        after = document.tokens[mention.last] if mention.last < len(document.tokens) else None
        before = document.tokens[mention.first - 1] if mention.first else None
        closed = after is None or after.text in ("\n", "/", "-", "–", "(", ")", ":", "|") or after.kind == "break"
        opened = before is None or before.kind in ("break", "punct") or before.key in ("تاريخ", "بتاريخ")
        if closed and opened and clue.year and clue.month and clue.day:
            return dt.date(clue.year, clue.month, clue.day), _span(mention)
    return None


def _intersection(clues: list[_Clue]) -> tuple[dt.date | None, dt.date | None, list[Span]]:
    """What all clues allow; one that contradicts those before it is left out."""
    earliest: dt.date | None = None
    latest: dt.date | None = None
    evidence: list[Span] = []
    for clue in clues:
        low = max((d for d in (earliest, clue.earliest) if d is not None), default=None)
        high = min((d for d in (latest, clue.latest) if d is not None), default=None)
        if low is not None and high is not None and low > high:
            continue
        if (low, high) != (earliest, latest):
            evidence.append(clue.span)
        earliest, latest = low, high
    return earliest, latest, evidence


_AHEAD = {"حتي", "الي", "بحلول", "قبل", "لعام", "لغاية", "نهاية", "بنهاية", "رؤية", "بعد", "اعتبارا", "ابتداء"}


def _is_ahead(document: Document, mention: TimeMention) -> bool:
    """Whether what a date says may lie ahead of the article: the words near it speak of the future."""
    tokens = document.tokens
    for at in range(max(0, mention.first - 6), min(len(tokens), mention.last + 4)):
        token = tokens[at]
        key = token.key
        if key in _AHEAD or key in (
            "سوف",
            "المقرر",
            "المتوقع",
            "المقبل",
            "القادم",
            "مونديال",
            "كاس",
            "اولمبياد",
            "خطة",
            "موازنة",
        ):
            return True
        readings = token.form.readings
        if readings and readings[0].tag == "VI" and ("س" in readings[0].proclitics or key[:1] in "يتن"):
            return True
    return False


def _latest_past(document: Document) -> _Clue | None:
    """The latest absolute date that is told as past: the article is no older."""
    best: tuple[dt.date, TimeMention] | None = None
    for mention in document.times:
        clue = mention.clue
        if clue is None or clue.year is None or clue.kind not in ("date", "month", "year", "hijri"):
            continue
        if _is_ahead(document, mention) or not 1900 <= clue.year <= 2100:
            continue
        day = cal.make_date(clue.year, clue.month or 1, clue.day or 1)
        if day is not None and clue.kind == "hijri":
            day -= 2 * DAY
        if day is not None and (best is None or day > best[0]):
            best = day, mention
    return _Clue(best[0], None, _span(best[1])) if best is not None else None


def _by_relative_months(
    document: Document, earliest: dt.date | None, latest: dt.date | None, evidence: list[Span]
) -> tuple[dt.date | None, dt.date | None, list[Span]]:
    """``يونيو الماضي``: within the year after; with a floor of the same season that is one window."""
    if earliest is None:
        return earliest, latest, evidence
    months = [
        (m.clue, m)
        for m in document.times
        if m.clue is not None
        and m.clue.kind in ("month", "month-day")
        and m.clue.year is None
        and m.clue.month is not None
    ]
    windows = [(_window(clue), mention) for clue, mention in months if clue.relation is not None]
    windows = [(allowed, mention) for allowed, mention in windows if allowed]
    if not windows:
        return earliest, latest, evidence
    # Months of writing that all the relative months allow, from the floor on.
    cap = latest or cal.add_months(earliest, 24)
    index, end = earliest.year * 12 + earliest.month - 1, cap.year * 12 + cap.month - 1
    span = [i for i in range(index, min(end, index + 24) + 1) if all(i % 12 + 1 in allowed for allowed, _ in windows)]
    if not span:
        return earliest, latest, evidence
    run = [span[0]]
    for i in span[1:]:
        if i != run[-1] + 1:
            break
        run.append(i)
    low = max(earliest, dt.date(run[0] // 12, run[0] % 12 + 1, 1))
    high = cal.month_of(run[-1] // 12, run[-1] % 12 + 1).end
    high = min(high, latest) if latest is not None else high
    return (low, high, [*evidence, *(_span(m) for _, m in windows)]) if low <= high else (earliest, latest, evidence)


# "Last June" is said from July on for some ten months, "next June" likewise before it.
_REACH = 11


def _window(clue: TimeClue) -> set[int]:
    """The months (1-12) in which an article can call a month last, this or next."""
    month = clue.month or 1
    if clue.relation == 0:
        return {month}
    step = 1 if (clue.relation or 0) < 0 else -1
    reach = [(month - 1 + step * n) % 12 + 1 for n in range(1, _REACH + 1)]
    return {*reach, month} if clue.kind == "month-day" else set(reach)


def _by_today(
    document: Document, earliest: dt.date | None, latest: dt.date | None, evidence: list[Span]
) -> tuple[dt.date | None, dt.date | None, list[Span]]:
    """A weekday of today or yesterday trims the ends of a short interval."""
    if earliest is None or latest is None or (latest - earliest).days > _YEAR:
        return earliest, latest, evidence
    for mention in document.times:
        clue = mention.clue
        if clue is None or clue.kind != "today" or clue.weekday is None:
            continue
        written = (clue.weekday - (clue.day or 0) - 1) % 7 + 1
        low = earliest + ((written - earliest.isoweekday()) % 7) * DAY
        # Papers appear the day after they are written: the day itself and the next are open.
        high = latest - ((latest.isoweekday() - written) % 7) * DAY + DAY
        high = min(high, latest)
        if low <= high:
            return low, high, [*evidence, _span(mention)]
    return earliest, latest, evidence
