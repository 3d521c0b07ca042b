"""Hooks of the site (mkdocs.yml): pages that are made from the project itself, links that lead out of docs/."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import licences  # noqa: E402
import manual  # noqa: E402

# Where what lies outside docs/ is found on the site.
_PAGES = {"CONTRIBUTING": "contributing.md", "CHANGELOG": "changes.md", "README": "index.md"}
_OUTSIDE = re.compile(r"\]\((?:\.\./)?(README|CONTRIBUTING|CHANGELOG)\.md(#[\w-]*)?\)")
_LICENCE = re.compile(r"\[([^\]]*)\]\((?:\.\./)?LICENSE\)")


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that are made, and those that lie beside docs/."""
    made = {
        "commands.md": "\n".join(manual.markdown(manual.described())),
        "licences.md": licences.page(),
        "contributing.md": _outside("CONTRIBUTING.md"),
        "changes.md": _outside("CHANGELOG.md"),
    }
    for name, content in made.items():
        known = files.get_file_from_path(name)
        if known is not None:
            files.remove(known)
        files.append(File.generated(config, name, content=content))
    return files


def on_page_markdown(markdown: str, page: Any, **_: object) -> str:
    """Let links to what lies beside docs/ lead to its page, and fill in the table of extras."""
    up = "../" * page.file.src_uri.count("/")

    def there(match: re.Match[str]) -> str:
        # The start page has other headings than the README.
        anchor = match[2] or "" if match[1] != "README" else ""
        return f"]({up}{_PAGES[match[1]]}{anchor})"

    markdown = _OUTSIDE.sub(there, markdown)
    return _LICENCE.sub(r"\1", markdown).replace("{{ extras }}", extras())


def extras() -> str:
    """The rows of the table of extras: the comments of pyproject.toml say what each is for."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    known = tomllib.loads(text)["project"]["optional-dependencies"]
    section = text.partition("[project.optional-dependencies]")[2].partition("\n[")[0]
    said: dict[str, str] = {}
    comment: list[str] = []
    for line in section.splitlines():
        if line.startswith("#"):
            comment.append(line.lstrip("# "))
        elif (match := re.match(r"(\w+) = ", line)) is not None:
            said[match[1]] = " ".join(comment)
            comment = []
        elif not line.strip():
            comment = []
    hidden = {"test", "build", "train", "learn", "fuzz", "docs"}
    return "\n".join(f"| `{name}` | {said.get(name, '')} |" for name in known if name not in hidden)


def _outside(name: str) -> str:
    # Written for the folder above: its links into docs/ are links beside it here.
    return (ROOT / name).read_text(encoding="utf-8").replace("](docs/", "](")
