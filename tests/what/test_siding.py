"""Sides weighed against one another: what may be chosen, what never is, and that it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasd import Reader
from rasd.lexicon import KnowledgeError, KnowledgeFiles
from rasd.what import siding
from rasd.what.siding import ACTOR, RECIPIENT, Options

TEXT = "اتهمت غانا توغو بدعم متمردين في بنين، وحذرت نيجيريا من عواقب ذلك على التجارة"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def options(reader: Reader, text: str) -> list[Options]:
    return [v.options for _, v in reader.verdicts(text, published="2019-05-02") if v.options is not None]


def test_every_power_of_the_sentence_is_weighed(reader: Reader) -> None:
    first = options(reader, TEXT)[0]
    named = {code.partition("/")[0] for option in first.each for code in option.mention.codes}
    assert named >= {"GHA", "TGO", "NGA"}
    assert all(option.traits for option in first.each)
    assert set(first.nobody) == {ACTOR, RECIPIENT}


def test_without_weights_the_rules_choose(reader: Reader) -> None:
    for each in options(reader, TEXT):
        assert siding.chosen(each, {ACTOR: {}, RECIPIENT: {}}) == (None, None, 0.0)


def test_only_the_clearly_likelier_takes_a_side(reader: Reader) -> None:
    each = options(reader, TEXT)[0]
    rival = next(o for o in each.each if not o.chosen)
    trait = next(t for t in rival.traits if not any(t in o.traits for o in each.each if o is not rival))
    weak, strong = ({ACTOR: {trait: w}, RECIPIENT: {}} for w in (siding.MARGIN / 2, siding.MARGIN * 40))
    assert siding.chosen(each, weak).actor is None
    assert siding.chosen(each, strong).actor == each.each.index(rival)


def test_parts_of_one_phrase_stand_on_one_side(reader: Reader) -> None:
    for each in options(reader, "اقتحم جنود كينيون مكاتب الحزب في كيسمايو أمس"):
        weights = {ACTOR: {"sector.MIL": 5.0}, RECIPIENT: {"people": 9.0, "nisba": 9.0}}
        pair = siding.chosen(each, weights)
        if pair.actor is not None and pair.recipient is not None:
            assert each.each[pair.actor].phrase != each.each[pair.recipient].phrase


def test_a_choice_says_that_it_was_weighed(reader: Reader) -> None:
    found = reader.verdicts("فرض الرئيس الكيني رسوما، وانتقد رئيس وزراء أوغندا القرار", published="2019-05-02")
    reasons = [reason for _, v in found if v.event is not None for reason in v.event.reasons]
    assert all("(+" in reason for reason in reasons if "weighed against" in reason)


@pytest.mark.parametrize(
    "text", ["actor\ttrait", "actor\ttrait\tmuch", "host\ttrait\t1.0", "actor\ttrait\t1.0"], ids=str
)
def test_a_wrong_table_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "sides").mkdir()
    (tmp_path / "sides" / "weights.tsv").write_text(text + "\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="sides"):
        siding.SECTION.build(KnowledgeFiles(base=tmp_path))
