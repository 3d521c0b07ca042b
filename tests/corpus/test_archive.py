"""Coding with workers: the same outcome, the dead replaced, killed runs gone on with, nothing lost or double."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rasd.corpus import archive, rejects_path
from rasd.corpus.archive import code_archive
from rasd.corpus.coding import CodingSummary, code_corpus
from rasd.corpus.crew import Crew, CrewError, Job
from rasd.record import Record
from rasd.sources import JsonLines, SourceError
from rasd.sources.article import Article

STAND_IN = Path(__file__).with_name("stand_in.py")
WORKER = [sys.executable, str(STAND_IN), "worker"]


def article(key: str, text: str = "التقى الوزيران اليوم") -> str:
    return json.dumps({"id": key, "text": text, "published": "2016-11-07"}, ensure_ascii=False)


def write(folder: Path, *lines: str) -> Path:
    file = folder / "articles.jsonl"
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


def code(source: Path, target: Path, workers: int = 1, limit: float = 60) -> CodingSummary:
    with JsonLines(str(source)) as lines:
        return code_archive(lines, str(source), target, workers=workers, limit=limit, command=WORKER)


def ids(records: Path) -> list[str | None]:
    return [Record.from_json(line).article.id for line in records.read_bytes().splitlines()]


def reasons(target: Path) -> dict[str, str]:
    lines = rejects_path(target).read_text("utf-8").splitlines()
    return {(found := json.loads(line))["id"]: found["reason"] for line in lines}


def names(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir()}


def test_the_outcome_is_that_of_one_process(tmp_path: Path):
    from stand_in import StandInReader

    lines = [article(str(n), f"خبر {'كلمة ' * (n % 7)}") for n in range(80)]
    source = write(tmp_path, *lines[:30], "{oops", article("bad", "FAIL"), "", *lines[30:])
    alone, target = tmp_path / "alone.jsonl", tmp_path / "records.jsonl"
    with JsonLines(str(source)) as given:
        first = code_corpus(given, StandInReader(), alone)
    second = code(source, target, 2)
    assert target.read_bytes() == alone.read_bytes()
    assert rejects_path(target).read_bytes() == rejects_path(alone).read_bytes()
    counted = ("articles", "events", "rejects", "words")
    assert [getattr(second, c) for c in counted] == [getattr(first, c) for c in counted]
    assert names(tmp_path) == {
        "articles.jsonl", "alone.jsonl", "alone.rejects.jsonl", "records.jsonl", "records.rejects.jsonl",
    }  # fmt: skip


def test_an_article_that_ends_its_worker_is_set_aside_by_name(tmp_path: Path):
    target = tmp_path / "records.jsonl"
    lines = [article(str(n)) for n in range(20)]
    code(write(tmp_path, *lines[:9], article("deadly", "DIE"), *lines[9:]), target)
    assert ids(target) == [str(n) for n in range(20)]
    assert reasons(target) == {"deadly": "reading ended its process (signal 9)"}


def test_an_article_that_takes_too_long_is_set_aside_by_name(tmp_path: Path):
    target = tmp_path / "records.jsonl"
    code(write(tmp_path, article("1"), article("endless", "HANG"), article("2")), target, limit=1.5)
    assert ids(target) == ["1", "2"]
    assert reasons(target) == {"endless": "reading took over 2 s"}


def test_an_article_whose_worker_died_of_something_else_is_read_again(tmp_path: Path):
    target = tmp_path / "records.jsonl"
    code(write(tmp_path, article("1"), article("2", f"ONCE:{tmp_path / 'marker'} x"), article("3")), target)
    assert ids(target) == ["1", "2", "3"]
    assert not rejects_path(target).exists()


def test_only_so_much_is_under_way(tmp_path: Path):
    pulled = 0

    def jobs() -> Iterator[Job[int]]:
        nonlocal pulled
        for n in range(200):
            pulled += 1
            yield Job(n, Article("SLOW" if n == 0 else "خبر"))

    with Crew(2, command=WORKER) as crew:
        for done, job in enumerate(crew.answered(jobs())):
            assert job.of == done
            assert job.answer.record is not None
            assert pulled <= done + 17


def test_a_worker_killed_from_outside_is_replaced_and_all_end_with_their_crew():
    with Crew(1, command=WORKER) as crew:
        list(crew.answered(Job(n, Article("خبر")) for n in range(4)))
        processes = [w._process for w in crew._workers if w is not None]
        processes[0].kill()
        assert all(j.answer.record for j in crew.answered(Job(n, Article("خبر")) for n in range(4)))
        assert crew.replaced == 1
        processes += [w._process for w in crew._workers if w is not None]
    assert all(p.poll() is not None for p in processes)


def test_what_cannot_start_is_an_error(tmp_path: Path):
    source, target = write(tmp_path, article("1")), tmp_path / "records.jsonl"
    with JsonLines(str(source)) as lines, pytest.raises(CrewError, match=r"no worker starts: exit code 7"):
        code_archive(lines, str(source), target, command=[sys.executable, "-c", "raise SystemExit(7)"])
    assert not target.exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "odd.yaml").write_text("- {}")
    with JsonLines(str(source)) as lines, pytest.raises(CrewError, match=r"odd\.yaml: not a knowledge file"):
        code_archive(lines, str(source), target, lexicon=tmp_path / "mine")


def test_nothing_readable(tmp_path: Path):
    target = tmp_path / "records.jsonl"
    target.write_text("older")
    with pytest.raises(SourceError, match="no article among 2 found"):
        code(write(tmp_path, "1", "2"), target)
    assert target.read_text() == "older"
    assert names(tmp_path) == {"articles.jsonl", "records.jsonl", "records.rejects.jsonl"}


def test_a_link_a_mode_and_a_gzip_stay_what_they_are(tmp_path: Path):
    real, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    real.write_text("older")
    real.chmod(0o640)
    link.symlink_to(real)
    source = write(tmp_path, article("1"))
    code(source, link)
    assert link.is_symlink()
    assert ids(real) == ["1"]
    assert real.stat().st_mode & 0o777 == 0o640
    code(source, tmp_path / "r.jsonl.gz")
    assert gzip.decompress((tmp_path / "r.jsonl.gz").read_bytes()) == real.read_bytes()


RUN = """
import os, signal, sys
from pathlib import Path
from rasd.corpus import archive, tables
from rasd.sources import JsonLines

