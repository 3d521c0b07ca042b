"""The guard before a small application: what passes, what is refused, what every answer carries."""

from __future__ import annotations

import asyncio
import base64

import pytest

pytest.importorskip("argon2", reason="the extra 'desk' is not installed")
pytest.importorskip("fastapi", reason="the extra 'desk' is not installed")

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from rasd.desk.guard.accounts import Account, Accounts, Role
from rasd.desk.guard.bodies import Gate
from rasd.desk.guard.guarding import Guarding
from rasd.desk.guard.middleware import Guard
from rasd.desk.guard.passwords import new_token, token_hash
from rasd.desk.guard.settings import GuardSettings, Limits

HOST = "http://localhost:8765"
EDITOR, READER = new_token(), new_token()
ACCOUNTS = f"bot:editor:{token_hash(EDITOR)} feed:reader:{token_hash(READER)}"
LIMITS = Limits(form=3000, upload=2_500_000, files=2, fields=5, body_seconds=0.2, sign_in=500)


async def form(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(request.state.form_token))


async def change(request: Request) -> PlainTextResponse:
    fields = await request.form()
    size = len(await fields["file"].read()) if "file" in fields else len(str(fields.get("text", "")))
    return PlainTextResponse(f"{request.state.person.name} {size}")


async def call(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{request.state.person.name} {len(await request.body())}")


async def fault(request: Request) -> PlainTextResponse:
    raise ValueError("a secret of the server")


def application(settings: GuardSettings | None = None, accounts: str | None = None) -> tuple[Starlette, Guarding]:
    guarding = Guarding(settings or GuardSettings(limits=LIMITS), Accounts(environment=accounts))
    app = Starlette(routes=[
        Route("/", form), Route("/sign-in", form), Route("/add", form), Route("/add/files", change, methods=["POST"]),
        Route("/review", change, methods=["POST"]), Route("/sign-in", change, methods=["POST"]),
        Route("/sign-out", call, methods=["POST"]), Route("/fault", fault),
        Route("/api/v1/x", call, methods=["GET", "POST", "DELETE"]), Route("/static/x", form),
    ])  # fmt: skip
    app.add_middleware(
        Guard, guarding=guarding, answer=lambda request, status, word: PlainTextResponse(word, status_code=status)
    )
    return app, guarding


def client(settings: GuardSettings | None = None, accounts: str | None = None, base: str = HOST) -> TestClient:
    app, _ = application(settings, accounts)
    return TestClient(app, base_url=base, follow_redirects=False)


@pytest.fixture
def local():
    return client()


@pytest.fixture
def guarded():
    return client(accounts=ACCOUNTS)


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


PAGE = {"Accept": "text/html"}


@pytest.mark.parametrize("path", ["/", "/none", "/fault", "/add"])
def test_every_answer_carries_the_headers(local, path):
    answer = local.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "strict-transport-security" not in answer.headers
    assert "server" not in answer.headers


def test_refusals_carry_them_too(local):
    answer = local.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 421
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_fault_says_nothing_of_the_server(local):
    answer = local.get("/fault")
    assert answer.status_code == 500
    assert "secret" not in answer.text


def test_the_local_user_reads_and_changes(local):
    token = local.get("/add").text
    assert local.post("/add/files", data={"csrf": token, "text": "x" * 9}).text == "local 9"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8765", "localhost.evil.example", "192.0.2.1:8765", "", "a b", "localhost:x", "[::1"],
)
def test_another_name_does_not_reach_the_desk(local, host):
    """DNS rebinding: a page of another site points its own name here."""
    assert local.get("/", headers={"Host": host}).status_code == 421


def test_two_names_at_once_are_none():
    app, _ = application()
    status = asyncio.run(raw(app, [(b"host", b"localhost"), (b"host", b"evil.example")]))[0]["status"]
    assert status == 421
    assert asyncio.run(raw(app, []))[0]["status"] == 421


async def raw(app, headers, method="GET", path="/", body=(), query=b""):
    """The messages of an answer to a request that no client would send."""
    sent, left = [], list(body)
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "path": path,
        "raw_path": path.encode(), "query_string": query, "root_path": "", "scheme": "http", "headers": headers,
        "client": ("127.0.0.1", 5000), "server": ("127.0.0.1", 8765), "state": {},
    }  # fmt: skip

    async def receive():
        if left:
            message = left.pop(0)
            if isinstance(message, float):
                await asyncio.sleep(message)
                message = {"type": "http.request", "body": b"x", "more_body": True}
            return message
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    return sent


