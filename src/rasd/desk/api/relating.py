"""Relations, actors and affairs: what the dossiers say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from threading import Lock
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from rasd.desk import links
from rasd.desk.api import answering
from rasd.desk.api.answering import Cursor, Limit, Page, answer, responses
from rasd.desk.api.problems import ProblemError
from rasd.desk.api.record import From, Least, To
from rasd.desk.api.shapes import (
    Actor,
    AffairFull,
    AffairStated,
    KnownAs,
    Relation,
    RelationAgenda,
    RelationCourse,
    RelationLedger,
    RelationPositions,
    Section,
)
from rasd.desk.asking import FIRST_DAY, LAST_DAY
from rasd.desk.desk import Desk
from rasd.desk.rendering import desk_of
from rasd.lexicon import open_compiled
from rasd.record import Name
from rasd.relations.dossier import Asked, Dossier, pair
from rasd.relations.dyad import Party
from rasd.relations.lines import Line
from rasd.store import paged
from rasd.who.directory import Directory
from rasd.who.lexemes import tables

router = APIRouter(tags=["relations"])

First = Annotated[
    str, Path(max_length=100, description="A power: its code (`RUS`, `SYR-OPP`) or name.", examples=["RUS"])
]
Second = Annotated[str, Path(max_length=100, description="The other.", examples=["TUR"])]
Most = Annotated[int, Query(ge=1, le=1000, description="So many lines of each section at most.")]
_making = Lock()
_STATED = 100


@router.get("/relations/{first}/{second}", operation_id="getRelation", responses=responses(Relation))
def get_relation(
    request: Request, first: First, second: Second, begin: From = None, end: Annotated[To, Query(alias="to")] = None,
    least: Least = 0.0,
) -> Response:  # fmt: skip
    """A relationship: its periods, who speaks for it, who tells of it."""
    d = _dossier(request, first, second, Asked(begin, end, least=least))
    made = Relation(d.parties, d.names, d.begin, d.end, d.as_of, d.read, len(d.lines), d.periods, d.people, d.voices)
    return answer(request, made)


@router.get("/relations/{first}/{second}/course", operation_id="getCourse", responses=responses(RelationCourse))
def get_course(
    request: Request, first: First, second: Second, begin: From = None, end: Annotated[To, Query(alias="to")] = None,
    step: Annotated[Literal["day", "week", "month"] | None, Query(description="Else what fits.")] = None,
    least: Least = 0.0,
) -> Response:  # fmt: skip
    """How a relationship went, in numbers: cooperation and conflict by day, week or month, with its turns."""
    d = _dossier(request, first, second, Asked(begin, end, step=step, least=least))
    return answer(request, RelationCourse(d.parties, d.names, d.course))


@router.get("/relations/{first}/{second}/ledger", operation_id="getLedger", responses=responses(RelationLedger))
def get_ledger(
    request: Request, first: First, second: Second, begin: From = None, end: Annotated[To, Query(alias="to")] = None,
    least: Least = 0.0, limit: Most = 100,
) -> Response:  # fmt: skip
    """What happened between two powers, by kind, each line with its words."""
    d = _dossier(request, first, second, Asked(begin, end, least=least))
    book = d.ledger
    sections = {
        "meetings": book.meetings.lines, "incidents": book.incidents, "measures": book.measures, "deeds": book.deeds,
        "words": book.words, "joint": book.joint, "promises": [p.line for p in book.promises], "open": book.open,
        "denied": book.denied,
    }  # fmt: skip
    return answer(request, RelationLedger(d.parties, d.names, _sections(sections.items(), limit)))


@router.get("/relations/{first}/{second}/agenda", operation_id="getAgenda", responses=responses(RelationAgenda))
def get_agenda(
    request: Request, first: First, second: Second,
    as_of: Annotated[dt.date | None, Query(description="The day it is asked for; else the latest read.",
                                           examples=["2024-05-14"])] = None,
    least: Least = 0.0, limit: Most = 100,
) -> Response:  # fmt: skip
    """What is due between two powers, what should have happened, what was called off."""
    if as_of is not None and not FIRST_DAY <= as_of <= LAST_DAY:
        raise ProblemError(422, "`as_of` is no day of news", {"as_of": f"not between {FIRST_DAY} and {LAST_DAY}"})
    d = _dossier(request, first, second, Asked(as_of=as_of, least=least))
    names = ("due", "undated", "under_way", "overdue", "cancelled")
    sections = _sections(((name, getattr(d.agenda, name)) for name in names), limit)
    return answer(request, RelationAgenda(d.parties, d.names, d.agenda.as_of, sections))


@router.get(
    "/relations/{first}/{second}/positions", operation_id="getPositions", responses=responses(RelationPositions)
)
def get_positions(
    request: Request, first: First, second: Second, begin: From = None, end: Annotated[To, Query(alias="to")] = None
) -> Response:
    """Where two powers stand: what they dispute, and what else each supports, opposes or seeks."""
    d = _dossier(request, first, second, Asked(begin, end))
    return answer(request, RelationPositions(d.parties, d.names, d.ledger.disputes, d.ledger.stances))


@router.get("/actors", operation_id="listActors", responses=responses(Page[paged.PowerTold]))
def list_actors(request: Request, limit: Limit = 20, cursor: Cursor = None) -> Response:
    """The powers that stand in events, by their codes."""
    with desk_of(request).store.reading() as ledger:
        items, places = paged.powers(ledger.connection, answering.read(request, cursor, str), limit + 1)
    return answering.page(request, items, places, limit)


@router.get("/actors/known", operation_id="findActors", responses=responses(list[KnownAs]))
def find_actors(
    request: Request,
    name: Annotated[str, Query(min_length=1, max_length=200, description="A name in Arabic or English, or a code.",
                               examples=["تركيا"])],
    at: Annotated[dt.date | None, Query(description="On this day.", examples=["2016-10-10"])] = None,
) -> Response:  # fmt: skip
    """Who or what a name may mean, by the knowledge files."""
    answering.storable(name=name)
    found = [
        KnownAs(k.kind, Name(k.ar, k.en), k.code, k.names, k.since, k.until, k.wikidata, k.note)
        for k in _directory(request).find(name, at)
    ]
    return answer(request, found)


@router.get("/actors/{code}", operation_id="getActor", responses=responses(Actor))
def get_actor(request: Request, code: First) -> Response:
    """A power: what it is called, how many events it stands in, and with whom."""
    party = _party(desk_of(request), code)
    with desk_of(request).store.reading() as ledger:
        told = paged.power(ledger.connection, party.main)
        if told is None:
            raise ProblemError(404, f"{party.code} stands in no event")
        others = paged.counterparts(ledger.connection, party.main, 50)
    made = Actor(party.main, desk_of(request).names.name(party.main), told.events, told.first, told.last, others)
    return answer(request, made)


@router.get("/affairs", operation_id="listAffairs", responses=responses(Page[paged.AffairTold]))
def list_affairs(
    request: Request,
    kind: Annotated[Literal["issue", "project", "agreement", "target", "gathering"] | None, Query()] = None,
    limit: Limit = 20, cursor: Cursor = None,
) -> Response:  # fmt: skip
    """What events are about: issues, projects, agreements, targets and gatherings, by their keys."""
    with desk_of(request).store.reading() as ledger:
        behind = answering.read(request, cursor, str)
        items, places = paged.affairs(ledger.connection, behind, limit + 1, kind=kind)
    return answering.page(request, items, places, limit)


@router.get("/affairs/{key}", operation_id="getAffair", responses=responses(AffairFull))
def get_affair(
    request: Request, key: Annotated[str, Path(max_length=500, description="The key of an affair, as lists give it.")]
) -> Response:
    """An affair with what articles state of it; its events are `/occurrences?about=KEY`."""
    answering.storable(key=key)
    with desk_of(request).store.reading() as ledger:
        found, _ = paged.affairs(ledger.connection, None, 1, key=key)
        if not found:
            raise ProblemError(404, "there is no affair of this key")
        a = found[0]
        made = AffairFull(a.key, a.kind, a.name, a.events, a.articles)
        for stated in ledger.affairs(keys=[key]):
            parties = {p.code: p.role for p in stated.what.parties}
            made.stated.append(AffairStated(stated.source, stated.what.what, parties, stated.what.place))
            if len(made.stated) >= _STATED:
                break
    return answer(request, made)


def _dossier(request: Request, first: str, second: str, asked: Asked) -> Dossier:
    desk = desk_of(request)
    one, two = _party(desk, first), _party(desk, second)
    if one == two:
        raise ProblemError(422, "a relationship has two sides: name two different powers", {"second": "the same power"})
    if asked.begin is not None and asked.end is not None and asked.begin > asked.end:
        raise ProblemError(422, "`from` is later than `to`", {"from": "later than to"})

    def made() -> Dossier:
        with desk.store.reading() as ledger:
            return pair(ledger, one, two, asked, desk.files)

    key = ("dossier", one, two, asked.begin, asked.end, asked.as_of, asked.step, asked.least)
    return desk.answers.get(key, made)


def _party(desk: Desk, text: str) -> Party:
    answering.storable(power=text)
    party = desk.party(links.code_in(text))
    if party is None:
        raise ProblemError(404, "no power is known by this code or name")
    return party


def _sections(found: Iterable[tuple[str, list[Line]]], limit: int) -> dict[str, Section]:
    return {name: Section(len(lines), lines[:limit]) for name, lines in found}


def _directory(request: Request) -> Directory:
    """The registry; made once for an application."""
    state = request.app.state
    with _making:
        if not hasattr(state, "directory"):
            from rasd.reader import SECTIONS

            state.directory = Directory(tables(open_compiled(desk_of(request).files, SECTIONS)))
    return state.directory
