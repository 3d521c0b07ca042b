"""Where powers stand: the positions that articles state, and the disputes between two parties that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rasd.chronicle import Stated
from rasd.record import Name, Position
from rasd.relations.dyad import Party, is_conflict
from rasd.relations.lines import Line, Quote, quotes_of
from rasd.relations.topics import Topic

# Whoever backs a state's government and whoever backs one of these in it stand against each other.
_AGAINST = ("OPP", "REB", "UAF", "PTY")


@dataclass(slots=True)
class Stance:
    """A power's stance: towards whom (a code) and on what (the key of an affair), and the articles that state it."""

    holder: str
    stance: str
    toward: str | None
    affair: str | None
    quotes: list[Quote]
    voices: int


@dataclass(slots=True)
class Dispute:
    """What two parties are at odds over: ``topic`` names it; ``over`` is the code of a third, where it is one.

    ``stances`` are each side's; ``acts`` what they said, did or failed to agree on about it.
    """

    topic: Name | None
    over: str | None
    stances: list[Stance]
    acts: list[Line] = field(default_factory=list[Line])


def stances(stated: Iterable[Stated[Position]]) -> list[Stance]:
    """The positions, each once with all articles that state it, the most stated first."""
    groups: dict[tuple[str, str, str | None, str | None], list[Stated[Position]]] = {}
    for s in stated:
        groups.setdefault((s.what.holder, s.what.stance, s.what.toward, s.what.affair), []).append(s)
    found = [
        Stance(holder, stance, toward, affair, quotes_of(said), len({s.source.key for s in said}))
        for (holder, stance, toward, affair), said in groups.items()
    ]
    return sorted(found, key=lambda s: (-s.voices, s.holder, s.stance, s.toward or "", s.affair or ""))


def disputes(
    held: Sequence[Stance], first: Party, second: Party, topics: Sequence[Topic], lines: Sequence[Line]
) -> tuple[list[Dispute], list[Stance]]:
    """The disputes of two parties, and the stances that are in none.

    Two parties are in dispute where one is said to be at odds with the other, or where they back and oppose one third,
    or back rivals in one state. Affairs in which one third is a party are one dispute.
    """
    by_key = {t.key: t for t in topics}
    thirds = {t.key: _third(t, first, second) for t in topics}
    groups: dict[str, Dispute] = {}
    used: set[int] = set()
    for at, stance in enumerate(held):
        if stance.stance in ("disputes", "opposes") and _between(stance, first, second):
            over = thirds.get(stance.affair or "")
            dispute = _group(groups, over, stance.affair, by_key)
            dispute.stances.append(stance)
            used.add(at)
    for main in _contested(held, first, second):
        dispute = _group(groups, main, None, by_key)
        for at, stance in enumerate(held):
            if at not in used and stance.toward and stance.toward.partition("/")[0] == main:
                dispute.stances.append(stance)
                used.add(at)
    _name_by_topic(groups, topics, thirds)
    _add_acts(groups, lines, thirds)
    return list(groups.values()), [s for at, s in enumerate(held) if at not in used]


def _third(topic: Topic, first: Party, second: Party) -> str | None:
    mains = [p.code.partition("/")[0] for p in topic.parties]
    return next((m for m in mains if m not in (first.main, second.main, "None")), None)


def _between(stance: Stance, first: Party, second: Party) -> bool:
    toward = stance.toward
    if toward is None:
        return False
    return (first.is_of(stance.holder) and second.is_of(toward)) or (
        second.is_of(stance.holder) and first.is_of(toward)
    )


def _group(groups: dict[str, Dispute], over: str | None, affair: str | None, by_key: Mapping[str, Topic]) -> Dispute:
    key = f"code:{over}" if over else affair or ""
    if key not in groups:
        topic = by_key.get(affair or "")
        groups[key] = Dispute(topic.name if topic else None, over, [])
    return groups[key]


def _contested(held: Sequence[Stance], first: Party, second: Party) -> list[str]:
    """Third powers towards which the two hold stances against each other."""
    found: list[str] = []
    for one in held:
        for two in held:
            if not (first.is_of(one.holder) and second.is_of(two.holder) and one.toward and two.toward):
                continue
            main = one.toward.partition("/")[0]
            if main == two.toward.partition("/")[0] and main not in (first.main, second.main) and _opposed(one, two):
                found.append(main)
    return list(dict.fromkeys(found))


def _opposed(one: Stance, two: Stance) -> bool:
    if {one.stance, two.stance} == {"supports", "opposes"}:
        return one.toward == two.toward
    if one.stance == two.stance and one.stance in ("supports", "opposes"):
        return _rivals(one.toward or "", two.toward or "")
    return False


def _rivals(one: str, two: str) -> bool:
    sectors = {code.partition("/")[2].partition("/")[0] or "GOV" for code in (one, two)}
    return "GOV" in sectors and any(sector in sectors for sector in _AGAINST)


def _name_by_topic(groups: dict[str, Dispute], topics: Sequence[Topic], thirds: Mapping[str, str | None]) -> None:
    """A dispute over a third is named by the issue most told that it is a party of."""
    for dispute in groups.values():
        if dispute.topic is None and dispute.over:
            named = next((t for t in topics if t.kind == "issue" and thirds.get(t.key) == dispute.over), None)
            dispute.topic = named.name if named else None


def _add_acts(groups: dict[str, Dispute], lines: Sequence[Line], thirds: Mapping[str, str | None]) -> None:
    for key, dispute in groups.items():
        for item in lines:
            about = item.occurrence.affairs
            on_it = any(thirds.get(a) == dispute.over for a in about) if dispute.over else key in about
            if on_it and (is_conflict(item.occurrence.quad) or item.occurrence.status == "denied"):
                dispute.acts.append(item)
