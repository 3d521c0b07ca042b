"""Expressions of time: a table of sentences, what must hold of any text, and how cost grows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import available_timezones

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rasd.lexicon import KnowledgeFiles, open_compiled
from rasd.text import document
from rasd.text.forms import WORDS, WordTable
from rasd.when import SECTIONS, ArticleDater, TimeReader, find
from rasd.when.lexemes import pack
from rasd.when.reader import ACTIONS
from rasd.when.rules import pack_rules

CASES = yaml.safe_load((Path(__file__).parent / "times.yaml").read_text(encoding="utf-8"))
LEXICON = open_compiled(KnowledgeFiles(), (WORDS, *SECTIONS))
TABLE = WordTable(LEXICON)
READER = TimeReader(LEXICON)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_sentence(case: dict) -> None:
    at = case.get("at", "2020-06-15")
    assert [[t.text, t.value] for t in find(case["text"], at=at)] == [list(pair) for pair in case["times"]]


WORDS_OF_TIME = [
    "اليوم", "أمس", "غدا", "الاثنين", "من", "في", "قبل", "بعد", "الماضي", "المقبل", "3", "2015",
    "12", "/", "-", "(", ")", "كانون", "الثاني", "مايو", "شهر", "عام", "الساعة", "الثامنة", "مساء",
    "صباح", "رمضان", "1436", "هـ", "القرن", "العشرين", "كل", "الربع", "الأول", "ونصف", "ثلاثة",
    "وعشرين", "ألف", "99999", "0", "31", ":", "4.22", "12.10.2015", "نهاية", "الأسبوع", "و،", "الـ",
]  # fmt: skip
words = st.sampled_from(WORDS_OF_TIME)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(words, max_size=14).map(" ".join)), st.none() | st.dates())
def test_any_text_is_read(text: str, at: dt.date | None) -> None:
    text = text.encode("utf-8", "replace").decode()
    doc = document(text, TABLE)
    doc.published = at
    READER.read(doc)
    end = 0
    for mention in doc.times:
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        if mention.begin and mention.end_date:
            assert mention.begin <= mention.end_date
    first = [(m.start, m.end, m.value) for m in doc.times]
    dating = ArticleDater(LEXICON).date(doc)
    assert dating.earliest is None or dating.latest is None or dating.earliest <= dating.latest
    READER.read(doc)
    assert first == [(m.start, m.end, m.value) for m in doc.times]


def test_offsets_leave_proclitics_out() -> None:
    (found,) = find("وغدا", at="2020-06-15")
    assert (found.start, found.text) == (1, "غدا")


def test_about_a_year_ago_is_approximate() -> None:
    (found,) = find("سقطت الطائرة قبل نحو عام", at="2020-06-15")
    assert found.approximate
    assert found.begin is not None
    assert found.begin < "2019-06-15" < (found.end_date or "")


def test_zone() -> None:
    doc = document("يصل الساعة الخامسة عصرا بالتوقيت المحلي", TABLE)
    doc.published = dt.date(2020, 6, 15)
    READER.read(doc)
    assert [(m.clock, m.zone) for m in doc.times] == [("17:00", "local")]


def test_find_takes_a_date_a_datetime_or_text() -> None:
    for at in (dt.date(2020, 6, 15), dt.datetime(2020, 6, 15, 9), "2020-06-15", "2020-06-15T09:00:00"):
        assert [t.value for t in find("وصل أمس", at=at)] == ["2020-06-14"]
    with pytest.raises(ValueError, match="at is no date"):
        find("وصل أمس", at="15/6/2020")


def test_find_says_what_qualifies_a_time() -> None:
    found = find("منذ مطلع الشهر، ولأكثر من أسبوع، حتى الثامنة صباحا بتوقيت القاهرة", at="2020-06-15")
    assert [(t.mod, t.zone) for t in found] == [("START", None), ("MORE_THAN", None), (None, "Africa/Cairo")]


def test_every_rule_has_its_action() -> None:
    packed = pack_rules(KnowledgeFiles(), pack(KnowledgeFiles()))
    assert {rule.action for rule in packed} == set(ACTIONS)


def test_zones_are_known_to_the_calendar_of_the_world() -> None:
    zones = {value for kind, value in pack(KnowledgeFiles()).words.values() if kind == "ZONE"}
    zones |= {value for rows in pack(KnowledgeFiles()).phrases.values() for _, kind, value in rows if kind == "ZONE"}
    assert {str(zone) for zone in zones} - {"local"} <= available_timezones()
