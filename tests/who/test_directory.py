"""The registry asked by name: who or what, which offices when, codes, other names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from rasd import Reader
from rasd.who import Known, Term


@pytest.fixture(scope="module")
def invented() -> Reader:
    return Reader(lexicon=Path(__file__).parent / "lexicon")


@pytest.mark.parametrize("name", ["تيمور زركلي", "زركلي", "ولزركلي", "Taymur Zarkali", "taymur  zarkali"])
def test_a_person_is_found_by_every_name(invented: Reader, name: str):
    [found] = invented.who(name)
    assert (found.kind, found.en, found.code) == ("person", "Taymur Zarkali", "XAA/GOV")
    assert found.names == ["تيمور زركلي", "زركلي"]
    assert found.terms == [Term("president", "Zarland", "2010-03-01", "2018-06-30", "Taymur Zarkali")]


@pytest.mark.parametrize("name", ["زارستان", "الزارستانية", "XAA", "Zarland", "Zarish", "لزاركند"])
def test_a_state_is_found_by_names_adjectives_capital_and_code(invented: Reader, name: str):
    [found] = invented.who(name, at="2015-01-01")
    assert (found.kind, found.code, found.stands_for) == ("state", "XAA/GOV", ["زاركند"])
    assert [(t.office, t.holder) for t in found.terms] == [
        ("president", "Taymur Zarkali"),
        ("foreign minister", "Kenan Zarbek"),
    ]


def test_a_day_before_and_after_a_term(invented: Reader):
    assert [t.office for t in invented.who("زارستان", at="2012-01-01")[0].terms] == ["president"]
    assert invented.who("زارستان", at=dt.date(2020, 1, 1))[0].terms == []


def test_an_office_with_its_state_is_its_holder_on_the_day(invented: Reader):
    assert [k.en for k in invented.who("الرئيس الزارستاني", at="2015-01-01")] == ["Taymur Zarkali"]
    assert invented.who("الرئيس الزارستاني", at="2005-01-01") == []


def test_bodies_and_what_is_not_known(invented: Reader):
    [front] = invented.who("جبهة صهركان")
    assert (front.kind, front.code, front.adjectives) == ("group", "XDD/REB", ["صهركاني"])
    assert invented.who("قرقوزان") == []
    assert invented.who(" ") == []
    assert invented.directory.like("زارستن")[0] == "زارستان"


def test_haiti_and_the_houthis_share_letters_only(reader: Reader):
    [haiti] = reader.who("هايتي", at="2017-03-01")
    [houthis] = reader.who("الحوثيون", at="2017-03-01")
    assert (haiti.code, houthis.code) == ("HTI/GOV", "HTI/REB")
    assert [t.holder for t in haiti.terms if t.office == "president"] == ["Jovenel Moise"]
    assert [t.holder for t in houthis.terms if t.office == "leader"] == ["Abdul-Malik al-Houthi"]
    assert [k.code for k in reader.who("جوفينيل مويز", at="2018-01-01")] == ["HTI/GOV"]


def test_several_that_share_a_name_are_all_given(reader: Reader):
    found: list[Known] = reader.who("بوش")
    assert {k.kind for k in found} == {"person"}
    assert reader.who("عمان")[0].kind == "state"
    assert len(reader.who("كلينتون")) >= 1
