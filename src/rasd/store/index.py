"""The full-text indexes: what is written into them of articles and of reports, and which a query finds.

An index holds `rasd.store.terms`, so that both databases find the same. Of an article: the headline's, the text's, the
dictionary forms of its words where they are others, and the English of its events and names; of a report: the words it
rests on, its lines in both languages, who and where. Both are derived from the articles, and made anew when the terms
are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, Float, cast, column, func, literal, literal_column, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY

from rasd.chronicle import Report
from rasd.record import Record
from rasd.store.articles import Choice
from rasd.store.engine import is_sqlite
from rasd.store.query import Phrase, Wanted
from rasd.store.schema import Query, article
from rasd.store.terms import Term, Terms

# How much a word weighs in a headline, in the text, as another form of one, in the English lines.
_WEIGHTS = {"title": 6.0, "words": 1.0, "forms": 0.5, "english": 1.5}
# PostgreSQL's labels of the same fields, and its bounds: places a word may have, the last place, the terms of a text.
_LABELS = "ABDC"
_PLACES, _LAST_PLACE, _TERMS = 250, 16_380, 40_000
_FIELDS = ", ".join(_WEIGHTS)
# SQLite says beside each word in which column it stands, but for the first: the one with the most words.
_COLUMNS = ("words", "title", "forms", "english")


class Index(NamedTuple):
    """An index by its table; ``key`` is the column of PostgreSQL that holds the number of what is found.

    What is found in it is ``ranked``, or only found.
    """

    table: str
    key: str
    ranked: bool

    def create(self, dialect: str) -> tuple[str, ...]:
        """The statements that make the index in a database of this kind."""
        if dialect == "sqlite":
            options = f"content='', columnsize={int(self.ranked)}, tokenize='unicode61 remove_diacritics 0'"
            return (f"CREATE VIRTUAL TABLE {self.table} USING fts5({', '.join(_COLUMNS)}, {options})",)
        return (
            f"CREATE TABLE {self.table} ({self.key} BIGINT PRIMARY KEY, terms TSVECTOR NOT NULL)",
            f"CREATE INDEX ix_{self.table}_terms ON {self.table} USING gin (terms)",
        )


ARTICLES = Index("search", "article_id", ranked=True)
REPORTS = Index("report_search", "report_id", ranked=False)
CREATE = {dialect: ARTICLES.create(dialect) for dialect in ("sqlite", "postgresql")}


class Entry(NamedTuple):
    """What is indexed of an article or a report, terms in the order of the text."""

    title: list[str]
    words: list[str]
    forms: list[str]
    english: list[str]


def entry(record: Record, terms: Terms) -> Entry:
    """What is indexed of an article."""
    title = [term.stem for term in terms.of(record.article.title or "")]
    found = terms.of(record.article.text)
    stems = {t.stem for t in found}
    forms = {t.form for t in found} - stems
    names = [entity.name.en for entity in record.entities if entity.name.en]
    lines = dict.fromkeys([*(event.gloss.en for event in record.events), *names])
    english = [term.stem for line in lines for term in terms.of(line)]
    return Entry(title, [t.stem for t in found], sorted(forms), english)


def report_entry(report: Report, terms: Terms) -> Entry:
    """What is indexed of a report: of its Arabic line and its names what the words before do not say."""
    sides = (*report.actors, *report.recipients)
    names = [side.name for side in sides] + ([report.place.name] if report.place else [])
    said = [report.words.text, *(w.text for w in report.retold)]
    found = _added([], said, terms, whole=True)
    found = _added(found, [n.ar for n in names if n.ar], terms, whole=True)
    found = _added(found, [report.gloss.ar], terms, whole=False)
    forms = {t.form for t in found} - {t.stem for t in found}
    english = _added([], [report.gloss.en, *(n.en for n in names if n.en)], terms, whole=True)
    return Entry([], [t.stem for t in found], sorted(forms), [t.stem for t in english])


def _added(found: list[Term], lines: Iterable[str], terms: Terms, *, whole: bool) -> list[Term]:
    """``found`` and, of each line that says more, the line, or only what it says more."""
    found = list(found)
    known = {term.stem for term in found}
    for line in lines:
        said = terms.of(line)
        more = [term for term in said if term.stem not in known]
        if more:
            found.extend(said if whole else more)
            known.update(term.stem for term in more)
    return found


def write(connection: Connection, number: int, made: Entry, into: Index = ARTICLES) -> None:
    """Put an article or report into its index, where it is not yet."""
    if is_sqlite(connection):
        connection.exec_driver_sql(
            f"INSERT INTO {into.table}(rowid, {_FIELDS}) VALUES (?, ?, ?, ?, ?)", (number, *map(" ".join, made))
        )
    else:
        connection.exec_driver_sql(
            f"INSERT INTO {into.table}({into.key}, terms) VALUES (%s, %s::tsvector)", (number, _vector(made))
        )


def remove(connection: Connection, number: int, made: Entry, out_of: Index = ARTICLES) -> None:
    """Take an article or report out of its index; ``made`` is what was written of it."""
    if is_sqlite(connection):
        connection.exec_driver_sql(
            f"INSERT INTO {out_of.table}({out_of.table}, rowid, {_FIELDS}) VALUES ('delete', ?, ?, ?, ?, ?)",
            (number, *map(" ".join, made)),
        )
    else:
        connection.exec_driver_sql(f"DELETE FROM {out_of.table} WHERE {out_of.key} = %s", (number,))


def clear(connection: Connection, index: Index = ARTICLES) -> None:
    """Empty an index, to make it anew."""
    if is_sqlite(connection):
        connection.exec_driver_sql(f"INSERT INTO {index.table}({index.table}) VALUES ('delete-all')")
    else:
        connection.exec_driver_sql(f"DELETE FROM {index.table}")


def found_reports(connection: Connection, wanted: Wanted, *, every: bool = True) -> Any:
    """The numbers of the reports that a query finds, as a query to be part of another."""
    if is_sqlite(connection):
        found = table(REPORTS.table, column("rowid"))
        matches = text(f"{REPORTS.table} MATCH :told").bindparams(told=_match(wanted, every))
        return select(found.c.rowid).select_from(found).where(matches)
    found = table(REPORTS.table, column(REPORTS.key), column("terms"))
    asked = cast(literal(_tsquery(wanted, every)), TSQUERY)
    return select(found.c[REPORTS.key]).where(found.c.terms.op("@@")(asked))


def find(
    connection: Connection, wanted: Wanted, choice: Choice, *, every: bool = True, limit: int, offset: int = 0
) -> list[tuple[int, float]]:
    """The articles that a query finds, by their numbers, the best first, each with its score.

    ``every`` group of the query must be found, else one.
    """
    a = article.c
    if is_sqlite(connection):
        found = table("search", column("rowid"))
        ranks = ", ".join(str(_WEIGHTS[name]) for name in _COLUMNS)
        score = literal_column(f"-bm25(search, {ranks})", Float).label("score")
        matches = text("search MATCH :asked").bindparams(asked=_match(wanted, every))
        query: Query = select(a.id, score).select_from(found).join(article, a.id == found.c.rowid)
    else:
        found = table("search", column("article_id"), column("terms"))
        title, words, forms, english = (w / max(_WEIGHTS.values()) for w in _WEIGHTS.values())
        weights = text(f"CAST('{{{forms}, {english}, {words}, {title}}}' AS float4[])")
        asked = cast(literal(_tsquery(wanted, every)), TSQUERY)
        score = func.ts_rank(weights, found.c.terms, asked, 1, type_=Float).label("score")
        matches = found.c.terms.op("@@")(asked)
        query = select(a.id, score).select_from(found).join(article, a.id == found.c.article_id)
    query = choice.apply(query).where(matches).order_by(text("score DESC"), a.id.desc()).limit(limit).offset(offset)
    return [(row.id, float(row.score)) for row in connection.execute(query)]


def _match(wanted: Wanted, every: bool) -> str:
    """A query in the words of SQLite's FTS5."""
    groups = [f"({' OR '.join(map(_fts5, group))})" for group in wanted.groups]
    asked = (" AND " if every else " OR ").join(groups)
    without = "".join(f" NOT {_fts5(phrase)}" for phrase in wanted.without)
    return f"({asked}){without}"


