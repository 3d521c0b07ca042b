"""The licences of what Rasd needs: a page of the documentation, and a check that all may go together.

    python scripts/licences.py page > docs/licences.md
    python scripts/licences.py check

Looks at the packages installed here: those that pyproject.toml names for Rasd and its extras, and what they need in
turn. The check fails where a licence is not known to be free and to go with the GPL, version 3.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
# Extras that a user runs; what tests and builds need goes nowhere.
_DEVELOPERS = ("test", "build", "train", "learn", "fuzz", "docs", "all")
# By words in what packages say of their licence: licences that go with the GPL, version 3.
_FREE = re.compile(
    r"\b(?:MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Python-2\.0|MPL|Mozilla|LGPL|Lesser General|GPL|"
    r"GNU General Public|Zlib|Unlicense|Public Domain|0BSD|CC0|HPND|CNRI|Artistic|Boost|BSL-1\.0|EUPL)\b",
    re.IGNORECASE,
)
# What packages leave unsaid, looked up in their sources.
_LOOKED_UP = {"rensa": "MIT", "tld": "MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later"}
_LONG = 60


@dataclass(slots=True, frozen=True)
class Package:
    """A package that is needed, for which extras (none: for Rasd itself), and what it says of its licence."""

    name: str
    licence: str
    home: str
    extras: tuple[str, ...]


def packages() -> Iterator[Package]:
    """What is needed, by name. Packages that are not installed here are passed over with a word on standard error."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    wanted = {"": project["dependencies"]}
    wanted |= {k: v for k, v in project["optional-dependencies"].items() if k not in _DEVELOPERS}
    by_name: dict[str, list[str]] = {}
    for extra, needed in wanted.items():
        for name in _closure(needed):
            by_name.setdefault(name, []).append(extra)
    for name in sorted(by_name):
        extras = () if "" in by_name[name] else tuple(by_name[name])
        yield Package(name, licence(name), _home(name), extras)


def _closure(needed: list[str]) -> set[str]:
    found: set[str] = set()
    waiting = [Requirement(r) for r in needed]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found or name == "rasd":
            continue
        if requirement.marker is not None and not _holds(requirement, ""):
            continue
        try:
            more = distribution(name).requires or []
        except PackageNotFoundError:
            print(f"{name}: not installed here", file=sys.stderr)
            continue
        found.add(name)
        for text in more:
            next_one = Requirement(text)
            if any(_holds(next_one, extra) for extra in (requirement.extras or {""})):
                waiting.append(Requirement(text.partition(";")[0]))
    return found


def _holds(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def licence(name: str) -> str:
    """What a package says of its licence, as an SPDX expression where it has one."""
    said = distribution(name).metadata
    expression = said.get("License-Expression")
    if expression:
        return str(expression)
    classes = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier") or [] if c.startswith("License ::")]
    named = [c for c in classes if c != "OSI Approved"]
    if named:
        return " or ".join(named)
    text = str(said.get("License") or "").strip().split("\n")[0]
    return text if 0 < len(text) <= _LONG else _LOOKED_UP.get(name, text[:_LONG])


def _home(name: str) -> str:
    return f"https://pypi.org/project/{name}/"


def page() -> str:
    """The page, in Markdown."""
    lines = [
        "# Licences",
        "",
        "Rasd is free software under the GNU General Public License, version 3 or later. Where its knowledge files",
        "come from, and under which licences, the README says. It needs these packages, which `pip` installs beside",
        "it; none is part of it. `python scripts/licences.py check` looks whether all may go together.",
        "",
        "| package | for | licence |",
        "| --- | --- | --- |",
    ]
    for one in packages():
        extras = ", ".join(f"`{extra}`" for extra in one.extras) or "Rasd itself"
        lines.append(f"| [{one.name}]({one.home}) | {extras} | {one.licence} |")
    return "\n".join(lines) + "\n"


def check() -> int:
    """Print what is not known to be free; the exit code."""
    unknown = [one for one in packages() if not _FREE.search(one.licence)]
    for one in unknown:
        print(f"{one.name}: licence not known to go with ours: {one.licence or 'none said'}")
    if not unknown:
        print(f"{len(list(packages()))} packages, all of free licences that go with the GPL")
    return 1 if unknown else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["page"]:
        print(page(), end="")
    elif sys.argv[1:] == ["check"]:
        sys.exit(check())
    else:
        sys.exit((__doc__ or "").split("\n\n")[1])
