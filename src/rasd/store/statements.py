"""What articles state beside events: affairs, positions, phases, and who is named. Read from parts of their records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import or_, select

from rasd.chronicle import Source, Stated, Words, affair_key, source_of
from rasd.record import Affair, Entity, Phase, Position
from rasd.store.lookups import Lookups
from rasd.store.packing import Affairs, Entities, Part, Phases, Positions, unpack_part, unpack_text
from rasd.store.rows import main_code
from rasd.store.schema import Query, affair, affair_party, article, article_affair, phase, phase_party, position


class Statements(Lookups):
    """The part of a `rasd.store.ledger.Ledger` that reads what articles state."""

    def affairs(self, codes: Sequence[str] = (), *, keys: Sequence[str] = ()) -> Iterator[Stated[Affair]]:
        """Affairs that all of these powers are parties of, or of these keys, as each article tells them."""
        a = article_affair.c
        query = select(a.article_id, a.number)
        if keys:
            query = query.join(affair, affair.c.id == a.affair_id).where(affair.c.key.in_(list(keys)))
        for code in codes:
            party = affair_party.alias()
            query = query.where(
                select(1)
                .where(party.c.main == main_code(code), party.c.article_id == a.article_id, party.c.number == a.number)
                .exists()
            )
        for record, source, number in self._stated(Affairs, query):
            told = record.affairs[number]
            words = [Words(source.key, m.start, m.end, m.text) for m in told.mentions]
            yield Stated(told, source, words)

    def positions(self, codes: Sequence[str] = (), *, about: Sequence[str] = ()) -> Iterator[Stated[Position]]:
        """Positions that each of these powers holds or is the aim of, on one of these affairs where any are given.

        Their affair is named by its key.
        """
        p = position.c
        query = select(p.article_id, p.number)
        if about:
            query = query.join(affair, affair.c.id == p.affair_id).where(affair.c.key.in_(list(about)))
        for main in map(main_code, codes):
            query = query.where(or_(p.holder_main == main, p.toward_main == main))
        for record, source, number in self._stated(Positions, query):
            told = record.positions[number]
            keys = {found.id: affair_key(found) for found in record.affairs}
            told = replace(told, affair=keys.get(told.affair, told.affair) if told.affair else None)
            yield Stated(told, source, [_words(record, source, told.evidence.start, told.evidence.end)])

    def phases(self, codes: Sequence[str] = ()) -> Iterator[Stated[Phase]]:
        """Phases that each of these powers is a party of."""
        p = phase.c
        query = select(p.article_id, p.number)
        for code in codes:
            party = phase_party.alias()
            query = query.where(
                select(1)
                .where(party.c.main == main_code(code), party.c.article_id == p.article_id, party.c.number == p.number)
                .exists()
            )
        for record, source, number in self._stated(Phases, query):
            told = record.phases[number]
            yield Stated(told, source, [_words(record, source, told.evidence.start, told.evidence.end)])

    def entities(self, articles: Iterable[str], *, kinds: Sequence[str] = ()) -> Iterator[Stated[Entity]]:
        """Who is named in articles, of these kinds or of all; the words are the mentions."""
        numbers = sorted({int(key) for key in articles if key.isdecimal()})
        for record, source in self._records(Entities, numbers):
            for entity in record.entities:
                if not kinds or entity.kind in kinds:
                    yield Stated(entity, source, [Words(source.key, m.start, m.end, m.text) for m in entity.mentions])

    def _stated(self, part: type[Part], query: Query) -> Iterator[tuple[Part, Source, int]]:
        """The parts of records, sources and places of what a query of articles and numbers finds."""
        found: dict[int, list[int]] = {}
        for number, place in sorted(tuple(row) for row in self.connection.execute(query)):
            found.setdefault(number, []).append(place)
        for record, source in self._records(part, list(found)):
            for place in found[int(source.key)]:
                yield record, source, place

    def _records(self, part: type[Part], numbers: Sequence[int]) -> Iterator[tuple[Part, Source]]:
        """A part of the records of articles, one at a time."""
        a = article.c
        for row in self._in(select(a.id, a.text, a.record), a.id, numbers):
            record = unpack_part(part, row.record, unpack_text(row.text))
            yield record, source_of(record.article, str(row.id))


def _words(record: Positions | Phases, source: Source, start: int, end: int) -> Words:
    return Words(source.key, start, end, record.article.text[start:end])
