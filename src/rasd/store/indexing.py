"""Writing the full-text indexes of what is kept: of one article's reports, and of everything anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection, delete, insert, select

from rasd.chronicle import Report, Source
from rasd.store import index
from rasd.store.articles import Choice, numbers, whole
from rasd.store.packing import unpack_reports, unpack_text
from rasd.store.rows import event_number
from rasd.store.schema import article, report, state
from rasd.store.terms import Terms

# Under this name `state` keeps the version of the terms that the indexes were made of.
INDEXED = "search"


def indexed_by(connection: Connection) -> str | None:
    """The version of the terms that the indexes were made of; None where they were never made."""
    return connection.execute(select(state.c.value).where(state.c.name == INDEXED)).scalar()


def renew(connection: Connection, terms: Terms) -> None:
    """Make the indexes anew, of these terms."""
    for each in (index.ARTICLES, index.REPORTS):
        index.clear(connection, each)
    for number, record in whole(connection, numbers(connection, Choice())):
        index.write(connection, number, index.entry(record, terms))
        write_reports(connection, reports_of(connection, number), report_numbers(connection, number), terms)
    connection.execute(delete(state).where(state.c.name == INDEXED))
    connection.execute(insert(state), {"name": INDEXED, "value": terms.version})


def reports_of(connection: Connection, article_number: int) -> list[Report]:
    """The reports that are kept of an article."""
    a = article.c
    query = select(a.source, a.title, a.url, a.published, a.voice, a.text, a.record, a.reports)
    row = connection.execute(query.where(a.id == article_number)).one_or_none()
    if row is None:
        return []
    source = Source(str(article_number), row.source, row.title, row.url, row.published)
    return unpack_reports(row.reports, row.record, unpack_text(row.text), source, row.voice)


def report_numbers(connection: Connection, article_number: int) -> dict[int, int]:
    """The numbers of the rows of an article's reports, by the numbers of their events."""
    r = report.c
    rows = connection.execute(select(r.number, r.id).where(r.article_id == article_number))
    return {row.number: row.id for row in rows}


def write_reports(
    connection: Connection, reports: Iterable[Report], numbers: Mapping[int, int], terms: Terms
) -> None:  # fmt: skip
    """Put reports into their index; ``numbers`` gives the row of each by its event's number."""
    for number, made in _entries(reports, numbers, terms):
        index.write(connection, number, made, index.REPORTS)


def remove_reports(
    connection: Connection, reports: Iterable[Report], numbers: Mapping[int, int], terms: Terms
) -> None:  # fmt: skip
    """Take reports out of their index."""
    for number, made in _entries(reports, numbers, terms):
        index.remove(connection, number, made, index.REPORTS)


def _entries(
    reports: Iterable[Report], numbers: Mapping[int, int], terms: Terms
) -> Iterator[tuple[int, index.Entry]]:  # fmt: skip
    for told in reports:
        number = numbers.get(event_number(told.id))
        if number is not None:
            yield number, index.report_entry(told, terms)
