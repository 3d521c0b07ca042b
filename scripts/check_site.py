"""Whether the pages of the built site fetch anything from elsewhere, and hold what they should.

    python scripts/check_site.py site

Looks at what a browser would load by itself: pictures, scripts, styles, fonts, frames, and what style sheets import.
Exits with 1 and a line for each that leads to another host.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

# What loads by itself; where a person follows a link it is no matter of ours.
_LOADS = {"img": "src", "script": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src",
          "embed": "src", "object": "data", "link": "href"}  # fmt: skip
# Links that name the page itself and do not load.
_NAMES = {"canonical", "alternate", "prev", "next", "license"}
_ELSEWHERE = re.compile(r"(?:https?:)?//")
_STYLE = re.compile(r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')]+)")


class Loads(HTMLParser):
    """The addresses that a page loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and set(given.get("rel", "").split()) & _NAMES:
            return
        address = given.get(_LOADS.get(tag, ""), "")
        self.found += [a for a in (address, given.get("style", "")) if a]


def elsewhere(site: Path) -> Iterator[str]:
    """A line for each thing that would be fetched from another host."""
    for file in sorted(site.rglob("*")):
        name = file.relative_to(site)
        if file.suffix == ".html":
            page = Loads()
            page.feed(file.read_text(encoding="utf-8"))
            yield from (f"{name}: {address}" for address in page.found if _ELSEWHERE.match(address))
            yield from (f"{name}: {found}" for found in _STYLE.findall(" ".join(page.found)))
        elif file.suffix == ".css":
            yield from (f"{name}: {found}" for found in _STYLE.findall(file.read_text(encoding="utf-8")))


def main() -> int:
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    missing = [name for name in ("index.html", "ar/index.html", "commands.html", "search/search_index.json")
               if not (site / name).is_file()]  # fmt: skip
    faults = [*(f"{name}: is not there" for name in missing), *elsewhere(site)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
