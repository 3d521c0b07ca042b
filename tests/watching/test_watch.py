"""Watching feeds: what is new is kept, once; what goes wrong with one feed is its own."""

from __future__ import annotations

import datetime as dt
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from rasd import Reader
from rasd.sources.article import Article
from rasd.sources.feeds import Subscription
from rasd.sources.feeds import following as following_module
from rasd.sources.fetching import Fetcher, FetchError, Limits
from rasd.sources.fetching.refusal import Fault
from rasd.store import Store
from rasd.store.feeds import WatchedFeed
from rasd.terminal.watching import show_feeds
from rasd.watching import Watch, Watched, interval, visit
from rasd.watching.timing import IntervalError, moment, put_off, stamp
from served import Page, Served, endless, html, redirect, serving, xml

EVERY = dt.timedelta(minutes=15)
NOON = dt.datetime(2014, 5, 25, 12, tzinfo=dt.UTC)
WORDS = ["الملاحة", "الزراعة", "الصحة", "التعليم", "الطاقة", "السياحة", "المياه", "الصيد", "البريد", "النقل"]


def text(n: int) -> str:
    word = WORDS[n % len(WORDS)]
    return (
        f"استقبل وزير الخارجية العماني في مسقط نظيره الكيني يوم {n}، وبحثا التعاون بين البلدين في مجال {word}. "
        f"وقال الوزير إن {word} من أولويات الحكومة، وإن وفداً من {n} أعضاء سيزور نيروبي قريباً لهذا الغرض."
    )


def article(n: int, day: str = "2014-05-25") -> Page:
    dated = f'<meta property="article:published_time" content="{day}T10:00:00+04:00">' if day else ""
    return html(
        f'<html lang="ar"><head><meta charset="utf-8"><title>لقاء {n}</title>{dated}</head>'
        f"<body><article><h1>لقاء {n}</h1><p>{text(n)}</p></article></body></html>".encode()
    )


def feed(*items: int | str, title: str = "نشرة الساحل") -> str:
    links = "".join(
        f"<item><title>لقاء {n}</title><link>/n/{n}</link><guid>{n}</guid></item>" if isinstance(n, int) else n
        for n in items
    )
    return f'<rss version="2.0"><channel><title>{title}</title>{links}</channel></rss>'


class Watching:
    """A watch over a server's feeds, with a clock that stands still until it is moved."""

    def __init__(self, web: Served, store: Store, reader: Reader) -> None:
        self.web, self.store, self.now = web, store, NOON
        self.feeds: list[Subscription] = []
        fetcher = Fetcher(allowed=("127.0.0.1/32",), sleep=lambda _: None)
        self.watch = Watch(
            store, reader, lambda: self.feeds, every=EVERY, fetcher=fetcher, workers=2, clock=lambda: self.now
        )

    def follow(self, *paths: str) -> None:
        self.feeds = [Subscription(self.web.url(path)) for path in paths]

    def round(self, after: dt.timedelta = EVERY) -> list[Watched]:
        self.now += after
        return self.watch.round()

    def asked(self) -> list[str]:
        """What was asked since the last time."""
        paths = self.web.paths()
        self.web.asked.clear()
        return paths

    def urls(self) -> list[str]:
        return sorted(str(listed.url).rpartition(str(self.web.port))[2] for listed in self.store.list())

    @property
    def feed(self) -> WatchedFeed:
        return self.store.feeds()[0]


