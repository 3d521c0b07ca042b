"""Work out the weights of data/relations/identity.yaml anew from the marks of benchmarks/identity.tsv.

    python scripts/fit_identity.py ../shared/corpus/saudinews-dev.jsonl.gz [--records CODED.jsonl] [--write]

A logistic model over the traits of pairs of marked reports (those `tuned`) that share a key, and of pairs at random
that do, which are nearly all of two events. Each weight is held near what an editor would expect (`EXPECTED`; 0
where nothing is said), and none may turn its trait's meaning round. A pair of an event told by many counts less, so
that the best-known events do not decide alone. Prints the weights; with --write puts them into the file.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from rasd.lexicon.files import OURS
from rasd.relations import Identity, Memory
from rasd.relations.profile import Profile, weighted_keys

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))
from identity import TUNED, match, read_marks, records_of  # noqa: E402

# Log-odds expected of traits that marks of three weeks say too little of.
EXPECTED = {
    "other_day": -5.0, "near_day": -1.5, "outside": -1.5, "day_fits_not": -1.0, "undated_apart": -0.5,
    "person_other": -1.2, "person_same": 0.5, "other_partner": -1.0, "sides_clash": -0.5, "other_ordinal": -2.0,
    "same_count": 0.7, "near_count": 0.2, "other_count": -0.3, "sides_same_two": 0.7, "wording": 1.0, "same_day": 0.7,
}  # fmt: skip
# Traits that can only speak against; all others only for.
AGAINST = re.compile(
    r"other_|person_other|outside|apart|fits_not|clash|crossed|near_day|moved|undated|missing|place_within"
)
# How strongly weights are held near what is expected.
HOLD = 4.0
# How many pairs at random, and what each of them counts.
RANDOM, COUNTS = 6000, 0.2
# What part of a pair's count is lost as its event is told by more.
CROWDED = 0.6
# The likelihood at which reports are put together, before the bias is moved so that it reads 0.5.
THRESHOLD = 0.4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--records", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    records = {record.article.id or "": record for record in records_of(args.corpus, args.records)}
    identity = Identity()
    memory = Memory(identity=identity)
    for key, record in records.items():
        memory.add(record, key)
    marked = match(read_marks(), records)
    reports = memory.reports(r for o in memory.occurrences() for r in o.reports)
    profiles = {id: identity.profile(report) for id, report in reports.items()}
    traits, same, counts = marked_pairs(identity, profiles, marked.of(TUNED))
    for pair in random_pairs(identity, [p for id, p in profiles.items() if id not in marked.events]):
        traits.append(identity.compare(*pair))
        same.append(False)
        counts.append(COUNTS)
    bias, weights = fit(traits, same, counts)
    bias -= float(np.log(THRESHOLD / (1 - THRESHOLD)))
    print(f"bias: {bias:.2f}")
    for name in sorted(weights, key=lambda n: -weights[n]):
        print(f"  {name}: {weights[name]:.2f}")
    if args.write:
        write(bias, weights)


def marked_pairs(
    identity: Identity, profiles: dict[str, Profile], events: dict[str, str]
) -> tuple[list[dict[str, float]], list[bool], list[float]]:
    """Pairs of marked reports that share a key or an event: their traits, whether they are one, what each counts."""
    told = Counter(events.values())
    asking = {id: set(weighted_keys(profiles[id], asking=True)) for id in events}
    traits: list[dict[str, float]] = []
    same: list[bool] = []
    counts: list[float] = []
    ids = list(events)
    for n, one in enumerate(ids):
        for two in ids[:n]:
            a, b = profiles[one], profiles[two]
            if a.type != b.type or a.article == b.article or (a.status == "denied") != (b.status == "denied"):
                continue
            alike = events[one] == events[two]
            if alike or asking[one] & b.keyset or asking[two] & a.keyset:
                traits.append(identity.compare(a, b))
                same.append(alike)
                counts.append(1 / max(1, told[events[one]] - 1) ** CROWDED if alike else 1.0)
    return traits, same, counts


def random_pairs(identity: Identity, profiles: list[Profile]) -> list[tuple[Profile, Profile]]:
    """Pairs of unmarked reports that share a key, without those that are thought likely to be one."""
    by_key: defaultdict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        for key in profile.keys:
            by_key[key].append(profile)
    keys = sorted(key for key, some in by_key.items() if len(some) > 1)
    dice = random.Random(5)
    found: list[tuple[Profile, Profile]] = []
    while len(found) < RANDOM:
        one, two = dice.sample(by_key[dice.choice(keys)], 2)
        if one.article != two.article and identity.likelihood(one, two) < 0.25:
            found.append((one, two))
    return found


def fit(traits: list[dict[str, float]], same: list[bool], counts: list[float]) -> tuple[float, dict[str, float]]:
    """The bias and the weights that make what was marked likeliest, held near what is expected."""
    names = sorted({name for found in traits for name in found} | set(EXPECTED))
    matrix = np.array([[found.get(name, 0.0) for name in names] + [1.0] for found in traits])
    truth, count = np.array(same, dtype=float), np.array(counts)
    expected = np.array([EXPECTED.get(name, 0.0) for name in names])
    bounds = [(None, 0.0) if AGAINST.search(name) else (0.0, None) for name in names] + [(None, None)]

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        odds = matrix @ values
        total = np.sum(count * np.logaddexp(0, np.where(truth == 1, -odds, odds)))
        slope = matrix.T @ (count * (1 / (1 + np.exp(-odds)) - truth))
        away = values[:-1] - expected
        slope[:-1] += HOLD * away
        return float(total + HOLD / 2 * np.sum(away**2)), slope

    start = np.append(expected, 0.0)
    values = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return float(values[-1]), {name: float(value) for name, value in zip(names, values, strict=False)}


def write(bias: float, weights: dict[str, float]) -> None:
    """Put bias and traits into the file, the head and the rest of which stay."""
    path = OURS / "relations" / "identity.yaml"
    text = path.read_text("utf-8")
    text = re.sub(r"^bias: .*$", f"bias: {bias:.2f}", text, flags=re.MULTILINE)
    listed = "".join(
        f"  {n}: {weights[n]:.2f}\n" for n in sorted(weights, key=lambda n: -weights[n]) if abs(weights[n]) >= 0.005
    )
    text = re.sub(r"^traits:\n(?:  .*\n)*", f"traits:\n{listed}", text, flags=re.MULTILINE)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
