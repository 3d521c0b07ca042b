"""The tables. What an article says is kept whole, compressed, in its own row; the others are there to be searched.

Keys are numbers that are never used again, so that a row may name what was removed since without naming another
thing. Days are ISO 8601. ``main`` is the part of a code that says whose: ``RUS`` of ``RUS/GOV``. The migrations in
``migrations/versions`` make these tables; a test holds both against each other.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

# The latest migration; a database with another, unknown one was made by a newer Rasd.
HEAD = "0005"

# SQLAlchemy's own types of these say how many columns there are, and differ between its versions.
Query: TypeAlias = Any
Found: TypeAlias = Any

metadata = MetaData()

# SQLite numbers rows itself only where the column is exactly INTEGER.
_Number = BigInteger().with_variant(Integer, "sqlite")
_Day = String(10)


def _key() -> Column[int]:
    return Column("id", _Number, primary_key=True, autoincrement=False)


def _article() -> Column[int]:
    return Column("article_id", _Number, ForeignKey("article.id"), primary_key=True, autoincrement=False)


def _main() -> Column[str]:
    return Column("main", Text, primary_key=True)


def _hash() -> Column[int]:
    return Column("key", BigInteger, primary_key=True, autoincrement=False)


def _of(name: str) -> Column[int]:
    """A row's number without a foreign key, whose check would want another index: they are removed by their keys."""
    return Column(name, _Number, primary_key=True, autoincrement=False)


# Rows that are nothing but their key.
_KEYED: dict[str, Any] = {"sqlite_with_rowid": False}

