"""The clues by which an article is dated: what each says of the days on which it can have been written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rasd.record import Span
from rasd.text.document import BREAK, PUNCT, WORD, Document, TimeClue, TimeMention, Token
from rasd.when import calendar as cal
from rasd.when.calendar import DAY
from rasd.when.dating_words import Facts, follows
from rasd.when.scene import FUTURE, PAST, form_cue

Hint = tuple[dt.date | str | None, dt.date | str | None, Span]

# A paper prints the day after it writes "today".
PRINTED_LATER = 1
# A Hijri date may be a day off: the moon decides.
MOON = 1
# What "about a year ago" leaves open to either side, in months.
ABOUT_A_YEAR = 3
# Beyond so many years months without a year say nothing more.
MAX_MONTHS = 36
# A date that seems told as past may be one announced for the coming weeks in a sentence without a verb.
ANNOUNCED = 92
# News gives the very day of what lies ahead no further ahead than this, elections and finals included.
FAR_AHEAD = 400
# A month or year that no word calls far off lies no further ahead.
YEAR_AHEAD = 800
# A weekday with its date but no year is told within so many days of it.
NEAR_DATE = 190
# How far around a date the words stand that tell its tense, in tokens, and around an office's holder.
_BACK, _ON, _BESIDE, _AROUND_HOLDER = 12, 6, 4, 4
# A year is more often a plan's: whatever looks ahead in so much of its sentence counts.
_BACK_OF_YEAR = 40
# Whoever left office this soon after another named with an office took it is told of as history.
HANDED_OVER = 31
# A report names in its first sentences who is in office now.
_LEAD = 4
# A date of sending stands within so many tokens of the beginning.
_DATELINE = 12
# The name of the place of sending has no more words.
_PLACE_OF_SENDING = 4


class Bound(NamedTuple):
    """The days that one clue allows; an end that it leaves open is None. ``weight``: how sure it is."""

    earliest: dt.date | None
    latest: dt.date | None
    evidence: tuple[Span, ...]
    weight: int = 0


# How sure each clue is; the order in which they are taken.
CURRENT, PAST_TOLD, KNOWN, OFFICE_BEGUN, FULL, GATHERED, OFFICE_ENDED, TO_COME, YEARS_AGO = 9, 8, 7, 6, 6, 5, 4, 3, 2


def _span(mention: TimeMention) -> Span:
    return Span(mention.start, mention.end)


def _clues(document: Document) -> Iterator[tuple[TimeClue, TimeMention]]:
    for mention in document.times:
        if mention.clue is not None:
            yield mention.clue, mention


def _day(clue: TimeClue) -> dt.date | None:
    if clue.year is None:
        return None
    return cal.make_date(clue.year, clue.month or 1, clue.day or 1)


def _stretch(clue: TimeClue) -> tuple[dt.date, dt.date] | None:
    """First and last day of what a clue with a year names."""
    if clue.kind == "hijri-year":
        year = cal.hijri_year(clue.year or 0)
        return (year.begin, year.end) if year is not None else None
    day = _day(clue)
    if day is None or clue.year is None or not 1900 <= clue.year <= 2100:
        return None
    if clue.day is not None:
        return day, day
    stretch = cal.month_of(clue.year, clue.month) if clue.month is not None else cal.year_of(clue.year)
    return stretch.begin, stretch.end


def dateline(document: Document, facts: Facts) -> tuple[dt.date, dt.date, Span] | None:
    """A full date at the head of the text, before anything is told: first and last day it can mean.

    ``بيروت، 3 آذار 2019 -`` or, as agencies write, ``الرياض 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس``.
    """
    tokens = document.tokens
    dated: set[int] = set()
    for clue, mention in _clues(document):
        if mention.first > _DATELINE:
            return None
        stretch = _stretch(clue)
        if clue.kind not in ("date", "hijri") or clue.relation is not None or clue.day is None or stretch is None:
            continue
        after = tokens[mention.last : mention.last + 3]
        before = [
            token for token in tokens[: mention.first] if token.index not in dated and token.key not in facts.same_day
        ]
        dated.update(range(mention.first, mention.last))
        sent = len(before) <= _PLACE_OF_SENDING and any(token.key in facts.agencies for token in after)
        closed = bool(after) and (after[0].kind == BREAK or after[0].text in ("/", "-", "–", ":", "|"))
        opened = not before or before[-1].kind in (BREAK, PUNCT) or before[-1].key in facts.on_the
        if sent or (closed and opened and not any(token.tag in ("VP", "VI") for token in before)):
            off = MOON if clue.kind == "hijri" else 0
            return stretch[0] - off * DAY, stretch[0] + off * DAY, _span(mention)
    return None


def current(document: Document, facts: Facts) -> Iterator[Bound]:
    """``اليوم الاثنين 10 أكتوبر 2016``, ``العام الجاري 2016``, ``ديسمبر الماضي 2015``."""
    pointed: tuple[int, int | None] = 0, None
    for clue, mention in _clues(document):
        stretch, relation = _stretch(clue), clue.relation
        if clue.kind == "year-relative":
            pointed = mention.last, relation
        if relation is None and clue.kind in _YEARS_NAMED and pointed[0] == mention.first:
            relation = pointed[1]
        if relation is None or stretch is None:
            continue
        span = (_span(mention),)
        if clue.kind == "today-date":
            day = stretch[0] - relation * DAY
            yield Bound(day, day + PRINTED_LATER * DAY, span, CURRENT + 1)
        elif relation == 0:
            yield Bound(stretch[0], stretch[1] + PRINTED_LATER * DAY, span, CURRENT)
        elif relation < 0:
            earliest = stretch[1] if clue.kind != "date" else stretch[0]
            yield Bound(earliest, cal.add_months(stretch[1], 12), span, CURRENT)
        else:
            yield Bound(cal.add_months(stretch[0], -12), stretch[1], span, CURRENT)


_YEARS_NAMED = frozenset({"year", "hijri-year"})


def _near(document: Document, mention: TimeMention) -> Iterator[Token]:
    """The tokens around a mention that tell its tense, in order of the text."""
    sentence = document.sentences[mention.sentence]
    back = _BACK_OF_YEAR if mention.clue is not None and mention.clue.month is None else _BACK
    for at in range(max(sentence.first, mention.first - back), min(sentence.last, mention.last + _ON)):
        if not mention.first <= at < mention.last:
            yield document.tokens[at]


def _stems(token: Token) -> set[str]:
    return {token.key, *(split.stem for split in token.form.splits)}


def _is_span(document: Document, mention: TimeMention) -> bool:
    """Whether a year is the end of a span: ``2010-2020``, ``1436/1437``."""
    before = document.tokens[mention.first - 1].text if mention.first else ""
    return mention.rule == "year.range" or before in ("/", "-", "–")


def _is_past(document: Document, mention: TimeMention, facts: Facts) -> bool:
    """Whether a date belongs to what the text tells as over; in doubt it does not."""
    nearest = 0
    for token in _near(document, mention):
        stems = _stems(token)
        if not facts.ahead.isdisjoint(stems):
            return False
        if not facts.ahead_beside.isdisjoint(stems) and mention.first - _BESIDE <= token.index < mention.first:
            return False
        cue = form_cue(token) if token.kind == WORD and token.tag in ("", "VP", "VI") else 0
        if cue == FUTURE:
            return False
        if cue and token.index < mention.first:
            nearest = cue
    return nearest == PAST


def told_as_past(document: Document, facts: Facts) -> Iterator[Bound]:
    """The latest absolute date that is told as past: the article is no older."""
    best: tuple[dt.date, TimeMention] | None = None
    for clue, mention in _clues(document):
        stretch = _stretch(clue)
        # Digits are often a deadline's.
        if (
            stretch is None
            or clue.kind == "today-date"
            or mention.rule == "date.numeric"
            or _is_span(document, mention)
        ):
            continue
        if clue.relation is not None and clue.relation >= 0:
            continue
        # Of a year that runs all days but the first may lie ahead.
        day = stretch[0] if clue.kind in _YEARS_NAMED else stretch[0] - ANNOUNCED * DAY
        if (best is None or day > best[0]) and _is_past(document, mention, facts):
            best = day, mention
    if best is not None:
        yield Bound(best[0], None, (_span(best[1]),), PAST_TOLD)


def full_dates(document: Document, facts: Facts) -> Iterator[Bound]:
    """A date with its year in whatever tense: the article is not much older, unless the text looks far ahead."""
    best: tuple[dt.date, TimeMention] | None = None
    for clue, mention in _clues(document):
        stretch = _stretch(clue)
        if stretch is None or _is_span(document, mention):
            continue
        if clue.day is None and any(not facts.far.isdisjoint(_stems(token)) for token in _near(document, mention)):
            continue
        # Of plans, budgets and cups the year is told before it begins.
        day = stretch[0] - (FAR_AHEAD if clue.day is not None else YEAR_AHEAD) * DAY
        if best is None or day > best[0]:
            best = day, mention
    if best is not None:
        yield Bound(best[0], None, (_span(best[1]),), FULL)


def announced(document: Document, facts: Facts) -> Iterator[Bound]:
    """``ينطلق في 12 أغسطس 2015``: what is announced for a day or month is not over yet."""
    for clue, mention in _clues(document):
        stretch = _stretch(clue)
        if stretch is None or clue.kind not in ("date", "month", "hijri") or clue.relation is not None:
            continue
        ahead = [token for token in _near(document, mention) if token.index < mention.first]
        if any(form_cue(t) == PAST for t in ahead if t.kind == WORD and t.tag == "VP"):
            continue
        if any(not facts.announced.isdisjoint(_stems(t)) or _will(t) for t in ahead):
            yield Bound(None, stretch[1] + (PRINTED_LATER + MOON) * DAY, (_span(mention),), TO_COME)


def _will(token: Token) -> bool:
    return token.kind == WORD and token.tag in ("", "VI") and form_cue(token) == FUTURE


def known(document: Document, facts: Facts) -> Iterator[Bound]:
    """Names of what began on a day that is known."""
    table, tokens = facts.known, document.tokens
    found: dict[tuple[dt.date, dt.date | None], Span] = {}
    for token in tokens:
        if token.kind != WORD:
            continue
        for split in token.form.splits:
            for rest, since, until in table.get(split.stem, ()) if not split.definite else ():
                if follows(tokens, token.index + 1, rest):
                    span = Span(token.start + token.form.cut_at(split), tokens[token.index + len(rest)].end)
                    found.setdefault((since, until), span)
    for (since, until), span in found.items():
        yield Bound(since, None, (span,), KNOWN)
        if until is not None:
            yield Bound(None, until, (span,), OFFICE_ENDED)


def _names(tokens: list[Token], at: int, name: list[str]) -> bool:
    """Whether a name with the article stands at a token, with a preposition written together or without."""
    return tokens[at].key.endswith(name[0].removeprefix("ال")) and follows(tokens, at + 1, name[1:])


def gatherings(document: Document, facts: Facts) -> Iterator[Bound]:
    """``القمة العربية السادسة والعشرون``: a counted meeting is spoken of from about a year before it on."""
    tokens = document.tokens
    for token in tokens:
        rows = facts.gatherings.get(token.key) if token.kind == WORD else None
        for rest, near, held in rows or ():
            last = token.index + 1 + len(rest)
            if not follows(tokens, token.index + 1, rest):
                continue
            number = facts.ordinal(tokens, last)
            day = held.get(number or 0)
            around = range(last, min(len(tokens), last + 8))
            if day is None or (near and not any(_names(tokens, at, name) for at in around for name in near)):
                continue
            yield Bound(day - FAR_AHEAD * DAY, None, (Span(token.start, tokens[last].end),), GATHERED)


def _as_date(value: dt.date | str | None) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value
    year, *rest = value.split("-")
    return dt.date(int(year), int(rest[0]) if rest else 1, int(rest[1]) if len(rest) > 1 else 1)


def office_holders(document: Document, hints: Iterable[Hint], facts: Facts) -> Iterator[Bound]:
    """Nobody is called by an office before holding it; afterwards only where the past is told."""
    known_hints = [(_as_date(since), _as_date(until), span) for since, until, span in hints]
    latest = max((since for since, _, _ in known_hints if since is not None), default=dt.date.min)
    lead = document.sentences[min(_LEAD, len(document.sentences)) - 1].end if document.sentences else 0
    for begun, ended, span in known_hints:
        if begun is not None and begun > dt.date.min:
            yield Bound(begun, None, (span,), OFFICE_BEGUN)
        if ended is None or ended >= _OPEN or ended <= latest + HANDED_OVER * DAY:
            continue
        others = any(other != ended and other is not None and ended < other < _OPEN for _, other, _ in known_hints)
        if (span.start < lead or others) and not _is_history(document, span, facts):
            yield Bound(None, ended, (span,), OFFICE_ENDED)


_OPEN = dt.date(2200, 1, 1)


def _is_history(document: Document, span: Span, facts: Facts) -> bool:
    """Whether words around a holder tell of a time gone by ("the fall of", "in the days of")."""
    inside = [token.index for token in document.tokens if span.start <= token.start < span.end]
    if not inside:
        return False
    around = document.tokens[max(0, inside[0] - _AROUND_HOLDER) : inside[-1] + 3]
    if any(not facts.ended.isdisjoint(_stems(token)) for token in around if token.index not in inside):
        return True
    here = next((s for s in document.sentences if s.start <= span.start < s.end), None)
    return here is not None and any(
        mention.sentence == here.index and clue.year is not None and clue.relation is None
        for clue, mention in _clues(document)
    )


def recurring(document: Document, whole: Bound, facts: Facts) -> Bound | None:
    """``الخميس 6 أغسطس`` without a year: in a bounded stretch few years have that weekday on that day."""
    if whole.earliest is None or whole.latest is None:
        return None
    found = whole
    for clue, mention in _clues(document):
        if clue.year is not None or clue.kind != "month-day" or not clue.weekday or not clue.month or clue.month > 12:
            continue
        years = range(whole.earliest.year - 1, whole.latest.year + 2)
        days = [day for year in years if (day := cal.make_date(year, clue.month, clue.day or 1)) is not None]
        days = [day for day in days if day.isoweekday() == clue.weekday]
        past = clue.relation == -1 or _is_past(document, mention, facts)
        windows = [
            (d - (0 if past else NEAR_DATE) * DAY, d + (0 if clue.relation == 1 else NEAR_DATE) * DAY) for d in days
        ]
        windows = [(a, b) for a, b in windows if b >= whole.earliest and a <= whole.latest]
        if windows:
            low, high = min(a for a, _ in windows), max(b for _, b in windows)
            bound = Bound(max(low, whole.earliest), min(high, whole.latest), (_span(mention),))
            if (bound.latest - bound.earliest) < (found.latest - found.earliest):  # pyright: ignore
                found = bound
    return found if found is not whole else None


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


def years_ago(document: Document, facts: Facts) -> Iterator[Bound]:
    """``قبل نحو عام`` of an event that another sentence dates: the article lies about a year after."""
    dated = [
        (clue, mention)
        for clue, mention in _clues(document)
        if clue.kind in ("month", "date") and clue.year is not None and clue.month is not None
    ]
    for mention in document.times:
        years = _YEARS.match(mention.value)
        before = document.tokens[mention.first - 1] if mention.first else None
        if years is None or before is None or before.key not in facts.ago or int(years[1]) > 3:
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
            yield Bound(early, late, (_span(mention), _span(other)), YEARS_AGO)


def named_months(document: Document, whole: Bound, facts: Facts) -> Bound | None:
    """``يونيو الماضي`` within a bounded stretch: the months that can call June last."""
    if whole.earliest is None or whole.latest is None:
        return None
    first = whole.earliest.year * 12 + whole.earliest.month - 1
    last = whole.latest.year * 12 + whole.latest.month - 1
    named = _months_named(document)
    if last - first > MAX_MONTHS or not named:
        return None
    months = [i for i in range(first, last + 1) if all(i % 12 + 1 in _writing_months(clue) for clue, _ in named)]
    if not months:
        return None
    low = dt.date(months[0] // 12, months[0] % 12 + 1, 1)
    high = cal.month_of(months[-1] // 12, months[-1] % 12 + 1).end
    return Bound(low, high, tuple(_span(m) for _, m in named))


def _months_named(document: Document) -> list[tuple[TimeClue, TimeMention]]:
    """Months called last, this or next, without their year."""
    return [
        (clue, mention)
        for clue, mention in _clues(document)
        if clue.year is None
        and clue.month is not None
        and clue.month <= 12
        and clue.relation is not None
        and clue.kind in ("month", "month-day")
    ]


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


_UNITS = re.compile(r"P(\d+)([DWMY])\Z")
_UNIT_NAMES = {"D": "day", "W": "week", "M": "month", "Y": "year"}
# What a writer rounds off when counting "within two months".
_ROUNDED = 7


def counted_within(document: Document, whole: Bound, facts: Facts) -> Bound | None:
    """``ثالث لقاء خلال شهرين``: an earlier one of the count that is dated lies no further back."""
    tokens, named = document.tokens, _months_named(document)
    if not named or whole.earliest is None or whole.latest is None:
        return None
    for mention in document.times:
        length = _UNITS.match(mention.value)
        if length is None or not mention.first or tokens[mention.first - 1].key not in facts.counting:
            continue
        noun = _counted_noun(tokens, mention.first, facts)
        if noun is None:
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
    return None


def _counted_noun(tokens: list[Token], before: int, facts: Facts) -> str | None:
    """``لقاء`` of ``ثالث لقاء بين الرجلين خلال``."""
    for at in range(before - 1, max(0, before - 9), -1):
        if not facts.ordinals.isdisjoint(_stems(tokens[at])):
            return _content(tokens[at + 1]) or None
    return None


def _closest(named: list[tuple[TimeClue, TimeMention]], own: TimeMention, document: Document, noun: str) -> bool:
    """Whether no other month stands between the noun and this one."""
    at = max(i for i in range(own.first) if _content(document.tokens[i]) == noun)
    return not any(at < other.first < own.first for _, other in named)


def todays_weekday(document: Document, whole: Bound, facts: Facts) -> Bound | None:
    """A weekday of today or yesterday trims the ends of a bounded stretch."""
    if whole.earliest is None or whole.latest is None or (whole.latest - whole.earliest).days < 3:
        return None
    written: set[int] = set()
    spans: list[Span] = []
    for clue, mention in _clues(document):
        if clue.kind == "today" and clue.weekday is not None:
            written.add((clue.weekday - (clue.day or 0) - 1) % 7 + 1)
            spans.append(_span(mention))
    if len(written) != 1:
        return None
    weekday = written.pop()
    low = whole.earliest + ((weekday - whole.earliest.isoweekday()) % 7) * DAY
    # The day itself and the day it is printed stay open, at both ends.
    if (whole.earliest.isoweekday() - weekday) % 7 <= PRINTED_LATER:
        low = whole.earliest
    high = min(whole.latest, whole.latest - ((whole.latest.isoweekday() - weekday) % 7 - PRINTED_LATER) * DAY)
    return Bound(low, high, (*whole.evidence, *spans)) if low <= high else None
