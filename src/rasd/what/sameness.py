"""One event told several times in an article: which telling is the same as which.

Two tellings are one event where their words may tell one act (`Family`), nothing in date, place,
status or number speaks against it, and the later one points back: the act's noun made definite
(``الهجوم``), or the same sides with the same place or date. The first telling then gains the
exacter date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rasd.record import EventDate
from rasd.text.document import Token
from rasd.what.draft import EventDraft
from rasd.what.grammar import Family

# Statuses that can be said of one event in one article: what is planned may be going on.
_ALIKE = {
    frozenset({"planned", "ongoing"}), frozenset({"planned", "possible"}), frozenset({"occurred", "ongoing"}),
}  # fmt: skip
# Acts of force: there are several of a kind in one article more often than one told again without article.
FORCE = {"ASSAULT", "COERCE"}
# The families of killings and of visits, and how many days the days of one visit may lie apart.
KILLING, VISIT, JOURNEY = "killing", "visit", 2
# How far behind its noun a word such as "another" may stand.
ANOTHER_REACH = 3
ALSO = "كما"
# How many tellings of a type are looked back on.
BACK = 12


def tie(
    events: list[EventDraft],
    families: dict[str, Family],
    tokens: Sequence[Token],
    another: frozenset[str],
    causes: frozenset[str],
) -> None:
    """Set ``same_as`` (index of the first telling) and share exact dates, in place.

    ``tokens`` are the document's, ``another`` the folded words that say of an act that it is another one.
    """
    told = _Telling(tokens, families, another, causes)
    by_type: dict[str, list[int]] = {}
    for index, event in enumerate(events):
        earlier = by_type.setdefault(event.type, [])
        for other in reversed(earlier[-BACK:]):
            origin = events[other].same_as
            first = other if origin is None else origin
            if told.in_one(events[other], event) or (
                not told.anew(events[other], event)
                and _same(events[other], event, families)
                and (first == other or _fits(events[first], event, families))
            ):
                event.same_as = first
                _share(events[first], event)
                break
        earlier.append(index)


class _Telling:
    """How the tellings of a document are told: as another act, or as what another act was done in."""

    def __init__(
        self, tokens: Sequence[Token], families: dict[str, Family], another: frozenset[str], causes: frozenset[str]
    ) -> None:
        self._tokens = tokens
        self._families = families
        self._another = another
        self._causes = causes

    def anew(self, first: EventDraft, later: EventDraft) -> bool:
        """Whether the words say that a later act of force is not the first (هجوم آخر, كما انفجرت, قصف وغارات)."""
        if later.type not in FORCE:
            return False
        candidate = later.candidate
        at = candidate.at
        if candidate.joined is first.candidate:
            return True
        behind = self._tokens[at + 1 : at + 1 + ANOTHER_REACH] if candidate.is_noun else ()
        if first.sentence != later.sentence and any(token.key in self._another for token in behind):
            return True
        return candidate.is_verb and at > 0 and self._tokens[at - 1].key == ALSO

    def in_one(self, first: EventDraft, later: EventDraft) -> bool:
        """Whether an act was done in the other: اغتيل في هجوم انتحاري."""
        if first.type != "ASSAULT" or first.sentence != later.sentence or first.status != later.status:
            return False
        if not later.candidate.is_noun or later.candidate.prep not in self._causes:
            return False
        family = self._families.get(first.candidate.predicate.id)
        if family is None or family.id != KILLING or later.candidate.over is not first.candidate:
            return False
        return _compatible_sides(first, later) and _same_dates(first.date, later.date)


def _same(first: EventDraft, later: EventDraft, families: dict[str, Family]) -> bool:
    if first.status != later.status and frozenset({first.status, later.status}) not in _ALIKE:
        return False
    if not _same_words(first, later, families) or not _same_number(first, later):
        return False
    if not _same_places(first, later, families):
        return False
    if not _same_dates(first.date, later.date) and not _one_journey(first, later, families):
        return False
    if first.ordinal is not None and later.ordinal is not None and first.ordinal.n != later.ordinal.n:
        return False
    if _points_back(later):
        return _compatible_sides(first, later)
    return _same_sides(first, later) and _same_circumstances(first, later)


def _fits(first: EventDraft, later: EventDraft, families: dict[str, Family]) -> bool:
    """Whether nothing in the first telling speaks against a later one that another telling leads to."""
    return (
        _same_dates(first.date, later.date) and _same_places(first, later, families)
    )  # fmt: skip


def _one_journey(first: EventDraft, later: EventDraft, families: dict[str, Family]) -> bool:
    """Whether two days are those of one visit: whoever arrived yesterday leaves today."""
    for event in (first, later):
        family = families.get(event.candidate.predicate.id)
        if family is None or family.id != VISIT:
            return False
    one, two = first.date, later.date
    if one is None or two is None or not one.begin or not two.begin or len(one.begin) + len(two.begin) < 20:
        return False
    days = dt.date.fromisoformat(two.begin[:10]) - dt.date.fromisoformat(one.begin[:10])
    return abs(days.days) <= JOURNEY


def _same_words(first: EventDraft, later: EventDraft, families: dict[str, Family]) -> bool:
    """Whether two words may tell one act: the same word, one family, or a general word for it (الهجوم)."""
    one, two = first.candidate.predicate.id, later.candidate.predicate.id
    if one == two:
        return True
    family, other = families.get(one), families.get(two)
    if family is None or other is None:
        return False
    return family is other or other.general or family.general


def _same_number(first: EventDraft, later: EventDraft) -> bool:
    """One raid is not two raids: nouns must agree in number, and a pair is told by no verb."""
    one, two = first.candidate, later.candidate
    if one.is_noun and two.is_noun:
        return one.hit.person == two.hit.person
    return "d" not in {c.hit.person for c in (one, two) if c.is_noun}


def _same_places(first: EventDraft, later: EventDraft, families: dict[str, Family]) -> bool:
    for event in (first, later):
        family = families.get(event.candidate.predicate.id)
        if family is not None and event.candidate.predicate.id in family.topical:
            return True
    if first.place is None or later.place is None or first.place.en == later.place.en:
        return True
    return "country" in {first.place.kind, later.place.kind} and first.place.country == later.place.country


def _points_back(later: EventDraft) -> bool:
    """A noun with the article or a pronoun speaks of an act already told."""
    hit = later.candidate.hit
    return later.candidate.is_noun and (hit.split.definite or bool(hit.split.enclitic))


def _mains(codes: list[str]) -> set[str]:
    return {c.split("/")[0] for c in codes} - {"None"}


def _compatible_sides(first: EventDraft, later: EventDraft) -> bool:
    """Of a telling that points back: the sides share somebody, or one names nobody."""
    one, two = first.states(), later.states()
    return not one or not two or bool(one & two)


def _same_sides(first: EventDraft, later: EventDraft) -> bool:
    one, two = first.states(), later.states()
    if not one or not two:
        return False
    if later.candidate.predicate.sides == "symmetric" or first.candidate.predicate.sides == "symmetric":
        return one == two
    for mine, yours in ((first.actor_codes, later.actor_codes), (first.recipient_codes, later.recipient_codes)):
        if _mains(mine) and _mains(yours) and not _mains(mine) & _mains(yours):
            return False
    return True


def _same_circumstances(first: EventDraft, later: EventDraft) -> bool:
    """Two tellings that both stand alone are one only where a date or a town says so, or all their sides do."""
    if first.date is not None and later.date is not None and first.date.begin == later.date.begin:
        return True
    if first.place is not None and later.place is not None and first.place.en == later.place.en:
        return first.place.kind != "country"
    return first.states() == later.states() and len(first.states()) > 1 and (first.date is None or later.date is None)


def _same_dates(one: EventDate | None, two: EventDate | None) -> bool:
    """Whether two dates can be one day; a vague "about a year ago" fits months on either side."""
    if one is None or two is None or not one.begin or not two.begin:
        return True
    end_one, end_two = one.end or one.begin, two.end or two.begin
    if one.approximate or two.approximate:
        return one.begin[:4] <= end_two[:4] and two.begin[:4] <= end_one[:4]
    return one.begin <= end_two and two.begin <= end_one


def _share(first: EventDraft, later: EventDraft) -> None:
    """Give the vaguer of two tellings the exacter's date."""
    one, two = first.date, later.date
    if one is None or two is None or not one.begin or not two.begin:
        return
    if one.approximate and not two.approximate:
        first.date = two
    elif two.approximate and not one.approximate:
        later.date = one
