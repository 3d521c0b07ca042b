"""The first page: what is new, what is due next, what changed its status, where relations moved most."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from rasd.chronicle import Occurrence
from rasd.desk import asking
from rasd.desk.desk import Desk
from rasd.desk.rendering import desk_of, language_of, render, render_part
from rasd.desk.sparkline import sparkline
from rasd.relations.agenda import Agenda, agenda, latest_day
from rasd.relations.days import bounds
from rasd.relations.lines import SURE, Line, in_order
from rasd.relations.moves import Move, moves, stretch
from rasd.relations.pages.page import Language
from rasd.store.ledger import Ledger

router = APIRouter()

# So many events are new, changed, due, overdue on the page, of so many looked at.
_NEW, _CHANGED, _DUE, _OVERDUE, _LOOKED_AT = 14, 8, 10, 5, 2000
# A day with fewer is filled up with those before it.
_FEW = 8
# Status changes of so many days back, and what is due in so many ahead.
_BACK, _AHEAD = dt.timedelta(days=6), 14
_EXACT = dt.timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Changed:
    """An event whose status moved: from what to what, and on which day's word."""

    line: Line
    before: str
    after: str
    on: str


@dataclass(frozen=True, slots=True)
class News:
    """What a day brought: so many ``articles``, and ``new``, the weightiest of the ``told`` events first told on it
    (and, where they are few, on the days before)."""

    day: dt.date
    earlier: dt.date | None
    later: dt.date | None
    articles: int
    told: int
    new: list[Line]
    changed: list[Changed]
    agenda: Agenda
    moves: list[Move]


@router.get("/", response_class=HTMLResponse)
def today(request: Request) -> HTMLResponse:
    """What is new on the latest day read, or on the day ``on``."""
    desk = desk_of(request)
    language = language_of(request)
    asked = asking.day(request.query_params.get("on"))
    now = desk.today()
    body = desk.answers.get(("today", asked, language), lambda: _body(desk, asked, language))
    day = desk.answers.get(("today", asked), lambda: _news(desk, asked)).day if body else None
    return render(request, "today.html.j2", body=body, day=day, is_today=day == now)


def _body(desk: Desk, asked: dt.date | None, language: Language) -> Markup:
    """The page in a language; empty where nothing has been read that is dated."""
    news = desk.answers.get(("today", asked), lambda: _news(desk, asked))
    if not news.articles and not news.earlier:
        return Markup()
    drawn = [(move, sparkline(move.days, language)) for move in news.moves]
    return render_part(desk, language, "today_body.html.j2", news=news, moves=drawn, due=_DUE, overdue=_OVERDUE)


def _news(desk: Desk, asked: dt.date | None) -> News:
    with desk.store.reading() as ledger:
        read = ledger.articles_by_day()
        day = asked or latest_day(read) or desk.today()
        new = _new(ledger, day)
        return News(
            day,
            max((d for d in read if d < day), default=None),
            min((d for d in read if d > day), default=None),
            read.get(day, 0),
            len(new),
            _shown(ledger, day, new),
            _changed(ledger, day),
            _agenda(ledger, day),
            moves(ledger.pair_days(*stretch(day), least=SURE), read, day),
        )


def _new(ledger: Ledger, day: dt.date) -> list[Occurrence]:
    """The events that were told for the first time on a day."""
    found = ledger.told(day, day, limit=_LOOKED_AT)
    return [o for o in found if o.course and o.course[0].on == day.isoformat() and o.confidence >= SURE]


def _shown(ledger: Ledger, day: dt.date, new: list[Occurrence]) -> list[Line]:
    """The weightiest that are new; where a day brought few, those of the days before after them."""
    kept = sorted(new, key=_weight, reverse=True)[:_NEW]
    earlier = day
    while len(kept) < _FEW and earlier > day - _BACK:
        earlier -= dt.timedelta(days=1)
        kept += sorted(_new(ledger, earlier), key=_weight, reverse=True)[: _NEW - len(kept)]
    return asking.lines(ledger, kept)


def _weight(occurrence: Occurrence) -> tuple[float, str]:
    """How much an event matters to who reads the news: by how many tell it, whom it concerns, how much it moves."""
    known = [s for s in (*occurrence.actors, *occurrence.recipients) if not s.code.startswith("None")]
    two = len({s.code.partition("/")[0] for s in known}) > 1
    return occurrence.voices * 2 + two * 2 + occurrence.confidence + abs(occurrence.score) / 8, occurrence.id


def _changed(ledger: Ledger, day: dt.date) -> list[Changed]:
    """The events whose status moved in the days up to one, the latest first."""
    since, until = (day - _BACK).isoformat(), day.isoformat()
    found = [
        (*move, o)
        for o in ledger.told(day - _BACK, day, again=True)
        if o.confidence >= SURE and (move := _last_move(o, since, until))
    ]
    found.sort(key=lambda m: (m[2], m[3].voices, m[3].id), reverse=True)
    kept = found[:_CHANGED]
    lines = asking.lines(ledger, (m[3] for m in kept))
    return [Changed(line, *move[:3]) for line, move in zip(lines, kept, strict=True)]


def _last_move(occurrence: Occurrence, since: str, until: str) -> tuple[str, str, str] | None:
    """The last change of status within some days: from, to, on. Reports of one day that differ are no change."""
    told = [(c.status, c.on) for c in occurrence.course if c.on is not None and c.on <= until]
    for (before, earlier), (after, on) in reversed(list(itertools.pairwise(told))):
        if before != after and earlier < on and on >= since:
            return before, after, on
    return None


def _agenda(ledger: Ledger, day: dt.date) -> Agenda:
    """What is due in the next days, and what should have happened in the last."""
    reach = dt.timedelta(days=_AHEAD)
    found = ledger.occurrences(begin=day - reach, end=day + reach, status=("planned",))
    # What is due "this year" tells nobody what to wait for.
    exact = (o for o in found if (days := bounds(o.date)) and days[1] - days[0] <= _EXACT)
    return agenda(in_order(asking.lines(ledger, exact)), day, _AHEAD)
