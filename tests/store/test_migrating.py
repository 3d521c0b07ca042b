"""The migrations make the tables that the program knows; databases of others are refused."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from rasd import Reader
from rasd.store import Store, StoreError
from rasd.store.engine import open_engine, reading, writing
from rasd.store.location import database_url, shown
from rasd.store.migrating import FOLDER, VERSION_TABLE, migrate
from rasd.store.schema import HEAD, metadata
from store.articles import ATTACK, SAME_VISIT, VISIT, put
from store.older import before_sketches


def test_the_latest_migration_is_the_one_the_program_knows():
    assert ScriptDirectory(str(FOLDER)).get_current_head() == HEAD


def test_migrations_make_the_tables_of_the_schema(place: str):
    engine = open_engine(database_url(place), create=True)
    migrate(engine)
    with reading(engine) as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": False}
        context = MigrationContext.configure(connection, opts=options)
        differences = [d for d in compare_metadata(context, metadata) if "search" not in repr(d)]
    engine.dispose()
    assert differences == []


def test_a_database_is_opened_again_as_it_is(place: str, reader: Reader):
    for _ in range(2):
        with Store(place, create=True) as store:
            put(store, reader, ATTACK)
            assert len(store.list()) == 1


def test_an_older_database_knows_its_reports_again(place: str, reader: Reader):
    with Store(place, create=True) as store:
        put(store, reader, VISIT, ATTACK)
        was = kept(store)
        assert was
        with writing(store._engine) as connection:
            before_sketches(connection)
    with Store(place) as again:
        assert kept(again) == was
        put(again, reader, SAME_VISIT)
        with again.reading() as ledger:
            told = [o.reports for o in ledger.occurrences(["NOR", "JPN"]) if o.type == "CONSULT"]
        assert any(len({r.partition("/")[0] for r in reports}) == 2 for reports in told)
        assert [hit.article.title for hit in again.search("الصيد البحري").hits]


def kept(store: Store) -> list[tuple[int, bytes]]:
    """The sketches that a database keeps."""
    with store.reading() as ledger:
        rows = ledger.connection.execute(text("SELECT article_id, content FROM sketches ORDER BY article_id"))
        return [(row.article_id, bytes(row.content)) for row in rows]


def test_a_newer_database_is_refused(place: str):
    with Store(place, create=True):
        pass
    engine = open_engine(database_url(place), create=False)
    with writing(engine) as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="made by a newer Rasd"):
        Store(place)


def test_which_database_is_meant(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("RASD_DB", "/somewhere/mine.db")
    assert shown(database_url()) == "/somewhere/mine.db"
    assert shown(database_url("/other.db")) == "/other.db"
    monkeypatch.delenv("RASD_DB")
    assert shown(database_url()).endswith("rasd.db")
    assert database_url("postgres://u:p@h/db").drivername == "postgresql+psycopg"
    assert "p" not in shown(database_url("postgresql://u:p@h/db")).split("@")[0].split(":")[-1]
    for wrong in ("mysql://h/db", "://", "postgresql://h:port/db"):
        with pytest.raises(StoreError):
            database_url(wrong)
