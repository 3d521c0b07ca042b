"""Train the weights by which candidates are believed to be events or not.

    python scripts/train_scorer.py [--shared ../shared]        writes src/rasd/data/scorer/events.tsv
    python scripts/train_scorer.py --check                     cross-validates, writes nothing

What it learns from: the sentences of ``../shared/gold/sentences`` (MIT licence) with every event
recorded, our own passages (``training/sentences``), and the examples of our own predicate files. Newspaper
articles (``gold/dev``) only measure. Needs ``pip install rasd[careful,train]``. The same data give the same weights.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rasd import Reader
from rasd.lexicon.files import OURS, KnowledgeFiles
from rasd.what.schema import Predicate
from rasd.what.scorer import BIAS, KEEP, PRIOR
from rasd.what.traits import lexical

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "training"))
import gold as passages  # noqa: E402

TARGET = OURS / "scorer" / "events.tsv"
# Strength of the penalty, swept over 0.02, 0.05, 0.1, 0.3: typed F1 in cross-validation is flat
# up to 0.1 and falls after; the smaller is better calibrated on other texts.
C = 0.04
# What a candidate of our own passages counts for beside one of a newspaper's sentence: they are denser in events
# than any paper. Swept over 0, a sixth, a third and 1: typed F1 of the sentences in cross-validation 0.756, 0.764,
# 0.766, 0.765, of articles 0.741, 0.740, 0.736, 0.733.
OWN = 1 / 6
# A trait seen less often says nothing; a smaller weight is not worth its line.
LEAST_SEEN, LEAST_WEIGHT = 3, 0.01
FOLDS = 5
# How much F1 a higher threshold may cost: texts that were not chosen for their events hold fewer of them.
SLACK = 0.003
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5)
PUBLISHED = "2024-05-15"


@dataclass
class Row:
    """A candidate: its traits, whether gold has it, and whether the rules would keep it."""

    traits: list[str]
    right: bool
    accepted: bool
    start: int
    type: str
    weight: float = 1.0


@dataclass
class Text:
    """The candidates of one text and the number of its gold events."""

    rows: list[Row]
    gold: int


def sentence_of(text: str, at: int) -> int:
    """The number of the sentence at a character, counted as ``score_events.py`` counts."""
    return len(re.findall(r"[.!?؟\n]+", text[:at]))


def gold_text(reader: Reader, article: dict[str, Any], events: list[dict[str, Any]]) -> Text:
    """A text read, each gold event given to the nearest candidate of its type and sentence."""
    text = article["text"]
    rows = _rows(reader, text, article.get("published"))
    free = list(rows)
    for event in events:
        here = sentence_of(text, event["start"])
        same = [r for r in free if r.type == event["type"] and sentence_of(text, r.start) == here]
        if same:
            best = min(same, key=lambda r: (not r.accepted, abs(r.start - event["start"])))
            best.right = True
            free.remove(best)
    return Text(rows, len(events))


def _rows(reader: Reader, text: str, published: str | None) -> list[Row]:
    return [
        Row(v.traits, False, v.event is not None, start, v.candidate.predicate.type)
        for start, v in reader.verdicts(text, published=published)
        if v.traits
    ]


def example_rows(reader: Reader) -> Iterable[Row]:
    """The candidates of our own examples whose answer the example gives."""
    for entry in KnowledgeFiles().entries("predicates/*.yaml", Predicate, lambda e: e.id):
        for example in entry.examples:
            rows = [r for r in _rows(reader, example.text, PUBLISHED) if r.type == entry.type]
            if not example.none and rows:
                own = [r for r in rows if f"predicate {entry.id}" in r.traits]
                rows = (own or rows)[:1]
            for row in rows:
                row.right = not example.none
                yield row


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """The weights. Each candidate counts half as it is and half without the words that name it,
    so that a predicate nobody has seen is judged by all its other traits."""
    seen = Counter(trait for row in rows for trait in row.traits)
    whole = [{t: 1 for t in r.traits if seen[t] >= LEAST_SEEN} for r in rows]
    bare = [{t: 1 for t in traits if not lexical(t)} for traits in whole]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(whole + bare)
    right = np.array([r.right for r in rows] * 2)
    model = LogisticRegression(C=C, max_iter=3000).fit(matrix, right, sample_weight=[r.weight / 2 for r in rows] * 2)
    weights = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    return {str(t): float(w) for t, w in weights.items() if abs(w) >= LEAST_WEIGHT} | {BIAS: float(model.intercept_[0])}


def probability(weights: dict[str, float], row: Row) -> float:
    total = weights[BIAS] + sum(weights.get(t, 0.0) for t in row.traits)
    return float(1 / (1 + np.exp(-total)))


def f1(judged: Iterable[tuple[Row, bool]], gold: int) -> float:
    kept = [row for row, keep in judged if keep]
    hits = sum(row.right for row in kept)
    return 2 * hits / (len(kept) + gold) if kept else 0.0


def cross_validate(texts: list[Text], always: list[Row]) -> tuple[float, list[tuple[Row, float]]]:
    """The highest threshold about as good as the best, and every candidate with the probability that a model
    without its text gives it."""
    judged: list[tuple[Row, float]] = []
    for fold in range(FOLDS):
        train = [row for n, text in enumerate(texts) if n % FOLDS != fold for row in text.rows]
        weights = fit([*train, *always])
        judged += [(row, probability(weights, row)) for text in texts[fold::FOLDS] for row in text.rows]
    gold = sum(text.gold for text in texts)
    print(f"rules alone: typed F1 {f1(((r, r.accepted) for r, _ in judged), gold):.3f}")
    scores = {t: f1(((r, p >= t) for r, p in judged), gold) for t in THRESHOLDS}
    for threshold, score in scores.items():
        print(f"kept from {threshold:.2f}: typed F1 {score:.3f} (cross-validated)")
    best = max(scores.values())
    return max(t for t in THRESHOLDS if scores[t] >= best - SLACK), judged


def show_calibration(judged: list[tuple[Row, float]]) -> None:
    """Of the candidates given about a probability, the share that is right."""
    for low in np.arange(0, 1, 0.1):
        rights = [row.right for row, p in judged if low <= p < low + 0.1]
        if rights:
            print(f"said {low:.1f} to {low + 0.1:.1f}: {len(rights):5} candidates, {np.mean(rights):.2f} right")


def write(weights: dict[str, float], keep: float, prior: float) -> None:
    lines = [
        "# What speaks for and against a candidate being an event: trait, tab, weight (log odds).",
        "# Origin: written by scripts/train_scorer.py from sentences under the MIT licence and our own passages.",
        "# (keep) is the least probability that is believed, (prior) the share of events in training. "
        f"Known gaps: traits seen less than {LEAST_SEEN} times have no line.",
        f"{BIAS}\t{weights[BIAS]:.3f}",
        f"{KEEP}\t{keep:.2f}",
        f"{PRIOR}\t{prior:.3f}",
    ]
    ordered = sorted((t for t in weights if t != BIAS), key=lambda t: (-abs(round(weights[t], 3)), t))
    lines += [f"{trait}\t{weights[trait]:.3f}" for trait in ordered]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--check", action="store_true", help="cross-validate only")
    options = parser.parse_args()
    folder = options.shared / "gold" / "sentences"
    if not folder.is_dir():
        print(f"train_scorer: {folder} is absent: nothing to learn from", file=sys.stderr)
        return 1
    reader = Reader()
    reader.ignore_scorer()
    gold = {g["key"]: g["events"] for g in map(json.loads, (folder / "gold.jsonl").open(encoding="utf-8"))}
    articles = list(map(json.loads, (folder / "articles.jsonl").open(encoding="utf-8")))
    texts = [gold_text(reader, a, gold[a["id"]]) for a in articles]
    own = [row for a, e in passages.own([ROOT / "training" / "sentences"]) for row in gold_text(reader, a, e).rows]
    for row in own:
        row.weight = OWN
    always = [*example_rows(reader), *own]
    print(f"{len(texts)} texts, {sum(len(t.rows) for t in texts)} candidates; {len(always)} of our own")
    keep, judged = cross_validate(texts, always)
    show_calibration(judged)
    if not options.check:
        rows = [row for text in texts for row in text.rows]
        write(fit(rows + always), keep, sum(row.right for row in rows) / len(rows))
        print(f"{TARGET.relative_to(ROOT)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
