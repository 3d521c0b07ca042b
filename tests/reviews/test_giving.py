"""Reviews take effect in what articles tell together, are kept with their history, and hold when Rasd reads anew."""

from __future__ import annotations

from typing import Any

import pytest

from rasd.chronicle import Answer, Occurrence
from rasd.relations.adding import remove
from rasd.reviews import Reviewer, ReviewError
from rasd.reviews.errors import NothingThereError
from rasd.sources.article import Article
from rasd.store import Store
from reviews.told_records import DAY, Told, keep, read_again
from store.articles import put

TEXT = "أعلنت أوسلو أن الوزير زار طوكيو، ثم أدان المجلس القصف أمس."
VISIT = {"word": "زار", "actors": ["NOR/GOV|Norway"], "recipients": ["JPN/GOV|Japan"], "mode": "visit",
         "rule": "consult.visit"}  # fmt: skip
BLAME = {"word": "أدان", "type": "ACCUSE", "actors": ["NOR/LEG|Storting"], "rule": "accuse.condemn",
         "quad": "verbal_conflict", "confidence": 0.4}  # fmt: skip
MISSED = Answer("ASSAULT", None, "occurred", (), ("KEN/GOV",), "2031-05-02", "Nairobi", None)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def article(store: Store, told: Told) -> str:
    return keep(store, told, "n1", TEXT, VISIT, BLAME)


def only(store: Store, kind: str, **asked: Any) -> Occurrence:
    (found,) = [o for o in store.occurrences(**asked) if o.type == kind]
    return found


def test_an_accepted_event_is_held_for_sure_and_is_the_same_event(store: Store, reviewer: Reviewer, article: str):
    before = only(store, "CONSULT")
    review = reviewer.accept(f"{article}/e1", "سلمى", note="  كما في النص ")
    after = only(store, "CONSULT")
    assert (after.id, after.reports, after.gloss) == (before.id, before.reports, before.gloss)
    assert after.confidence == 1.0
    assert store.reports(after.reports)[f"{article}/e1"].reviewed == "accepted"
    assert (review.verdict, review.person, review.note, review.trigger) == ("accepted", "سلمى", "كما في النص", "زار")
    assert review.read is not None
    assert (review.read.rule, review.read.confidence, review.read.lexicon) == ("consult.visit", 0.8, "told")


def test_a_correction_shows_in_the_event_and_keeps_what_rasd_said(store: Store, reviewer: Reviewer, article: str):
    before = only(store, "CONSULT")
    fields = {"status": "planned", "recipients": ["SWE/GOV"], "date": "2031-05-07", "place": "Stockholm"}
    review = reviewer.correct(f"{article}/e1", fields, "سلمى")
    after = only(store, "CONSULT")
    assert after.id == before.id
    assert (after.status, [s.code for s in after.recipients], after.date and after.date.begin) == (
        "planned", ["SWE/GOV"], "2031-05-07")  # fmt: skip
    assert after.place is not None
    assert (after.place.country, after.place.name.ar) == ("SWE", "ستوكهولم")
    assert after.gloss.en == "Norway will visit Sweden in Stockholm on 7 May 2031"
    assert after.gloss.ar == "من المقرر أن تزور النرويج السويد في ستوكهولم يوم 7 مايو 2031"
    assert store.occurrences(["JPN"]) == []
    assert review.read is not None
    assert (review.verdict, review.read.answer.status, review.read.answer.recipients) == (
        "corrected", "occurred", ("JPN/GOV",))  # fmt: skip
    assert [e.status for e in store.show(article).record.events] == ["occurred", "occurred"]


def test_a_refused_event_is_gone_from_views_and_not_from_the_record(store: Store, reviewer: Reviewer, article: str):
    reviewer.refuse(f"{article}/e2", "سلمى")
    assert [o.type for o in store.occurrences()] == ["CONSULT"]
    assert [e.type for e in store.show(article).record.events] == ["CONSULT", "ACCUSE"]
    assert [r.verdict for r in store.reviews([article])] == ["refused"]


