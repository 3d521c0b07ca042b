"""Fetching from the web: what is given, what is refused, and that nobody is asked who was not checked."""

from __future__ import annotations

import datetime as dt
import gzip
import ipaddress
import ssl
import threading
import zlib
from collections.abc import Iterator

import pytest

from rasd.sources.fetching import Fault, Fetched, Fetcher, FetchError, Limits
from rasd.sources.fetching.address import Address
from rasd.sources.fetching.fetcher import retry_after
from rasd.sources.fetching.hosts import is_public
from rasd.sources.fetching.turns import Turns
from served import Page, Served, endless, html, redirect, serving

BODY = "<html><p>وصل الوفد.</p></html>".encode()
LOOPBACK = ("127.0.0.0/8",)
QUICK = Limits(seconds=60, pause=0)


@pytest.fixture
def web() -> Iterator[Served]:
    with serving() as served:
        yield served


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(allowed=LOOPBACK)


def fault(fetcher: Fetcher, url: str, limits: Limits = QUICK, **options: bool) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url, limits, **options)
    assert "\n" not in str(caught.value)
    return caught.value


def test_gives_what_an_address_holds(web: Served, fetcher: Fetcher) -> None:
    web.pages["/a?q=%D8%A8"] = html(BODY, ETag='"1"', **{"Last-Modified": "Sun, 25 May 2014 10:00:00 GMT"})
    assert fetcher.fetch(web.url("/a?q=ب#part"), QUICK) == Fetched(
        web.url("/a?q=%D8%A8"), 200, "text/html", "utf-8", BODY, '"1"', "Sun, 25 May 2014 10:00:00 GMT"
    )
    headers = web.asked[-1][1]
    assert headers["user-agent"].startswith("Rasd")
    assert headers["host"] == f"127.0.0.1:{web.port}"


def test_asks_only_for_what_changed(web: Served, fetcher: Fetcher) -> None:
    web.pages["/a"] = Page(status=304, headers={"ETag": '"1"'})
    found = fetcher.fetch(web.url("/a"), QUICK, etag='"1"', modified="Sun, 25 May 2014 10:00:00 GMT")
    assert (found.unchanged, found.body, found.etag) == (True, b"", '"1"')
    assert web.asked[-1][1]["if-none-match"] == '"1"'
    assert web.asked[-1][1]["if-modified-since"] == "Sun, 25 May 2014 10:00:00 GMT"
    fetcher.fetch(web.url("/a"), QUICK, etag='"1"', modified="a\r\nX-Slipped: in")
    assert "if-modified-since" not in web.asked[-1][1]
    assert fault(fetcher, web.url("/a")).status == 304  # where nothing was asked for by a mark


@pytest.mark.parametrize(
    ("packing", "packed"),
    [("gzip", gzip.compress(BODY)), ("deflate", zlib.compress(BODY)), ("x-gzip", gzip.compress(BODY))],
    ids=["gzip", "deflate", "x-gzip"],
)
def test_unpacks(web: Served, fetcher: Fetcher, packing: str, packed: bytes) -> None:
    web.pages["/a"] = Page(packed, headers={"Content-Encoding": packing})
    assert fetcher.fetch(web.url("/a"), QUICK).body == BODY


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "javascript:alert(1)", "example.org", "",
        "http://", "http:///a", "http://user:s3cret@example.org/", "http://example.org\\@other.example/",
        "http://exa\nmple.org/", "http://example.org:22/", "http://example.org:99999/", "http://[::1", "http://a b/",
        "http://example.org/" + "a" * 5000, "http://%31%32%37.0.0.1/", "http://-" + "ا" * 80 + "/",
    ],
)  # fmt: skip
def test_refuses_what_is_no_address_of_the_web(url: str) -> None:
    error = fault(Fetcher(resolve=lambda host, port: pytest.fail(f"{host} was looked up")), url)
    assert error.fault is Fault.ADDRESS
    assert "s3cret" not in str(error)


