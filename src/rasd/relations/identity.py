"""Which reports tell one event: each new article's reports are put to the occurrences they are of, or begin new ones.

A new report asks for the occurrences that are kept under one of its keys (`rasd.relations.profile.keys`), so that what
an article costs does not grow with how many were read before. The likeliest of them are compared report by report; the
log-odds of a pair are a weighted sum of its traits, and those of a report and an occurrence the mean over a few of the
occurrence's reports. From `IdentityWeights.same` on they are one. An article's own reports are never put to one
occurrence: the article would have said so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rasd.chronicle import Report
from rasd.lexicon import KnowledgeFiles
from rasd.relations.profile import Profile, Profiler, keys
from rasd.relations.schema import IdentityWeights
from rasd.relations.traits import Kinship, traits
from rasd.relations.wording import Wording
from rasd.what.grammar import Family
from rasd.where.schema import PlaceEntry

# How many occurrences a key gives, of those how many are compared, and with how many of their reports.
PER_KEY, COMPARED, MEMBERS = 30, 14, 8
# One pair can speak no louder for or against than this, in log-odds.
LOUDEST = 6.0
# How many reports' profiles are kept in memory.
KEPT = 30_000


class Lookup(Protocol):
    """Where occurrences are found again: a database, or `MemoryLookup`."""

    def found(self, keys: Sequence[int]) -> Iterable[tuple[int, str]]:
        """Each key with the occurrences kept under it, the latest added first, no more than `PER_KEY` each."""
        ...

    def members(self, occurrences: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The ids of the reports of occurrences, in the order in which they were added."""
        ...

    def reports(self, ids: Sequence[str]) -> Mapping[str, Report]:
        """Reports by their ids."""
        ...


@dataclass(slots=True, frozen=True)
class Link:
    """Where a report belongs.

    ``occurrence`` is the id of the occurrence that it is of; a new one has the id of its first report. ``absorbed`` are
    occurrences that turn out to be the same one and are to be joined to it. ``keys`` are what the occurrence is to be
    found under from now on as well. ``probability`` is that of the report being of it (1 of a new one). ``denies``
    is the occurrence that a denial speaks of; ``denied_by`` are denials, added earlier, of this one.
    """

    report: str
    occurrence: str
    absorbed: tuple[str, ...]
    keys: tuple[int, ...]
    probability: float
    denies: str | None = None
    denied_by: tuple[str, ...] = ()


@dataclass(slots=True)
class _Candidate:
    occurrence: str
    members: list[Profile]
    logit: float = -LOUDEST


