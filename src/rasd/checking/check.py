"""Check a user's folder of knowledge files: every fault of every entry, and what clashes with ours."""

from __future__ import annotations

import contextlib
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import msgspec
import yaml

from rasd.checking.clashes import Clashes
from rasd.checking.examples import example_fault
from rasd.checking.kinds import KINDS, Kind
from rasd.checking.report import Finding, Report
from rasd.checking.sense import flaws
from rasd.checking.shape import line_of, shape_faults, shown, without
from rasd.checking.tables import TABLES, table_faults
from rasd.checking.world import our_world
from rasd.lexicon.files import KnowledgeError, KnowledgeFiles, dates_as_text, knowledge_paths, parse_yaml
from rasd.reader import Reader
from rasd.what.schema import Predicate
from rasd.where.gazetteer import gather
from rasd.where.schema import PlaceEntry

# Kinds of place that may have no point: they are too large for one.
_WIDE = ("region", "country", "continent", "sea")


@dataclass(slots=True)
class _Entry:
    """An entry of the form of its kind, and where it stands."""

    kind: Kind
    path: Path
    line: int | None
    name: str
    value: Any
    node: yaml.Node | None = field(default=None, repr=False)


def check_lexicon(folder: Path, *, examples: bool = True) -> Report:
    """All that is wrong in a folder of knowledge files, and what in it clashes with ours.

    ``examples`` says whether the example sentences of sound predicate entries are read too,
    which needs the folder compiled. Raises `rasd.lexicon.KnowledgeError` where there is no
    such folder.
    """
    if not folder.is_dir():
        raise KnowledgeError(f"{folder}: no such folder of knowledge files")
    report = Report(folder)
    world = our_world()
    sound: list[_Entry] = []
    for path in knowledge_paths(folder):
        report.files += 1
        sound += _file(path, report)
    if not report.files:
        report.faults.append(Finding(folder, None, "", "", "no knowledge files (.yaml) here; a folder holds "
                                     "actors/, places/, predicates/ ... as docs/add-a-word.md says"))  # fmt: skip
    for entry in sound:
        world.add(entry.kind, [entry.value])
    for entry in sound:
        report.faults += [_finding(entry, where, said) for where, said in flaws(entry.value, entry.kind, world)]
    _clashes(sound, report)
    if not report.faults and examples:
        _read(folder, sound, report)
    report.faults.sort(key=_order)
    report.notes.sort(key=_order)
    return report


def _order(finding: Finding) -> tuple[str, int]:
    return str(finding.file), finding.line or 0


def _file(path: Path, report: Report) -> Iterator[_Entry]:
    """The entries of a file that have the form of their kind; what has not is reported."""
    below = path.relative_to(report.folder)
    if below.as_posix() in TABLES:
        report.faults += [Finding(path, line, "", "", said) for line, said in table_faults(path, below.as_posix())]
        return
    kind = next((k for k in KINDS if path in k.files(report.folder) and not k.fixed), None)
    if kind is None:
        report.faults.append(Finding(path, None, "", "", _no_kind(below)))
        return
    try:
        raw, node = parse_yaml(path, text_dates=True)
    except KnowledgeError as error:
        said = str(error).removeprefix(f"{path}:").strip()
        report.faults.append(Finding(path, None, "", "", said))
        return
    content = dates_as_text(raw)
    if kind.table:
        yield from _entry(kind, path, content, node, "", report)
    elif isinstance(content, list):
        nodes = list(node.value) if isinstance(node, yaml.SequenceNode) else []
        for at, value in enumerate(cast("list[object]", content)):
            report.entries += 1
            yield from _entry(kind, path, value, nodes[at] if at < len(nodes) else None, _named(at, value), report)
    elif content is not None:
        said = f"expected a list of entries, each beginning with '- ', found {shown(content)}"
        report.faults.append(Finding(path, line_of(node), "", "", said))


def _entry(
    kind: Kind, path: Path, value: object, node: yaml.Node | None, name: str, report: Report
) -> Iterator[_Entry]:
    faults = list(shape_faults(value, node, kind.schema))
    report.faults += [Finding(path, f.line or line_of(node), name, f.path, f.message) for f in faults]
    # What is left of a faulty entry may make no sense either: all is said at once.
    rest = without(value, [f.path for f in faults])
    with contextlib.suppress(msgspec.ValidationError):
        yield _Entry(kind, path, line_of(node), name, msgspec.convert(rest, kind.schema, strict=False), node)


def _named(at: int, value: object) -> str:
    """How an entry is called: its number in the file, from 1, and the first of its fields."""
    if isinstance(value, dict) and value:
        key, first = next(iter(cast("dict[str, object]", value).items()))
        if not isinstance(first, list | dict):
            return f"entry {at + 1} ({key}: {first})"
    return f"entry {at + 1}"


def _no_kind(below: Path) -> str:
    """Why a file is none of ours by its name, and which names its folder takes."""
    folder = below.parent.as_posix().removeprefix(".")
    patterns = [k.pattern for k in KINDS if not k.fixed] + sorted(TABLES)
    if below.as_posix() in {k.pattern for k in KINDS if k.fixed}:
        return "cannot be overlaid"
    takes = sorted(p for p in patterns if p.rpartition("/")[0] == folder)
    known = f"this folder takes {', '.join(takes)}" if takes else "Rasd has no folder of this name"
    return f"not a knowledge file by its name: {known}"


def _finding(entry: _Entry, where: str, said: str) -> Finding:
    line = entry.line
    first = where.split(".")[0].split("[")[0]
    if isinstance(entry.node, yaml.MappingNode):
        line = next((line_of(key) for key, _ in entry.node.value if key.value == first), line)
    return Finding(entry.path, line, entry.name, where, said)


def _clashes(sound: list[_Entry], report: Report) -> None:
    by_kind: dict[str, list[_Entry]] = {}
    for entry in sound:
        by_kind.setdefault(entry.kind.pattern, []).append(entry)
    for entries in by_kind.values():
        kind = entries[0].kind
        keys: set[Hashable] = {kind.key(e.value) for e in entries} if kind.key is not None else set()
        clashes = Clashes(kind, keys)
        for entry in entries:
            file = entry.path.relative_to(report.folder).as_posix()
            for wrong, where, said in clashes.add(entry.value, file):
                (report.faults if wrong else report.notes).append(_finding(entry, where, said))


def _read(folder: Path, sound: list[_Entry], report: Report) -> None:
    """Compile the folder, and read the examples of its predicates."""
    try:
        reader = Reader(folder)
    except KnowledgeError as error:
        report.faults.append(Finding(folder, None, "", "", str(error)))
        return
    lost = {d.en for d in gather(KnowledgeFiles(folder))[0] if d.lat is None and d.kind not in _WIDE}
    for entry in sound:
        if isinstance(entry.value, PlaceEntry) and entry.value.lat is None and entry.value.en in lost:
            report.faults.append(
                _finding(entry, "lat", "missing: our gazetteer has no place of the name to take it from")
            )
        if isinstance(entry.value, Predicate):
            for at, example in enumerate(entry.value.examples, 1):
                said = example_fault(reader, entry.value, example)
                if said is not None:
                    report.faults.append(_finding(entry, f"examples[{at}]", f"{said}: {example.text}"))
