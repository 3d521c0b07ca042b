"""The command line: what it prints, its exit codes, and that no traceback reaches anybody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rasd import Reader
from rasd.record import Record

ROOT = Path(__file__).resolve().parents[2]
STAND_IN = ROOT / "tests" / "corpus" / "stand_in.py"
TEXT = "التقى وزير الخارجية المصري نظيره الأردني في عمان.\n"


def rasd(
    *arguments: str | bytes, stdin: bytes = b"", real: bool = False, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    program = ["-m", "rasd"] if real else [str(STAND_IN)]
    return subprocess.run(
        [sys.executable, *program, *arguments],
        input=stdin, capture_output=True, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80", **environment},
    )  # fmt: skip


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_json_is_the_record_and_a_newline(article: Path, reader: Reader) -> None:
    done = rasd("read", str(article), "--json", "--published", "2016-10-10", "--source", "بترا", real=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == reader.read(TEXT, published="2016-10-10", source="بترا").to_json() + b"\n"
    assert done.stderr == b""


def test_page_and_explanation(article: Path) -> None:
    page = rasd("read", "-", "--title", "لقاء في عمان", stdin=article.read_bytes(), real=True)
    assert page.returncode == 0, page.stderr
    assert "لقاء في عمان" in page.stdout.decode()
    assert b"\x1b" not in page.stdout
    seen = rasd("explain", str(article), real=True)
    assert (seen.returncode, seen.stderr) == (0, b"")
    assert TEXT.strip() in " ".join(seen.stdout.decode().split())
    told = rasd("explain", str(article), "--json", real=True)
    assert json.loads(told.stdout)["sentences"][0]["start"] == 0


def test_when_prints_a_table_json_or_timex3() -> None:
    table = rasd("when", "وصل مساء أمس", "--at", "2020-06-15")
    assert table.returncode == 0, table.stderr
    assert table.stdout.decode().splitlines()[1].split()[:4] == ["TIME", "2020-06-14TEV", "2020-06-14", "2020-06-14"]
    (time,) = json.loads(rasd("when", "وصل مساء أمس", "--at", "2020-06-15", "--json").stdout)
    assert (time["text"], time["value"], time["mod"]) == ("مساء أمس", "2020-06-14TEV", None)
    marked = rasd("when", "-", "--timex3", stdin="وصل أمس <1>\n".encode()).stdout.decode()
    assert 'وصل <TIMEX3 tid="t1" type="DATE" value="XXXX-XX-XX">أمس</TIMEX3> &lt;1&gt;\n' in marked


def test_who_says_who_it_was_and_when() -> None:
    page = rasd("who", "وزير الخارجية الروسي", "--at", "2016-10-10", real=True)
    assert page.returncode == 0, page.stderr
    assert "Sergei Lavrov" in page.stdout.decode()
    assert "foreign minister, Russia" in page.stdout.decode()
    [turkey] = json.loads(rasd("who", "TUR", "--at", "2012-01-01", "--json", real=True).stdout)
    assert (turkey["en"], turkey["code"]) == ("Turkey", "TUR/GOV")
    assert "Abdullah Gul" in [term["holder"] for term in turkey["terms"] if term["office"] == "president"]
    unknown = rasd("who", "أردغان", real=True)
    assert (unknown.returncode, unknown.stdout) == (1, b"")
    assert unknown.stderr.decode().startswith("rasd: nobody and nothing known as أردغان; like it: ")
    assert rasd("who", "أردغان", "--json", real=True).stdout == b"[]\n"


def test_crlf_and_mark_are_kept_and_taken_off(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    text = "عنوان قصير\r\n\r\nالتقى الوزيران في عمان"
    file.write_bytes(text.encode("utf-8-sig"))
    assert Record.from_json(rasd("read", str(file), "--json").stdout).article.text == text


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["read", "none.txt"], 1, "rasd: none.txt: no such file"),
        (["read", "."], 1, "rasd: .: a folder, not a file"),
        (["read", "-"], 1, "rasd: standard input: empty"),
        (["read", b"\xff\xfe.txt"], 1, "rasd: \\udcff\\udcfe.txt: no such file"),
        (["read", "a\nb"], 1, "rasd: a\\nb: no such file"),
        (["explain", "none.txt"], 1, "rasd: none.txt: no such file"),
        (["code", "none.jsonl"], 1, "rasd: none.jsonl: no such file"),
        (["code", "*.none"], 1, "rasd: *.none: no file matches"),
        (["code", "-"], 1, "rasd: standard input: empty: no articles"),
        (["code", "-", "-o", "none/r.jsonl"], 1, "rasd: none/r.jsonl: there is no such folder to write it in"),
        (["code", "-", "-o", "s3://a/b"], 1, "rasd: s3://a/b: to write to a URL, say --engine ray"),
        (["when", ""], 2, "rasd: Invalid value: TEXT is empty"),
        (["when", "-"], 1, "rasd: standard input: empty"),
        (["when", "أمس", "--at", "15"], 2, "rasd: Invalid value for '--at': '15' is no date: write it as 2016-10-10"),
        (
            ["when", "أمس", "--json", "--timex3"],
            2,
            "rasd: Invalid value: --json and --timex3 are two forms: choose one",
        ),
        (["read"], 2, "rasd: Missing argument 'FILE'."),
        (["read", "a", "--nonsense"], 2, "rasd: No such option: --nonsense"),
        (["read", "a", "--published", "soon"], 2, "rasd: Invalid value for '--published': 'soon' is no date"),
        (["read", "a", "--published", b"\xed\xa0\x80"], 2, "rasd: Invalid value for '--published': "),
        (["fly"], 2, "rasd: No such command 'fly'."),
    ],
)
def test_bad_use_is_one_clear_line(arguments: list[str | bytes], code: int, line: str) -> None:
    done = rasd(*arguments)
    said = done.stderr.decode().splitlines()
    assert (done.returncode, done.stdout) == (code, b""), done.stderr
    assert said[0].startswith(line)
    assert len(said) == 1 if code == 1 else said[1:] == ["rasd: try 'rasd --help'"]


def test_missing_lexicon(article: Path) -> None:
    done = rasd("read", str(article), "--lexicon", "nowhere", real=True)
    assert done.returncode == 1
    assert done.stderr == b"rasd: nowhere: no such folder of knowledge files\n"


def test_help_and_version() -> None:
    for arguments in (["--help"], ["read", "-h"], ["code", "--help"], ["explain", "--help"]):
        done = rasd(*arguments)
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"rasd" in done.stdout
    assert rasd("--version").stdout.startswith(b"rasd ")
    assert rasd().returncode == 2


def test_odd_arguments_and_encodings(article: Path) -> None:
    done = rasd("read", str(article), "--json", "--title", b"\xff\xed\xa0\x80")
    assert done.returncode == 0, done.stderr
    assert "?" in (json.loads(done.stdout)["article"]["title"])
    for encoding in ("ascii", "latin-1"):
        shown = rasd("read", str(article), PYTHONIOENCODING=encoding)
        assert (shown.returncode, shown.stderr) == (0, b"")


def test_closed_and_full_output(article: Path) -> None:
    command = f'"{sys.executable}" "{STAND_IN}" read "{article}" --json'
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for tail in (">&-", "> /dev/full", "| true", "<&- | head -c 1"):
        done = subprocess.run(
            ["bash", "-c", f"{command} {tail}"], capture_output=True, env=env, timeout=60, check=False
        )
        assert b"Traceback" not in done.stderr, tail
        assert b"Exception" not in done.stderr, tail
        assert len(done.stderr.splitlines()) <= 1, tail


def test_code(tmp_path: Path) -> None:
    source, target = tmp_path / "a.jsonl", tmp_path / "r.jsonl"
    source.write_text(f"{json.dumps({'id': 'x', 'text': TEXT})}\nbad\n", encoding="utf-8")
    done = rasd("code", str(source), "-o", str(target))
    said = done.stderr.decode().splitlines()
    assert (done.returncode, done.stdout) == (0, b""), said
    assert said[0] == f"rasd: 1 line set aside (see {tmp_path / 'r.rejects.jsonl'})"
    assert said[1].startswith("rasd: 1 article, 0 events, ")
    piped = rasd("code", "-", stdin=source.read_bytes())
    assert piped.stdout == target.read_bytes()
    assert piped.stderr.decode().splitlines()[0].startswith("rasd: line 2: not JSON: ")
    nowhere = rasd("code", str(source), "-o", str(tmp_path / "no" / "r.jsonl"))
    assert nowhere.returncode == 1
    assert len(nowhere.stderr.splitlines()) == 1
    rejects = tmp_path / "r.rejects.jsonl"
    assert rasd("code", str(rejects), "-o", str(target)).returncode == 1
    assert rejects.exists()


def test_code_says_near_copies(tmp_path: Path) -> None:
    words = "وصل الوفد إلى الميناء صباح اليوم والتقى رئيس البلدية ثم زار المصنع الجديد وسوق السمك قبل أن يغادر مساء"
    lines = [json.dumps({"text": words}), json.dumps({"text": TEXT}), json.dumps({"text": f"{words} عائداً"})]
    source, target = tmp_path / "a.jsonl", tmp_path / "r.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    done = rasd("code", str(source), "-o", str(target))
    copies = tmp_path / "r.copies.jsonl"
    assert done.stderr.decode().splitlines()[-1] == f"rasd: 1 near-copy among 3 articles (see {copies})"
    said = json.loads(copies.read_text())
    assert (said["line"], said["copy_of"]) == (3, 1)
    done = rasd("code", str(source), "-o", str(tmp_path / "s.jsonl"), "--no-copies")
    assert "near" not in done.stderr.decode()
    done = rasd("copies", str(target), "--earlier", str(tmp_path / "s.jsonl"))
    assert done.stderr.decode() == f"rasd: 2 near-copies among 3 articles (see {copies})\n"
    assert rasd("copies", str(source)).stderr.decode() == f"rasd: {source}: not records of Rasd, or damaged\n"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=300) | st.text(alphabet="ابتثلمي و.،\n\u064b\u200f\x07\x1b[", max_size=120).map(str.encode)
)
def test_any_bytes_end_in_a_page_or_a_line(
    data: bytes, tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from rasd import cli
    from rasd.commands import shell

    file = tmp_path / "any"
    file.write_bytes(data)
    monkeypatch.setattr(shell, "reader", lambda _lexicon, **_: reader)
    for arguments in (["read", str(file)], ["read", str(file), "--json"], ["explain", str(file)], ["code", str(file)]):
        monkeypatch.setattr(sys, "argv", ["rasd", *arguments])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capfd.readouterr()
        assert left.value.code in (0, 1)
        assert "Traceback" not in err
        assert "internal error" not in err
        assert left.value.code == 0 or err.startswith("rasd: ")
        assert "\x1b" not in out
