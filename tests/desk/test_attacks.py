"""Articles are written by anybody: whatever stands in one, no page of the desk becomes the writer's."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

pytest.importorskip("fastapi", reason="the extra rasd[desk] is not installed")

from fastapi.testclient import TestClient

from rasd import Reader
from rasd.desk.app import create_app
from rasd.desk.settings import Settings
from rasd.relations.adding import add
from rasd.sources.article import Article
from rasd.sources.part import Gathered
from rasd.store import Store

# Whatever of these is taken for markup makes an element or attribute of this name.
MARK = "data-evil"
PAYLOADS = [
    f'"><b {MARK}>x</b>', f"'><b {MARK}>x</b>", f'" {MARK}="x', f"' {MARK}='x",
    f"</title></textarea></script><b {MARK}>", f"--><b {MARK}>", f"]]><b {MARK}>", f"<svg {MARK} onload=alert(1)>",
    f"`{MARK}`", "{{7*7}}{%print(7*7)%}${7*7}",
    "=HYPERLINK(\"http://evil.example\",\"x\")", "+1+cmd|' /C calc'!A0", "@SUM(1+1)", "\u202egnp.exe\u202c",
    "a\r\nX-Evil: 1",
    f"&lt;b {MARK}&gt;", f"&#60;b {MARK}&#62;", f"<b\x00 {MARK}>",
]  # fmt: skip
URLS = [
    "javascript:alert(1)//", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x",
    " javascript:x",
    f'https://news.example/"{MARK}="x', "//evil.example/x", "java\nscript:alert(1)", "file:///etc/passwd",
]  # fmt: skip
TEXT = (
    "التقى وزير الخارجية التركي {evil} نظيره العراقي في بغداد يوم الثلاثاء، ووقعا اتفاقية {evil} للتعاون "
    "في مجال المياه. "
    "وأدانت تركيا الهجوم {evil} على قنصليتها في الموصل، وقال المتحدث {evil} إن الوزيرين سيلتقيان الشهر المقبل."
)
# What a page may link to beside itself: the addresses that articles are at.
SCHEMES = {"", "http", "https"}
LINKS = {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset"}
PAGES = 70


class Page(HTMLParser):
    """What a browser would make of a page: links that lead on, and whatever should not be there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc") or MARK in name:
                self.wrong.append(f"<{tag} {name}={value}>")
            if name in LINKS and urlsplit((value or "").strip()).scheme.lower() not in SCHEMES:
                self.wrong.append(f"<{tag} {name}={value}>")
        if tag in ("iframe", "object", "embed", "base", "applet", "b") and (tag != "b" or MARK in given):
            self.wrong.append(f"<{tag}>")
        if tag in ("script", "link") and urlsplit(given.get("src") or given.get("href") or "/").netloc:
            self.wrong.append(f"<{tag}> from elsewhere")
        if tag == "script" and not given.get("src"):
            self.wrong.append("<script> within the page")
        if tag == "style":
            self.wrong.append("<style> within the page")
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag == "link" and given.get("rel") == "alternate":
            self.links.append(str(given.get("href")))


def articles() -> Iterator[Gathered]:
    day = dt.date(2016, 3, 1)
    for number, evil in enumerate(PAYLOADS):
        url = URLS[number % len(URLS)]
        yield Gathered(evil, Article(
            TEXT.format(evil=evil), id=f"{number}{evil}", title=f"{evil} لقاء {number}", source=evil, url=url,
            published=day + dt.timedelta(number),
        ))  # fmt: skip


