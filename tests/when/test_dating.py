"""Dating articles by their text."""

from __future__ import annotations

import datetime as dt

from rasd.lexicon import KnowledgeFiles, open_compiled
from rasd.record import Dating, Span
from rasd.text import document
from rasd.text.forms import WORDS, WordTable
from rasd.when import SECTIONS, TimeReader, date_article

LEXICON = open_compiled(KnowledgeFiles(), (WORDS, *SECTIONS))
TABLE = WordTable(LEXICON)
READER = TimeReader(LEXICON)


def dated(text: str, hints: list[tuple[dt.date | None, dt.date | None, Span]] | None = None) -> Dating:
    doc = document(text, TABLE)
    READER.read(doc)
    return date_article(doc, hints or [])


def test_nothing_said_is_unknown() -> None:
    assert dated("وصل الوفد إلى المدينة.") == Dating()


def test_dateline() -> None:
    found = dated("بيروت، 3 آذار 2019 -\nوصل الوفد إلى المدينة.")
    assert (found.basis, found.earliest, found.latest) == ("dateline", "2019-03-03", "2019-03-03")


def test_today_with_its_date_leaves_the_day_and_the_day_of_print() -> None:
    found = dated("وصل الوفد إلى المدينة اليوم الاثنين 15 يونيو 2020.")
    assert (found.earliest, found.latest) == ("2020-06-15", "2020-06-16")


def test_current_year() -> None:
    found = dated("تراجعت الأسعار خلال العام الجاري 2016.")
    assert (found.earliest, found.latest) == ("2016-01-01", "2017-01-01")


def test_months_narrow_what_others_know() -> None:
    hint = (dt.date(2019, 1, 1), dt.date(2019, 12, 31), Span(0, 4))
    found = dated("زار الوزير المدينة في مايو الماضي، ثم في أغسطس الماضي.", [hint])
    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest <= "2019-10-10" <= found.latest


def test_a_hint_that_contradicts_is_passed_over() -> None:
    hints = [
        (dt.date(2019, 1, 1), dt.date(2019, 12, 31), Span(0, 4)),
        (dt.date(1990, 1, 1), dt.date(1991, 1, 1), Span(0, 4)),
    ]
    assert dated("وصل الوفد.", hints).earliest == "2019-01-01"
