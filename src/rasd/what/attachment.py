"""Which act a time or a place in its sentence belongs to.

There is no parse tree to ask, so what stands between the two is weighed: how many words, verbs,
other acts, clause openers and marks, and how the act itself stands in the sentence. The
weights lie in ``data/grammar/attachment.yaml``; ``scripts/fit_attachment.py`` works them out
anew from annotated texts.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from rasd.lexicon import Compiled, KnowledgeError, KnowledgeFiles, Section
from rasd.text.document import PlaceMention, TimeMention
from rasd.text.letters import fold
from rasd.what.candidates import Candidate
from rasd.what.clauses import QUOTES, Borders, SentenceView

BEFORE, AFTER = "before", "after"
# What can lie between an act and a phrase, and the letter that stands for it.
BORDERS = {"verb": "v", "mark": "m", "that": "t", "which": "w", "clause": "c", "comma": ",", "quote": "q", "past": "p"}
# Words further away than this, and more borders of a kind than that, say no more.
_FAR, _MANY = 30, 3
# How far before an act its relative pronoun, and after it its own, are looked for.
_RELATIVE, _OWN = 12, 4
# The borders that end a clause.
_CLAUSE = frozenset("mtwc")
# Acts whose object can be a town.
_DONE_TO_TOWNS = frozenset({"ASSAULT", "COERCE"})


class Weights(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """How much each trait speaks for a phrase being an act's (``grammar/attachment.yaml``).

    ``of`` is ``date`` or ``place``. A phrase whose weights add up to ``threshold`` or less is nobody's.
    ``fixed`` are weights set by hand, of traits too rare in annotated texts to be worked out.
    ``groups`` (places) names sets of prepositions, ``physical`` the types of act that happen at a
    place; what is only said has one less often. ``topics`` are nouns that a place after them belongs to.
    """

    of: str
    threshold: float
    weights: dict[str, float]
    fixed: dict[str, float] = msgspec.field(default_factory=dict[str, float])
    groups: dict[str, list[str]] = msgspec.field(default_factory=dict[str, list[str]])
    topics: list[str] = msgspec.field(default_factory=list[str])
    physical: list[str] = msgspec.field(default_factory=list[str])


Trait = tuple[str, float]


class Attachment:
    """Scores times and places against acts."""

    def __init__(self, lexicon: Compiled, borders: Borders) -> None:
        tables = msgspec.msgpack.decode(lexicon["attachment"], type=dict[str, Weights])
        self._date, self._place = tables["date"], tables["place"]
        for table in tables.values():
            table.weights.update(table.fixed)
        self._groups = {fold(word): name for name, words in self._place.groups.items() for word in words}
        self._borders = borders
        self._after = borders.after | borders.before
        self.physical = frozenset(self._place.physical)
        self._topics = frozenset(fold(word) for word in self._place.topics)

    def ways(self, view: SentenceView, acts: Sequence[int]) -> Ways:
        """What lies between the tokens of a sentence whose acts stand at ``acts``."""
        return Ways(view, acts, self._after, self._borders)

    def date(self, ways: Ways, candidate: Candidate, time: TimeMention, rival: bool) -> float | None:
        """How much speaks for an act happening at a time; None where too little does.

        ``rival`` says that another time stands in the act's own clause, and this one does not.
        """
        return _score(self._date, self.date_traits(ways, candidate, time, rival))

    def place(self, ways: Ways, candidate: Candidate, at: int, about: Sequence[str], rival: bool) -> float | None:
        """How much speaks for an act happening at the sentence's place number ``at``.

        ``about`` are traits of the place that the caller knows of: ``power`` (it stands for its
        government), ``actor`` and ``recipient`` (it is one), ``topic`` (it is inside one); ``rival`` as for `date`.
        """
        return _score(self._place, self.place_traits(ways, candidate, at, about, rival))

    def date_traits(self, ways: Ways, candidate: Candidate, time: TimeMention, rival: bool) -> list[Trait]:
        """The traits that `date` weighs."""
        side, found = ways.traits(candidate, time.first, time.last)
        grain = _grain(time.value)
        if grain:
            found.append((grain, 1))
        if time.rule.startswith("feast"):
            found.append(("feast", 1))
        governor = ways.key(time.first - 1)
        if governor in ways.since:
            found.append(("since", 1))
        elif governor in self._after:
            found.append(("past-time", 1))
        if candidate.over is not None and side == BEFORE and candidate.predicate.type not in self.physical:
            found.append(("content.said", 1))
        if rival:
            found.append(("rival", 1))
        return found

    def place_traits(self, ways: Ways, candidate: Candidate, at: int, about: Sequence[str], rival: bool) -> list[Trait]:
        """The traits that `place` weighs."""
        place = ways.view.places[at]
        side, found = ways.traits(candidate, place.first, place.last)
        group = self._groups.get(fold(place.prep), "with") if place.prep else "bare"
        predicate = candidate.predicate
        found += [("type." + predicate.type, 1), ("kind." + place.kind, 1), ("link." + group, 1)]
        if predicate.type not in self.physical:
            found.append(("said." + group, 1))
        if predicate.mode == "visit":
            found += [("visit", 1), ("visit." + group, 1)]
        if any(role in ("place", "host") and p == place.prep for p, role in predicate.frame.items()):
            found.append(("frame", 1))
        mention = ways.view.covering.get(place.first)
        if mention is not None:
            found += [
                ("named." + mention.how + (".locative" if mention.locative else ""), 1),
                ("in." + mention.kind, 1),
            ]
            if mention.kind == "state":
                found.append(("state." + group, 1))
        if (
            predicate.type in _DONE_TO_TOWNS
            and group == "bare"
            and side == AFTER
            and place.kind != "country"
            and ways.first_after(candidate, place.first)
        ):
            # قصف حلب: the town that an act is done to.
            found.append(("object", 1))
        found += [(trait, 1) for trait in about]
        if "power" in about and predicate.mode == "visit":
            found.append(("visit.power", 1))
        if place.lat is None and place.kind != "country":
            found.append(("unlisted", 1))
        if place.en[:1].isdigit():
            # "(30 kilometres west of Kirkuk)" says where the town before it lies.
            found.append(("measured", 1))
        if ways.lies_in(place.first, self._topics):
            found.append(("topic-noun", 1))
        if rival:
            found.append(("rival", 1))
        if at and place.first - ways.view.places[at - 1].last <= 2:
            found.append(("outer", 1))
        if place.dateline:
            found.append(("dateline", 1))
        elif side == BEFORE and place.first <= ways.view.sentence.first + 1:
            found.append(("opening", 1))
        return found


class Ways:
    """The ways between the acts of one sentence and its other phrases."""

    def __init__(self, view: SentenceView, acts: Sequence[int], after: frozenset[str], borders: Borders) -> None:
        self.view = view
        self.since, self.until = borders.since, borders.until
        self._acts = acts
        self._after = after
        self._path = "".join(
            "q" if token.text in QUOTES else BORDERS.get(border) or ("p" if token.key in after else " ")
            for token, border in zip(view.tokens, view.borders, strict=True)
        )

    def key(self, at: int) -> str:
        """The folded word at a token of the sentence, "" beyond its borders."""
        return self.view.token(at).key if self.view.sentence.first <= at < self.view.sentence.last else ""

    def lies_in(self, first: int, nouns: frozenset[str]) -> bool:
        """Whether one of the nouns stands right before the phrase at ``first`` and its preposition."""
        return any(
            split.stem in nouns
            for at in range(max(self.view.sentence.first, first - 2), first)
            for split in self.view.token(at).form.splits
        )

    def first_after(self, candidate: Candidate, first: int) -> bool:
        """Whether the phrase at ``first`` follows the act at once, but for a head word ("مدينة")."""
        return candidate.at < first <= candidate.at + 2

    def rivalled(self, candidate: Candidate, phrases: Sequence[TimeMention | PlaceMention]) -> list[bool]:
        """Of each phrase, whether it stands outside the act's own clause while another stands inside."""
        base, at = self.view.sentence.first, candidate.at
        own = [
            _CLAUSE.isdisjoint(
                self._path[at + 1 - base : p.first - base] if p.first > at else self._path[p.last - base : at - base]
            )
            for p in phrases
        ]
        return [not mine for mine in own] if any(own) else [False] * len(own)

    def traits(self, candidate: Candidate, first: int, last: int) -> tuple[str, list[Trait]]:
        """Whether the phrase ``[first, last)`` stands before or after the act, and what the way is like.

        A light verb stands for its noun where it is nearer.
        """
        at, light = candidate.at, candidate.light
        if light is not None and not first <= light.at < last and _gap(light.at, first, last) < _gap(at, first, last):
            at = light.at
        side = AFTER if first > at else BEFORE
        low, high = (at + 1, first) if side == AFTER else (last, at)
        base = self.view.sentence.first
        path = self._path[low - base : high - base]
        found: list[Trait] = [(side, 1), (side + ".words", min(len(path), _FAR) / 10)]
        if len(path) <= 1:
            found.append((side + ".touching", 1))
        if path.strip():
            for name, letter in BORDERS.items():
                count = path.count(letter)
                if count:
                    found.append((f"{side}.{name}", min(count, _MANY)))
        acts = sum(1 for other in self._acts if low <= other < high and other != candidate.at)
        if acts:
            found.append((side + ".acts", min(acts, _MANY)))
        self._own_traits(candidate, side, found)
        return side, found

    def _own_traits(self, candidate: Candidate, side: str, found: list[Trait]) -> None:
        """How the act itself stands in its sentence."""
        at = candidate.at
        start = self.view.sentence.first
        here = at - start
        if side == AFTER and self._path[here + 1 : here + 1 + _OWN].lstrip(" ").startswith("w"):
            found.append(("own-relative", 1))
        if self.key(at - 1) in self._after or self.key(at - 2) in self._after:
            found.append(("past-act." + side, 1))
        if candidate.over is not None:
            found.append(("content." + side, 1))
        if candidate.hit.split.proclitics.endswith("ل"):
            found.append(("purpose." + side, 1))
        for letter in reversed(self._path[max(0, here - _RELATIVE) : here]):
            if letter == "w":
                found.append(("relative." + side, 1))
            if letter in "wmtc":
                break
        if self.view.token(at).tag == "VI":
            found.append(("imperfect." + side, 1))


def _gap(at: int, first: int, last: int) -> int:
    return first - at if at < first else at - last


def _grain(value: str) -> str:
    """How exact a date is, "" for a day."""
    day = value.split("T")[0]
    if "W" in day:
        return "week"
    return {7: "month", 4: "year", 3: "decade", 2: "decade"}.get(len(day), "")


def _score(table: Weights, traits: list[Trait]) -> float | None:
    weights = table.weights
    score = 0.0
    for name, value in traits:
        weight = weights.get(name)
        if weight is not None:
            score += weight * value
    return score if score > table.threshold else None


def _build(files: KnowledgeFiles) -> bytes:
    tables = {entry.of: entry for entry in files.entries("grammar/attachment.yaml", Weights, lambda e: e.of)}
    if tables.keys() != {"date", "place"}:
        raise KnowledgeError("grammar/attachment: one entry of: date and one of: place, no other")
    return msgspec.msgpack.encode(tables)


SECTION = Section("attachment", 1, _build)
