"""Learn how the network joins with the rules, on texts that the network has not seen.

Each text of ``gold/sentences`` is read with the network of the fold that lacks it. Of every candidate it is then known
what the rules and the network say of it, and whether gold has it: two logistic models (for candidates of the rules, and
for those that only the network proposes) weigh the one against the other. Thresholds are swept afterwards.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression

import fitting
import gold
from rasd.learned.inputs import Row
from rasd.learned.model import Said
from rasd.learned.reading import Joining, LearnedReader
from rasd.reader import Reader
from rasd.record import Record
from torch_model import TorchModel
from train import FOLDS, WEIGHTS, Material, restored, split

START = Joining(
    keep=0.4, propose=0.2, fill=0.4, sure=0.5, status=0.95, mode=0.5,
    rules={"rules": 0.7, "network": 0.35}, alone={"network": 0.7, "one": -0.5},
)  # fmt: skip
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
KEEPS = (0.3, 0.32, 0.36, 0.4)
FILLS, SURES = (0.3, 0.5, 0.7), (0.4, 0.6, 0.8)
STATUSES = (0.9, 0.97, 1.01)
PROPOSES = (0.8, 0.9, 0.95)


class Remembering(TorchModel):
    """Says each row once, and keeps it: sweeps read the same texts many times."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._known: dict[tuple[int, ...], Said] = {}

    def say(self, rows: Iterable[Row]) -> list[Said]:
        rows = list(rows)
        new = [r for r in rows if r.tokens and tuple(r.ids) not in self._known]
        for row, said in zip(new, super().say(new) if new else [], strict=True):
            self._known[tuple(row.ids)] = said
        return [self._known.get(tuple(r.ids)) or _nothing() for r in rows]


def _nothing() -> Said:
    empty = np.zeros((0, 0), dtype=np.float32)
    return Said(empty, empty, empty, empty, empty)


@dataclass
class Judged:
    """A candidate: the grounds of its joining, whether the network alone proposes it, whether gold has it."""

    grounds: dict[str, float]
    proposed: bool
    right: bool = False


class Fold:
    """The texts that a fold's network has not seen, and a reader with that network."""

    def __init__(self, m: Material, recipe: fitting.Recipe, path: Path, texts: list[Any]) -> None:
        self.texts = texts
        self._reader = Reader()
        self._second = LearnedReader(self._reader.compiled, Remembering(restored(m, path, recipe), m.tokenizer), START)
        self._reader.read_with(self._second)

    def judged(self, joining: Joining, score: ModuleType) -> tuple[list[Judged], int]:
        """Every candidate of the texts, and the number of gold events."""
        self._second.joining = joining
        rows, gold = [], 0
        for article, events in self.texts:
            text, gold = article["text"], gold + len(events)
            found = [
                (start, v.candidate.predicate.type, Judged(v.grounds, v.candidate.proposed))
                for start, v in self._reader.verdicts(text, published=article.get("published"))
                if v.grounds
            ]
            free = list(found)
            for event in events:
                here = score.sentence_of(text, event["start"])
                same = [f for f in free if f[1] == event["type"] and score.sentence_of(text, f[0]) == here]
                if same:
                    best = min(same, key=lambda f: abs(f[0] - event["start"]))
                    best[2].right = True
                    free.remove(best)
            rows += [judged for *_, judged in found]
        return rows, gold

    def records(self, joining: Joining) -> Iterable[tuple[Record, list[dict[str, Any]]]]:
        self._second.joining = joining
        for article, events in self.texts:
            yield self._reader.read(article["text"], published=article.get("published")), events


