"""Days of publication in the forms that sources write."""

from __future__ import annotations

import datetime as dt

import pytest

from rasd.sources.days import day_of

DAY = dt.date(2016, 11, 7)


@pytest.mark.parametrize(
    "written",
    [
        "2016-11-07", "2016-11-07T10:00:00.000Z", "2016-11-07 10:00", "20161107", "2016/11/07", "2016.11.7",
        "07 Nov 2016 10:00 GMT", "Mon, 07 Nov 2016 10:00:00 +0300", "Mon Nov 07 10:00:00 +0000 2016",
        "7 November 2016", "November 7, 2016", "Nov. 7, 2016", "Monday, November 7th, 2016", "07-Nov-2016",
        "7 نوفمبر 2016", "٧ نوفمبر ٢٠١٦م", "الاثنين، 7 نوفمبر 2016 - 10:30", "7 تشرين الثاني/نوفمبر 2016",
        "الاثنين 7 تشرين الثاني (نوفمبر) 2016", "07 صفر 1438 هـ - 7 نوفمبر 2016", "7/نوفمبر/2016",
        1478500000, 1478500000.5, "1478500000000", dt.datetime(2016, 11, 7, 9), DAY,
    ],
)  # fmt: skip
def test_days(written: object) -> None:
    assert day_of(written) == DAY


@pytest.mark.parametrize("written", ["5 آب 2016", "5 أوت 2016", "5 اغسطس 2016", "Aug 5, 2016"])
def test_months_by_all_their_names(written: str) -> None:
    assert day_of(written) == dt.date(2016, 8, 5)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("07/11/2016", "may be 07-11 or 11-07"), ("soon", "is no date"), ("أمس", "is no date"), ("مسقط", "is no date"),
        ("7 صفر 1438", "is no date"), ("1 مايو 2016 - 2 مايو 2016", "is no date"), ("5 مايو أيلول 2016", "is no date"),
        ("31 نوفمبر 2016", "is no date"), ("7 نوفمبر 3016", "lies outside"), (True, "is no date"), (float("nan"), "is"),
    ],
)  # fmt: skip
def test_what_is_no_day(written: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        day_of(written)
