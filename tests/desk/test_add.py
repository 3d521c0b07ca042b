"""Adding articles on the desk: a text, files, an address; with whatever somebody may send who means ill."""

from __future__ import annotations

import io
import re
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra rasd[desk] is not installed")

from fastapi.testclient import TestClient

from rasd.desk.adding.task import Task
from rasd.desk.adding.worker import articles_of
from rasd.desk.app import create_app
from rasd.desk.settings import Settings
from rasd.store import Store

TEXT = (
    "التقى وزير الخارجية الكويتي نظيره الهندي في مسقط يوم الثلاثاء، ووقع الوزيران اتفاقية للتعاون في مجال الطاقة. "
    "وأدانت الكويت الهجوم على السفارة في كابل."
)
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}'


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("adding") / "own.db"
    Store(str(path), create=True).close()
    return path


@pytest.fixture(scope="module")
def adding(desk_settings: Settings, database: Path) -> Iterator[TestClient]:
    """A desk with an empty database of its own."""
    with TestClient(create_app(replace(desk_settings, database=str(database)))) as client:
        yield client


@pytest.fixture(autouse=True)
def _forget_language(adding: TestClient) -> None:
    adding.cookies.clear()


def token(browser: TestClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', browser.get("/add").text)
    assert found
    return found[1]


def send(browser: TestClient, way: str, data: dict[str, Any], files: Any = None):
    return browser.post(
        f"/add/{way}", data={"csrf": token(browser), **data}, files=files, follow_redirects=False
    )  # fmt: skip


def finished(browser: TestClient, answer: Any) -> str:
    """The page of a job once it is over."""
    assert answer.status_code == 303, answer.text
    path = answer.headers["location"]
    assert re.fullmatch(r"/add/jobs/[0-9a-f]{16}", path)
    for _ in range(600):
        page = browser.get(path).text
        if 'data-over="yes"' in page:
            return page
        time.sleep(0.1)
    raise AssertionError("the job does not end")


def job(browser: TestClient) -> Any:
    return browser.app.state.jobs.recent()[0]  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_offers_three_ways(adding: TestClient, language: str):
    page = adding.get("/add", params={"lang": language}).text
    assert page.count("<form") >= 3
    assert page.count('name="csrf"') == page.count('method="post"')
    assert 'href="/add" aria-current="page"' in page
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)


def test_a_pasted_text_is_read_and_kept(adding: TestClient, database: Path):
    fields = {"text": TEXT, "title": "لقاء في مسقط", "source": "صحيفة النخيل", "published": "2016-03-09",
              "url": "https://example.org/a?b=1&c=2"}  # fmt: skip
    page = finished(adding, send(adding, "text", fields))
    assert 'class="state done"' in page
    assert "لقاء في مسقط" in page
    with Store(str(database)) as store:
        kept = store.show(job(adding).outcomes[0].key)
    assert kept.record.article.text == TEXT
    assert kept.record.article.published == "2016-03-09"
    assert (kept.listed.title, kept.listed.source, kept.listed.url) == (
        fields["title"],
        fields["source"],
        fields["url"],
    )
    event = kept.record.events[0]
    assert f'href="/article/{kept.listed.key}#{event.id}"' in page
    arabic = adding.get(f"/add/jobs/{job(adding).id}", headers={"Accept-Language": "ar"}).text
    assert event.gloss.ar in arabic
    again = finished(adding, send(adding, "text", fields))
    assert "Known already" in again


def test_a_job_is_followed_with_and_without_scripts(adding: TestClient):
    answer = send(adding, "text", {"text": TEXT + " وهذا نص آخر."})
    page = adding.get(answer.headers["location"]).text
    if 'data-over="no"' in page:
        assert '<noscript><meta http-equiv="refresh"' in page
        assert re.search(r'<script src="/static/progress\.js\?v=\w+" defer></script>', page)
        assert "/stop" in page
    assert "/stop" not in finished(adding, answer)


def archive(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return made.getvalue()


def test_files_in_many_forms_are_read(adding: TestClient, tmp_path: Path):
    table = f'عنوان,نص\nقمة,"{TEXT} في جدول."\n'.encode()
    packed = archive({
        "../../../../tmp/rasd-escaped.txt": (TEXT + " من خارج المجلد.").encode(), "/etc/rasd-escaped": b"x",
        "a/صفحة.html": f"<html><body><article><p>{TEXT} في صفحة.</p></article></body></html>".encode(),
    })  # fmt: skip
    files = [
        ("files", ("../../مقال.txt", (TEXT + " في ملف.").encode())),
        ("files", ("C:\\fakepath\\table.csv", table)),
        ("files", ("all.zip", packed)),
        ("files", ("english.txt", b"The ministers met in Muscat and signed an agreement on energy. " * 5)),
        ("files", ("noise.bin", bytes(range(256)) * 20)),
    ]
    page = finished(adding, send(adding, "files", {"source": "وكالة"}, files))
    done = job(adding)
    by_origin = {became.origin: became for became in done.outcomes}
    assert by_origin["مقال.txt"].outcome == "added"
    assert next(b for origin, b in by_origin.items() if origin.startswith("table.csv")).outcome == "added"
    assert next(b for origin, b in by_origin.items() if "صفحة.html" in origin).outcome == "added"
    assert by_origin["english.txt"].outcome == "aside"
    assert "not Arabic" in by_origin["english.txt"].reason
    assert by_origin["noise.bin"].outcome == "aside"
    assert "rasd-desk-" not in page, "where files lie on the server is no one's matter"
    assert not list(Path("/tmp").glob("rasd-escaped*"))
    assert not Path("/etc/rasd-escaped").exists()
    folder = Path(done.task.files[0].path).parent
    for _ in range(100):
        if not folder.exists():
            break
        time.sleep(0.02)
    assert not folder.exists(), "what was read is not left behind"


def test_what_is_made_to_do_harm_is_set_aside(adding: TestClient):
    zeros = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(zeros.compress("رصد\n".encode() * 150_000) for _ in range(300)) + zeros.flush()
    nested = b"x"
    for _ in range(8):
        nested = archive({"inner.zip": nested})
    entity = archive({
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": b'<!DOCTYPE d [<!ENTITY a "&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]><d>&a;&x;</d>',
    })  # fmt: skip
    files = [("files", ("bomb.txt.gz", bomb)), ("files", ("nested.zip", nested)), ("files", ("evil.docx", entity))]
    page = finished(adding, send(adding, "files", {}, files))
    done = job(adding)
    assert done.state == "done", done.reason
    assert done.counts["aside"] == 3
    reasons = " ".join(str(became.reason) for became in done.outcomes)
    assert "too large" in reasons
    assert "archives in one another" in reasons
    assert "root:" not in page


