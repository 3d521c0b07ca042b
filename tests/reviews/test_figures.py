"""What waits for review, how right Rasd has been, and reviews as gold."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rasd import Reader
from rasd.chronicle import Answer
from rasd.reviews import Reviewer, ReviewError
from rasd.reviews.accuracy import accuracy, plain, wilson
from rasd.reviews.gold import Keys, export
from rasd.reviews.queue import CHANCE, Choice, count, waiting
from rasd.store import Store
from reviews.told_records import Told, keep
from store.articles import ALL, put

WORDS = ("زار", "أدان", "قصف", "وقع")
TYPES = ("CONSULT", "ACCUSE", "ASSAULT", "AGREE")


@pytest.fixture
def told(store: Store) -> Told:
    """Three articles of four events each, less sure from one to the next."""
    reader = Told()
    for n in range(3):
        text = f"في الخبر {n} أن الوزير {WORDS[0]} المدينة {n}. ثم {WORDS[1]} المجلس ما {WORDS[2]} و{WORDS[3]} اتفاقا."
        events = [
            {"word": word, "type": kind, "actors": ["NOR/GOV|Norway"], "confidence": 0.9 - 0.2 * at - 0.01 * n,
             "recipients": ["JPN/GOV|Japan"] if at == 0 else [], "date": f"2031-0{n + 1}-02"}
            for at, (word, kind) in enumerate(zip(WORDS, TYPES, strict=True))
        ]  # fmt: skip
        keep(store, reader, f"n{n}", text, *events, source="أخبار كيوتو" if n == 2 else "صدى الوادي")
    return reader


@pytest.mark.usefixtures("told")
def test_the_least_sure_wait_first(store: Store, reviewer: Reviewer):
    with store.reading() as ledger:
        found = waiting(ledger, limit=20)
        assert [w.report.confidence for w in found] == sorted(w.report.confidence for w in found)
        assert len(found) == count(ledger) == 12
        first = found[0]
        assert first.text[first.report.trigger.start : first.report.trigger.end] == "وقع"
        assert [w.report.id for w in waiting(ledger, behind=found[3].mark, limit=3)] == [
            w.report.id for w in found[4:7]
        ]
    reviewer.refuse(first.report.id, "سلمى", picked="unsure")
    with store.reading() as ledger:
        assert [w.report.id for w in waiting(ledger, limit=2)] == [w.report.id for w in found[1:3]]


@pytest.mark.usefixtures("told")
def test_a_queue_of_a_type_a_paper_a_pair(store: Store):
    with store.reading() as ledger:
        for choice, n in (
            (Choice("ASSAULT"), 3), (Choice(source="أخبار كيوتو"), 4), (Choice(codes=["NOR", "JPN"]), 3),
            (Choice("CONSULT", "أخبار كيوتو", ["JPN/GOV"]), 1), (Choice("PARTY"), 0),
        ):  # fmt: skip
            assert count(ledger, choice) == n
            assert len(waiting(ledger, choice, limit=20)) == n


@pytest.mark.usefixtures("told")
def test_a_lot_is_another_order_and_ends(store: Store):
    with store.reading() as ledger:
        drawn = [w.report.id for w in waiting(ledger, picked=CHANCE, limit=20)]
        one_by_one: list[str] = []
        mark = None
        while found := waiting(ledger, picked=CHANCE, behind=mark):
            one_by_one.append(found[0].report.id)
            mark = found[0].mark
        assert drawn == one_by_one
        assert sorted(drawn) == sorted(w.report.id for w in waiting(ledger, limit=20))


@pytest.mark.usefixtures("told")
def test_figures_tell_lots_from_doubtful_ones(store: Store, reviewer: Reviewer):
    reviewer.accept("1/e1", "سلمى", picked="chance")
    reviewer.correct("1/e2", {"status": "denied", "date": None}, "سلمى", picked="chance")
    reviewer.correct("1/e3", {"type": "COERCE"}, "نورة", picked="unsure")
    reviewer.refuse("1/e4", "نورة", picked="unsure")
    reviewer.refuse("3/e4", "نورة", picked="unsure")
    text = store.show("1").record.article.text
    at = text.index("المجلس")
    reviewer.add("1", at, at + 6, Answer("MOBILIZE", None, "occurred", (), (), None, None, None), "سلمى")
    reviewer.read_through("1", "سلمى")
    with store.reading() as ledger:
        found = accuracy(ledger)
    assert (found.all.reviewed, found.all.events.right, found.all.whole.right) == (5, 2, 1)
    assert (found.lot.reviewed, found.lot.events.right, found.lot.whole.right) == (2, 2, 1)
    fields = {name: (share.right, share.of) for name, share in found.all.fields.items()}
    assert (fields["type"], fields["status"], fields["date"], fields["actors"]) == ((2, 3), (2, 3), (2, 3), (3, 3))
    assert {a.key: (a.reviewed, a.typed, b.reviewed) for a, b in found.by_type} == {
        "CONSULT": (1, 1, 1), "ACCUSE": (1, 1, 1), "ASSAULT": (1, 0, 0), "AGREE": (2, 0, 0)}  # fmt: skip
    assert [(a.key, a.reviewed) for a, _ in found.by_source] == [("صدى الوادي", 4), ("أخبار كيوتو", 1)]
    assert (found.found.right, found.found.of, found.read_through) == (3, 4, 1)
    assert found.people == [("سلمى", 3), ("نورة", 3)]
    assert json.dumps(plain(found))


def test_what_an_interval_is():
    assert wilson(0, 0) is None
    for right, of, low, high in ((0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962)):
        assert wilson(right, of) == pytest.approx((low, high), abs=1e-3)


@pytest.mark.usefixtures("told")
def test_gold_is_what_people_say(store: Store, reviewer: Reviewer, tmp_path: Path):
    reviewer.accept("1/e1", "سلمى")
    fields = {"actors": ["KEN/GOV"], "date": "2031-04", "place": "Nairobi", "source": "Echo"}
    reviewer.correct("1/e2", fields, "سلمى")
    reviewer.refuse("1/e3", "سلمى")
    with store.reading() as ledger:
        made = export(ledger, tmp_path / "none")
        assert (made.articles, made.partly) == (0, 1)
        assert (tmp_path / "none/articles.jsonl").read_text() == ""
        part = export(ledger, tmp_path / "part", partly=True)
        assert (part.articles, part.events) == (1, 2)
    reviewer.refuse("1/e4", "سلمى")
    with store.reading() as ledger:
        assert export(ledger, tmp_path / "through", read_through=True).articles == 0
        made = export(ledger, tmp_path / "gold")
        with pytest.raises(ReviewError, match="something there"):
            export(ledger, tmp_path / "gold")
    assert (made.articles, made.read_through, made.events) == (1, 0, 2)
    (line,) = (tmp_path / "gold/articles.jsonl").read_text("utf-8").splitlines()
    article = json.loads(line)
    gold = json.loads((tmp_path / "gold/n0.json").read_text("utf-8"))
    assert (gold["key"], gold["published"], gold["times"]) == ("n0", "2031-05-03", [])
    assert gold["key"] == article["id"]
    first, second = gold["events"]
    assert first == {
        "id": "e1", "start": article["text"].index("زار"), "trigger": "زار", "type": "CONSULT", "mode": None,
        "actors": ["NOR/GOV"], "recipients": ["JPN/GOV"], "status": "occurred", "date": "2031-01-02", "place": None,
        "source": None, "same_as": None,
    }  # fmt: skip
    assert {k: second[k] for k in ("id", "trigger", *fields)} == {"id": "e2", "trigger": "أدان", **fields}


def test_no_two_articles_have_one_name():
    keys = Keys()
    assert [keys.key(g, n) for g, n in ((None, "1"), ("a#1", "2"), ("a#1", "3"))] == ["rasd-1", "a#1", "a#1@3"]
    assert [keys.file(k) for k in ("a#1", "a_1", "A_1", "../x", "")] == ["a_1", "a_1-2", "A_1-3", "_x", "article"]


def test_rasd_is_scored_by_what_people_said(
    store: Store, reader: Reader, reviewer: Reviewer, shared: Path, tmp_path: Path
):
    put(store, reader, *ALL)
    reports = [r for o in store.occurrences() for r in o.reports]
    wrong, *right = sorted(reports)
    reviewer.refuse(wrong, "سلمى")
    for report in right:
        reviewer.accept(report, "سلمى")
    with store.reading() as ledger:
        made = export(ledger, tmp_path / "gold")
    assert made.articles == len(ALL)
    records = tmp_path / "records.jsonl"
    with records.open("wb") as out:
        for line in (tmp_path / "gold/articles.jsonl").read_text("utf-8").splitlines():
            a = json.loads(line)
            record = reader.read(a["text"], published=a["published"], id=a["id"], title=a["title"], source=a["source"])
            out.write(record.to_json() + b"\n")
    tool = shared / "tools/score_events.py"
    scored = subprocess.run(
        [sys.executable, tool, tmp_path / "gold", records], capture_output=True, text=True, check=True
    ).stdout
    assert "articles without a record" not in scored
    read = sum(len(json.loads(line)["events"]) for line in records.read_text("utf-8").splitlines())
    kept = made.events
    assert f"typed: P {kept / read:.3f} R 1.000" in scored
    assert f"status: {kept} of {kept}" in scored
