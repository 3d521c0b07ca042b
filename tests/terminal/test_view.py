"""A record's page: the facts on it, at every width, on a terminal and in a pipe."""

from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from rasd.explanation import (
    Explanation,
    MentionExplanation,
    PlaceExplanation,
    PredicateExplanation,
    SentenceExplanation,
    TimeExplanation,
    TokenExplanation,
)
from rasd.record import (
    Affair,
    Amount,
    Article,
    Attribution,
    Dating,
    Entity,
    Event,
    EventDate,
    Gloss,
    Name,
    Note,
    Ordinal,
    Party,
    Phase,
    Place,
    Position,
    Record,
    Role,
    Span,
    Trigger,
)  # fmt: skip
from rasd.terminal import show, show_explanation
from rasd.terminal.wording import amount, day, ordinal, plain, stretch, when

TEXT = (
    "زار وزير الخارجية المصري عمان في مارس 2015. ويلتقي الوزيران غدا لبحث ملف المياه، ولم توقع القاهرة أي اتفاق. "
    "وتكررت الزيارة لاحقا."
)
AMMAN = Place(Name("عمان", "Amman"), "JOR", 31.95, 35.93, 250441)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def event(key: str, trigger: str, sentence: str, en: str, **fields: object) -> Event:
    at = span(trigger)
    made = Event(
        id=key, type="CONSULT", mode=None, contexts=["diplomatic"], quad="verbal_cooperation", score=2.5,
        actors=["n1"], recipients=["n2"], others=[], actor_codes=["EGY/GOV"], recipient_codes=["JOR/GOV"],
        status="occurred", date=None, place=None, about=[], attribution=[], ordinal=None,
        trigger=Trigger(at.start, at.end, trigger), sentence=0, evidence=span(sentence), same_as=None,
        rule="test", confidence=0.9, gloss=Gloss(f"سطر {key}", en),
    )  # fmt: skip
    for name, value in fields.items():
        setattr(made, name, value)
    return made


@pytest.fixture
def record() -> Record:
    first, second, third = TEXT.split(". ")
    return Record(
        Article("a", None, "وكالة النيل", "http://example.org/" + "x" * 90, "ar", TEXT, "2015-04-02",
                Dating("inferred", "2015-04-01", "2015-04-03", [span("غدا")])),
        [], [],
        [Entity("n1", "EGY/GOV", "person", Name("سامح شكري", None), None, []),
         Entity("n2", "JOR", "state", Name("الأردن", "Jordan"), None, []),
         Entity("n3", "EGY", "state", Name("مصر", "Egypt"), None, []),
         Entity("n4", "ARL/IGO", "organization", Name("الجامعة العربية", "Arab League"), None, [])],
        [event("e3", "توقع", second, "Egypt did not sign", status="denied", recipients=[], recipient_codes=[],
               actors=[], attribution=[Attribution("مسؤول كبير", "Nile News", None, "Egyptian sources")]),
         event("e2", "يلتقي", second, "The ministers will meet", status="planned", about=["a1"],
               date=EventDate("2015-04-03", "2015-04-03", "2015-04-03", "16:00", "Asia/Amman", False),
               others=[Role("mediator", "n4")], ordinal=Ordinal(3, "P2M"), recipients=[], recipient_codes=[],
               actor_codes=["EGY/GOV", "JOR/GOV"], actors=["n1", "n2"]),
         event("e1", "زار", first, "Shoukry visited Amman", mode="visit", place=AMMAN,
               date=EventDate("2015-03", "2015-03-01", "2015-03-31", None, None, True)),
         event("e4", "الزيارة", third, "Shoukry visited", same_as="e1")],
        [Affair("a1", "issue", Name("ملف المياه", "water file"), None, [Party("JOR/GOV", "party")], None, None, []),
         Affair("a2", "project", Name("خط الغاز", "gas pipeline"), "pipeline",
                [Party("EGY/GOV", "builder")], AMMAN, Amount(2.5e9, "USD", "year"), []),
         Affair("a3", "gathering", Name("قمة عمان", None), None, [], None, None, [])],
        [Position("EGY/OPP", "JOR/GOV", "a1", "opposes", span("ملف المياه"))],
        [],
        [Phase(["EGY", "JOR"], "thaw", "2015-03", None, span("زار وزير الخارجية"))],
        [Note("warning", "two dates disagree")],
    )  # fmt: skip


def page(record: Record, width: int, terminal: bool = False) -> str:
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=terminal, color_system="standard" if terminal else None, highlight=False,
        emoji=False, markup=False, legacy_windows=False, _environ={},
    )  # fmt: skip
    show(record, console)
    return out.getvalue()


def facts(shown: str) -> str:
    """The page as running text, without colours, isolates and line ends."""
    return " ".join(re.sub("\x1b\\[[0-9;]*m|[\u2066-\u2069]", "", shown).split())