def test_a_proxy_does_not_show_an_open_desk(local, guarded):
    for name in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Host"):
        assert local.get("/", headers={name: "192.0.2.1"}).status_code == 403
        assert guarded.get("/sign-in", headers={name: "192.0.2.1"}).status_code == 200


@pytest.mark.parametrize("path", ["/add/files", "/review", "/sign-in", "/sign-out"])
def test_a_form_without_its_token_changes_nothing(local, path):
    assert local.post(path, data={"text": "x"}).status_code == 403
    assert local.post(path, data={"text": "x", "csrf": "wrong"}).status_code == 403
    assert local.post(path, json={"text": "x"}).status_code == 403
    assert local.post(path, content=b"csrf=x", headers={"Content-Type": "text/plain"}).status_code == 403


def test_a_token_of_another_browser_is_wrong():
    app, _ = application()
    mine, other = (TestClient(app, base_url=HOST) for _ in range(2))
    theirs = other.get("/add").text
    mine.get("/add")
    assert mine.post("/add/files", data={"csrf": theirs}).status_code == 403
    bare = TestClient(app, base_url=HOST)
    assert bare.post("/add/files", data={"csrf": theirs}).status_code == 403


def test_a_token_given_twice_is_wrong(local):
    token = local.get("/add").text
    body = f"csrf={token}&csrf={token}"
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert local.post("/add/files", content=body, headers=kind).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Referer": "http://evil.example/"},
    ],
)
def test_another_site_changes_nothing_even_with_a_token(local, headers):
    token = local.get("/add").text
    assert local.post("/add/files", data={"csrf": token}, headers=headers).status_code == 403
    assert local.post("/api/v1/x", json={}, headers=headers).status_code == 403
    assert local.delete("/api/v1/x", headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 200),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),
    ],
)
def test_another_site_leads_here_and_finds_nothing_out(local, headers, status):
    assert local.get("/", headers=headers).status_code == status
    assert local.get("/api/v1/x", headers=headers).status_code == status


def test_own_pages_change(local):
    token = local.get("/add").text
    headers = {"Origin": HOST, "Sec-Fetch-Site": "same-origin", "Referer": HOST + "/add"}
    assert local.post("/add/files", data={"csrf": token}, headers=headers).status_code == 200
    assert local.post("/add/files", data={}, headers={**headers, "X-CSRF-Token": token}).status_code == 200
    assert local.post("/add/files", data={"csrf": token}, files={"file": b"abc"}, headers=headers).text == "local 3"


def test_the_cookie_of_forms_is_kept_from_scripts(local):
    cookie = local.get("/add").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/" in cookie
    assert "set-cookie" not in local.get("/add").headers
    assert "set-cookie" not in client().get("/api/v1/x").headers


def test_cookies_are_secure_behind_tls():
    settings = GuardSettings(public="https://desk.example", limits=LIMITS)
    there = client(settings, ACCOUNTS, "https://desk.example")
    answer = there.get("/sign-in")
    assert answer.headers["set-cookie"].startswith("__Host-rasd_form=")
    assert "Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    assert there.post("/sign-in", data={"csrf": answer.text}, headers={"Origin": "https://desk.example"}).is_error
    assert there.post("/sign-in", data={"csrf": "x"}, headers={"Origin": "http://desk.example"}).status_code == 403


def test_a_proxy_need_not_say_how_it_was_asked():
    settings = GuardSettings(public="https://desk.example", limits=LIMITS)
    there = client(settings, ACCOUNTS, "http://desk.example")
    answer = there.get("/sign-in")
    assert "Secure" in answer.headers["set-cookie"]
    cookie = answer.headers["set-cookie"].partition(";")[0]
    headers = {"Origin": "https://desk.example", "Cookie": cookie}
    assert there.post("/sign-in", data={"csrf": answer.text}, headers=headers).status_code != 403
    here = client(settings, ACCOUNTS, "http://127.0.0.1:8765")
    assert "Secure" not in here.get("/sign-in").headers["set-cookie"]


def test_programs_of_this_machine_call_the_api_without_a_form(local):
    assert local.post("/api/v1/x", json={"a": 1}).status_code == 200
    assert local.delete("/api/v1/x").status_code == 200
    # What a form of another site can send is not enough.
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        assert local.post("/api/v1/x", content=b"{}", headers={"Content-Type": kind}).status_code in (400, 403)


