"""Who says so: the papers and speakers that events rest on, and the claims that rest on one voice alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rasd.relations.lines import Line

# Claims of one voice that are shown: those that weigh most.
_SHOWN = 15


@dataclass(slots=True)
class Voice:
    """A paper, an agency or a speaker: how many occurrences it tells of, and how many nobody else tells.

    ``code`` is a speaker's PLOVER code, ``outlet`` where the speaker said so, ``citing`` whom they cite.
    """

    name: str
    told: int
    alone: int
    code: str | None = None
    outlet: str | None = None
    citing: str | None = None


@dataclass(slots=True)
class Voices:
    """``sole`` are claims of one voice, the weightiest first. ``articles`` is how many the whole rests on."""

    outlets: list[Voice] = field(default_factory=list[Voice])
    speakers: list[Voice] = field(default_factory=list[Voice])
    sole: list[Line] = field(default_factory=list[Line])
    alone: int = 0
    articles: int = 0


def voices(lines: Sequence[Line], articles: int) -> Voices:
    """The voices of lines, those that tell most first."""
    outlets: dict[str, Voice] = {}
    speakers: dict[tuple[str, str | None], Voice] = {}
    for item in lines:
        alone = len(item.voices) <= 1
        for name in item.outlets:
            _count(outlets.setdefault(name, Voice(name, 0, 0)), alone)
        for said in item.attribution:
            name = said.who or said.code or said.outlet
            if not name:
                continue
            key = (name, said.outlet if said.who or said.code else None)
            voice = speakers.setdefault(key, Voice(name, 0, 0, said.code, said.outlet, said.citing))
            voice.citing = voice.citing or said.citing
            _count(voice, alone)
    sole = [x for x in lines if len(x.voices) <= 1]
    return Voices(_most(outlets.values()), _most(speakers.values()), _weightiest(sole), len(sole), articles)


def _count(voice: Voice, alone: bool) -> None:
    voice.told += 1
    voice.alone += alone


def _most(found: Iterable[Voice]) -> list[Voice]:
    return sorted(found, key=lambda v: (-v.told, -v.alone, v.name))


def _weightiest(lines: Sequence[Line]) -> list[Line]:
    """What a reader would be misled by most if the one voice errs: deeds before words, conflict first."""

    def key(item: Line) -> tuple[bool, float, int]:
        occurrence = item.occurrence
        return not occurrence.quad.startswith("material"), occurrence.score, item.number

    happened = [x for x in lines if x.occurrence.status in ("occurred", "ongoing")]
    return sorted(happened, key=key)[:_SHOWN]
