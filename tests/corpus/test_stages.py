"""Where the time goes: every stage is told of, nothing changes by it, and it reads as a table."""

from __future__ import annotations

import io
import json
from pathlib import Path

from rasd import Reader
from rasd.corpus.archive import code_archive
from rasd.corpus.coding import code_corpus
from rasd.sources import JsonLines
from rasd.stages import UNTIMED, Stages
from rasd.terminal.profile import profile_lines

TEXTS = ("زار وزير خارجية النرويج مسقط أمس الأربعاء.", "رفضت الحكومة المقترح.")
READING = {"text", "when", "who", "dating", "where", "affairs", "learned", "what", "positions", "record"}


def source(folder: Path) -> Path:
    file = folder / "articles.jsonl"
    file.write_text("".join(json.dumps({"text": text}) + "\n" for text in TEXTS), encoding="utf-8")
    return file


def test_the_reader_tells_of_each_stage_and_reads_the_same():
    stages, timed = Stages(), Reader()
    timed.time_stages(stages)
    assert [timed.read(t).to_json() for t in TEXTS] == [Reader().read(t).to_json() for t in TEXTS]
    assert set(stages.seconds) == READING
    assert all(seconds >= 0 for seconds in stages.seconds.values())
    assert set(stages.taken()) == READING
    assert stages.taken() == {}


def test_coding_tells_of_the_rest(tmp_path: Path):
    stages, reader, out = Stages(), Reader(), io.BytesIO()
    reader.time_stages(stages)
    with JsonLines(str(source(tmp_path))) as lines:
        code_corpus(lines, reader, out, stages=stages)
    assert set(stages.seconds) == READING | {"input", "encoding", "writing"}


def test_workers_tell_what_they_spent(tmp_path: Path):
    stages, target = Stages(), tmp_path / "records.jsonl"
    with JsonLines(str(source(tmp_path))) as lines:
        code_archive(lines, str(tmp_path / "articles.jsonl"), target, stages=stages)
    assert set(stages.seconds) == READING | {"input", "encoding", "writing"}


def test_who_did_not_ask_is_told_nothing():
    UNTIMED.begin()
    UNTIMED.mark("what")
    UNTIMED.add({"what": 1.0})
    assert not hasattr(UNTIMED, "seconds")


def test_as_lines():
    lines = list(profile_lines({"what": 3.0, "input": 1.0, "odd": 0.5, "learned": 0.0001}, 1_000_000))
    assert [line.split()[0] for line in lines] == ["input", "what", "odd", "together"]
    assert lines[1].startswith("what          3.00 s  66.7 %    3.00 µs a word  events")
    assert list(profile_lines({}, 0)) == []
    assert "a word" not in next(profile_lines({"what": 1.0}, 0))