archive._EVERY = 0.0
worker, source, target, form, name = sys.argv[1:6]
steps = int(sys.argv[6])

def step(summary, position):
    global steps
    steps -= 1
    if not steps:
        os.kill(os.getpid(), signal.SIGKILL)

with JsonLines(source) as lines:
    summary = archive.code_archive(
        lines, source, Path(target), workers=1, form=form, progress=step,
        make=(lambda unfinished: tables.TableParts(unfinished, 7)) if form == "parquet" else archive.RecordLines,
        command=[sys.executable, worker, "worker", name],
        on_resume=lambda line: print("resumed", line, flush=True),
    )
print("done", summary.articles, summary.rejects)
"""


def contents(target: Path) -> dict[str, bytes]:
    if target.is_file():
        return {"": target.read_bytes()}
    return {str(p.relative_to(target)): p.read_bytes() for p in sorted(target.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_run_killed_again_and_again_ends_as_one_that_was_not(form: str, tmp_path: Path):
    lines = [article(str(n), f"خبر {'كلمة ' * (n % 9)}") for n in range(150)]
    source = write(tmp_path, *lines[:70], "{oops", *lines[70:], article("bad", "FAIL"))
    whole, target = tmp_path / "whole", tmp_path / "records"
    program = tmp_path / "run.py"
    program.write_text(RUN)
    chance = random.Random(4)

    def run(output: Path, steps: int) -> str:
        given = [STAND_IN, source, output, form, f"name-{tmp_path.name}", steps]
        command = [sys.executable, str(program), *map(str, given)]
        return subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=120, check=False).stdout

    assert run(whole, 0) == "done 150 2\n"
    resumed, said = 0, ""
    while "done" not in said:
        assert not target.exists()
        said = run(target, chance.randrange(30, 60))
        resumed += "resumed" in said
    assert "done 150 2" in said
    assert resumed > 1
    assert contents(target) == contents(whole)
    assert rejects_path(target).read_bytes() == rejects_path(whole).read_bytes()
    assert not [n for n in names(tmp_path) if n.endswith(".part")]
    assert left_over(f"name-{tmp_path.name}") == []


def left_over(name: str) -> list[str]:
    """Workers that still run half a minute after whoever asked them was killed."""
    found: list[str] = []
    for _ in range(300):
        found = [
            path.parent.name
            for path in Path("/proc").glob("[0-9]*/cmdline")
            if name.encode() in _read(path).split(b"\0") and path.parent.name != str(os.getpid())
        ]
        if not found:
            break
        time.sleep(0.1)
    return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def begun(source: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that ended after some lines."""
    monkeypatch.setattr(archive, "_EVERY", 0.0)

    def stop(summary: CodingSummary, _: int) -> None:
        if summary.articles == 3:
            raise KeyboardInterrupt

    with JsonLines(str(source)) as lines, pytest.raises(KeyboardInterrupt):
        code_archive(lines, str(source), target, command=WORKER, progress=stop)
    assert (target.parent / f"{target.name}.part" / "state.json").exists()


