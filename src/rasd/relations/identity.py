"""Which reports tell one event: each new article's reports are put to the occurrences they are of, or begin new ones.

A new report asks the archive for the traces of earlier ones that share a key with it (`rasd.relations.profile`), so
that what an article costs does not grow with how many were read before. The likeliest occurrences are compared report
by report: the log-odds of a pair are a weighted sum of its traits (`rasd.relations.traits`), those of a report and an
occurrence the mean over some of its reports. From `IdentityWeights.same` on they are one. An article's own reports are
never put to one occurrence: the article would have said so.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rasd.chronicle import Occurrence, Report, Trace
from rasd.lexicon import KnowledgeFiles
from rasd.relations.profile import Profile, Profiler, weighted_keys
from rasd.relations.schema import IdentityWeights
from rasd.relations.traits import Kinship, traits
from rasd.relations.wording import Wording
from rasd.what.grammar import Family
from rasd.where.schema import PlaceEntry

# How many occurrences a report is compared with, and with how many reports of each.
COMPARED, MEMBERS = 14, 8
# One pair can speak no louder for or against than this, in log-odds.
LOUDEST = 6.0
# How many profiles are kept unpacked.
KEPT = 20_000


class Traces(Protocol):
    """The part of a `chronicle.Archive` that identity asks."""

    def like_reports(self, keys: Collection[str]) -> Sequence[Trace]: ...

    def occurrences_by_id(self, ids: Collection[str]) -> Mapping[str, Occurrence]: ...


@dataclass(slots=True)
class Link:
    """Where a report belongs.

    ``occurrence`` is the id of the occurrence that it is of, ``None`` where it begins one; ``absorbed`` are others that
    turn out to be the same. ``probability`` is that of the report being of it (1 of a new one). ``denies`` is the
    occurrence that a denial speaks of, ``denied_by`` are earlier denials of this one.
    """

    report: str
    occurrence: str | None
    absorbed: list[str]
    probability: float
    denies: str | None = None
    denied_by: list[str] = field(default_factory=list[str])


@dataclass(slots=True)
class _Candidate:
    """An occurrence that a report may be of, with those of its reports that share a key with it."""

    occurrence: str
    members: list[Profile]
    logit: float

    @property
    def denied(self) -> bool:
        return self.members[0].status == "denied"


class Identity:
    """Decides which reports are of one event. ``files`` are the knowledge files with its weights."""

    def __init__(self, files: KnowledgeFiles | None = None, *, weights: IdentityWeights | None = None) -> None:
        files = files or KnowledgeFiles()
        self.weights = weights or files.table("relations/identity.yaml", IdentityWeights)[-1]
        families = files.entries("grammar/families.yaml", Family, lambda f: f.id)
        family_of = {rule: family.id for family in families for rule in family.rules}
        self._kinship = Kinship(family_of, self.weights.joined)
        self._profiler = Profiler(Wording(files), _countries(files), frozenset(self.weights.crowds))
        self._unpacked: dict[tuple[str, bytes], Profile] = {}

    def profile(self, report: Report) -> Profile:
        """What identity looks at in a report; ``packed`` and ``keys`` are what an archive keeps of it."""
        return self._profiler.profile(report)

    def probability(self, one: Report, two: Report) -> float:
        """How likely two reports are of one event, whatever their statuses; next to 0 for different types."""
        return self.likelihood(self.profile(one), self.profile(two))

    def likelihood(self, one: Profile, two: Profile) -> float:
        """As `probability`, of profiles."""
        return _probability(self._logit(one, two))

    def compare(self, one: Profile, two: Profile) -> dict[str, float]:
        """What two reports share and where they part, each trait with its value."""
        return traits(one, two, self._kinship)

    def link(self, profiles: Sequence[Profile], archive: Traces) -> list[Link]:
        """Where each report of one article belongs, in their order. Nothing is kept: that is the caller's part."""
        asking = [weighted_keys(profile, asking=True) for profile in profiles]
        traces = archive.like_reports({key for keys in asking for key in keys})
        earlier = [(trace.group, self._unpack(trace)) for trace in traces]
        asked = [self._candidates(profile, keys, earlier) for profile, keys in zip(profiles, asking, strict=True)]
        chosen = self._assign(profiles, asked, archive)
        return [self._link(profile, chosen.get(n, []), asked[n]) for n, profile in enumerate(profiles)]

    def _assign(
        self, profiles: Sequence[Profile], asked: list[list[_Candidate]], archive: Traces
    ) -> dict[int, list[_Candidate]]:
        """For each report, by its place, the occurrences that it is of, the likeliest first; each has one report."""
        likely = [
            (candidate, n)
            for n, candidates in enumerate(asked)
            for candidate in candidates
            if candidate.denied == (profiles[n].status == "denied") and self._same(candidate.logit)
        ]
        kept = archive.occurrences_by_id({candidate.occurrence for candidate, _ in likely})
        taken: dict[str, int] = {}
        chosen: dict[int, list[_Candidate]] = {}
        articles: dict[int, set[str]] = {}
        for candidate, n in sorted(likely, key=lambda c: (-c[0].logit, c[1], c[0].occurrence)):
            if candidate.occurrence not in kept or taken.setdefault(candidate.occurrence, n) != n:
                continue
            telling = {article_of(report) for report in kept[candidate.occurrence].reports}
            if profiles[n].article in telling or telling & articles.get(n, set()):
                continue
            first = chosen.get(n, [None])[0]
            if first is None or self._one(first, candidate):
                chosen.setdefault(n, []).append(candidate)
                articles.setdefault(n, set()).update(telling)
        return chosen

    def _link(self, profile: Profile, chosen: list[_Candidate], asked: list[_Candidate]) -> Link:
        denied = profile.status == "denied"
        opposite = [
            c.occurrence
            for c in sorted(asked, key=lambda c: (-c.logit, c.occurrence))
            if c.denied != denied and _probability(c.logit) >= self.weights.denial
        ]
        return Link(
            report=profile.id,
            occurrence=chosen[0].occurrence if chosen else None,
            absorbed=[c.occurrence for c in chosen[1:]],
            probability=_probability(chosen[0].logit) if chosen else 1.0,
            denies=opposite[0] if denied and opposite else None,
            denied_by=[] if denied else opposite,
        )

    def denial(self, one: Profile, two: Profile) -> bool:
        """Whether ``one`` denies what ``two`` tells."""
        return one.status == "denied" != two.status and _probability(self._logit(one, two)) >= self.weights.denial

    def _one(self, one: _Candidate, two: _Candidate) -> bool:
        """Whether two occurrences that a new report is of are one."""
        logits = [self._logit(a, b) for a in one.members for b in two.members]
        return self._same(sum(logits) / len(logits))

    def _candidates(
        self, profile: Profile, asking: Mapping[str, float], earlier: list[tuple[str, Profile | None]]
    ) -> list[_Candidate]:
        """The occurrences most like a report by the keys that they share, compared with it."""
        members: dict[str, list[Profile]] = {}
        hits: dict[str, float] = {}
        for group, other in earlier:
            if other is None or other.type != profile.type:
                continue
            weight = sum(asking[key] for key in other.keyset.intersection(asking))
            if weight:
                members.setdefault(group, []).append(other)
                hits[group] = max(hits.get(group, 0.0), weight)
        likeliest = sorted(hits, key=lambda group: (-hits[group], group))[:COMPARED]
        return [_Candidate(group, some, self._against(profile, some)) for group in likeliest
                for some in (_sample(members[group]),)]  # fmt: skip

    def _against(self, profile: Profile, members: list[Profile]) -> float:
        return sum(self._logit(profile, member) for member in members) / len(members)

    def _logit(self, one: Profile, two: Profile) -> float:
        if one.type != two.type:
            return -LOUDEST
        weights = self.weights.traits
        total = self.weights.bias + sum(
            weights.get(name, 0.0) * value for name, value in traits(one, two, self._kinship).items()
        )
        return max(-LOUDEST, min(LOUDEST, total))

    def _same(self, logit: float) -> bool:
        return _probability(logit) >= self.weights.same

    def _unpack(self, trace: Trace) -> Profile | None:
        """The profile of a trace; ``None`` of one that another version of Rasd wrote."""
        key = (trace.of, trace.sketch)
        known = self._unpacked.get(key)
        if known is None:
            if len(self._unpacked) >= KEPT:
                self._unpacked.clear()
            try:
                known = self._unpacked[key] = Profile(*key)
            except ValueError:
                return None
        return known


def article_of(report: str) -> str:
    """The key of the article that a report, by its id, is of."""
    return report.rpartition("/")[0]


def _sample(members: list[Profile]) -> list[Profile]:
    """The first and the last of an occurrence's reports, where they are many."""
    return members if len(members) <= MEMBERS else [*members[: MEMBERS // 2], *members[-MEMBERS // 2 :]]


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
