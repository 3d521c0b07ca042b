"""The learned reader over one document: what it holds of each word, and how that joins with the rules.

Joining is learned as well (``weights/joining.json``): a candidate's probability is a logistic sum of what the rules
and the network each say of it; a side is changed where the network is sure of another; a status where it is sure.
The weights and thresholds are chosen in cross-validation by ``training/`` (see ``docs/learned.md``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from rasd.learned.inputs import Row, marks, options, row, seen
from rasd.learned.kinds import Kinds
from rasd.learned.model import WEIGHTS, Model, Said
from rasd.lexicon import Compiled
from rasd.text.document import ActorMention, Document
from rasd.what.candidates import Candidate, Proposal
from rasd.what.clauses import SentenceView
from rasd.what.draft import EventDraft
from rasd.what.roles import Roles

if TYPE_CHECKING:
    from rasd.learned.model import Floats

FIRST, SECOND = 0, 1
# Whom the network would put on a side, and the share of it that it gives them.
Best = tuple[list[ActorMention], float]
# A probability counts no further than this from certainty.
EDGE = 0.002
# How far from a word the network may see the same act in another (a light verb and its noun), in tokens.
NEAR = 3
# So many words on either side are tried for what weighed most, and what counts as weight, in log odds.
SHOWN, LEAST_DROP = 10, 0.2
# How the entries of `kinds.yaml` are named.
KIND = "learned."
# How the rules guess at a side that no frame fills: what the network is sure of is more often right (`completion`).
GUESSES = ("the sentence's subject", "the act before", "what is named after it")
# Marks of the reason for which a side or a status was changed.
SAID = "the learned reader"


class Joining(msgspec.Struct, frozen=True):
    """Weights and thresholds of joining. See ``docs/learned.md``.

    ``rules`` and ``alone`` weigh the grounds of a candidate that a rule made, and of one that only the network
    proposes; ``propose`` is the network's least probability for a proposal. A side that the rules leave empty is
    given to whom the network gives a share of ``fill`` or more; one that they fill by a guess (`GUESSES`) to whom it
    gives ``sure`` or more. A status gives way to one with ``status`` or more.
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
        """What the network holds of a document whose actors are known."""
        rows = [row(document, sentence, self._model) for sentence in document.sentences]
        said = self._model.say(rows)
        places = {token: (n, word) for n, r in enumerate(rows) for word, token in enumerate(r.tokens)}
        return DocumentSight(document, rows, said, places, self._kinds, self._model, self.joining)


