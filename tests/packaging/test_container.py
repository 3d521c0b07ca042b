"""The container file has all that the package is built from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINES = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def copied() -> set[str]:
    """What is there before the package is built."""
    built = next(number for number, line in enumerate(LINES) if line.startswith("RUN") and "pip install" in line)
    copies = [line.split()[1:-1] for line in LINES[:built] if line.startswith("COPY") and "--from" not in line]
    return {path.rstrip("/") for paths in copies for path in paths}


def test_all_that_the_build_takes_is_copied() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    project = PROJECT["project"]
    # The hook makes the manual with a script.
    taken = {"pyproject.toml", "hatch_build.py", "scripts", project["readme"], *project["license-files"]}
    taken |= {Path(path).parts[0] for path in [*wheel["packages"], *wheel["force-include"]]}
    assert taken <= copied()


@pytest.mark.parametrize("path", sorted(copied()))
def test_what_is_copied_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_its_extras_are_there() -> None:
    named = re.search(r"'\.\[([\w,]+)\]'", "\n".join(LINES))
    assert named is not None
    extras = set(named[1].split(","))
    everything = re.search(r"\[([\w,]+)\]", PROJECT["project"]["optional-dependencies"]["all"][0])
    assert everything is not None
    assert extras == set(everything[1].split(",")) - {"ray"}
