"""Articles read without a day of publication."""

from __future__ import annotations

import pytest

import rasd


@pytest.mark.parametrize(
    ("text", "published", "event"),
    [
        ("بيروت، 3 آذار 2019 -\nالتقى الرئيس الروسي نظيره التركي أمس.", "2019-03-03", "2019-03-02"),
        ("التقى الرئيس الروسي نظيره التركي أمس، قبل أن يعود اليوم الاثنين 15 يونيو 2020.", "2020-06-15", "2020-06-14"),
        ("التقى الرئيس الروسي نظيره التركي أمس.", None, None),
    ],
    ids=["dateline", "today", "nothing"],
)
def test_a_day_that_the_text_tells_dates_its_events(text: str, published: str | None, event: str | None) -> None:
    record = rasd.read(text)
    assert record.article.published == published
    date = next(e.date for e in record.events if e.type == "CONSULT")
    assert (date.value if date and date.begin else None) == event


def test_the_interval_alone() -> None:
    found = rasd.Reader().dating("وقع الجانبان الاتفاق في 4 مايو 2013.")
    assert (found.basis, found.earliest, found.latest) == ("inferred", "2013-02-01", None)
