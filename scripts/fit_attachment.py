"""Work out the weights of data/grammar/attachment.yaml anew from annotated texts.

    python scripts/fit_attachment.py ../shared/gold/dev ../shared/gold/dev/articles.jsonl \
        ../shared/gold/sentences/gold.jsonl ../shared/gold/sentences/articles.jsonl [--write]

For each annotated act that Rasd finds, its date (or place) is one of those of its sentence or none
of them; the weights are those of a conditional logit model with a penalty on their squares. Prints how
well it does on texts that it was not fitted on, at several thresholds; with --write it puts
the weights of all texts into the file.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter
from pathlib import Path
from typing import Any

from rasd import Reader
from rasd.lexicon import KnowledgeFiles
from rasd.lexicon.files import OURS
from rasd.what.attachment import Weights

PENALTY, STEPS, RARE, PARTS = 1.0, 150, 8, 4
Choice = tuple[str, bool, list[tuple[bool, dict[str, float]]]]


class Recorder:
    """Stands in for the reader's `Attachment` and keeps the traits that it is asked about."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.physical = inner, inner.physical
        self.seen: dict[str, dict[int, list[tuple[Any, dict[str, float]]]]] = {"date": {}, "place": {}}

    def ways(self, *args: Any) -> Any:
        return self.inner.ways(*args)

    def date(self, ways: Any, candidate: Any, time: Any, *more: Any) -> float | None:
        traits = dict(self.inner.date_traits(ways, candidate, time, *more))
        self.seen["date"].setdefault(ways.view.token(candidate.at).end, []).append((time, traits))
        return self.inner.date(ways, candidate, time, *more)

    def place(self, ways: Any, candidate: Any, at: int, *more: Any) -> float | None:
        traits = dict(self.inner.place_traits(ways, candidate, at, *more))
        self.seen["place"].setdefault(ways.view.token(candidate.at).end, []).append((ways.view.places[at], traits))
        return self.inner.place(ways, candidate, at, *more)


def right(of: str, gold: str, phrase: Any) -> bool:
    if of == "place":
        return gold.lower()[:5] in phrase.en.lower()
    first, _, last = gold.partition("..")
    begin, end = phrase.begin or "", phrase.end_date or phrase.begin or ""
    return (
        (begin.startswith(first) or end.startswith(last)) if last else begin.startswith(first) and end.startswith(first)
    )


def sentence_of(text: str, at: int) -> int:
    return len(re.findall(r"[.!?؟\n]+", text[:at]))


def choices(pairs: list[tuple[Path, Path]]) -> dict[str, list[Choice]]:
    reader = Reader()
    recorder = Recorder(reader._events._attachment)
    reader._events._attachment = recorder  # pyright: ignore
    found: dict[str, list[Choice]] = {"date": [], "place": []}
    for gold_path, articles in pairs:
        if gold_path.is_dir():
            golds = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(gold_path.glob("*.json"))]
        else:
            golds = [json.loads(line) for line in gold_path.read_text(encoding="utf-8").splitlines()]
        texts = {a["id"]: a for a in map(json.loads, articles.read_text(encoding="utf-8").splitlines())}
        for gold in golds:
            article = texts[gold["key"]]
            recorder.seen = {"date": {}, "place": {}}
            events = list(reader.read(article["text"], published=article.get("published")).events)
            for act in gold["events"]:
                at = sentence_of(article["text"], act["start"])
                same = [
                    e for e in events if e.type == act["type"] and sentence_of(article["text"], e.trigger.start) == at
                ]
                if not same:
                    continue
                event = min(same, key=lambda e: abs(e.trigger.start - act["start"]))
                events.remove(event)
                for of, kept in found.items():
                    seen = recorder.seen[of].get(event.trigger.end, [])
                    rows = [(bool(act[of]) and right(of, act[of], p), traits) for p, traits in seen]
                    kept.append((gold["key"], bool(act[of]), rows))
    return found


def fit(data: list[Choice], names: list[str]) -> dict[str, float]:
    """The weights by gradient ascent with momentum."""
    index = {name: i for i, name in enumerate(names)}
    rows = [
        (has, [(ok, [(index[n], v) for n, v in traits.items() if n in index]) for ok, traits in options])
        for _, has, options in data
        if options and (not has or any(ok for ok, _ in options))
    ]
    weights, speed = [0.0] * len(names), [0.0] * len(names)
    rate = 3.0 / max(1, len(rows))
    for _ in range(STEPS * 4):
        slope = [-PENALTY * w for w in weights]
        for has, options in rows:
            scores = [math.exp(min(30.0, sum(weights[i] * v for i, v in traits))) for _, traits in options]
            whole = 1.0 + sum(scores)
            good = sum(s for s, (ok, _) in zip(scores, options, strict=True) if ok) or 1.0
            for score, (ok, traits) in zip(scores, options, strict=True):
                change = (score / good if has and ok else 0.0) - score / whole
                for i, v in traits:
                    slope[i] += change * v
        for i, s in enumerate(slope):
            speed[i] = 0.9 * speed[i] + rate * s
            weights[i] += speed[i]
    return dict(zip(names, weights, strict=True))


def tested(data: list[Choice], weights: dict[str, float], threshold: float) -> Counter[str]:
    count: Counter[str] = Counter()
    for _, has, options in data:
        best = max(
            ((sum(weights.get(n, 0.0) * v for n, v in t.items()), ok) for ok, t in options), default=(-99.0, False)
        )
        given = best[0] > threshold
        count["has"] += has
        count["none"] += not has
        count["right"] += has and given and best[1]
        count["wrong"] += has and given and not best[1]
        count["spurious"] += given and not has
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="+", metavar="GOLD ARTICLES")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = choices(list(zip(options.texts[::2], options.texts[1::2], strict=True)))
    fixed = {
        name
        for table in KnowledgeFiles().entries("grammar/attachment.yaml", Weights, lambda e: e.of)
        for name in table.fixed
    }
    for of, data in found.items():
        counts = Counter(name for _, _, rows in data for _, traits in rows for name in traits)
        names = sorted(name for name, n in counts.items() if n >= RARE and name not in fixed)
        keys = sorted({key for key, _, _ in data})
        totals: dict[float, Counter[str]] = {t: Counter() for t in (-2.0, -1.5, -1.0, -0.5)}
        for part in range(PARTS):
            held = set(keys[part::PARTS])
            weights = fit([d for d in data if d[0] not in held], names)
            for threshold, total in totals.items():
                total.update(tested([d for d in data if d[0] in held], weights, threshold))
        for threshold, c in totals.items():
            print(
                f"{of} threshold {threshold}: right {c['right']} of {c['has']} ({c['right'] / max(1, c['has']):.3f}), "
                f"wrong {c['wrong']}, given where none is said {c['spurious']} of {c['none']}"
            )
        weights = fit(data, names)
        said = {name: round(w, 1) for name, w in weights.items() if abs(w) >= 0.15}
        print(len(said), "weights")
        if options.write:
            write(of, said)


def write(of: str, weights: dict[str, float]) -> None:
    path = OURS / "grammar" / "attachment.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    start = next(i for i, line in enumerate(lines) if line == f"- of: {of}")
    first = next(i for i in range(start, len(lines)) if lines[i].startswith("  weights:"))
    last = next((i for i in range(first + 1, len(lines)) if not lines[i].startswith("    ")), len(lines))
    body = [f"    {name}: {weight}" for name, weight in sorted(weights.items())]
    path.write_text("\n".join([*lines[:first], "  weights:", *body, *lines[last:]]), encoding="utf-8")


if __name__ == "__main__":
    main()
