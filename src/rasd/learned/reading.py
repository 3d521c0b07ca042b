"""The learned reader over one document: what it holds of each word, and how that joins with the rules.

Joining is learned as well (``weights/joining.json``): a candidate's probability is a logistic sum of what the rules
and the network each say of it; a side is changed where the network is sure of another; a status where it is sure.
The weights and thresholds are chosen in cross-validation by ``training/`` (see ``docs/learned.md``).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from rasd.learned.inputs import Row, marks, options, powers, row, seen
from rasd.learned.kinds import Kinds
from rasd.learned.model import WEIGHTS, Model, Said
from rasd.lexicon import Compiled
from rasd.text.document import ActorMention, Document
from rasd.what.candidates import Candidate, Proposal
from rasd.what.clauses import SentenceView
from rasd.what.draft import EventDraft
from rasd.what.roles import Roles
from rasd.what.scorer import bounded

if TYPE_CHECKING:
    from rasd.learned.model import Floats

FIRST, SECOND = 0, 1
# Whom the network would put on a side, and the share of it that it gives them.
Best = tuple[list[ActorMention], float]
# So many sentences are looked at together: what is said of them all is in memory at once.
STRETCH = 64
# A probability counts no further than this from certainty.
EDGE = 0.002
# How far from a word the network may see the same act in another (a light verb and its noun), in tokens.
NEAR = 3
# So many words on either side are tried for what weighed most, and what counts as weight, in log odds.
SHOWN, LEAST_DROP = 10, 0.2
# How the entries of `kinds.yaml` are named.
KIND = "learned."
# Marks of the reason for which a side or a status was changed.
SAID = "the learned reader"


class Joining(msgspec.Struct, frozen=True):
    """Weights and thresholds of joining. See ``docs/learned.md``.

    ``rules`` and ``alone`` weigh the grounds of a candidate that a rule made, and of one that only the network
    proposes; ``propose`` is the network's least probability for a proposal. A side that the rules leave empty is
    given to whom the network gives a share of ``fill`` or more; one that they fill by a guess
    (`rasd.what.completion.GUESSES`) to whom it gives ``sure`` or more. A status gives way to one with ``status`` or
    more.
    """

    keep: float
    propose: float
    fill: float
    sure: float
    status: float
    mode: float
    rules: dict[str, float]
    alone: dict[str, float]


def joining(path: Path = WEIGHTS / "joining.json") -> Joining:
    return msgspec.json.decode(path.read_bytes(), type=Joining)


class LearnedReader:
    """Reads documents with a network; see `rasd.what.second` for how the rules use what it says."""

    def __init__(self, lexicon: Compiled, model: Model, join: Joining) -> None:
        self._kinds = Kinds(lexicon)
        self._model = model
        self.joining = join

    def look(self, document: Document) -> DocumentSight:
        """What the network holds of a document whose actors are known; each stretch as it is asked."""
        return DocumentSight(document, powers(document), self._kinds, self._model, self.joining)


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence as the network sees it: its row, what is said of it, the place in the row of each of its tokens."""

    row: Row
    said: Said
    words: dict[int, int]


