"""By what an article is known again, and how articles are listed and looked up."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select

from rasd.chronicle import Source
from rasd.record import Record
from rasd.sources.article import Article
from rasd.store.packing import unpack_record, unpack_text
from rasd.store.rows import main_code
from rasd.store.schema import Found, Query, article, article_code, lexicon, version


@dataclass(slots=True, frozen=True)
class Identified:
    """An article of a source, with what it is known again by.

    ``name`` is its id within its source, else its URL, else the file it came from, else its text and source;
    ``digest`` changes when headline or text do.
    """

    article: Article
    name: str
    digest: bytes


@dataclass(slots=True)
class Listed:
    """A line of a list of articles."""

    key: str
    id: str | None
    source: str | None
    title: str | None
    url: str | None
    published: str | None
    added: str
    versions: int
    words: int
    events: int

    def source_of(self) -> Source:
        """The article as readers of its facts name it, without how its day is known."""
        return Source(self.key, self.source, self.title, self.url, self.published)


@dataclass(slots=True)
class Earlier:
    """What an article was before it changed at its source, and when it was found changed."""

    number: int
    replaced: str
    title: str | None
    published: str | None


@dataclass(slots=True)
class KeptArticle:
    """An article with its whole record; ``lexicon`` read it. ``copies`` are keys of near-copies of its text."""

    listed: Listed
    record: Record
    lexicon: str
    earlier: list[Earlier] = field(default_factory=list[Earlier])
    copies: list[str] = field(default_factory=list[str])


@dataclass(slots=True)
class Choice:
    """Which articles are meant: of a source, of days of publication (both included, ISO), that name a power.

    ``upto`` leaves out those that came behind the one of this number.
    """

    source: str | None = None
    begin: str | None = None
    end: str | None = None
    codes: Sequence[str] = ()
    upto: int | None = None

    def apply(self, query: Query) -> Query:
        """The query of articles, narrowed to these."""
        a = article.c
        if self.source is not None:
            query = query.where(a.source == self.source)
        if self.begin is not None:
            query = query.where(a.published >= self.begin)
        if self.end is not None:
            query = query.where(a.published <= self.end)
        if self.upto is not None:
            query = query.where(a.id <= self.upto)
        for code in self.codes:
            named = article_code.alias()
            query = query.where(select(1).where(named.c.main == main_code(code), named.c.article_id == a.id).exists())
        return query


def identify(found: Article, origin: str | None = None) -> Identified:
    """What an article is known again by. ``origin`` is the file that holds it alone, absolute."""
    content = f"{found.title or ''}\0{found.text}"
    digest = hashlib.blake2b(content.encode("utf-8", "replace"), digest_size=16).digest()
    if found.id:
        name = f"id:{found.source or ''}:{found.id}"
    elif found.url:
        name = f"url:{found.url}"
    elif origin is not None:
        name = f"file:{origin}"
    else:
        name = f"text:{found.source or ''}:{digest.hex()}"
    return Identified(found, name, digest)


@dataclass(slots=True, frozen=True)
class Standing:
    """How an article stands to what is kept: ``key`` of what it is known as, if at all; ``same`` if nothing changed."""

    key: str | None
    same: bool = False


def _alike(*columns: Any) -> Query:
    a = article.c
    alike = or_(*(column == bindparam(column.name) for column in columns))
    return select(a.id, a.name, a.given_id, a.source, a.url, a.digest, a.published).where(alike)


_ALIKE = _alike(article.c.name, article.c.digest)
_ALIKE_BY_URL = _alike(article.c.name, article.c.digest, article.c.url)


def standing(connection: Connection, found: Identified) -> Standing:
    """How an article stands to what is kept: by its name, by its URL where either has no id, by its text."""
    url = found.article.url
    asked = {"name": found.name, "digest": found.digest}
    if url:
        rows = connection.execute(_ALIKE_BY_URL, {**asked, "url": url}).all()
    else:
        rows = connection.execute(_ALIKE, asked).all()
    tests: tuple[Callable[[Found], bool], ...] = (
        lambda row: row.name == found.name,
        # Two ids at one URL are two articles; without ids the URL is what is known.
        lambda row: bool(url) and row.url == url and not (row.given_id and found.article.id),
        lambda row: row.digest == found.digest and row.source == found.article.source,
    )
    first = next((row for test in tests for row in rows if test(row)), None)
    if first is None:
        return Standing(None)
    given = found.article.published
    dated = given is None or first.published == given.isoformat()
    return Standing(str(first.id), dated and first.digest == found.digest)


def listed_columns() -> tuple[Any, ...]:
    """The columns that `listed_as` makes a line of."""
    a = article.c
    return (a.id, a.given_id, a.source, a.title, a.url, a.published, a.added, a.version, a.words, a.events)


def listed_as(row: Found) -> Listed:
    """A line of a list of a row with `listed_columns`."""
    return Listed(
        str(row.id), row.given_id, row.source, row.title, row.url, row.published, row.added, row.version, row.words,
        row.events,
    )  # fmt: skip


def listed(connection: Connection, choice: Choice, *, limit: int | None = None, offset: int = 0) -> list[Listed]:
    """Articles, the latest day of publication first."""
    a = article.c
    query = choice.apply(select(*listed_columns())).order_by(a.published.is_(None), a.published.desc(), a.id.desc())
    return [listed_as(row) for row in connection.execute(query.limit(limit).offset(offset))]


def counted(connection: Connection, choice: Choice) -> int:
    """How many articles there are of a choice."""
    return connection.execute(choice.apply(select(func.count()).select_from(article))).scalar() or 0


def sources(connection: Connection) -> list[tuple[str | None, int]]:
    """The papers, agencies and sites that articles are of, the most frequent first."""
    query = select(article.c.source, func.count()).group_by(article.c.source).order_by(func.count().desc())
    return [(name, n) for name, n in connection.execute(query)]


def numbers(connection: Connection, choice: Choice, *, not_read_by: str | None = None) -> list[int]:
    """The numbers of the articles of a choice; only of those that another lexicon than ``not_read_by`` read."""
    a = article.c
    query = choice.apply(select(a.id)).order_by(a.id)
    if not_read_by is not None:
        query = query.join(lexicon, lexicon.c.id == a.lexicon_id).where(lexicon.c.version != not_read_by)
    return list(connection.execute(query).scalars())


def number_of(connection: Connection, id: str) -> list[int]:
    """The articles that an id means: its key here, else its id at its source, else its URL; none, one or several."""
    a = article.c
    if id.isdecimal() and len(id) < 19:
        found = connection.execute(select(a.id).where(a.id == int(id))).scalar()
        if found is not None:
            return [found]
    return list(connection.execute(select(a.id).where((a.given_id == id) | (a.url == id)).order_by(a.id)).scalars())


def kept(connection: Connection, number: int, *, at: int | None = None) -> KeptArticle | None:
    """An article with all that is kept of it, or as its version ``at`` was; None where there is none such."""
    a, v = article.c, version.c
    query = select(*listed_columns(), a.text, a.record, a.voice, lexicon.c.version.label("lexicon")).join(
        lexicon, lexicon.c.id == a.lexicon_id
    )
    row = connection.execute(query.where(a.id == number)).one_or_none()
    if row is None:
        return None
    others = connection.execute(select(a.id).where(a.voice == row.voice, a.id != number).order_by(a.id)).scalars()
    earlier = [Earlier(*e) for e in connection.execute(
        select(v.number, v.replaced, v.title, v.published).where(v.article_id == number).order_by(v.number)
    )]  # fmt: skip
    read_by, text, record = row.lexicon, row.text, row.record
    if at is not None and at != row.version:
        old = connection.execute(
            select(v.text, v.record, lexicon.c.version.label("lexicon"))
            .join(lexicon, lexicon.c.id == v.lexicon_id)
            .where(v.article_id == number, v.number == at)
        ).one_or_none()
        if old is None:
            return None
        read_by, text, record = old.lexicon, old.text, old.record
    whole = unpack_record(record, unpack_text(text))
    return KeptArticle(listed_as(row), whole, read_by, earlier, [str(n) for n in others])


def whole(connection: Connection, numbers: Sequence[int]) -> Iterator[tuple[int, Record]]:
    """The records of articles, one at a time."""
    a = article.c
    for number in numbers:
        row = connection.execute(select(a.text, a.record).where(a.id == number)).one_or_none()
        if row is not None:
            yield number, unpack_record(row.record, unpack_text(row.text))
