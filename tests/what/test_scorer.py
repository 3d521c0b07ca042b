"""What is believed: weights over traits, the threshold, and that every judgement shows its grounds."""

from __future__ import annotations

import math
from pathlib import Path

import msgspec
import pytest

from rasd import Reader
from rasd.lexicon import KnowledgeError, KnowledgeFiles
from rasd.what.scorer import LEAST, MOST, SCORER, UNWEIGHED, Scorer
from rasd.what.traits import lexical

TEXT = "التقى وزير الخارجية المصري نظيره الأردني في عمان، وطالب إسرائيل بوقف القصف."


def scorer(**weights: float) -> Scorer:
    named = {name.replace("_", " "): weight for name, weight in weights.items()}
    return Scorer({"scorer": msgspec.msgpack.encode(named)})  # type: ignore[arg-type]


def written(folder: Path, text: str) -> KnowledgeFiles:
    (folder / "scorer").mkdir()
    (folder / "scorer" / "events.tsv").write_text(text, encoding="utf-8")
    return KnowledgeFiles(base=folder)


def test_the_weights_of_traits_add_up_to_log_odds() -> None:
    found = scorer(a=1.0, b=-0.5, c=9.0).probability(["a", "b", "unheard of"], accepted=False)
    assert found == round(1 / (1 + math.exp(-0.5)), 2)


def test_nothing_is_certain() -> None:
    sure = scorer(a=50.0, b=-50.0)
    assert sure.probability(["a"], accepted=True) == MOST
    assert sure.probability(["b"], accepted=True) == LEAST


def test_without_weights_the_rules_decide() -> None:
    bare = scorer()
    assert bare.probability(["a"], accepted=True) == UNWEIGHED == bare.keep
    assert bare.probability(["a"], accepted=False) < bare.keep


def test_an_article_of_unlikely_words_makes_the_rest_less_likely() -> None:
    weighed = scorer(**{"(prior)": 0.7})
    alone, in_recipes, in_war = (
        weighed.in_article([0.6]), weighed.in_article([0.6] + [0.1] * 30), weighed.in_article([0.6] + [0.9] * 30)
    )  # fmt: skip
    assert in_recipes[0] < alone[0] <= in_war[0] <= 0.6
    assert abs(alone[0] - 0.6) < 0.02


def test_an_article_that_names_no_powers_makes_its_acts_less_likely() -> None:
    weighed = scorer(**{"(prior)": 0.7})
    of_politics, of_nobody = (weighed.in_article([0.6] * 12, [named] * 12)[0] for named in (True, False))
    assert of_nobody < 0.3 < of_politics
    assert weighed.in_article([0.6], [False])[0] > 0.4, "one sentence proves little"


def test_without_a_prior_an_article_changes_nothing() -> None:
    assert scorer(a=1.0).in_article([0.3, 0.8]) == [0.3, 0.8]


def test_grounds_are_those_that_weigh_most() -> None:
    assert scorer(a=0.2, b=-1.0, c=0.1).grounds(["a", "b", "c", "d"], most=2) == ["b (-1.00)", "a (+0.20)"]


def test_a_table_is_compiled_without_its_comments(tmp_path: Path) -> None:
    files = written(tmp_path, "# head\n(bias)\t0.5\nword x at +1\t-1.25\n")
    assert msgspec.msgpack.decode(SCORER.build(files)) == {"(bias)": 0.5, "word x at +1": -1.25}


@pytest.mark.parametrize("line", ["no tab", "trait\theavy"])
def test_a_line_that_is_no_weight_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(KnowledgeError, match="line 1"):
        SCORER.build(written(tmp_path, line + "\n"))


def test_every_event_has_a_probability_and_shows_its_grounds(reader: Reader) -> None:
    events = reader.read(TEXT, published="2024-05-15").events
    shown = {
        p.event_id: p
        for s in reader.explain(TEXT, published="2024-05-15").sentences
        for p in s.predicates
        if p.event_id
    }
    assert events
    for event in events:
        assert LEAST <= event.confidence <= MOST
        assert shown[event.id].score == event.confidence
        assert shown[event.id].grounds


def test_the_same_text_has_the_same_traits(reader: Reader) -> None:
    first, second = (reader.verdicts(TEXT, published="2024-05-15") for _ in range(2))
    assert [v.traits for _, v in first] == [v.traits for _, v in second]
    assert all(len(set(v.traits)) == len(v.traits) for _, v in first)


def test_offsets_of_verdicts_point_at_their_words(reader: Reader) -> None:
    starts = [start for start, _ in reader.verdicts(TEXT)]
    assert starts == sorted(starts)
    assert all(TEXT[start].strip() for start in starts)


@pytest.mark.parametrize(
    ("trait", "expected"),
    [("predicate consult.meet", True), ("word قصف at +1", True), ("type ASSAULT", False), ("both sides named", False)],
)
def test_which_traits_name_a_word(trait: str, expected: bool) -> None:
    assert lexical(trait) is expected