@dataclass(slots=True)
class DocumentSight:
    """What the network holds of one document; `rasd.what.second.Sight`.

    Memory is bounded: what is said of words is kept for the stretch at hand, and of the rest a vector for each power
    named in it. A sentence that names no power is left to the rules.
    """

    document: Document
    named: list[list[ActorMention]]
    kinds: Kinds
    model: Model
    joining: Joining
    _firsts: list[int] = field(init=False)
    _stretch: int = -1
    _told: dict[int, _Told] = field(default_factory=dict[int, _Told])
    _vectors: dict[int, Floats] = field(default_factory=lambda: dict[int, "Floats"]())
    # Whom the network would have hit by an act, until the rules have said what goes without saying.
    _waiting: dict[int, list[ActorMention]] = field(default_factory=dict[int, list[ActorMention]])

    def __post_init__(self) -> None:
        self._firsts = [s.first for s in self.document.sentences]

    def _of(self, sentence: int) -> _Told | None:
        """What is said of a sentence, None where it names no power."""
        stretch = sentence // STRETCH
        if stretch != self._stretch:
            self._stretch = stretch
            self._look(range(stretch * STRETCH, min(len(self.named), (stretch + 1) * STRETCH)))
        return self._told.get(sentence)

    def _look(self, sentences: range) -> None:
        rows = [row(self.document, self.document.sentences[n], self.model) for n in sentences if self.named[n]]
        self._told = {
            r.sentence: _Told(r, said, {token: word for word, token in enumerate(r.tokens)})
            for r, said in zip(rows, self.model.say(rows), strict=True)
        }
        for told in self._told.values():
            for mention in self.named[told.row.sentence]:
                if mention.head in told.words:
                    self._vectors[mention.head] = told.said.mention[told.words[mention.head]].copy()

    def _at(self, token: int) -> tuple[Said, int] | None:
        """What is said of the sentence of a token, and the token's place in it."""
        told = self._of(bisect_right(self._firsts, token) - 1)
        return (told.said, told.words[token]) if told is not None and token in told.words else None

    @property
    def keep(self) -> float:
        return self.joining.keep

    def proposals(self, view: SentenceView) -> list[Proposal]:
        told = self._of(view.sentence.index)
        if told is None:
            return []
        found: list[Proposal] = []
        sure = 1 - told.said.kind[:, 0] >= self.joining.propose
        for word in sure.nonzero()[0].tolist():
            token = self.document.tokens[told.row.tokens[word]]
            probabilities = told.said.kind[word]
            best = int(probabilities[1:].argmax()) + 1
            if token.form.splits and probabilities[best] >= self.joining.propose:
                kind = self.model.labels.kinds[best - 1]
                found.append(Proposal(token.index, self.kinds.entry(kind, self._mode(told.said, word, kind))))
        return found

    def _mode(self, said: Said, word: int, kind: str) -> str | None:
        best = int(said.mode[word].argmax())
        of, _, mode = self.model.labels.modes[best].partition("/")
        return mode if of == kind and mode and said.mode[word][best] >= self.joining.mode else None

    def settle(self, view: SentenceView, candidate: Candidate, roles: Roles) -> None:
        self._waiting.pop(id(candidate), None)
        mentions, shares = self._shares(candidate, roles)
        if not mentions:
            return
        first, second = (self._best(mentions, shares, side) for side in (FIRST, SECOND))
        if candidate.predicate.sides == "symmetric":
            for best in (first, second):
                self._join_in(best, roles)
            return
        if candidate.predicate.id.startswith(KIND):
            # No frame says who is who around a word that no entry holds.
            roles.actors.clear()
            roles.recipients.clear()
        if self._takes(first, roles.actors, "actor", roles):
            _put(roles, "actor", roles.actors, first)
        if self._takes(second, roles.recipients, "recipient", roles):
            _put(roles, "recipient", roles.recipients, second)
        elif not roles.recipients and second[1] >= self.joining.fill:
            # Whom an act hits often goes without saying: the rules' implications come first (`fill`).
            self._waiting[id(candidate)] = second[0]

    def fill(self, candidate: Candidate, event: EventDraft) -> None:
        for mention in self._waiting.pop(id(candidate), ()):
            mains = {code.partition("/")[0] for code in event.actor_codes}
            if event.recipient_codes or _mains([mention]) & mains:
                continue
            event.recipients += [e for e in mention.entities if e not in event.recipients]
            event.recipient_codes += mention.codes
            event.reasons.append(f"recipient by {SAID}")

    def _join_in(self, best: Best, roles: Roles) -> None:
        """Among those who act with one another, whom the network is sure of, where fewer than two are known."""
        few = len(_mains(roles.actors)) < 2 and not any(len(m.entities) > 1 for m in roles.actors)
        if few and best[0] and best[1] >= self.joining.fill and not _same(best[0], roles.actors):
            roles.put("actor", best[0])
            roles.reasons.append(f"actor by {SAID} ({best[1]:.2f})")

    def _takes(self, best: Best, standing: list[ActorMention], name: str, roles: Roles) -> bool:
        """Whether the network's choice takes a side: one that stands empty, or that the rules filled by a guess.

        An actor is looked for where none stands; a recipient waits until the rules have said what goes without saying.
        """
        others = roles.recipients if name == "actor" else roles.actors
        if not best[0] or _same(best[0], standing) or _same(best[0], others):
            return False
        if not standing:
            return name == "actor" and best[1] >= self.joining.fill
        return name in roles.guessed and best[1] >= self.joining.sure

    def _best(self, mentions: list[ActorMention], shares: Floats, side: int) -> Best:
        """Whom the network gives the largest share of a side, all mentions of one power together."""
        totals: dict[str, float] = {}
        for mention, share in zip(mentions, shares[:-1, side], strict=True):
            key = _key(mention)
            totals[key] = totals.get(key, 0.0) + float(share)
        key = max(totals, key=lambda k: (totals[k], k))
        if totals[key] < float(shares[-1, side]):
            return [], 0.0
        of = [
            (float(s), -n, m)
            for n, (m, s) in enumerate(zip(mentions, shares[:-1, side], strict=True))
            if _key(m) == key
        ]
        return [max(of, key=lambda item: item[:2])[2]], totals[key]

    def _shares(self, candidate: Candidate, roles: Roles) -> tuple[list[ActorMention], Floats]:
        """Who may stand on the sides of an act, with their shares of each side and, last, nobody's."""
        import numpy as np

        nobody = np.ones((1, 2), dtype=np.float32)
        at = self._at(candidate.at)
        if at is None:
            return [], nobody
        sentence = bisect_right(self._firsts, candidate.at) - 1
        mentions = [m for m in options(self.named, sentence, roles) if m.head in self._vectors]
        if not mentions:
            return [], nobody
        told = None if candidate.proposed else seen(roles)
        table = [marks(self.document, candidate.at, m, told, len(mentions)) for m in mentions]
        vectors = np.stack([self._vectors[m.head] for m in mentions])
        said, word = at
        return mentions, self.model.shares(said.event[word], vectors, np.array(table, dtype=np.float32))

    def status(self, candidate: Candidate, status: str, why: str) -> tuple[str, str]:
        at = self._at(candidate.at)
        if at is None:
            return status, why
        said, word = at
        best = int(said.status[word].argmax())
        name, share = self.model.labels.statuses[best], said.status[word][best]
        if name == status or share < self.joining.status:
            return status, why
        return name, f"{SAID} ({share:.2f}), not {status}: {why}"

    def grounds(self, candidate: Candidate, own: float) -> dict[str, float]:
        at = self._at(candidate.at)
        if at is None:
            return {"rules": _logit(own)}
        said, word = at
        kind = self._kind(candidate)
        near = said.kind[max(0, word - NEAR) : word + NEAR + 1, kind].tolist()
        del near[min(word, NEAR)]
        return {
            "rules": _logit(own), "network": _logit(said.kind[word][kind]),
            "network near": _logit(max(near, default=0.0)), "network sees nothing": _logit(said.kind[word][0]),
            "one": 1.0, f"kind {candidate.predicate.type}": 1.0,
        }  # fmt: skip

    def _kind(self, candidate: Candidate) -> int:
        return self.model.labels.kinds.index(candidate.predicate.type) + 1

    def reasons(self, candidate: Candidate, grounds: dict[str, float]) -> list[str]:
        if "network" not in grounds:
            return ["rules alone: the sentence names no power"]
        by = "the network alone" if candidate.proposed else "rules and network"
        found = [f"{by}: rules {_share(grounds['rules'])}, network {_share(grounds['network'])}"]
        words = self._weighty(candidate)
        if words:
            found.append("words that weighed most: " + ", ".join(f"{word} ({drop:+.2f})" for word, drop in words))
        return found

    def _weighty(self, candidate: Candidate) -> list[tuple[str, float]]:
        """The words without which the network would be least sure that a word tells an act: each is hidden in turn,
        and the loss of log odds is what it weighed (occlusion: Zeiler and Fergus 2014).
        """
        told = self._of(bisect_right(self._firsts, candidate.at) - 1)
        if told is None or candidate.at not in told.words:
            return []
        own, here, kind = told.row, told.words[candidate.at], self._kind(candidate)
        near = range(max(0, here - SHOWN), min(len(own.tokens), here + SHOWN + 1))
        hidden = [self._without(own, word) for word in near]
        whole = _logit(told.said.kind[here][kind])
        drops = [
            (self.document.tokens[own.tokens[word]].text, whole - _logit(said.kind[here][kind]))
            for word, said in zip(near, self.model.say(hidden), strict=True)
        ]
        drops.sort(key=lambda pair: -pair[1])
        return [(word, drop) for word, drop in drops[:3] if drop > LEAST_DROP]

    def _without(self, own: Row, word: int) -> Row:
        first, last = own.spans[word]
        ids = [self.model.labels.unknown if first <= n < last else piece for n, piece in enumerate(own.ids)]
        return Row(own.sentence, ids, own.tokens, own.spans)

    def probability(self, candidate: Candidate, grounds: dict[str, float]) -> float:
        if "network" not in grounds:
            return bounded(1 / (1 + math.exp(-grounds["rules"])))
        weights = self.joining.alone if candidate.proposed else self.joining.rules
        total = sum(weights.get(name, 0.0) * value for name, value in grounds.items())
        return bounded(1 / (1 + math.exp(-total)))


def _share(logit: float) -> str:
    return f"{1 / (1 + math.exp(-logit)):.2f}"


def _logit(probability: Any) -> float:
    bounded = min(1 - EDGE, max(EDGE, float(probability)))
    return math.log(bounded / (1 - bounded))


def _put(roles: Roles, name: str, standing: list[ActorMention], best: Best) -> None:
    standing.clear()
    roles.put(name, best[0])
    roles.reasons.append(f"{name} by {SAID} ({best[1]:.2f})")


def _key(mention: ActorMention) -> str:
    """What tells powers apart: the state or body, or where none is known the code and the word."""
    main, _, _ = mention.codes[0].partition("/")
    return mention.codes[0] if main == "None" else main


def _mains(mentions: list[ActorMention]) -> set[str]:
    return {_key(m) for m in mentions if m.codes} | {c.partition("/")[0] for m in mentions for c in m.codes} - {"None"}


def _same(one: list[ActorMention], others: list[ActorMention]) -> bool:
    return bool(_mains(one) & _mains(others))
