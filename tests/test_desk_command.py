"""``rasd desk``: who may sign in, and where it may be served."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest
from typer.testing import CliRunner

pytest.importorskip("argon2", reason="the extra rasd[desk] is not installed")
pytest.importorskip("fastapi", reason="the extra rasd[desk] is not installed")

from rasd.cli import app
from rasd.desk.guard.accounts import Accounts
from rasd.errors import RasdError


@pytest.fixture
def users(tmp_path, monkeypatch):
    path = tmp_path / "there" / "users"
    monkeypatch.setenv("RASD_DESK_USERS", str(path))
    monkeypatch.delenv("RASD_DESK_ACCOUNTS", raising=False)
    return path


def run(*arguments, given=None):
    result = CliRunner().invoke(app, list(arguments), input=given, catch_exceptions=True)
    if isinstance(result.exception, RasdError):
        return str(result.exception)
    assert result.exit_code == 0, result.output
    return result.output


def test_users_come_and_go(users):
    assert "editor, added" in run("desk", "user", "add", "leila", "--role", "editor", given="a long password\n")
    assert "reader, changed" in run("desk", "user", "add", "leila", given="another password\n")
    if os.name == "posix":
        assert stat.S_IMODE(users.stat().st_mode) == 0o600
    token = run("desk", "token", "add", "agency", "--role", "reader").splitlines()[0]
    listed = run("desk", "user", "list")
    assert "leila\treader\tpassword" in listed
    assert "agency\treader\ttoken" in listed
    assert token not in users.read_text("utf-8")
    accounts = Accounts(users)
    assert accounts.of_password("leila", "another password")
    assert accounts.of_token(token)
    run("desk", "user", "remove", "leila")
    run("desk", "token", "remove", "agency")
    assert "nobody yet" in run("desk", "user", "list")


@pytest.mark.parametrize(
    ("arguments", "given", "said"),
    [
        (("user", "add", "leila"), "short\n", "too short"),
        (("user", "add", "leila"), "", "too short"),
        (("user", "add", "le:ila"), "a long password\n", "a name is of letters"),
        (("user", "add", "leila", "--role", "owner"), "a long password\n", "a role is"),
        (("user", "remove", "leila"), None, "no user is called leila"),
        (("token", "remove", "leila"), None, "no token is called leila"),
        (("--host", "0.0.0.0"), None, "first 'rasd desk user add"),
        (("--public", "https://desk.example"), None, "first 'rasd desk user add"),
        (("--public", "desk.example"), None, "--public is an address"),
        (("--certificate", "x"), None, "belong together"),
        (("--certificate", "x", "--key", "y"), None, "x: no such file"),
    ],
)
def test_what_is_wrong_is_one_sentence(users, arguments, given, said):
    message = run("desk", *arguments, given=given)
    assert said in message
    assert "\n" not in message.strip()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["desk"], "pip install 'rasd[desk]'"),
        (["desk", "--public", "https://desk.example"], "pip install 'rasd[desk]'"),
        (["desk", "user", "add", "leila"], "pip install 'rasd[desk]'"),
        (["desk", "user", "list"], "nobody yet"),
        (["desk", "--help"], ""),
    ],
)
def test_without_the_extra_a_line_says_what_to_install(users, arguments, said):
    missing = "fastapi", "starlette", "uvicorn", "argon2", "python_multipart", "anyio"
    code = f"import sys; sys.modules.update(dict.fromkeys({missing})); from rasd.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments], input="a long password", capture_output=True, text=True, check=False
    )
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) <= 1
