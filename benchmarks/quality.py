"""How well Rasd reads, by every scorer that the shared data allow, held against pinned floors.

    python benchmarks/quality.py                      measure; exit 1 where a figure is under its floor
    python benchmarks/quality.py --pin --reason WHY   raise floors to the figures measured (never lowers)
    python benchmarks/quality.py --lower "NAME" --reason WHY   lower one floor, on purpose
    python benchmarks/quality.py --json               the figures alone, as JSON

The floors stand in ``benchmarks/quality.toml`` (`floors`). Where ``../shared`` is absent nothing
is measured, and the command says so. Floors pinned on other data than those found are not held.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import calibration
import floors as gate

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FLOORS = ROOT / "benchmarks" / "quality.toml"
Figures = dict[str, float]


class MeasureError(Exception):
    """A scorer or the reader failed; the message says which and how."""


@dataclass(frozen=True)
class Collection:
    """Data to measure with: what it is called, its files under the shared folder, and its figures."""

    name: str
    paths: tuple[str, ...]
    measure: Callable[[Path, Path], Figures]
    # The extra that measuring needs.
    extra: str = ""

    def files(self, shared: Path) -> list[Path]:
        """All files of the collection, in a fixed order; empty where one is missing."""
        found: list[Path] = []
        for path in (shared / p for p in self.paths):
            if not path.exists():
                return []
            found += sorted(path.rglob("*.json*")) if path.is_dir() else [path]
        return found

    def hash(self, shared: Path) -> str:
        """Twelve hex digits that change with the content of any file."""
        digest = hashlib.sha256()
        for file in self.files(shared):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        return digest.hexdigest()[:12]


def run(*command: str | Path, fails_with: tuple[int, ...] = ()) -> str:
    """What a command prints. Raises `MeasureError` with its last line of error where it fails."""
    done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode and done.returncode not in fails_with:
        last = (done.stderr.strip() or done.stdout.strip() or "no output").splitlines()[-1]
        raise MeasureError(f"{' '.join(map(str, command[:3]))}: exit {done.returncode}: {last}")
    return done.stdout


def coded(articles: Path, folder: Path, *flags: str) -> Path:
    """The records of a file of articles."""
    records = folder / "records.jsonl"
    run("-m", "rasd", "code", articles, "-o", records, *flags)
    return records


_EVENT_LINES = (
    (re.compile(r"^(typed|who): P \S+ R \S+ F1 (\S+)", re.M), "{} F1"),
    (re.compile(r"^(status|date|place): .*\((\S+)\)", re.M), "{} right"),
    (re.compile(r"^times: (found) F1 ([\d.]+)", re.M), "times {} F1"),
    (re.compile(r"^times: .*(right) F1 ([\d.]+)", re.M), "times {} F1"),
)


def event_figures(printed: str) -> Figures:
    """The figures in what ``score_events.py`` prints. Raises `MeasureError` where one is missing."""
    found: Figures = {}
    for pattern, name in _EVENT_LINES:
        matches = pattern.findall(printed)
        if not matches:
            raise MeasureError(f"score_events.py printed no line like {pattern.pattern}")
        found |= {name.format(what): float(value) for what, value in matches}
    return found


def gsr_figures(printed: str) -> Figures:
    """The figures in what ``score_gsr.py`` prints."""
    line = r"^(\w+): P \S+ R \S+ F1 (\S+)\s+actors (\d+)/(\d+)\s+recipients (\d+)/(\d+)"
    found: Figures = {}
    for kind, f1, actors, of_actors, recipients, of_recipients in re.findall(line, printed, re.M):
        found[f"{kind} F1"] = float(f1)
        found[f"{kind} actors found"] = int(actors) / max(1, int(of_actors))
        found[f"{kind} recipients found"] = int(recipients) / max(1, int(of_recipients))
    if not found:
        raise MeasureError("score_gsr.py printed no figures")
    return found


def _events(articles: str, gold: str, *flags: str) -> Callable[[Path, Path], Figures]:
    def measure(shared: Path, folder: Path) -> Figures:
        records = coded(shared / articles, folder, *flags)
        figures = event_figures(run(shared / "tools/score_events.py", shared / gold, records))
        said = calibration.all_judged(shared / gold, records)
        return figures | {"right of those said with 0.9 or more": calibration.share_right(said, 0.9)}

    return measure


def _gsr(shared: Path, folder: Path) -> Figures:
    sentences = shared / "bench/gsr/dev.jsonl"
    return gsr_figures(run(shared / "tools/score_gsr.py", sentences, coded(sentences, folder)))


def _share(printed: str, pattern: str) -> float:
    match = re.search(pattern, printed)
    if match is None:
        raise MeasureError(f"no figure like {pattern} in: {printed[-200:]!r}")
    return int(match[1]) / max(1, int(match[2]))


def _times(shared: Path, folder: Path) -> Figures:
    cases = shared / "bench/times/recognizers-dev.jsonl"
    printed = run(shared / "tools/score_times.py", cases, coded(cases, folder))
    return {"right": _share(printed, r"all: (\d+) of (\d+)")}


def _seed(shared: Path, folder: Path) -> Figures:
    del folder
    rasd = f"{sys.executable} -m rasd"
    printed = run(
        shared / "tools/check_seed.py", "--rasd", rasd, "--folder", shared / "seed", fails_with=(1,)
    )  # 1 says that facts are missing: the figure says how many
    return {"facts": _share(printed, r"facts: (\d+) of (\d+)")}


def mention_figures(printed: str) -> Figures:
    """The nested F1 of each class in what ``mentions.py`` prints."""
    nested = printed.partition("nested")[2].partition("flat")[0]
    found = {f"{name} F1": float(f1) for name, f1 in re.findall(r"^\s+(\w+)\s+P .* F1 (\S+)", nested, re.M)}
    if not found:
        raise MeasureError("mentions.py printed no figures")
    return found


def _mentions(shared: Path, folder: Path) -> Figures:
    del folder
    return mention_figures(run("benchmarks/mentions.py", shared / "bench/wojood/val.txt"))


def dating_figures(printed: str) -> Figures:
    """Of undated articles, how many are given an interval, and how often it holds the truth, over all halves."""
    inside = [(int(a), int(b)) for a, b in re.findall(r"truth inside (\d+) of (\d+)", printed)]
    given = sum(b for _, b in inside)
    if not given:
        raise MeasureError("dating.py printed no figures")
    return {"truth inside": sum(a for a, _ in inside) / given, "articles given an interval": float(given)}


def _dating(shared: Path, folder: Path) -> Figures:
    del folder
    return dating_figures(run("benchmarks/dating.py", shared / "corpus/saudinews-dev.jsonl.gz"))


EXTRAS = {"careful": ("numpy", "onnxruntime", "tokenizers")}
COLLECTIONS = (
    Collection("articles", ("gold/dev",), _events("gold/dev/articles.jsonl", "gold/dev")),
    # The learned reader has seen the sentences in training: only the articles measure it.
    Collection(
        "articles, careful", ("gold/dev",), _events("gold/dev/articles.jsonl", "gold/dev", "--careful"), extra="careful"
    ),
    Collection("sentences", ("gold/sentences",), _events("gold/sentences/articles.jsonl", "gold/sentences/gold.jsonl")),
    Collection("gsr", ("bench/gsr/dev.jsonl",), _gsr),
    Collection("recognizers", ("bench/times/recognizers-dev.jsonl",), _times),
    Collection("mentions", ("bench/wojood/val.txt",), _mentions),
    Collection("dating", ("corpus/saudinews-dev.jsonl.gz",), _dating),
    Collection("seed", ("seed/article.txt", "seed/expected.yaml"), _seed),
)


def installed(extra: str) -> bool:
    """Whether the libraries of one of Rasd's extras are there."""
    return all(importlib.util.find_spec(name) is not None for name in EXTRAS[extra])