class Identity:
    """Decides which reports are of one event. ``files`` are the knowledge files with its weights."""

    def __init__(self, files: KnowledgeFiles | None = None, *, weights: IdentityWeights | None = None) -> None:
        files = files or KnowledgeFiles()
        self.weights = weights or files.table("relations/identity.yaml", IdentityWeights)[-1]
        families = files.entries("grammar/families.yaml", Family, lambda f: f.id)
        family_of = {rule: family.id for family in families for rule in family.rules}
        self._kinship = Kinship(family_of, self.weights.joined)
        self._profiler = Profiler(Wording(files), _countries(files), frozenset(self.weights.crowds))
        self._profiles: dict[str, Profile] = {}

    def profile(self, report: Report) -> Profile:
        """What identity looks at in a report; kept for when it is compared again."""
        known = self._profiles.get(report.id)
        if known is None:
            if len(self._profiles) >= KEPT:
                self._profiles.clear()
            known = self._profiles[report.id] = self._profiler.profile(report)
        return known

    def probability(self, one: Report, two: Report) -> float:
        """How likely two reports are of one event, whatever their statuses; 0 of reports of different types."""
        return _probability(self._logit(self.profile(one), self.profile(two)))

    def traits(self, one: Report, two: Report) -> dict[str, float]:
        """What two reports share and where they part, each trait with its value."""
        return traits(self.profile(one), self.profile(two), self._kinship)

    def link(self, reports: Sequence[Report], lookup: Lookup) -> list[Link]:
        """Where each report of one article belongs, in their order. Nothing is changed: the caller keeps the links.

        Reports must be new: of an article read again, those of the earlier reading are to be removed first.
        """
        profiles = [self.profile(report) for report in reports]
        asked = [self._candidates(profile, lookup) for profile in profiles]
        taken: dict[str, int] = {}
        chosen: dict[int, list[_Candidate]] = {}
        likely = [
            (candidate.logit, index, candidate)
            for index, candidates in enumerate(asked)
            for candidate in candidates
            if self._may_join(profiles[index], candidate) and _probability(candidate.logit) >= self.weights.same
        ]
        for _, index, candidate in sorted(likely, key=lambda c: (-c[0], c[1], c[2].occurrence)):
            if taken.get(candidate.occurrence, index) == index:
                taken[candidate.occurrence] = index
                chosen.setdefault(index, []).append(candidate)
        return [self._link(profile, chosen.get(index, []), asked[index]) for index, profile in enumerate(profiles)]

    def _link(self, profile: Profile, chosen: list[_Candidate], asked: list[_Candidate]) -> Link:
        kept = tuple(key for key, _ in keys(profile))
        denied = profile.status == "denied"
        opposite = [
            c for c in asked
            if (c.members[0].status == "denied") != denied
            and _probability(c.logit) >= self.weights.denial
            and profile.article not in {m.article for m in c.members}
        ]  # fmt: skip
        opposite.sort(key=lambda c: (-c.logit, c.occurrence))
        denies = opposite[0].occurrence if denied and opposite else None
        denied_by = () if denied else tuple(c.occurrence for c in opposite)
        if not chosen:
            return Link(profile.id, profile.id, (), kept, 1.0, denies, denied_by)
        first = chosen[0]
        absorbed = tuple(c.occurrence for c in chosen[1:] if self._one(first, c))
        return Link(profile.id, first.occurrence, absorbed, kept, _probability(first.logit), denies, denied_by)

    def _may_join(self, profile: Profile, candidate: _Candidate) -> bool:
        """A denial is no report of what it denies, and no article tells an event twice without saying so."""
        return all(
            (m.status == "denied") == (profile.status == "denied") and m.article != profile.article
            for m in candidate.members
        )

    def _one(self, one: _Candidate, two: _Candidate) -> bool:
        """Whether two occurrences that a new report is of are one."""
        if {m.article for m in one.members} & {m.article for m in two.members}:
            return False
        logits = [self._logit(a, b) for a in one.members[:MEMBERS] for b in two.members[:MEMBERS]]
        return _probability(sum(logits) / len(logits)) >= self.weights.same

    def _candidates(self, profile: Profile, lookup: Lookup) -> list[_Candidate]:
        asking = dict(keys(profile, asking=True))
        hits: dict[str, float] = {}
        for key, occurrence in lookup.found(list(asking)):
            hits[occurrence] = hits.get(occurrence, 0.0) + asking[key]
        likeliest = sorted(hits, key=lambda o: (-hits[o], o))[:COMPARED]
        members = lookup.members(likeliest)
        missing = [r for o in likeliest for r in members[o] if r not in self._profiles]
        for report in lookup.reports(missing).values():
            self.profile(report)
        candidates = [_Candidate(o, [self._profiles[r] for r in members[o]]) for o in likeliest]
        for candidate in candidates:
            candidate.logit = self._against(profile, candidate.members)
        return candidates

    def _against(self, profile: Profile, members: list[Profile]) -> float:
        """The log-odds of a report being of an occurrence: the mean over some of its reports."""
        sample = members if len(members) <= MEMBERS else [*members[: MEMBERS // 2], *members[-MEMBERS // 2 :]]
        logits = [self._logit(profile, member) for member in sample]
        return sum(logits) / len(logits)

    def _logit(self, one: Profile, two: Profile) -> float:
        if one.type != two.type:
            return -LOUDEST
        weights = self.weights.traits
        total = self.weights.bias + sum(
            weights.get(name, 0.0) * value for name, value in traits(one, two, self._kinship).items()
        )
        return max(-LOUDEST, min(LOUDEST, total))


@dataclass(slots=True)
class MemoryLookup:
    """A `Lookup` in memory; `add` keeps what `Identity.link` says."""

    occurrences: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    denies: dict[str, str] = field(default_factory=dict[str, str])
    _reports: dict[str, Report] = field(default_factory=dict[str, Report])
    _keys: dict[int, list[str]] = field(default_factory=dict[int, list[str]])
    _keys_of: dict[str, list[int]] = field(default_factory=dict[str, list[int]])

    def add(self, reports: Sequence[Report], links: Sequence[Link]) -> None:
        """Keep the reports of one article where their links say."""
        for report, link in zip(reports, links, strict=True):
            self._reports[report.id] = report
            self.occurrences.setdefault(link.occurrence, []).append(report.id)
            for key in link.keys:
                self._keep(key, link.occurrence)
            for absorbed in link.absorbed:
                self._absorb(absorbed, link.occurrence)
            if link.denies is not None:
                self.denies[link.occurrence] = link.denies
            for denial in link.denied_by:
                self.denies.setdefault(denial, link.occurrence)

    def found(self, keys: Sequence[int]) -> Iterable[tuple[int, str]]:
        return [(key, o) for key in keys for o in self._keys.get(key, [])[-PER_KEY:][::-1]]

    def members(self, occurrences: Sequence[str]) -> Mapping[str, Sequence[str]]:
        return {occurrence: self.occurrences[occurrence] for occurrence in occurrences}

    def reports(self, ids: Sequence[str]) -> Mapping[str, Report]:
        return {id: self._reports[id] for id in ids}

    def _keep(self, key: int, occurrence: str) -> None:
        under = self._keys.setdefault(key, [])
        if occurrence not in under[-PER_KEY:]:
            under.append(occurrence)
            self._keys_of.setdefault(occurrence, []).append(key)

    def _absorb(self, occurrence: str, into: str) -> None:
        if occurrence == into or occurrence not in self.occurrences:
            return
        self.occurrences[into].extend(self.occurrences.pop(occurrence))
        for key in self._keys_of.pop(occurrence, []):
            self._keys[key] = [o for o in self._keys[key] if o != occurrence]
            self._keep(key, into)
        for denial, denied in list(self.denies.items()):
            if denied == occurrence:
                self.denies[denial] = into
        if occurrence in self.denies:
            self.denies.setdefault(into, self.denies.pop(occurrence))


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def _countries(files: KnowledgeFiles) -> frozenset[str]:
    """The English names of states and territories."""
    names = {
        line.split("\t")[2]
        for path in files.paths("places/countries.tsv")
        for line in path.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    }
    entries = files.entries("places/countries*.yaml", PlaceEntry, lambda e: e.en)
    return frozenset(names | {entry.en for entry in entries})
