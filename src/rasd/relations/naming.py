"""What codes are called: states and bodies by the knowledge files, the rest by what articles call them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

import msgspec

from rasd.lexicon import KnowledgeFiles, open_compiled
from rasd.record import Entity, Name
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
APART = ("REB", "UAF", "IGO", "NGO")


class _Known:
    """What the knowledge files call codes, and which codes names mean."""

    def __init__(self, files: KnowledgeFiles) -> None:
        from rasd.reader import SECTIONS

        registry = msgspec.msgpack.decode(open_compiled(files, SECTIONS)[ACTORS.name], type=_Registry)
        # Papers say the shortest name of a state most.
        self.states = {code: Name(min(state.ar[:2], key=len), state.en) for code, state in registry.states.items()}
        self.bodies: dict[str, list[Name]] = {}
        self.by_main: dict[str, list[Name]] = {}
        for body in registry.bodies:
            if body.code and body.kind != "gathering" and body.ar:
                name = Name(body.ar[0], body.en)
                self.bodies.setdefault(body.code, []).append(name)
                self.by_main.setdefault(body.code.partition("/")[0], []).append(name)
        self._registry = registry

    @cached_property
    def in_english(self) -> dict[str, Name]:
        """The names of states and bodies by their English ones, as records give speakers and outlets."""
        registry = self._registry
        bodies = {e.en: Name(e.ar[0], e.en) for e in registry.bodies if e.ar}
        return {**bodies, **{name.en: name for name in self.states.values() if name.en}}

    @cached_property
    def named(self) -> tuple[dict[str, str], dict[str, str]]:
        """The codes of states, and those of bodies, by their names without what spellings differ in."""
        registry = self._registry
        states = {folded(n): code for code, e in registry.states.items() for n in (e.en, *e.ar)}
        return states, {folded(n): e.code for e in registry.bodies if e.code for n in (e.en, *e.ar)}


@lru_cache(maxsize=4)
def _known(files: KnowledgeFiles) -> _Known:
    """Read once for each folder of knowledge: a server asks for it with every page."""
    return _Known(files)


# Pronouns say nothing of whom they mean; a phrase such as "the two leaders" does.
NAMING = ("name", "title", "description", "metonym")


def in_english(entities: Iterable[Entity]) -> dict[str, Name]:
    """Whom articles name, by their English names: each as known in Arabic, else in the article's first words."""
    found: dict[str, Name] = {}
    for e in entities:
        arabic = e.name.ar or next((m.text for m in e.mentions if m.how in NAMING), None)
        if e.name.en and arabic:
            found.setdefault(e.name.en, Name(arabic, e.name.en))
    return found


class CodeNames:
    """Names of PLOVER codes. ``learn`` adds those that events give to whom no file lists."""

    def __init__(self, files: KnowledgeFiles) -> None:
        self._files = files
        self._told: dict[str, Counter[tuple[str | None, str | None]]] = {}
        self._seen: dict[str, Counter[str]] = {}

    @property
    def _bodies(self) -> dict[str, list[Name]]:
        return _known(self._files).bodies

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

    def learn_codes(self, codes: Mapping[str, int]) -> None:
        """Take which sectors of powers are told of, and how often: who ``HTI`` is depends on it."""
        for code, count in codes.items():
            self._seen.setdefault(code.partition("/")[0], Counter())[code] += count

    @property
    def states(self) -> dict[str, Name]:
        """The names of all states by their main codes."""
        return _known(self._files).states

    def state(self, main: str) -> Name | None:
        """The name of a state by its main code."""
        return self.states.get(main)

    def called(self, english: str) -> Name | None:
        """The name in both languages of a state or body that records name in English (``Reuters``)."""
        return _known(self._files).in_english.get(english)

    def sectored(self, code: str) -> bool:
        """Whether `name` gives a code's state while the code means another part of it than its government."""
        main, _, sector = code.partition("/")
        return bool(sector) and sector != "GOV" and self.name(code) == self.states.get(main)

    def name(self, code: str) -> Name:
        """What a code is called; a sector that has no name of its own goes by its state's (`sectored`)."""
        main, _, sector = code.partition("/")
        state = self.states.get(main)
        if not sector:
            return self._main(main, state)
        if state is not None and sector not in APART:
            return state
        bodies = self._bodies.get(code, [])
        if state is not None:
            return bodies[0] if len(bodies) == 1 else state
        if bodies:
            return bodies[0]
        return self._usual(code) or self._main(main, None)

    def _main(self, main: str, state: Name | None) -> Name:
        seen = self._seen.get(main, Counter[str]())
        # A state's letters are those of a body too (HTI): whichever is told of more is meant.
        apart = sum(n for code, n in seen.items() if code.partition("/")[2] in APART)
        governed = seen.total() - apart >= apart
        if state is not None and (governed or not seen):
            return state
        if seen:
            code = seen.most_common(1)[0][0]
            bodies = self._bodies.get(code, [])
            if bodies and (state is None or (len(bodies) == 1 and code.partition("/")[2] in APART)):
                return bodies[0]
            if state is None and (usual := self._usual(code)) is not None:
                return usual
        if state is None:
            known = _known(self._files).by_main.get(main)
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
        if main in self.states or main in _known(self._files).by_main:
            return Party(code)
        wanted = folded(stripped)
        for entries in _known(self._files).named:
            if wanted in entries:
                return Party(entries[wanted])
        return Party(code) if len(main) == 3 and main.isascii() and main.isalnum() else None