def test_a_missed_event_is_put_in(store: Store, reviewer: Reviewer, article: str):
    at = TEXT.index("القصف")
    review = reviewer.add(article, at, at + 5, MISSED, "سلمى")
    found = only(store, "ASSAULT", codes=["KEN"])
    (report,) = store.reports(found.reports).values()
    assert (report.words.text, report.reviewed, report.trigger.start) == (TEXT, "added", at)
    assert found.place is not None
    assert found.place.country == "KEN"
    with pytest.raises(ReviewError, match="already"):
        reviewer.add(article, at, at + 5, MISSED, "سلمى")
    reviewer.correct(found.reports[0], {"date": "2031-05"}, "نورة")
    assert only(store, "ASSAULT").date.value == "2031-05"  # type: ignore[union-attr]
    assert [r.verdict for r in store.reviews([article])] == ["added"]
    reviewer.refuse(found.reports[0], "نورة")
    assert [o.type for o in store.occurrences()] == ["CONSULT", "ACCUSE"]
    assert [(r.verdict, r.thread) for r in store.reviews([article], every=True)] == [
        ("added", review.id), ("added", review.id), ("refused", review.id)]  # fmt: skip


def test_a_later_review_supersedes_and_what_was_said_stays(store: Store, reviewer: Reviewer, article: str):
    reviewer.correct(f"{article}/e1", {"status": "planned"}, "سلمى")
    reviewer.correct(f"{article}/e1", {"status": "denied"}, "نورة")
    assert only(store, "CONSULT").status == "denied"
    history = store.reviews([article], every=True)
    assert [(r.person, r.answer and r.answer.status, r.current) for r in history] == [
        ("سلمى", "planned", False), ("نورة", "denied", True)]  # fmt: skip
    assert {r.read and r.read.answer.status for r in history} == {"occurred"}
    reviewer.undo(history[1].id, "نورة")
    assert only(store, "CONSULT").status == "planned"
    reviewer.undo(history[0].id, "نورة")
    assert only(store, "CONSULT").status == "occurred"
    assert only(store, "CONSULT").confidence == 0.8
    assert store.reviews([article]) == []
    undone = store.reviews([article], every=True)
    assert [r.undone_by for r in undone] == ["نورة", "نورة"]
    assert reviewer.undo(history[0].id, "نورة") == []


def test_all_tellings_are_reviewed_at_once(store: Store, told: Told, reviewer: Reviewer):
    text = "زار الوزير طوكيو. وكانت زيارة طوكيو قصيرة."
    again = {"word": "زيارة", "actors": ["NOR/GOV|Norway"], "same_as": "e1", "mode": "visit", "date": "2031-05-01"}
    key = keep(store, told, "n2", text, VISIT, again)
    first = reviewer.correct(f"{key}/e1", {"status": "planned"}, "سلمى")
    given = store.reviews([key])
    assert [(r.trigger, r.verdict, r.batch) for r in given] == [
        ("زار", "corrected", first.id), ("زيارة", "corrected", first.id)]  # fmt: skip
    assert [r.answer and (r.answer.status, r.answer.date) for r in given] == [
        ("planned", None),
        ("planned", "2031-05-01"),
    ]
    assert only(store, "CONSULT", codes=["NOR"]).status == "planned"
    reviewer.undo(given[1].id, "سلمى")
    assert store.reviews([key]) == []
    reviewer.refuse(f"{key}/e1", "سلمى")
    assert store.occurrences() == []


def test_refusing_one_report_leaves_what_others_tell(store: Store, told: Told, reviewer: Reviewer, article: str):
    other = keep(store, told, "k1", TEXT.replace("أعلنت", "ذكرت"), VISIT, source="أخبار كيوتو")
    (both,) = [o for o in store.occurrences() if o.type == "CONSULT"]
    assert len(both.reports) == 2
    reviewer.refuse(f"{article}/e1", "سلمى")
    left = only(store, "CONSULT")
    assert (left.id, left.reports) == (both.id, [f"{other}/e1"])


def test_a_reviewed_report_speaks_for_its_voice(store: Store, told: Told, reviewer: Reviewer):
    text = (
        f"{TEXT} وجاء في بيان وزع على الصحف مساء الجمعة أن المحادثات شملت الصيد البحري والنقل والسياحة وتبادل الطلاب."
    )
    for id, source in (("n1", "صدى الوادي"), ("k1", "أخبار كيوتو")):
        keep(store, told, id, text, VISIT, BLAME, source=source)
    both = only(store, "CONSULT")
    assert (len(both.reports), both.voices) == (2, 1)
    reviewer.correct(both.reports[1], {"status": "ongoing", "recipients": []}, "سلمى")
    after = only(store, "CONSULT")
    assert (after.reports, after.recipients) == (both.reports, [])


