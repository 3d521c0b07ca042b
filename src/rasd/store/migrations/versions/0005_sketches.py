"""Sketches of one article's reports together; smaller indexes of words."""

from __future__ import annotations

from itertools import groupby

import sqlalchemy as sa
from alembic import op

from rasd.store.index import ARTICLES, REPORTS
from rasd.store.traces import packed

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    sketches = op.create_table(
        "sketches",
        sa.Column("article_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"]),
        sa.PrimaryKeyConstraint("article_id"),
    )
    connection = op.get_bind()
    report = sa.table("report", sa.column("article_id"), sa.column("number"), sa.column("sketch"))
    query = sa.select(report.c.article_id, report.c.number, report.c.sketch).order_by(report.c.article_id)
    for article, rows in groupby(connection.execute(query).all(), key=lambda row: row.article_id):
        content = packed({row.number: row.sketch or b"" for row in rows})
        connection.execute(sa.insert(sketches), {"article_id": article, "content": content})
    op.drop_column("report", "sketch")
    for index in (ARTICLES, REPORTS):
        op.execute(f"DROP TABLE {index.table}")
        for statement in index.create(connection.dialect.name):
            op.execute(statement)
    # The indexes of words are made anew when they are next asked for.
    op.execute("DELETE FROM state WHERE name = 'search'")