@pytest.mark.parametrize("path", ["/", "/add", "/none", "/review"])
def test_before_signing_in_there_is_one_page(guarded, path):
    answer = guarded.get(path, headers=PAGE)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


def test_signing_in_knows_where_one_wanted_to_go(guarded):
    answer = guarded.get("/none?q=a%26b&c=%0d%0aSet-Cookie:x", headers=PAGE)
    assert answer.headers["location"] == "/sign-in?next=%2Fnone%3Fq%3Da%2526b%26c%3D%250d%250aSet-Cookie%3Ax"


def test_the_sign_in_and_static_files_are_for_all(guarded):
    assert guarded.get("/sign-in", headers=PAGE).status_code == 200
    assert guarded.get("/static/x").status_code == 200


def test_programs_are_told_to_send_a_token(guarded):
    answer = guarded.get("/api/v1/x")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["detail"]
    assert guarded.get("/").headers["www-authenticate"].startswith("Basic")
    assert guarded.post("/add/files", data={}).status_code == 401


def test_tokens_have_roles(guarded):
    assert guarded.get("/api/v1/x", headers=bearer(READER)).text == "feed 0"
    assert guarded.post("/api/v1/x", json={}, headers=bearer(READER)).status_code == 403
    assert guarded.post("/api/v1/x", json={}, headers=bearer(EDITOR)).text == "bot 2"
    assert guarded.post("/add/files", data={"text": "abc"}, headers=bearer(EDITOR)).text == "bot 3"
    assert guarded.get("/add", headers=bearer(READER)).status_code == 403
    assert guarded.post("/review", data={}, headers=bearer(READER)).status_code == 403


def test_wrong_tokens_are_none(guarded):
    for given in ("", "x", "rasd_", READER + "x", READER.upper(), token_hash(READER), "é"):
        headers = {"Authorization": f"Bearer {given}".encode()}
        assert guarded.get("/api/v1/x", headers=headers).status_code == 401


def test_wrong_tokens_are_so_many(guarded):
    for n in range(150):
        guarded.get("/api/v1/x", headers=bearer(f"rasd_{n}"))
    assert guarded.get("/api/v1/x", headers=bearer(EDITOR)).status_code == 401


def test_feed_readers_send_a_token_as_a_password_and_read_alone(guarded):
    def basic(token):
        return {"Authorization": "Basic " + base64.b64encode(f"any:{token}".encode()).decode()}

    assert guarded.get("/", headers=basic(READER)).status_code == 200
    assert guarded.get("/", headers=basic("x")).status_code == 401
    assert guarded.get("/", headers={"Authorization": "Basic !!!"}).status_code == 401
    assert guarded.post("/api/v1/x", json={}, headers=basic(EDITOR)).status_code == 401


def test_a_session_belongs_to_its_account():
    app, guarding = application(accounts=ACCOUNTS)
    there = TestClient(app, base_url=HOST)
    account = Account("bot", Role.EDITOR, token_hash(EDITOR))
    there.cookies.set("rasd_session", guarding.sessions.begin(account))
    token = there.get("/add").text
    assert there.post("/add/files", data={"csrf": token, "text": "ab"}).text == "bot 2"
    assert there.post("/add/files", data={"text": "ab"}).status_code == 403
    there.cookies.set("rasd_session", guarding.sessions.begin(Account("bot", Role.EDITOR, "changed")))
    assert there.get("/").status_code == 401
    there.cookies.set("rasd_session", guarding.sessions.begin(Account("gone", Role.EDITOR, token_hash("x"))))
    assert there.get("/").status_code == 401
    there.cookies.set("rasd_session", "guessed")
    assert there.get("/").status_code == 401


def test_the_token_of_a_form_goes_with_the_session():
    """What was given to a browser before somebody signed in, or to the session before, is worth nothing after."""
    app, guarding = application(accounts=ACCOUNTS)
    there = TestClient(app, base_url=HOST)
    account = Account("bot", Role.EDITOR, token_hash(EDITOR))
    before = there.get("/sign-in").text
    there.cookies.set("rasd_session", guarding.sessions.begin(account))
    first = there.get("/add").text
    assert there.post("/add/files", data={"csrf": before}).status_code == 403
    there.cookies.set("rasd_session", guarding.sessions.begin(account))
    assert there.post("/add/files", data={"csrf": first}).status_code == 403