REREAD = [
    # What is read there now; what then holds of the visit after an acceptance, a correction to planned, a refusal.
    ("the same", [VISIT, BLAME], ("occurred", "planned", None)),
    ("with another status", [VISIT | {"status": "possible"}, BLAME], ("occurred", "planned", None)),
    ("nothing any more", [BLAME], ("occurred", "planned", None)),
    ("an act of another type", [VISIT | {"type": "AGREE", "mode": None}, BLAME], ("occurred", "planned", None)),
    ("as another event's number", [BLAME, VISIT], ("occurred", "planned", None)),
]


@pytest.mark.parametrize(("name", "events", "holds"), REREAD, ids=[r[0] for r in REREAD])
def test_reviews_hold_when_the_article_is_read_anew(
    store: Store, told: Told, reviewer: Reviewer, article: str, name: str, events: list[Any], holds: tuple[Any, ...]
):
    visit = f"{article}/e1"
    for give, status in zip(
        (lambda: reviewer.accept(visit, "سلمى"), lambda: reviewer.correct(visit, {"status": "planned"}, "سلمى"),
         lambda: reviewer.refuse(visit, "سلمى")), holds, strict=True,
    ):  # fmt: skip
        read_again(store, told, TEXT, VISIT, BLAME)
        id = only(store, "CONSULT").id
        review = give()
        read_again(store, told, TEXT, *events)
        found = [o for o in store.occurrences() if o.type == "CONSULT"]
        assert [o.status for o in found] == ([status] if status else [])
        if status:
            assert found[0].id == id
        else:
            # A refusal of a visit says nothing of an agreement that is read there.
            assert ("AGREE" in [o.type for o in store.occurrences()]) == (name == "an act of another type")
        assert len([o for o in store.occurrences() if o.type == "ACCUSE"]) == 1
        reviewer.undo(review.id, "سلمى")
        read_again(store, told, TEXT, VISIT, BLAME)


def test_reviews_follow_their_words_when_the_text_changes(store: Store, told: Told, reviewer: Reviewer, article: str):
    reviewer.correct(f"{article}/e1", {"status": "planned"}, "سلمى")
    reviewer.refuse(f"{article}/e2", "سلمى")
    longer = "خاص: " + TEXT.replace("ثم أدان المجلس القصف أمس.", "ثم رحب المجلس بالهدنة، وفق بيان نشر مساء اليوم نفسه.")
    told.events[longer] = [VISIT]
    put(store, told, Article(longer, id="n1", source="صدى الوادي", published=DAY))  # type: ignore[arg-type]
    assert only(store, "CONSULT").status == "planned"
    first, second = store.reviews([article])
    assert longer[first.start : first.end] == "زار"
    assert (second.start, second.trigger) == (None, "أدان")


def test_what_cannot_be_is_refused(store: Store, reviewer: Reviewer, article: str):
    wrong = {"type": "PARTY", "status": "sure", "actors": ["Norway"], "date": "2031-02-30"}
    with pytest.raises(ReviewError) as error:
        reviewer.correct(f"{article}/e1", wrong, "سلمى")
    assert set(error.value.faults) == {"type", "status", "actors", "date"}
    for call in (
        lambda: reviewer.correct(f"{article}/e1", {"colour": "red"}, "سلمى"),
        lambda: reviewer.correct(f"{article}/e1", {"mode": "phone", "type": "AGREE"}, "سلمى"),
        lambda: reviewer.accept(f"{article}/e1", "  "),
        lambda: reviewer.accept(f"{article}/e1", "سلمى", picked="whim"),
        lambda: reviewer.add(article, 5, 500, MISSED, "سلمى"),
    ):
        with pytest.raises(ReviewError):
            call()
    for report in (f"{article}/e9", "99/e1", "nonsense", f"{article}/", "/e1", "9" * 30 + "/e1", ""):
        with pytest.raises(NothingThereError):
            reviewer.accept(report, "سلمى")
    with pytest.raises(NothingThereError):
        reviewer.undo(77, "سلمى")
    assert store.reviews([article], every=True) == []


def test_another_type_has_no_mode_unless_it_is_said(store: Store, reviewer: Reviewer, article: str):
    reviewer.correct(f"{article}/e1", {"type": "AGREE"}, "سلمى")
    agreed = only(store, "AGREE")
    assert (agreed.mode, agreed.quad, agreed.score) == (None, "verbal_cooperation", 2.5)
    (report,) = store.reports(agreed.reports).values()
    assert report.rule == "agree.agree"


def test_a_removed_article_takes_its_reviews_along(store: Store, reviewer: Reviewer, article: str):
    reviewer.accept(f"{article}/e1", "سلمى")
    reviewer.read_through(article, "سلمى")
    remove(store, [article])
    assert store.reviews([article], every=True) == []
