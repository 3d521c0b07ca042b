"""The guard before the application: who asks, may he, is it from our own page, is it too much."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from urllib.parse import quote, urlencode

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rasd.desk.api.problems import problem
from rasd.desk.guard.addresses import from_own_page, is_visit
from rasd.desk.guard.bodies import Body, Gate, content_type
from rasd.desk.guard.cookies import FORM, setting
from rasd.desk.guard.forms import FIELD, HEADER
from rasd.desk.guard.guarding import Guarding, Seen
from rasd.desk.guard.headers import guarded
from rasd.desk.guard.logs import REQUESTS
from rasd.desk.guard.person import Person
from rasd.desk.guard.refusal import Leaving, Refusal
from rasd.desk.guard.settings import listed

_LOG = logging.getLogger("rasd.desk")
_REQUESTS = logging.getLogger(REQUESTS)
_SAFE = ("GET", "HEAD", "OPTIONS")
_API = "/api/"
# What proxies say of whom they ask for.
_PROXIED = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via")
# Methods that no form and no simple script of another site can send here.
_NEVER_FOREIGN = ("PUT", "PATCH", "DELETE")
# How an address asks for a language (`rasd.desk.language`).
_LANGUAGE = re.compile(r"(?:^|&)lang=([a-z]{2})(?:&|$)")

Answers = Callable[[Request, int, str], Response]


class Guard:
    """Lets through what may pass, with ``request.state.person`` and ``request.state.form_token`` set; answers the rest.

    ``answer`` makes the page that says a word of the desk with a status. Whatever goes wrong in the application
    becomes a page too, with the same headers, and a line in the log.
    """

    def __init__(self, app: ASGIApp, guarding: Guarding, answer: Answers) -> None:
        self._app = app
        self._guarding = guarding
        self._answer = answer
        self._gate = Gate(guarding.settings.limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await _Request(self, scope, receive, send).run()

    async def pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request to the application."""
        await self._app(scope, receive, send)

    @property
    def guarding(self) -> Guarding:
        """What the guard remembers."""
        return self._guarding

    @property
    def gate(self) -> Gate:
        """What takes bodies in."""
        return self._gate

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """The answer to what is not let through."""
        if isinstance(refusal, Leaving):
            response = Response(status_code=refusal.status)
        elif request.url.path.startswith(_API):
            response = problem(refusal.status, refusal.why)
        else:
            response = self._answer(request, refusal.status, refusal.word)
        response.headers.update(refusal.headers)
        return response


