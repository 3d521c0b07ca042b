"""The first tables: articles with their history, reports, occurrences, affairs, positions, phases, and the index.

Revision: 0001
"""

import sqlalchemy as sa
from alembic import op

from rasd.store.index import CREATE

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite numbers rows itself only where the column is exactly INTEGER.
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "affair",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name_ar", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "article_code",
        sa.Column("main", sa.Text(), nullable=False),
        sa.Column("article_id", NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("main", "article_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "article_key",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "article_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lexicon",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("version"),
    )
    op.create_table(
        "occurrence",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("quad", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("begins", sa.String(length=10), nullable=True),
        sa.Column("ends", sa.String(length=10), nullable=True),
        sa.Column("first", sa.String(length=10), nullable=True),
        sa.Column("last", sa.String(length=10), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("voices", sa.Integer(), nullable=False),
        sa.Column("denies", NUMBER, nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_occurrence_days", "occurrence", ["first", "last"], unique=False)
    op.create_index(
        "ix_occurrence_denies",
        "occurrence",
        ["denies"],
        unique=False,
        sqlite_where=sa.text("denies IS NOT NULL"),
        postgresql_where=sa.text("denies IS NOT NULL"),
    )
    op.create_table(
        "report_key",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_id", NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "report_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "state",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "article",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("given_id", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("published", sa.String(length=10), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lexicon_id", NUMBER, nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("reports", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lexicon_id"],
            ["lexicon.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_index(op.f("ix_article_digest"), "article", ["digest"], unique=False)
    op.create_index(op.f("ix_article_given_id"), "article", ["given_id"], unique=False)
    op.create_index(op.f("ix_article_lexicon_id"), "article", ["lexicon_id"], unique=False)
    op.create_index(op.f("ix_article_published"), "article", ["published"], unique=False)
    op.create_index(op.f("ix_article_url"), "article", ["url"], unique=False)
    op.create_index(op.f("ix_article_voice"), "article", ["voice"], unique=False)
    op.create_table(
        "occurrence_affair",
        sa.Column("affair_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("occurrence_id", NUMBER, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["affair_id"],
            ["affair.id"],
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["occurrence.id"],
        ),
        sa.PrimaryKeyConstraint("affair_id", "occurrence_id"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_occurrence_affair_occurrence_id"), "occurrence_affair", ["occurrence_id"], unique=False)
    op.create_table(
        "occurrence_side",
        sa.Column("main", sa.Text(), nullable=False),
        sa.Column("occurrence_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("side", sa.SmallInteger(), nullable=False),
        sa.Column("first", sa.String(length=10), nullable=True),
        sa.Column("last", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["occurrence.id"],
        ),
        sa.PrimaryKeyConstraint("main", "occurrence_id"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_occurrence_side_occurrence_id"), "occurrence_side", ["occurrence_id"], unique=False)
    op.create_table(
        "affair_party",
        sa.Column("main", sa.Text(), nullable=False),
        sa.Column("article_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
        ),
        sa.PrimaryKeyConstraint("main", "article_id", "number"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_affair_party_article_id"), "affair_party", ["article_id"], unique=False)
    op.create_table(
        "article_affair",
        sa.Column("affair_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("article_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["affair_id"],
            ["affair.id"],
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
        ),
        sa.PrimaryKeyConstraint("affair_id", "article_id", "number"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_article_affair_article_id"), "article_affair", ["article_id"], unique=False)
    op.create_table(
        "phase",
        sa.Column("article_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("begins", sa.String(length=10), nullable=True),
        sa.Column("ends", sa.String(length=10), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
        ),
        sa.PrimaryKeyConstraint("article_id", "number"),
    )
    op.create_table(
        "phase_party",
        sa.Column("main", sa.Text(), nullable=False),
        sa.Column("article_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
        ),
        sa.PrimaryKeyConstraint("main", "article_id", "number"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_phase_party_article_id"), "phase_party", ["article_id"], unique=False)
    op.create_table(
        "position",
        sa.Column("article_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("holder_main", sa.Text(), nullable=False),
        sa.Column("toward", sa.Text(), nullable=True),
        sa.Column("toward_main", sa.Text(), nullable=True),
        sa.Column("affair_id", NUMBER, nullable=True),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["affair_id"],
            ["affair.id"],
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
        ),
        sa.PrimaryKeyConstraint("article_id", "number"),
    )
    op.create_index(op.f("ix_position_holder_main"), "position", ["holder_main"], unique=False)
    op.create_index(op.f("ix_position_toward_main"), "position", ["toward_main"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("article_id", NUMBER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", NUMBER, nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("begins", sa.String(length=10), nullable=True),
        sa.Column("ends", sa.String(length=10), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("trigger_start", sa.Integer(), nullable=False),
        sa.Column("trigger_end", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["occurrence.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_report_article", "report", ["article_id", "number"], unique=True)
    op.create_index(op.f("ix_report_occurrence_id"), "report", ["occurrence_id"], unique=False)
    op.create_table(
        "version",
        sa.Column("article_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("replaced", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.String(length=10), nullable=True),
        sa.Column("lexicon_id", NUMBER, nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
        ),
        sa.ForeignKeyConstraint(
            ["lexicon_id"],
            ["lexicon.id"],
        ),
        sa.PrimaryKeyConstraint("article_id", "number"),
    )
    op.create_table(
        "report_side",
        sa.Column("report_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("side", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["report.id"],
        ),
        sa.PrimaryKeyConstraint("report_id", "side", "code"),
        sqlite_with_rowid=False,
    )
    for statement in CREATE[op.get_bind().dialect.name]:
        op.execute(statement)
