"""Parts of a run over many machines in an object store: put whole, known again, finished in their place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed: pip install 'rasd[ray]'")

from rasd.corpus.chunks import Done, chunks  # noqa: E402
from rasd.corpus.depot import Depot, DepotError, Shelf, report_done  # noqa: E402
from rasd.sources import SourceError  # noqa: E402
from rasd.sources.article import Article  # noqa: E402
from rasd.sources.jsonl import BadLine  # noqa: E402

URL = "memory://bucket/records"


@pytest.fixture(autouse=True)
def emptied() -> Iterator[None]:
    """The store in memory is one for the whole process."""
    yield
    fsspec.filesystem("memory").store.clear()


def put(depot: Depot, number: int, *rejects: BadLine) -> None:
    depot.shelf.put(f"part-{number:06}.jsonl", f"{number}\n".encode())
    report_done(depot.shelf, Done(number, number * 2 + 1, number * 2 + 2, articles=2, rejects=list(rejects)))


def test_what_is_done_is_known_again_and_finished():
    with Depot(URL, {"input": "1"}) as depot:
        put(depot, 1, BadLine(4, None, "no text", "{}"))
        put(depot, 0, BadLine(1, "a", "not Arabic", "{}"))
    with Depot(URL, {"input": "1"}) as depot:
        assert [(done.number, done.last) for done in depot.done()] == [(0, 2), (1, 4)]
        depot.finish("jsonl")
    shelf = Shelf(URL)
    assert shelf.names() == ["_rasd.json", "part-000000.jsonl", "part-000001.jsonl"]
    aside = fsspec.filesystem("memory").cat_file("/bucket/records.rejects.jsonl").decode()
    assert [line.split(",")[0] for line in aside.splitlines()] == ['{"line":1', '{"line":4']


def test_another_run_begins_anew():
    with Depot(URL, {"input": "1"}) as depot:
        put(depot, 0)
    with Depot(URL, {"input": "2"}) as depot:
        assert list(depot.done()) == []
        assert depot.shelf.get("part-000000.jsonl") is None
        put(depot, 0)
        depot.finish("jsonl")
    with Depot(URL, {"input": "3"}) as depot:  # what is complete is ours, and gives way
        assert depot.shelf.get("_rasd.json") is None


def test_tables_without_rows_are_tables_too():
    with Depot(URL, {}) as depot:
        depot.shelf.put("articles/month=2016-10/part-000000.parquet", b"")
        report_done(depot.shelf, Done(0, 1, 1, articles=1))
        depot.finish("parquet")
    assert Shelf(URL).names("events") == ["month=unknown"]


def test_what_is_no_output_of_ours_is_left_alone():
    fsspec.filesystem("memory").pipe_file("/bucket/records/precious", b"x")
    with pytest.raises(SourceError, match="holds something else"):
        Depot(URL, {})
    with pytest.raises(DepotError, match="nosuch"):
        Depot("nosuch://bucket/records", {})


def test_chunks_are_of_so_many_lines_or_letters():
    def lines(count: int) -> Iterator[tuple[int, bytes, Article | BadLine]]:
        for n in range(1, count + 1):
            yield n, b"{}", BadLine(n, None, "no text", "{}") if n % 5 == 0 else Article("خبر")

    assert [[item.line for item in chunk.items] for chunk in chunks(lines(7), articles=3)] == [
        [1, 2, 3],
        [4, 5, 6],
        [7],
    ]
    assert [len(chunk.items) for chunk in chunks(lines(7), letters=6)] == [2, 2, 3]
    assert [chunk.number for chunk in chunks(lines(0))] == []


class DownError(Exception):
    """What the library of an object store may raise: no error of the system's."""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (DownError("Could not connect\nto the endpoint"), "could not connect to the endpoint"),
        (DownError(), "downError"),
        (PermissionError(13, "Forbidden"), "forbidden"),
        (FileNotFoundError(2, "The specified bucket does not exist"), "there is no such bucket"),
    ],
)
def test_what_an_object_store_says_is_one_line(error: Exception, said: str, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(fsspec.filesystem("memory"), "pipe_file", fail)
    with pytest.raises(DepotError) as raised:
        Depot(URL, {"input": "1"})
    assert str(raised.value) == f"memory://bucket/records: {said}"
