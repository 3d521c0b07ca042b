"""Where a database is: a file of SQLite, or a server of PostgreSQL by its URL."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from rasd.errors import RasdError

if TYPE_CHECKING:
    from sqlalchemy import URL

VARIABLE = "RASD_DB"
_SERVER = "postgresql+psycopg"


class StoreError(RasdError):
    """A database cannot be had, or refuses what is asked of it."""


def default_path() -> Path:
    """The database of a user who names none: a file in his data folder."""
    import platformdirs

    return Path(platformdirs.user_data_path("rasd")) / "rasd.db"


def database_url(choice: str | None = None) -> URL:
    """The URL of the database that is meant: ``choice``, else ``$RASD_DB``, else `default_path`.

    A choice is a path, or a URL of SQLite (``sqlite:///file``) or PostgreSQL (``postgresql://host/name``). Raises
    `StoreError` on a URL of anything else.
    """
    from sqlalchemy import URL, make_url
    from sqlalchemy.exc import ArgumentError

    named = choice or os.environ.get(VARIABLE) or str(default_path())
    if "://" not in named:
        return URL.create("sqlite", database=str(Path(named).expanduser().absolute()))
    try:
        url = make_url(named)
    except (ArgumentError, ValueError):
        raise StoreError("this is no URL of a database (postgresql://user@host/name)") from None
    kind = url.drivername.partition("+")[0]
    if kind in ("postgresql", "postgres"):
        return url.set(drivername=_SERVER)
    if kind == "sqlite" and url.database:
        return url.set(drivername="sqlite", database=str(Path(url.database).expanduser().absolute()))
    raise StoreError(f"{kind} databases are not known here, only SQLite and PostgreSQL")


def shown(url: URL) -> str:
    """How messages name a database: a file by its path, a server by its URL without the password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.set(drivername="postgresql").render_as_string(hide_password=True)
