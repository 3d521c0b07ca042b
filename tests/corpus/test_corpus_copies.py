"""Near-copies within and between runs: told as `rasd.relations.copies` tells them, marked beside what was coded."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from rasd.corpus import alike, sketches
from rasd.corpus.alike import Copy, copies
from rasd.corpus.copying import mark_copies
from rasd.corpus.sketches import ROW, UNKNOWN_DAY, Text
from rasd.relations.copies import held, sketch
from rasd.sources.article import SourceError

WORDS = [f"{a}{b}{c}" for a in "كتابمنهلس" for b in "رعدجبقفو" for c in "يةنلمات"]


def prose(seed: int, words: int = 120) -> list[str]:
    return random.Random(seed).choices(WORDS, k=words)


def text(seed: int, words: int = 120) -> str:
    return " ".join(prose(seed, words))


def edited(seed: int, keep: float, salt: int = 1) -> str:
    """A text whose beginning is that of another."""
    words = prose(seed)
    cut = int(len(words) * keep)
    return " ".join(words[:cut] + prose(seed * 1000 + salt, len(words) - cut))


def made(texts: Sequence[Text]) -> np.ndarray:
    return np.frombuffer(sketches.rows(texts), ROW)


def numbered(*texts: str, days: Sequence[str | None] = ()) -> np.ndarray:
    days = days or [None] * len(texts)
    return made([Text(n, day, each) for n, (each, day) in enumerate(zip(texts, days, strict=True), 1)])


def test_finds_what_copies_what() -> None:
    rows = numbered(text(1), text(2), text(1), text(3), edited(1, 0.9), text(4, 5), text(4, 5), text(1)[:400])
    found = list(copies(rows))
    assert [(c.article, c.first) for c in found] == [(3, 1), (5, 1), (8, 1)]
    assert [c.of in (1, 3, 5) for c in found] == [True] * 3
    assert found[0].held == 1
    assert all(0.65 <= c.held <= 1 for c in found)


def test_the_one_published_first_is_the_original() -> None:
    days = ["2014-05-03", None, "2014-05-01", "2014-05", "2014"]
    found = list(copies(numbered(*[text(1)] * 5, days=days)))
    assert sorted(c.article for c in found) == [1, 2, 3, 4]
    assert {c.first for c in found} == {5}  # 2014 may be its first day
    (later,) = copies(numbered(text(1), text(1), days=[None, "2014-05-01"]))
    assert (later.article, later.of) == (1, 2)


def test_finds_copies_of_earlier_runs() -> None:
    before = [numbered(text(7), text(1), days=["2015-01-01", "2015-01-01"]), numbered(text(2), text(1))]
    rows = numbered(text(3), edited(1, 0.95), text(2), text(3), days=["2014-01-01"] * 4)
    assert [(c.article, c.of, c.of_run) for c in copies(rows, before)] == [(2, 2, 0), (3, 1, 1), (4, 1, -1)] or [
        (c.article, c.of, c.of_run) for c in copies(rows, before)
    ] == [(2, 2, 1), (3, 1, 1), (4, 1, -1)]
    assert list(copies(numbered(), before)) == []


def test_tells_copies_as_the_database_does() -> None:
    """Whatever is said to be a copy is one by the two sketches, and nearly all that are ones are found."""
    texts = [edited(seed, keep, salt) for seed in range(25) for salt, keep in enumerate((1, 1, 0.95, 0.8, 0.6, 0.3))]
    packed = [sketch(each)[0] for each in texts]  # type: ignore[index]
    found = {c.article: c for c in copies(numbered(*texts))}
    for c in found.values():
        assert c.held == pytest.approx(held(packed[c.article - 1], packed[c.of - 1]), abs=0.01)
    clear = [
        n for n in range(len(texts)) if any(held(packed[n], packed[m]) >= 0.8 for m in range(n))
    ]  # fmt: skip
    assert {n + 1 for n in clear} <= set(found)


def test_many_under_one_key_are_compared_with_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alike, "_PAIRS", 7)
    found = list(copies(numbered(*[text(1)] * 100)))
    assert [c.article for c in found] == list(range(2, 101))
    assert {c.first for c in found} == {1}


def test_days_of_publication() -> None:
    rows = numbered(*[text(1)] * 6, days=["1970-01-02", "1970-02", "1971", None, "", "1970-13-01"])
    assert rows["day"].tolist() == [1, 31, 365, UNKNOWN_DAY, UNKNOWN_DAY, UNKNOWN_DAY]


def test_workers_make_the_same_sketches(tmp_path: Path) -> None:
    texts = [Text(n, None, text(n % 300)) for n in range(1200)]
    for workers in (1, 2):
        with (tmp_path / str(workers)).open("wb") as file:
            assert sketches.write(texts, file, workers=workers) == 1200
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
    assert len(sketches.opened(tmp_path / "1")) == 1200


@pytest.mark.parametrize("data", [b"", b"rasd-sketches-1\nabc", b"other"])
def test_refuses_what_is_no_file_of_sketches(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(SourceError, match="no sketches of this version"):
        sketches.opened(tmp_path / "a")


def records(*texts: str) -> bytes:
    return b"".join(
        json.dumps({"article": {"text": each, "published": None}, "events": []}).encode() + b"\n" for each in texts
    )


def test_says_copies_beside_records(tmp_path: Path) -> None:
    output = tmp_path / "b.jsonl.gz"
    output.write_bytes(gzip.compress(records(text(1), text(2), text(2), text(9))))
    (tmp_path / "a.jsonl").write_bytes(records(text(8), text(9)))
    found = mark_copies(output, [tmp_path / "a.jsonl"])
    assert (found.articles, found.copies, found.path) == (4, 2, tmp_path / "b.copies.jsonl")
    said = [json.loads(line) for line in (tmp_path / "b.copies.jsonl").read_text().splitlines()]
    here = {"run": None, "first_run": None}
    there = {"run": str(tmp_path / "a.jsonl"), "first_run": str(tmp_path / "a.jsonl")}
    assert said == [{"line": 3, "copy_of": 2, "first": 2, "held": 1.0} | here,
                    {"line": 4, "copy_of": 2, "first": 2, "held": 1.0} | there]  # fmt: skip
    output.write_bytes(gzip.compress(records(text(1))))
    assert mark_copies(output).path is None
    assert not (tmp_path / "b.copies.jsonl").exists()


def test_says_copies_of_records_in_parts(tmp_path: Path) -> None:
    for number, seeds in enumerate(((1, 2), (3, 1))):
        (tmp_path / f"part-{number:06}.jsonl").write_bytes(records(*map(text, seeds)))
    assert mark_copies(tmp_path).path == tmp_path / "copies.jsonl"
    assert json.loads((tmp_path / "copies.jsonl").read_text())["line"] == 4


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("none", None, "no such file or folder"), ("empty/x", b"", "a folder without tables or records"),
        ("a.jsonl", b"{}\n", "not records of Rasd"),
        ("a.jsonl.gz", gzip.compress(records(text(1)))[:-9], "not records of"),
        ("a.jsonl", b"\xff", "not records of Rasd"),
    ],
)  # fmt: skip
def test_refuses_what_no_run_wrote(tmp_path: Path, name: str, data: bytes | None, reason: str) -> None:
    path = tmp_path / name
    if data is not None:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    with pytest.raises(SourceError, match=reason):
        mark_copies(path.parent if name.endswith("/x") else path)


def test_refuses_a_run_as_an_earlier_one_of_itself(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(records(text(1)))
    with pytest.raises(SourceError, match="an earlier run of itself"):
        mark_copies(tmp_path / "a.jsonl", [tmp_path / "a.jsonl"])


def tables(folder: Path, *texts: str) -> None:
    import pyarrow as pa

    for n, each in enumerate(texts, 1):
        month = folder / "articles" / f"month=2014-0{n}"
        month.mkdir(parents=True, exist_ok=True)
        columns = {"article": [n], "published_as": [f"2014-0{n}-01"], "text": [each]}
        pq.write_table(pa.table(columns), month / "part-000000.parquet")


def test_says_copies_in_one_more_table(tmp_path: Path) -> None:
    tables(tmp_path / "a", text(1), text(2), text(1))
    tables(tmp_path / "b", text(3), text(2))
    assert mark_copies(tmp_path / "a").copies == 1
    assert pq.read_table(tmp_path / "a" / "copies").to_pylist() == [
        {"article": 3, "copy_of": 1, "first": 1, "held": 1.0, "run": None, "first_run": None}
    ]
    kept = (tmp_path / "a" / "_sketches.bin").stat().st_mtime_ns
    found = mark_copies(tmp_path / "b", [tmp_path / "a"])
    assert (found.copies, (tmp_path / "a" / "_sketches.bin").stat().st_mtime_ns) == (1, kept)
    (row,) = pq.read_table(tmp_path / "b" / "copies").to_pylist()
    assert (row["article"], row["copy_of"], row["run"]) == (2, 2, str(tmp_path / "a"))
    # What was written anew since is sketched anew.
    tables(tmp_path / "a", text(5), text(6))
    assert mark_copies(tmp_path / "b", [tmp_path / "a"]).copies == 0
    assert pq.read_table(tmp_path / "b" / "copies").num_rows == 0


def test_copies_are_plain_values() -> None:
    (copy,) = copies(numbered(text(1), text(1)))
    assert copy == Copy(2, 1, 1, 1.0)
