"""Places of events as a page shows them: on a map, and as a list that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rasd.desk import links
from rasd.desk.choosing import Chosen, whole_country
from rasd.desk.desk import Desk
from rasd.desk.drawing.view import fitted
from rasd.desk.drawing.worldmap import Mark, drawn_map
from rasd.desk.language import Words
from rasd.relations.pages.wording import clean
from rasd.store.events import PlaceTally

# More marks than these nobody tells apart; the list has all.
_MARKS = 400


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A line of the list: a place, its events, those of conflict, and where they are listed."""

    name: str
    href: str
    events: int
    conflict: int
    last: str | None


@dataclass(frozen=True, slots=True)
class Mapped:
    """A map with its list. ``outside`` are places that lie beyond its edge, ``unplaced`` those of no known position."""

    drawing: Markup | None
    places: list[ShownPlace]
    outside: int
    unplaced: int


def mapped(
    desk: Desk, say: Words, tallies: Sequence[PlaceTally], *, asked: Chosen | None = None, every: bool = False,
    here: frozenset[str] = frozenset(), about: str = "",
) -> Mapped:  # fmt: skip
    """The map and list of places. With ``asked`` each leads to its events of that search, else to its own page.

    ``every``: the map is wide enough for all, however far apart. ``about`` says what the map is of.
    """
    shown = [_shown(desk, say, tally, asked) for tally in tallies]
    located = [
        (t, s) for t, s in zip(tallies, shown, strict=True) if t.place.lat is not None and t.place.lon is not None
    ]
    if not located:
        return Mapped(None, shown, 0, len(tallies))
    view = fitted(((t.place.lon or 0.0, t.place.lat or 0.0, t.events) for t, _ in located), every=every)
    marks = [_mark(desk, say, tally, place) for tally, place in located[:_MARKS]]
    inside = sum(view.holds(m.lon, m.lat) for m in marks)
    drawing = drawn_map(marks, view, about or say.label("map.label"), here=here)
    return Mapped(drawing, shown, len(located) - inside, len(tallies) - len(located))


def _shown(desk: Desk, say: Words, tally: PlaceTally, asked: Chosen | None) -> ShownPlace:
    place = tally.place
    name = clean(say.name(place.name)) or place.key
    country = say.code(place.country) if place.country else ""
    if country and country != name and not whole_country(desk, place):
        name = say.label("place.in", place=name, country=country)
    href = links.place(place.key) if asked is None else asked.address("/search", place=place.key)
    return ShownPlace(name, href, tally.events, tally.conflict, tally.last)


def _mark(desk: Desk, say: Words, tally: PlaceTally, shown: ShownPlace) -> Mark:
    place = tally.place
    says = f"{shown.name}: {say.count(tally.events, 'event')}"
    if tally.conflict:
        says = f"{says}{say.label('list.comma')}{say.label('map.of-conflict', n=say.number(tally.conflict))}"
    short = clean(say.name(place.name)) or place.key
    vague = whole_country(desk, place)
    return Mark(short, says, shown.href, place.lon or 0.0, place.lat or 0.0, tally.events, tally.conflict, vague)
