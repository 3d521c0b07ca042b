"""The flat tables: what each holds is what the records hold, by month, as their guide says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from rasd import Reader
from rasd.corpus.columns import TABLES
from rasd.corpus.tables import ARTICLES, TableParts, check_replaceable, month_of, schema
from rasd.corpus.unfinished import Unfinished
from rasd.record import Record
from rasd.sources import SourceError

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "tables.md"

TEXTS = {
    "2019-03-04": "التقى وزير الخارجية النرويجي نظيره التشيلي في أوسلو أمس، وبحثا اتفاقا للصيد.",
    "2019-04-02": "قتل ثلاثة جنود وأصيب خمسة في هجوم مسلح قرب ليما يوم الاثنين.",
    None: "عقد البرلمان جلسته الأسبوعية.",
}


@pytest.fixture(scope="module")
def records(reader: Reader) -> list[Record]:
    return [reader.read(text, published=day, id=f"a{n}") for n, (day, text) in enumerate(TEXTS.items())]


def written(folder: Path, records: list[Record], most: int = ARTICLES) -> Path:
    target = folder / "tables"
    with Unfinished(target, {}) as unfinished:
        parts = TableParts(unfinished, most)
        for line, record in enumerate(records, 1):
            parts.add(line, record.to_json())
        parts.flush()
        parts.place(target)
        unfinished.remove()
    return target


def test_tables_hold_what_the_records_hold(tmp_path: Path, records: list[Record]):
    target = written(tmp_path, records, 2)
    rows = {t.name: ds.dataset(target / t.name, partitioning="hive").to_table().to_pylist() for t in TABLES}
    assert [r["id"] for r in sorted(rows["articles"], key=lambda r: r["article"])] == ["a0", "a1", "a2"]
    assert {r["article"]: r["month"] for r in rows["articles"]} == {1: "2019-03", 2: "2019-04", 3: "unknown"}
    assert {r["article"]: r["published"] for r in rows["articles"]} == {
        1: dt.date(2019, 3, 4),
        2: dt.date(2019, 4, 2),
        3: None,
    }
    events = {(r["article"], r["event"]): r for r in rows["events"]}
    assert len(events) == sum(len(r.events) for r in records) > 0
    for line, record in enumerate(records, 1):
        for e in record.events:
            row = events[line, e.id]
            same = ("type", "mode", "contexts", "quad", "score", "status", "rule", "confidence", "about", "same_as")
            assert {f: row[f] for f in same} == {f: getattr(e, f) for f in same}
            assert (row["actors"], row["recipients"]) == (e.actor_codes, e.recipient_codes)
            assert (row["date_begin"].isoformat() if row["date_begin"] else None) == (e.date.begin if e.date else None)
            assert (row["place"], row["country"]) == ((e.place.name.en, e.place.country) if e.place else (None, None))
            assert (
                record.article.text[row["start"] : row["end"]] == record.article.text[e.evidence.start : e.evidence.end]
            )
        for name, count in (
            ("mentions", sum(len(n.mentions) for n in record.entities)),
            ("times", len(record.times)),
            ("affairs", len(record.affairs)),
            ("reports", len({e.same_as or e.id for e in record.events})),
        ):
            assert sum(r["article"] == line for r in rows[name]) == count


def test_the_columns_say_what_they_hold(tmp_path: Path, records: list[Record]):
    target = written(tmp_path, records)
    for table in TABLES:
        for path in (target / table.name).glob("*/*.parquet"):
            found = pq.read_schema(path)
            assert found.equals(schema(table))
            assert [f.metadata[b"says"].decode() for f in found] == [c.says for c in table.columns]


def test_tables_without_rows_are_there(tmp_path: Path):
    target = written(tmp_path, [])
    for table in TABLES:
        assert ds.dataset(target / table.name, partitioning="hive").to_table().num_rows == 0


def test_only_tables_of_ours_are_written_over(tmp_path: Path, records: list[Record]):
    target = written(tmp_path, records)
    again = written(tmp_path, records[:1])
    assert target == again
    assert ds.dataset(target / "articles", partitioning="hive").to_table().num_rows == 1
    (tmp_path / "mine").mkdir()
    check_replaceable(tmp_path / "mine")
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(SourceError, match="holds something else"):
        check_replaceable(tmp_path / "mine")


@pytest.mark.parametrize(
    ("published", "month"),
    [("2015-07-03", "2015-07"), ("2015-07", "2015-07"), ("2015", "unknown"), (None, "unknown")],
)
def test_months(published: str | None, month: str, records: list[Record]):
    record = Record.from_json(records[0].to_json())
    record.article.published = published
    assert month_of(record) == month


def test_the_guide_shows_every_column():
    text = GUIDE.read_text(encoding="utf-8")
    missing = [
        f"{t.name}.{c.name}" for t in TABLES for c in t.columns
        if f"| `{c.name}` | {c.kind} | {c.says} |" not in text.partition(f"## {t.name}\n")[2].partition("\n## ")[0]
    ]  # fmt: skip
    assert missing == []
