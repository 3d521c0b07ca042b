"""Reviews given and undone: each is kept for good, and what articles tell together is made anew of it at once.

    reviewer = Reviewer(store)
    reviewer.accept("17/e3", "Salma")
    reviewer.correct("17/e4", {"status": "planned"}, "Salma", note="the visit lies ahead")
    reviewer.refuse("17/e5", "Salma")
    reviewer.add("17", 120, 126, answer, "Salma")
    reviewer.undo(review.id, "Salma")

A person reviews a report, which an article may tell several times. A refusal is of all its tellings; so is what is
accepted or corrected, each with its own time and place where the person left those as they were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rasd.chronicle import Answer, Reading, Review
from rasd.record import Event, Record
from rasd.relations.adding import tell, withdraw
from rasd.relations.identity import Identity
from rasd.relations.reports import tellings
from rasd.relations.reviewed import ACCEPTED, ADDED, CORRECTED, REFUSED, matched
from rasd.reviews.answers import FIELDS, answer_of, changed
from rasd.reviews.errors import NothingThereError, ReviewError
from rasd.reviews.knowledge import Knowledge
from rasd.store import Store
from rasd.store import reviews as kept
from rasd.store.writer import Writer

# How an event came to be reviewed: drawn by lot, as one of the least sure, or met in its article.
CHANCE, UNSURE, ARTICLE = "chance", "unsure", "article"
PICKED = (CHANCE, UNSURE, ARTICLE)
_LONGEST_NOTE, _LONGEST_NAME = 2000, 100


@dataclass(slots=True)
class Standing:
    """An event of an article as it stands: as Rasd read it (``event``), and its current review, either may lack."""

    id: str
    event: Event | None
    review: Review | None

    @property
    def answer(self) -> Answer | None:
        """What is held of it now: what a person said, else what Rasd read; None where it was refused."""
        if self.review is not None:
            return self.review.answer
        return answer_of(self.event) if self.event is not None else None


def standings(record: Record, reviews: Sequence[Review]) -> list[Standing]:
    """The events of an article, read or put in by people, by their place; ``reviews`` are its current ones."""
    of_event = {id: review for review, id in matched(record, reviews)}
    found = [Standing(event.id, event, of_event.pop(event.id, None)) for event in record.events]
    found.extend(Standing(id, None, review) for id, review in of_event.items())

    def place(standing: Standing) -> int:
        if standing.event is not None:
            return standing.event.trigger.start
        return (standing.review.start if standing.review is not None else None) or 0

    return sorted(found, key=place)


class Reviewer:
    """Takes reviews into a store. ``knowledge`` checks them, Rasd's own by default."""

    def __init__(self, store: Store, knowledge: Knowledge | None = None, *, identity: Identity | None = None) -> None:
        self._store = store
        self.knowledge = knowledge or Knowledge()
        self._identity = identity or Identity()

    def accept(self, report: str, person: str, *, note: str | None = None, picked: str = ARTICLE) -> Review:
        """Say that an event is right as it stands. ``report`` is its id (``17/e3``). Returns the review.

        Raises `NothingThereError` where there is no such event.
        """
        return self._review(report, {}, person, note, picked)

    def correct(
        self, report: str, fields: Mapping[str, Any] | Answer, person: str, *, note: str | None = None,
        picked: str = ARTICLE,
    ) -> Review:  # fmt: skip
        """Put an event right: ``fields`` of an `Answer` that are to be otherwise, or a whole one.

        Where nothing differs from what Rasd read the event is accepted. Raises `ReviewError` naming each field that
        cannot be, `NothingThereError` where there is no such event.
        """
        given = {f: getattr(fields, f) for f in FIELDS} if isinstance(fields, Answer) else dict(fields)
        return self._review(report, given, person, note, picked)

    def refuse(self, report: str, person: str, *, note: str | None = None, picked: str = ARTICLE) -> Review:
        """Say that there is no such event in the article. Raises `NothingThereError` where none was read."""
        return self._review(report, None, person, note, picked)

    def add(
        self, article: str, start: int, end: int, answer: Answer, person: str, *, note: str | None = None,
    ) -> Review:  # fmt: skip
        """Put in an event that Rasd missed, told by the words at ``start`` to ``end`` of an article's text.

        Raises `ReviewError` where an event is told there already, or the words or the answer cannot be.
        """
        checked = self.knowledge.check(answer)
        person, note = _said(person, note)
        with self._store.writing() as writer:
            record = self._record(writer, article)
            text = record.article.text
            if not 0 <= start < end <= len(text) or not text[start:end].strip():
                raise ReviewError("the words of the event are not in the article", {"trigger": "not in the article"})
            for standing in standings(record, writer.reviews([article])):
                held = standing.answer
                if held is not None and held.type == checked.type and _span(standing) == (start, end):
                    raise ReviewError(f"these words tell an event of this type already ({standing.id}): correct that")
            trigger = text[start:end]
            filling = self.knowledge.fill(checked, event=None, record=record, trigger=trigger)
            given = Review(
                0, article, 0, 0, start, end, trigger, checked.type, ADDED, None, checked, filling, person, "", note
            )
            (made,) = writer.review([given])
            self._tell(writer, article, record)
        return made

    def undo(self, id: int, person: str) -> list[Review]:
        """Take a review back, with those that were given at once with it; what they superseded holds again.

        Returns those taken back, none where they were already. Raises `NothingThereError` where there is none such.
        """
        person, _ = _said(person, None)
        with self._store.writing() as writer:
            one = kept.by_id(writer.connection, id)
            if one is None:
                raise NothingThereError(f"there is no review {id}")
            batch = [r for r in kept.of_batch(writer.connection, one.batch) if r.undone is None]
            if batch:
                writer.undo(batch, person)
                self._tell(writer, one.article, self._record(writer, one.article))
        return batch

    def read_through(self, article: str, person: str, *, whole: bool = True) -> None:
        """Note that a person read an article from end to end and misses no event, or take that back.

        Raises `NothingThereError` where there is no such article.
        """
        person, _ = _said(person, None)
        with self._store.writing() as writer:
            self._record(writer, article)
            writer.read_through(article, person, whole=whole)

    def _review(
        self, report: str, fields: Mapping[str, Any] | None, person: str, note: str | None, picked: str
    ) -> Review:
        """Review a report; ``fields`` are those that are to be otherwise, None where there is no such event."""
        person, note = _said(person, note)
        if picked not in PICKED:
            raise ReviewError(f"an event is picked by {', '.join(PICKED)}, not by {picked[:_LONGEST_NAME]}")
        article, _, id = report.partition("/")
        with self._store.writing() as writer:
            record = self._record(writer, article)
            known = {s.id: s for s in standings(record, writer.reviews([article]))}
            first = known.get(id)
            if first is None or (first.event is None and first.review is None):
                raise NothingThereError(f"there is no event {report}")
            told = next((t for t in tellings(record.events) if any(e.id == id for e in t)), list[Event]())
            # What was reviewed as itself before is not decided by another telling.
            others = [known[e.id] for e in told if e.id != id and known[e.id].review is None]
            lexicon = self._lexicon(writer, article)
            given = [self._verdict(first, fields, record, article, lexicon)]
            put_right = self._put_right(first, given[0])
            given += [self._verdict(o, None if fields is None else put_right, record, article, lexicon) for o in others]
            given = [replace(g, person=person, note=note, picked=picked) for g in given]
            made = writer.review(given)
            self._tell(writer, article, record)
        return made[0]

    def _put_right(self, first: Standing, given: Review) -> dict[str, Any]:
        """What a person changed in one telling of an event, which its other tellings have too."""
        if given.answer is None or first.event is None:
            return {}
        return {f: getattr(given.answer, f) for f in changed(answer_of(first.event), given.answer)}

    def _verdict(
        self, standing: Standing, fields: Mapping[str, Any] | None, record: Record, article: str, lexicon: str
    ) -> Review:
        """The review of one telling, without who gave it."""
        event, earlier = standing.event, standing.review
        start, end = _span(standing)
        trigger = record.article.text[start:end]
        read = Reading(answer_of(event), event.rule, event.confidence, lexicon) if event is not None else None
        if read is None and earlier is not None:
            read = earlier.read
        kind = earlier.type if earlier is not None else event.type if event is not None else ""
        thread = earlier.thread if earlier is not None else 0
        blank = Review(0, article, thread, 0, start, end, trigger, kind, REFUSED, read, None, None, "", "")
        if fields is None:
            return blank
        held = standing.answer or (read.answer if read is not None else None)
        if held is None:
            raise ReviewError("nothing is known of this event: say what it is")
        answer = self.knowledge.check(_with(held, fields))
        filling = self.knowledge.fill(answer, event=event, record=record, trigger=trigger)
        verdict = ADDED if read is None else CORRECTED if changed(read.answer, answer) else ACCEPTED
        return replace(blank, verdict=verdict, answer=answer, filling=filling)

    def _tell(self, writer: Writer, article: str, record: Record) -> None:
        withdraw(writer, article)
        tell(writer, article, record, self._identity)

    def _record(self, writer: Writer, article: str) -> Record:
        record = writer.record(article) if is_key(article) else None
        if record is None:
            raise NothingThereError(f"there is no article {article[:_LONGEST_NAME]}")
        return record

    def _lexicon(self, writer: Writer, article: str) -> str:
        return writer.read_by(article) or ""


