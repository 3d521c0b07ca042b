"""Databases to test with: a file of SQLite, and one on a PostgreSQL server of the tests' own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from rasd.store import Store
from store.postgres import programs, server

_count = itertools.count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a running PostgreSQL server's maintenance database."""
    bin = programs()
    if bin is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    with server(bin) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty database is, of each kind."""
    if request.param == "sqlite":
        return str(tmp_path / "rasd.db")
    return new_database(request.getfixturevalue("postgres"))


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store(place, create=True) as opened:
        yield opened


def new_database(url: str) -> str:
    """The URL of a new, empty database on the server."""
    import psycopg

    name = f"test{next(_count)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{url.rpartition('/')[0]}/{name}"
