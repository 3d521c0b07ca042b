"""Feeds, maps of sites and lists of feeds: what they name, and what is refused."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import HTML, OTHER, TEXT

from rasd.sources import Articles, SourceError, gather
from rasd.sources.feeds import Following, Item, Listing, Subscription, listed, subscriptions
from rasd.sources.feeds import following as module
from rasd.sources.feeds.following import plain_address
from rasd.sources.feeds.prose import prose
from rasd.sources.fetching import Fetcher, Limits, fetcher
from rasd.sources.libraries import FormError
from served import Page, Served, endless, html, redirect, serving, xml

LONG = f"<p>{TEXT}</p><p>{OTHER}</p>" * 2
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>صحيفة البلاد</title>
<item><title>لقاء &amp; حوار</title><link>https://example.org/n/1?utm_source=rss&amp;id=7</link><guid>n1</guid>
<pubDate>Sun, 25 May 2014 23:30:00 +0400</pubDate><description>&lt;b&gt;موجز&lt;/b&gt;</description></item>
<item><title>نص كامل</title><link>/n/2</link><pubDate>2014-05-26T00:30:00+04:00</pubDate>
<content:encoded><![CDATA[{LONG}]]></content:encoded></item>
<item><title>بلا رابط ولا نص</title></item>
<item><description>{TEXT}</description><pubDate>أمس</pubDate></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">وكالة &lt;i&gt;الساحل&lt;/i&gt;</title>
<entry><id>tag:example.org,2014:1</id><title>وصول الوفد</title><link rel="alternate" href="https://example.org/a"/>
<published>2014-05-25T22:00:00Z</published><updated>2014-06-01T00:00:00Z</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel><title>نشرة</title></channel><item rdf:about="https://example.org/r"><title>خبر</title>
<link>https://example.org/r</link></item></rdf:RDF>"""
NEWS_MAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>
 https://example.org/n/1 </loc><lastmod>2020-01-01</lastmod><news:news><news:publication><news:name>البلاد</news:name>
 </news:publication><news:publication_date>2014-05-25T10:00:00+04:00</news:publication_date><news:title>لقاء</news:title>
 </news:news></url><url><loc>/n/2</loc></url><url><loc>ftp://example.org/</loc></url><url/></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{0}</loc></sitemap>
