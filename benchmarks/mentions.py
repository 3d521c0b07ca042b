"""How well names are found: people, bodies, places and offices, nested and flat.

    python benchmarks/mentions.py SENTENCES.txt [--misses CLASS]

``SENTENCES.txt`` holds one token a line with its tags after it (``O``, ``B-PERS``, ``I-ORG`` ..., several
where names are nested), sentences apart by empty lines, as the Wojood corpus is. A name counts as found
if its tokens and its class are right. Nested: all names at all levels. Flat: the outermost names of
these classes only. Without a file ``../shared/bench/wojood/val.txt`` is read, where it is there.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from rasd import Reader

SHARED = Path(__file__).resolve().parents[2] / "shared" / "bench" / "wojood" / "val.txt"
CLASSES = {"person": "PERS", "organization": "ORG", "place": "GPE", "area": "LOC", "office": "OCC"}
AIMS = {"GPE": 0.85, "PERS": 0.75, "OCC": 0.65, "ORG": 0.60}
END = "$#$"
_CLOSING, _OPENING = ".,:;!?)]»،؛؟", "([«"

Span = tuple[int, int, str]


def sentences(path: Path) -> list[list[tuple[str, list[str]]]]:
    """Tokens with their tags, sentence by sentence."""
    found: list[list[tuple[str, list[str]]]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        word, *tags = line.split()[:1] + line.split()[1:] if line.strip() else [""]
        if not word:
            found.append([])
        elif word != END:
            found[-1].append((word, [t for t in tags if t != "O"]))
    return [s for s in found if s]


def spans(sentence: list[tuple[str, list[str]]]) -> set[Span]:
    """The annotated names of our classes, as ranges of tokens."""
    found: set[Span] = set()
    running: dict[str, int] = {}
    for at, (_, tags) in enumerate([*sentence, ("", [])]):
        for name in [n for n in running if f"I-{n}" not in tags]:
            found.add((running.pop(name), at, name))
        for tag in tags:
            begins, _, name = tag.partition("-")
            if begins == "B":
                if name in running:
                    found.add((running[name], at, name))
                running[name] = at
    return {s for s in found if s[2] in CLASSES.values()}


def read(reader: Reader, sentence: list[tuple[str, list[str]]]) -> set[Span]:
    """The names that Rasd finds, as ranges of the sentence's tokens."""
    starts: list[int] = []
    text = ""
    for word, _ in sentence:
        # As print has it: no space before a full stop nor after an opening bracket.
        if text and word not in _CLOSING and text[-1] not in _OPENING:
            text += " "
        starts.append(len(text))
        text += word
    found: set[Span] = set()
    for name in reader.names(text):
        touched = [n for n, (s, (w, _)) in enumerate(zip(starts, sentence, strict=True))
                   if s < name.end and s + len(w) > name.start]  # fmt: skip
        found.add((touched[0], touched[-1] + 1, CLASSES[name.kind]))
    return found


def outermost(names: set[Span]) -> set[Span]:
    return {n for n in names if not any(o != n and o[0] <= n[0] and n[1] <= o[1] for o in names)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sentences", type=Path, nargs="?", default=SHARED)
    parser.add_argument("--misses", metavar="CLASS", help="show what was missed (-) and wrongly found (+)")
    options = parser.parse_args()
    if not options.sentences.exists():
        raise SystemExit(f"{options.sentences} is not there; give a file")
    reader = Reader()
    counts = {"nested": Counter[tuple[str, str]](), "flat": Counter[tuple[str, str]]()}
    for sentence in sentences(options.sentences):
        gold, seen = spans(sentence), read(reader, sentence)
        for how, want, have in (("nested", gold, seen), ("flat", outermost(gold), outermost(seen))):
            for name, kinds in (("right", want & have), ("missed", want - have), ("wrong", have - want)):
                counts[how].update((kind, name) for *_, kind in kinds)
        if options.misses:
            words = [word for word, _ in sentence]
            wrong = [("-", s) for s in gold - seen] + [("+", s) for s in seen - gold]
            shown = sorted((s, mark) for mark, s in wrong if s[2] == options.misses)
            if shown:
                print(" ".join(words)[:400])
                for (first, last, _), mark in shown:
                    print("   ", mark, " ".join(words[first:last]))
    for how, count in counts.items():
        print(how)
        for kind in (*CLASSES.values(), "all"):
            right, missed, wrong = (
                sum(n for (k, what), n in count.items() if what == name and kind in (k, "all"))
                for name in ("right", "missed", "wrong")
            )
            precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
            f1 = 2 * right / max(1, 2 * right + missed + wrong)
            aim = f"  (aim {AIMS[kind]:.2f})" if how == "nested" and kind in AIMS else ""
            print(f"  {kind:5} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  of {right + missed}{aim}")


if __name__ == "__main__":
    main()