@dataclass(slots=True)
class DocumentSight:
    """What the network holds of one document; `rasd.what.second.Sight`."""

    document: Document
    rows: list[Row]
    said: list[Said]
    places: dict[int, tuple[int, int]]
    kinds: Kinds
    model: Model
    joining: Joining
    # Whom the network would have hit by an act, until the rules have said what goes without saying.
    waiting: dict[int, list[ActorMention]] = field(default_factory=dict[int, list[ActorMention]])

    @property
    def keep(self) -> float:
        return self.joining.keep

    def proposals(self, view: SentenceView) -> list[Proposal]:
        found: list[Proposal] = []
        labels = self.model.labels
        for token in view.tokens:
            place = self.places.get(token.index)
            if place is None or not token.form.splits:
                continue
            probabilities = self.said[place[0]].kind[place[1]]
            if 1 - probabilities[0] < self.joining.propose:
                continue
            best = int(probabilities[1:].argmax()) + 1
            if probabilities[best] >= self.joining.propose:
                kind = labels.kinds[best - 1]
                found.append(Proposal(token.index, self.kinds.entry(kind, self._mode(place, kind))))
        return found

    def _mode(self, place: tuple[int, int], kind: str) -> str | None:
        probabilities = self.said[place[0]].mode[place[1]]
        best = int(probabilities.argmax())
        of, _, mode = self.model.labels.modes[best].partition("/")
        return mode if of == kind and mode and probabilities[best] >= self.joining.mode else None

    def settle(self, view: SentenceView, candidate: Candidate, roles: Roles) -> None:
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
            self.waiting[id(candidate)] = second[0]

    def fill(self, candidate: Candidate, event: EventDraft) -> None:
        for mention in self.waiting.pop(id(candidate), ()):
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
        guessed = any(f"{name} from {why}" in roles.reasons for why in GUESSES)
        return guessed and best[1] >= self.joining.sure

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

        place = self.places.get(candidate.at)
        if place is None:
            return [], np.zeros((1, 2), dtype=np.float32)
        mentions = [m for m in options(self.document, candidate.at, roles) if m.head in self.places]
        if not mentions:
            return [], np.zeros((1, 2), dtype=np.float32)
        told = None if candidate.proposed else seen(roles)
        table = [marks(self.document, candidate.at, m, told, len(mentions)) for m in mentions]
        places = (self.places[m.head] for m in mentions)
        vectors = np.stack([self.said[n].mention[word] for n, word in places])
        event = self.said[place[0]].event[place[1]]
        return mentions, self.model.shares(event, vectors, np.array(table, dtype=np.float32))

    def status(self, candidate: Candidate, status: str, why: str) -> tuple[str, str]:
        place = self.places.get(candidate.at)
        if place is None:
            return status, why
        probabilities = self.said[place[0]].status[place[1]]
        best = int(probabilities.argmax())
        name = self.model.labels.statuses[best]
        if name == status or probabilities[best] < self.joining.status:
            return status, why
        return name, f"{SAID} ({probabilities[best]:.2f}), not {status}: {why}"

    def grounds(self, candidate: Candidate, own: float) -> dict[str, float]:
        kind = self.model.labels.kinds.index(candidate.predicate.type) + 1
        place = self.places.get(candidate.at)
        here = self._kind(candidate.at, kind)
        near = max((self._kind(candidate.at + n, kind) for n in range(-NEAR, NEAR + 1) if n), default=0.0)
        nothing = float(self.said[place[0]].kind[place[1]][0]) if place is not None else 1.0
        return {
            "rules": _logit(own), "network": _logit(here), "network near": _logit(near),
            "network sees nothing": _logit(nothing), "one": 1.0, f"kind {candidate.predicate.type}": 1.0,
        }  # fmt: skip

    def reasons(self, candidate: Candidate, grounds: dict[str, float]) -> list[str]:
        by = "the network alone" if candidate.proposed else "rules and network"
        found = [f"{by}: rules {_share(grounds['rules'])}, network {_share(grounds['network'])}"]
        words = self._weighty(candidate.at, self.model.labels.kinds.index(candidate.predicate.type) + 1)
        if words:
            found.append("words that weighed most: " + ", ".join(f"{word} ({drop:+.2f})" for word, drop in words))
        return found

    def _weighty(self, at: int, kind: int) -> list[tuple[str, float]]:
        """The words without which the network would be least sure that a word tells an act: each is hidden in turn,
        and the loss of log odds is what it weighed (occlusion: Zeiler and Fergus 2014).
        """
        place = self.places.get(at)
        if place is None:
            return []
        own = self.rows[place[0]]
        near = range(max(0, place[1] - SHOWN), min(len(own.tokens), place[1] + SHOWN + 1))
        hidden = [self._without(own, word) for word in near]
        whole = _logit(self.said[place[0]].kind[place[1]][kind])
        drops = [
            (self.document.tokens[own.tokens[word]].text, whole - _logit(said.kind[place[1]][kind]))
            for word, said in zip(near, self.model.say(hidden), strict=True)
        ]
        drops.sort(key=lambda pair: -pair[1])
        return [(word, drop) for word, drop in drops[:3] if drop > LEAST_DROP]

    def _without(self, own: Row, word: int) -> Row:
        first, last = own.spans[word]
        ids = [self.model.labels.unknown if first <= n < last else piece for n, piece in enumerate(own.ids)]
        return Row(own.sentence, ids, own.tokens, own.spans)

    def _kind(self, at: int, kind: int) -> float:
        place = self.places.get(at)
        return float(self.said[place[0]].kind[place[1]][kind]) if place is not None else 0.0

    def probability(self, candidate: Candidate, grounds: dict[str, float]) -> float:
        weights = self.joining.alone if candidate.proposed else self.joining.rules
        total = sum(weights.get(name, 0.0) * value for name, value in grounds.items())
        return round(min(0.98, max(0.02, 1 / (1 + math.exp(-total)))), 2)


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
