"""The manual and the site are made from the project itself: nothing in it is left out of them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import manual  # noqa: E402


@pytest.fixture(scope="module")
def described() -> manual.Command:
    return manual.described()


def test_the_manual_page_has_each_command_and_option(described: manual.Command, tmp_path: Path) -> None:
    page = "\n".join(manual.man(described))
    assert page.startswith('.TH RASD 1 "" "Rasd" "User Commands"')
    for name in ("read", "code", "dossier", "completion"):
        assert f".SS rasd {name}" in page
    for option in ("--published DATE", "--workers", "--db DATABASE"):
        assert f".B {option}".replace("-", "\\-") in page
    assert "pip install 'rasd[careful]'" in page
    if shutil.which("man") is None:
        pytest.skip("no man here to print it")
    file = tmp_path / "rasd.1"
    file.write_text(page, encoding="utf-8")
    done = subprocess.run(["man", "--warnings", "-l", str(file)], capture_output=True, text=True, check=False)
    if "fault" in done.stderr or done.returncode:
        pytest.skip("man is not whole here")
    assert done.stderr == ""
    assert "rasd read [OPTIONS] FILE" in done.stdout


def test_the_page_of_commands_has_each_command_once(described: manual.Command) -> None:
    page = "\n".join(manual.markdown(described))
    names = [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## rasd ")]
    assert len(names) == len(set(names))
    assert {"rasd read", "rasd import", "rasd check-lexicon"} <= set(names)


def test_help_shows_what_to_install_as_it_is_typed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rasd", "read", "--help"], capture_output=True, text=True, check=False, cwd=ROOT / "src"
    )
    assert "rasd[careful]" in done.stdout


def test_the_start_page_says_what_each_extra_is_for() -> None:
    pytest.importorskip("mkdocs")
    import site_hooks

    rows = site_hooks.extras().splitlines()
    known = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert {row.split("`")[1] for row in rows} >= {"careful", "desk", "postgres", "sources", "all"}
    assert all(row.split("`")[1] in known for row in rows)
    assert not [row for row in rows if row.endswith("|  |")]


def test_licences_are_told_and_looked_at() -> None:
    pytest.importorskip("packaging")
    import licences

    found = {one.name: one for one in licences.packages()}
    assert found["msgspec"].licence == "BSD-3-Clause"
    assert found["msgspec"].extras == ()
    assert all(one.licence for one in found.values())
    assert "| [msgspec]" in licences.page()
