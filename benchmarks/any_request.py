"""Ask a desk whatever its own description allows, and what it does not, and count the faults: there may be none.

    python benchmarks/any_request.py --examples 300

Requests to every page and every call of the API are made by schemathesis of the description that FastAPI writes, some
with values that are there (a code, a number of an article) and some with values that are trouble. Then the forms of
the pages that links lead to are filled in with the same. An answer of 500 or more is a fault; each is printed with the
request that brings it.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from shutil import copyfile
from typing import Any
from urllib.parse import quote, unquote, urldefrag, urlencode, urljoin, urlsplit

import hypothesis
import requests
import schemathesis
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation.modes import GenerationMode

from rasd.desk.api.application import described
from rasd.desk.pages import PAGES

HOST = "localhost"
# What is there in the sample, so that requests get past "not found".
KNOWN = [
    "1",
    "2",
    "3",
    "o1",
    "o2",
    "o3",
    "e1",
    "RUS",
    "TUR",
    "RUS-GOV",
    "SAU",
    "meeting",
    "2016",
    "2016-10",
    "ar",
    "en",
]
TROUBLE = [
    "", " ", "'", '"', "%", "*", "\\", "/", "..", "../../etc/passwd", "-1", "0", "9" * 30, "1e309", "NaN", "null", "[]",
    "2016-02-30", "0000-00-00", "99999-01-01", "x" * 3000, "\u202e", "\u0000", "😀", "ا" * 500,
    "<script>alert(1)</script>", "javascript:alert(1)", "//evil.example", "\r\nSet-Cookie: a=b", "{{7*7}}", "o", "o-1",
    "o99999999999999999999", "(", '"a', "a AND (", "a* OR", "NEAR(", "RUS/GOV", "rus", "XXX", "true", "٣", "1,2",
    "a:b:c",
]  # fmt: skip


@dataclass
class Asked:
    """What came of all requests: how often each status, and a line for each fault."""

    statuses: Counter[int] = field(default_factory=Counter[int])
    faults: list[str] = field(default_factory=list[str])


def operations() -> Iterator[Any]:
    """Each page and call, as schemathesis knows it: of the API by its own description, of pages by their routes."""
    routes = [route for page in PAGES for route in page.router.routes if isinstance(route, APIRoute)]
    before = [route.include_in_schema for route in routes]
    try:
        for route in routes:
            route.include_in_schema = True
        pages = get_openapi(title="Rasd", version="0", routes=routes)
    finally:
        for route, shown in zip(routes, before, strict=True):
            route.include_in_schema = shown
    for description in (pages, described()):
        for found in schemathesis.openapi.from_dict(description).get_all_operations():
            yield found.ok()


class _EnoughError(Exception):
    """An operation has been asked for as long as it may."""


def ask_everything(
    client: TestClient, examples: int, *, seed: int = 0, seconds: float = float("inf")
) -> Asked:  # fmt: skip
    """Make so many requests to each page and call of a desk that is open in ``client``, or for ``seconds`` each."""
    asked = Asked()
    page = client.get("/add", headers={"Host": HOST})
    token = page.text.partition('name="csrf" value="')[2].partition('"')[0]
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    held = {"host": HOST, "x-csrf-token": token, "cookie": cookies}
    for operation in operations():
        with contextlib.suppress(_EnoughError):
            _ask_often(client, operation, held, examples, seed, asked, time.monotonic() + seconds)
    return asked


def _ask_often(
    client: TestClient, operation: Any, held: dict[str, str], examples: int, seed: int, asked: Asked, until: float
) -> None:
    either = st.one_of(
        operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
        operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    )
    some = st.one_of(st.none(), st.sampled_from(KNOWN), st.sampled_from(TROUBLE))

    @hypothesis.seed(seed)
    @settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
    )  # fmt: skip
    @given(case=either, data=st.data())
    def once(case: Any, data: st.DataObject) -> None:
        if time.monotonic() > until:
            raise _EnoughError
        for values in (case.path_parameters, case.query):
            for name in list(values or ()):
                other = data.draw(some)
                if other is not None:
                    values[name] = other
        try:
            request = requests.Request(**_plain(case.as_transport_kwargs(base_url=f"http://{HOST}"))).prepare()
        except (ValueError, requests.RequestException):
            return  # nothing that a client could send
        status, body = client.portal.call(_answer, client.app, request, held)  # type: ignore[union-attr]
        asked.statuses[status] += 1
        if status >= 500:
            asked.faults.append(f"{status} {request.method} {request.url} {str(request.body)[:300]!r} {body[:200]!r}")

    once()


def ask_forms(client: TestClient, times: int, *, seed: int = 0, pages: int = 60) -> Asked:
    """Fill in each form that is found on some pages so many times, and send it."""
    asked, chance = Asked(), random.Random(seed)
    for form in _forms(client, pages):
        for _ in range(times):
            fields = [
                (name, value if name == "csrf" or chance.random() < 0.4 else chance.choice([*KNOWN, *TROUBLE]))
                for name, value in form.fields if chance.random() < 0.9
            ]  # fmt: skip
            if form.method == "get":
                answer = client.get(form.action.partition("?")[0], params=fields, follow_redirects=False)
            else:
                body = urlencode(fields, errors="replace")
                kind = {"Content-Type": "application/x-www-form-urlencoded"}
                answer = client.post(form.action, content=body, headers=kind, follow_redirects=False)
            asked.statuses[answer.status_code] += 1
            if answer.status_code >= 500:
                asked.faults.append(f"{answer.status_code} {form.method} {form.action} {fields}"[:600])
    return asked


def _forms(client: TestClient, most: int) -> list[Form]:
    """The forms of pages that links lead to from the first, one of each kind."""
    waiting, seen, kinds = ["/"], {"/"}, Counter[str]()
    found: dict[tuple[str, ...], Form] = {}
    for _ in range(most):
        if not waiting:
            break
        path = waiting.pop(0)
        answer = client.get(path, headers={"Accept": "text/html"})
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        page = _Page()
        page.feed(answer.text)
        for form in page.forms:
            form.action = urljoin(path, form.action or path)
            kind = re.sub(r"[0-9a-f]*\d+|[A-Z]{3}\b", "#", form.action.partition("?")[0])
            found.setdefault((form.method, kind, *sorted({name for name, _ in form.fields})), form)
        for link in page.links:
            target = urldefrag(urljoin(path, link))[0]
            kind = re.sub(r"\d+", "#", target.partition("?")[0]).rpartition("/")[0]
            if target.startswith("/") and target not in seen and "lang=" not in target and kinds[kind] < 4:
                kinds[kind] += 1
                seen.add(target)
                waiting.append(target)
    return list(found.values())


@dataclass
class Form:
    """A form of a page: how and where it is sent, and its fields with what they hold."""

    method: str
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


class _Page(HTMLParser):
    """The links and forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            self.forms.append(Form(given.get("method", "get").lower(), given.get("action", "")))
        elif tag in ("input", "textarea", "select", "button") and "name" in given and self.forms:
            self.forms[-1].fields.append((given["name"], given.get("value", "")))


