"""The flat tables of records: their columns, and the rows that a record gives.

``article`` is in all of them the number of the article's line in the input, which joins them; `docs/tables.md` shows
them all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rasd.chronicle import Report, Side, affair_key
from rasd.record import Affair, Count, EventDate, Place, Record
from rasd.relations.reports import reports

Row = Sequence[Any]


@dataclass(slots=True, frozen=True)
class Column:
    """A column: text, integer, number, truth, day, or list (of text)."""

    name: str
    kind: str
    says: str


@dataclass(slots=True, frozen=True)
class Table:
    """A table, and how a record fills it; the rows are as long as the columns."""

    name: str
    says: str
    columns: tuple[Column, ...]
    rows: Callable[[int, Record], Iterator[Row]]


def _columns(text: str) -> tuple[Column, ...]:
    """Columns written a line each: name, kind, what it holds."""
    found: list[Column] = []
    for line in text.strip().splitlines():
        name, kind, says = line.split(maxsplit=2)
        found.append(Column(name, kind, says))
    return tuple(found)


_ARTICLE = "article integer number of the article's line in the input: joins the tables"
_DATE = """
date text the date as said (TIMEX3)
date_begin day the first day it can mean
date_end day the last day it can mean
time text the clock
zone text the clock's zone (IANA)
approximate truth about that date
"""
_PLACE = """
place text the place, in English
place_ar text the place, in Arabic
country text its country, ISO 3166-1 alpha-3
latitude number degrees, WGS 84
longitude number degrees, WGS 84
geonames integer id in GeoNames
"""


def _day(text: str | None) -> dt.date | None:
    """A whole day; None of a month, a year, or none."""
    try:
        return dt.date.fromisoformat(text) if text and len(text) == 10 else None
    except ValueError:
        return None


def _date_cells(date: EventDate | None) -> Row:
    if date is None:
        return (None,) * 6
    return date.value, _day(date.begin), _day(date.end), date.time, date.zone, date.approximate


def _place_cells(place: Place | None) -> Row:
    if place is None:
        return (None,) * 6
    return place.name.en, place.name.ar, place.country, place.lat, place.lon, place.geonames


def _counts(counts: Sequence[Count]) -> list[str]:
    return [
        f"{c.role}={c.value:.15g}{f' {c.unit}' if c.unit else ''}{f'/{c.per}' if c.per else ''}" for c in counts
    ]  # fmt: skip


def _articles(line: int, record: Record) -> Iterator[Row]:
    a, dating = record.article, record.article.dating
    yield (
        line, a.id, a.title, a.source, a.url, a.language, _day(a.published), a.published, dating.basis,
        _day(dating.earliest), _day(dating.latest), len(a.text.split()), len(record.events), a.text,
    )  # fmt: skip


def _events(line: int, record: Record) -> Iterator[Row]:
    entities = {entity.id: entity for entity in record.entities}

    def names(ids: list[str], language: str) -> list[str]:
        return [getattr(entities[i].name, language) or "" for i in ids if i in entities]

    for e in record.events:
        first = e.attribution[0] if e.attribution else None
        yield (
            line, e.id, e.type, e.mode, e.contexts, e.quad, e.score, e.status,
            e.actor_codes, names(e.actors, "en"), names(e.actors, "ar"),
            e.recipient_codes, names(e.recipients, "en"), names(e.recipients, "ar"),
            [f"{o.role} {entities[o.entity].code or ''}".strip() for o in e.others if o.entity in entities],
            *_date_cells(e.date), *_place_cells(e.place), e.about,
            first.who if first else None, first.code if first else None, first.citing if first else None,
            e.ordinal.n if e.ordinal else None, e.ordinal.within if e.ordinal else None, _counts(e.counts),
            e.sentence, e.trigger.start, e.trigger.end, e.trigger.text, e.evidence.start, e.evidence.end,
            e.same_as, e.rule, e.confidence, e.gloss.en, e.gloss.ar,
        )  # fmt: skip


def _mentions(line: int, record: Record) -> Iterator[Row]:
    for entity in record.entities:
        for m in entity.mentions:
            yield (
                line, entity.id, entity.code, entity.kind, entity.name.en, entity.name.ar, entity.wikidata,
                m.start, m.end, m.text, m.how,
            )  # fmt: skip


def _times(line: int, record: Record) -> Iterator[Row]:
    for t in record.times:
        yield (
            line, t.start, t.end, t.text, t.type, t.value, _day(t.begin), _day(t.end_date),
            t.approximate, t.mod, t.zone,
        )  # fmt: skip


def _affairs(line: int, record: Record) -> Iterator[Row]:
    for a in record.affairs:
        first = a.mentions[0] if a.mentions else None
        yield (
            line, a.id, affair_key(a), a.kind, a.name.en, a.name.ar, a.what, _parties(a), *_place_cells(a.place),
            a.quantity.value if a.quantity else None, a.quantity.unit if a.quantity else None,
            a.quantity.per if a.quantity else None, len(a.mentions),
            first.start if first else None, first.end if first else None,
        )  # fmt: skip


def _parties(affair: Affair) -> list[str]:
    return [f"{p.code} {p.role}" for p in affair.parties]


def _reports(line: int, record: Record) -> Iterator[Row]:
    for r in reports(record, str(line)):
        yield _report(line, r)


def _report(line: int, r: Report) -> Row:
    return (
        line, r.id, r.type, r.mode, r.contexts, r.quad, r.score, r.status,
        *_side_cells(r.actors), *_side_cells(r.recipients), [f"{o.role} {o.entity}" for o in r.others],
        *_date_cells(r.date), *_place_cells(r.place), r.affairs,
        [a.who for a in r.attribution if a.who], r.ordinal.n if r.ordinal else None,
        r.ordinal.within if r.ordinal else None, _counts(r.counts), 1 + len(r.retold),
        r.words.start, r.words.end, r.words.text, r.rule, r.confidence, r.gloss.en, r.gloss.ar,
    )  # fmt: skip


def _side_cells(sides: list[Side]) -> Row:
    return (
        [s.code for s in sides], [s.name.en or "" for s in sides], [s.name.ar or "" for s in sides],
        [s.wikidata or "" for s in sides],
    )  # fmt: skip


_ACT = """
type text PLOVER's type
mode text PLOVER's mode
contexts list PLOVER's contexts
quad text PLOVER's quad
score number PLOVER's score, -10 to 10
status text occurred, ongoing, planned, possible, denied
"""

TABLES: tuple[Table, ...] = (
    Table(
        "articles",
        "an article a row",
        _columns(f"""
{_ARTICLE}
id text as given
title text the headline, as given
source text the outlet, as given
url text as given
language text ar
published day the day of publication, given or inferred
published_as text the same as exactly as it is known, a month or a year too
dating text how it is known: given, dateline, inferred, unknown
earliest day it was published no earlier
latest day and no later
words integer words as spaces part them
events integer events found
text text the article as given: what start and end count characters of
"""),
        _articles,
    ),
    Table(
        "events",
        "an event of a record a row, each telling of it by itself",
        _columns(f"""
{_ARTICLE}
event text the event's id in its article
{_ACT.strip()}
actors list codes of who acts, MAIN/SECTOR
actor_names list English names of those who are named
actor_names_ar list their Arabic names
recipients list codes of whom it is done to
recipient_names list English names of those who are named
recipient_names_ar list their Arabic names
others list role and code of the others: host, mediator, beneficiary, instrument
{_DATE.strip()}
{_PLACE.strip()}
about list ids of its affairs in its article
said_by text on whose word
said_by_code text the code of the same
citing text whom they cite
ordinal integer the n-th of its kind
ordinal_within text in this period
counts list dead, wounded, money ...: killed=12
sentence integer the index of its sentence
trigger_start integer the word that tells it: from this character
trigger_end integer to this one, which is not of it
trigger text the word that tells it
start integer the words that tell it: from this character
end integer to this one, which is not of it
same_as text the event of its article that it tells again
rule text the rule that made it
confidence number how likely it is an event, 0 to 1
gloss text a line that tells it, in English
gloss_ar text a line that tells it, in Arabic
"""),
        _events,
    ),
    Table(
        "mentions",
        "a mention of somebody or something that can act a row",
        _columns(f"""
{_ARTICLE}
entity text the entity's id in its article
code text its code, MAIN/SECTOR
kind text person, office, state, organization, group, people, place, facility, gathering, outlet
name text its English name
name_ar text its Arabic name
wikidata text its item in Wikidata
start integer from this character
end integer to this one, which is not of it
text text the words
how text name, title, metonym, pronoun, description
"""),
        _mentions,
    ),
    Table(
        "times",
        "an expression of time a row",
        _columns(f"""
{_ARTICLE}
start integer from this character
end integer to this one, which is not of it
text text the words
type text DATE, TIME, DURATION, SET
value text its value (TIMEX3)
begin day the first day it can mean
until day the last day it can mean
approximate truth about that time
mod text TIMEX3's modifier
zone text a clock's zone
"""),
        _times,
    ),
    Table(
        "affairs",
        "an issue, project, agreement, target or gathering of an article a row",
        _columns(f"""
{_ARTICLE}
affair text the affair's id in its article
key text what names it across articles
kind text issue, project, agreement, target, gathering
name text its English name
name_ar text its Arabic name
what text what it is
parties list code and role of its parties
{_PLACE.strip()}
quantity number how much
unit text of what
per text in which time
mentions integer how often it is named
start integer where it is named first: from this character
end integer to this one, which is not of it
"""),
        _affairs,
    ),
    Table(
        "reports",
        "an event of an article a row: all that its tellings say of it together",
        _columns(f"""
{_ARTICLE}
report text the report's id: article and first event
{_ACT.strip()}
actors list codes of who acts, MAIN/SECTOR
actor_names list their English names, in step
actor_names_ar list their Arabic names, in step
actor_wikidata list Wikidata's items, in step
recipients list codes of whom it is done to
recipient_names list their English names, in step
recipient_names_ar list their Arabic names, in step
recipient_wikidata list Wikidata's items, in step
others list role and code of the others
{_DATE.strip()}
{_PLACE.strip()}
affairs list keys of its affairs
said_by list on whose word
ordinal integer the n-th of its kind
ordinal_within text in this period
counts list dead, wounded, money ...: killed=12
tellings integer sentences that tell it
start integer the words that tell it first: from this character
end integer to this one, which is not of it
words text those words
rule text the rule that made it
confidence number how likely it is an event, 0 to 1
gloss text a line that tells it, in English
gloss_ar text a line that tells it, in Arabic
"""),
        _reports,
    ),
)
