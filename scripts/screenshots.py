"""Pictures of the desk's pages, in Arabic and English, on a screen and on a phone.

    python scripts/screenshots.py [--db DATABASE] [--into docs/screens] [--every]

Makes ``NAME-LANGUAGE.webp`` of the pages that ``docs/desk.md`` shows, and ``NAME-LANGUAGE-phone.webp`` of some of them;
with ``--every`` of each kind of page. Without ``--db`` the sample is shown. Needs Playwright, Pillow and Chromium.
"""

from __future__ import annotations

import argparse
import io
import re
import tempfile
from pathlib import Path

from desk_tour import LANGUAGES, PHONE, SCREEN, chromium, kinds_of_page, running_desk, visit

ROOT = Path(__file__).resolve().parent.parent
# Longer pages are cut: what is further down looks like what is above.
_TALLEST = 1400
_PHONES = {"today", "relation-first-second", "article-key"}


def name_of(kind: str) -> str:
    """A file's name for a kind of page: ``relation-first-second`` for ``/relation/{first}/{second}``."""
    return "-".join(re.findall(r"[a-z]+", kind.lower())) or "today"


def picture(png: bytes) -> bytes:
    """The same picture as a small WebP file."""
    from PIL import Image

    shown = Image.open(io.BytesIO(png)).convert("RGB")
    made = io.BytesIO()
    shown.save(made, "WEBP", quality=72, method=6)
    return made.getvalue()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--db", type=Path)
    arguments.add_argument("--into", type=Path, default=ROOT / "docs" / "screens")
    arguments.add_argument("--every", action="store_true", help="each kind of page on a phone too")
    said = arguments.parse_args()
    said.into.mkdir(parents=True, exist_ok=True)
    size = 0
    with tempfile.TemporaryDirectory() as folder, running_desk(Path(folder), said.db) as base, chromium() as browser:
        kinds = kinds_of_page(base)
        for language in LANGUAGES:
            for suffix, viewport in (("", SCREEN), ("-phone", PHONE)):
                with visit(browser, base, language, viewport=viewport) as (context, _):
                    page = context.new_page()
                    for kind, address in kinds.items():
                        if suffix and not said.every and name_of(kind) not in _PHONES:
                            continue
                        page.goto(address)
                        tall = min(page.evaluate("document.documentElement.scrollHeight"), _TALLEST)
                        clip = {"x": 0, "y": 0, "width": viewport["width"], "height": max(tall, viewport["height"])}
                        made = picture(page.screenshot(full_page=True, clip=clip))
                        (said.into / f"{name_of(kind)}-{language}{suffix}.webp").write_bytes(made)
                        size += len(made)
    print(f"{len(kinds)} kinds of page, {size / 1e6:.2f} MB in {said.into}")


if __name__ == "__main__":
    main()