def bound(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let nothing that is fetched take longer, nor wait for the other tests' turns."""
    for module, name in ((following_module, "LIST"), (following_module, "PAGE"), (visit, "LIST")):
        limits: Limits = getattr(module, name)
        monkeypatch.setattr(module, name, Limits(seconds, 2_000_000, types=limits.types, wait=1e6))


@pytest.fixture
def watching(tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watching]:
    bound(monkeypatch, 60)
    with serving() as web, Store(str(tmp_path / "r.db"), create=True) as store:
        web.pages |= {f"/n/{n}": article(n) for n in range(40)}
        watching = Watching(web, store, reader)
        watching.follow("/feed")
        yield watching


def test_keeps_adding_what_is_new(watching: Watching) -> None:
    watching.web.pages["/feed"] = xml(feed(1, 2))
    (one,) = watching.round()
    assert (one.added, one.aside, one.fault) == (2, 0, None)
    assert watching.asked() == ["/feed", "/n/1", "/n/2"]
    assert watching.round(dt.timedelta(minutes=14)) == []
    watching.web.pages["/feed"] = xml(feed(3, 1, 2))
    (two,) = watching.round(dt.timedelta(minutes=1))
    assert two.added == 1
    assert watching.asked() == ["/feed", "/n/3"]
    assert watching.urls() == ["/n/1", "/n/2", "/n/3"]
    assert (watching.feed.added, watching.feed.title, watching.feed.newest) == (3, "نشرة الساحل", stamp(watching.now))
    assert watching.store.list()[0].published == "2014-05-25"


def test_asks_only_for_what_changed(watching: Watching) -> None:
    def page(handler: object) -> Page:
        mark = getattr(handler, "headers")["If-None-Match"]  # noqa: B009
        return Page(status=304) if mark == '"1"' else xml(feed(1), ETag='"1"')

    watching.web.pages["/feed"] = page
    watching.round()
    (unchanged,) = watching.round()
    assert (unchanged.added, unchanged.fault, watching.feed.failures) == (0, None, 0)
    assert watching.feed.heard == stamp(watching.now)
    assert watching.asked() == ["/feed", "/n/1", "/feed"]


def test_an_item_told_twice_is_one_article(watching: Watching) -> None:
    again = "<item><guid>other</guid><link>/n/1?utm_source=x</link></item>"
    watching.web.pages |= {"/feed": xml(feed(1, 1, again)), "/b": xml(feed(1, 2)), "/n/1?utm_source=x": article(1)}
    watching.follow("/feed", "/b", "/feed")
    watching.round()
    assert watching.urls() == ["/n/1", "/n/2"]
    assert sum(each.added for each in watching.store.feeds()) == 2
    watching.asked()
    watching.round()
    assert sorted(watching.asked()) == ["/b", "/feed"]


def test_dates_that_are_missing_are_not_made_up(watching: Watching) -> None:
    dated = "<item><link>/n/2</link><pubDate>Mon, 26 May 2014 09:00:00 +0400</pubDate></item>"
    watching.web.pages |= {"/feed": xml(feed(1, dated)), "/n/1": article(1, ""), "/n/2": article(2, "")}
    watching.round()
    published = {listed.url: listed.published for listed in watching.store.list()}
    assert published == {watching.web.url("/n/1"): None, watching.web.url("/n/2"): "2014-05-26"}


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        (xml("<rss><channel><ite"), "the feed cannot be read"), (html(b"<html><p>no</p></html>"), "no feed there"),
        (endless(b"<item/>" * 5000, 0, b"HTTP/1.1 200 OK\r\n\r\n<rss>"), "larger than"),
        (endless(b" ", 0.05), "took longer"),
        (redirect("http://10.0.0.1/feed"), "leads into a private network"),
        (Page(status=500), "the server answered 500"),
        (redirect("/feed"), "led on more than"), (xml("<!DOCTYPE a [<!ENTITY b 'c'>]><rss/>"), "it defines entities"),
    ],
    ids=["broken", "page", "endless", "slow", "inside", "error", "circle", "bomb"],
)  # fmt: skip
def test_a_bad_feed_harms_no_other_and_is_asked_ever_more_seldom(
    watching: Watching, page: Page, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault == "took longer":
        bound(monkeypatch, 2)
    watching.web.pages |= {"/feed": page, "/b": xml(feed(1))}
    watching.follow("/feed", "/b")
    bad, good = watching.round()
    assert (good.added, good.fault) == (1, None)
    assert (bad.fault or "").startswith(fault)
    assert (watching.feed.failures, watching.feed.heard) == (1, None)
    assert moment(watching.feed.due or "") - watching.now == 2 * EVERY
    watching.feeds.pop()
    assert watching.round(EVERY) == []
    watching.round(EVERY)
    assert moment(watching.feed.due or "") - watching.now == 4 * EVERY
    watching.web.pages["/feed"] = xml(feed(2))
    (mended,) = watching.round(4 * EVERY)
    assert (mended.added, mended.fault, watching.feed.failures) == (1, None, 0)


def test_a_feed_that_is_gone_is_asked_no_more(watching: Watching) -> None:
    watching.web.pages["/feed"] = Page(status=410)
    watching.round()
    assert watching.feed.gone
    assert watching.round(dt.timedelta(days=30)) == []


def test_a_feed_that_moved_for_good_is_asked_there(watching: Watching) -> None:
    watching.web.pages |= {"/feed": redirect("/new", 301), "/new": xml(feed(1))}
    watching.round()
    watching.asked()
    watching.round()
    assert watching.asked() == ["/new"]
    assert watching.feed.moved == watching.web.url("/new")


def test_waits_as_long_as_servers_ask() -> None:
    def due(failures: int, **options: object) -> dt.timedelta:
        known = WatchedFeed("https://example.org/", failures=failures)
        put_off(known, FetchError("", Fault.STATUS, "", **options), EVERY, NOON)  # type: ignore[arg-type]
        return moment(known.due or "") - NOON

    assert [due(n) / EVERY for n in (0, 1, 2, 3)] == [2, 4, 8, 16]
    assert due(50) == dt.timedelta(days=1)
    assert due(0, retry_after=7200.0) == dt.timedelta(hours=2)
    assert due(0, retry_after=60.0) == 2 * EVERY
    assert due(0, retry_after=1e9) == dt.timedelta(days=7)


def test_pages_that_are_out_of_reach_are_tried_again(watching: Watching) -> None:
    def once(found: Page) -> None:
        watching.web.pages["/n/2"] = found

    watching.web.pages["/feed"] = xml(feed(1, 2, 3), ETag='"1"')
    once(Page(status=500))
    (first,) = watching.round()
    assert (first.added, first.aside) == (2, 1)
    assert "the server answered 500" in (first.fault or "")
    assert watching.feed.etag is None  # else an unchanged feed would never be read again
    watching.asked()
    watching.round()
    assert watching.asked() == ["/feed", "/n/2"]
    once(article(2))
    (third,) = watching.round()
    assert (third.added, third.fault, watching.feed.etag) == (1, None, '"1"')
    watching.asked()
    watching.round()
    assert watching.asked() == ["/feed"]


def test_pages_that_will_never_be_had_are_given_up(watching: Watching) -> None:
    watching.web.pages |= {"/feed": xml(feed(1, 2, 3)), "/n/1": Page(status=404), "/n/2": Page(status=503)}
    watching.web.pages["/n/3"] = html(
        b"<html><body><p>English only, and long enough to be read as such.</p></body></html>"
    )
    for _ in range(visit.TRIES):
        watching.round()
    assert watching.asked().count("/n/1") == 1
    watching.round()
    assert watching.asked() == ["/feed"]


def test_a_page_that_cannot_be_read_harms_no_other(watching: Watching, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = following_module.page

    def page(data: bytes, *where: object) -> Article:
        if "لقاء 2".encode() in data:
            raise RecursionError if recursion else ValueError("odd")
        return whole(data, *where)  # type: ignore[arg-type]

    monkeypatch.setattr(following_module, "page", page)
    watching.web.pages["/feed"] = xml(feed(1, 2, 3))
    recursion = True
    (looked,) = watching.round()
    assert (looked.added, looked.aside, watching.feed.failures) == (2, 1, 0)
    recursion = False
    watching.web.pages["/feed"] = xml(feed("<item><link>/n/2?again</link></item>", 1, 3))
    watching.web.pages["/n/2?again"] = article(2)
    (looked,) = watching.round()
    assert (looked.added, looked.aside, watching.feed.failures) == (0, 1, 0)


def test_a_site_that_is_down_is_not_asked_for_each_page(watching: Watching) -> None:
    watching.web.pages |= {"/feed": xml(feed(*range(20)))} | {f"/n/{n}": Page(status=502) for n in range(20)}
    watching.round()
    assert watching.asked() == ["/feed", "/n/0", "/n/1", "/n/2"]
    watching.web.pages |= {f"/n/{n}": article(n) for n in range(20)}
    assert watching.round()[0].added == 20


def test_a_page_whose_server_asks_to_wait_is_waited_for(watching: Watching) -> None:
    busy = Page(status=429, headers={"Retry-After": "7200"})
    watching.web.pages |= {"/feed": xml(feed(1, 2)), "/n/1": busy}
    watching.round()
    assert watching.asked() == ["/feed", "/n/1"]
    assert moment(watching.feed.due or "") - watching.now == dt.timedelta(hours=2)


def test_the_map_of_a_site_is_worked_off_look_by_look(watching: Watching, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit, "MOST", 4)
    pages = "".join(f"<url><loc>{watching.web.url(f'/n/{n}')}</loc></url>" for n in range(10))
    watching.web.pages["/feed"] = xml(f"<urlset>{pages}</urlset>", ETag='"1"')
    assert [watching.round()[0].added for _ in range(4)] == [4, 4, 2, 0]


def test_feeds_taken_off_the_list_are_left_alone(watching: Watching) -> None:
    watching.web.pages |= {"/feed": xml(feed(1)), "/b": xml(feed(2))}
    watching.round()
    watching.follow("/b")
    assert [each.feed.address for each in watching.round()] == [watching.web.url("/b")]


def test_items_that_no_feed_names_any_more_are_forgotten(watching: Watching) -> None:
    from sqlalchemy import func, select

    from rasd.store.schema import feed_item

    def count() -> int:
        with watching.store._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(feed_item)).scalar_one()

    watching.web.pages["/feed"] = xml(feed(1, 2))
    watching.round()
    watching.web.pages["/feed"] = xml(feed(2, 3))
    for _ in range(4):
        watching.round(dt.timedelta(days=30))
    assert count() == 2
    assert watching.asked().count("/n/2") == 1


@pytest.mark.parametrize(("written", "minutes"), [("15m", 15), ("2h", 120), ("1d", 1440), ("90 S", 1.5)])
def test_reads_how_often(written: str, minutes: float) -> None:
    assert interval(written) == dt.timedelta(minutes=minutes)


@pytest.mark.parametrize("written", ["", "15", "m", "30s", "8d", "-5m", "1.5h", "999999d"])
def test_refuses_other_spans(written: str) -> None:
    with pytest.raises(IntervalError):
        interval(written)


def test_says_how_each_feed_is_doing() -> None:
    at = "2014-05-25T10:00:00Z"
    feeds = [
        WatchedFeed("https://a.example/feed", title="نشرة", looked=at, heard=at, due=at, added=1234, newest=at),
        WatchedFeed("https://b.example/feed", looked=at, failures=3, fault="no such host", due=at),
        WatchedFeed("https://c.example/feed", looked=at, failures=1, gone=True, fault="the server answered 410 (Gone)"),
        WatchedFeed("https://d.example/feed", moved="https://e.example/feed"),
    ]
    console = Console(width=120, record=True, file=io.StringIO())
    show_feeds(feeds, console)
    lines = [" ".join(line.split()) for line in console.export_text().splitlines()]
    assert lines == [
        "feed state asked newest next articles",
        "نشرة well 2014-05-25 10:00 2014-05-25 10:00 2014-05-25 10:00 1,234",
        "https://b.example/feed failing (3) 2014-05-25 10:00 2014-05-25 10:00 0",
        "https://c.example/feed gone 2014-05-25 10:00 0",
        "https://d.example/feed new 0",
        "https://b.example/feed: no such host",
        "https://c.example/feed: the server answered 410 (Gone)",
        "https://d.example/feed: has moved to https://e.example/feed",
    ]


COMMAND = """
import sys
from rasd.sources.fetching import Fetcher, fetcher
fetcher._shared = Fetcher(allowed=("127.0.0.1/32",), sleep=lambda _: None)
sys.argv = ["rasd", *sys.argv[1:]]
from rasd.cli import main
main()
"""


def command(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, "watch", *arguments], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip


def until(done: object, process: subprocess.Popen[str]) -> None:
    for _ in range(1200):
        if done():  # type: ignore[operator]
            return
        assert process.poll() is None, process.communicate()[1]
        time.sleep(0.05)
    pytest.fail("it never came to that")


def kept(place: Path) -> int:
    if not place.exists():
        return 0
    with Store(str(place)) as store:
        return store.count()


def test_a_kill_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    place = tmp_path / "r.db"
    with serving() as web:
        slow = iter(range(100))

        def dawdling(n: int):
            def page(_: object) -> Page:
                time.sleep(0.3 if next(slow) < 15 else 0)
                return article(n)

            return page

        web.pages |= {f"/n/{n}": dawdling(n) for n in range(20)} | {"/feed": xml(feed(*range(20)), ETag='"1"')}
        list_of_feeds = tmp_path / "feeds.txt"
        list_of_feeds.write_text(web.url("/feed"))
        process = command(str(list_of_feeds), "--db", str(place))
        until(lambda: kept(place) >= 3, process)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert kept(place) < 20
        process = command(str(list_of_feeds), "--db", str(place), "--once")
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
        assert kept(place) == 20
        with Store(str(place)) as store:
            assert sorted(str(each.url) for each in store.list()) == sorted(web.url(f"/n/{n}") for n in range(20))
            assert {each.versions for each in store.list()} == {1}
            assert store.feeds()[0].etag == '"1"'


def test_a_service_that_is_asked_to_stop_ends_well(tmp_path: Path) -> None:
    place = tmp_path / "r.db"
    with serving() as web:
        web.pages |= {"/n/1": article(1), "/feed": xml(feed(1))}
        process = command(web.url("/feed"), "--db", str(place))
        until(lambda: kept(place) == 1, process)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert said.splitlines()[-1] == "rasd: stopped"
