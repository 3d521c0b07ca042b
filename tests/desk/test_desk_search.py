"""Searching on the desk: filters, words, both languages, files, feeds, hostile input, long lists."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_plus
from xml.etree import ElementTree as ET

import feedparser
import pytest
import yaml

pytest.importorskip("fastapi", reason="the extra rasd[desk] is not installed")

from fastapi.testclient import TestClient

from rasd.desk.app import create_app
from rasd.desk.choosing import TYPES
from rasd.desk.settings import Settings
from rasd.record import Record
from rasd.relations.adding import add
from rasd.sources.article import Article
from rasd.sources.gathering import Gathered
from rasd.store import Store
from relations.records import made

POWERS = ("JPN", "BRA", "KEN", "IND", "FJI", "PER", "CAN", "MLI", "NZL")
HOSTILE = "<script>alert(1)</script>\"'&\u202e\u0007\ufffe"
TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "search.yaml").read_text(encoding="utf-8"))
ATOM = "{http://www.w3.org/2005/Atom}"


class Table:
    """Reads an article as the table has it, with the day of its events and hostile names."""

    version = "table"

    def __init__(self, articles: list[dict[str, Any]]) -> None:
        self._articles = {a["id"]: a for a in articles}

    def read(self, text: str, *, id: str | None = None, **named: Any) -> Record:
        given = self._articles[id or ""]
        events = [{**e, "date": str(e["date"]) if "date" in e else None} for e in given["events"]]
        record = made({**given, "published": str(given["published"]), "events": events})
        for event in record.events:
            if event.place is not None and event.place.name.en != "Oslo":
                event.place.geonames = None
            event.gloss.ar = event.gloss.en = text[event.evidence.start : event.evidence.end]
        for name in ("title", "source", "url"):
            setattr(record.article, name, named.get(name))
        record.article.id = id
        return record


def put(database: str, articles: list[dict[str, Any]]) -> None:
    def article(given: dict[str, Any]) -> Article:
        said = "\n".join(e["says"] for e in given["events"])
        return Article(said, id=given["id"], source=given["source"], title=given.get("title"),
                       published=given["published"])  # fmt: skip

    with Store(database, create=True) as store:
        add(store, Table(articles), (Gathered(a["id"], article(a)) for a in articles))


def client(settings: Settings, database: str) -> TestClient:
    return TestClient(create_app(replace(settings, database=database)))


@pytest.fixture(scope="module")
def table(desk_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A desk over the articles of the table, one of them hostile."""
    hostile = {"id": "h", "source": HOSTILE, "title": HOSTILE, "published": dt.date(2031, 6, 1), "events": [
        {"says": f"تنديد {HOSTILE} بالقرصنة", "type": "ACCUSE", "quad": "verbal_conflict", "actors": [f"NOR|{HOSTILE}"],
         "place": f"{HOSTILE.replace(',', '')}, NOR, 60, 11"}]}  # fmt: skip
    database = str(tmp_path_factory.mktemp("search") / "rasd.db")
    put(database, [*TABLE["articles"], hostile])
    with client(desk_settings, database) as opened:
        yield opened