def test_writes_arabic_addresses_as_servers_know_them() -> None:
    address = Address.parsed("HTTPS://موقع.Example:443/أخبار/1%20a?ص=1#أ")
    assert address.url == "https://xn--4gbrim.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1%20a?%D8%B5=1"
    assert address.joined("../2").url == "https://xn--4gbrim.example/2"
    assert Address.parsed("http://[2001:DB8::1]:8080/").origin == "http://[2001:db8::1]:8080"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "0177.0.0.1", "0x7f.0.0.1", "2130706433", "0x7f000001", "017700000001", "0", "0.0.0.0",
        "localhost", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "198.18.0.1", "192.0.2.1", "168.63.129.16", "[::1]", "[::]", "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]", "[::127.0.0.1]", "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]", "[2002:7f00:1::]",
        "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[2001:0:1::1]", "[fec0::1]",
    ],
)  # fmt: skip
def test_refuses_private_addresses_however_they_are_written(host: str) -> None:
    error = fault(Fetcher(), f"http://{host}:8080/", robots=False)
    assert error.fault is Fault.PRIVATE


@pytest.mark.parametrize(
    "number", ["8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07::1", "64:ff9b::808:808", "::ffff:8.8.8.8", "172.32.0.1"]
)
def test_public_addresses_are_public(number: str) -> None:
    assert is_public(ipaddress.ip_address(number))


def test_refuses_a_name_that_leads_inside_too(web: Served) -> None:
    for numbers in (["8.8.8.8", "10.0.0.1"], ["10.0.0.1"], ["fe80::1%eth0"]):
        fetcher = Fetcher(resolve=lambda host, port, numbers=numbers: numbers)
        assert fault(fetcher, web.url(host="news.example"), robots=False).fault is Fault.PRIVATE
    assert not web.asked


def test_connects_to_the_address_that_was_checked(web: Served) -> None:
    """A name whose second look-up leads elsewhere is looked up once for each question."""
    looked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        looked.append(host)
        return ["127.0.0.1"] if len(looked) == 1 else ["10.0.0.1"]

    web.pages["/a"] = html(BODY)
    fetcher = Fetcher(allowed=("127.0.0.1/32",), resolve=resolve)
    assert fetcher.fetch(web.url("/a", "news.example"), QUICK, robots=False).body == BODY
    assert looked == ["news.example"]
    assert web.asked[-1][1]["host"] == f"news.example:{web.port}"
    assert fault(fetcher, web.url("/a", "news.example"), robots=False).fault is Fault.PRIVATE


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("http://10.0.0.1/", Fault.PRIVATE), ("//169.254.169.254/latest", Fault.PRIVATE),
        ("file:///etc/passwd", Fault.ADDRESS),
        ("http://[::ffff:10.0.0.1]/", Fault.PRIVATE), ("http://0x0a000001/", Fault.PRIVATE), ("/loop", Fault.REDIRECTS),
    ],
)  # fmt: skip
def test_checks_every_redirect_anew(web: Served, fetcher: Fetcher, to: str, expected: Fault) -> None:
    web.pages["/loop"] = redirect(to)
    web.pages["/a"] = redirect("/loop")
    assert fault(fetcher, web.url("/a")).fault is expected


def test_follows_redirects_and_says_whether_they_last(web: Served, fetcher: Fetcher) -> None:
    web.pages |= {
        "/%D8%A3": html(BODY),
        "/old": redirect("/older", 301),
        "/older": redirect("/أ", 308),
        "/now": redirect("/أ"),
    }
    web.pages["/both"] = redirect("/now", 301)
    for path, moved in (("/old", web.url("/%D8%A3")), ("/now", None), ("/both", None), ("/%D8%A3", None)):
        found = fetcher.fetch(web.url(path), QUICK)
        assert (found.url, found.moved) == (web.url("/%D8%A3"), moved)


