"""``rasd export`` and ``rasd import`` from the outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from exchange.made_up import SANTIAGO, told
from rasd.exchange import gdelt, to_record


def rasd(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "rasd", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, env=os.environ, timeout=120, check=False)


def records(folder: Path) -> Path:
    path = folder / "records.jsonl"
    items = [
        told(place=SANTIAGO),
        told(key="a8/e1", status="denied"),
        told(key="a9/e1", acting="PER/GOV", status="planned"),
    ]
    path.write_bytes(b"".join(to_record(item).to_json() + b"\n" for item in items))
    return path


def test_records_are_exported_and_a_table_of_them_imported(tmp_path: Path):
    table, again = tmp_path / "events.tsv", tmp_path / "again.jsonl"
    done = rasd("export", records(tmp_path), "--format", "gdelt", "-o", table)
    assert done.returncode == 0, done.stderr
    assert done.stdout == b""
    assert done.stderr.decode().splitlines() == ["rasd: left out: 1 denied acts", "rasd: 2 events, 2 rows"]
    assert [len(line.split("\t")) for line in table.read_text().splitlines()] == [len(gdelt.columns(2))] * 2
    done = rasd("import", table, "--format", "gdelt", "-o", again)
    assert done.returncode == 0, done.stderr
    assert done.stderr.decode().splitlines() == ["rasd: 2 rows, 2 events"]
    found = [json.loads(line) for line in again.read_text().splitlines()]
    assert [f["events"][0]["actor_codes"] for f in found] == [["NOR/GOV"], ["PER/GOV"]]
    assert [f["events"][0]["type"] for f in found] == ["CONSULT", "AGREE"]


def test_events_are_chosen_and_written_to_standard_output(tmp_path: Path):
    content = records(tmp_path).read_bytes()
    done = rasd(
        "export", "-", "-f", "csv", "--actor", "per", "--from", "2019-01-01", "--to", "2019-12-31", stdin=content
    )
    assert done.returncode == 0, done.stderr
    assert [line.split(",")[0] for line in done.stdout.decode().splitlines()] == ["id", "a7/e1"]


def test_a_table_is_turned_into_another_form(tmp_path: Path):
    table = tmp_path / "acled.csv"
    table.write_text(
        "event_id_cnty,event_date,event_type,actor1,country\n"
        "A1,2020-01-01,Riots,Rioters (Peru),Peru\nA2,x,Riots,,Peru\n"
    )
    done = rasd("export", table, "--read-as", "acled", "-f", "plover")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["event_type"] == "PROTEST"
    assert "rasd: line 3: no date: x" in done.stderr.decode().splitlines()
    assert "rasd: 1 line set aside" in done.stderr.decode().splitlines()


def test_rows_set_aside_go_to_a_file(tmp_path: Path):
    table, aside = tmp_path / "t.tsv", tmp_path / "aside.jsonl"
    table.write_text("a\tb\n")
    done = rasd("import", table, "-f", "gdelt", "-o", tmp_path / "r.jsonl", "--rejects", aside)
    assert done.returncode == 1
    assert json.loads(aside.read_text()) == {"line": 1, "reason": "2 columns, not 57, 58 or 61", "raw": "a\tb"}
    assert (tmp_path / "r.jsonl").read_bytes() == b""


def test_what_is_wrong_is_said_in_one_line_and_leaves_nothing(tmp_path: Path):
    output = tmp_path / "out"
    for arguments, said, code in (
        (("export", tmp_path / "none", "-o", output), "none: no such file", 1),
        (("export", records(tmp_path), "-f", "dbf", "-o", output), "no form dbf", 1),
        (("import", records(tmp_path), "-f", "icews", "-o", output), "no table of ICEWS", 1),
        (("import", records(tmp_path), "-f", "acled", "-o", output, "--mapping", "m.yaml"), "a mapping is for", 2),
        (("export", records(tmp_path), "-o", tmp_path / "no" / "such"), "no such file", 1),
    ):
        done = rasd(*arguments)
        assert done.returncode == code, done.stderr
        assert said in done.stderr.decode()
        assert "Traceback" not in done.stderr.decode()
        assert not output.exists()


def test_lines_that_are_no_records_are_set_aside(tmp_path: Path):
    path = records(tmp_path)
    path.write_bytes(b'{"x": 1}\nnonsense\n' + path.read_bytes())
    done = rasd("export", path, "-f", "csv")
    said = done.stderr.decode().splitlines()
    assert done.returncode == 0
    assert said[0].startswith("rasd: line 1: no record: ")
    assert said[1].startswith("rasd: line 2: not JSON: ")
    assert len(done.stdout.decode().splitlines()) == 4


def test_reports_of_one_event_are_one_event_where_asked(tmp_path: Path):
    path = tmp_path / "records.jsonl"
    items = [told(place=SANTIAGO, key=f"b{n}/e1") for n in range(2)]
    lines: list[bytes] = []
    for n, item in enumerate(items):
        record = to_record(item)
        record.article.id = f"b{n}"
        lines.append(record.to_json() + b"\n")
    path.write_bytes(b"".join([*lines, lines[0]]))
    apart, joined = rasd("export", path, "-f", "csv"), rasd("export", path, "-f", "csv", "--join")
    assert joined.returncode == 0, joined.stderr
    assert [line.split(",")[0] for line in apart.stdout.decode().splitlines()] == ["id", "b0/e1", "b1/e1", "b0/e1"]
    assert [line.split(",")[0] for line in joined.stdout.decode().splitlines()] == ["id", "b0/e1"]
    assert b"b0/e1; b1/e1" in joined.stdout


def database(folder: Path) -> tuple[str, ...]:
    return "--db", str(folder / "rasd.db")


def test_a_table_is_kept_in_the_database_and_exported_from_it(tmp_path: Path):
    table = tmp_path / "events.tsv"
    rows = [f"{n}\t20190304\t{code}\tNORGOV\tCHL" for n, code in ((1, "042"), (2, "190"), (3, "042"), (4, "010"))]
    names = ("GLOBALEVENTID", "SQLDATE", "EventCode", "Actor1Code", "Actor2Code")
    lines = [dict(zip(names, row.split("\t"), strict=True)) for row in rows]
    table.write_text("".join("\t".join(line.get(n, "") for n in gdelt.columns(2)) + "\n" for line in lines))
    done = rasd("import", table, "-f", "gdelt", *database(tmp_path))
    assert done.returncode == 0, done.stderr
    said = done.stderr.decode().splitlines()
    assert said[0].startswith("rasd: 3 rows added (")
    assert said[1:] == ["rasd: left out: 1 010 Make statement, not specified below", "rasd: 4 rows, 3 events"]
    done = rasd("import", table, "-f", "gdelt", *database(tmp_path))
    assert done.stderr.decode().startswith("rasd: 0 rows added, 3 known already (")
    done = rasd("export", "-f", "cameo", "--actor", "NOR", *database(tmp_path))
    assert done.returncode == 0, done.stderr
    found = [line.split("\t")[1:5] for line in done.stdout.decode().splitlines()[1:]]
    assert sorted(found) == [["2019-03-04", "NORGOV", "CHL", code] for code in ("042", "042", "190")]
    done = rasd("export", "-f", "csv", "--actor", "PER", *database(tmp_path))
    assert len(done.stdout.decode().splitlines()) == 1


def test_one_source_and_one_place_are_chosen(tmp_path: Path):
    path = records(tmp_path)
    for arguments, said in (
        (("export", path, *database(tmp_path)), "two sources"),
        (("export", "--join", *database(tmp_path)), "--join and --read-as are for files"),
        (("import", path, "-f", "plover", "-o", tmp_path / "o", "--join"), "two places"),
    ):
        done = rasd(*arguments)
        assert done.returncode == 2
        assert said in done.stderr.decode()
    done = rasd("export", *database(tmp_path))
    assert done.returncode == 1
    assert not (tmp_path / "rasd.db").exists()


def test_a_dossier_is_made_of_an_imported_table(tmp_path: Path):
    table, kept = tmp_path / "events.tsv", tmp_path / "kept.jsonl"
    cells = {"GLOBALEVENTID": "1", "SQLDATE": "20190304", "EventCode": "042", "DATEADDED": "20190305000000",
             "Actor1Code": "NORGOV", "Actor2Code": "CHL"}  # fmt: skip
    table.write_text("\t".join(cells.get(n, "") for n in gdelt.columns(2)) + "\n")
    assert rasd("import", table, "-f", "gdelt", "-o", kept).returncode == 0
    for form in ("text", "md", "html"):
        done = rasd("dossier", "NOR", "CHL", kept, "--format", form)
        assert done.returncode == 0, done.stderr
        assert "CONSULT/visit" in done.stdout.decode()
        assert "«»" not in done.stdout.decode()


def test_what_is_set_aside_whole_is_a_failure(tmp_path: Path):
    other = tmp_path / "other.txt"
    other.write_text("one line\nand another\n")
    done = rasd("export", other)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[-2:] == ["rasd: 2 lines set aside", "rasd: 0 events, 0 rows"]
    done = rasd("import", other, "--format", "gdelt", "-o", tmp_path / "records.jsonl")
    assert (done.returncode, done.stdout) == (1, b"")
    other.write_bytes(b"")
    done = rasd("export", other)
    assert (done.returncode, done.stderr) == (1, f"rasd: {other}: empty\n".encode())