@pytest.fixture(scope="module")
def hostile(desk_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A desk whose articles mean ill."""
    database = tmp_path_factory.mktemp("hostile") / "evil.db"
    with Store(str(database), create=True) as store:
        added = add(store, Reader(), articles())
        assert added.added == len(PAYLOADS)
        assert added.events >= len(PAYLOADS)
    with TestClient(create_app(replace(desk_settings, database=str(database)))) as client:
        yield client


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_article_becomes_markup(hostile: TestClient, language: str):
    """All pages that can be reached from the first, as far as there are not too many of a kind."""
    waiting, seen, kinds = ["/"], {"/"}, dict[str, int]()
    visited = 0
    while waiting and visited < PAGES:
        path = waiting.pop(0)
        answer = hostile.get(path, headers={"Accept": "text/html", "Accept-Language": language})
        visited += 1
        assert answer.status_code < 500, path
        assert "x-evil" not in answer.headers, path
        assert "script-src 'self'" in answer.headers["content-security-policy"], path
        links = looked_at(path, answer.headers.get("content-type", ""), answer.content)
        for link in links:
            target = urldefrag(urljoin(f"http://testserver{path}", link))[0].removeprefix("http://testserver")
            kind = target.split("?")[0].split("/")[1] if target.startswith("/") else ""
            if not target.startswith("/") or target in seen or "lang=" in target or kinds.get(kind, 0) >= 6:
                continue
            kinds[kind] = kinds.get(kind, 0) + 1
            seen.add(target)
            waiting.append(target)
    assert visited >= 5


def looked_at(path: str, kind: str, content: bytes) -> list[str]:
    """What a page links to. Fails where it holds what an article should not bring about."""
    if kind.startswith("text/html"):
        page = Page()
        page.feed(content.decode("utf-8"))
        assert not page.wrong, (path, page.wrong[:5])
        return page.links
    if kind.startswith("text/csv"):
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
            for cell in row:
                assert not cell.startswith(("=", "+", "@", "\t", "\r")), (path, cell)
    elif "xml" in kind:
        from lxml import etree

        tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        for element in tree.iter():
            assert MARK not in str(element.tag)
            for name, value in element.attrib.items():
                assert MARK not in str(name)
                assert str(name) != "href" or urlsplit(str(value)).scheme in SCHEMES, (path, value)
    elif "calendar" in kind:
        assert b"\r\nX-Evil:" not in content
    return []


@pytest.mark.parametrize("query", PAYLOADS)
def test_no_query_becomes_markup(hostile: TestClient, query: str):
    for path in ("/search", "/", "/articles", "/relations", "/sign-in", "/map", "/calendar"):
        answer = hostile.get(path, params={"q": query, "next": query, "actor": query, "source": query, "page": "1"})
        assert answer.status_code < 500, path
        assert "x-evil" not in answer.headers
        looked_at(path, answer.headers.get("content-type", ""), answer.content)


@pytest.mark.parametrize("part", [*PAYLOADS, "..%2f..%2fetc%2fpasswd", "%2e%2e", "..;", "con", "x" * 2000])
def test_no_part_of_an_address_becomes_markup_or_a_path(hostile: TestClient, part: str):
    from urllib.parse import quote

    for path in ("/article/", "/event/", "/actor/", "/relation/RUS/", "/affair/", "/place/", "/static/", "/add/jobs/"):
        answer = hostile.get(path + (part if "%2" in part else quote(part, safe="")))
        assert answer.status_code in (200, 303, 307, 400, 404, 422), path
        assert b"root:" not in answer.content
        looked_at(path, answer.headers.get("content-type", ""), answer.content)


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd",
     "/static/%2fetc%2fpasswd",
     "/static/..\\app.py", "/static/desk.css/..", "/static/", "/static/.", "/../../etc/passwd", "//etc/passwd"],
)  # fmt: skip
def test_static_files_are_those_of_the_desk(hostile: TestClient, path: str):
    answer = hostile.get(path)
    assert answer.status_code in (307, 400, 404, 405)
    assert "location" not in answer.headers or answer.headers["location"].startswith("http://testserver/")
    assert b"create_app" not in answer.content


def test_the_desk_describes_itself_to_nobody(hostile: TestClient):
    for path in ("/docs", "/redoc", "/.env", "/.git/config", "/server-status", "/metrics", "/debug"):
        assert hostile.get(path).status_code == 404, path


def test_the_hostile_database_is_left_as_it_was(hostile: TestClient):
    desk = hostile.app.state.desk  # type: ignore[attr-defined]
    assert desk.store.count() == len(PAYLOADS)
    assert Path(str(desk.settings.database)).name == "evil.db"
