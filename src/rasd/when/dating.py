"""Dating an article by what it says of time.

Each clue gives the days on which the article can have been written; what is left after all of
them is the answer. A clue that would leave nothing is a slip of the paper or of the reader,
and is passed over: an interval that is wide is better than one that misses the day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rasd.record import Dating, Span
from rasd.text.document import Document, TimeClue, TimeMention, Token
from rasd.when import calendar as cal
from rasd.when.calendar import DAY
from rasd.when.scene import FUTURE, PAST, form_cue

Hint = tuple[dt.date | str | None, dt.date | str | None, Span]

# A paper prints the day after it writes "today".
PRINTED_LATER = 1
# What "about a year ago" leaves open to either side, in months.
ABOUT_A_YEAR = 3
# Beyond so many years months without a year say nothing more.
MAX_MONTHS = 36
# A date that seems told as past may be one announced for the coming weeks in a sentence without a verb.
ANNOUNCED = 62
_LAST_DAY = dt.date(2100, 12, 31)


class Bound(NamedTuple):
    """The days that one clue allows."""

    earliest: dt.date | None
    latest: dt.date | None
    evidence: tuple[Span, ...]


def date_article(document: Document, hints: Iterable[Hint] = ()) -> Dating:
    """The interval in which a document without a date was written, with the words that tell.

    ``document.times`` has been read. ``hints`` are intervals that others know, such as the
    time that an office's holder named in the text held it. An interval of a single day is sure
    enough to read the times anew with.
    """
    line = _dateline(document)
    if line is not None:
        day, span = line
        return Dating("dateline", day.isoformat(), day.isoformat(), [span])
    bounds = [Bound(_date(a), _date(b), (span,)) for a, b, span in hints]
    bounds += sorted(_absolute(document), key=lambda b: (b.latest or _LAST_DAY) - (b.earliest or dt.date.min))
    floor = _latest_past(document)
    if floor is not None:
        bounds.append(floor)
    bounds += _years_ago(document)
    whole = _intersection(bounds)
    whole = _relative_months(document, whole)
    whole = _weekday(document, whole)
    if whole.earliest is None and whole.latest is None:
        return Dating()
    evidence = sorted({(s.start, s.end) for s in whole.evidence})
    return Dating("inferred", _iso(whole.earliest), _iso(whole.latest), [Span(*pair) for pair in evidence])


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _date(value: dt.date | str | None) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value
    year, *rest = value.split("-")
    return dt.date(int(year), int(rest[0]) if rest else 1, int(rest[1]) if len(rest) > 1 else 1)


def _span(mention: TimeMention) -> Span:
    return Span(mention.start, mention.end)


def _clues(document: Document) -> Iterator[tuple[TimeClue, TimeMention]]:
    for mention in document.times:
        if mention.clue is not None:
            yield mention.clue, mention


def _dateline(document: Document) -> tuple[dt.date, Span] | None:
    """A full date that stands alone at the head of the text, before its first sentence says anything."""
    tokens = document.tokens
    for clue, mention in _clues(document):
        if mention.first > 8:
            return None
        after = tokens[mention.last] if mention.last < len(tokens) else None
        before = tokens[mention.first - 1] if mention.first else None
        closed = after is not None and (after.kind == "break" or after.text in ("/", "-", "–", ":", "|"))
        opened = before is None or before.kind in ("break", "punct") or before.key in ("تاريخ", "بتاريخ")
        day = _day(clue)
        if clue.kind == "date" and clue.relation is None and closed and opened and day is not None:
            return day, _span(mention)
    return None


def _day(clue: TimeClue) -> dt.date | None:
    if clue.year is None:
        return None
    return cal.make_date(clue.year, clue.month or 1, clue.day or 1)


def _intersection(bounds: list[Bound]) -> Bound:
    """What all bounds allow; one that contradicts those before it is left out."""
    whole = Bound(None, None, ())
    for bound in bounds:
        both = _both(whole, bound)
        if both is not None:
            whole = both
    return whole


def _both(a: Bound, b: Bound) -> Bound | None:
    low = max((d for d in (a.earliest, b.earliest) if d is not None), default=None)
    high = min((d for d in (a.latest, b.latest) if d is not None), default=None)
    if low is not None and high is not None and low > high:
        return None
    return a if (low, high) == (a.earliest, a.latest) else Bound(low, high, (*a.evidence, *b.evidence))


def _absolute(document: Document) -> Iterator[Bound]:
    """``اليوم الاثنين 10 أكتوبر 2016``, ``العام الجاري 2016``, ``ديسمبر الماضي 2015``."""
    for clue, mention in _clues(document):
        if clue.year is None or clue.relation is None or not 1900 <= clue.year <= 2100:
            continue
        stretch = _stretch(clue)
        if stretch is None:
            continue
        span = (_span(mention),)
        if clue.kind == "today-date":
            day = stretch[0] - clue.relation * DAY
            yield Bound(day, day + PRINTED_LATER * DAY, span)
        elif clue.relation == 0:
            yield Bound(stretch[0], stretch[1] + PRINTED_LATER * DAY, span)
        elif clue.relation < 0:
            yield Bound(stretch[1] if clue.kind != "date" else stretch[0], cal.add_months(stretch[1], 12), span)
        else:
            yield Bound(cal.add_months(stretch[0], -12), stretch[1], span)


def _stretch(clue: TimeClue) -> tuple[dt.date, dt.date] | None:
    """First and last day of what a clue with a year names."""
    day = _day(clue)
    if day is None or clue.year is None:
        return None
    if clue.day is not None:
        return day, day
    stretch = cal.month_of(clue.year, clue.month) if clue.month is not None else cal.year_of(clue.year)
    return stretch.begin, stretch.end


# Words beside which a date may well lie ahead of the article.
_AHEAD = {
    "حتي", "الي", "بحلول", "قبل", "نهاية", "بنهاية", "رؤية", "بعد", "اعتبارا", "ابتداء", "المقبل",
    "المقبلة", "القادم", "القادمة", "مونديال", "كاس", "اولمبياد", "خطة", "موازنة", "دورة", "نسخة",
    "اكسبو", "مشروع", "تنتهي", "ينتهي", "موعد", "موعدا", "المقرر", "المقررة", "المتوقع", "المتوقعة",
    "المنتظر", "المزمع", "تقرر", "سوف", "لن", "للعام", "لعام", "لعامي", "موسم", "الموسم", "بداية",
    "مطلع",
}  # fmt: skip
_NEAR = 12


def _told_as_past(document: Document, mention: TimeMention) -> bool:
    """Whether a date belongs to what the text tells as over; in doubt it does not."""
    sentence = document.sentences[mention.sentence]
    nearest = 0
    for at in range(max(sentence.first, mention.first - _NEAR), min(sentence.last, mention.last + 6)):
        if mention.first <= at < mention.last:
            continue
        token = document.tokens[at]
        if token.key in _AHEAD or any(split.stem in _AHEAD for split in token.form.splits):
            return False
        cue = form_cue(token) if token.kind == "word" and token.tag in ("", "VP", "VI") else 0
        if cue == FUTURE:
            return False
        if cue and at < mention.first:
            nearest = cue
    return nearest == PAST


def _latest_past(document: Document) -> Bound | None:
    """The latest absolute date that is told as past: the article is no older."""
    best: tuple[dt.date, TimeMention] | None = None
    for clue, mention in _clues(document):
        # A bare year is as often a plan's or a tournament's; digits are often a deadline's.
        if (
            clue.kind not in ("date", "month")
            or mention.rule == "date.numeric"
            or (clue.relation is not None and clue.relation >= 0)
        ):
            continue
        day = _day(clue)
        if day is None or not 1900 <= day.year <= 2100 or (best is not None and day <= best[0]):
            continue
        if _told_as_past(document, mention):
            best = day, mention
    return Bound(best[0] - ANNOUNCED * DAY, None, (_span(best[1]),)) if best is not None else None


def _words(document: Document, sentence: int, around: TimeMention) -> set[str]:
    """The content words about a mention, clitics and nisba endings off, to tell one event from another."""
    bounds = document.sentences[sentence]
    first, last = max(bounds.first, around.first - 14), min(bounds.last, around.last + 4)
    return {_content(token) for token in document.tokens[first:last] if token.kind == "word"} - {""}


def _content(token: Token) -> str:
    readings = token.form.readings
    tag = token.tag or (readings[0].tag if readings else "N")
    if tag == "P" or len(token.key) < 4:
        return ""
    return min((split.stem for split in token.form.splits if len(split.stem) >= 3), key=len)


_YEARS = re.compile(r"P(\d+)Y\Z")
# So many content words in common make two descriptions one event.
_SAME_EVENT = 3


def _years_ago(document: Document) -> Iterator[Bound]:
    """``قبل نحو عام`` of an event that another sentence dates: the article lies about a year after."""
    dated = [
        (clue, mention)
        for clue, mention in _clues(document)
        if clue.kind in ("month", "date") and clue.year is not None and clue.month is not None
    ]
    for mention in document.times:
        years = _YEARS.match(mention.value)
        before = document.tokens[mention.first - 1] if mention.first else None
        if years is None or before is None or before.key not in ("قبل", "منذ") or int(years[1]) > 3:
            continue
        words = _words(document, mention.sentence, mention)
        for clue, other in dated:
            common = words & _words(document, other.sentence, other)
            stretch = _stretch(clue)
            if len(common) < _SAME_EVENT or stretch is None:
                continue
            months = 12 * int(years[1])
            early = cal.add_months(stretch[0], months - ABOUT_A_YEAR)
            late = cal.add_months(stretch[1], months + ABOUT_A_YEAR)
            yield Bound(early, late, (_span(mention), _span(other)))


def _relative_months(document: Document, whole: Bound) -> Bound:
    """``يونيو الماضي`` within a bounded stretch: the months that can call June last."""
    if whole.earliest is None or whole.latest is None:
        return whole
    first = whole.earliest.year * 12 + whole.earliest.month - 1
    last = whole.latest.year * 12 + whole.latest.month - 1
    if last - first > MAX_MONTHS:
        return whole
    named = [
        (clue, mention)
        for clue, mention in _clues(document)
        if clue.year is None
        and clue.month is not None
        and clue.relation is not None
        and clue.kind in ("month", "month-day")
    ]
    if not named:
        return whole
    months = [i for i in range(first, last + 1) if all(i % 12 + 1 in _writing_months(clue) for clue, _ in named)]
    if not months:
        return whole
    low = dt.date(months[0] // 12, months[0] % 12 + 1, 1)
    high = cal.month_of(months[-1] // 12, months[-1] % 12 + 1).end
    found = _both(whole, Bound(low, high, tuple(_span(m) for _, m in named))) or whole
    return _both(found, _counted_within(document, named, found)) or found


# "Last June" is said from July on, until June comes again; "next June" likewise before it.
_REACH = 11


def _writing_months(clue: TimeClue) -> set[int]:
    """The months (1-12) in which an article can call a month last, this or next."""
    month = clue.month or 1
    if clue.relation == 0:
        return {month}
    step = 1 if (clue.relation or 0) < 0 else -1
    reach = {(month - 1 + step * n) % 12 + 1 for n in range(1, _REACH + 1)}
    return {*reach, month, month % 12 + 1} if clue.kind == "month-day" or step > 0 else {*reach, month}


_ORDINALS = {
    "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر", "ثانية", "ثالثة",
    "رابعة", "خامسة",
}  # fmt: skip
_UNITS = re.compile(r"P(\d+)([DWMY])\Z")
_UNIT_NAMES = {"D": "day", "W": "week", "M": "month", "Y": "year"}
# What a writer rounds off when counting "within two months".
_ROUNDED = 7


def _counted_within(document: Document, named: list[tuple[TimeClue, TimeMention]], whole: Bound) -> Bound:
    """``ثالث لقاء خلال شهرين``: an earlier one of the count that is dated lies no further back."""
    nothing = Bound(None, None, ())
    tokens = document.tokens
    for mention in document.times:
        length = _UNITS.match(mention.value)
        if length is None or not mention.first or tokens[mention.first - 1].key not in ("خلال", "غضون", "في"):
            continue
        noun = _counted_noun(tokens, mention.first)
        if noun is None or whole.earliest is None:
            continue
        for clue, other in named:
            sentence = document.sentences[other.sentence]
            near = tokens[max(sentence.first, other.first - 14) : other.first]
            if clue.relation is None or clue.relation >= 0 or noun not in {_content(token) for token in near}:
                continue
            if not _closest(named, other, document, noun):
                continue
            # The named month before the earliest day that is left.
            year = whole.earliest.year if (clue.month or 1) <= whole.earliest.month else whole.earliest.year - 1
            end = cal.month_of(year, clue.month or 1).end
            latest = cal.shift(end, _UNIT_NAMES[length[2]], int(length[1])) + _ROUNDED * DAY
            return Bound(end, latest, (_span(mention), _span(other)))
    return nothing


def _counted_noun(tokens: list[Token], before: int) -> str | None:
    """``لقاء`` of ``ثالث لقاء بين الرجلين خلال``."""
    for at in range(before - 1, max(0, before - 9), -1):
        if any(split.stem in _ORDINALS for split in tokens[at].form.splits):
            return _content(tokens[at + 1]) or None
    return None


def _closest(named: list[tuple[TimeClue, TimeMention]], own: TimeMention, document: Document, noun: str) -> bool:
    """Whether no other month stands between the noun and this one."""
    at = max(i for i in range(own.first) if _content(document.tokens[i]) == noun)
    return not any(at < other.first < own.first for _, other in named)


def _weekday(document: Document, whole: Bound) -> Bound:
    """A weekday of today or yesterday trims the ends of a bounded stretch."""
    if whole.earliest is None or whole.latest is None or (whole.latest - whole.earliest).days < 3:
        return whole
    written: set[int] = set()
    spans: list[Span] = []
    for clue, mention in _clues(document):
        if clue.kind == "today" and clue.weekday is not None:
            written.add((clue.weekday - (clue.day or 0) - 1) % 7 + 1)
            spans.append(_span(mention))
    if len(written) != 1:
        return whole
    weekday = written.pop()
    low = whole.earliest + ((weekday - whole.earliest.isoweekday()) % 7) * DAY
    # The day itself and the day it is printed stay open, at both ends.
    if (whole.earliest.isoweekday() - weekday) % 7 <= PRINTED_LATER:
        low = whole.earliest
    high = min(whole.latest, whole.latest - ((whole.latest.isoweekday() - weekday) % 7 - PRINTED_LATER) * DAY)
    return Bound(low, high, (*whole.evidence, *spans)) if low <= high else whole
