"""Bringing a database to the form that this program knows, when it is opened."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from rasd.store.engine import APPLICATION_ID, is_sqlite, reading, scalar, writing
from rasd.store.location import StoreError, shown
from rasd.store.schema import HEAD

VERSION_TABLE = "rasd_version"
FOLDER = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Bring the database to the latest form; an empty one gets its tables.

    Runs in one transaction: killed, it leaves the database as it was; two processes wait for each other. Raises
    `StoreError` where a newer Rasd made the database, or another program.
    """
    with reading(engine) as connection:
        if _version(connection) == HEAD:
            return
    with writing(engine) as connection:
        found = _version(connection)
        if found == HEAD:  # another process was quicker
            return
        _check(connection, found, shown(engine.url))
        _upgrade(connection)


def _version(connection: Connection) -> str | None:
    """The migration that the database is at; None where it has none of our tables."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return scalar(connection, f"SELECT version_num FROM {VERSION_TABLE}")


def _check(connection: Connection, found: str | None, name: str) -> None:
    if found is None:
        if inspect(connection).get_table_names():
            raise StoreError(f"{name}: a database of another program")
        return
    known = {path.name.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py")}
    if found not in known:
        raise StoreError(f"{name}: made by a newer Rasd (form {found}, this one knows {HEAD}); update Rasd")


def _upgrade(connection: Connection) -> None:
    # Imported here: nearly always the database has the latest form, and Alembic takes a while to import.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if is_sqlite(connection):
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
