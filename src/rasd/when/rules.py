"""The rule table: patterns over classes of tokens, compiled; the longest match at each place."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from rasd.lexicon import KnowledgeError, KnowledgeFiles
from rasd.when.lexemes import MORE, OTHER, Packed

_NAME = re.compile(r"(?<!\(\?)(?<![\w<])[A-Z][A-Z0-9]*\b")
_BEHIND = re.compile(r"\(\?<=([^()]*)\)")
_DEPTH = 8


class RuleEntry(msgspec.Struct, forbid_unknown_fields=True):
    """A rule of ``data/time/rules.yaml``."""

    name: str
    action: str
    pattern: str


class RuleFile(msgspec.Struct, forbid_unknown_fields=True):
    """The schema of ``data/time/rules.yaml``."""

    macros: dict[str, str]
    rules: list[RuleEntry]


class PackedRule(msgspec.Struct):
    """A rule with its pattern spelt out over class characters, and how a match can start."""

    name: str
    action: str
    pattern: str
    starts: str


def pack_rules(files: KnowledgeFiles, words: Packed) -> list[PackedRule]:
    """The rules of the knowledge files. Raises `KnowledgeError` where a pattern is wrong."""
    packed: list[PackedRule] = []
    for table in files.table("time/rules*.yaml", RuleFile):
        expand = _Expander(table.macros, words)
        for rule in table.rules:
            pattern = expand(rule.pattern)
            try:
                compiled = re.compile(pattern)
            except re.error as error:
                raise KnowledgeError(f"time/rules: {rule.name}: {error}") from error
            if compiled.match(""):
                raise KnowledgeError(f"time/rules: {rule.name}: matches nothing at all")
            packed.append(PackedRule(rule.name, rule.action, pattern, "".join(sorted(_starts(pattern)))))
    return packed


class _Expander:
    def __init__(self, macros: dict[str, str], words: Packed) -> None:
        self.macros = macros
        self.chars = words.chars
        self.several = words.several

    def __call__(self, pattern: str) -> str:
        text = self._joined(pattern)
        for _ in range(_DEPTH):
            text = _BEHIND.sub(self._behind, text)
            text = _NAME.sub(self._name, text)
        left = re.search(r"(?<![?<\w])[A-Z]{2,}", text)
        if left:
            raise KnowledgeError(f"time/rules: {left[0]} is no class")
        return _numbered(text)

    @staticmethod
    def _joined(pattern: str) -> str:
        # Names that stand apart must not run together once blanks are gone.
        return re.sub(r"\s+", "", re.sub(r"(?<=\w)\s+(?=\w)", "(?:)", pattern))

    def _name(self, match: re.Match[str]) -> str:
        name = match[0]
        if name in self.macros:
            return f"(?:{self._joined(self.macros[name])})"
        if name not in self.chars:
            raise KnowledgeError(f"time/rules: {name} is neither a class nor a macro")
        char = self.chars[name]
        return f"(?:{char}{MORE}*)" if name in self.several else char

    def _behind(self, match: re.Match[str]) -> str:
        names = match[1].split("|")
        if not all(name in self.chars for name in names):
            return match[0]
        return f"(?<=[{''.join(self.chars[name] for name in names)}])"


def _numbered(pattern: str) -> str:
    """A pattern in which a group's name may stand again, in another branch: ``era``, ``era__2``."""
    seen: dict[str, int] = {}

    def rename(match: re.Match[str]) -> str:
        name = match[1]
        seen[name] = seen.get(name, 0) + 1
        return match[0] if seen[name] == 1 else f"(?P<{name}__{seen[name]}>"

    return re.sub(r"\(\?P<(\w+)>", rename, pattern)


def _starts(pattern: str) -> set[str]:
    """The characters that a match of ``pattern`` can start with."""
    parser = importlib.import_module("re._parser")
    first, _ = _first(parser.parse(pattern))
    return first


def _first(items: Any) -> tuple[set[str], bool]:
    """First characters of a parsed sequence, and whether it can be empty."""
    found: set[str] = set()
    for op, arg in items:
        name = str(op)
        empty = False
        if name == "LITERAL":
            found.add(chr(arg))
        elif name == "IN":
            found.update(chr(value) for kind, value in arg if str(kind) == "LITERAL")
        elif name == "BRANCH":
            parts = [_first(part) for part in arg[1]]
            found.update(*(part[0] for part in parts))
            empty = any(part[1] for part in parts)
        elif name == "SUBPATTERN":
            part, empty = _first(arg[-1])
            found |= part
        elif name in ("MAX_REPEAT", "MIN_REPEAT"):
            part, empty = _first(arg[2])
            found |= part
            empty = empty or arg[0] == 0
        else:  # assertions and anchors take no character
            empty = True
        if not empty:
            return found, False
    return found, True


class Rules:
    """The compiled rules, by the class that a match starts with."""

    def __init__(self, packed: list[PackedRule]) -> None:
        self.by_start: dict[str, list[tuple[PackedRule, Any]]] = {}
        for rule in packed:
            match = re.compile(rule.pattern).match
            for char in rule.starts:
                self.by_start.setdefault(char, []).append((rule, match))
        starts = "".join(re.escape(char) for char in sorted(self.by_start))
        self.next = re.compile(f"[{starts}]" if starts else f"(?!){OTHER}")

    def candidates(self, classes: str, at: int) -> Iterator[tuple[PackedRule, re.Match[str]]]:
        """The rules that match at a place, longest first, then in the order of the table."""
        matches: list[tuple[int, int, PackedRule, re.Match[str]]] = []
        for order, (rule, match) in enumerate(self.by_start.get(classes[at], ())):
            found = match(classes, at)
            if found is not None:
                matches.append((-found.end(), order, rule, found))
        matches.sort(key=lambda row: row[:2])
        for _, _, rule, found in matches:
            yield rule, found
