"""How likely a candidate is an event: the traits that it has, weighed.

A logistic model over `rasd.what.traits`: the weights of a candidate's traits are summed, and
the sum is read as a probability. Rules propose, the scorer only says which of their proposals
to believe and how far; what it believes is an event's ``confidence``. The weights are a table,
``data/scorer/events.tsv``, written by ``scripts/train_scorer.py`` from sentences whose events
are known (the method: L2-regularised logistic regression; the threshold is the one that gives
the best F1 in cross-validation).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import msgspec

from rasd.lexicon import Compiled, KnowledgeError, KnowledgeFiles, Section

BIAS, KEEP, PRIOR = "(bias)", "(keep)", "(prior)"
# Without a table of weights every candidate that the rules accept is kept, and is said with this.
UNWEIGHED = 0.5
# How many candidates of the usual share of events an article is taken to hold besides its own.
# Swept over 2, 4, 8, 16: with 8 a random newspaper article keeps a fifth fewer events (nearly all
# false by eye), with 16 an eighth; typed F1 on gold/dev is 0.742 and 0.745 against 0.746 without.
PRIOR_STRENGTH = 12
_ROUNDS = 30
# In which share of its sentences news of politics names a power, by how much the odds of its events fall (in
# log odds) for an article that names none, and for how many such sentences an article is taken at first.
# Fitted on 333 events of random newspaper articles judged by eye: where fewer than three sentences in ten name a
# power one event in fourteen was right, where nearly all do five in six, whatever the words of the events weighed.
POWERS_NAMED, POWERLESS, POWERS_STRENGTH = 0.8, 4.0, 4
# Nothing is certain: what is printed stays inside these.
LEAST, MOST = 0.02, 0.98


class Scorer:
    """Weighs traits. Without weights it keeps what the rules keep."""

    def __init__(self, lexicon: Compiled) -> None:
        self._weights = msgspec.msgpack.decode(lexicon["scorer"], type=dict[str, float])
        self._bias = self._weights.pop(BIAS, 0.0)
        self.keep = self._weights.pop(KEEP, UNWEIGHED)
        self._prior = self._weights.pop(PRIOR, 0.0)

    def forget(self) -> None:
        """Drop the weights: keep from now on what the rules keep."""
        self._weights, self._bias, self.keep, self._prior = {}, 0.0, UNWEIGHED, 0.0

    def probability(self, traits: Iterable[str], *, accepted: bool) -> float:
        """The probability, 0 to 1, that a candidate with these traits is an event.

        ``accepted`` says whether the rules would make it one: all that counts without weights.
        """
        if not self._weights:
            return UNWEIGHED if accepted else 0.0
        weight_of = self._weights.get
        total = self._bias + sum(weight_of(trait, 0.0) for trait in traits)
        return bounded(1 / (1 + math.exp(-total)))

    def in_article(self, probabilities: Sequence[float], powers: Sequence[bool] = ()) -> list[float]:
        """The probabilities of an article's candidates, seen together.

        ``powers`` says of each sentence whether it names one: what tells of nobody who governs, fights or
        negotiates tells of little that is politics.

        Where most words that may report an act turn out not to, as in a page of recipes, the rest
        are less likely to. The share of events in the article is estimated from the
        probabilities themselves and takes the place of the share that they were trained on
        (Saerens, Latinne and Decaestecker 2002, Adjusting the outputs of a classifier to new a
        priori probabilities). It only lowers: that the neighbours are events proves nothing.
        """
        if not self._prior or not probabilities:
            return list(probabilities)
        probabilities = [_shifted(p, _powerless(powers)) for p in probabilities]
        share, adjusted = self._prior, list(probabilities)
        for _ in range(_ROUNDS):
            yes, no = share / self._prior, (1 - share) / (1 - self._prior)
            adjusted = [yes * p / (yes * p + no * (1 - p)) for p in probabilities]
            new = (sum(adjusted) + PRIOR_STRENGTH * self._prior) / (len(adjusted) + PRIOR_STRENGTH)
            if abs(new - share) < 1e-4:
                break
            share = new
        return [bounded(min(pair)) for pair in zip(probabilities, adjusted, strict=True)]

    def grounds(self, traits: Iterable[str], most: int = 4) -> list[str]:
        """The traits that weighed most, with their weights: ``both sides named (+0.61)``."""
        weighed = [(self._weights.get(trait, 0.0), trait) for trait in traits]
        weighed.sort(key=lambda pair: (-abs(pair[0]), pair[1]))
        return [f"{trait} ({weight:+.2f})" for weight, trait in weighed[:most] if weight]


def _powerless(powers: Sequence[bool]) -> float:
    """By how much the odds fall, in log odds, for how few of an article's sentences name a power: 0 or less."""
    named = (sum(powers) + POWERS_STRENGTH * POWERS_NAMED) / (len(powers) + POWERS_STRENGTH)
    return POWERLESS * min(0.0, named - POWERS_NAMED)


def _shifted(probability: float, log_odds: float) -> float:
    return 1 / (1 + (1 - probability) / probability * math.exp(-log_odds)) if log_odds else probability


def bounded(probability: float) -> float:
    """A probability as it is said: two places, never certain."""
    return round(min(MOST, max(LEAST, probability)), 2)


def _build(files: KnowledgeFiles) -> bytes:
    weights: dict[str, float] = {}
    for place, cells in files.rows("scorer/*.tsv"):
        try:
            trait, weight = cells
            weights[trait] = float(weight)
        except ValueError:
            raise KnowledgeError(f"{place}: not a trait, a tab and a weight: {cells}") from None
    return msgspec.msgpack.encode(weights)


SCORER = Section("scorer", 1, _build)
