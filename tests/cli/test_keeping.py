"""The commands of the database, as a user runs them."""

from __future__ import annotations

import gzip
import json
import sqlite3
from pathlib import Path

import pytest

from cli.test_cli import rasd

LINES = [
    {"id": "1", "title": "لقاء في أوسلو", "source": "صدى الشمال", "published": "2019-02-04",
     "text": "التقى رئيس الوزراء النرويجي نظيره الفنلندي في أوسلو اليوم الاثنين."},
    {"id": "2", "title": "قصف", "published": "2019-02-05", "text": "قصفت طائرات هندية معسكرا قرب حدود باكستان."},
]  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with two articles in a file of lines, one in a text file, and what is no article."""
    folder = tmp_path / "news"
    (folder / "more").mkdir(parents=True)
    lines = [*(json.dumps(line) for line in LINES), "no json", '{"title": "no text"}']
    (folder / "a.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    (folder / "more" / "b.txt").write_text("وقعت مصر وقبرص اتفاقية في نيقوسيا.", encoding="utf-8")
    (folder / "c.pdf").write_bytes(b"%PDF")
    (folder / ".hidden").write_bytes(b"")
    return folder


def test_from_adding_to_removing(corpus: Path, tmp_path: Path) -> None:
    db = str(tmp_path / "new" / "record.db")
    added = rasd("add", str(corpus), "--db", db, "--json", "--published", "2019-02-06", real=True)
    assert added.returncode == 0, added.stderr
    outcomes = [json.loads(line) for line in added.stdout.splitlines()]
    assert [o["outcome"] for o in outcomes] == ["aside", "aside", "aside", "added", "added", "added"]
    said = added.stderr.decode()
    assert "a.jsonl.gz, line 3: not JSON" in said
    assert "line 4: no text" in said
    assert "c.pdf: the PDF is truncated or damaged" in said
    assert "3 articles added, 3 set aside" in said.splitlines()[-1]
    again = rasd("add", str(corpus), "--db", db, real=True)
    assert "0 articles added, 3 known already" in again.stderr.decode()

    page = rasd("list", RASD_DB=db)
    assert page.returncode == 0, page.stderr
    assert [line.split()[:2] for line in page.stdout.decode().splitlines()[1:]] == [
        ["3", "2019-02-06"], ["2", "2019-02-05"], ["1", "2019-02-04"]]  # fmt: skip
    only = [json.loads(line) for line in rasd("list", "--json", "--actor", "nor", RASD_DB=db).stdout.splitlines()]
    assert [listed["title"] for listed in only] == ["لقاء في أوسلو"]

    shown = rasd("show", "1", RASD_DB=db)
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert "article 1; its own id 1" in shown.stdout.decode()
    record = json.loads(rasd("show", "1", "--json", RASD_DB=db).stdout)
    assert record["article"]["text"] == LINES[0]["text"]

    found = rasd("search", "القصف", RASD_DB=db)
    assert found.returncode == 0, found.stderr
    assert "*قصفت* طائرات" in found.stdout.decode()
    (hit,) = [json.loads(line) for line in rasd("search", "نيقوسيا", "--json", RASD_DB=db).stdout.splitlines()]
    assert hit["passages"][0]["marks"] == [{"start": 26, "end": 33}]

    assert rasd("remove", "1", "no-such", RASD_DB=db).stderr == b"rasd: no article is known as no-such\n"
    assert rasd("remove", "1", "2", RASD_DB=db).stderr == b"rasd: 2 articles removed\n"
    nothing = rasd("search", "القصف", RASD_DB=db)
    assert (nothing.returncode, nothing.stderr) == (1, b"rasd: nothing found\n")


@pytest.mark.parametrize(
    "arguments", [("list",), ("show", "1"), ("search", "x"), ("remove", "1")], ids=lambda arguments: arguments[0]
)
def test_without_a_database_one_line_says_so(arguments: tuple[str, ...], tmp_path: Path) -> None:
    missing = tmp_path / "none.db"
    done = rasd(*arguments, "--db", str(missing))
    assert done.returncode == 1
    assert done.stderr.decode() == f"rasd: {missing}: no database there yet; 'rasd add' makes one\n"
    assert not missing.exists()


def test_what_is_no_database_of_ours_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "text.db"
    text.write_text("كلام\n" * 500, encoding="utf-8")
    assert rasd("list", "--db", str(text)).stderr.decode() == f"rasd: {text}: not a database\n"
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE notes (line TEXT)")
    connection.close()
    assert (
        rasd("add", str(text), "--db", str(other)).stderr.decode() == f"rasd: {other}: a database of another program\n"
    )
    newer = tmp_path / "newer.db"
    connection = sqlite3.connect(newer)
    connection.execute("CREATE TABLE rasd_version (version_num TEXT)")
    connection.execute("INSERT INTO rasd_version VALUES ('9876')")
    connection.commit()
    connection.close()
    assert "made by a newer Rasd (form 9876," in rasd("list", "--db", str(newer)).stderr.decode()
    assert rasd("list", "--db", str(tmp_path)).stderr.decode() == f"rasd: {tmp_path}: a folder, not a database\n"
    assert "only SQLite and PostgreSQL" in rasd("list", "--db", "mysql://here/x").stderr.decode()
    nowhere = rasd("list", "--db", "postgresql://u:secret@127.0.0.1:1/x")
    assert (nowhere.returncode, len(nowhere.stderr.splitlines())) == (1, 1)
    assert b"secret" not in nowhere.stderr


def test_an_article_that_is_none_is_an_error(tmp_path: Path) -> None:
    done = rasd("add", str(tmp_path / "absent.txt"), "--db", str(tmp_path / "x.db"), real=True)
    assert done.returncode == 1
    assert "absent.txt: no such file" in done.stderr.decode()
