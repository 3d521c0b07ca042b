"""What two reports have in common and where they part, as traits that a model weighs.

Each trait is a number between 0 and 1 (1 where it simply holds); a trait that does not hold is left out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from rasd.relations.profile import HISTORY, Profile, Where
from rasd.relations.wording import overlap

# Two places no farther apart than this, in km, may be one place told by two names.
NEIGHBOURS = 40
# The weight of a stem that is rare.
RARE_WORD = 70
# Statuses of an event before it happens.
AHEAD = frozenset({"planned", "possible"})


# Traits that say more together than each for itself.
JOINT = {
    "act_and_place": ("same_trigger", "same_place"),
    "act_and_object": ("same_trigger", "same_object"),
    "object_and_place": ("same_object", "same_place"),
    "sides_and_day": ("sides_same_two", "same_day"),
    "sides_and_place": ("sides_same_two", "same_place"),
    "place_and_day": ("same_place", "same_day"),
    "act_and_day": ("same_trigger", "same_day"),
    "act_and_sides": ("same_trigger", "sides_same_two"),
}


class Kinship:
    """Which words of acts may tell one event.

    ``family_of`` gives the family of a rule, ``joined`` those that go together.
    """

    def __init__(self, family_of: Mapping[str, str], joined: list[list[str]]) -> None:
        self._family_of = family_of
        self._joined = {frozenset({a, b}) for group in joined for a in group for b in group if a != b}

    def trait(self, one: Profile, two: Profile) -> str:
        """same_rule, same_family, joined_family, or other_words."""
        if one.rule == two.rule:
            return "same_rule"
        a, b = self._family_of.get(one.rule), self._family_of.get(two.rule)
        if a is not None and a == b:
            return "same_family"
        if a is not None and b is not None and frozenset({a, b}) in self._joined:
            return "joined_family"
        return "other_words"


def traits(one: Profile, two: Profile, kinship: Kinship) -> dict[str, float]:
    """The traits of a pair of reports of one type. Symmetric."""
    found: dict[str, float] = {}
    found[kinship.trait(one, two)] = 1.0
    if one.trigger == two.trigger:
        found["same_trigger"] = 1.0
    if one.mode is not None and two.mode is not None:
        found["same_mode" if one.mode == two.mode else "other_mode"] = 1.0
    _time(one, two, found)
    _sides(one, two, found)
    _places(one.place, two.place, found)
    _words(one, two, found)
    if one.affairs and two.affairs:
        found["same_affair" if one.affairs & two.affairs else "other_affair"] = 1.0
    _numbers(one, two, found)
    for name, together in JOINT.items():
        if all(trait in found for trait in together):
            found[name] = 1.0
    if (one.status in AHEAD) != (two.status in AHEAD):
        found["status_moved"] = 1.0
    return found


def _time(one: Profile, two: Profile, found: dict[str, float]) -> None:
    if one.published is not None and two.published is not None:
        apart = abs(one.published - two.published)
        found["printed_apart"] = min(1.0, math.log1p(apart) / math.log1p(HISTORY))
    if one.first is None or one.last is None or two.first is None or two.last is None:
        return
    gap = max(one.first, two.first) - min(one.last, two.last)
    if one.exact and two.exact:
        found["same_day" if gap <= 0 else "next_day" if gap == 1 else "near_day" if gap <= 3 else "other_day"] = 1.0
        return
    if one.dated and two.dated:
        found["within" if gap <= 0 else "outside"] = 1.0
        return
    if one.dated != two.dated:
        # The undated one bounds its event by the day it was printed.
        if gap <= 0:
            found["day_fits"] = 1.0
        elif gap <= 3:
            found["day_near"] = 1.0
        else:
            found["day_fits_not"] = min(1.0, math.log1p(gap) / math.log1p(HISTORY))
        return
    found["undated" if gap <= 0 else "undated_apart"] = 1.0


def _sides(one: Profile, two: Profile, found: dict[str, float]) -> None:
    mine, yours = one.sides, two.sides
    if not mine or not yours:
        found["side_missing"] = 1.0
        crowd = one.crowds & two.crowds
        if crowd or (one.crowds & two.sides) or (two.crowds & one.sides):
            found["crowd_shared"] = 1.0
    else:
        shared = mine & yours
        if mine == yours:
            found["sides_same_two" if len(mine) > 1 else "sides_same"] = 1.0
        elif shared:
            found["sides_share"] = len(shared) / len(mine | yours)
            if len(shared) > 1:
                found["sides_share_two"] = 1.0
            if mine - shared and yours - shared:
                found["other_partner"] = 1.0
        else:
            found["sides_clash"] = 1.0
        if one.actors and two.actors and not one.actors & two.actors:
            crossed = one.actors & two.recipients or two.actors & one.recipients
            found["actors_crossed" if crossed else "actors_clash"] = 1.0
        if one.recipients and two.recipients and not one.recipients & two.recipients:
            found["recipients_clash"] = 1.0
    for main, who in one.people.items():
        others = two.people.get(main)
        if others:
            found["person_same" if who & others else "person_other"] = 1.0


def _places(one: Where | None, two: Where | None, found: dict[str, float]) -> None:
    if one is None or two is None:
        return
    if one.name == two.name:
        found["same_country_place" if one.whole else "same_place"] = 1.0
    elif one.country is not None and one.country == two.country and (one.whole or two.whole):
        found["place_within"] = 1.0
    elif one.whole or two.whole or one.country != two.country:
        found["other_country"] = 1.0
    else:
        apart = _distance(one, two)
        found["place_near" if apart is not None and apart <= NEIGHBOURS else "other_place"] = 1.0


def _distance(one: Where, two: Where) -> float | None:
    """Kilometres between two places, near enough for towns of one country."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return None
    east = (one.lon - two.lon) * math.cos(math.radians((one.lat + two.lat) / 2))
    return 111.0 * math.hypot(one.lat - two.lat, east)


def _words(one: Profile, two: Profile, found: dict[str, float]) -> None:
    for name, mine, yours in (
        ("wording", one.stems, two.stems),
        ("near", one.near, two.near),
        ("title", one.title, two.title),
    ):
        value = overlap(mine, yours)
        if value > 0:
            found[name] = value
    if one.after and two.after:
        shared = len(set(one.after) & set(two.after))
        if shared:
            found["object"] = shared / max(len(one.after), len(two.after))
            if one.after[0] == two.after[0]:
                found["same_object"] = 1.0
        else:
            found["other_object"] = 1.0
    rare = sum(one.stems[stem] >= RARE_WORD for stem in one.stems.keys() & two.stems.keys())
    if rare:
        found["rare_words"] = min(1.0, math.log1p(rare) / math.log(12))


def _numbers(one: Profile, two: Profile, found: dict[str, float]) -> None:
    for role, value in one.counts.items():
        other = two.counts.get(role)
        if other is None:
            continue
        if value == other:
            found["same_count"] = 1.0
        elif min(value, other) * 2 < max(value, other):
            found["other_count"] = 1.0
        else:
            found["near_count"] = 1.0
    if one.ordinal is not None and two.ordinal is not None and one.ordinal != two.ordinal:
        found["other_ordinal"] = 1.0
