"""``docs/add-a-word.md`` is true: its entries, in a folder, make the reader read its text as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rasd import Reader
from rasd.lexicon import KnowledgeError

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "add-a-word.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide's entries, each in the file that its first line names."""
    folder = tmp_path_factory.mktemp("lexicon")
    blocks = re.findall(r"```yaml\n# (\S+)\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 4
    for name, text in blocks:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def text() -> str:
    found = re.search(r"```text\n(.*?)\n```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


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