def test_another_input_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "records.jsonl"
    begun(write(tmp_path, *(article(str(n)) for n in range(9))), target, monkeypatch)
    source = write(tmp_path, *(article(str(n)) for n in range(20, 25)))
    code(source, target)
    assert ids(target) == ["20", "21", "22", "23", "24"]


def test_what_was_written_after_the_state_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    source, target = write(tmp_path, *(article(str(n)) for n in range(9))), tmp_path / "records.jsonl"
    begun(source, target, monkeypatch)
    with (tmp_path / "records.jsonl.part" / "records.jsonl").open("ab") as file:
        file.write(b"half a rec")
    resumed: list[int] = []
    with JsonLines(str(source)) as lines:
        summary = code_archive(lines, str(source), target, command=WORKER, on_resume=resumed.append)
    assert ids(target) == [str(n) for n in range(9)]
    assert resumed == [3]
    assert (summary.articles, summary.words, summary.words_before) == (9, 27, 9)


def test_two_runs_do_not_write_one_output(tmp_path: Path):
    source, target = write(tmp_path, *(article(str(n)) for n in range(3))), tmp_path / "records.jsonl"

    def other(*_: object) -> None:
        with JsonLines(str(source)) as lines, pytest.raises(SourceError, match="another run is writing it"):
            code_archive(lines, str(source), target, command=WORKER)

    with JsonLines(str(source)) as lines:
        code_archive(lines, str(source), target, command=WORKER, progress=other)
    assert ids(target) == ["0", "1", "2"]


def test_the_command_line(tmp_path: Path):
    source = write(tmp_path, article("1"), "{oops", article("2"))
    command = [sys.executable, "-m", "rasd", "code", str(source)]

    def run(*arguments: str) -> tuple[int, str]:
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=120, check=False)
        return done.returncode, done.stderr

    plain, workers = tmp_path / "plain.jsonl", tmp_path / "workers.jsonl"
    assert run("-o", str(plain))[0] == 0
    assert run("-o", str(workers), "--workers", "1")[0] == 0
    assert workers.read_bytes() == plain.read_bytes()
    code, said = run("--workers", "2")
    assert (code, said.splitlines()[0]) == (2, "rasd: Invalid value: --workers and --format parquet need an --output")
    code, said = run("-o", str(plain), "--format", "dbf")
    assert (code, said.splitlines()[0]) == (2, "rasd: Invalid value: no form dbf: jsonl or parquet")
    code, said = run("-o", str(plain), "--format", "parquet")
    assert (code, said) == (1, f"rasd: {plain}: a file, where a folder of tables is to be written\n")
    assert run("-o", str(tmp_path / "tables"), "--format", "parquet")[0] == 0
    assert "articles" in names(tmp_path / "tables")
