"""What codes are called: states and bodies by the knowledge files, the rest by what articles call them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

import msgspec

from rasd.lexicon import KnowledgeFiles, open_compiled
from rasd.record import Name
from rasd.relations.dyad import Party
from rasd.relations.lines import Line
from rasd.relations.topics import folded
from rasd.who.lexemes import ACTORS


class _State(msgspec.Struct):
    en: str
    ar: list[str]


class _Body(msgspec.Struct):
    en: str
    ar: list[str]
    kind: str = ""
    code: str | None = None


class _Registry(msgspec.Struct, array_like=True):
    """Of the compiled registry (`rasd.who.lexemes.Tables`) what comes first: states by code, and bodies."""

    states: dict[str, _State]
    bodies: list[_Body]


# Sectors under which a body with a state's letters is no part of that state's name (HTI/REB, which is no Haitian).
_APART = ("REB", "UAF", "IGO", "NGO")


class CodeNames:
    """Names of PLOVER codes. ``learn`` adds those that events give to whom no file lists."""

    def __init__(self, files: KnowledgeFiles) -> None:
        self._files = files
        self._told: dict[str, Counter[tuple[str | None, str | None]]] = {}
        self._seen: dict[str, Counter[str]] = {}

    @cached_property
    def _registry(self) -> _Registry:
        from rasd.reader import SECTIONS

        return msgspec.msgpack.decode(open_compiled(self._files, SECTIONS)[ACTORS.name], type=_Registry)

    @cached_property
    def _states(self) -> dict[str, Name]:
        # Papers say the shortest name of a state most.
        return {code: Name(min(state.ar[:2], key=len), state.en) for code, state in self._registry.states.items()}

    @cached_property
    def _bodies(self) -> dict[str, list[Name]]:
        found: dict[str, list[Name]] = {}
        for body in self._registry.bodies:
            if body.code and body.kind != "gathering" and body.ar:
                found.setdefault(body.code, []).append(Name(body.ar[0], body.en))
        return found

    def learn(self, lines: Iterable[Line]) -> None:
        """Take the names and sectors that sides of these lines have."""
        for item in lines:
            for side in (*item.occurrence.actors, *item.occurrence.recipients):
                main = side.code.partition("/")[0]
                self._seen.setdefault(main, Counter())[side.code] += 1
                if side.name.en or side.name.ar:
                    told = self._told.setdefault(side.code, Counter())
                    # A body rather than a person, who has a name in both languages and an entry as well.
                    told[side.name.ar, side.name.en] += 1

    def state(self, main: str) -> Name | None:
        """The name of a state by its main code."""
        return self._states.get(main)

    def sectored(self, code: str) -> bool:
        """Whether `name` gives a code's state while the code means another part of it than its government."""
        main, _, sector = code.partition("/")
        return bool(sector) and sector != "GOV" and self.name(code) == self._states.get(main)

    def name(self, code: str) -> Name:
        """What a code is called; a sector that has no name of its own goes by its state's (`sectored`)."""
        main, _, sector = code.partition("/")
        state = self._states.get(main)
        if not sector:
            return self._main(main, state)
        if state is not None and sector not in _APART:
            return state
        bodies = self._bodies.get(code, [])
        if state is not None:
            return bodies[0] if len(bodies) == 1 else state
        if bodies:
            return bodies[0]
        return self._usual(code) or self._main(main, None)

    def _main(self, main: str, state: Name | None) -> Name:
        seen = self._seen.get(main, Counter[str]())
        governed = any(code.partition("/")[2] in ("", "GOV") for code in seen)
        if state is not None and (governed or not seen):
            return state
        if seen:
            code = seen.most_common(1)[0][0]
            bodies = self._bodies.get(code, [])
            if bodies and (state is None or (len(bodies) == 1 and code.partition("/")[2] in _APART)):
                return bodies[0]
            if state is None and (usual := self._usual(code)) is not None:
                return usual
        if state is None:
            known = [n for code, names in self._bodies.items() if code.partition("/")[0] == main for n in names]
            return known[0] if known else Name(main, main)
        return state

    def _usual(self, code: str) -> Name | None:
        told = self._told.get(code)
        return Name(*told.most_common(1)[0][0]) if told else None

    def find(self, text: str) -> Party | None:
        """The power that a code or a name in either language means; None where no file knows it."""
        stripped = " ".join(text.split())
        code = stripped.upper()
        main = code.partition("/")[0]
        if main in self._states or any(c.partition("/")[0] == main for c in self._bodies):
            return Party(code)
        wanted = folded(stripped)
        for entries in (self._state_names, self._body_names):
            if wanted in entries:
                return Party(entries[wanted])
        return Party(code) if len(main) == 3 and main.isascii() and main.isalnum() else None

    @cached_property
    def _state_names(self) -> dict[str, str]:
        return {folded(n): code for code, e in self._registry.states.items() for n in (e.en, *e.ar)}

    @cached_property
    def _body_names(self) -> dict[str, str]:
        return {folded(n): e.code for e in self._registry.bodies if e.code for n in (e.en, *e.ar)}