def measured(shared: Path, collections: Iterable[Collection]) -> dict[str, Figures]:
    """The figures of each collection that is there, by its name."""
    found: dict[str, Figures] = {}
    for collection in collections:
        if not collection.files(shared):
            print(f"{collection.name}: not there, not measured")
            continue
        if collection.extra and not installed(collection.extra):
            print(f"{collection.name}: rasd[{collection.extra}] is not installed, not measured")
            continue
        with tempfile.TemporaryDirectory() as folder:
            figures = collection.measure(shared, Path(folder))
        found[collection.name] = {f"{collection.name}: {name}": value for name, value in figures.items()}
    return found


def held(floors: gate.Floors, hashes: dict[str, str], results: dict[str, Figures]) -> list[gate.Finding]:
    """What to hold against floors: figures of collections that are as they were when pinned."""
    findings: list[gate.Finding] = []
    for name, figures in results.items():
        pinned = floors.data.get(name)
        if pinned is not None and pinned != hashes[name]:
            print(f"{name}: the data are not those that the floors were pinned on: measured, not held")
            findings += [gate.Finding(figure, value, None) for figure, value in figures.items()]
        else:
            findings += gate.compare(floors, figures)
    return findings


def report(findings: list[gate.Finding], floors: gate.Floors) -> int:
    """Print each figure with its floor and what changed; 1 where one fell, else 0."""
    width = max(len(f.name) for f in findings)
    for finding in findings:
        value = gate.rounded(finding.value)
        line = f"{finding.name:{width}}  {value:.3f}"
        if finding.floor is None:
            line += "  no floor"
        elif finding.fell:
            since = floors.figures[finding.name]
            line += f"  FELL under {finding.floor:.3f} ({since.date}: {since.reason})"
        elif finding.rose:
            line += f"  rose from {finding.floor:.3f}"
        print(line)
    names = {f.name for f in findings}
    for name in floors.figures:
        if name not in names:
            print(f"{name}: has a floor and was not measured")
    fell = [f.name for f in findings if f.fell]
    if fell:
        print(f"{len(fell)} under the floor: {', '.join(fell)}", file=sys.stderr)
    return 1 if fell else 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--floors", type=Path, default=FLOORS)
    parser.add_argument("--pin", action="store_true", help="raise floors to the figures measured")
    parser.add_argument("--lower", metavar="NAME", help="lower the floor of one figure to what is measured")
    parser.add_argument("--reason", default="", help="why floors change; kept beside them")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON, hold nothing")
    options = parser.parse_args(arguments)
    if not options.shared.is_dir():
        print(f"quality: {options.shared} is absent: nothing was measured")
        return 0
    if options.pin and not options.reason.strip():
        parser.error("--pin asks for a --reason")
    try:
        return _measure_and_hold(options)
    except (gate.FloorError, MeasureError) as error:
        print(f"quality: {error}", file=sys.stderr)
        return 2


def _measure_and_hold(options: argparse.Namespace) -> int:
    floors = gate.load(options.floors)
    results = measured(options.shared, COLLECTIONS)
    figures = {name: value for found in results.values() for name, value in found.items()}
    if options.json:
        print(json.dumps({name: gate.rounded(value) for name, value in figures.items()}, indent=1))
        return 0
    hashes = {c.name: c.hash(options.shared) for c in COLLECTIONS if c.name in results}
    today = dt.date.today()
    if options.lower:
        floors = gate.lower(floors, options.lower, figures, options.reason, today)
        gate.save(options.floors, floors)
    if options.pin:
        floors = gate.pin(floors, figures, hashes, options.reason, today)
        gate.save(options.floors, floors)
    return report(held(floors, hashes, results), floors)


if __name__ == "__main__":
    sys.exit(main())
