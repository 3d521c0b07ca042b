"""What answers may be, and what follows from them."""

from __future__ import annotations

import pytest

from rasd.chronicle import Answer
from rasd.lexicon import KnowledgeFiles
from rasd.relations.schema import UsualAct
from rasd.reviews import Knowledge, ReviewError
from rasd.reviews.answers import answer_of, changed, date_said, event_date
from rasd.what.schema import Predicate
from relations.records import made

FILES = KnowledgeFiles()


def test_usual_acts_are_predicates_of_their_type_and_mode(knowledge: Knowledge):
    predicates = {p.id: p for p in FILES.entries("predicates/*.yaml", Predicate, lambda p: p.id)}
    usual = FILES.entries("relations/usual_acts.yaml", UsualAct, lambda e: e.act)
    for act in usual:
        kind, _, mode = act.act.partition("/")
        assert predicates[act.rule].type == kind
        assert not mode or predicates[act.rule].mode == mode
    assert {e.act for e in usual} >= set(knowledge.types)


@pytest.mark.parametrize("said", ["2031-05-02", "2031-05", "2031", "2031-05-02..2031-05-09", "2031-02..2031-04", None])
def test_dates_are_said_as_they_are_written(said: str | None):
    assert date_said(event_date(said)) == said


@pytest.mark.parametrize(
    "said", ["2031-02-30", "tomorrow", "..", "2031-05-02..", "2032..2031", "٢٠٣١", "0000", "2031-5"]
)
def test_what_is_no_date(said: str):
    with pytest.raises(ValueError, match="no date"):
        event_date(said)


def test_a_date_of_a_record_is_said_in_short():
    record = made({"events": [{"date": "2031-05-02..2031-05-09"}, {"date": "2031-05"}, {}]})
    week, month, _ = record.events
    assert week.date is not None
    assert month.date is not None
    month.date.value, week.date.value = "2031-05-XX", "2031-W18"
    assert [answer_of(e).date for e in record.events] == ["2031-05-02..2031-05-09", "2031-05", None]


def test_an_answer_is_kept_tidy(knowledge: Knowledge):
    given = Answer("consult", "", "planned", (" nor/gov ", "NOR/GOV", "none/uaf"), ("",), " 2031 ", "  New  York ", "")
    assert knowledge.check(given) == Answer(
        "CONSULT", None, "planned", ("NOR/GOV", "None/UAF"), (), "2031", "New York", None
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [("type", "PARTY"), ("mode", "phony"), ("status", ""), ("actors", ("Norway",)), ("recipients", ("NOR/XYZ",)),
     ("date", "soon"), ("place", "x" * 300), ("source", "x" * 300), ("actors", tuple(f"A{n:02}" for n in range(30)))],
)  # fmt: skip
def test_what_an_answer_cannot_be(knowledge: Knowledge, field: str, value: object):
    whole = {"type": "CONSULT", "mode": None, "status": "occurred", "actors": (), "recipients": (), "date": None,
             "place": None, "source": None}  # fmt: skip
    with pytest.raises(ReviewError) as error:
        knowledge.check(Answer(**(whole | {field: value})))  # type: ignore[arg-type]
    assert list(error.value.faults) == [field]


GLOSSES = [
    # type, mode, word, actors, recipients, the line in English, the rule.
    ("ACCUSE", "disapprove", "أدان", ("KEN/GOV",), ("BRA/GOV",), "Kenya condemned Brazil", "accuse.condemn"),
    ("CONSULT", "phone", "كلمة", ("KEN/GOV", "BRA/GOV"), (), "Kenya and Brazil spoke by phone", "consult.phone"),
    ("AID", None, "كلمة", ("KEN/GOV",), ("BRA/GOV",), "Kenya gave aid to Brazil", "aid.aid"),
    ("CONCEDE", None, "اعتذر", ("KEN/GOV",), (), "Kenya apologised", "concede.apologise"),
    ("ASSAULT", None, "كلمة", (), ("KEN/GOV",), "Kenya was attacked", "assault.attack"),
]


@pytest.mark.parametrize(("kind", "mode", "word", "actors", "recipients", "line", "rule"), GLOSSES)
def test_lines_of_what_people_put_in(
    knowledge: Knowledge, kind: str, mode: str, word: str, actors: tuple[str, ...], recipients: tuple[str, ...],
    line: str, rule: str,
):  # fmt: skip
    answer = Answer(kind, mode, "occurred", actors, recipients, None, None, None)
    record = made({"published": "2031-05-03", "text": word, "events": []})
    filling = knowledge.fill(answer, event=None, record=record, trigger=word)
    assert filling.rule == rule
    assert filling.gloss.en.startswith(line)
    assert filling.gloss.ar


def test_what_differs_between_answers():
    one = Answer("CONSULT", None, "occurred", ("AAA", "BBB"), (), None, None, None)
    assert changed(one, Answer("CONSULT", None, "occurred", ("BBB", "AAA"), (), None, None, None)) == []
    assert changed(one, Answer("AGREE", None, "planned", ("AAA",), (), "2031", None, None)) == [
        "type", "actors", "status", "date"]  # fmt: skip
