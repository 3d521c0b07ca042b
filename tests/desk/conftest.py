"""A desk over the example articles, asked as a browser asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("fastapi", reason="the extra rasd[desk] is not installed")

from fastapi.testclient import TestClient

from rasd.desk.app import create_app
from rasd.desk.sample import sample_database
from rasd.desk.settings import Settings


@pytest.fixture(scope="session")
def desk_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A copy of the sample database for this run alone."""
    from shutil import copyfile

    target = tmp_path_factory.mktemp("desk") / "sample.db"
    copyfile(sample_database(), target)
    return str(target)


@pytest.fixture(scope="session")
def desk_settings(desk_database: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A desk over the sample that nobody signs in to, whoever runs the tests; `dataclasses.replace` makes others."""
    users = tmp_path_factory.mktemp("users") / "none"
    return Settings(desk_database, language="en", names=("testserver",), users=users)


@pytest.fixture(scope="session")
def desk(desk_settings: Settings) -> Iterator[TestClient]:
    """Pages of the sample, in English unless asked otherwise."""
    with TestClient(create_app(desk_settings)) as client:
        yield client


@pytest.fixture(autouse=True)
def _forget(desk: TestClient) -> None:
    """No test is answered in the language that another chose."""
    desk.cookies.clear()
