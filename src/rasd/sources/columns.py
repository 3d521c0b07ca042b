"""Which column of a table, or field of a JSON object, holds what of an article."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from rasd.errors import RasdError
from rasd.sources.article import YEARS, Article
from rasd.sources.days import day_of

FIELDS = ("text", "title", "published", "source", "url", "id")


class ColumnsError(RasdError):
    """Columns that cannot be made out."""


class NoTextError(ColumnsError):
    """None of the ``names`` is usual for the text."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(f"which column is the text? say --columns text=NAME ({_listed(names)})")
        # Of one object among others it is likelier that it has none.
        hint = f" (if a field has it, say --columns text=NAME; {_listed(names, 'fields')})"
        self.of_object = f"no text{hint if names else ''}"


class UsualNames(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What the fields of an article are usually called (``data/sources/columns.yaml``)."""

    text: list[str]
    title: list[str]
    published: list[str]
    source: list[str]
    url: list[str]
    id: list[str]


@functools.cache
def usual_names() -> UsualNames:
    """The names of ``data/sources/columns.yaml``."""
    from rasd.lexicon.files import OURS, load_yaml

    return load_yaml(OURS / "sources" / "columns.yaml", UsualNames)


@dataclass(slots=True, frozen=True)
class Columns:
    """Which column holds which field of an article, as given by the user; the others are guessed by their names."""

    given: Mapping[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def parsed(cls, written: str | None) -> Columns:
        """The columns that ``text=body,published=date`` gives. Raises `ColumnsError`."""
        given: dict[str, str] = {}
        for part in (written or "").split(","):
            if not part.strip():
                continue
            name, equals, column = (side.strip() for side in part.partition("="))
            if not equals or not column or name not in FIELDS:
                raise ColumnsError(
                    f"columns: '{part.strip()}' is not FIELD=COLUMN with FIELD one of {', '.join(FIELDS)}"
                )
            given[name] = column
        return cls(given)

    def among(self, names: Iterable[str], optional: Collection[str] = ()) -> dict[str, str]:
        """For each field that is there, its column among ``names``. Raises `ColumnsError` where there is no text, or a
        column that was given is not there and not ``optional``."""
        there = [name for name in names if name]
        found: dict[str, str] = {}
        for wanted in FIELDS:
            column = self.given.get(wanted)
            if column is not None:
                if column not in there and (wanted == "text" or column not in optional):
                    raise ColumnsError(f"there is no column '{column[:80]}' ({_listed(there)})")
                if column in there:
                    found[wanted] = column
        by_key = {_key(name): name for name in reversed(there)}
        for wanted in FIELDS:
            usual: list[str] = getattr(usual_names(), wanted)
            named = (by_key[key] for key in map(_key, usual) if key in by_key)
            column = next((name for name in named if name not in found.values()), None)
            if wanted not in found and wanted not in self.given and column is not None:
                found[wanted] = column
        if "text" not in found:
            raise NoTextError(there)
        return found


class Fields:
    """Which field of an object holds what, object after object: each may lack what another has.

    As a rule they have the fields of those before them, so that this is kept. A field that was given must be met once:
    it may be mistyped.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._names: list[str] | None = None
        self._met: set[str] = set()
        self._chosen: dict[str, str] = {}

    def of(self, values: Mapping[str, object]) -> dict[str, str]:
        """For each field that is there, what it is called. Raises `ColumnsError` as `Columns.among` does."""
        names = list(values)
        if names != self._names:
            self._met.update(name for name in self._columns.given.values() if name in values)
            self._chosen = self._columns.among(names, self._met)
            self._names = names
        return self._chosen

    def id_of(self, values: Mapping[str, object]) -> str | None:
        """The id of an object that is no article, to find it by."""
        return words_of(values.get(self.of(values).get("id", "")))


def _key(name: str) -> str:
    return "".join(c for c in name.casefold() if c not in " _-\ufeff\u200f\u200e")


def _listed(names: list[str], what: str = "columns") -> str:
    shown = ", ".join(name[:40] for name in names[:12])
    return f"{what}: {shown}{', …' if len(names) > 12 else ''}" if names else f"{what}: none"


def article_of(values: Mapping[str, object], chosen: Mapping[str, str]) -> Article:
    """The article of a row; ``chosen`` says for each field its column. Raises `ValueError` with the reason."""
    text = values.get(chosen["text"])
    if not isinstance(text, str):
        if text is not None:
            raise ValueError("the text is no text")
        raise ValueError("no text")
    if not text.strip():
        raise ValueError("no text")
    published = None
    day = values.get(chosen.get("published", ""))
    if day is not None and day != "":
        try:
            published = day_of(day)
        except ValueError as error:
            raise ValueError(f"published: {error}") from None
        if published.year not in YEARS:
            raise ValueError(f"published: {published} lies outside the years {YEARS[0]} to {YEARS[-1]}")
    words = {name: words_of(values.get(chosen.get(name, ""))) for name in ("id", "title", "source", "url")}
    return Article(text, words["id"], words["title"], words["source"], words["url"], published)


def words_of(value: object) -> str | None:
    """A short value as text; ``None`` where there is none."""
    if value is None or isinstance(value, (dict, list)):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # what pandas makes of numbers in a column with gaps
    return str(value).strip() or None
