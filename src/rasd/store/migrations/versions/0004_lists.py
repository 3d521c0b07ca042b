"""Lists of events: by place, by when they were told, by words of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from rasd.store.index import REPORTS
from rasd.store.numbers import Numbers
from rasd.store.packing import unpack_occurrence
from rasd.store.rows import place_row
from rasd.store.schema import place

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "place",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name_ar", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.add_column("occurrence", sa.Column("place_id", NUMBER, nullable=True))
    op.add_column("occurrence", sa.Column("told", sa.String(length=10), nullable=True))
    op.add_column("occurrence", sa.Column("retold", sa.String(length=10), nullable=True))
    op.add_column("occurrence", sa.Column("changed", sa.Text(), nullable=True))
    connection = op.get_bind()
    _fill_places(connection)
    for statement in _FILLS:
        connection.exec_driver_sql(statement)
    op.drop_index("ix_occurrence_days", table_name="occurrence")
    listed = ["first", "last", "type", "status", "quad", "country", "place_id", "confidence"]
    op.create_index("ix_occurrence_days", "occurrence", listed, unique=False)
    op.create_index("ix_occurrence_retold", "occurrence", ["retold", "type", "status"], unique=False)
    op.create_index("ix_occurrence_type", "occurrence", ["type", "retold"], unique=False)
    op.create_index("ix_occurrence_status", "occurrence", ["status", "retold"], unique=False)
    op.create_index("ix_occurrence_place", "occurrence", ["place_id", "retold"], unique=False)
    op.create_index(op.f("ix_occurrence_changed"), "occurrence", ["changed"], unique=False)
    op.create_index(op.f("ix_article_source"), "article", ["source"], unique=False)
    for statement in REPORTS.create(connection.dialect.name):
        op.execute(statement)
    # The indexes of words are made anew when they are next asked for, with what this form adds.
    op.execute("DELETE FROM state WHERE name = 'search'")


_OF = "FROM report JOIN article ON article.id = report.article_id WHERE report.occurrence_id = occurrence.id"
_FILLS = (
    f"UPDATE occurrence SET told = (SELECT min(article.published) {_OF}), "
    f"retold = (SELECT max(article.published) {_OF}), changed = (SELECT max(article.added) {_OF})",
)


def _fill_places(connection: sa.Connection) -> None:
    """Give each event its place, which was in its content alone."""
    numbers = Numbers(connection)
    known: dict[str, int] = {}
    found = sa.table("occurrence", sa.column("id"), sa.column("content"), sa.column("place_id"))
    for id, content in connection.execute(sa.select(found.c.id, found.c.content)).all():
        where = unpack_occurrence(content, "").place
        if where is None:
            continue
        row = place_row(where)
        key = row["key"]
        if key not in known:
            known[key] = numbers.next(place)
            connection.execute(sa.insert(place), {**row, "id": known[key]})
        connection.execute(sa.update(found).where(found.c.id == id).values(place_id=known[key]))
    numbers.save()
