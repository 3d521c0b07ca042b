"""Knowledge files: a user's folder over ours, YAML as people write it, errors that say where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from rasd.lexicon import KnowledgeError, KnowledgeFiles
from rasd.lexicon.files import load_yaml

Write = Callable[[str, str], Path]


class Town(msgspec.Struct, forbid_unknown_fields=True):
    en: str
    ar: list[str]
    since: str | int | None = None
    walled: bool = False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def write(folder: Path) -> Write:
    """Writes a file of knowledge below the test's folder."""

    def written(name: str, text: str) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def towns(files: KnowledgeFiles) -> dict[str, list[str]]:
    return {t.en: t.ar for t in files.entries("towns/*.yaml", Town, lambda t: t.en)}


def test_a_users_folder_adds_and_replaces(folder: Path, write: Write):
    write("ours/towns/north.yaml", "- {en: Sirat, ar: [سيرات]}\n- {en: Wadina, ar: [وادينا]}\n")
    write("mine/towns/any-name.yaml", "- {en: Wadina, ar: [وادينة]}\n- {en: Qalta, ar: [قلتة]}\n")
    files = KnowledgeFiles(folder / "mine", folder / "ours")
    assert towns(files) == {"Sirat": ["سيرات"], "Wadina": ["وادينة"], "Qalta": ["قلتة"]}
    assert towns(KnowledgeFiles(None, folder / "ours")) == {"Sirat": ["سيرات"], "Wadina": ["وادينا"]}


def test_files_are_read_ours_first_and_by_name(folder: Path, write: Write):
    for name in ("ours/towns/b.yaml", "ours/towns/a.yaml", "mine/towns/a.yaml"):
        write(name, "[]")
    files = KnowledgeFiles(folder / "mine", folder / "ours")
    assert [p.relative_to(folder).as_posix() for p in files.paths("towns/*.yaml")] == [
        "ours/towns/a.yaml", "ours/towns/b.yaml", "mine/towns/a.yaml",
    ]  # fmt: skip


def test_the_digest_follows_contents_and_names(folder: Path, write: Write):
    write("ours/towns/a.yaml", "[]")
    write("mine/towns/a.yaml", "[]")
    ours, both = KnowledgeFiles(None, folder / "ours"), KnowledgeFiles(folder / "mine", folder / "ours")
    assert ours.digest != both.digest
    assert both.digest == KnowledgeFiles(folder / "mine", folder / "ours").digest
    write("mine/towns/a.yaml", "[ ]")
    changed = KnowledgeFiles(folder / "mine", folder / "ours").digest
    assert changed != both.digest
    (folder / "mine/towns/a.yaml").rename(folder / "mine/towns/b.yaml")
    assert KnowledgeFiles(folder / "mine", folder / "ours").digest != changed


@pytest.mark.parametrize("word", ["NO", "no", "ON", "off", "yes", "Y", "n"])
def test_words_that_yaml_takes_for_truth_stay_words(write: Write, word: str):
    path = write("a.yaml", f"- {{en: {word}, ar: [{word}]}}")
    assert load_yaml(path, list[Town]) == [Town(word, [word])]


def test_true_and_false_are_truth_and_dates_are_text(write: Write):
    path = write("a.yaml", "- {en: A, ar: [], since: 2014-05-01, walled: true}\n- {en: B, ar: [], since: 2014}")
    assert load_yaml(path, list[Town]) == [Town("A", [], "2014-05-01", True), Town("B", [], 2014)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("- {en: Sirat, ar: [سيرات]}\n- {en: Qalta, arabic: [قلتة]}", "entry 2 (en: Qalta)", id="field"),
        pytest.param("- {en: Qalta, arabic: [قلتة]}", "unknown field `arabic`", id="field's name"),
        pytest.param("- {en: Qalta}", "missing required field `ar`", id="missing"),
        pytest.param("- {en: Qalta, ar: قلتة}", "Expected `array`", id="type"),
        pytest.param("- {en: Qalta,\n  ar: [قلتة}\n", "line 2", id="syntax"),
        pytest.param("en: Qalta\n", "Expected `array`", id="no list"),
        pytest.param("- {en: Qalta, ar: [], since: 2014-02-30}", "day", id="no such day"),
        pytest.param("- !!python/object:os.system {}", "line 1", id="no objects"),
    ],
)
def test_an_error_names_file_entry_and_fault(write: Write, text: str, said: str):
    path = write("towns/mine.yaml", text)
    with pytest.raises(KnowledgeError) as error:
        load_yaml(path, list[Town])
    assert str(error.value).startswith(f"{path}:")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("text", ["", "# - {en: Qalta, ar: [قلتة]}\n", "[]"])
def test_a_file_without_entries_holds_none(write: Write, text: str):
    assert load_yaml(write("a.yaml", text), list[Town]) == []
    if text != "[]":
        with pytest.raises(KnowledgeError):
            load_yaml(write("a.yaml", text), Town)


def test_bytes_that_are_no_text_are_an_error(folder: Path):
    path = folder / "a.yaml"
    path.write_bytes(b"- {en: \xff\xfe}")
    with pytest.raises(KnowledgeError, match="cannot be read"):
        load_yaml(path, list[Town])


def test_a_folder_that_is_none_is_an_error(folder: Path, write: Write):
    with pytest.raises(KnowledgeError, match="no such folder"):
        KnowledgeFiles(folder / "nowhere")
    with pytest.raises(KnowledgeError, match="no such folder"):
        KnowledgeFiles(write("a.yaml", "[]"))


@pytest.mark.parametrize(
    ("name", "said"),
    [("towns/a.yml", "takes towns/*.yaml"), ("town/a.yaml", "no folder of this name"), ("a.yaml", "no folder")],
)
def test_a_file_that_nothing_reads_is_an_error(folder: Path, write: Write, name: str, said: str):
    (folder / "ours").mkdir()
    path = write(f"mine/{name}", "[]")
    files = KnowledgeFiles(folder / "mine", folder / "ours")
    towns(files)
    with pytest.raises(KnowledgeError) as error:
        files.check_all_read()
    assert str(path) in str(error.value)
    assert said in str(error.value)


def test_files_that_are_read_are_none(folder: Path, write: Write):
    (folder / "ours").mkdir()
    write("mine/towns/a.yaml", "[]")
    write("mine/README.md", "My towns.")
    files = KnowledgeFiles(folder / "mine", folder / "ours")
    towns(files)
    files.check_all_read()
