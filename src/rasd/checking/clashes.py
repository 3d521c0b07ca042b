"""What an entry of a user's folder shares with another: its key, or a word that names both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple

from rasd.checking.kinds import Kind
from rasd.checking.world import our_entries
from rasd.text.letters import fold
from rasd.what.schema import Predicate

_GROUPS = ("verbs", "nouns", "actives", "passives")


class Owner(NamedTuple):
    """An entry that has a key or a word: its key as text, the file, whether it is ours."""

    key: Hashable
    file: str
    ours: bool


class Clashes:
    """The keys and words of one kind, ours first; a user's entries are then added one by one."""

    def __init__(self, kind: Kind, replaced: set[Hashable]) -> None:
        self._kind = kind
        self._keys: dict[Hashable, Owner] = {}
        self._words: dict[tuple[str, str], list[Owner]] = defaultdict(list)
        for file, entry in our_entries(kind):
            if kind.key is not None:
                owner = Owner(kind.key(entry), file, True)
                self._keys[owner.key] = owner
                if owner.key not in replaced:
                    self._add_words(entry, owner)

    def add(self, entry: Any, file: str) -> Iterator[tuple[bool, str, str]]:
        """Take in a user's entry: yields whether a fault, the field, and what it shares with which."""
        if self._kind.key is None:
            return
        owner = Owner(self._kind.key(entry), file, False)
        known = self._keys.get(owner.key)
        if known is not None and known.ours:
            yield False, "", f"takes the place of ours in {known.file}, whole"
        elif known is not None:
            yield True, "", f"stands already in {known.file}: the key is {_text(owner.key)}"
        self._keys[owner.key] = owner
        for field, word in _words(self._kind, entry):
            for other in self._words[field, word]:
                if other.key != owner.key:
                    whose = "our" if other.ours else "your"
                    yield False, field, f"'{word}' is also in {whose} {_text(other.key)} ({other.file})"
        self._add_words(entry, owner)

    def _add_words(self, entry: Any, owner: Owner) -> None:
        for field, word in _words(self._kind, entry):
            self._words[field, word].append(owner)


def _words(kind: Kind, entry: Any) -> Iterator[tuple[str, str]]:
    """The words that should name one entry alone, folded, each with its field."""
    if isinstance(entry, Predicate):
        # A word with objects of its own is told from its namesakes by them.
        if not entry.objects:
            for group in _GROUPS:
                for word in dict.fromkeys(fold(w.split()[0]) for w in getattr(entry, group) if w.split()):
                    yield group, word
    elif kind.names is not None:
        for word in dict.fromkeys(fold(w) for w in kind.names(entry)):
            yield "names", word


def _text(key: Hashable) -> str:
    return " ".join(str(part) for part in key if part) if isinstance(key, tuple) else str(key)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