<sitemap><loc>{1}</loc></sitemap></sitemapindex>"""
BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


def test_reads_rss_as_it_is_written() -> None:
    found = listed(RSS.encode(), "https://example.org/feed")
    assert found is not None
    assert found.title == "صحيفة البلاد"
    one, two, three = found.items
    assert one == Item(
        "https://example.org/n/1?utm_source=rss&id=7", "https://example.org/n1", "لقاء & حوار", dt.date(2014, 5, 25)
    )
    assert (two.url, two.published, two.whole) == ("https://example.org/n/2", dt.date(2014, 5, 26), True)
    assert (two.text or "").split("\n")[:2] == [TEXT, OTHER]
    assert (three.url, three.text, three.published, three.whole) == (None, TEXT, None, False)


@pytest.mark.parametrize(
    ("text", "title", "item"),
    [
        (ATOM, "وكالة الساحل",
         Item("https://example.org/a", "tag:example.org,2014:1", "وصول الوفد", dt.date(2014, 5, 25))),
        (RDF, "نشرة", Item("https://example.org/r", "https://example.org/r", "خبر")),
    ],
)  # fmt: skip
def test_reads_other_feeds(text: str, title: str, item: Item) -> None:
    assert listed(text.encode()) == Listing("feed", title, [item])
    assert listed(gzip.compress(text.encode())) == Listing("feed", title, [item])


def test_reads_broken_feeds_as_far_as_they_go() -> None:
    found = listed(RSS.replace("&amp; حوار", "& حوار").encode()[: RSS.encode().index(b"</channel>")])
    assert found is not None
    assert [item.title for item in found.items][:2] == ["لقاء & حوار", "نص كامل"]
    assert found.items[0].url == "https://example.org/n/1?utm_source=rss&id=7"


def test_reads_large_feeds_that_are_broken() -> None:
    many = (
        f"<item><link>https://example.org/b</link><title>ميناء&nbsp;عدن & غيره &lt;ب></title><n>{'ن' * 1000}</n></item>"
        * 200
    )
    found = listed(RSS.replace("</channel></rss>", many).encode())
    assert found is not None
    assert [item.title for item in found.items][1:4] == ["نص كامل", None, "ميناء عدن & غيره <ب>"]
    assert len(found.items) == 203


def test_reads_feeds_in_other_encodings() -> None:
    found = listed(RSS.replace('"utf-8"', '"windows-1256"').encode("cp1256"))
    assert found is not None
    assert found.title == "صحيفة البلاد"


def test_reads_maps_of_sites() -> None:
    found = listed(NEWS_MAP.encode(), "https://example.org/sitemap.xml")
    assert found == Listing("map", None, [
        Item("https://example.org/n/1", "https://example.org/n/1", "لقاء", dt.date(2014, 5, 25), "البلاد"),
        Item("https://example.org/n/2", "https://example.org/n/2"),
    ])  # fmt: skip
    index = listed(
        gzip.compress(INDEX.format("/a.xml", "https://other.example/b.xml").encode()), "https://example.org/"
    )
    assert index == Listing("map", None, [], ["https://example.org/a.xml", "https://other.example/b.xml"])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (BOMB.encode() + RSS.partition("?>")[2].encode(), "it defines entities"),
        (BOMB.encode() + NEWS_MAP.partition("?>")[2].encode(), "it defines entities"),
        (b'<!DOCTYPE urlset SYSTEM "file:///etc/passwd"><urlset><url><loc>https://a.example</loc></url></urlset>',
         "it defines entities"),
        (b"<rss", "the feed cannot be read"), (b"<rss><channel><item>", "the feed cannot be read"),
        (b"<feed>" + b"<a>" * 5000, "the feed cannot be read"), (b"<urlset><url>", "truncated or damaged"),
        (gzip.compress(b"<urlset>" + bytes(60_000_000)), "unpacks to over 52 MB"),
        (gzip.compress(NEWS_MAP.encode() + b"<!-- " + bytes(range(256)) * 99)[:-50], "truncated or damaged"),
        (b"<rss>" + b" " * 5_000_000, "too large for a feed"), (b"<rss>" + b"<a/>" * 500_000, "too much markup"),
    ],
    ids=range(11),
)  # fmt: skip
def test_refuses_what_is_damaged_or_made_to_do_harm(data: bytes, reason: str) -> None:
    with pytest.raises(FormError, match=reason):
        listed(data)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([RSS, ATOM, RDF, NEWS_MAP, INDEX]),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6) | st.sampled_from([b"<", b"&", b"]]>", b"<item>"]))),
    st.booleans(),
)
def test_any_bytes_are_a_list_or_refused(text: str, edits: list[tuple[float, bytes]], packed: bool) -> None:
    data = text.encode()
    for place, put in edits:
        at = int(place * len(data))
        data = data[:at] + put + data[at + len(put) // 2 :]
    try:
        found = listed(gzip.compress(data) if packed else data, "https://example.org/")
    except FormError:
        return
    assert found is None or all(item.key and (item.url or item.text) for item in found.items)


@pytest.mark.parametrize(
    "data", [b"", b"<html><body>", b"text", HTML.encode(), gzip.compress(b"text"), b"{}"], ids=range(6)
)
def test_knows_what_is_no_list(data: bytes) -> None:
    assert listed(data) is None


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>وصل&nbsp;الوفد</p><p>ثم <b>غادر</b>.<br>مساءً</p><script>x()</script>", "وصل الوفد\nثم غادر.\nمساءً"),
        ("  أ < ب  \n\n ج ", "أ < ب\nج"), ("", ""), ("<!-- لا شيء -->", ""), ("&#1593;&#1605;&#1575;&#1606;", "عمان"),
        ("<p>وصل\x00 \x1bالوفد\ud800</p>", "وصل الوفد"), ("<ul><li>أولاً<li>ثانياً</ul>", "أولاً\nثانياً"),
    ],
)  # fmt: skip
def test_takes_the_text_out_of_markup(markup: str, text: str) -> None:
    assert prose(markup) == text


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://example.org/n?utm_source=rss&id=7&utm_medium=x", "https://example.org/n?id=7"),
        ("https://example.org/n?utm_source=rss", "https://example.org/n"),
        ("https://example.org/n?b=%D8%A8&a", "https://example.org/n?b=%D8%A8&a"), ("https://a.example/", "https://a.example/"),
    ],
)  # fmt: skip
def test_addresses_without_what_was_hung_on(url: str, plain: str) -> None:
    assert plain_address(url) == plain


def test_reads_lists_of_feeds(tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="صحف"><outline title="البلاد" text="ب" '
        'xmlUrl="https://example.org/feed"/><outline xmlurl="feed://example.org/b"/></outline>'
        '<outline text="موقع" htmlUrl="https://example.org"/><outline xmlUrl="https://example.org/feed"/></body></opml>'
    )
    expected = [Subscription("https://example.org/feed", "البلاد"), Subscription("http://example.org/b")]
    assert subscriptions(str(file)) == expected
    file.write_text("# الصحف\nhttps://example.org/feed\n\n  http://example.org/b\n")
    assert [each.url for each in subscriptions(str(file))] == ["https://example.org/feed", "http://example.org/b"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "no such file"), ("", "empty"), ("# nothing", "names no feed"),
        ("<opml><body/></opml>", "names no feed"),
        ("<opml><body>", "no OPML"),
        (f"{BOMB}<opml><outline xmlUrl='https://a.example'/></opml>", "it defines entities"),
        ("file:///etc/passwd", "only http and https"),
        ("<opml><outline xmlUrl='javascript:1'/></opml>", "only http and https"),
    ],
)  # fmt: skip
def test_refuses_lists_that_cannot_be_followed(tmp_path: Path, text: str | None, reason: str) -> None:
    file = tmp_path / "feeds.opml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(SourceError, match=reason):
        subscriptions(str(file))


def test_a_bad_line_of_a_list_does_not_stop_the_others(tmp_path: Path) -> None:
    file, bad = tmp_path / "feeds.opml", list[str]()
    file.write_text(
        "<opml><outline xmlUrl='ftp://a.example/rss'/><outline xmlUrl='https://b.example/rss' text='ب'/></opml>"
    )
    assert subscriptions(str(file), bad.append) == [Subscription("https://b.example/rss", "ب")]
    assert bad == [f"{file}: ftp://a.example/rss: only http and https addresses are fetched"]


def test_a_feed_kept_as_a_file_gives_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(RSS)
    found = list(gather([str(tmp_path)]))
    assert [each.origin.rpartition("/")[2] for each in found] == [f"feed.xml, item {n}" for n in (1, 2, 3)]
    assert [each.reason for each in found] == ["the feed has no text of it: give its address, to fetch it", None, None]
    article = found[1].article
    assert article is not None
    assert (article.title, article.source, article.published) == ("نص كامل", "صحيفة البلاد", dt.date(2014, 5, 26))


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A server that may be asked though it is on this machine, at once and again."""
    monkeypatch.setattr(fetcher, "_shared", Fetcher(allowed=("127.0.0.0/8",)))
    for name in ("NAMED", "LIST", "PAGE"):
        limits: Limits = getattr(module, name)
        monkeypatch.setattr(module, name, Limits(60, limits.size, types=limits.types, pause=0))
    with serving() as served:
        yield served


