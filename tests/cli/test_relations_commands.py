"""``rasd dossier``, ``actor``, ``affair`` and ``agenda`` on files: what they print, write and refuse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rasd import Reader

ROOT = Path(__file__).resolve().parents[2]
SUMMIT = str(ROOT / "examples" / "summit.txt")
DAY = ("--published", "2024-05-14")


def rasd(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rasd", *arguments],
        capture_output=True, encoding="utf-8", timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80"},
    )  # fmt: skip


@pytest.fixture(scope="module")
def records(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file of records, as `rasd code` writes them, and a line that is none."""
    file = tmp_path_factory.mktemp("records") / "records.jsonl"
    record = reader.read(Path(SUMMIT).read_text(encoding="utf-8"), published="2024-05-14", id="s1", title="قمة")
    file.write_bytes(record.to_json() + b"\n{}\n")
    return str(file)


def test_a_dossier_of_an_article():
    done = rasd("dossier", "TUR", "Iraq", SUMMIT, *DAY)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Turkey and Iraq" in done.stdout
    assert "Meetings and calls" in done.stdout
    assert "«أنقرة (وكالات) - [استقبل] الرئيس التركي" in " ".join(done.stdout.split())


def test_a_dossier_of_records_in_arabic_as_html(records: str, tmp_path: Path):
    target = tmp_path / "dossier.html"
    done = rasd("dossier", "تركيا", "العراق", records, "--lang", "ar", "-o", str(target))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"rasd: {records}, line 2: no text\n"
    assert '<html lang="ar" dir="rtl">' in target.read_text(encoding="utf-8")


def test_json_is_the_dossier(records: str):
    made = json.loads(rasd("dossier", "TUR", "IRQ", records, "-f", "json").stdout)
    assert (made["kind"], made["parties"], made["as_of"]) == ("pair", ["TUR", "IRQ"], "2024-05-14")
    assert all(line["quotes"] for line in made["lines"])


def test_a_database_tells_what_its_articles_tell(records: str, tmp_path: Path):
    database = str(tmp_path / "rasd.db")
    assert rasd("add", SUMMIT, "--db", database, *DAY).returncode == 0
    done = rasd("dossier", "TUR", "IRQ", "--db", database, "-f", "md")
    assert (done.returncode, done.stderr) == (0, "")
    of_file = rasd("dossier", "TUR", "IRQ", records, "-f", "md").stdout
    assert [x for x in done.stdout.splitlines() if x.startswith("#")] == [
        x for x in of_file.splitlines() if x.startswith("#")
    ]


def test_an_actor_and_an_affair(records: str):
    assert "# Turkey\n" in rasd("actor", "TUR", records, "-f", "md").stdout
    assert "fight against terrorism" in rasd("affair", "Terrorism", records, "-f", "md").stdout.splitlines()[0]


def test_an_agenda_and_its_calendar(records: str, tmp_path: Path):
    calendar = tmp_path / "agenda.ics"
    done = rasd("agenda", records, "--days", "5", "--ics", str(calendar))
    assert done.returncode == 0, done.stderr
    assert "As of 14 May 2024 · within 5 days" in done.stdout
    assert "16 May 2024" in done.stdout
    assert "June 2024" not in done.stdout
    text = calendar.read_text(encoding="utf-8")
    assert "DTSTART;VALUE=DATE:20240516" in text
    assert rasd("agenda", records, "--days", "5", "--ics", str(calendar)).stdout == done.stdout
    assert calendar.read_text(encoding="utf-8") == text


def test_what_has_passed_by_a_later_day(records: str):
    assert "no report that it happened" in rasd("agenda", records, "--as-of", "2024-06-01").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("dossier", "TUR", "TUR", SUMMIT), 1, "a relationship has two sides: name two different powers"),
        (("dossier", "RUS", "CHN", SUMMIT), 1, "nothing is told of RUS and CHN"),
        (("actor", "RUS", SUMMIT), 1, "nothing is told of RUS"),
        (("affair", "the moon", SUMMIT), 1, "no affair is known as 'the moon'"),
        (("dossier", "TUR", "IRQ", SUMMIT, "--db", "x.db"), 2, "name files or a database, not both"),
        (
            ("dossier", "TUR", "IRQ", "--db", "/nowhere.db"),
            1,
            "/nowhere.db: no database there yet; 'rasd add' makes one",
        ),
        (("dossier", "TUR", "IRQ", "nowhere.txt"), 1, "nowhere.txt: no such file"),
        (("dossier", "TUR", "IRQ", SUMMIT, "--lang", "fr"), 2, "Invalid value for '--lang': choose one of en, ar"),
        (("dossier", "TUR", "IRQ", SUMMIT, "--from", "2024-06-01", "--to", "2024-05-01"), 2, "--from lies after --to"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(arguments: tuple[str, ...], code: int, said: str):
    done = rasd(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.splitlines()[0].removeprefix("rasd: ").removeprefix("Invalid value: ") == said


def test_a_power_may_go_by_its_name(records: str):
    unknown = rasd("actor", "Turkee", records)
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "no power is known as 'Turkee'; like it: turkey" in unknown.stderr
