"""Coding a corpus: order, what is set aside, and files that are whole or not there."""

from __future__ import annotations

import contextlib
import gzip
import importlib.util
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rasd.corpus import CodingSummary, code_corpus, rejects_path
from rasd.record import Record
from rasd.sources import JsonLines, SourceError

STAND_IN = Path(__file__).with_name("stand_in.py")
_spec = importlib.util.spec_from_file_location("rasd_stand_in", STAND_IN)
assert _spec is not None
assert _spec.loader is not None
stand_in = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(stand_in)


def article(key: str, text: str = "التقى الوزيران اليوم") -> str:
    return json.dumps({"id": key, "text": text, "published": "2016-11-07T00:00:00"}, ensure_ascii=False)


def write(folder: Path, *lines: str) -> Path:
    file = folder / "articles.jsonl"
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


def code(source: Path, target: Path) -> CodingSummary:
    with JsonLines(str(source)) as lines:
        return code_corpus(lines, stand_in.StandInReader(), target)


def names(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir()}


def test_a_record_a_line_in_order(tmp_path: Path) -> None:
    target = tmp_path / "records.jsonl"
    target.write_text("older")
    summary = code(write(tmp_path, *(article(str(n)) for n in range(50))), target)
    records = [Record.from_json(line) for line in target.read_bytes().splitlines()]
    assert [r.article.id for r in records] == [str(n) for n in range(50)]
    assert {r.article.published for r in records} == {"2016-11-07"}
    assert (summary.articles, summary.rejects, summary.words) == (50, 0, 150)
    assert names(tmp_path) == {"articles.jsonl", "records.jsonl"}
    assert target.stat().st_mode & 0o400


def test_bad_lines_are_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    target = tmp_path / "records.jsonl"
    source = write(tmp_path, article("1"), "{oops", article("2", "FAIL " + "x" * 3000), article("3"))
    summary = code(source, target)
    assert (summary.articles, summary.rejects) == (2, 2)
    assert len(target.read_bytes().splitlines()) == 2
    rejects = [json.loads(line) for line in (tmp_path / "records.rejects.jsonl").read_text("utf-8").splitlines()]
    assert [list(r) for r in rejects] == [["line", "id", "reason", "raw"]] * 2
    assert [(r["line"], r["id"]) for r in rejects] == [(2, None), (3, "2")]
    assert rejects[0]["raw"] == "{oops"
    assert rejects[1]["reason"] == "reading failed: RuntimeError: asked to fail"
    assert len(rejects[1]["raw"]) == 2000
    write(tmp_path, article("1"))
    code(source, target)
    assert names(tmp_path) == {"articles.jsonl", "records.jsonl"}, "rejects of an earlier run are removed"


def test_gzip_in_and_out(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl.gz"
    source.write_bytes(gzip.compress(article("1").encode()))
    target = tmp_path / "r.jsonl.gz"
    code(source, target)
    first = target.read_bytes()
    assert Record.from_json(gzip.decompress(first)).article.id == "1"
    code(source, target)
    assert target.read_bytes() == first
    assert rejects_path(target).name == "r.rejects.jsonl"


def test_nothing_readable(tmp_path: Path) -> None:
    target = tmp_path / "records.jsonl"
    target.write_text("older")
    with pytest.raises(SourceError, match="no article among 2 found"):
        code(write(tmp_path, "1", "2"), target)
    assert target.read_text() == "older"
    assert len((tmp_path / "records.rejects.jsonl").read_text().splitlines()) == 2
    with pytest.raises(SourceError, match="empty: no articles"):
        code(write(tmp_path), target)


def test_truncated_input_changes_nothing(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl.gz"
    whole = gzip.compress("\n".join(article(str(n), f"خبر {n * 7919}") for n in range(2000)).encode())
    source.write_bytes(whole[:-200])
    with pytest.raises(SourceError, match="truncated"):
        code(source, tmp_path / "records.jsonl")
    assert names(tmp_path) == {"a.jsonl.gz"}


def test_interrupt_changes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "records.jsonl"
    target.write_text("older")
    with pytest.raises(KeyboardInterrupt):
        code(write(tmp_path, article("1"), "bad", article("2", "STOP")), target)
    assert names(tmp_path) == {"articles.jsonl", "records.jsonl"}
    assert target.read_text() == "older"


def test_to_a_stream(tmp_path: Path) -> None:
    out = io.BytesIO()
    bad: list[int] = []
    with JsonLines(str(write(tmp_path, article("1"), "x"))) as lines:
        code_corpus(lines, stand_in.StandInReader(), out, on_reject=lambda b: bad.append(b.line))
    assert len(out.getvalue().splitlines()) == 1
    assert bad == [2]
    assert names(tmp_path) == {"articles.jsonl"}


def test_a_link_and_a_device_stay_what_they_are(tmp_path: Path) -> None:
    real, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    real.write_text("older")
    real.chmod(0o640)
    link.symlink_to(real)
    source = write(tmp_path, article("1"))
    code(source, link)
    assert link.is_symlink()
    assert b'"id":"1"' in real.read_bytes()
    assert real.stat().st_mode & 0o777 == 0o640
    code(source, Path(os.devnull))
    assert not Path(os.devnull).is_file()


def opens(process: subprocess.Popen[bytes], file: Path) -> bool:
    """Wait until a process has a file open, however long it takes to start; False where it ends before."""
    while process.poll() is None:
        for link in Path(f"/proc/{process.pid}/fd").glob("*"):
            with contextlib.suppress(OSError):
                if os.readlink(link) == str(file):
                    return True
        time.sleep(0.02)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="files without a name are Linux's")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_run_leaves_nothing(how: signal.Signals, tmp_path: Path) -> None:
    source = write(tmp_path, "bad", *(article(str(n), f"SLOW {'كلمة ' * 200}") for n in range(5000)))
    target = tmp_path / "records.jsonl"
    target.write_text("older")
    process = subprocess.Popen(
        [sys.executable, str(STAND_IN), "code", str(source), "-o", str(target)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")},
        stderr=subprocess.PIPE,
        # A shell lets what it starts in the background pass over interrupts, which these tests may run in.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert opens(process, source), "it should still be coding"
    process.send_signal(how)
    _, errors = process.communicate(timeout=20)
    assert process.returncode != 0
    assert b"Traceback" not in errors
    if how is signal.SIGINT:
        assert process.returncode == 130
        assert errors == b"rasd: interrupted\n"
    assert target.read_text() == "older"
    assert names(tmp_path) == {"articles.jsonl", "records.jsonl"}