class _Request:
    """One request on its way."""

    def __init__(self, guard: Guard, scope: Scope, receive: Receive, send: Send) -> None:
        self._guard = guard
        self._guarding = guard.guarding
        self._limits = guard.guarding.settings.limits
        self._rules = guard.guarding.settings.rules
        self._scope = scope
        self._receive = receive
        self._headers = Headers(scope=scope)
        self._method: str = scope["method"]
        self._path: str = scope["path"]
        self._address: str = (scope.get("client") or ("",))[0]
        self._cookies: list[str] = []
        self._seen: Seen | None = None
        self._status = 0
        self._send = self._noting(guarded(scope, send, self._cookies))

    async def run(self) -> None:
        """Let it through or answer it."""
        began = time.perf_counter()
        state = self._scope.setdefault("state", {})
        state["person"], state["form_token"] = None, ""
        try:
            await self._checked()
        except Refusal as refusal:
            await self._refuse(refusal)
        except Exception:
            _LOG.exception("%s %s failed", self._method, _shown(self._path))
            if not self._status:
                await self._refuse(Refusal(500, "guard.fault", "a fault of the server"))
            else:
                raise  # the answer has begun: all that can be done is to break it off
        finally:
            person = self._seen.person.name if self._seen and self._seen.person else "-"
            _REQUESTS.info(
                "%s %s %s %s %d %.0f ms", self._address, person, self._method, _shown(self._path), self._status,
                1000 * (time.perf_counter() - began),
            )  # fmt: skip

    async def _refuse(self, refusal: Refusal) -> None:
        if refusal.status not in (303, 401):
            _LOG.warning("refused %s %s: %s", self._method, _shown(self._path), refusal.why)
        if self._status:
            return
        request = Request(self._scope)
        try:
            response = self._guard.refused(request, refusal)
        except Exception:  # the page that says so cannot be made either
            _LOG.exception("a page of refusal failed")
            response = Response("refused", refusal.status, dict(refusal.headers), "text/plain")
        await response(self._scope, self._receive, self._send)

    async def _checked(self) -> None:
        """The checks, the cheapest first: nothing is read of a body before it is known who sends it."""
        self._check_target()
        host = self._checked_host()
        self._scope["scheme"] = self._guarding.scheme(host, self._scope["scheme"])
        safe = self._method in _SAFE
        seen = self._guarding.seen(self._headers, scheme=self._scope["scheme"], address=self._address, safe=safe)
        self._seen = seen
        self._scope["state"].update(person=seen.person, form_token=seen.token)
        self._check_role(seen.person, safe=safe)
        self._check_page(host, safe=safe)
        async with AsyncExitStack() as stack:
            body = await stack.enter_async_context(self._guard.gate.body(self._scope, self._receive, self._most()))
            if not safe:
                await self._check_form(seen, body)
            await self._guard.pass_on(self._scope, body.again(), self._send)

    def _check_target(self) -> None:
        query: bytes = self._scope.get("query_string", b"")
        raw: bytes = self._scope.get("raw_path") or self._path.encode("utf-8", "replace")
        if len(raw) + len(query) > self._limits.target:
            raise Refusal(414, "guard.target", "the address is too long")
        if any(ord(c) < 0x20 or c == "\x7f" for c in self._path) or b"%00" in query or b"\0" in query:
            raise Refusal(400, "guard.target", "control characters in the address")

    def _checked_host(self) -> str:
        hosts = self._headers.getlist("host")
        if len(hosts) != 1 or not self._guarding.names.known(hosts[0]):
            raise Refusal(421, "guard.host", "the desk is not known by this name (rasd desk --name NAME)")
        if not self._guarding.signs_in() and any(name in self._headers for name in _PROXIED):
            raise Refusal(403, "guard.proxy", "a proxy shows this desk to others: start it with --public ADDRESS")
        return hosts[0]

    def _check_role(self, person: Person | None, *, safe: bool) -> None:
        rules = self._rules
        if listed(self._path, rules.public):
            return
        if person is None:
            raise self._unknown(safe=safe)
        needs_editor = listed(self._path, rules.editing) if safe else not listed(self._path, rules.own)
        if needs_editor and not person.edits:
            raise Refusal(403, "guard.role", "editors alone may do this")

    def _unknown(self, *, safe: bool) -> Refusal:
        """What is said to somebody who has not signed in."""
        wants_page = "text/html" in self._headers.get("accept", "")
        if self._path.startswith(_API) or not (safe and wants_page):
            # A browser that asks for a page must show ours, not its own window for a password.
            kind = 'Bearer realm="rasd"' if self._path.startswith(_API) else 'Basic realm="rasd", charset="UTF-8"'
            return Refusal(401, "guard.sign-in", "sign in, or send a token", {"WWW-Authenticate": kind})
        query = self._scope.get("query_string", b"").decode("latin-1")
        here = f"{quote(self._path)}?{query}" if query else quote(self._path)
        wanted = {} if here == "/" else {"next": here}
        language = _LANGUAGE.search(query)
        if language is not None:  # the sign-in comes in the language that the page was asked for in
            wanted["lang"] = language[1]
        return Leaving(f"/sign-in?{urlencode(wanted)}" if wanted else "/sign-in", "not signed in")

    def _check_page(self, host: str, *, safe: bool) -> None:
        header = self._headers.get
        site = header("sec-fetch-site")
        own = is_visit(self._method, site, header("sec-fetch-mode"), header("sec-fetch-dest"))
        if not safe:
            own = own and from_own_page(host, self._scope["scheme"], header("origin"), header("referer"), site)
        if not own:
            raise Refusal(403, "guard.origin", "the request comes from a page of another site")

    def _most(self) -> int:
        """How large the body may be."""
        if listed(self._path, self._rules.uploads):
            return self._limits.upload
        return self._limits.sign_in if listed(self._path, self._rules.public) else self._limits.form

    async def _check_form(self, seen: Seen, body: Body) -> None:
        if seen.person is not None and seen.person.how == "token":
            return
        kind, _ = content_type(self._headers)
        if self._path.startswith(_API) and (self._method in _NEVER_FOREIGN or kind == "application/json"):
            return
        token = self._headers.get(HEADER) or await body.field(self._headers, FIELD, self._limits)
        if not self._guarding.keys.right(token, seen.bound):
            raise Refusal(403, "guard.token", "the form has no token of this browser: load its page again")

    def _noting(self, send: Send) -> Send:
        """``send`` that notes the status, and gives a browser the cookie that its forms are bound to."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._status = message["status"]
                seen = self._seen
                if seen is not None and seen.new is not None and seen.token.used:
                    self._cookies.append(setting(FORM, seen.new, secure=seen.secure, strict=True))
            await send(message)

        return sending


def _shown(path: str) -> str:
    """A path as one line of a log shows it."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in path[:200])
