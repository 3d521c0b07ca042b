"""What is written: articles with their whole records, and what was decided of the events they tell.

A `Writer` is a `rasd.store.ledger.Ledger` inside a transaction that writes. Whoever adds an article calls `keep`, asks
for a ruling over the article's reports and gives it to `tell`; before an article is kept anew its reports are taken
out by `withdraw`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from rasd.chronicle import Occurrence, Review, Ruling
from rasd.record import Record
from rasd.store import index, indexing, reviews, rows, traces
from rasd.store.articles import Identified, whole
from rasd.store.engine import is_sqlite
from rasd.store.ledger import CHUNK, Ledger
from rasd.store.numbers import Numbers
from rasd.store.packing import (
    pack_occurrence,
    pack_record,
    pack_reports,
    pack_text,
    unpack_occurrence,
    unpack_text,
)
from rasd.store.schema import (
    affair,
    affair_party,
    article,
    article_affair,
    article_code,
    article_key,
    lexicon,
    metadata,
    occurrence,
    occurrence_affair,
    occurrence_side,
    phase,
    phase_party,
    place,
    position,
    report,
    report_key,
    report_side,
    version,
)
from rasd.store.terms import Terms

# The days of publication of reports, as far as they are known.
Published: TypeAlias = dict[str, str | None]

_STATEMENTS = (article_affair, affair_party, position, phase_party, phase)


class Writer(Ledger):
    """See the module. ``terms`` are those of the index."""

    def __init__(self, connection: Connection, terms: Terms) -> None:
        super().__init__(connection)
        self._terms = terms
        self._numbers = Numbers(connection)
        # The record that was packed last, by its article.
        self._packed: tuple[int, bytes] = (0, b"")
        self._lexicons: dict[str, int] = {}
        self._affairs: dict[str, int] = {}
        # Of articles whose reports were withdrawn: the occurrences that nothing tells any more, by the trigger of the
        # report that told each. What the article tells by the same word next is that occurrence again.
        self._untold: dict[int, dict[tuple[int, int], list[int]]] = {}
        self._places: dict[str, int] = {}
        # Rows that are written at the end of `together`, by their table; None outside it.
        self._later: dict[Table, list[rows.Row]] | None = None
        # Within `together`: the row of the article that is kept, until its reports are told, which it holds too.
        self._begun: rows.Row | None = None

    @contextmanager
    def together(self) -> Generator[None]:
        """Keep many articles: those rows that are not looked at meanwhile are written at the end of the block, and an
        article when its reports are told.
        """
        self._later = {}
        yield
        self._write_later()
        self._later = None

    def keep(self, found: Identified, record: Record, lexicon: str) -> str:
        """Write a new article, read by ``lexicon``, and give its key. Its reports are still to be told."""
        number = self._numbers.next(article)
        # Until its near-copies are known an article speaks for itself.
        row = {**self._row(number, found, record, lexicon), "id": number, "version": 1, "added": _now()}
        row |= {"voice": str(number), "reports": b"", "sketch": None}
        if self._later is None:
            self._fill(article, [row])
        else:
            self._write_begun()
            self._begun = row
        self._state(number, record)
        return str(number)

    def replace(self, key: str, found: Identified, record: Record, lexicon: str) -> None:
        """Write an article that changed at its source; what it was becomes its history. Its reports are withdrawn."""
        number = int(key)
        self._unstate(number)
        a = article.c
        kept = (a.id, a.version, a.digest, a.title, a.published, a.lexicon_id, a.text, a.record)
        old = self.connection.execute(select(*kept).where(a.id == number)).one()
        past = {"article_id": number, "number": old.version, "replaced": _now(), "digest": old.digest,
                "title": old.title, "published": old.published, "lexicon_id": old.lexicon_id, "text": old.text,
                "record": old.record}  # fmt: skip
        self.connection.execute(insert(version), past)
        row = {**self._row(number, found, record, lexicon), "version": old.version + 1}
        self.connection.execute(update(article).where(a.id == number).values(row))
        reviews.follow(self.connection, number, unpack_text(old.text), record.article.text)
        self._state(number, record)

    def holds(self, key: str, version: int) -> bool:
        """Whether there is an article of this key, and it has not changed since it had this version."""
        at = self.connection.execute(select(article.c.version).where(article.c.id == int(key))).scalar()
        return at == version

    def reread(self, key: str, record: Record, lexicon: str) -> None:
        """Write what another lexicon reads in an article that is the same. Its reports are withdrawn."""
        number = int(key)
        self._unstate(number)
        row = {"lexicon_id": self._lexicon(lexicon), "published": record.article.published,
               "events": len(record.events), "record": pack_record(record), "reports": b""}  # fmt: skip
        self.connection.execute(update(article).where(article.c.id == number).values(row))
        self._state(number, record)

    def forget(self, key: str) -> None:
        """Remove an article and its history. Its reports are withdrawn."""
        number = int(key)
        self._unstate(number)
        self._drop_untold(number)
        reviews.forget(self.connection, number)
        self.connection.execute(delete(version).where(version.c.article_id == number))
        self.connection.execute(delete(article).where(article.c.id == number))

    def tell(self, key: str, ruling: Ruling) -> None:
        """Write an article's reports and the occurrences that they tell, as decided."""
        number = int(key)
        values: dict[str, Any] = {"voice": ruling.voice, "reports": pack_reports(ruling.reports, self._record(number))}
        if ruling.text is not None:
            values["sketch"], words = ruling.text
            self._text_keys(number, words)
        if self._begun is not None and self._begun["id"] == number:
            self._begun |= values
            self._write_begun()
        else:
            self.connection.execute(_ALTER_ARTICLE, {**values, "of": number})
        published = {r.id: r.source.published for r in ruling.reports}
        self._tell_again(number, ruling)
        new = [found for found in ruling.occurrences if not found.id]
        altered = [found for found in ruling.occurrences if found.id]
        for found in new:
            found.id = f"o{self._numbers.next(occurrence)}"
        for denial, denied in ruling.denials:
            ruling.occurrences[denial].denies = ruling.occurrences[denied].id
        self._occurrences(new, published)
        for found in altered:
            self._alter(found, published)
        self._reports(number, ruling)
        for gone, stays in ruling.absorbed.items():
            into = {"occurrence_id": rows.occurrence_number(stays)}
            at = report.c.occurrence_id == rows.occurrence_number(gone)
            self.connection.execute(update(report).where(at).values(into))
            self._remove_occurrence(rows.occurrence_number(gone), stays)
        self._drop_untold(number)

    def merge(self, found: Occurrence) -> None:
        """Write an occurrence that is kept, made anew because its reports have changed."""
        self._alter(found, {})

    def withdraw(self, key: str) -> list[str]:
        """Take out an article's reports. Returns the occurrences that lost one and have others, to be merged anew."""
        number = int(key)
        self._write_later()
        r, a = report.c, article.c
        columns = (r.id, r.number, r.occurrence_id, r.trigger_start, r.trigger_end)
        told = self.connection.execute(select(*columns).where(r.article_id == number).order_by(r.number)).all()
        indexed = {row.number: row.id for row in told}
        indexing.remove_reports(self.connection, indexing.reports_of(self.connection, number), indexed, self._terms)
        self.connection.execute(delete(report_side).where(report_side.c.report_id.in_([row.id for row in told])))
        self.connection.execute(delete(report).where(r.article_id == number))
        traces.drop_sketches(self.connection, number)
        values = {"sketch": None, "voice": str(number), "reports": b""}
        self.connection.execute(update(article).where(a.id == number).values(values))
        concerned = sorted({row.occurrence_id for row in told if row.occurrence_id is not None})
        query = select(r.occurrence_id).where(r.occurrence_id.in_(concerned)).distinct()
        left = set(self.connection.execute(query).scalars())
        untold = self._untold.setdefault(number, {})
        for row in told:
            if row.occurrence_id is not None and row.occurrence_id not in left:
                untold.setdefault((row.trigger_start, row.trigger_end), []).append(row.occurrence_id)
        return [f"o{n}" for n in sorted(left)]

    def review(self, given: Sequence[Review]) -> list[Review]:
        """Write reviews of one article that are given at once (`rasd.store.reviews.write`)."""
        return reviews.write(self.connection, self._numbers, given)

    def undo(self, given: Sequence[Review], person: str) -> None:
        """Mark reviews as undone (`rasd.store.reviews.undo`)."""
        reviews.undo(self.connection, given, person)

    def read_through(self, key: str, person: str, *, whole: bool = True) -> None:
        """Note that a person read an article from end to end and misses nothing, or take that back."""
        if whole:
            reviews.mark_read_through(self.connection, int(key), person)
        else:
            reviews.unmark_read_through(self.connection, int(key))

    def _tell_again(self, number: int, ruling: Ruling) -> None:
        """Give occurrences that are told by the same word as before the ids that they had."""
        triggers = {r.id: (r.trigger.start, r.trigger.end) for r in ruling.reports}
        untold = self._untold.get(number, {})
        for found in ruling.occurrences:
            if not found.id and untold:
                waiting = next((w for id in found.reports if (w := untold.get(triggers.get(id, (-1, -1))))), None)
                if waiting:
                    found.id = f"o{waiting.pop(0)}"

    def _drop_untold(self, number: int) -> None:
        """Remove the occurrences that nothing tells any more since an article's reports were withdrawn."""
        for gone in (n for waiting in self._untold.pop(number, {}).values() for n in waiting):
            self._remove_occurrence(gone)

    def finish(self) -> None:
        """Write what is kept back until the end of a transaction."""
        for number in list(self._untold):
            self._drop_untold(number)
        self._numbers.save()

    def tidy(self) -> None:
        """Remove keys of reports and articles that are gone. They find nothing, but take room: call it in the end."""
        for table, column, of in ((report_key, "report_id", report), (article_key, "article_id", article)):
            self.connection.execute(delete(table).where(table.c[column].not_in(select(of.c.id))))

    def _row(self, number: int, found: Identified, record: Record, lexicon: str) -> rows.Row:
        of, packed = record.article, pack_record(record)
        self._packed = number, packed
        return {
            "name": found.name, "given_id": of.id, "source": of.source, "title": of.title, "url": of.url,
            "published": of.published, "digest": found.digest, "lexicon_id": self._lexicon(lexicon),
            "words": len(of.text.split()), "events": len(record.events), "text": pack_text(of.text), "record": packed,
        }  # fmt: skip

    def _record(self, number: int) -> bytes:
        """The packed record of an article."""
        known, packed = self._packed
        return packed if known == number else self._read_record(number)

    def _read_record(self, number: int) -> bytes:
        return self.connection.execute(select(article.c.record).where(article.c.id == number)).scalar_one()

    def _text_keys(self, number: int, words: Iterable[str]) -> None:
        # Keys of what an article was before it changed stay: most are still its own, the others find nothing.
        found = [{"key": key, "article_id": number} for key in sorted(set(map(rows.hashed, words)))]
        if found:
            self.connection.execute(_TEXT_KEYS[is_sqlite(self.connection)], found)

    def _state(self, number: int, record: Record) -> None:
        """Write what an article states beside events, and its words into the index."""
        of = {"article_id": number}
        names, places, parties = rows.affair_rows(record)
        ids = {name["key"]: self._affair(name) for name in names}
        self._fill_later(article_affair, [{"number": p["number"], "affair_id": ids[p["key"]], **of} for p in places])
        self._fill_later(affair_party, [{**p, **of} for p in parties])
        positions = rows.position_rows(record)
        for row in positions:
            row["affair_id"] = ids.get(row.pop("key"))
        self._fill_later(position, [{**p, **of} for p in positions])
        phases, sides = rows.phase_rows(record)
        self._fill_later(phase, [{**p, **of} for p in phases])
        self._fill_later(phase_party, [{**p, **of} for p in sides])
        self._fill_later(article_code, [{"main": code, **of} for code in rows.codes(record)])
        index.write(self.connection, number, index.entry(record, self._terms))

    def _unstate(self, number: int) -> None:
        """Remove what `_state` wrote of an article."""
        self._write_later()
        ((_, record),) = whole(self.connection, [number])
        index.remove(self.connection, number, index.entry(record, self._terms))
        for table in _STATEMENTS:
            self.connection.execute(delete(table).where(table.c.article_id == number))
        codes = article_code.c
        named = codes.main.in_(rows.codes(record))
        self.connection.execute(delete(article_code).where(named, codes.article_id == number))

    def _reports(self, number: int, ruling: Ruling) -> None:
        """Write an article's reports, each of the occurrence that names it."""
        occurrences = {id: rows.occurrence_number(o.id) for o in ruling.occurrences for id in o.reports}
        told: list[rows.Row] = []
        keys: list[rows.Row] = []
        sides: list[rows.Row] = []
        sketches: dict[int, bytes] = {}
        for made in ruling.reports:
            id = self._numbers.next(report)
            sketch, words = ruling.sketches.get(made.id, (b"", list[str]()))
            of = {"id": id, "article_id": number, "occurrence_id": occurrences[made.id]}
            told.append({**rows.report_row(made), **of})
            sketches[told[-1]["number"]] = sketch
            keys.extend({"key": key, "report_id": id} for key in sorted(set(map(rows.hashed, words))))
            sides.extend({**side, "report_id": id} for side in rows.report_side_rows(made))
        self._fill(report, told)
        self._fill(report_key, keys)
        self._fill_later(report_side, sides)
        traces.keep_sketches(self.connection, number, sketches)
        numbered = {row["number"]: row["id"] for row in told}
        indexing.write_reports(self.connection, ruling.reports, numbered, self._terms)

    def _occurrences(self, new: Sequence[Occurrence], published: Published) -> None:
        """Write new occurrences, which have their ids."""
        made = [self._occurrence_row(found, published) for found in new]
        self._fill(occurrence, made)
        self._sides(new, made)

    def _alter(self, found: Occurrence, published: Published) -> None:
        """Write an occurrence that is kept anew."""
        row = self._occurrence_row(found, published)
        self.connection.execute(_ALTER_OCCURRENCE, {**row, "of": row["id"]})
        self._clear_sides(row["id"])
        self._sides([found], [row])

    def _occurrence_row(self, found: Occurrence, published: Published) -> rows.Row:
        where = None if found.place is None else self._place(rows.place_row(found.place))
        row = rows.occurrence_row(found, *self._told(found.reports, published))
        return {**row, "id": rows.occurrence_number(found.id), "place_id": where, "changed": _now(),
                "content": pack_occurrence(found)}  # fmt: skip

    def _sides(self, found: Sequence[Occurrence], made: Sequence[rows.Row]) -> None:
        """Write who stands in occurrences and what they are about."""
        sides: list[rows.Row] = []
        about: list[rows.Row] = []
        for one, row in zip(found, made, strict=True):
            days = {"occurrence_id": row["id"], "first": row["first"], "last": row["last"]}
            sides.extend({**side, **days} for side in rows.occurrence_side_rows(one))
            affairs = sorted({self._affair_of_key(key) for key in one.affairs})
            about.extend({"affair_id": affair, "occurrence_id": row["id"]} for affair in affairs)
        self._fill_later(occurrence_side, sides)
        self._fill_later(occurrence_affair, about)

    def _deny(self, number: int, found: Occurrence) -> None:
        """Write anew what an occurrence denies."""
        denies = None if found.denies is None else rows.occurrence_number(found.denies)
        values = {"denies": denies, "content": pack_occurrence(found)}
        self.connection.execute(update(occurrence).where(occurrence.c.id == number).values(values))

    def _told(self, ids: Iterable[str], published: Published) -> tuple[str | None, str | None]:
        """The first and the last day of publication of reports."""
        days = [published[i] for i in ids if i in published]
        others = sorted({rows.article_number(i) for i in ids if i not in published})
        for at in range(0, len(others), CHUNK):
            at_once = article.c.id.in_(others[at : at + CHUNK])
            query = select(func.min(article.c.published), func.max(article.c.published)).where(at_once)
            days.extend(self.connection.execute(query).one())
        known = [d for d in days if d is not None]
        return min(known, default=None), max(known, default=None)

    def _remove_occurrence(self, number: int, stays: str | None = None) -> None:
        """Remove an occurrence; what denies it denies the one that stays in its place, if any."""
        o = occurrence.c
        for denial, content in self.connection.execute(select(o.id, o.content).where(o.denies == number)).all():
            found = unpack_occurrence(content, f"o{denial}")
            found.denies = stays
            self._deny(denial, found)
        self._clear_sides(number)
        self.connection.execute(delete(occurrence).where(occurrence.c.id == number))

    def _clear_sides(self, number: int) -> None:
        self._write_later()
        for table in (occurrence_side, occurrence_affair):
            self.connection.execute(delete(table).where(table.c.occurrence_id == number))

    def _lexicon(self, name: str) -> int:
        return self._numbered(lexicon, lexicon.c.version, {"version": name}, self._lexicons)

    def _place(self, found: rows.Row) -> int:
        return self._numbered(place, place.c.key, found, self._places)

    def _affair(self, name: rows.Row) -> int:
        return self._numbered(affair, affair.c.key, name, self._affairs)

    def _affair_of_key(self, key: str) -> int:
        kind, _, name = key.partition(":")
        return self._affair({"key": key, "kind": kind, "name_ar": None, "name_en": name})

    def _numbered(self, table: Table, column: Any, row: rows.Row, known: dict[str, int]) -> int:
        """The number of a row that is known by one column, made where it is not there."""
        value = row[column.name]
        if value not in known:
            found = self.connection.execute(_NUMBERS[column], {"value": value}).scalar()
            if found is None:
                found = self._numbers.next(table)
                self._fill(table, [{**row, "id": found}])
            known[value] = found
        return known[value]

    def _fill_later(self, table: Table, found: Sequence[rows.Row]) -> None:
        if self._later is None:
            self._fill(table, found)
        else:
            self._later.setdefault(table, []).extend(found)

    def _write_begun(self) -> None:
        begun, self._begun = self._begun, None
        if begun is not None:
            self._fill(article, [begun])

    def _write_later(self) -> None:
        self._write_begun()
        for table, found in (self._later or {}).items():
            self._fill(table, found)
            found.clear()

    def _fill(self, table: Table, found: Sequence[rows.Row]) -> None:
        if found:
            self.connection.execute(_INSERTS[table], list(found))


# Statements are made once: making one takes longer than running it.
_ALTER_ARTICLE = update(article).where(article.c.id == bindparam("of"))
_ALTER_OCCURRENCE = update(occurrence).where(occurrence.c.id == bindparam("of"))
_INSERTS = {table: insert(table) for table in metadata.tables.values()}
_TEXT_KEYS = {
    True: sqlite.insert(article_key).on_conflict_do_nothing(),
    False: postgresql.insert(article_key).on_conflict_do_nothing(),
}
_NUMBERS = {
    column: select(column.table.c.id).where(column == bindparam("value"))
    for column in (lexicon.c.version, place.c.key, affair.c.key)
}


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
