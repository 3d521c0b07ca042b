"""The dossier of one article: it shows what a careful reader takes from it, each fact with its words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from page_facts import Shown

from rasd import Reader
from rasd.lexicon import KnowledgeFiles
from rasd.relations import Memory
from rasd.relations.dossier import Asked, Dossier, DossierError, actor, affair, pair
from rasd.relations.dyad import Party
from rasd.relations.pages.compose import page
from rasd.relations.pages.wording import Wording

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FILES = KnowledgeFiles()


def read(reader: Reader, folder: Path, name: str, published: str | None) -> tuple[Memory, Any]:
    record = reader.read((folder / name).read_text(encoding="utf-8"), published=published)
    return Memory([record]), record


def shown(reader: Reader, folder: Path, name: str, published: str | None, codes: tuple[str, str]) -> Shown:
    memory, record = read(reader, folder, name, published)
    made = pair(memory, Party(codes[0]), Party(codes[1]), Asked(), FILES)
    return Shown(made, page(made, "en", FILES), record, Wording("en", FILES, made.names, made.sectored))


def test_an_example_is_told_with_its_words(reader: Reader):
    expected = yaml.safe_load((EXAMPLES / "summit.yaml").read_text(encoding="utf-8"))
    told = shown(reader, EXAMPLES, "summit.txt", str(expected["published"]), ("TUR", "IRQ"))
    # Who receives the delegation in Basra is not said, so that visit is told of Turkey alone.
    assert told.missing([f for f in expected["facts"] if f["id"] != "basra"]) == []


def test_the_seed_is_told_with_its_words(reader: Reader, shared: Path):
    expected = yaml.safe_load((shared / "seed" / "expected.yaml").read_text(encoding="utf-8"))
    facts = expected["facts"]
    assert len(facts) == 30
    told = shown(reader, shared / "seed", "article.txt", str(expected["published"]), ("RUS", "TUR"))
    assert told.missing(facts) == []


def test_an_undated_article_is_cited_by_the_days_between_which_it_was_written(reader: Reader, shared: Path):
    memory, record = read(reader, shared / "seed", "article.txt", None)
    made = pair(memory, Party("RUS"), Party("TUR"), Asked(), FILES)
    source = page(made, "en", FILES).sources[0]
    say = Wording("en", FILES)
    assert say.day(record.article.dating.earliest) in source.credit[-1]
    assert say.day(record.article.dating.latest) in source.credit[-1]
    assert source.cited
    assert all(words in " ".join(record.article.text.split()) for words in source.cited)


def summit(reader: Reader) -> Memory:
    return read(reader, EXAMPLES, "summit.txt", "2024-05-14")[0]


def test_the_order_of_the_sides_changes_nothing_but_the_title(reader: Reader):
    memory = summit(reader)
    one = pair(memory, Party("TUR"), Party("IRQ"), Asked(), FILES)
    two = pair(memory, Party("IRQ"), Party("TUR"), Asked(), FILES)
    assert [x.occurrence.id for x in one.lines] == [x.occurrence.id for x in two.lines]
    assert one.course == two.course
    assert page(one, "en", FILES).title == "Turkey and Iraq"
    assert page(two, "ar", FILES).title == "العراق وتركيا"


def test_the_same_dossier_every_time(reader: Reader):
    def once() -> Dossier:
        return pair(summit(reader), Party("TUR"), Party("IRQ"), Asked(), FILES)

    assert once() == once()


def test_an_actor_has_its_counterparts(reader: Reader):
    made = actor(summit(reader), Party("TUR"), Asked(), FILES)
    assert [c.code for c in made.counterparts] == ["IRQ"]
    assert made.counterparts[0].cooperation > 0


def test_an_affair_is_found_by_a_part_of_its_name(reader: Reader):
    memory = summit(reader)
    english = affair(memory, "fight against terrorism", Asked(), FILES)
    arabic = affair(memory, "مكافحة الارهاب", Asked(), FILES)
    assert english.affair is not None
    assert english.affair == arabic.affair
    assert english.lines


def test_what_cannot_be_found_is_said(reader: Reader):
    memory = summit(reader)
    with pytest.raises(DossierError, match="no affair is known as 'the moon'"):
        affair(memory, "the moon", Asked(), FILES)
    with pytest.raises(DossierError, match="two different powers"):
        pair(memory, Party("TUR"), Party("TUR"), Asked(), FILES)
