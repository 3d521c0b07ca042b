"""What the narrative carries on: the date and place of acts whose own sentence names none.

News says when and where once and then goes on: "the attack", "the visit", "another car blew up". An
act without a date or place of its own takes those of another telling of the same event, else of the
act of its kind that it points back at; a blow told right after others shares their day, and an
act that must happen somewhere the scene that the report is set in.
"""

from __future__ import annotations

import datetime as dt

from rasd.record import EventDate
from rasd.text.clitics import stands_in
from rasd.text.document import Document
from rasd.what.draft import EventDraft

# How many sentences back an act may point for its day, and how many a series of blows goes on.
REACH, SERIES = 12, 3
# What lasts longer than so many days is no day to carry on.
A_WEEK = 7
# Acts that come in series, and acts that need a scene; a meeting is as often held elsewhere.
_SERIAL = frozenset({"ASSAULT"})
_ON_A_VISIT = frozenset({"CONSULT"})
_SET_IN_SCENE = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "AID"})


class Narrator:
    """Carries dates and places on over the events of one document.

    ``physical`` are the types whose places make the scene, ``demonstratives`` the folded words for "this";
    ``main`` is the article's main state: a scene there is not left for one abroad.
    """

    def __init__(
        self, document: Document, physical: frozenset[str], demonstratives: frozenset[str], main: str | None
    ) -> None:
        self._tokens = document.tokens
        self._timed = {t.sentence for t in document.times if t.begin is not None}
        self._physical = physical
        self._demonstratives = demonstratives
        self._main = main

    def carry(self, events: list[EventDraft]) -> None:
        """Fill in dates and places, in place. ``events`` stand in order of the text, tied by ``same_as``."""
        _share(events)
        dated: dict[str, EventDraft] = {}
        placed: dict[str, EventDraft] = {}
        scene: EventDraft | None = None
        for event in events:
            back = self._points_back(event)
            if event.date is None:
                self._carry_date(event, dated.get(event.type), back)
            elif _is_day(event.date):
                dated[event.type] = event
            if event.place is None:
                source = placed.get(event.type) if back else None
                if source is None and event.type in _SET_IN_SCENE:
                    source = scene
                if source is None and event.type in _ON_A_VISIT:
                    source = self._visit(event, placed.get(event.type))
                if source is not None:
                    event.place = source.place
                    event.reasons.append("its place is carried on")
            if event.place is not None:
                placed[event.type] = event
                if event.type in self._physical and self._sets_scene(event, scene):
                    scene = event
        _share(events)

    def _carry_date(self, event: EventDraft, source: EventDraft | None, back: bool) -> None:
        """Give an act the day of the last dated act of its type, where it means that act or goes on from it."""
        if source is None or event.sentence - source.sentence > REACH:
            return
        if event.status != source.status and (source.status != "occurred" or event.status in ("ongoing", "planned")):
            return
        goes_on = (
            event.type in _SERIAL
            and event.status == "occurred"
            and event.sentence - source.sentence <= SERIES
            and event.sentence not in self._timed
            and event.candidate.hit.person != "p"
        )
        if back or goes_on:
            event.date = source.date
            event.reasons.append("its date is carried on")

    def _visit(self, event: EventDraft, last: EventDraft | None) -> EventDraft | None:
        """The meeting or visit before, where the same sides go on meeting: talks are held on the visit."""
        if last is None or event.sentence - last.sentence > REACH:
            return None
        one, two = last.states(), event.states()
        return last if one and two and (one <= two or two <= one) else None

    def _sets_scene(self, event: EventDraft, scene: EventDraft | None) -> bool:
        if scene is None or scene.place is None or event.place is None:
            return True
        return event.place.country == self._main or scene.place.country != self._main

    def _points_back(self, event: EventDraft) -> bool:
        """Whether a noun means an act told before: "the attack", "this visit", "his visit"."""
        candidate = event.candidate
        if not candidate.is_noun:
            return False
        if candidate.at and stands_in(self._tokens[candidate.at - 1].key, self._demonstratives):
            return True
        split = candidate.hit.split
        return (split.definite or bool(split.enclitic)) and candidate.hit.person != "p"


def _share(events: list[EventDraft]) -> None:
    """Two tellings of one event share the date and place that one of them names."""
    for event in events:
        if event.same_as is None:
            continue
        first = events[event.same_as]
        event.date, first.date = event.date or first.date, first.date or event.date
        event.place, first.place = event.place or first.place, first.place or event.place


def _is_day(date: EventDate) -> bool:
    if not date.begin or not date.end:
        return False
    return (dt.date.fromisoformat(date.end) - dt.date.fromisoformat(date.begin)).days <= A_WEEK
