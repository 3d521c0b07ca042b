"""From the working document to the record, and to the explanation of it."""

from __future__ import annotations

from collections.abc import Callable

from rasd import record as rec
from rasd.explanation import (
    Explanation,
    MentionExplanation,
    PlaceExplanation,
    PredicateExplanation,
    SentenceExplanation,
    TimeExplanation,
    TokenExplanation,
)
from rasd.text.document import WORD, Document
from rasd.text.tagger import Tagger
from rasd.what.affairs import AffairDraft
from rasd.what.agenda import tie_affairs
from rasd.what.circumstances import record_place
from rasd.what.counts import tie_counts
from rasd.what.draft import EventDraft
from rasd.what.events import EventReader, EventReading, Verdict
from rasd.what.gloss import Glosser
from rasd.what.ontology import Plover
from rasd.when import found_times


def record(
    document: Document,
    dating: rec.Dating,
    quantities: list[rec.Quantity],
    affairs: list[AffairDraft],
    reading: EventReading,
    positions: list[rec.Position],
    phases: list[rec.Phase],
    reader: EventReader,
    *,
    id: str | None,
) -> rec.Record:
    """The record of a document whose steps are all done."""
    published = document.published.isoformat() if document.published else None
    article = rec.Article(id, document.title, document.source, document.url, "ar", document.text, published, dating)
    tie_affairs(reading.events, affairs)
    mentions: dict[int, list[rec.Mention]] = {}
    for m in document.actors:
        for entity in m.entities:
            mentions.setdefault(entity, []).append(rec.Mention(m.start, m.end, document.text[m.start : m.end], m.how))
    used = sorted(mentions)
    ids = {entity: f"n{n}" for n, entity in enumerate(used, 1)}
    entities = [
        rec.Entity(ids[i], e.code, e.kind, rec.Name(e.ar, e.en), e.wikidata, mentions[i])
        for i in used
        for e in (document.entities[i],)
    ]
    tie_counts(document, reading.events, quantities, reader.lexemes)
    glosser = Glosser(document, reader.lexemes)
    events = [_event(document, n, event, ids, reader.plover, glosser) for n, event in enumerate(reading.events)]
    notes = _notes(document, dating)
    return rec.Record(
        article,
        [rec.Span(s.start, s.end) for s in document.sentences],
        found_times(document),
        entities,
        events,
        [a.affair for a in affairs],
        positions,
        quantities,
        phases,
        notes,
    )


def _event(
    document: Document, n: int, event: EventDraft, ids: dict[int, str], plover: Plover, glosser: Glosser
) -> rec.Event:
    predicate = event.candidate.predicate
    token = document.tokens[event.candidate.at]
    start = (
        token.start + token.form.cut_at(event.candidate.hit.split)
        if event.candidate.hit.split.proclitics
        else token.start
    )
    return rec.Event(
        id=f"e{n + 1}",
        type=predicate.type,
        mode=predicate.mode,
        contexts=event.contexts,
        quad=plover.quad(predicate.type),
        score=plover.score(predicate.type, predicate.mode),
        actors=[ids[i] for i in event.actors if i in ids],
        recipients=[ids[i] for i in event.recipients if i in ids],
        others=[rec.Role(role, ids[i]) for role, i in event.others if i in ids],
        actor_codes=event.actor_codes,
        recipient_codes=event.recipient_codes,
        status=event.status,
        date=event.date,
        place=record_place(event.place) if event.place is not None else None,
        about=event.about,
        attribution=event.attribution,
        ordinal=event.ordinal,
        trigger=rec.Trigger(start, token.end, document.text[start : token.end]),
        sentence=event.sentence,
        evidence=rec.Span(*event.evidence),
        same_as=f"e{event.same_as + 1}" if event.same_as is not None else None,
        rule=predicate.id,
        confidence=event.confidence,
        gloss=glosser.gloss(event),
        counts=event.counts,
    )


def _notes(document: Document, dating: rec.Dating) -> list[rec.Note]:
    notes: list[rec.Note] = []
    if dating.basis == "unknown":
        notes.append(rec.Note("warning", "The date of publication is not known; dates relative to it are left open."))
    elif dating.earliest != dating.latest:
        notes.append(
            rec.Note("warning", f"Published between {dating.earliest} and {dating.latest}, as the text lets one infer.")
        )
    if not document.sentences:
        notes.append(rec.Note("warning", "The text holds no sentence."))
    return notes


def explanation(
    document: Document,
    reading: EventReading,
    record: rec.Record,
    tagger: Tagger,
    grounds: Callable[[Verdict], list[str]],
) -> Explanation:
    """What was seen in each sentence: tokens, times, mentions, places, predicates and verdicts.

    ``grounds`` says what weighed most in a verdict.
    """
    by_sentence: dict[int, list[PredicateExplanation]] = {}
    event_ids = {id(event): f"e{n + 1}" for n, event in enumerate(reading.events)}
    sentence_of = {at: s.index for s in document.sentences for at in range(s.first, s.last)}
    for verdict in reading.verdicts:
        candidate, event = verdict.candidate, verdict.event
        token = document.tokens[candidate.at]
        why = "; ".join([verdict.reason, *event.reasons]) if event is not None else verdict.reason
        by_sentence.setdefault(sentence_of[candidate.at], []).append(
            PredicateExplanation(
                token.text,
                candidate.predicate.id,
                event_ids.get(id(event)) if event is not None else None,
                why,
                verdict.probability,
                grounds(verdict),
            )
        )
    found: list[SentenceExplanation] = []
    for s in document.sentences:
        explained: list[TokenExplanation] = []
        for token in document.tokens[s.first : s.last]:
            reading_of = tagger.reading(token) if token.kind == WORD else None
            if reading_of is None:
                explained.append(TokenExplanation(token.text, token.tag or token.kind))
            else:
                explained.append(
                    TokenExplanation(
                        token.text, token.tag, reading_of.lemma, reading_of.proclitics, reading_of.enclitic
                    )
                )
        found.append(
            SentenceExplanation(
                s.start,
                s.end,
                document.text[s.start : s.end],
                explained,
                [
                    TimeExplanation(document.text[t.start : t.end], t.value, t.rule)
                    for t in document.times
                    if t.sentence == s.index
                ],
                [
                    MentionExplanation(document.text[m.start : m.end], "+".join(m.codes) or None, m.how, m.rule)
                    for m in document.actors
                    if m.sentence == s.index
                ],
                [
                    PlaceExplanation(document.text[p.start : p.end], p.en, p.country)
                    for p in document.places
                    if p.sentence == s.index
                ],
                by_sentence.get(s.index, []),
            )
        )
    return Explanation(found)
