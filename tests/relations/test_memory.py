"""What many articles say, remembered: nothing lost, nothing doubled, the same again, and in another order nearly so."""

from __future__ import annotations

import datetime as dt
import random
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasd.record import Affair, Name, Party, Phase, Position, Record, Span
from rasd.relations import Identity, Memory
from relations.records import made

IDENTITY = Identity()
STATES = ["VLD", "KRM", "TRN", "SUL"]
ACTS = [
    ("CONSULT", "consult.meet", "التقى الوزير نظيره وبحثا ملف المياه في سردة"),
    ("CONSULT", "consult.visit", "زار الرئيس العاصمة منسا والتقى قادة الأحزاب"),
    ("ASSAULT", "assault.bomb", "قتل مدنيون في تفجير سوق الحبوب وسط مدينة ترنا"),
    ("ACCUSE", "accuse.condemn", "أدانت الحكومة قصف الميناء وطالبت بتحقيق"),
]
EVENTS = st.fixed_dictionaries(
    {
        "act": st.sampled_from(range(len(ACTS))),
        "sides": st.lists(st.sampled_from(STATES), min_size=0, max_size=2, unique=True),
        "day": st.integers(1, 28) | st.none(),
        "status": st.sampled_from(["occurred", "occurred", "planned", "denied"]),
        "words": st.lists(st.sampled_from(["بحر", "جسر", "قمح", "نفط", "سجن", "حدود", "سفير", "هدنة"]), max_size=4),
    }
)
ARTICLES = st.lists(st.tuples(st.integers(1, 28), st.lists(EVENTS, max_size=4)), max_size=8)


def record(day: int, events: list[dict[str, Any]]) -> Record:
    given_events: list[dict[str, Any]] = []
    for event in events:
        kind, rule, says = ACTS[event["act"]]
        made_of: dict[str, Any] = {
            "type": kind, "rule": rule, "says": " ".join([says, *event["words"]]), "status": event["status"],
            "actors": [f"{state}/GOV" for state in event["sides"]],
        }  # fmt: skip
        if event["day"] is not None:
            made_of["date"] = f"2031-05-{event['day']:02}"
        given_events.append(made_of)
    return made({"published": f"2031-05-{day:02}", "events": given_events})


def memory_of(records: list[tuple[str, Record]]) -> Memory:
    memory = Memory(identity=IDENTITY)
    for key, one in records:
        memory.add(one, key)
    return memory


@settings(max_examples=60)
@given(ARTICLES)
def test_no_report_is_lost_or_doubled(articles: list[tuple[int, list[dict[str, Any]]]]) -> None:
    records = [(f"k{n}", record(day, events)) for n, (day, events) in enumerate(articles)]
    memory = memory_of(records)
    kept = [report for o in memory.occurrences() for report in o.reports]
    assert sorted(kept) == sorted(f"{key}/{e.id}" for key, one in records for e in one.events)
    for occurrence in memory.occurrences():
        articles_of = [report.partition("/")[0] for report in occurrence.reports]
        assert len(set(articles_of)) == len(articles_of)
        assert 1 <= occurrence.voices <= len(articles_of)
        assert occurrence.denies is None or memory.occurrences_by_id([occurrence.denies])
        statuses = {r.status == "denied" for r in memory.reports(occurrence.reports).values()}
        assert len(statuses) == 1


@settings(max_examples=30)
@given(ARTICLES)
def test_the_same_articles_make_the_same_occurrences(articles: list[tuple[int, list[dict[str, Any]]]]) -> None:
    records = [(f"k{n}", record(day, events)) for n, (day, events) in enumerate(articles)]
    assert memory_of(records).occurrences() == memory_of(records).occurrences()


def together(memory: Memory) -> set[tuple[str, str]]:
    return {pair for o in memory.occurrences() for pair in combinations(sorted(o.reports), 2)}


def test_another_order_changes_little() -> None:
    dice = random.Random(7)
    records: list[tuple[str, Record]] = []
    for event in range(12):
        kind, rule, says = ACTS[event % len(ACTS)]
        own = "".join(dice.choice("بتثجحخدرز") for _ in range(6))
        for teller in range(4):
            told = {
                "type": kind, "rule": rule, "says": f"{says} {own} {dice.choice(STATES)}",
                "actors": [f"{state}/GOV" for state in dice.sample(STATES, 2)] if teller == 0 else
                          [f"{STATES[event % 4]}/GOV"],
                "date": f"2031-05-{1 + 2 * event:02}",
            }  # fmt: skip
            records.append((f"k{event}-{teller}", made({"published": f"2031-05-{2 + 2 * event:02}", "events": [told]})))
    first = together(memory_of(records))
    assert first
    for seed in range(3):
        shuffled = list(records)
        random.Random(seed).shuffle(shuffled)
        other = together(memory_of(shuffled))
        assert len(first & other) >= 0.9 * len(first | other)


@pytest.fixture
def memory() -> Memory:
    pact = Affair("a1", "agreement", Name(None, "Water pact"), None, [Party("VLD/GOV", "party"), Party("KRM", "party")],
                  None, None, [])  # fmt: skip
    first = made({"published": "2031-05-03", "text": "نص أول عن المياه", "events": [
        {"actors": ["VLD/GOV", "KRM/GOV"], "date": "2031-05-02", "says": "نص أول", "about": ["Water pact"]},
        {"actors": ["TRN/GOV"], "date": "2031-04", "says": "عن المياه", "status": "planned"},
        {"actors": ["SUL/GOV"], "says": "المياه"}]})  # fmt: skip
    first.affairs[:] = [pact, *first.affairs]
    first.positions.append(Position("VLD/GOV", "KRM/GOV", "a1", "supports", Span(0, 2)))
    first.phases.append(Phase(["VLD", "KRM"], "thaw", None, None, Span(3, 6)))
    memory = Memory()
    memory.add(first, "k")
    return memory


def test_occurrences_are_asked_by_sides_days_affair_and_status(memory: Memory) -> None:
    day = dt.date
    assert [len(memory.occurrences(codes)) for codes in ((), ["VLD"], ["VLD", "KRM"], ["VLD", "TRN"])] == [3, 1, 1, 0]
    assert len(memory.occurrences(begin=day(2031, 5, 1), end=day(2031, 5, 2))) == 1
    assert len(memory.occurrences(begin=day(2031, 4, 30), end=day(2031, 5, 2))) == 2
    assert len(memory.occurrences(status=["planned"])) == 1
    assert len(memory.occurrences(about=["agreement:water pact"])) == 1
    assert [o.date.value if o.date else None for o in memory.occurrences()] == ["2031-04", "2031-05-02", None]
    assert {s.id for s in memory.scored(["VLD"])} == {o.id for o in memory.occurrences(["VLD"])}


def test_what_articles_state_is_given_with_its_words(memory: Memory) -> None:
    assert memory.articles_by_day() == {dt.date(2031, 5, 3): 1}
    assert memory.affairs(["VLD", "KRM"], keys=["agreement:water pact"])[0].source.key == "k"
    assert memory.affairs(["TRN"]) == []
    (position,) = memory.positions(["KRM"])
    assert (position.what.affair, position.words[0].text) == ("agreement:water pact", "نص"[0:2])
    (phase,) = memory.phases(["VLD"])
    assert phase.words[0].text == "أول"
    assert {e.what.code for e in memory.entities(["k", "none"])} == {"VLD/GOV", "KRM/GOV", "TRN/GOV", "SUL/GOV"}


def test_one_key_holds_one_article(memory: Memory) -> None:
    with pytest.raises(ValueError, match="already: k"):
        memory.add(made({"events": []}), "k")
