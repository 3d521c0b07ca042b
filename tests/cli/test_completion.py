"""Completion in the shells: what `rasd completion` prints makes a shell offer commands and options."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A search path on which `rasd` is this checkout's."""
    program = tmp_path / "rasd"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m rasd "$@"\n')
    program.chmod(0o755)
    return f"{tmp_path}:{os.environ['PATH']}"


def run(*command: str, path: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PATH": path, **environment},
    )  # fmt: skip


def test_bash_offers_commands_and_options(path: str) -> None:
    if shutil.which("bash") is None:
        pytest.skip("no bash here")
    asked = "COMP_WORDS=(rasd {0}); COMP_CWORD={1}; _rasd_completion rasd"
    script = "source <(rasd completion bash); " + asked + '; echo "${{COMPREPLY[@]}}"'
    assert run("bash", "-c", script.format("doss", 1), path=path).stdout.split() == ["dossier"]
    options = run("bash", "-c", script.format("read --pub", 2), path=path).stdout.split()
    assert options == ["--published"]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_take_the_script(shell: str, path: str, tmp_path: Path) -> None:
    done = run("rasd", "completion", shell, path=path)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"_RASD_COMPLETE=complete_{shell}" in done.stdout
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here to try it in")
    script = tmp_path / "script"
    script.write_text(done.stdout)
    assert run(shell, "-n", str(script), path=path).stderr == ""


def test_what_zsh_and_fish_ask_is_answered(path: str) -> None:
    zsh = run("rasd", path=path, _RASD_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="rasd read --pub")
    assert "--published" in zsh.stdout
    fish = run(
        "rasd", path=path, _RASD_COMPLETE="complete_fish", _TYPER_COMPLETE_ARGS="rasd doss",
        _TYPER_COMPLETE_FISH_ACTION="get-args",
    )  # fmt: skip
    assert fish.stdout.startswith("dossier")


def test_no_such_shell(path: str) -> None:
    done = run("rasd", "completion", "tcsh", path=path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0] == "rasd: Invalid value: no shell tcsh: bash, zsh, fish"
