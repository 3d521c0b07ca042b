"""Write anew which examples and cases the reader, as it is, does not read rightly.

    python scripts/known_gaps.py

rewrites ``tests/what/known_gaps.txt`` (the examples of the predicate files) and the marks
``known_gap: true`` in the tables of cases, and prints what has come and what has gone: look at
each new gap before committing it. The tests limit how many gaps there may be.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
for folder in ("src", "tests", "tests/what", "tests/reader"):
    sys.path.insert(0, str(ROOT / folder))

import grammar_cases  # noqa: E402
import variation_cases  # noqa: E402
from predicate_examples import GAPS, examples, fault, known_gaps  # noqa: E402

from rasd import Reader  # noqa: E402

HEADER = """\
# Examples of the predicate files that the reader does not read as their entries say: entry and number.
# Written by scripts/known_gaps.py. An example that fails and is not here fails the tests.
"""
_MARK = ", known_gap: true}"


def main() -> None:
    reader = Reader()
    before = known_gaps()
    failing = [case.key for case in examples() if fault(reader, case) is not None]
    GAPS.write_text(HEADER + "".join(f"{key}\n" for key in failing), encoding="utf-8")
    _report(GAPS, len(examples()), before, set(failing))
    marked, missed = grammar_cases.marked_and_failing()
    _mark_grammar(missed)
    _report(grammar_cases.TABLE, len(grammar_cases.cases()), marked, missed)
    marked, missed = variation_cases.marked_and_failing(reader)
    _mark_variations(missed)
    _report(variation_cases.TABLE, sum(len(v["facts"]) for v in variation_cases.variations()), marked, missed)


def _report(path: Path, total: int, before: set[str], now: set[str]) -> None:
    print(f"{path.relative_to(ROOT)}: {len(now)} of {total}")
    for sign, keys in (("new gap", now - before), ("closed", before - now)):
        for key in sorted(keys):
            print(f"  {sign}: {key}")


def _mark_grammar(failing: set[str]) -> None:
    """Mark the cases with these texts in grammar.yaml, and no others."""
    path, texts = grammar_cases.TABLE, iter(case["text"] for case in grammar_cases.cases())
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line == "  known_gap: true":
            continue
        lines.append(line)
        if line.startswith("- ") and next(texts) in failing:
            lines.append("  known_gap: true")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _mark_variations(failing: set[str]) -> None:
    """Mark these facts (``article/fact``) in variations.yaml, and no others."""
    path, article = variation_cases.TABLE, ""
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if found := re.match(r"- id: (\S+)", line):
            article = found[1]
        elif found := re.match(r"    - \{id: ([\w-]+), ", line):
            line = line.replace(_MARK, "}")
            if f"{article}/{found[1]}" in failing:
                line = line[:-1] + _MARK
        lines.append(line)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
