"""Today, a relationship, an event, an article: what stands on each in both languages; what hostile text does there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rasd import Reader
from rasd.desk.app import create_app
from rasd.desk.marking import Mark, marks_of, pieces
from rasd.desk.settings import Settings
from rasd.record import Record
from rasd.relations.adding import add
from rasd.sources.article import Article, publication_date
from rasd.sources.gathering import Gathered
from rasd.store import Store
from relations.records import made

# A headline and text as one who wishes us ill would write them; U+202E turns what follows around.
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>\u202e {{ 7*7 }}'
TEXTS = [
    ("2031-03-02", "أعلنت وزارة الخارجية النرويجية أن وزير الخارجية الياباني سيزور أوسلو يوم 10 مارس 2031."),
    ("2031-03-11", "زار وزير الخارجية الياباني أوسلو يوم 10 مارس 2031 والتقى نظيره النرويجي."),
    ("2031-03-12", "أدانت اليابان موقف النرويج من صيد الحيتان، واستدعت السفير النرويجي في طوكيو."),
    ("2031-03-12", "ستوقع اليابان والنرويج اتفاقا تجاريا في أوسلو يوم 20 مارس 2031."),
]


@pytest.fixture(scope="module")
def hostile(reader: Reader, desk_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A desk over articles with hostile headlines, sources and words."""
    place = str(tmp_path_factory.mktemp("hostile") / "hostile.db")
    articles = [
        Article(f"{text}\n{HOSTILE}", id=f"h{n}", title=HOSTILE, source=HOSTILE, url="javascript:alert(3)",
                published=publication_date(day))
        for n, (day, text) in enumerate(TEXTS)
    ]  # fmt: skip
    with Store(place, create=True) as store:
        add(store, reader, (Gathered(str(a.id), a) for a in articles))
    with TestClient(create_app(replace(desk_settings, database=place))) as client:
        yield client


def first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, f"no {pattern}"
    return found[0]


ADDRESSES = [
    "/",
    "/relations",
    "/relation/NOR/JPN",
    "/relation/NOR/JPN/events",
    "/articles",
    "/article/1",
    "/article/2",
]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("path", ADDRESSES)
def test_hostile_text_is_shown_and_does_nothing(hostile: TestClient, path: str, language: str):
    answer = hostile.get(path, params={"lang": language})
    assert answer.status_code == 200
    page = answer.text
    assert "<script" not in page
    assert "<img" not in page
    assert "49" not in re.sub(r"<[^>]*>|\?v=\w+", "", page)
    assert not re.search(r"<[^>]*\son\w+=", page)
    assert 'href="javascript:' not in page
    # What turns text around stands nowhere but in the text of an article, which has a direction of its own.
    outside = re.sub(r'<div class="words-of".*?</article>|<blockquote.*?</blockquote>', "", page, flags=re.DOTALL)
    assert "\u202e" not in outside


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_event_shows_its_reports_side_by_side(hostile: TestClient, language: str):
    listed = hostile.get("/relation/NOR/JPN/events", params={"lang": language}).text
    for address in dict.fromkeys(re.findall(r"/event/o\d+", listed)):
        page = hostile.get(address, params={"lang": language}).text
        assert "<script" not in page
        assert 'class="report"' in page
        assert 'class="m m-event is-event"' in page
        assert "<code>" in page
        assert "<meter" in page


def test_a_status_that_moved_is_told(hostile: TestClient):
    page = hostile.get("/", params={"on": "2031-03-12", "lang": "en"}).text
    assert "was planned, now occurred" in page
    event = hostile.get(first(r'/event/o\d+(?=">[^<]*</a></p>\n<p class="by">was planned)', page)).text
    assert "How its status moved" in event
    assert event.count('class="report"') == 2


def test_what_is_due_stands_on_the_first_page(hostile: TestClient):
    assert "20 March 2031" in hostile.get("/", params={"on": "2031-03-12", "lang": "en"}).text.partition("Due next")[2]


@pytest.mark.parametrize(("path", "status"), [
    ("/article/999", 404), ("/article/x", 404), ("/article/1?version=7", 404), ("/article/-1", 404),
    ("/article/99999999999999999999", 404), ("/event/o999999", 404), ("/event/1", 404), ("/event/o1x", 404),
    ("/event/o" + "9" * 40, 404), ("/relation/NOR/NOR", 404), ("/relation/NOR/nobody-at-all", 404),
    ("/relation/NOR/BRA", 404), ("/relation/NOR/JPN?from=2031-02-30", 422), ("/?on=tomorrow", 422),
    ("/relation/NOR/JPN?from=2031-03-05&to=2031-03-01", 422), ("/articles?page=x", 422), ("/articles?page=-3", 200),
    ("/articles?page=99999999999", 200), ("/relation/%00/NOR", 400), ("/articles?source=%00", 400),
    ("/event/%00", 400), ("/article/%D9%A1", 404),
])  # fmt: skip
@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_is_missing_or_mistaken_is_a_page_that_says_so(hostile: TestClient, path: str, status: int, language: str):
    hostile.cookies.clear()
    answer = hostile.get(path, headers={"accept-language": language})
    assert answer.status_code == status
    assert f'<html lang="{language}"' in answer.text
    assert "Traceback" not in answer.text


