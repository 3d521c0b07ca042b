"""The sample that a newcomer sees: our own example articles, read into a database in the cache folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rasd.errors import RasdError
from rasd.lexicon.compiled import cache_folder
from rasd.sources.article import Article, publication_date
from rasd.sources.files import read_text

if TYPE_CHECKING:
    from rasd.reader import Reader

_PACKAGE = Path(__file__).resolve().parents[1]
# In an installed package, and in a checkout of the project.
_FOLDERS = (_PACKAGE / "examples", _PACKAGE.parents[1] / "examples")


def examples() -> list[Article]:
    """The example articles, by their days. Raises `RasdError` where the package came without them."""
    folder = next((f for f in _FOLDERS if f.is_dir()), None)
    if folder is None:
        raise RasdError("the example articles are missing from this installation; name a database with --db")
    found = [_article(path) for path in sorted(folder.glob("*.txt"))]
    return sorted(found, key=lambda a: (str(a.published), a.id or ""))


def sample_database(lexicon: Path | None = None) -> str:
    """The path of a database of the example articles, made where there is none of this version of Rasd yet."""
    from rasd.reader import Reader

    reader = Reader(lexicon)
    name = "".join(c if c.isalnum() else "-" for c in reader.version)
    for folder in (cache_folder(), Path(tempfile.mkdtemp(prefix="rasd-"))):
        path = folder / f"sample-{name}.db"
        if path.exists():
            return str(path)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            partial = folder / f"{path.stem}.{os.getpid()}.part"
            _fill(partial, reader)
            os.replace(partial, path)
        except OSError:
            continue
        return str(path)
    raise RasdError("the sample database can be written nowhere; name a database with --db")


def _fill(path: Path, reader: Reader) -> None:
    from rasd.relations.adding import add
    from rasd.sources.part import Gathered
    from rasd.store import Store

    with Store(str(path), create=True) as store:
        add(store, reader, (Gathered(str(a.id), a) for a in examples()))


def _article(path: Path) -> Article:
    import yaml

    facts = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
    return Article(
        read_text(str(path)), id=path.stem, title=facts.get("title"), source=facts.get("source"),
        published=publication_date(str(facts["published"])),
    )  # fmt: skip
