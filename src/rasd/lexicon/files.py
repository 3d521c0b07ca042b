"""The knowledge files: ours under ``rasd/data``, a user's folder laid over them.

A user's folder has the same subfolders as ours (``actors/``, ``predicates/`` ...) and file
names that begin as ours do (``actors/people-mine.yaml``). An entry whose key (its ``id``,
``code`` or what the schema says) is ours replaces ours; any other is added.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Hashable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, TypeVar, get_origin

import msgspec
import yaml

from rasd.errors import RasdError

OURS = Path(__file__).resolve().parent.parent / "data"

T = TypeVar("T")

# PyYAML built without libyaml gives the same answer, slower.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVERS: dict[str, list[tuple[str, Any]]] = _Base.yaml_implicit_resolvers


class _Loader(_Base):  # pyright: ignore[reportGeneralTypeIssues, reportUntypedBaseClass]
    """YAML as people write it: only ``true`` and ``false`` are booleans, not ``on``, ``no`` and ``y``."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, Any]]]] = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tfTF"]
        for first, resolvers in _RESOLVERS.items()
    }


class _TextDates(_Loader):
    """Reads dates as text, so that one that is none is found by whoever checks the entry that has it."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, Any]]]] = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in _Loader.yaml_implicit_resolvers.items()
    }


class KnowledgeError(RasdError, ValueError):
    """A knowledge file is wrong; the message names the file, the entry and the fault."""


class KnowledgeFiles:
    """The files that a reader's knowledge is compiled from.

    ``user`` is a folder laid over ours, or ``None``; ``base`` replaces ours altogether (the
    tests read with a small frozen lexicon of their own). Raises `KnowledgeError` where a
    folder does not exist.
    """

    def __init__(self, user: Path | None = None, base: Path = OURS) -> None:
        for folder in (base, user):
            if folder is not None and not folder.is_dir():
                raise KnowledgeError(f"{folder}: no such folder of knowledge files")
        self.folders = [base] if user is None else [base, user]
        self._user = user
        self._patterns: set[str] = set()

    def paths(self, pattern: str) -> list[Path]:
        """Files that match a glob such as ``actors/*.yaml``, ours first, each by name."""
        self._patterns.add(pattern)
        return [p for folder in self.folders for p in sorted(folder.glob(pattern)) if p.is_file()]

    def entries(self, pattern: str, kind: type[T], key: Callable[[T], Hashable]) -> list[T]:
        """The entries (a YAML list of ``kind``) of all files that match, by ``key``; the last wins.

        Raises `KnowledgeError` naming file and entry where one does not fit its schema.
        """
        found: dict[Hashable, T] = {}
        for path in self.paths(pattern):
            for entry in load_yaml(path, list[kind]):
                found[key(entry)] = entry
        return list(found.values())

    def table(self, pattern: str, kind: type[T]) -> list[T]:
        """One value of ``kind`` from each file that matches, ours first."""
        return [load_yaml(path, kind) for path in self.paths(pattern)]

    def rows(self, pattern: str) -> Iterator[tuple[str, list[str]]]:
        """The rows of tab-separated tables that match, gzipped or not: where each stands (``PATH: line 7``), its cells.

        Empty lines and comments are passed over. Raises `KnowledgeError` where a file cannot be read.
        """
        for path in self.paths(pattern):
            try:
                content = path.read_bytes()
                lines = (gzip.decompress(content) if path.suffix == ".gz" else content).decode().splitlines()
            except (OSError, EOFError, UnicodeDecodeError) as error:
                raise KnowledgeError(f"{path}: cannot be read: {error}") from error
            for number, line in enumerate(lines, start=1):
                if line and not line.startswith("#"):
                    yield f"{path}: line {number}", line.split("\t")

    def check_all_read(self) -> None:
        """Raise `KnowledgeError` for a user's file that no pattern asked for so far has matched.

        To be called once everything was compiled: a misspelt name would else be passed over
        in silence.
        """
        if self._user is None:
            return
        read = {path for pattern in self._patterns for path in self._user.glob(pattern)}
        for path in knowledge_paths(self._user):
            if path not in read:
                folder = path.relative_to(self._user).parent.as_posix()
                takes = sorted(p for p in self._patterns if p.rpartition("/")[0] == folder.removeprefix("."))
                known = f"this folder takes {', '.join(takes)}" if takes else "Rasd has no folder of this name"
                raise KnowledgeError(f"{path}: not a knowledge file by its name: {known}")

    @cached_property
    def digest(self) -> str:
        """A hash over the names and contents of all files: equal when nothing changed."""
        total = hashlib.sha256()
        for folder in self.folders:
            for path in knowledge_paths(folder):
                content = path.read_bytes()
                total.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
                total.update(content)
            total.update(b"\1")
        return total.hexdigest()


def knowledge_paths(folder: Path) -> list[Path]:
    """What looks like a knowledge file in a folder, at any depth, by name."""
    return sorted(p for p in folder.rglob("*") if p.suffix in {".yaml", ".yml", ".tsv", ".gz"} and p.is_file())


def parse_yaml(path: Path, *, text_dates: bool = False) -> tuple[object, yaml.Node | None]:
    """The content of a YAML file as plain values, and the node that says where each stands.

    ``text_dates`` leaves dates as text; otherwise one that is no day of the calendar is refused.
    Raises `KnowledgeError` naming the file, the line and what is wrong.
    """
    try:
        loader: Any = (_TextDates if text_dates else _Loader)(path.read_text(encoding="utf-8"))
        node: yaml.Node | None = loader.get_single_node()
        return (None if node is None else loader.construct_document(node)), node
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: cannot be read: {error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}" if mark else ""
        raise KnowledgeError(f"{path}:{where} {getattr(error, 'problem', error)}") from error
    except ValueError as error:  # what has the shape of a date and is none: 2014-02-30
        raise KnowledgeError(f"{path}: {error}") from error


def load_yaml(path: Path, kind: type[T]) -> T:
    """The content of a YAML file, checked against ``kind``.

    Raises `KnowledgeError` naming the file, the line or entry, and what is wrong.
    """
    raw, _ = parse_yaml(path)
    # Nothing, where all entries are commented out, is an empty list.
    content: object = [] if raw is None and get_origin(kind) is list else raw
    try:
        # YAML writes 2014-05-01 as a date; the schemas take dates as text, as they are written.
        return msgspec.convert(dates_as_text(content), kind, strict=False)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{path}: {_with_entry(str(error), raw)}") from error


def dates_as_text(value: object) -> object:
    """Values as the schemas take them: dates, which YAML makes of ``2014-05-01``, as they were written."""
    if isinstance(value, dict):
        return {str(k): dates_as_text(v) for k, v in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, list):
        return [dates_as_text(v) for v in value]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return value.isoformat() if hasattr(value, "isoformat") else value  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]


def _with_entry(message: str, raw: object) -> str:
    """msgspec's message with the entry it speaks of, by the first of its names."""
    index = re.search(r"\$\[(\d+)\]", message)
    if index and isinstance(raw, list):
        entry: object = raw[int(index[1])]  # pyright: ignore[reportUnknownVariableType]
        if isinstance(entry, dict) and entry:
            first = next(iter(entry.items()))  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
            return f"entry {int(index[1]) + 1} ({first[0]}: {first[1]}): {message}"
    return message
