"""Work out the weights of data/sides/weights.tsv anew: who of those named stands on which side of an act.

    python scripts/fit_sides.py [--shared ../shared]        writes src/rasd/data/sides/weights.tsv
    python scripts/fit_sides.py --check                     cross-validates and measures, writes nothing

What it learns from: our own passages (``training/sentences``), the examples of our own predicate files, and the
sentences of ``../shared/gold/sentences`` (MIT licence). Newspaper articles (``gold/dev``) only measure. For
each annotated act that Rasd finds, and each side that gold names, the options of the act (`rasd.what.siding`)
compete: a conditional logit model with a penalty on the squares of its weights. The same data give the same weights.
Needs ``pip install rasd[careful,train]``.
"""

from __future__ import annotations

import argparse
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from rasd import Reader
from rasd.lexicon.files import OURS, KnowledgeFiles
from rasd.what import siding
from rasd.what.schema import Predicate
from rasd.what.siding import ACTOR, MARGIN, RECIPIENT, Options, Traits

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "training"))
import gold  # noqa: E402

TARGET = OURS / "sides" / "weights.tsv"
# Strength of the penalty, swept over 0.7, 1.5, 3, 6 and 12: flat from 1.5 to 6. A trait seen less often says
# nothing, and a smaller weight is not worth its line.
PENALTY, LEAST_SEEN, LEAST_WEIGHT = 3.0, 6, 0.02
FOLDS, STEPS = 4, 200
PUBLISHED = "2024-05-15"
HEAD = """\
# What speaks for one who is named beside an act being its actor or its recipient: side, trait, weight (log odds).
# Origin: written by scripts/fit_sides.py from our own passages and sentences under the MIT licence.
# Known gaps: traits seen less than 6 times have no line.
"""

Event = dict[str, Any]
Text = tuple[dict[str, Any], list[Event]]
Weights = dict[str, dict[str, float]]


@dataclass
class Case:
    """An annotated act that Rasd found: its text's key, gold, the options, the sides that the rules gave."""

    key: str
    gold: Event
    options: Options
    actors: list[str]
    recipients: list[str]


def mains(codes: Iterable[str]) -> set[str]:
    return {code.partition("/")[0] for code in codes if not code.startswith("None")}


def mutual(event: Event) -> bool:
    """Whether gold has all who take part as actors: its sides say nothing of who acts on whom."""
    return event["type"] == "CONSULT" or (not event["recipients"] and len(mains(event["actors"])) > 1)


def right(event: Event, actors: Iterable[str], recipients: Iterable[str]) -> bool:
    """Whether sides are right, as ``score_events.py`` counts."""
    said, acted_on = mains(actors), mains(recipients)
    if mutual(event):
        both = mains([*event["actors"], *event["recipients"]])
        return not both or len(both & (said | acted_on)) >= min(2, len(both))
    return all(not g or g & p for g, p in ((mains(event["actors"]), said), (mains(event["recipients"]), acted_on)))


def sentence_of(text: str, at: int) -> int:
    return len(re.findall(r"[.!?؟\n]+", text[:at]))


def cases(reader: Reader, texts: Iterable[Text]) -> list[Case]:
    """The annotated acts of texts that Rasd finds and whose options it weighs."""
    found: list[Case] = []
    for article, events in texts:
        text = article["text"]
        free = [(at, v) for at, v in reader.verdicts(text, published=article.get("published")) if v.event is not None]
        for event in events:
            here = sentence_of(text, event["start"])
            same = [
                (abs(at - event["start"]), at, v)
                for at, v in free
                if v.candidate.predicate.type == event["type"] and sentence_of(text, at) == here
            ]
            if not same:
                continue
            _, at, verdict = min(same, key=lambda s: s[:2])
            free.remove((at, verdict))
            if verdict.options is not None and verdict.event is not None:
                draft = verdict.event
                found.append(Case(article["id"], event, verdict.options, draft.actor_codes, draft.recipient_codes))
    return found


def examples(reader: Reader) -> list[Case]:
    """Our own examples, each an act whose sides it names."""
    found: list[Case] = []
    for entry in KnowledgeFiles().entries("predicates/*.yaml", Predicate, lambda e: e.id):
        for example in entry.examples:
            for _, verdict in reader.verdicts(example.text, published=PUBLISHED):
                draft = verdict.event
                if example.none or draft is None or verdict.options is None or draft.candidate.predicate.id != entry.id:
                    continue
                sides = {"actors": example.actors, "recipients": example.recipients}
                gold = {"type": entry.type, **sides, "named only": True}
                found.append(Case(example.text, gold, verdict.options, draft.actor_codes, draft.recipient_codes))
                break
    return found


Row = tuple[list[Traits], list[bool]]