FACTS = [
    "زار وزير الخارجية المصري عمان",
    "وكالة النيل",
    "Published 2 April 2015 (inferred from the text; 1 April 2015 – 3 April 2015)",
    "«غدا»",
    "3 events",
    "Shoukry visited Amman",
    "about March 2015",
    "✓ occurred",
    "CONSULT/visit · diplomatic",
    "who: سامح شكري → Jordan",
    "where: Amman, Jordan",
    "«[زار] وزير الخارجية المصري عمان في مارس 2015»",
    "told again once:",
    "«وتكررت [الزيارة] لاحقا.»",
    "○ planned",
    "mediator: Arab League",
    "about: water file",
    "which: the 3rd within 2 months",
    "«و[يلتقي] الوزيران غدا",
    "✗ denied",
    "undated",
    "who: Egypt",
    "on the word of: مسؤول كبير (Nile News), citing Egyptian sources",
    "What lies ahead",
    "gas pipeline",
    "خط الغاز",
    "2.5 billion USD per year · in Amman, Jordan · builder Egypt",
    "قمة عمان",
    "party Jordan",
    "Egypt (opposition) opposes Jordan on water file",
    "Egypt – Jordan: thaw, since March 2015",
    "! two dates disagree",
]


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
def test_the_facts_are_there_and_nothing_overflows(record: Record, width: int, terminal: bool) -> None:
    shown = page(record, width, terminal)
    running = facts(shown)
    if not terminal and width in (60, 80):  # side by side, the date's column cuts into longer facts
        for fact in FACTS:
            assert fact in running
    for words in ("Shoukry", "water file", "denied", "thaw", "الزيارة", "Arab League", "two dates"):
        assert words in running
    for line in shown.splitlines():
        assert cell_len(re.sub("\x1b\\[[0-9;]*m", "", line)) <= width, line
    assert ("\x1b[" in shown) is terminal
    assert ("\u2068" in shown) is terminal


def test_order_is_of_time_with_the_undated_last(record: Record) -> None:
    shown = page(record, 100)
    body = shown[: shown.index("What lies ahead")]
    assert body.index("visited Amman") < body.index("will meet") < body.index("did not sign")
    assert "Shoukry visited\n" not in shown, "a repeated mention has no entry of its own"


def test_piped_lines_end_where_their_words_end(record: Record) -> None:
    assert not [line for line in page(record, 80).splitlines() if line != line.rstrip()]


def test_an_empty_record(record: Record) -> None:
    empty = Record(Article(None, None, None, None, "ar", "", None, Dating()), *[[] for _ in range(9)])  # type: ignore[arg-type]
    shown = facts(page(empty, 80))
    assert "(no text)" in shown
    assert "Date of publication unknown" in shown
    assert "No events were found" in shown


def test_the_article_cannot_drive_the_terminal(record: Record) -> None:
    record.article.title = "خبر\x1b[31m\x07\u202e عاجل\n[bold]"
    record.events[0].gloss.en = "[red]x[/] \x9b2J :smile:"
    shown = page(record, 80)
    assert "\x1b" not in shown
    assert "\x9b" not in shown
    assert "\u202e" not in shown
    assert "[red]x[/] 2J :smile:" in shown
    assert "[bold]" in shown


def test_circular_and_dangling_repeats_still_show(record: Record) -> None:
    record.events[0].same_as = "gone"
    record.events[2].same_as = "e4"
    shown = page(record, 80)
    assert "did not sign" in shown
    assert "visited" in shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("2016-10-10", "10 October 2016"), ("2016-10", "October 2016"), ("2016", "2016"), ("2016-W41", "2016-W41"),
     ("2016-13", "2016-13"), ("2016-10-10T16:00", "10 October 2016"), ("PAST_REF", "PAST_REF")],
)  # fmt: skip
def test_days(value: str, shown: str) -> None:
    assert day(value) == shown


def test_wording() -> None:
    assert stretch("2015-11", "2016-06") == "November 2015 – June 2016"
    assert stretch(None, "2016") == "until 2016"
    assert when(EventDate("2015-01..2015-03", "2015-01-01", "2015-03-31", None, None, False)) == (
        "1 January 2015 – 31 March 2015"
    )
    assert when(None) == "undated"
    assert [ordinal(Ordinal(n, None)) for n in (1, 2, 11, 22)] == ["the 1st", "the 2nd", "the 11th", "the 22nd"]
    assert amount(Amount(50, "%", None)) == "50%"
    assert amount(Amount(1e11, "USD", "year")) == "100 billion USD per year"
    assert amount(Amount(1500, None, None)) == "1,500"
    assert plain(" a\tb\u200f\ud800c\n") == "a b c"


@pytest.mark.parametrize("width", [50, 80, 140])
def test_explanation(width: int) -> None:
    sentence = SentenceExplanation(
        0, 12, "والتقى الوزيران غدا في عمان",
        [TokenExplanation("والتقى", "verb", "التقى", "و"), TokenExplanation("."),
         TokenExplanation("غدا", "adv", "غدا")],
        [TimeExplanation("غدا", "2015-04-03", "day.tomorrow")],
        [MentionExplanation("الوزيران", None, "description", "pair")],
        [PlaceExplanation("عمان", "Amman", "JOR")],
        [PredicateExplanation("التقى", "consult.meet", "e1", "consult.meet", 0.9),
         PredicateExplanation("بحث", "consult.discuss", None, "a noun that only names a topic", 0.1)],
    )  # fmt: skip
    out = io.StringIO()
    show_explanation(Explanation([sentence]), Console(file=out, width=width, highlight=False, _environ={}))
    shown = facts(out.getvalue())
    for fact in (
        "Sentence 1 · characters 0 to 12", "والتقى/verb(و+التقى) . غدا/adv", "2015-04-03 by day.tomorrow",
        "no code (description) by pair", "Amman, JOR", "consult.meet → event e1 by consult.meet (0.90)",
        "consult.discuss: no event: a noun that only names a topic",
    ):  # fmt: skip
        assert fact in shown
    assert max(map(cell_len, out.getvalue().splitlines())) <= width