def rss(*items: str) -> Page:
    body = "".join(f"<item>{item}</item>" for item in items)
    return xml(f'<rss version="2.0"><channel><title>نشرة الساحل</title>{body}</channel></rss>')


BARE = f"<html><body><article><p>{TEXT}</p><p>{OTHER}</p></article></body></html>"


def test_takes_the_articles_that_a_feed_leads_to(web: Served) -> None:
    web.pages["/feed"] = rss(
        "<link>/n/1?utm_source=rss</link><title>غيره</title><pubDate>Mon, 01 Jan 2001 00:00:00 GMT</pubDate>",
        "<link>/n/2</link><title>لقاء</title><pubDate>Mon, 26 May 2014 00:00:00 GMT</pubDate>",
        "<link>/none</link>", "<link>http://10.0.0.1/</link>", "<link>/n/2</link>",
    )  # fmt: skip
    web.pages |= {"/n/1?utm_source=rss": html(HTML.encode()), "/n/2": html(BARE.encode())}
    found = list(gather([web.url("/feed")]))
    assert [each.reason for each in found] == [
        None, None, "the server answered 404 (Not Found)", "leads into a private network, which is not fetched from",
    ]  # fmt: skip
    one, two = (each.article for each in found[:2])
    assert one is not None
    assert two is not None
    # What a page says of itself comes before what its feed says.
    assert (one.title, one.source, one.published) == ("لقاء في مسقط", "صحيفة البلاد", dt.date(2014, 5, 25))
    assert one.url == web.url("/n/1")
    assert (two.title, two.published, two.url) == ("لقاء", dt.date(2014, 5, 26), web.url("/n/2"))
    assert TEXT in two.text


