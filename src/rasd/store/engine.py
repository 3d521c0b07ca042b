"""The connection to a database: how SQLite and PostgreSQL are spoken to so that several processes may write."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from rasd.store.location import StoreError, shown

# So long a process waits for another's batch to be written.
_WAIT_SECONDS = 120
# "Rasd" in SQLite's own field for what program a file belongs to.
APPLICATION_ID = 0x52617364
# A number that no other program's advisory locks are likely to have.
_LOCK = 0x52617364_53746F72
_WRITES = "rasd_writes"


def open_engine(url: URL, *, create: bool) -> Engine:
    """An engine on the database at ``url``, not connected yet.

    ``create`` makes the file and its folder where there is none. All errors of the database come out of it as
    `StoreError`. Raises `StoreError` where the file is missing and not to be made, or the driver is not installed.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, create)
    try:
        import psycopg  # noqa: F401  # pyright: ignore[reportUnusedImport]
    except ImportError:
        raise StoreError("PostgreSQL needs its driver: pip install 'rasd[postgres]'") from None
    # Opened for each command or long add; a pool would hold connections that nobody uses.
    engine = create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 10})
    _translate(engine)
    event.listen(engine, "begin", _begin_postgres)
    return engine


def _sqlite(url: URL, create: bool) -> Engine:
    path = Path(str(url.database))
    if path.is_dir():
        raise StoreError(f"{path}: a folder, not a database")
    if path.exists() and not path.is_file():
        raise StoreError(f"{path}: not a file")
    if not path.exists():
        if not create:
            raise StoreError(f"{path}: no database there yet; 'rasd add' makes one")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{path.parent}: {(error.strerror or 'cannot be made').lower()}") from None
    engine = create_engine(url, connect_args={"timeout": _WAIT_SECONDS})
    _translate(engine)
    name = shown(url)

    def connected(connection: sqlite3.Connection, _record: object) -> None:
        try:
            _settle(connection)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise StoreError(_said(name, error)) from None

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _settle(connection: sqlite3.Connection) -> None:
    """Settings of a new connection. Transactions are begun by us: the driver begins them too late."""
    connection.isolation_level = None
    connection.executescript(
        # Rows of some kilobytes fill large pages better (page_size counts for a new file alone).
        # What was reported as added is on disk (FULL); readers never wait for a writer (WAL).
        "PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
    )


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgres(connection: Connection) -> None:
    if connection.get_execution_options().get(_WRITES):
        # One writer at a time, as with SQLite: which reports are one occurrence is decided over all there are.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))


def _translate(engine: Engine) -> None:
    """Let what the database says come out as one sentence."""
    name = shown(engine.url)

    def handle(context: ExceptionContext) -> StoreError | None:
        original = context.original_exception
        if isinstance(original, (KeyboardInterrupt, SystemExit, StoreError)) or context.is_pre_ping:
            return None
        return StoreError(_said(name, original))

    event.listen(engine, "handle_error", handle, retval=True)


def _said(name: str, error: BaseException) -> str:
    """What is wrong with a database, as one line."""
    if isinstance(error, UnicodeDecodeError):  # its own text is UTF-8: what is not has been altered
        return f"{name}: {_PLAIN['database disk image is malformed']}"
    lines = str(error).strip().splitlines() or [type(error).__name__]
    first = next((said for said in _DAMAGED if lines[0].startswith(said)), lines[0])
    # What a damaged file is quoted with may be any characters.
    return f"{name}: {''.join(c if c.isprintable() else '?' for c in _PLAIN.get(first, first))}"


_PLAIN = {
    "file is not a database": "not a database",
    "database is locked": "another process has been writing to it for too long",
    "attempt to write a readonly database": "it may not be written to",
    "unable to open database file": "it cannot be opened",
    "database or disk is full": "the disk is full",
    "database disk image is malformed": "the file is damaged",
    "malformed database schema": "the file is damaged",
}
# These go on with a quotation of what is damaged.
_DAMAGED = ("malformed database schema",)


@contextmanager
def reading(engine: Engine) -> Generator[Connection]:
    """A connection to read by: all that is read on it is of one moment."""
    with _connected(engine) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Generator[Connection]:
    """A connection to write by, the only one that does: waits until others have written.

    All of it is written at the end, or nothing where an error leaves the block.
    """
    with _connected(engine).execution_options(**{_WRITES: True}) as connection, connection.begin():
        yield connection


def _connected(engine: Engine) -> Connection:
    try:
        return engine.connect()
    except DBAPIError as error:  # no engine's handler hears of these
        raise StoreError(_said(shown(engine.url), error.orig or error)) from None


def data_version(connection: Connection) -> str | None:
    """What SQLite says of the state of the file as this connection sees it; None on a server, which does not say.

    No transaction is left open by it: one would hold the state of its moment.
    """
    if not is_sqlite(connection):
        return None
    try:
        return str(connection.exec_driver_sql("PRAGMA data_version").scalar())
    finally:
        connection.rollback()


def is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def scalar(connection: Connection, statement: str, **values: Any) -> Any:
    """The first column of the first row that a statement gives, None where it gives none."""
    return connection.execute(text(statement), values).scalar()
