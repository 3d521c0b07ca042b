"""Write the list of known gaps anew: which examples and cases the reader, as it is, does not read rightly.

    python scripts/known_gaps.py

rewrites ``tests/what/known_gaps.txt`` (the examples of the predicate files) and prints, for the
tables whose cases carry ``known_gap: true``, which marks can go and which cases fail without one.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
for folder in ("src", "tests", "tests/what", "tests/reader"):
    sys.path.insert(0, str(ROOT / folder))

import grammar_cases  # noqa: E402
import variation_cases  # noqa: E402
from predicate_examples import GAPS, examples, fault  # noqa: E402

from rasd import Reader  # noqa: E402

HEADER = """\
# Examples of the predicate files that the reader does not read as their entries say: entry and number.
# Written by scripts/known_gaps.py. An example that fails and is not here fails the tests.
"""


def main() -> None:
    reader = Reader()
    failing = [case.key for case in examples() if fault(reader, case) is not None]
    GAPS.write_text(HEADER + "".join(f"{key}\n" for key in failing), encoding="utf-8")
    print(f"{GAPS.relative_to(ROOT)}: {len(failing)} of {len(examples())} examples")
    for name, marked, failing in (
        ("grammar.yaml", *grammar_cases.marked_and_failing()),
        ("variations.yaml", *variation_cases.marked_and_failing(reader)),
    ):
        print(f"{name}: {len(failing)} fail")
        for key in sorted(marked - failing):
            print(f"  passes now, unmark: {key}")
        for key in sorted(failing - marked):
            print(f"  fails unmarked: {key}")


if __name__ == "__main__":
    main()