def _plain(arguments: dict[str, Any]) -> dict[str, Any]:
    known = ("method", "url", "headers", "files", "data", "params", "cookies", "json")
    return {name: value for name, value in arguments.items() if name in known}


async def _answer(app: Any, request: requests.PreparedRequest, held: dict[str, str]) -> tuple[int, bytes]:
    """The status and body of an answer to exactly this request, as a server would hand it to the application."""
    parts = urlsplit(request.url or "")
    raw = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._").encode("ascii")
    body = request.body.encode("utf-8", "replace") if isinstance(request.body, str) else request.body or b""
    headers = [
        (k.lower().encode("latin-1", "replace"), str(v).encode("utf-8", "replace")) for k, v in request.headers.items()
    ]
    headers = [(k, v) for k, v in headers if k.decode("latin-1") not in held and k != b"content-length"]
    headers += [(k.encode(), v.encode()) for k, v in held.items()] + [(b"content-length", str(len(body)).encode())]
    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "scheme": "http",
        "method": request.method, "path": unquote(raw.decode("ascii")), "raw_path": raw, "root_path": "",
        "query_string": quote(parts.query, safe="%&=+;:@!$'()*,/?~-._").encode("ascii"), "headers": headers,
        "client": ("127.0.0.1", 5000), "server": (HOST, 80), "state": {},
    }  # fmt: skip
    status, answer, sent = 0, b"", False

    async def receive() -> dict[str, Any]:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status, answer
        if message["type"] == "http.response.start":
            status = message["status"]
        elif len(answer) < 1000:
            answer += message.get("body", b"")

    await app(scope, receive, send)
    return status, answer


def main() -> None:
    """Ask, and print what came of it."""
    from rasd.desk.app import create_app
    from rasd.desk.sample import sample_database
    from rasd.desk.settings import Settings

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--examples", type=int, default=300, help="requests to each page and call")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--db", help="a database (it is copied); else the sample")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = str(copyfile(arguments.db or sample_database(), Path(folder) / "desk.db"))
        app = create_app(Settings(database, language="en", users=Path(folder) / "none"))
        app.state.jobs.limits = app.state.jobs.limits.__class__(waiting=0)  # nothing is fetched or read
        with TestClient(app, base_url=f"http://{HOST}") as client:
            asked = ask_everything(client, arguments.examples, seed=arguments.seed)
            forms = ask_forms(client, arguments.examples, seed=arguments.seed)
    asked.statuses.update(forms.statuses)
    asked.faults += forms.faults
    print("answers:", ", ".join(f"{n} of {status}" for status, n in sorted(asked.statuses.items())))
    for fault in dict.fromkeys(asked.faults):
        print(fault)
    print(f"{len(asked.faults)} faults")
    sys.exit(bool(asked.faults))


if __name__ == "__main__":
    main()
