"""``docs/add-a-word.md`` is true: its entries, in a folder, make the reader read its text as it says."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from rasd import Reader
from rasd.checking import check_lexicon
from rasd.lexicon import KnowledgeError
from rasd.terminal.findings import show_report

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "add-a-word.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide's entries, each in the file that its first line names."""
    folder = tmp_path_factory.mktemp("lexicon")
    blocks = re.findall(r"```yaml\n# (\S+)\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 5
    for name, text in blocks[:4]:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def text() -> str:
    return texts()[1]


def texts() -> list[str]:
    """What a check says of the guide's faulty file, and the guide's article."""
    return re.findall(r"```text\n(.*?)\n```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_guides_entries_are_read(folder: Path, text: str):
    record = Reader(folder).read(text, published="2032-03-10")
    events = {event.type: event for event in record.events}
    assert set(events) == {"COERCE", "CONSULT", "ASSAULT"}
    padlock = events["COERCE"]
    assert (padlock.rule, padlock.mode, padlock.actor_codes) == ("coerce.padlock", "restrict", ["SYR/COP"])
    assert padlock.place is not None
    assert (padlock.place.name.en, padlock.place.lat) == ("Tell Zahra", 35.61)
    assert padlock.date is not None
    assert padlock.date.value == "2032-03-09"
    assert set(events["CONSULT"].actor_codes) == {"TUN/GOV", "EGY/GOV"}
    assert events["ASSAULT"].actor_codes == ["YEM/UAF"]
    assert {"Lamia Barhoun", "Falcons of Tihama"} <= {entity.name.en for entity in record.entities}


def checked(folder: Path) -> list[str]:
    console = Console(file=io.StringIO(), width=400)
    show_report(check_lexicon(folder), console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().replace(str(folder), "mine").splitlines()


def test_the_guides_check_says_what_it_says(folder: Path, tmp_path: Path):
    assert checked(folder) == ["mine: OK (4 files, 4 entries)"]
    guide = GUIDE.read_text(encoding="utf-8")
    [faulty] = re.findall(r"```yaml\n# faulty/\S+\n(.*?)```", guide, re.DOTALL)
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "people-mine.yaml").write_text(faulty, encoding="utf-8")
    assert checked(tmp_path) == texts()[0].splitlines()
    assert "`mine: OK (4 files, 4 entries)`" in guide


def test_without_them_they_are_not(reader: Reader, text: str):
    record = reader.read(text, published="2032-03-10")
    assert "coerce.padlock" not in {event.rule for event in record.events}
    assert not {"Lamia Barhoun", "Falcons of Tihama"} & {entity.name.en for entity in record.entities}


def test_an_entry_of_ours_is_replaced(tmp_path: Path):
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "states-mine.yaml").write_text(
        "- {code: EGY, en: Kemet, ar: [مصر], nisba: [مصري], government: [القاهرة], capital: القاهرة}", encoding="utf-8"
    )
    record = Reader(tmp_path).read("زار وفد من مصر بغداد.", published="2032-03-10")
    assert "Kemet" in {entity.name.en for entity in record.entities}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("actors/people-mine.yaml", "- {en: A B, ar: [أ ب], office: president}", "entry 1 (en: A B)"),
        ("predicates/mine.yaml", "- {id: x.y, type: HUG, en: x, ar: x, frame: {}, examples: []}", "entry 1 (id: x.y)"),
        ("actors/persons.yaml", "[]", "actors/people*.yaml"),
        ("place/mine.yaml", "[]", "no folder of this name"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line(tmp_path: Path, name: str, text: str, said: str):
    path = tmp_path / name
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        Reader(tmp_path)
    assert str(path) in str(error.value)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
