"""The compiled lexicon: built once, by several at once, and read whatever befalls the cache."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rasd.lexicon import KnowledgeError, KnowledgeFiles, Section, open_compiled
from rasd.lexicon.compiled import cache_folder

Content = dict[str, bytes]


class Builder:
    """Sections that count how often they are built."""

    def __init__(self, version: int = 1) -> None:
        self.built = 0
        self.sections = [Section("first", version, self._build), Section("second", 1, lambda files: b"\0" * 70_000)]

    def _build(self, files: KnowledgeFiles) -> bytes:
        self.built += 1
        return b"".join(path.read_bytes() for path in files.paths("*.yaml"))


@pytest.fixture
def files(tmp_path: Path) -> Callable[[], KnowledgeFiles]:
    """Gives the knowledge files anew, as another process would see them."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text("[]")
    return lambda: KnowledgeFiles(None, tmp_path / "data")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("RASD_CACHE", str(folder))
    return folder


def test_the_cache_is_where_one_says(cache: Path, monkeypatch: pytest.MonkeyPatch):
    assert cache_folder() == cache
    monkeypatch.delenv("RASD_CACHE")
    assert "rasd" in cache_folder().as_posix()


def test_built_once_then_taken_from_the_cache(files: Callable[[], KnowledgeFiles], cache: Path):
    builder = Builder()
    for _ in range(3):
        lexicon = open_compiled(files(), builder.sections)
        assert bytes(lexicon["first"]) == b"[]"
        assert len(lexicon["second"]) == 70_000
    assert builder.built == 1
    assert len(list(cache.iterdir())) == 1


def test_built_anew_when_a_source_or_a_form_changes(files: Callable[[], KnowledgeFiles], tmp_path: Path):
    builder = Builder()
    open_compiled(files(), builder.sections)
    (tmp_path / "data" / "a.yaml").write_text("[1]")
    assert bytes(open_compiled(files(), builder.sections)["first"]) == b"[1]"
    assert builder.built == 2
    newer = Builder(version=2)
    open_compiled(files(), newer.sections)
    assert newer.built == 1


def test_old_lexicons_are_dropped(files: Callable[[], KnowledgeFiles], cache: Path):
    for version in range(15):
        open_compiled(files(), Builder(version).sections)
    assert len(list(cache.iterdir())) == 8


@pytest.mark.parametrize("keep", [0, 4, 20, 60, 50_000])
def test_a_file_cut_short_is_built_anew(files: Callable[[], KnowledgeFiles], cache: Path, keep: int):
    builder = Builder()
    open_compiled(files(), builder.sections)
    (path,) = cache.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:keep])
    assert bytes(open_compiled(files(), builder.sections)["first"]) == b"[]"
    assert builder.built == 2
    assert path.read_bytes() == whole


@pytest.mark.parametrize("rubbish", [b"x" * 500, b"RASDLEX1" + b"\xff" * 500])
def test_a_file_of_something_else_is_built_anew(files: Callable[[], KnowledgeFiles], cache: Path, rubbish: bytes):
    builder = Builder()
    open_compiled(files(), builder.sections)
    (path,) = cache.iterdir()
    path.write_bytes(rubbish)
    assert bytes(open_compiled(files(), builder.sections)["first"]) == b"[]"


def test_without_a_place_to_write_it_stays_in_memory(
    files: Callable[[], KnowledgeFiles], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("RASD_CACHE", str(tmp_path / "file" / "cache"))
    assert bytes(open_compiled(files(), Builder().sections)["first"]) == b"[]"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="only a user without all rights can be refused")
def test_a_read_only_cache_stays_as_it_is(files: Callable[[], KnowledgeFiles], cache: Path):
    cache.mkdir(mode=0o500)
    assert bytes(open_compiled(files(), Builder().sections)["first"]) == b"[]"
    assert list(cache.iterdir()) == []


def test_a_wrong_source_leaves_nothing_behind(tmp_path: Path, cache: Path):
    (tmp_path / "ours").mkdir()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.yml").write_text("[]")
    for _ in range(2):
        with pytest.raises(KnowledgeError, match=r"a\.yml"):
            open_compiled(KnowledgeFiles(tmp_path / "mine", tmp_path / "ours"), Builder().sections)
    assert not cache.exists() or list(cache.iterdir()) == []


BUILD_SLOWLY = """
import sys, time
from pathlib import Path
from rasd.lexicon import KnowledgeFiles, Section, open_compiled

def build(files):
    time.sleep(0.5)
    return b"x" * 1_000_000

lexicon = open_compiled(KnowledgeFiles(None, Path(sys.argv[1])), [Section("slow", 1, build)])
assert bytes(lexicon["slow"]) == b"x" * 1_000_000
"""


def test_two_processes_build_at_once(files: Callable[[], KnowledgeFiles], tmp_path: Path, cache: Path):
    command = [sys.executable, "-c", BUILD_SLOWLY, str(tmp_path / "data")]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [(process.communicate(timeout=60)[1], process.returncode) for process in both] == [("", 0)] * 2
    assert [path.suffix for path in cache.iterdir()] == [".bin"]
