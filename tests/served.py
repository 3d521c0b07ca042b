"""A web server of the tests' own: pages said by their paths, slow ones, endless ones; it counts what it is asked."""

from __future__ import annotations

import contextlib
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """What a path gives: ``body`` as it is, or whatever ``write`` writes to the connection itself."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    write: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass
class Served:
    """The server: put pages in, see what was asked."""

    port: int
    pages: dict[str, Page | Callable[[BaseHTTPRequestHandler], Page]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    scheme: str = "http"

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, in order, robots.txt aside."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


def redirect(to: str, status: int = 302) -> Page:
    return Page(status=status, headers={"Location": to})


def html(body: bytes, **headers: str) -> Page:
    return Page(body, headers={"Content-Type": "text/html; charset=utf-8", **headers})


def xml(body: str | bytes, kind: str = "application/rss+xml", **headers: str) -> Page:
    return Page(body.encode() if isinstance(body, str) else body,
                headers={"Content-Type": kind, **{n.replace("_", "-"): v for n, v in headers.items()}})  # fmt: skip


def endless(piece: bytes, pause: float = 0.0, head: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Page:
    """A page that never ends."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        with contextlib.suppress(OSError):
            handler.wfile.write(head)
            while not handler.server.over.is_set():  # type: ignore[attr-defined]
                handler.wfile.write(piece)
                time.sleep(pause)

    return Page(write=write)


@contextlib.contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Served]:
    """A server on this machine for the time of a test; with a ``context`` it speaks https."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            served.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            page = served.pages.get(self.path, Page(b"not here", 404))
            page = page if isinstance(page, Page) else page(self)
            self.close_connection = True
            if page.write is not None:
                page.write(self)
                return
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value.encode().decode("latin-1"))
            self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(page.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients go away in mid-word here
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.over = threading.Event()  # type: ignore[attr-defined]
    served = Served(server.server_address[1], scheme="http" if context is None else "https")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.over.set()  # type: ignore[attr-defined]
        server.shutdown()
        server.server_close()
        thread.join()
