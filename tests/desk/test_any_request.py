"""Whatever is asked of the desk, nothing it answers is a fault of the server."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from shutil import copyfile

import pytest

pytest.importorskip("schemathesis", reason="schemathesis is not installed")
pytest.importorskip("fastapi", reason="the extra rasd[desk] is not installed")

from fastapi.testclient import TestClient

from any_request import HOST, ask_everything, ask_forms, operations
from rasd.desk.adding.jobs import JobLimits
from rasd.desk.app import create_app
from rasd.desk.settings import Settings

# To each page and call, so many or for so long; `benchmarks/any_request.py` asks longer.
EXAMPLES, SECONDS = 4, 0.7


@pytest.fixture
def client(desk_settings: Settings, tmp_path: Path):
    copy = copyfile(str(desk_settings.database), tmp_path / "copy.db")
    app = create_app(replace(desk_settings, database=str(copy)))
    app.state.jobs.limits = JobLimits(waiting=0)  # so that nothing is fetched
    with TestClient(app, base_url=f"http://{HOST}") as client:
        yield client


def test_no_request_is_a_fault(client: TestClient):
    asked = ask_everything(client, EXAMPLES, seconds=SECONDS)
    assert not asked.faults, "\n".join(asked.faults[:5])
    assert asked.statuses[200] >= 2


def test_no_form_is_a_fault(client: TestClient):
    asked = ask_forms(client, EXAMPLES, pages=15)
    assert not asked.faults, "\n".join(asked.faults[:5])
    assert set(asked.statuses) & {303, 422}


def test_every_page_and_call_is_asked():
    found = {f"{operation.method.upper()} {operation.path}" for operation in operations()}
    assert {
        "GET /",
        "GET /add",
        "POST /add/text",
        "GET /sign-in",
        "GET /api/v1/events",
        "POST /api/v1/reviews",
    } <= found
