"""Events on a calendar, a month at a time, by filters."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from rasd.chronicle import Occurrence
from rasd.desk.choosing import chosen
from rasd.desk.desk import Desk
from rasd.desk.feeding import title
from rasd.desk.finding import TOOLS, found_events
from rasd.desk.language import Words
from rasd.desk.months import FIRST_WEEKDAY, Month, month_before, next_month
from rasd.desk.months import month as month_of
from rasd.desk.pages.search import filters
from rasd.desk.rendering import desk_of, language_of, render
from rasd.relations.agenda import latest_day
from rasd.relations.days import bounds

router = APIRouter()

# What is known no better than so many days is no entry of a month.
_LOOSEST = 14
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
# Planned events that stand under the month, of so many that touch it.
_PLANNED, _LOOKED_AT = 25, 300


@router.get("/calendar", response_class=HTMLResponse)
def events_by_day(request: Request, month: str = "") -> HTMLResponse:
    """A month (``2015-07``) of events, by default the one that was read last."""
    desk, language = desk_of(request), language_of(request)
    say = desk.words(language)
    with desk.store.reading() as ledger:
        asked = chosen(request, desk, ledger, ignore=("lang", "month", "order", "from", "to"))
        first = _first(desk, month)
        form = filters(desk, ledger, asked, "/calendar", language, days=False)
        shown, planned = month_of(first, []), []
        if asked.choice is not None:
            of_month = replace(asked.choice, begin=shown.days[0].date, end=shown.days[-1].date)
            shown = month_of(first, ledger.days(of_month))
            due = replace(asked.choice, begin=shown.first, end=shown.last, status=("planned",))
            if not asked.choice.status or "planned" in asked.choice.status:
                coming = [o for o in ledger.events(due, order="earliest", limit=_LOOKED_AT) if _soon(o, shown)]
                planned = found_events(ledger, desk.store.terms, coming[:_PLANNED], None, language)
    return render(
        request, "calendar.html.j2", asked=asked, form=form, month=shown, planned=planned, title=title(asked, say),
        earlier=asked.address("/calendar", month=f"{month_before(first):%Y-%m}"),
        later=asked.address("/calendar", month=f"{next_month(first):%Y-%m}"),
        hijri=_hijri(shown, say), weekdays=[(FIRST_WEEKDAY + n) % 7 for n in range(7)], tools=TOOLS,
    )  # fmt: skip


def _first(desk: Desk, said: str) -> dt.date:
    """The first day of the month that is asked for."""
    if said:
        match = _MONTH.fullmatch(said)
        if match is None or not 1 < int(match[1]) < 9999:
            raise HTTPException(422, "calendar.no-month")
        return dt.date(int(match[1]), int(match[2]), 1)

    def made() -> dt.date | None:
        return latest_day(desk.store.articles_by_day())

    return (desk.answers.get("latest day", made) or desk.today()).replace(day=1)


def _soon(event: Occurrence, shown: Month) -> bool:
    """Whether what is planned begins in the month and is known to some days, and not to the year alone."""
    known = bounds(event.date)
    if known is None:
        return False
    return known[0] >= shown.first and (known[1] - known[0]).days <= _LOOSEST


def _hijri(shown: Month, say: Words) -> str:
    """The months of the Hijri calendar that a month touches: ``رمضان – شوال 1436``."""
    found = dict.fromkeys((d.hijri[0], d.hijri[1]) for d in shown.days if d.inside and d.hijri)
    if not found:
        return ""
    years = list(dict.fromkeys(year for year, _ in found))
    if len(years) == 1:
        return f"{' – '.join(say.label(f'hijri.{m}') for _, m in found)} {years[0]}"
    return " – ".join(f"{say.label(f'hijri.{m}')} {y}" for y, m in found)
