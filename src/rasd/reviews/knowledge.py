"""What the knowledge files say of an answer: whether there is such a type, mode, code; its place, score, and lines."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from functools import cached_property

import msgspec

from rasd.chronicle import Answer, Filling
from rasd.lexicon import KnowledgeFiles, open_compiled
from rasd.record import Event, EventDate, Gloss, Name, Place, Record
from rasd.relations.naming import CodeNames
from rasd.relations.schema import UsualAct
from rasd.reviews.answers import STATUSES, answer_of, changed, event_date
from rasd.reviews.errors import ReviewError
from rasd.text.forms import WordTable
from rasd.what import arabic_line, english_line
from rasd.what.circumstances import is_future
from rasd.what.lexemes import EVENT, Lexemes
from rasd.what.schema import Ontology, Predicate, TypeEntry
from rasd.where.answer import answers
from rasd.where.gazetteer import Gazetteer
from rasd.who.lexemes import ACTORS

_CODE = re.compile(r"(?:[A-Z0-9]{3}|None)(?:/[A-Z]{2,4})?")
# More than anybody writes; articles and forms are hostile input.
_MOST_SIDES, _LONGEST = 20, 200


class _State(msgspec.Struct):
    ar: list[str]
    gender: str = "f"


class _Registry(msgspec.Struct, array_like=True):
    """Of the compiled registry (`rasd.who.lexemes.Tables`) what comes first: states by code."""

    states: dict[str, _State]


class Knowledge:
    """Checks answers and fills them in. ``files`` are the knowledge files, ours by default."""

    def __init__(self, files: KnowledgeFiles | None = None) -> None:
        self._files = files or KnowledgeFiles()

    @cached_property
    def types(self) -> Mapping[str, TypeEntry]:
        """The event types, by name, each with its modes."""
        return {entry.name: entry for entry in self._ontology.types}

    @cached_property
    def sectors(self) -> frozenset[str]:
        """The sectors that a code may have."""
        return frozenset(entry.name for entry in self._ontology.sectors)

    def check(self, answer: Answer) -> Answer:
        """An answer as it is kept: spaces and letter case settled. Raises `ReviewError` naming each field's fault."""
        faults: dict[str, str] = {}
        kind = answer.type.strip().upper()
        entry = self.types.get(kind)
        mode = _text(answer.mode)
        if entry is None:
            faults["type"] = f"no event type: {kind[:_LONGEST]} ({', '.join(self.types)})"
        elif mode is not None and mode not in entry.modes:
            known = f" ({', '.join(entry.modes)})" if entry.modes else ""
            faults["mode"] = f"{kind} has no mode {mode[:_LONGEST]}{known}"
        if answer.status not in STATUSES:
            faults["status"] = f"no status: {answer.status[:_LONGEST]} ({', '.join(STATUSES)})"
        sides = {name: self._codes(name, getattr(answer, name), faults) for name in ("actors", "recipients")}
        date, place, source = _text(answer.date), _text(answer.place), _text(answer.source)
        try:
            event_date(date)
        except ValueError as error:
            faults["date"] = str(error)
        for name, value in (("place", place), ("source", source)):
            if value is not None and len(value) > _LONGEST:
                faults[name] = f"longer than {_LONGEST} characters"
        if faults:
            raise ReviewError("; ".join(f"{name}: {fault}" for name, fault in faults.items()), faults)
        return Answer(kind, mode, answer.status, sides["actors"], sides["recipients"], date, place, source)

    def fill(self, answer: Answer, *, event: Event | None, record: Record, trigger: str) -> Filling:
        """What follows from an answer. ``event`` is what Rasd read there, if anything, ``trigger`` the word."""
        before = answer_of(event) if event is not None else None
        if event is not None and before is not None and not changed(before, answer):
            return Filling(event.quad, event.score, event.rule, event.date, event.place, event.gloss)
        entry = self.types[answer.type]
        score = entry.modes.get(answer.mode, entry.score) if answer.mode else entry.score
        predicate = self._predicate(answer, event, trigger)
        same_day = event is not None and before is not None and before.date == answer.date
        date = event.date if event is not None and same_day else event_date(answer.date)
        place = self._place(answer.place, event, record)
        gloss = self._gloss(answer, predicate, date, place, event, record)
        return Filling(entry.quad, score, predicate.id, date, place, gloss)

    def name(self, code: str) -> Name:
        """What a code is called."""
        return self._names.name(code)

    @cached_property
    def _ontology(self) -> Ontology:
        return self._files.table("ontology.yaml", Ontology)[-1]

    @cached_property
    def _names(self) -> CodeNames:
        return CodeNames(self._files)

    @cached_property
    def _words(self) -> tuple[Lexemes, WordTable, Gazetteer]:
        from rasd.reader import SECTIONS

        compiled = open_compiled(self._files, SECTIONS)
        return Lexemes(compiled), WordTable(compiled), Gazetteer(compiled)

    @cached_property
    def _genders(self) -> dict[str, str]:
        """The grammatical gender of states, by their Arabic names."""
        from rasd.reader import SECTIONS

        registry = msgspec.msgpack.decode(open_compiled(self._files, SECTIONS)[ACTORS.name], type=_Registry)
        return {name: state.gender for state in registry.states.values() for name in state.ar}

    @cached_property
    def _usual(self) -> dict[str, str]:
        return {e.act: e.rule for e in self._files.entries("relations/usual_acts.yaml", UsualAct, lambda e: e.act)}

    def _codes(self, name: str, codes: Sequence[str], faults: dict[str, str]) -> tuple[str, ...]:
        found: list[str] = []
        for code in codes:
            main, slash, sector = code.strip().partition("/")
            main = "None" if main.casefold() == "none" else main.upper()
            whole = f"{main}{slash}{sector.upper()}"
            if not whole:
                continue
            if not _CODE.fullmatch(whole) or (slash and sector.upper() not in self.sectors):
                faults[name] = f"no code: {whole[:_LONGEST]} (RUS/GOV)"
            elif whole not in found:
                found.append(whole)
        if len(found) > _MOST_SIDES:
            faults[name] = f"more than {_MOST_SIDES} on one side"
        return tuple(found)

    def _predicate(self, answer: Answer, event: Event | None, trigger: str) -> Predicate:
        """The entry that says an answer: the one that was read, one of the trigger's own, else the usual one."""
        lexemes, words, _ = self._words
        by_id = {p.id: p for p in lexemes.predicates}
        read = by_id.get(event.rule) if event is not None else None
        if read is not None and (read.type, read.mode) == (answer.type, answer.mode):
            return read
        hits = [h for word in trigger.split()[:3] for h in lexemes.hits(words.form(word)) if h.group == EVENT]
        own = [lexemes.predicates[h.entry] for h in hits]
        usual = [by_id.get(self._usual.get(act, "")) for act in (f"{answer.type}/{answer.mode}", answer.type)]
        of_type = [p for p in lexemes.predicates if p.type == answer.type]
        ways = (
            (p for p in own if (p.type, p.mode) == (answer.type, answer.mode)),
            (p for p in own if p.type == answer.type),
            (p for p in usual[:1] if p is not None),
            (p for p in of_type if answer.mode is not None and p.mode == answer.mode),
            (p for p in usual if p is not None),
            iter(of_type),
        )
        return next(p for way in ways for p in way)

    def _place(self, said: str | None, event: Event | None, record: Record) -> Place | None:
        """The place of a name: one that the article names, before any that the gazetteer knows."""
        if said is None:
            return None
        wanted = said.casefold()
        near = [event.place] if event is not None else []
        for place in (*near, *(e.place for e in record.events), *(a.place for a in record.affairs)):
            if place is not None and wanted in ((place.name.en or "").casefold(), place.name.ar):
                return place
        known = answers(self._words[2], said)
        if known:
            best = known[0]
            return Place(Name(best.ar, best.en), best.country, best.lat, best.lon, best.geonames)
        return Place(Name(None, said), None, None, None, None)

    def _gloss(
        self, answer: Answer, predicate: Predicate, date: EventDate | None, place: Place | None, event: Event | None,
        record: Record,
    ) -> Gloss:  # fmt: skip
        """The lines of an answer, as those of what is read."""
        lexemes = self._words[0]
        entities = {e.id: e for e in record.entities}
        named = [*event.actors, *event.recipients] if event is not None else []
        people = [entities[i] for i in named if i in entities]
        told = {e.code: e.name for e in (*reversed(record.entities), *people) if e.code is not None}

        def names(codes: Sequence[str]) -> list[Name]:
            return [self._called(told.get(code), code) for code in codes]

        future = is_future(date, _day(record.article.published))
        actors, recipients = names(answer.actors), names(answer.recipients)
        where_ar = f"في {place.name.ar or place.name.en}" if place else ""
        where_en = f"in {place.name.en or place.name.ar}" if place else ""
        when_ar, when_en = (arabic_line.date(date), english_line.date(date)) if date else ("", "")
        arabic = arabic_line.sentence(
            predicate, lexemes.arabic_lines, [self._party(n) for n in actors], [self._party(n) for n in recipients],
            answer.status, future, f"{where_ar} {when_ar}",
        )  # fmt: skip
        english = english_line.sentence(
            predicate, lexemes.english_lines, [self._side(n) for n in actors], [self._side(n) for n in recipients],
            answer.status, future, f"{where_en} {when_en}",
            english_line.Words(lexemes.english_pasts, lexemes.english_participles),
        )  # fmt: skip
        return Gloss(arabic, english)

    def _called(self, told: Name | None, code: str) -> Name:
        """Whom a code means here: as the article calls them, else as the knowledge files do."""
        known = self._names.name(code)
        if told is None:
            return known
        return Name(told.ar or known.ar, told.en or known.en)

    def _party(self, name: Name) -> arabic_line.Party:
        said = name.ar or name.en or ""
        head = said.split()[0] if said.split() else ""
        gender = self._genders.get(said) or ("f" if head.endswith(("ة", "ات", "ى")) else "m")
        return arabic_line.Party(said, gender, "s")

    def _side(self, name: Name) -> english_line.Side:
        said = name.en or name.ar or ""
        articles = self._words[0].english_articles
        return english_line.Side(f"the {said}" if said.endswith(articles) else said, False)


def _text(value: str | None) -> str | None:
    stripped = " ".join(value.split()) if value is not None else ""
    return stripped or None


def _day(iso: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None