def test_takes_what_a_feed_holds_where_the_page_is_closed(web: Served) -> None:
    body = "<description><![CDATA[{}]]></description>"
    web.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /closed")
    held = f"<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'><![CDATA[{LONG}]]></content:encoded>"
    web.pages["/feed"] = rss(f"<link>/closed</link>{held}", f"<link>/closed/2</link>{body.format(TEXT)}")
    one, two = gather([web.url("/feed")])
    assert one.article is not None
    assert one.article.text.startswith(TEXT)
    assert one.article.source == "نشرة الساحل"
    assert two.reason == "the site's robots.txt asks not to fetch it"


def test_follows_maps_of_maps_each_once(web: Served) -> None:
    deep = {f"/{n}.xml": xml(INDEX.format(web.url(f"/{n + 1}.xml"), web.url("/0.xml"))) for n in range(9)}
    web.pages |= deep
    web.pages["/2.xml"] = xml(INDEX.format(web.url("/pages.xml.gz"), web.url("/3.xml")))
    pages = f"<urlset><url><loc>{web.url('/n/1')}</loc></url><url><loc>{web.url('/n/1')}</loc></url></urlset>"
    web.pages |= {"/pages.xml.gz": Page(gzip.compress(pages.encode())), "/n/1": html(HTML.encode())}
    found = list(gather([web.url("/0.xml")]))
    assert [each.article and each.article.url for each in found] == [web.url("/n/1")]
    # No deeper than three maps below the first.
    assert web.paths() == ["/0.xml", "/1.xml", "/2.xml", "/pages.xml.gz", "/n/1", "/3.xml"]


def test_takes_the_page_or_file_at_an_address(web: Served) -> None:
    web.pages |= {"/n/1": html(HTML.encode()), "/a.txt": Page(TEXT.encode(), headers={"Content-Type": "text/plain"}),
                  "/rows.jsonl": Page(f'{{"text": "{TEXT}", "id": "n1"}}\n'.encode()), "/moved": redirect("/n/1"),
                  "/list": xml('<opml version="2.0"/>')}  # fmt: skip
    found = list(gather([web.url(path) for path in ("/n/1", "/a.txt", "/rows.jsonl", "/moved", "/list")]))
    assert [each.article and each.article.url for each in found] == [
        web.url("/n/1"), web.url("/a.txt"), None, web.url("/n/1"), None,
    ]  # fmt: skip
    assert found[2].article is not None
    assert found[2].article.id == "n1"
    assert found[4].reason == "a list of feeds, which rasd watch follows"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (xml("<rss><channel><it"), "the feed cannot be read"),
        (endless(b"<item/>" * 5000, 0, b"HTTP/1.1 200 OK\r\n\r\n<rss>"), "larger"),
        (redirect("http://10.0.0.1/feed"), "leads into a private network"),
        (Page(status=410), "the server answered 410"),
        (html(b"<html><body></body></html>"), "no article on the page"), (Page(b""), "empty"),
    ],
    ids=["broken", "endless", "inside", "gone", "no article", "empty"],
)  # fmt: skip
def test_says_why_an_address_gives_nothing(
    web: Served, page: Page, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "NAMED", Limits(60, 100_000, pause=0))
    web.pages["/a"] = page
    (found,) = gather([web.url("/a")])
    assert (found.reason or "").startswith(reason)
    with Articles([web.url("/a")]) as articles:
        if reason == "empty":
            assert list(articles) == []
        else:
            with pytest.raises(SourceError, match=reason):
                list(articles)


def test_coding_knows_that_the_web_may_give_something_else_the_next_time(web: Served) -> None:
    web.pages["/n/1"] = html(HTML.encode())
    with Articles([web.url("/n/1")]) as articles:
        assert (articles.piped, articles.size) == (True, 0)
        ((number, _, article),) = articles
    assert number == 1
    assert getattr(article, "title", None) == "لقاء في مسقط"


def test_the_process_shares_one_fetcher(web: Served) -> None:
    assert Following().fetcher is fetcher.shared()