def rows(cases: Iterable[Case], side: str) -> list[Row]:
    """What competes for a side of each act, nobody last, and which of it is right."""
    found: list[Row] = []
    for case in cases:
        wanted = mains(case.gold["actors" if side == ACTOR else "recipients"])
        if mutual(case.gold):
            continue
        if not wanted and case.gold.get("named only"):
            continue
        fits = [bool(mains(o.mention.codes) & wanted) for o in case.options.each]
        if wanted and not any(fits):
            continue  # named in another sentence only, or not at all
        found.append(([*(o.traits for o in case.options.each), case.options.nobody[side]], [*fits, not wanted]))
    return found


def fit(data: Sequence[Row]) -> dict[str, float]:
    """The weights that make the right options likeliest."""
    seen = Counter(name for options, _ in data for traits in options for name in traits)
    index = {name: i for i, name in enumerate(sorted(name for name, n in seen.items() if n >= LEAST_SEEN))}
    columns: list[int] = []
    values: list[float] = []
    starts, group, good = [0], list[int](), list[bool]()
    for number, (options, fits) in enumerate(data):
        for traits, ok in zip(options, fits, strict=True):
            for name, value in traits.items():
                if name in index:
                    columns.append(index[name])
                    values.append(value)
            starts.append(len(columns))
            group.append(number)
            good.append(ok)
    matrix = csr_matrix((values, columns, starts), shape=(len(group), len(index)))
    of, ok = np.array(group), np.array(good)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        top = np.full(len(data), -np.inf)
        np.maximum.at(top, of, scores)
        each = np.exp(scores - top[of])
        whole, fitting = np.zeros(len(data)), np.zeros(len(data))
        np.add.at(whole, of, each)
        np.add.at(fitting, of, each * ok)
        slope = matrix.T @ (each / whole[of] - each * ok / fitting[of]) + PENALTY * weights
        return float((np.log(whole) - np.log(fitting)).sum() + PENALTY / 2 * weights @ weights), slope

    result = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return {name: float(result.x[i]) for name, i in index.items() if abs(result.x[i]) >= LEAST_WEIGHT}


def learned(data: Sequence[Case]) -> Weights:
    return {side: fit(rows(data, side)) for side in (ACTOR, RECIPIENT)}


def settled(case: Case, weights: Weights, margin: float) -> tuple[Sequence[str], Sequence[str]]:
    """The codes of an act's sides once they are weighed."""
    each = case.options.each
    pair = siding.chosen(case.options, weights, margin)
    actor = each[pair.actor].mention.codes if pair.actor is not None else case.actors
    recipient = each[pair.recipient].mention.codes if pair.recipient is not None else case.recipients
    return actor, recipient


def tested(data: Sequence[Case], weights: Weights, margin: float) -> tuple[int, int, int]:
    """How many are right by the rules, how many weighed, of how many."""
    return (
        sum(right(c.gold, c.actors, c.recipients) for c in data),
        sum(right(c.gold, *settled(c, weights, margin)) for c in data),
        len(data),
    )


def part(case: Case) -> int:
    """Which fold a text is in: always the same."""
    return zlib.crc32(case.key.encode()) % FOLDS


def check(of: dict[str, list[Case]]) -> None:
    """Print how well sides are chosen in texts that the weights have not seen."""
    learning = [*of["own passages"], *of["sentences"], *of["examples"]]
    folds = [learned([c for c in learning if part(c) != n]) for n in range(FOLDS)]
    whole = learned(learning)
    for margin in (0.0, 0.25, 0.5, 1.0):
        for name, data in of.items():
            if name == "articles":
                counts = [tested(data, whole, margin)]
            else:
                counts = [tested([c for c in data if part(c) == n], folds[n], margin) for n in range(FOLDS)]
            rules, weighed, number = (sum(column) for column in zip(*counts, strict=True))
            print(f"margin {margin:.2f} {name:14} rules {rules}, weighed {weighed} of {number}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    options = parser.parse_args()
    reader = Reader()
    reader.ignore_siding()
    texts = {
        "own passages": gold.own([ROOT / "training" / "sentences"]),
        "sentences": gold.shared(options.shared / "gold" / "sentences"),
        "articles": gold.shared(options.shared / "gold" / "dev"),
    }
    of = {name: cases(reader, each) for name, each in texts.items()} | {"examples": examples(reader)}
    if options.check:
        return check(of)
    weights = learned([*of["own passages"], *of["sentences"], *of["examples"]])
    lines = [
        f"{side}\t{trait}\t{weight:.2f}"
        for side in (ACTOR, RECIPIENT)
        for trait, weight in sorted(weights[side].items())
    ]
    TARGET.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(lines)} weights; articles: rules {tested(of['articles'], weights, MARGIN)}")
    return None


if __name__ == "__main__":
    main()
