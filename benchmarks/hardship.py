"""Whether anything in a corpus, or in what is left of it after rough handling, makes the reader crash, hang or lie.

    python benchmarks/hardship.py [ARTICLES.jsonl.gz] [--mutated 10000] [--take N] [--seed 1] [--quick]

Every article is read; then so many are taken at random, each handled roughly in one way (cut off, shuffled, doubled,
written in another encoding, garbled, sown with stray marks ...), handed to the decoder as the bytes of a file and read
if it takes them. What must hold: no error but a reason, no article that takes over 30 seconds of the processor, every
offset of a record points at its words, and nothing is refused but for what was done to it (articles that are not
Arabic to begin with are counted and left alone). Without a file it reads
the corpus in ../shared, or, where that is absent, the examples. Exits with 1 where something does not hold.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from rasd import Reader  # noqa: E402
from rasd.sources.decoding import UndecodableError, check_arabic, decode  # noqa: E402
from record_invariants import check  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus" / "saudinews-dev.jsonl.gz"
# Of the processor's time, so that a busy machine is no hang.
LIMIT = 30.0
# The marks that pages are full of and that nobody sees: joiners, directions, a mark of order, vowels, a stretch.
STRAY = "\u200c\u200d\u200e\u200f\u202b\u202c\ufeff\u064b\u064e\u0651\u0640\u00a0\u00ad"
# Refusals that rough handling can lead to, by what it is.
ARABIC, ENCODING = ("empty", "not Arabic"), ("garbled", "broken UTF-8", "not UTF-8", "not text")

Handling = Callable[[str, random.Random], bytes]


def words_of(text: str, chance: random.Random) -> list[str]:
    """The words in another order."""
    words = text.split(" ")
    chance.shuffle(words)
    return words


def cut(text: str, chance: random.Random) -> bytes:
    at = chance.randrange(len(text) + 1)
    return (text[:at] if chance.random() < 0.5 else text[at:]).encode()


def cut_in_a_letter(text: str, chance: random.Random) -> bytes:
    data = text.encode()
    return data[: chance.randrange(len(data) + 1)]


def shuffled_words(text: str, chance: random.Random) -> bytes:
    return " ".join(words_of(text, chance)).encode()


def shuffled_sentences(text: str, chance: random.Random) -> bytes:
    parts = text.replace("\n", ".").split(".")
    chance.shuffle(parts)
    return ". ".join(parts).encode()


def shuffled_letters(text: str, chance: random.Random) -> bytes:
    return "".join(chance.sample(text, len(text))).encode()


def doubled(text: str, chance: random.Random) -> bytes:
    return (text * chance.randrange(2, 6)).encode()


def doubled_words(text: str, chance: random.Random) -> bytes:
    return " ".join(f"{w} {w}" if chance.random() < 0.3 else w for w in text.split(" ")).encode()


def joined(text: str, _chance: random.Random) -> bytes:
    return text.replace(" ", "").encode()


def one_line(text: str, _chance: random.Random) -> bytes:
    return " ".join("".join(c for c in text if c not in '.،؛:؟!"()«»').split()).encode()


def sown(text: str, chance: random.Random) -> bytes:
    return "".join(c + chance.choice(STRAY) if chance.random() < 0.1 else c for c in text).encode()


def holed(text: str, chance: random.Random) -> bytes:
    return "".join(c for c in text if chance.random() > 0.1).encode()


def other_digits(text: str, chance: random.Random) -> bytes:
    return "".join(chance.choice("0123456789٠١٢٣٤٥٦٧٨٩/-:.") if c.isdecimal() else c for c in text).encode()


def backwards(text: str, _chance: random.Random) -> bytes:
    return text[::-1].encode()


def in_markup(text: str, chance: random.Random) -> bytes:
    return " ".join(f"<b class=x>{w}</b>&nbsp;" if chance.random() < 0.1 else w for w in text.split(" ")).encode()


def other_encoding(text: str, chance: random.Random) -> bytes:
    encoding = chance.choice(["cp1256", "iso8859_6", "utf-16", "utf-16-le", "utf-16-be", "mac_arabic", "utf-8-sig"])
    return text.encode(encoding, "replace")


def garbled(text: str, chance: random.Random) -> bytes:
    return text.encode().decode(chance.choice(["cp1252", "latin-1", "cp1256"]), "replace").encode()


def noise(text: str, chance: random.Random) -> bytes:
    data = bytearray(text.encode())
    for _ in range(chance.randrange(1, 40)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


# Each way with the refusals that it may lead to.
WAYS: dict[str, tuple[Handling, tuple[str, ...]]] = {
    "cut off": (cut, ARABIC), "cut off within a letter": (cut_in_a_letter, ARABIC + ENCODING),
    "words shuffled": (shuffled_words, ()), "sentences shuffled": (shuffled_sentences, ()),
    "letters shuffled": (shuffled_letters, ()), "doubled": (doubled, ()), "words doubled": (doubled_words, ()),
    "without spaces": (joined, ()), "without marks": (one_line, ()), "sown with stray marks": (sown, ()),
    "letters lost": (holed, ()), "other digits": (other_digits, ()), "backwards": (backwards, ()),
    "in markup": (in_markup, ARABIC), "another encoding": (other_encoding, ENCODING),
    "garbled": (garbled, ENCODING + ARABIC), "bytes altered": (noise, ENCODING + ARABIC),
}  # fmt: skip


class Hang(BaseException):
    """An article takes too long."""


@dataclass(slots=True)
class Outcome:
    """What became of the articles handled in one way."""

    read: int = 0
    refused: Counter[str] = field(default_factory=Counter[str])
    whole: int = 0
    events: int = 0
    slowest: float = 0.0


@dataclass(slots=True)
class Hardship:
    """Reads what is left of articles and keeps what became of it."""

    reader: Reader
    outcomes: dict[str, Outcome] = field(default_factory=dict[str, Outcome])
    faults: list[str] = field(default_factory=list[str])

    def take(
        self, way: str, name: str, data: bytes, published: str | None, original: str, may: tuple[str, ...]
    ) -> None:
        """Decode and read one article, in bounded time."""
        outcome = self.outcomes.setdefault(way, Outcome())
        began = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
        try:
            text = decode(data)
            record = self.reader.read(text, published=published)
            check(record)
            record.to_json()
        except UndecodableError as error:
            outcome.refused[str(error).split(" (")[0].split(",")[0]] += 1
            if not str(error).startswith(may or ("\0",)):
                self.faults.append(f"{name}, {way}: refused without need: {error}")
        except Hang:
            self.faults.append(f"{name}, {way}: over {LIMIT:.0f} s")
        except Exception:
            self.faults.append(f"{name}, {way}:\n{traceback.format_exc(limit=-3)}")
        else:
            outcome.read += 1
            outcome.whole += text == original
            outcome.events += len(record.events)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        outcome.slowest = max(outcome.slowest, time.process_time() - began)

    def report(self) -> None:
        """Print what became of them."""
        print(f"{'':<24}{'read':>7}{'as it was':>11}{'refused':>9}{'events':>8}{'slowest':>9}")
        for way, o in self.outcomes.items():
            print(f"{way:<24}{o.read:>7,}{o.whole:>11,}{o.refused.total():>9,}{o.events:>8,}{o.slowest:>7.2f} s")
        for way, o in self.outcomes.items():
            for reason, count in o.refused.most_common():
                print(f"  {way}: {count:,} refused: {reason}")


def articles(path: Path | None) -> Iterator[tuple[str, str, str | None]]:
    """The name, text and day of each article."""
    if path is None and not CORPUS.exists():
        print(f"no corpus at {CORPUS.parent}: the examples are read instead", file=sys.stderr)
        for file in sorted((ROOT / "examples").glob("*.txt")):
            yield file.stem, file.read_text(encoding="utf-8"), None
        return
    with gzip.open(path or CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            yield article["id"], article["text"], article.get("published")


def parted(given: Iterator[tuple[str, str, str | None]]) -> tuple[list[tuple[str, str, str | None]], int]:
    """The articles that are Arabic, and how many are not."""
    found: list[tuple[str, str, str | None]] = []
    foreign = 0
    for article in given:
        try:
            check_arabic(article[1])
        except UndecodableError:
            foreign += 1
        else:
            found.append(article)
    return found, foreign


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="?", help="JSON Lines, gzipped")
    parser.add_argument("--take", type=int, help="only so many whole articles, at random")
    parser.add_argument("--mutated", type=int, default=10_000, help="so many handled roughly (10,000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="100 articles, 340 handled roughly")
    given = parser.parse_args()
    if given.quick:
        given.take, given.mutated = 100, 340
    return given


def main() -> int:
    given = arguments()
    chance = random.Random(given.seed)
    found, foreign = parted(articles(given.articles))

    def stop(*_: object) -> None:
        raise Hang

    signal.signal(signal.SIGVTALRM, stop)
    began = time.process_time()
    hardship = Hardship(Reader())
    whole = found if given.take is None else chance.sample(found, min(given.take, len(found)))
    for name, text, published in whole:
        hardship.take("whole", name, text.encode(), published, text, ())
    ways = list(WAYS.items())
    for number in range(given.mutated):
        way, (handle, may) = ways[number % len(ways)]
        name, text, published = chance.choice(found)
        day = published if chance.random() < 0.7 else None
        hardship.take(way, name, handle(text, chance), day, text, may)
    hardship.report()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if foreign:
        print(f"{foreign:,} articles are not Arabic and were left alone")
    print(f"{time.process_time() - began:.0f} s of one core, {memory:.0f} MB; {len(hardship.faults)} faults")
    for fault in hardship.faults[:50]:
        print(fault)
    return 1 if hardship.faults else 0


if __name__ == "__main__":
    sys.exit(main())
