"""Affairs across articles: one topic for all that they state of one issue, project, agreement, goal or gathering."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rasd.chronicle import Stated, affair_key
from rasd.record import Affair, Amount, Name, Party, Place
from rasd.relations.lines import Line, Quote, quotes_of
from rasd.text.letters import fold


@dataclass(slots=True)
class Topic:
    """An affair by its key, with what articles together say of it.

    ``whats`` are what they call it, each with the day of the article, oldest first; ``lines`` are the occurrences
    that are about it, in order of time; ``articles`` are how many name it.
    """

    key: str
    kind: str
    name: Name
    parties: list[Party]
    place: Place | None
    quantity: Amount | None
    whats: list[tuple[str | None, str]]
    quotes: list[Quote]
    articles: int
    lines: list[Line] = field(default_factory=list[Line])

    @property
    def what(self) -> str | None:
        """What it is, as told last."""
        return self.whats[-1][1] if self.whats else None


def topics(stated: Iterable[Stated[Affair]], lines: Sequence[Line]) -> list[Topic]:
    """The affairs by how many occurrences and articles tell of them."""
    by_key: dict[str, list[Stated[Affair]]] = {}
    for statement in stated:
        by_key.setdefault(affair_key(statement.what), []).append(statement)
    about: dict[str, list[Line]] = {}
    for item in lines:
        for key in item.occurrence.affairs:
            about.setdefault(key, []).append(item)
    found = [_topic(key, said, about.get(key, [])) for key, said in by_key.items()]
    return sorted(found, key=lambda t: (-len(t.lines), -t.articles, t.key))


def named(stated: Iterable[Stated[Affair]], name: str) -> list[str]:
    """The keys of affairs that a name means: those called so, else those whose name holds it, the most told first."""
    wanted = folded(name)
    exact: Counter[str] = Counter()
    holding: Counter[str] = Counter()
    for statement in stated:
        names = [folded(n) for n in (statement.what.name.en, statement.what.name.ar) if n]
        if wanted in names:
            exact[affair_key(statement.what)] += 1
        if any(wanted in n for n in names):
            holding[affair_key(statement.what)] += 1
    return [key for key, _ in sorted((exact or holding).items(), key=lambda p: (-p[1], p[0]))]


def folded(name: str) -> str:
    """A name as it is compared: look-alike letters, case and spaces as one."""
    return " ".join(fold(name).casefold().split())


def _topic(key: str, said: list[Stated[Affair]], lines: list[Line]) -> Topic:
    said = sorted(said, key=lambda s: (s.source.published or "", s.source.key))
    parties = Counter((p.code, p.role) for s in said for p in s.what.parties)
    ordered = sorted(parties, key=lambda p: -parties[p])
    whats = [(s.source.published, s.what.what) for s in said if s.what.what]
    # The longest name says most (the Arabic ones vary by article).
    names = Counter(s.what.name.ar for s in said if s.what.name.ar)
    arabic = max(names, key=lambda n: (names[n], len(n))) if names else None
    english = next((s.what.name.en for s in said if s.what.name.en), None)
    return Topic(
        key, said[0].what.kind, Name(arabic, english), [Party(*p) for p in ordered],
        next((s.what.place for s in reversed(said) if s.what.place), None),
        next((s.what.quantity for s in reversed(said) if s.what.quantity), None),
        whats, quotes_of(said), len({s.source.key for s in said}), lines,
    )  # fmt: skip
