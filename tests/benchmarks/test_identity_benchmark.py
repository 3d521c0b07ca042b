"""The benchmark of identity counts as it says, and its marks are well formed."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

import identity
from relations.records import made


def test_everything_right() -> None:
    events = {"a": "1", "b": "1", "c": "2"}
    assert identity.bcubed({"a": "x", "b": "x", "c": "y"}, events) == (1.0, 1.0)
    assert identity.pairs({"a": "x", "b": "x", "c": "y"}, events) == (1.0, 1.0)


def test_all_in_one_group_recalls_all_and_is_seldom_right() -> None:
    events = {"a": "1", "b": "1", "c": "2", "d": "3"}
    found = dict.fromkeys(events, "x")
    assert identity.bcubed(found, events) == ((2 / 4 + 2 / 4 + 1 / 4 + 1 / 4) / 4, 1.0)
    assert identity.pairs(found, events) == (1 / 6, 1.0)


def test_each_alone_is_right_and_recalls_itself() -> None:
    events = {"a": "1", "b": "1", "c": "2"}
    assert identity.bcubed({"a": "x", "b": "y", "c": "z"}, events) == (1.0, (1 / 2 + 1 / 2 + 1) / 3)
    assert identity.pairs({"a": "x", "b": "y", "c": "z"}, events) == (0.0, 0.0)


def test_a_mark_finds_the_report_by_any_of_its_tellings_and_a_little_beside() -> None:
    record = made({"events": [{"says": "كلام أول طويل"}, {"says": "كلام ثان", "same_as": "e1"}]})
    second = record.events[1].trigger.start
    marks = [identity.Mark("k", "CONSULT", second + 2, "1", "tuned"), identity.Mark("k", "AGREE", 0, "2", "kept")]
    marked = identity.match(marks, {"k": record})
    assert marked.events == {"k/e1": "1"}
    assert marked.of("kept") == {}
    assert marked.unmatched == [marks[1]]


def test_a_bad_line_of_marks_is_named(tmp_path: Path) -> None:
    path = tmp_path / "marks.tsv"
    path.write_text("# head\n2031-05-02#1\tCONSULT\tfour\t1\ttuned\n", "utf-8")
    with pytest.raises(ValueError, match="line 2"):
        identity.read_marks(path)


def test_the_marks_are_many_and_parted_by_event() -> None:
    marks = identity.read_marks()
    assert len({(m.article, m.type, m.place) for m in marks}) == len(marks)
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for mark in marks:
        parts[mark.event].add(mark.part)
    assert all(len(part) == 1 for part in parts.values())
    assert {m.part for m in marks} == {identity.TUNED, identity.KEPT}
    assert not any("\u0600" <= c <= "\u06ff" for c in identity.MARKS.read_text("utf-8"))