@pytest.fixture(scope="module")
def many(desk_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A desk over a hundred and thirty events."""
    days = [dt.date(2031, 1, 1) + dt.timedelta(days=n) for n in range(0, 1300, 10)]
    articles: list[dict[str, Any]] = []
    for n, day in enumerate(days):
        event = {
            "says": f"محادثات رقم {n} بين البلدين", "actors": [f"{POWERS[n % 9]}/GOV"], "recipients": ["NOR/GOV"],
            "type": TYPES[n % 16], "date": str(day), "place": f"Town{n}, NOR, {50 + n % 20}, {n % 30}",
        }  # fmt: skip
        articles.append({"id": f"n{n}", "source": "صدى الشمال", "published": day, "events": [event]})
    database = str(tmp_path_factory.mktemp("many") / "rasd.db")
    put(database, articles)
    with client(desk_settings, database) as opened:
        yield opened


def found(page: str) -> list[str]:
    """The first words of the events on a page, in order."""
    return [word for word in TABLE["names"] if f">{word}" in page or f"<mark>{word}</mark>" in page]


@pytest.mark.parametrize("case", TABLE["searches"], ids=lambda c: c["query"] or "all")
def test_searches(table: TestClient, case: dict[str, Any]):
    answer = table.get(f"/search?{case['query']}")
    assert answer.status_code == 200
    assert sorted(found(answer.text)) == sorted(case["finds"].split())
    feed = table.get(f"/search.atom?{case['query']}").text
    assert sorted(w for w in TABLE["names"] if f">{w} " in feed) == sorted(case["finds"].split())
    if "says" in case:
        assert case["says"] in answer.text


@pytest.mark.parametrize("path", ["/search", "/search?in=articles", "/map", "/calendar", "/actors", "/affairs"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_pages_come_in_both_languages(table: TestClient, path: str, language: str):
    answer = table.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in answer.text
    assert answer.headers["content-language"] == language


def test_words_found_are_marked(table: TestClient):
    page = table.get("/search", params={"q": "الغابة"}).text
    assert "<mark>الغابات</mark>" in page
    articles = table.get("/search", params={"q": "الغابة", "in": "articles"}).text
    assert "<mark>الغابات</mark>" in articles


def test_a_search_is_its_own_address(table: TestClient):
    page = table.get("/search?q=%22قرض+ميسر%22&actor=NOR&type=AID&from=2031-01-01").text
    assert 'value="&#34;قرض ميسر&#34;"' in page
    assert 'value="NOR"' in page
    assert '<option value="AID" selected>' in page
    addresses = [unescape(a) for a in re.findall(r'href="(/search\.csv[^"]+)"', page)]
    said = '/search.csv?actor=NOR&type=AID&from=2031-01-01&q="قرض ميسر"&lang=en'
    assert [unquote_plus(a) for a in addresses] == [said]
    assert len(list(csv.DictReader(io.StringIO(table.get(addresses[0]).text)))) == 1


ODD = (HOSTILE, "'; DROP TABLE article; --", '"', "((*", "a" * 5000, "NEAR(a b)", "title:x", "٪\ud800")
NAMES = ("q", "actor", "place", "source", "affair", "from", "type", "status", "class", "order")


@pytest.mark.parametrize("query", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("name", NAMES)
def test_hostile_input_is_text(table: TestClient, name: str, query: str):
    said = quote(query.encode("utf-8", "surrogatepass"))
    for path in ("/search", "/map", "/calendar", "/search.atom", "/search.csv", "/search.json", "/search.ics"):
        answer = table.get(f"{path}?{name}={said}")
        assert answer.status_code in (200, 414, 422), (path, answer.status_code)
        if "html" in answer.headers["content-type"] or "xml" in answer.headers["content-type"]:
            assert "<script>alert" not in answer.text
        if path.endswith("atom") and answer.status_code == 200:
            ET.fromstring(answer.content)


def test_hostile_articles_are_text(table: TestClient):
    for path in (
        "/search?q=تنديد",
        "/search?q=تنديد&in=articles",
        "/map",
        "/actor/NOR",
        "/place/NOR",
        "/calendar?month=2031-06",
    ):
        page = table.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "\u202e" not in re.sub(r"<[^>]*>", "", page.text) or "articles" in path
    ET.fromstring(table.get("/search.atom").content)


def test_the_table_is_read_back(table: TestClient):
    answer = table.get("/search.csv?actor=KEN")
    assert answer.headers["content-type"].startswith("text/csv")
    assert 'filename="rasd.csv"' in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert sorted(row["type"] for row in rows) == ["AID", "ASSAULT"]


def test_the_data_is_read_back(table: TestClient):
    told = json.loads(table.get("/search.json?type=AGREE").text)
    assert [event["eventType"] for event in told["@graph"]] == ["plover:AGREE"]


def test_the_calendar_is_read_back(table: TestClient):
    from icalendar import Calendar

    answer = table.get("/search.ics?lang=ar")
    assert answer.headers["content-type"].startswith("text/calendar")
    entries = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(e["SUMMARY"]).split()[0] for e in entries] == ["اتفاقية"]


def test_a_feed_is_valid_and_steady(table: TestClient):
    answer = table.get("/search.atom?actor=NOR&lang=en")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    root = ET.fromstring(answer.content)
    for name in ("id", "title", "updated", "author"):
        assert root.find(ATOM + name) is not None, name
    entries = root.findall(f"{ATOM}entry")
    ids = [e.findtext(f"{ATOM}id") for e in entries]
    assert len(ids) == len(set(ids)) > 2
    updated = [dt.datetime.fromisoformat(str(e.findtext(f"{ATOM}updated"))) for e in entries]
    assert updated == sorted(updated, reverse=True)
    assert all(u.tzinfo is not None for u in updated)
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo
    assert len(parsed.entries) == len(entries)
    links = {link["rel"]: link["href"] for link in parsed.feed.links}
    assert links["self"].startswith("http://testserver/search.atom?actor=NOR")
    assert parsed.entries[0].link.startswith("http://testserver/event/o")
    again = table.get("/search.atom?actor=NOR&lang=en")
    assert again.headers["etag"] == answer.headers["etag"]
    same = table.get("/search.atom?actor=NOR&lang=en", headers={"If-None-Match": answer.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert table.get("/search.atom?actor=JPN&lang=en").headers["etag"] != answer.headers["etag"]
    other = ET.fromstring(table.get("/search.atom?actor=JPN&lang=en").content)
    assert other.findtext(f"{ATOM}id") != root.findtext(f"{ATOM}id")


def test_files_say_when_they_have_not_changed(table: TestClient):
    tag = table.get("/search.csv").headers["etag"]
    assert table.get("/search.csv", headers={"If-None-Match": f'"x", {tag}'}).status_code == 304


def test_a_form_that_does_not_exist(table: TestClient):
    assert table.get("/search.exe").status_code == 422


@pytest.mark.parametrize("path", ["/search?q=لاشيء", "/search?actor=FJI&in=articles", "/map?actor=FJI",
                                  "/calendar?month=1999-01", "/affairs?name=zzz", "/actors?name=zzzz"])  # fmt: skip
@pytest.mark.parametrize("language", ["ar", "en"])
def test_pages_say_that_there_is_nothing(table: TestClient, path: str, language: str):
    answer = table.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert 'class="empty"' in answer.text or 'class="alert"' in answer.text


def test_an_empty_database(desk_settings: Settings, tmp_path: Path):
    put(str(tmp_path / "empty.db"), [])
    with client(desk_settings, str(tmp_path / "empty.db")) as empty:
        for path in ("/search", "/search?in=articles&q=كلمة", "/map", "/calendar", "/actors", "/affairs", "/actor/NOR",
                     "/place/NOR", "/search.csv", "/search.json", "/search.ics"):  # fmt: skip
            assert empty.get(path).status_code == 200, path
        assert not feedparser.parse(empty.get("/search.atom").content).bozo
        assert empty.get("/affair/agreement:none").status_code == 404
        assert empty.get("/place/geonames:5").status_code == 404


def test_long_lists_are_paged(many: TestClient):
    seen: list[str] = []
    for page in range(1, 7):
        text = many.get(f"/search?page={page}&actor=NOR").text
        seen += [n for n in map(str, range(130)) if f"رقم {n} بين" in text]
    assert len(seen) == len(set(seen)) == 130
    assert many.get("/search?page=999999999999").text.count('class="row ') == 5
    assert many.get("/search?page=-3").status_code == 200
    assert many.get("/search?page=x").status_code == 422
    assert "page=2" in many.get("/search?in=articles&q=محادثات").text
    assert many.get("/search?in=articles&q=محادثات&page=99999").status_code == 200