def is_key(text: str) -> bool:
    """Whether a text has the form of an article's key."""
    return text.isascii() and text.isdecimal() and len(text) < 19 and text[0] != "0"


def _span(standing: Standing) -> tuple[int, int]:
    """Where the words stand that tell an event."""
    if standing.event is not None:
        return standing.event.trigger.start, standing.event.trigger.end
    review = standing.review
    return (review.start or 0, review.end or 0) if review is not None else (0, 0)


def _with(held: Answer, fields: Mapping[str, Any]) -> Answer:
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise ReviewError(f"an event has no {', '.join(unknown)} ({', '.join(FIELDS)})")
    given = {f: tuple(v) if f in ("actors", "recipients") else v for f, v in fields.items()}
    # A mode is one of its type: with another type it is gone, unless it is said.
    if "type" in given and given["type"] != held.type and "mode" not in given:
        given["mode"] = None
    return replace(held, **given)


def _said(person: str, note: str | None) -> tuple[str, str | None]:
    """Who reviews, and their note, as they are kept."""
    name = " ".join(person.split())
    if not name or len(name) > _LONGEST_NAME:
        raise ReviewError("a review names who gives it", {"person": "missing or too long"})
    said = note.strip() if note else None
    if said and len(said) > _LONGEST_NOTE:
        raise ReviewError(f"a note has {_LONGEST_NOTE} characters at most", {"note": "too long"})
    return name, said or None