def test_the_course_leads_to_its_events(desk: TestClient):
    page = desk.get("/relation/TUR/IRQ", params={"lang": "en"}).text
    address = first(r"/relation/TUR/IRQ/events\?from=[\d-]+&amp;to=[\d-]+", page).replace("&amp;", "&")
    events = desk.get(address).text
    assert "/event/o" in events


def test_a_name_leads_to_the_page_of_its_code(desk: TestClient):
    answer = desk.get("/relation/تركيا/Iraq", params={"lang": "en"}, follow_redirects=False)
    assert answer.headers["location"].startswith("/relation/TUR/IRQ")
    answer = desk.get("/relations", params={"first": "تركيا", "second": "iraq"}, follow_redirects=False)
    assert answer.headers["location"] == "/relation/TUR/IRQ"
    page = desk.get("/relations", params={"first": "nowhere", "second": "iraq", "lang": "en"}).text
    assert "Nobody is known" in page


def test_an_article_has_an_english_line_for_each_event(desk: TestClient):
    page = desk.get("/article/1", params={"lang": "ar"}).text
    told = first(r'(?s)<ol class="told">.*?</ol>', page)
    assert told.count("<li ") == len(re.findall(r'<p class="line other" lang="en" dir="ltr">\w', told)) > 2


def test_the_pieces_of_a_text_are_the_text(reader: Reader):
    text = (Path(__file__).parents[2] / "examples" / "summit.txt").read_text(encoding="utf-8")
    record = reader.read(text, published="2024-05-14")
    lines = pieces(text, marks_of(record))
    assert ["".join(p.text for p in line) for line in lines] == [line for line in text.splitlines() if line.strip()]
    assert {m.kind for line in lines for p in line for m in p.marks} == {"event", "actor", "time", "place"}


@pytest.mark.parametrize(("marks", "expected"), [
    ([], [[("abc", "")], [("def", "")]]),
    ([Mark("actor", "n1", 0, 3)], [[("abc", "actor")], [("def", "")]]),
    # One inside another: the inner cuts the outer, and both lie over it.
    ([Mark("actor", "n1", 0, 3), Mark("event", "e1", 1, 2)],
     [[("a", "actor"), ("b", "event actor"), ("c", "actor")], [("def", "")]]),
    # Over the end of a line.
    ([Mark("time", "t0", 2, 5)], [[("ab", ""), ("c", "time")], [("d", "time"), ("ef", "")]]),
    # Crossing, and beyond the end.
    ([Mark("actor", "n1", 4, 6), Mark("place", "p0", 5, 99)],
     [[("abc", "")], [("d", "actor"), ("e", "place actor"), ("f", "place")]]),
])  # fmt: skip
def test_a_text_is_cut_where_marks_begin_and_end(marks: list[Mark], expected: list[list[tuple[str, str]]]):
    found = pieces("abc\ndef", marks)
    assert [[(p.text, " ".join(m.kind for m in p.marks)) for p in line] for line in found] == expected


def test_a_stretch_of_a_text_has_its_own_marks():
    (line,) = pieces("abcdef", [Mark("actor", "n1", 0, 3)], 2, 5)
    assert [(p.text, p.start, len(p.marks), len(p.opens)) for p in line] == [("c", 2, 1, 1), ("de", 3, 0, 0)]


class QuickReader:
    """Reads a text as one event of two powers, on the day that it is published."""

    version = "quick"

    def read(self, text: str, *, published: str | dt.date | None = None, **named: Any) -> Record:
        event = {"type": "CONSULT", "actors": ["NOR"], "recipients": ["JPN"], "date": str(published), "says": text}
        record = made({"published": str(published), "text": text, "events": [event]})
        for name in ("id", "title", "source", "url"):
            setattr(record.article, name, named.get(name))
        return record


def test_a_long_list_is_paged(tmp_path: Path, desk_settings: Settings):
    place = str(tmp_path / "long.db")
    days = [dt.date(2031, 1, 1) + dt.timedelta(days=n) for n in range(120)]
    articles = [Article(f"نص {n} " + " ".join(f"كلمة{n}{x}" for x in "ابتثجح"), id=f"n{n}", published=day)
                for n, day in enumerate(days)]  # fmt: skip
    with Store(place, create=True) as store:
        add(store, QuickReader(), (Gathered(str(a.id), a) for a in articles))
    with TestClient(create_app(replace(desk_settings, database=place))) as client:
        page = client.get("/relation/NOR/JPN/events", params={"page": 2}).text
        assert "Page 2 of 3" in page
        assert page.count('<li class="row') == 50
        assert client.get("/articles", params={"page": 3}).text.count('<li class="row') == 20
        assert "120 events" in client.get("/relation/NOR/JPN").text