# What is true of the database: ``search`` names the terms that its index was made of, ``last TABLE`` is the last
# number that was given to a row (`rasd.store.numbers`).
state = Table("state", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

# The knowledge and program that articles were read with.
lexicon = Table("lexicon", metadata, _key(), Column("version", Text, nullable=False, unique=True))

# ``name`` is by what an article is known again: its id, URL, file or text. ``text``, ``record`` and ``reports`` are
# packed (`rasd.store.packing`). ``sketch`` finds near-copies of the text, ``voice`` joins them.
article = Table(
    "article",
    metadata,
    _key(),
    Column("name", Text, nullable=False, unique=True),
    Column("given_id", Text, index=True),
    Column("source", Text, index=True),
    Column("title", Text),
    Column("url", Text, index=True),
    Column("published", _Day, index=True),
    Column("digest", LargeBinary, nullable=False, index=True),
    Column("added", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("lexicon_id", _Number, ForeignKey("lexicon.id"), nullable=False, index=True),
    Column("words", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("voice", Text, nullable=False, index=True),
    Column("sketch", LargeBinary),
    Column("text", LargeBinary, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("reports", LargeBinary, nullable=False),
)

# What an article was before it changed at its source; ``replaced`` is when it was found changed.
version = Table(
    "version",
    metadata,
    _article(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("replaced", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("title", Text),
    Column("published", _Day),
    Column("lexicon_id", _Number, ForeignKey("lexicon.id"), nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("record", LargeBinary, nullable=False),
)

# Who is named in an article.
article_code = Table("article_code", metadata, _main(), _of("article_id"), **_KEYED)
article_key = Table("article_key", metadata, _hash(), _of("article_id"), **_KEYED)

# Where events happen, across articles, by `rasd.chronicle.place_key`.
place = Table(
    "place",
    metadata,
    _key(),
    Column("key", Text, nullable=False, unique=True),
    Column("name_ar", Text),
    Column("name_en", Text),
    Column("country", Text),
    Column("lat", Float),
    Column("lon", Float),
)

# Days of an occurrence: ``begins`` and ``ends`` as its date bounds them; ``first`` and ``last`` also where it has no
# date, the day of the first report. ``told`` and ``retold`` are the first and the last day of its reports,
# ``changed`` is when it was written (UTC). ``denies`` is the occurrence that it is a denial of.
# ``content`` is all of it, packed; the index of days has beside them whatever else a list is chosen by, so that
# counting looks at no content.
_DENIES = "denies IS NOT NULL"
occurrence = Table(
    "occurrence",
    metadata,
    _key(),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("quad", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("status", Text, nullable=False),
    Column("begins", _Day),
    Column("ends", _Day),
    Column("first", _Day),
    Column("last", _Day),
    Column("country", Text),
    Column("place_id", _Number),
    Column("confidence", Float, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("voices", Integer, nullable=False),
    Column("told", _Day),
    Column("retold", _Day),
    Column("changed", Text, index=True),
    Column("denies", _Number),
    Column("content", LargeBinary, nullable=False),
    Index("ix_occurrence_days", "first", "last", "type", "status", "quad", "country", "place_id", "confidence"),
    Index("ix_occurrence_retold", "retold", "type", "status"),
    Index("ix_occurrence_type", "type", "retold"),
    Index("ix_occurrence_status", "status", "retold"),
    Index("ix_occurrence_place", "place_id", "retold"),
    Index("ix_occurrence_denies", "denies", sqlite_where=text(_DENIES), postgresql_where=text(_DENIES)),
)

# ``side``: 1 who acts, 2 who is acted upon, 3 both.
occurrence_side = Table(
    "occurrence_side",
    metadata,
    _main(),
    Column("occurrence_id", _Number, ForeignKey("occurrence.id"), primary_key=True, autoincrement=False, index=True),
    Column("side", SmallInteger, nullable=False),
    Column("first", _Day),
    Column("last", _Day),
    **_KEYED,
)

# ``number`` is that of the event in the article's record (``e3``). Offsets are into the article's text: ``trigger``
# the word that tells, ``start`` and ``end`` of the words that say it all.
report = Table(
    "report",
    metadata,
    _key(),
    Column("article_id", _Number, ForeignKey("article.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("occurrence_id", _Number, ForeignKey("occurrence.id"), index=True),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("status", Text, nullable=False),
    Column("begins", _Day),
    Column("ends", _Day),
    Column("country", Text),
    Column("confidence", Float, nullable=False),
    Column("rule", Text, nullable=False),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Index("ix_report_article", "article_id", "number", unique=True),
    Index("ix_report_confidence", "confidence", "id"),
)
report_side = Table(
    "report_side",
    metadata,
    Column("report_id", _Number, ForeignKey("report.id"), primary_key=True, autoincrement=False),
    Column("side", SmallInteger, primary_key=True, autoincrement=False),
    Column("code", Text, primary_key=True),
    **_KEYED,
)
report_key = Table("report_key", metadata, _hash(), _of("report_id"), **_KEYED)

# What reports are known again by, those of one article together (`rasd.store.traces`): they share most of it.
sketches = Table("sketches", metadata, _article(), Column("content", LargeBinary, nullable=False))

# What events are about, across articles, by `rasd.chronicle.affair_key`.
affair = Table(
    "affair",
    metadata,
    _key(),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("name_ar", Text),
    Column("name_en", Text),
)
article_affair = Table(
    "article_affair",
    metadata,
    Column("affair_id", _Number, ForeignKey("affair.id"), primary_key=True, autoincrement=False),
    Column("article_id", _Number, ForeignKey("article.id"), primary_key=True, autoincrement=False, index=True),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    **_KEYED,
)
affair_party = Table(
    "affair_party",
    metadata,
    _main(),
    Column("article_id", _Number, ForeignKey("article.id"), primary_key=True, autoincrement=False, index=True),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    **_KEYED,
)
occurrence_affair = Table(
    "occurrence_affair",
    metadata,
    Column("affair_id", _Number, ForeignKey("affair.id"), primary_key=True, autoincrement=False),
    Column("occurrence_id", _Number, ForeignKey("occurrence.id"), primary_key=True, autoincrement=False, index=True),
    **_KEYED,
)

position = Table(
    "position",
    metadata,
    _article(),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    Column("holder", Text, nullable=False),
    Column("holder_main", Text, nullable=False, index=True),
    Column("toward", Text),
    Column("toward_main", Text, index=True),
    Column("affair_id", _Number, ForeignKey("affair.id")),
    Column("stance", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
)
phase = Table(
    "phase",
    metadata,
    _article(),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
    Column("begins", _Day),
    Column("ends", _Day),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
)
phase_party = Table(
    "phase_party",
    metadata,
    _main(),
    Column("article_id", _Number, ForeignKey("article.id"), primary_key=True, autoincrement=False, index=True),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    **_KEYED,
)

# What people said of events, see `rasd.chronicle.Review`. ``start`` and ``stop`` are where the trigger stands now;
# ``read``, ``answer`` and ``filling`` are JSON. ``version`` is the article's at that time.
review = Table(
    "review",
    metadata,
    _key(),
    Column("article_id", _Number, ForeignKey("article.id"), nullable=False),
    Column("thread", _Number, nullable=False, index=True),
    Column("batch", _Number, nullable=False, index=True),
    Column("start", Integer),
    Column("stop", Integer),
    Column("trigger", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("read", Text),
    Column("answer", Text),
    Column("filling", Text),
    Column("version", Integer, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False, index=True),
    Column("note", Text),
    Column("picked", Text, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("undone", Text),
    Column("undone_by", Text),
    Index("ix_review_article", "article_id", "current"),
)

# Articles that a person read from end to end and found nothing missing in, at a version of theirs.
read_through = Table(
    "read_through",
    metadata,
    _article(),
    Column("version", Integer, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# Feeds that are watched (`rasd.store.feeds.WatchedFeed`), and their items by a hash of what they are known again by:
# ``done`` with, or to be tried again; ``seen`` is the day on which the feed was last known to name it.
feed = Table(
    "feed",
    metadata,
    _key(),
    Column("address", Text, nullable=False, unique=True),
    Column("title", Text),
    Column("moved", Text),
    Column("etag", Text),
    Column("modified", Text),
    Column("looked", Text),
    Column("heard", Text),
    Column("due", Text),
    Column("failures", Integer, nullable=False),
    Column("fault", Text),
    Column("gone", Boolean, nullable=False),
    Column("added", Integer, nullable=False),
    Column("newest", Text),
)
feed_item = Table(
    "feed_item",
    metadata,
    Column("feed_id", _Number, ForeignKey("feed.id"), primary_key=True, autoincrement=False),
    Column("key", LargeBinary, primary_key=True),
    Column("done", Boolean, nullable=False),
    Column("tries", SmallInteger, nullable=False),
    Column("seen", _Day, nullable=False),
    **_KEYED,
)