@pytest.mark.parametrize(
    ("way", "fields", "said"),
    [
        ("text", {"text": "  \n "}, "There is no text."),
        ("text", {"text": TEXT, "published": "31/31/2016"}, "The day is none"),
        ("text", {"text": TEXT, "published": "9999-01-01"}, "The day is none"),
        ("text", {"text": TEXT, "url": "javascript:alert(1)"}, "The address is none of the web"),
        ("text", {"text": TEXT, "url": "data:text/html,<script>alert(1)</script>"}, "The address is none of the web"),
        ("address", {"address": ""}, "The address is none of the web"),
        ("address", {"address": "file:///etc/passwd"}, "The address is none of the web"),
        ("address", {"address": "/etc/passwd"}, "The address is none of the web"),
        ("address", {"address": "-"}, "The address is none of the web"),
        ("address", {"address": "gopher://localhost/"}, "The address is none of the web"),
        ("address", {"address": "http://"}, "The address is none of the web"),
        ("address", {"address": "http://["}, "The address is none of the web"),
        ("files", {}, "No file was chosen."),
    ],
)
def test_what_cannot_be_added_is_said_on_the_form(adding: TestClient, way: str, fields: dict[str, str], said: str):
    answer = send(adding, way, fields)
    assert answer.status_code == 422
    assert said in answer.text
    if fields.get("text", "").strip():
        assert TEXT in answer.text, "what was written is not lost"
    assert 'href="javascript:' not in answer.text


def test_addresses_inside_are_not_fetched(adding: TestClient):
    page = finished(adding, send(adding, "address", {"address": "http://169.254.169.254/latest/meta-data/"}))
    done = job(adding)
    assert done.counts == {"added": 0, "changed": 0, "same": 0, "aside": 1}
    assert done.outcomes[0].reason
    assert "Set aside" in page


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8765/", "http://localhost/", "http://[::1]/", "http://0x7f000001/", "http://2130706433/",
        "http://10.0.0.1/", "http://user:pw@example.org/", "file:///etc/passwd", "/etc/passwd", "-", "*",
    ],
)  # fmt: skip
def test_the_process_that_reads_fetches_nothing_inside_either(address: str, capfd: pytest.CaptureFixture[str]):
    found = list(articles_of(Task(None, address=address)))
    assert [one.article for one in found] == [None]
    assert found[0].reason


def test_nothing_that_is_given_becomes_markup(adding: TestClient):
    fields = {"text": TEXT + EVIL, "title": EVIL, "source": EVIL, "published": "2016-03-09"}
    answer = send(adding, "text", fields)
    key = None
    pages = [finished(adding, answer), adding.get("/add").text]
    key = job(adding).outcomes[0].key
    evil_file = [("files", (f"{EVIL}.txt", (TEXT + " ثانية.").encode()))]
    pages.append(finished(adding, send(adding, "files", {"source": EVIL}, evil_file)))
    pages.append(send(adding, "text", {**fields, "published": EVIL}).text)
    pages.append(send(adding, "address", {"address": EVIL}).text)
    pages.extend(adding.get(path).text for path in ("/", f"/article/{key}", "/add"))
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "49" not in re.findall(r"onerror=alert\(2\)&gt;(\S{1,4})", page)


def test_nothing_is_changed_by_a_link_or_another_site(adding: TestClient):
    assert adding.get("/add/text", params={"text": TEXT}).status_code in (404, 405)
    assert adding.post("/add/text", data={"text": TEXT}).status_code == 403
    evil = {"Origin": "https://evil.example"}
    assert adding.post("/add/text", data={"text": TEXT, "csrf": token(adding)}, headers=evil).status_code == 403
    assert adding.post("/add/jobs/0123456789abcdef/stop", data={}).status_code == 403


@pytest.mark.parametrize("id", ["0123456789abcdef", "x", "..%2f..%2fetc", "%00", "1' OR '1'='1"])
def test_jobs_that_are_not_there(adding: TestClient, id: str):
    assert adding.get(f"/add/jobs/{id}").status_code in (400, 404)


def test_the_sample_gives_way_to_what_is_added(
    desk_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    own = tmp_path / "data" / "rasd.db"
    monkeypatch.setenv("RASD_DB", str(own))
    with TestClient(create_app(replace(desk_settings, database=None))) as browser:
        assert "This is a sample" in browser.get("/").text
        finished(browser, send(browser, "text", {"text": TEXT, "title": "أول مقال لي"}))
        page = browser.get("/").text
        assert "This is a sample" not in page
        assert own.exists()
