"""Fuzz a target for a while, or run what was found once more.

    python fuzz/run.py TARGET [--seconds 600] [FILE...]

See fuzz/README.md. Exits with 77 where something was found: the input lies in fuzz/findings/.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

# As in targets.py, which is not imported before it can be instrumented.
NAMES = ("sources", "decoding", "reader", "when", "tables", "questions")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=NAMES)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="inputs to run once")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--longest", type=int, default=4096, help="bytes of an input at most")
    given = parser.parse_args()
    if given.files:
        from targets import TARGETS

        for file in given.files:
            TARGETS[given.target](file.read_bytes())
        return
    fuzz(given.target, given.seconds, given.longest)


def fuzz(name: str, seconds: int, longest: int) -> None:
    """Try inputs for so many seconds. Leaves the process."""
    try:
        import atheris
    except ImportError:
        sys.exit("fuzzing needs atheris: pip install -e '.[fuzz]'")
    with atheris.instrument_imports(include=["rasd"]):
        from seeds import seeds
        from targets import TARGETS

        TARGETS[name](b"")  # what is imported late is instrumented too
        for seed in seeds(name):
            TARGETS[name](seed)
    findings = HERE / "findings"
    findings.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rasd-seeds-") as folder:
        for number, seed in enumerate(seeds(name)):
            (Path(folder) / str(number)).write_bytes(seed)
        options = [f"-max_total_time={seconds}", f"-max_len={longest}", "-timeout=25", "-rss_limit_mb=2048",
                   f"-artifact_prefix={findings}/{name}-", "-print_final_stats=1"]  # fmt: skip
        atheris.Setup([sys.argv[0], *options, folder], TARGETS[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