def _fts5(phrase: Phrase) -> str:
    said = '"' + " ".join(term.stem for term in phrase.terms) + '"' + (" *" if phrase.prefix else "")
    alone = phrase.alone
    if alone is None:
        return f"({{title words english}} : {said})"
    other = f' OR {{title words english forms}} : "{alone.form}"'
    return f"({{title words english}} : {said}{other})"


def _tsquery(wanted: Wanted, every: bool) -> str:
    """A query in the words of PostgreSQL."""
    groups = [f"({' | '.join(map(_ts, group))})" for group in wanted.groups]
    asked = (" & " if every else " | ").join(groups)
    without = "".join(f" & !{_ts(phrase)}" for phrase in wanted.without)
    return f"({asked}){without}"


def _ts(phrase: Phrase) -> str:
    said = " <-> ".join(f"{_quoted(t.stem)}:ABC{'*' if phrase.prefix else ''}" for t in phrase.terms)
    alone = phrase.alone
    return f"({said})" if alone is None else f"({said} | {_quoted(alone.form)})"


def _vector(made: Entry) -> str:
    """An article's entry as a text vector. Fields lie apart, so that no phrase runs from one into the next."""
    places: dict[str, list[str]] = {}
    at = 0
    for name, terms in zip(_LABELS, made, strict=True):
        at += 2
        for term in terms:
            at += 1
            if term in places or len(places) < _TERMS:
                found = places.setdefault(term, [])
                if len(found) < _PLACES:
                    found.append(f"{min(at, _LAST_PLACE)}{name}")
    return " ".join(f"{_quoted(term)}:{','.join(found)}" for term, found in places.items())


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