def test_large_bodies_are_refused_before_they_are_read(guarded, local):
    token = local.get("/add").text
    assert local.post("/review", data={"csrf": token, "text": "x" * 4000}).status_code == 413
    assert local.post("/add/files", data={"csrf": token}, files={"file": b"x" * 1_200_000}).text == "local 1200000"
    assert local.post("/add/files", data={"csrf": token}, files={"file": b"x" * 2_600_000}).status_code == 413
    assert guarded.post("/sign-in", data={"text": "x" * 600}).status_code == 413
    app, _ = application()
    headers = [(b"host", b"localhost"), (b"transfer-encoding", b"chunked")]
    chunks = [{"type": "http.request", "body": b"x" * 2000, "more_body": True}] * 9
    assert asyncio.run(raw(app, headers, "POST", "/review", chunks))[0]["status"] == 413
    for length in (b"-1", b"1e3", b"9" * 30, "٣".encode()):
        headers = [(b"host", b"localhost"), (b"content-length", length)]
        assert asyncio.run(raw(app, headers, "POST", "/review"))[0]["status"] in (400, 413)


def test_nobody_uploads_before_signing_in():
    app, _ = application(accounts=ACCOUNTS)
    asked = False

    async def run():
        sent = []

        async def receive():
            nonlocal asked
            asked = True
            return {"type": "http.request", "body": b"x", "more_body": True}

        async def send(message):
            sent.append(message)

        scope = {
            "type": "http", "method": "POST", "path": "/add/files", "query_string": b"", "scheme": "http",
            "root_path": "", "headers": [(b"host", b"localhost")], "client": None, "state": {}, "http_version": "1.1",
        }  # fmt: skip
        await app(scope, receive, send)
        return sent[0]["status"]

    assert asyncio.run(run()) == 401
    assert not asked


def test_slow_bodies_are_given_up():
    app, _ = application()
    headers = [(b"host", b"localhost"), (b"transfer-encoding", b"chunked")]
    assert asyncio.run(raw(app, headers, "POST", "/review", [0.05] * 20))[0]["status"] == 408
    cut = [{"type": "http.request", "body": b"x", "more_body": True}, {"type": "http.disconnect"}]
    assert asyncio.run(raw(app, headers, "POST", "/review", cut))[0]["status"] == 400


def test_large_bodies_are_few_at_a_time():
    gate = Gate(Limits(uploads=1))

    async def run():
        async def waiting():
            await asyncio.sleep(0.05)
            return {"type": "http.request", "body": b"x", "more_body": False}

        scope = {"type": "http", "headers": [(b"content-length", b"2000000")]}

        async def one():
            async with gate.body(scope, waiting, 3_000_000) as body:
                return body.size

        return await asyncio.gather(one(), one(), return_exceptions=True)

    first, second = asyncio.run(run())
    assert first == 1
    assert getattr(second, "status", None) == 503


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=", b"x"),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--"),
        ("multipart/form-data; boundary=b", b"--c\r\n" * 100),
        ("multipart/form-data; boundary=b; charset=nonsense", b"\xff" * 100),
        ("multipart/form-data; boundary=" + "x" * 5000, b"x"),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(100))),
        ("application/x-www-form-urlencoded; charset=utf-7", b"%ff%zz=\x00&csrf=%"),
        ("multipart/form-data; boundary=b",
         b"".join(b'--b\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\nx\r\n' for _ in range(9))),
    ],
)  # fmt: skip
def test_malformed_forms_are_refused(local, kind, body):
    token = local.get("/add").text
    for headers in ({}, {"X-CSRF-Token": token}):
        answer = local.post("/add/files", content=body, headers={"Content-Type": kind, **headers})
        assert answer.status_code in (200, 400, 403)
        assert answer.status_code != 200 or headers


def test_malformed_addresses_are_refused(local):
    assert local.get("/?" + "x" * 9000).status_code == 414
    assert local.get("/?q=%00").status_code == 400
    assert local.get("/%00").status_code == 400
    assert local.get("/%0d%0aSet-Cookie:%20x=1").status_code == 400


def test_web_sockets_are_closed():
    app, _ = application()
    sent = []

    async def run():
        async def send(message):
            sent.append(message)

        await app({"type": "websocket", "path": "/", "headers": []}, None, send)

    asyncio.run(run())
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_what_is_logged_is_one_line_without_the_query(local, caplog):
    caplog.set_level("INFO", "rasd.desk")
    local.get("/x%E2%80%A8y?q=secret", headers={"Authorization": "Bearer secret"})
    assert "secret" not in caplog.text
    line = caplog.records[-1].getMessage()
    assert "/x\\u2028y" in line
    assert "404" in line
