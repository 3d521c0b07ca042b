"""Whether the package builds, the same each time, and each extra works alone in an environment of its own.

    python scripts/check_package.py [--extras sources,careful]

Builds the sdist, and from it the wheel, twice: both must be equal byte for byte. Then installs the wheel without extras
and asks for what needs one: a line must say what to install. Then each extra alone, in an environment laid over the
first, and asks again: now it must work. Needs `build` and a package index. Exits with 1 and a line for each fault.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
import tomllib
import urllib.request
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = "استقبل وزير الخارجية العماني في مسقط نظيره الكيني، وبحثا التعاون بين البلدين في مجالات الملاحة والاستثمار. "
PAGE = f'<html lang="ar"><head><meta charset="utf-8"></head><body><article><p>{TEXT * 4}</p></article></body></html>'
Run = Callable[..., subprocess.CompletedProcess[str]]


class Fault(Exception):
    """Something does not hold; the message says what."""


def build(target: Path) -> dict[str, str]:
    """Build sdist and wheel into a folder; the hash of each by its name."""
    epoch = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch.stdout.strip() or "1700000000"}
    command = [sys.executable, "-m", "build", "--outdir", str(target), str(ROOT)]
    if importlib.util.find_spec("hatchling") is not None:
        # An environment of its own for each build is tried by `pip install .`; here it would only take time.
        command.append("--no-isolation")
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise Fault(f"the package does not build:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(target.iterdir())}


class Environment:
    """A virtual environment with the wheel and one extra, laid over another that has what all need."""

    def __init__(self, folder: Path, wheel: Path, extra: str | None, over: Environment | None = None) -> None:
        venv.create(folder, with_pip=True)
        self._bin = folder / "bin"
        self.packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
        if over is not None:
            (self.packages / "over.pth").write_text(f"{over.packages}\n")
        wanted = f"rasd[{extra}] @ {wheel.as_uri()}" if extra else str(wheel)
        done = self.run("pip", "install", "--quiet", "--disable-pip-version-check", wanted)
        if done.returncode:
            raise Fault(f"{extra or 'the wheel'} does not install: {done.stderr[-1000:]}")

    def run(self, program: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program of the environment, by its module: what lies in the one below has no script here."""
        environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "RASD_DB")}
        return subprocess.run(
            [str(self._bin / "python"), "-m", program, *arguments],
            input=stdin, capture_output=True, text=True, check=False,
            env=environment, cwd=self._bin.parent, timeout=300,
        )  # fmt: skip

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start Rasd and leave it running."""
        command = [str(self._bin / "python"), "-m", "rasd", *arguments]
        return subprocess.Popen(command, cwd=self._bin.parent, stderr=subprocess.DEVNULL)


def sources(environment: Environment) -> subprocess.CompletedProcess[str]:
    page = environment.packages.parent / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    return environment.run("rasd", "code", str(page))


def careful(environment: Environment) -> subprocess.CompletedProcess[str]:
    return environment.run("rasd", "read", "-", "--careful", "--json", stdin=TEXT)


def postgres(environment: Environment) -> subprocess.CompletedProcess[str]:
    done = environment.run("rasd", "list", "--db", "postgresql://127.0.0.1:9/none")
    if "connection failed" in done.stderr:  # nothing listens there, as it should be: the driver is there
        done.returncode = 0
    return done


def desk(environment: Environment) -> subprocess.CompletedProcess[str]:
    port = "18765"
    server = environment.start("desk", "--port", port)
    try:
        for _ in range(120):
            time.sleep(0.5)
            if server.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                    if page.status == 200:
                        return subprocess.CompletedProcess([], 0, "", "")
            except OSError:
                continue
    finally:
        server.terminate()
        server.wait()
    return environment.run("rasd", "desk", "--port", port)


def ray(environment: Environment) -> subprocess.CompletedProcess[str]:
    article, records = environment.packages.parent / "a.txt", environment.packages.parent / "records.jsonl"
    article.write_text(TEXT, encoding="utf-8")
    return environment.run("rasd", "code", str(article), "--engine", "ray", "-o", str(records))


# What needs each extra.
PROBES: dict[str, Callable[[Environment], subprocess.CompletedProcess[str]]] = {
    "sources": sources, "careful": careful, "postgres": postgres, "desk": desk, "ray": ray,
}  # fmt: skip
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def check_plain(plain: Environment) -> list[str]:
    """What is wrong with the package without extras."""
    version = PROJECT["version"]
    faults: list[str] = []
    if (said := plain.run("rasd", "--version").stdout.strip()) != f"rasd {version}":
        faults.append(f"rasd --version says '{said}', not {version}")
    read = plain.run("rasd", "read", "-", "--json", stdin=TEXT)
    if read.returncode or '"CONSULT"' not in read.stdout:
        faults.append(f"rasd read does not read: {read.stderr}")
    if not (plain.packages.parents[2] / "share" / "man" / "man1" / "rasd.1").is_file():
        faults.append("the manual page is not installed")
    for extra in (known for known in PROBES if known in PROJECT["optional-dependencies"]):
        done = PROBES[extra](plain)
        lines = done.stderr.strip().splitlines()
        if done.returncode == 0 or len(lines) != 1 or f"pip install 'rasd[{extra}]'" not in lines[0]:
            faults.append(f"without {extra}: says not in one line what to install: {done.returncode} {done.stderr}")
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    # Ray is large, and has tests of its own.
    usual = [extra for extra in PROBES if extra in PROJECT["optional-dependencies"] and extra != "ray"]
    parser.add_argument("--extras", default=",".join(usual), help="only these")
    chosen = [extra for extra in parser.parse_args().extras.split(",") if extra]
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="rasd-package-") as folder:
        work = Path(folder)
        try:
            first, second = build(work / "first"), build(work / "second")
            if first != second:
                faults.append(f"two builds differ: {first}, {second}")
            wheel = next((work / "first").glob("*.whl"))
            print(f"built {', '.join(first)}, the same twice")
            plain = Environment(work / "plain", wheel, None)
            faults += check_plain(plain)
            for extra in chosen:
                done = PROBES[extra](Environment(work / extra, wheel, extra, over=plain))
                if done.returncode:
                    faults.append(f"{extra} alone does not work: {done.stderr[-1000:]}")
                print(f"{extra}: {'works alone' if not done.returncode else 'FAILS'}")
        except Fault as fault:
            faults.append(str(fault))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