def scorer() -> ModuleType:
    """``score_events.py`` of the shared tools."""
    spec = importlib.util.spec_from_file_location("score_events", SHARED / "tools" / "score_events.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(read: Iterable[tuple[Record, list[dict[str, Any]]]], score: ModuleType) -> dict[str, float]:
    """Typed and who F1, status: as ``score_events.py`` counts them."""
    n = dict.fromkeys(("gold", "said", "typed", "who", "status"), 0)
    for record, events in read:
        text = record.article.text
        free = [msgspec.to_builtins(e) for e in record.events]
        n["gold"] += len(events)
        n["said"] += len(free)
        for g in events:
            here = score.sentence_of(text, g["start"])
            same = [
                e for e in free if e["type"] == g["type"] and score.sentence_of(text, e["trigger"]["start"]) == here
            ]
            if same:
                e = min(same, key=lambda e: (not score.who_right(g, e), abs(e["trigger"]["start"] - g["start"])))
                free.remove(e)
                n["typed"] += 1
                n["who"] += score.who_right(g, e)
                n["status"] += e["status"] == g["status"]
    both = n["gold"] + n["said"]
    return {"typed": 2 * n["typed"] / both, "who": 2 * n["who"] / both, "status": n["status"] / max(1, n["typed"])}


def learn_joining(m: Material, recipe: fitting.Recipe, work: Path) -> None:
    """Fit, sweep, print the cross-validated figures, write ``joining.json``."""
    score = scorer()
    folds = [Fold(m, recipe, work / f"fold{n}.pt", split(m.shared, n)[1]) for n in range(FOLDS)]
    joining, report = learned(folds, score)
    articles = list(gold.shared(SHARED / "gold" / "dev"))
    measured = [Fold(m, recipe, work / f"fold{n}.pt", articles) for n in range(FOLDS)]
    joining = chosen_for_articles(measured, joining, score)
    report["articles"] = {"rules alone": _mean(measured[:1], None, score), "joined": _mean(measured, joining, score)}
    WEIGHTS.mkdir(parents=True, exist_ok=True)
    (WEIGHTS / "joining.json").write_bytes(msgspec.json.format(msgspec.json.encode(joining), indent=1))
    (WEIGHTS / "joining-report.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1))


def chosen_for_articles(measured: list[Fold], joining: Joining, score: ModuleType) -> Joining:
    """What is believed, and from which certainty on a word that no rule knows is proposed: what reads whole
    articles best and is in nothing worse than the rules alone.

    Sentences chosen for their events say little about it: a newspaper has far more sentences that tell none.
    """
    alone = _mean(measured[:1], None, score)
    best: tuple[bool, float, Joining] | None = None
    for propose, keep in itertools.product(PROPOSES, KEEPS):
        new = msgspec.structs.replace(joining, propose=propose, keep=keep)
        found = _mean(measured, new, score)
        print("propose", propose, "keep", keep, {k: round(v, 3) for k, v in found.items()}, flush=True)
        whole = all(found[name] >= value for name, value in alone.items())
        if best is None or (whole, found["typed"] + found["who"]) > best[:2]:
            best = whole, found["typed"] + found["who"], new
    assert best is not None
    return best[2]


def learned(folds: list[Fold], score: ModuleType) -> tuple[Joining, dict[str, Any]]:
    joining = START
    rows: list[list[Judged]] = []
    gold = 0
    for _ in range(2):  # what is believed changes what is lent to later acts, so once more with the new weights
        found = [fold.judged(joining, score) for fold in folds]
        rows, gold = [f[0] for f in found], sum(f[1] for f in found)
        joining = msgspec.structs.replace(joining, rules=weights(_of(rows, False)), alone=weights(_of(rows, True)))
        joining = msgspec.structs.replace(joining, keep=_best_keep(rows, gold))
    report: dict[str, Any] = {"rules alone": _mean(folds, None, score)}

    def tried(**changes: float) -> tuple[float, Joining]:
        new = msgspec.structs.replace(joining, **changes)
        found = figures(itertools.chain.from_iterable(f.records(new) for f in folds), score)
        return found["who"] + found["typed"] + 0.5 * found["status"], new

    for name, values in (("fill", FILLS), ("sure", SURES), ("status", STATUSES)):
        joining = max((tried(**{name: v}) for v in values), key=lambda pair: pair[0])[1]
        print(name, getattr(joining, name), flush=True)
    report["joined"] = _mean(folds, joining, score)
    report["calibration"] = calibration(rows)
    return joining, report


def _of(rows: list[list[Judged]], proposed: bool) -> list[Judged]:
    return [j for fold in rows for j in fold if j.proposed == proposed]


def weights(rows: list[Judged]) -> dict[str, float]:
    names = sorted({name for j in rows for name in j.grounds})
    matrix = np.array([[j.grounds.get(name, 0.0) for name in names] for j in rows])
    model = LogisticRegression(C=0.1, max_iter=3000, fit_intercept=False).fit(matrix, [j.right for j in rows])
    return {name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.005}


def _crossed(rows: list[list[Judged]]) -> list[tuple[float, bool]]:
    """Each candidate's probability by the weights of the other folds, and whether gold has it."""
    judged: list[tuple[float, bool]] = []
    for n, held in enumerate(rows):
        others = [fold for k, fold in enumerate(rows) if k != n]
        for proposed in (False, True):
            own = weights(_of(others, proposed))
            judged += [(_probability(own, j), j.right) for j in held if j.proposed == proposed]
    return judged


def _best_keep(rows: list[list[Judged]], gold: int) -> float:
    """The threshold with the best typed F1, each fold judged by the weights of the others."""
    judged = _crossed(rows)
    f1 = {k: 2 * sum(r for p, r in judged if p >= k) / (gold + sum(p >= k for p, _ in judged)) for k in KEEPS}
    print("kept from:", {k: round(v, 3) for k, v in f1.items()}, flush=True)
    return max(KEEPS, key=lambda k: f1[k])


def _probability(own: dict[str, float], judged: Judged) -> float:
    return float(1 / (1 + np.exp(-sum(own.get(n, 0.0) * v for n, v in judged.grounds.items()))))


def calibration(rows: list[list[Judged]]) -> list[str]:
    """Of the candidates given about a probability by the weights of the other folds, the share that is right."""
    judged = _crossed(rows)
    lines = []
    for low in np.arange(0, 1, 0.1):
        rights = [r for p, r in judged if low <= p < low + 0.1]
        if rights:
            lines.append(f"said {low:.1f} to {low + 0.1:.1f}: {len(rights)} candidates, {np.mean(rights):.2f} right")
    return lines


def _mean(folds: list[Fold], joining: Joining | None, score: ModuleType) -> dict[str, float]:
    if joining is None:
        alone = Reader()
        read = ((alone.read(a["text"], published=a.get("published")), events) for f in folds for a, events in f.texts)
        return figures(read, score)
    return figures(itertools.chain.from_iterable(f.records(joining) for f in folds), score)