def test_takes_no_more_than_it_may(web: Served, fetcher: Fetcher) -> None:
    small = Limits(seconds=60, size=1000, pause=0)
    web.pages["/long"] = Page(b"a" * 1001)
    web.pages["/endless"] = endless(b"a" * 100)
    web.pages["/bomb"] = Page(gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"})
    for path in ("/long", "/endless", "/bomb"):
        assert fault(fetcher, web.url(path), small).fault is Fault.LARGE
    web.pages["/fits"] = Page(b"a" * 1000)
    assert len(fetcher.fetch(web.url("/fits"), small).body) == 1000


@pytest.mark.parametrize(
    "page",
    [
        endless(b"a", 0.05),
        endless(b"X-Another: 1\r\n", 0.05, b"HTTP/1.1 200 OK\r\n"),
        endless(b" ", 0.05, b"HTTP/1.1 200"),
        endless(b"", 0.05, b""),
        endless(b"1\r\na\r\n", 0.05, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
    ],
    ids=["body", "headers", "status", "silence", "pieces"],
)
def test_takes_no_longer_than_it_may_however_the_server_dawdles(web: Served, fetcher: Fetcher, page: Page) -> None:
    web.pages["/a"] = page
    assert fault(fetcher, web.url("/a"), Limits(seconds=0.4, pause=0)).fault is Fault.SLOW


def test_takes_no_longer_over_all_redirects_and_look_ups(web: Served, fetcher: Fetcher) -> None:
    def slow(handler: object) -> Page:
        threading.Event().wait(0.25)
        return redirect("/a")

    web.pages["/a"] = slow
    assert fault(fetcher, web.url("/a"), Limits(seconds=0.6, pause=0, redirects=50)).fault is Fault.SLOW
    stuck = Fetcher(resolve=lambda host, port: [str(threading.Event().wait(5))])
    assert fault(stuck, "http://news.example/", Limits(seconds=0.2), robots=False).fault is Fault.SLOW


def test_says_what_the_server_answered(web: Served, fetcher: Fetcher) -> None:
    web.pages["/gone"] = Page(status=410)
    web.pages["/busy"] = Page(status=503, headers={"Retry-After": "120"})
    for path, status, wait in (("/none", 404, None), ("/gone", 410, None), ("/busy", 503, 120)):
        error = fault(fetcher, web.url(path))
        assert (error.fault, error.status, error.retry_after) == (Fault.STATUS, status, wait)


def test_refuses_types_that_are_not_wanted(web: Served, fetcher: Fetcher) -> None:
    web.pages["/a"] = Page(BODY, headers={"Content-Type": "Application/ZIP"})
    web.pages["/b"] = Page(BODY)
    wanted = Limits(seconds=60, pause=0, types=("text/html",))
    assert fault(fetcher, web.url("/a"), wanted).fault is Fault.TYPE
    assert fetcher.fetch(web.url("/b"), wanted).body == BODY  # nothing said: the bytes will show


@pytest.mark.parametrize(
    "raw",
    [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
     b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot packed",
     b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nabc",
     b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
    ids=["nothing", "other", "short", "gzip", "brotli", "pieces"],
)  # fmt: skip
def test_says_that_an_answer_is_broken(web: Served, fetcher: Fetcher, raw: bytes) -> None:
    web.pages["/a"] = Page(write=lambda handler: handler.wfile.write(raw) and None)
    assert fault(fetcher, web.url("/a")).fault is Fault.BROKEN


def test_says_that_nobody_is_there() -> None:
    with serving() as gone:
        url = gone.url()
    assert fault(Fetcher(allowed=LOOPBACK), url).fault is Fault.UNREACHABLE

    def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    assert fault(Fetcher(resolve=nowhere), "http://nowhere.invalid/").fault is Fault.UNREACHABLE


def test_checks_the_certificate_for_the_name() -> None:
    """Though it is an address and not the name that is called."""
    trustme = pytest.importorskip("trustme")
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("news.example").configure_cert(server)
    authority.configure_trust(client)
    with serving(server) as web:
        web.pages["/a"] = html(BODY)
        options = {"allowed": LOOPBACK, "resolve": lambda host, port: ["127.0.0.1"]}
        trusting, doubting = Fetcher(context=client, **options), Fetcher(**options)
        assert trusting.fetch(web.url("/a", "news.example"), QUICK, robots=False).body == BODY
        assert fault(trusting, web.url("/a", "other.example"), robots=False).fault is Fault.UNTRUSTED
        assert fault(trusting, web.url("/a", "127.0.0.1"), robots=False).fault is Fault.UNTRUSTED
        assert fault(doubting, web.url("/a", "news.example"), robots=False).fault is Fault.UNTRUSTED


def test_does_what_robots_txt_asks(web: Served, fetcher: Fetcher) -> None:
    web.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /\n\nUser-agent: rasd\nDisallow: /closed*.html\n")
    web.pages |= {"/a": html(BODY), "/closed/b.html": html(BODY), "/on": redirect("/closed/b.html")}
    assert fetcher.fetch(web.url("/a"), QUICK).body == BODY
    assert fault(fetcher, web.url("/closed/b.html")).fault is Fault.ROBOTS
    assert fault(fetcher, web.url("/on")).fault is Fault.ROBOTS
    assert web.paths() == ["/a", "/on"]
    assert [path for path, _ in web.asked].count("/robots.txt") == 1
    assert fetcher.fetch(web.url("/closed/b.html"), QUICK, robots=False).body == BODY


@pytest.mark.parametrize(
    ("page", "open_"),
    [(Page(status=404), True), (Page(status=403), True), (Page(status=500), False), (Page(status=429), False),
     (Page(b"\xff\xfe<html>", 200), True), (Page(b"a" * 600_000), True), (redirect("/rules"), False),
     (redirect("/robots.txt"), True)],
    ids=["404", "403", "500", "429", "no text", "long", "moved", "in a circle"],
)  # fmt: skip
def test_robots_txt_that_is_not_there(web: Served, fetcher: Fetcher, page: Page, open_: bool) -> None:
    web.pages |= {"/robots.txt": page, "/a": html(BODY), "/rules": Page(b"User-agent: *\nDisallow: /")}
    if open_:
        assert fetcher.fetch(web.url("/a"), QUICK).body == BODY
    else:
        assert fault(fetcher, web.url("/a")).fault is Fault.ROBOTS


def test_pauses_between_questions_to_one_host(web: Served) -> None:
    waited: list[float] = []
    fetcher = Fetcher(allowed=LOOPBACK, sleep=waited.append)
    web.pages |= {"/a": html(BODY), "/robots.txt": Page(b"User-agent: *\nCrawl-delay: 7")}
    for _ in range(3):
        fetcher.fetch(web.url("/a"), Limits(pause=1))
    assert [round(seconds) for seconds in waited] == [7, 14]
    assert fault(fetcher, web.url("/a"), Limits(wait=15)).fault is Fault.BUSY
    fetcher.fetch(web.url("/a", "127.0.0.2").replace("127.0.0.2", "127.0.0.1"), Limits(wait=60))


def test_turns_of_other_hosts_do_not_wait() -> None:
    now = [100.0]
    turns = Turns(lambda: now[0])
    assert [turns.take(host, 5, 60) for host in ("a", "b", "a", "a")] == [0, 0, 5, 10]
    now[0] = 112
    assert turns.take("a", 5, 60) == 3
    assert turns.take("a", 5, 2) is None
    assert turns.take("b", 5, 2) == 0


def test_reads_how_long_to_wait() -> None:
    now = dt.datetime(2014, 5, 25, 10, tzinfo=dt.UTC)
    assert retry_after("90", now) == 90
    assert retry_after("Sun, 25 May 2014 10:02:00 GMT", now) == 120
    assert retry_after("Sun, 25 May 2014 09:00:00 GMT", now) == 0
    for text in (None, "", "soon", "-5", "١٢"):
        assert retry_after(text, now) is None
