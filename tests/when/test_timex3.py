"""TIMEX3 in the text: well formed, the text kept, each kind of value as TimeML has it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasd.record import Time
from rasd.when import find, timex3

AT = "2020-06-15"


def written(text: str, at: str | None = AT) -> list[str]:
    """The elements that a text gets."""
    return re.findall(r"<TIMEX3[^>]*/>|<TIMEX3.*?</TIMEX3>", timex3(text, find(text, at=at)))


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("وصل أمس", ['<TIMEX3 tid="t1" type="DATE" value="2020-06-14">أمس</TIMEX3>']),
        (
            "وصل مساء أمس ويعود غدا",
            [
                '<TIMEX3 tid="t1" type="TIME" value="2020-06-14TEV">مساء أمس</TIMEX3>',
                '<TIMEX3 tid="t2" type="DATE" value="2020-06-16">غدا</TIMEX3>',
            ],
        ),
        (
            "أواخر مايو الماضي",
            ['<TIMEX3 tid="t1" type="DATE" value="2020-05" mod="END">أواخر مايو الماضي</TIMEX3>'],
        ),
        (
            "استمر نحو شهرين",
            ['<TIMEX3 tid="t1" type="DURATION" value="P2M" mod="APPROX">نحو شهرين</TIMEX3>'],
        ),
        (
            "استمر أكثر من شهرين",
            ['<TIMEX3 tid="t1" type="DURATION" value="P2M" mod="MORE_THAN">أكثر من شهرين</TIMEX3>'],
        ),
        ("تصدر أسبوعيا", ['<TIMEX3 tid="t1" type="SET" value="P1W" quant="EVERY">أسبوعيا</TIMEX3>']),
        (
            "من 4 إلى 9 مايو 2018",
            [
                '<TIMEX3 tid="t1" type="DURATION" value="P5D" beginPoint="t2" endPoint="t3">4 إلى 9 مايو 2018</TIMEX3>',
                '<TIMEX3 tid="t2" type="DATE" value="2018-05-04"/>',
                '<TIMEX3 tid="t3" type="DATE" value="2018-05-09"/>',
            ],
        ),
    ],
)
def test_elements(text: str, elements: list[str]) -> None:
    assert written(text) == elements


def test_what_is_not_known_has_a_value_of_its_kind() -> None:
    assert written("وصل أمس", at=None) == ['<TIMEX3 tid="t1" type="DATE" value="XXXX-XX-XX">أمس</TIMEX3>']


def test_times_must_fit_the_text() -> None:
    time = Time(0, 9, "أمس", "DATE", "2020-06-14", None, None, False)
    with pytest.raises(ValueError, match="outside the text"):
        timex3("أمس", [time])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["أمس", "غدا", "<", "&", ">", '"', "'", "]]>", "\r\n", "\r", "\n", "\t", " ", "\0", "\ud800", "3/4/2015", "من 3 إلى 5 مايو 2011"]), max_size=12).map("".join))  # fmt: skip  # noqa: E501
def test_any_text_comes_back_from_the_xml(text: str) -> None:
    root = ElementTree.fromstring(timex3(text, find(text, at=AT)))
    kept = re.sub("[\ud800-\udfff]", "\ufffd", text.replace("\0", "\ufffd"))
    assert "".join(root.itertext()) == f"\n{kept}\n"
    ids = [element.get("tid") for element in root.iter("TIMEX3")]
    assert ids == [f"t{n}" for n in range(1, len(ids) + 1)]
