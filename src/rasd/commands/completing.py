"""Completion of Rasd's commands in a shell: ``rasd completion``."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Annotated

import typer

# What Click's and Typer's completion asks a program through: ``_RASD_COMPLETE=complete_bash``.
VARIABLE = "_RASD_COMPLETE"
SHELLS = ("bash", "zsh", "fish")


def asked() -> bool:
    """Whether a shell asks for completions, so that the app must be made to answer."""
    return VARIABLE in os.environ


def completion(shell: Annotated[str, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")]) -> None:
    """Print what lets a shell complete Rasd's commands and options.

    For bash: source <(rasd completion bash) in ~/.bashrc. For zsh: source <(rasd completion zsh) in ~/.zshrc, behind
    compinit. For fish: rasd completion fish > ~/.config/fish/completions/rasd.fish.
    """
    if shell not in SHELLS:
        raise typer.BadParameter(f"no shell {shell}: {', '.join(SHELLS)}")
    # Asked again as a shell asks: then the app is made to answer.
    environment = {**os.environ, VARIABLE: f"source_{shell}"}
    sys.stdout.flush()
    raise typer.Exit(subprocess.call([sys.executable, "-m", "rasd"], env=environment))


def register(app: typer.Typer) -> None:
    """Put this command on the app."""
    app.command()(completion)
