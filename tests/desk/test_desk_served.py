"""A desk as it is served: slow clients, odd requests, its end while articles are being added."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="the extra rasd[desk] is not installed")

from rasd.store import Store

TEXT = "التقى وزير الخارجية الكويتي نظيره الهندي في مسقط يوم الثلاثاء، ووقع الوزيران اتفاقية رقم {n}.\n"
SERVES = """
import sys
from rasd.desk.guard.settings import Limits
from rasd.desk.serving import serve
from rasd.desk.settings import Settings
from pathlib import Path
settings = Settings(
    sys.argv[1], port=int(sys.argv[2]), users=Path(sys.argv[3]), language="en",
    limits=Limits(head_seconds=1.0, body_seconds=3.0),
)
serve(settings, lambda address: print(address, flush=True), print)
"""


@dataclass
class Served:
    """A desk in a process of its own."""

    process: subprocess.Popen[str]
    port: int
    database: Path

    def ask(self, data: bytes, *, pause: float = 0.0, wait: float = 10.0) -> bytes:
        """What is answered to bytes, which are sent one at a time where there is a pause between them."""
        with socket.create_connection(("127.0.0.1", self.port), wait) as line:
            answer = b""
            try:
                for piece in [data[n : n + 1] for n in range(len(data))] if pause else [data]:
                    line.sendall(piece)
                    time.sleep(pause)
                while chunk := line.recv(1 << 16):
                    answer += chunk
            except (ConnectionError, TimeoutError):
                pass
            return answer

    def get(self, path: str, cookie: str = "") -> bytes:
        held = f"Cookie: {cookie}\r\n" if cookie else ""
        return self.ask(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{held}Connection: close\r\n\r\n".encode())


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    database = tmp_path / "own.db"
    Store(str(database), create=True).close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", SERVES, str(database), str(port), str(tmp_path / "none")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline()
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield Served(process, port, database)
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def test_who_does_not_finish_is_let_go(served: Served):
    assert served.get("/").startswith(b"HTTP/1.1 200")
    # Nothing at all, a head that never ends, a letter at a time, a body that never ends.
    assert served.ask(b"") == b""
    assert served.ask(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ") == b""
    assert served.ask(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", pause=0.1) == b""
    slow = b"POST /add/text HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc"
    assert served.ask(slow).startswith(b"HTTP/1.1 408")
    # Requests that are no requests.
    for odd in (
        b"\x16\x03\x01\x02\x00\x01", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"GET /\xff HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"POST /add/text HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
        b"POST /add/text HTTP/1.1\r\nHost: localhost\r\nContent-Length: -3\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        b"GET * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    ):  # fmt: skip
        first = served.ask(odd).split(b"\r\n", 1)[0]
        assert not first or not re.match(rb"HTTP/1.1 5\d\d", first), (odd[:60], first)
    assert b"server:" not in served.get("/").lower()
    assert served.get("/").startswith(b"HTTP/1.1 200")


def test_an_end_while_articles_are_added_loses_nothing(served: Served, tmp_path: Path):
    page = served.get("/add").decode()
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    cookie = re.search(r"(rasd_form=[^;]+);", page)
    assert token
    assert cookie
    table = "نص\n" + "".join(TEXT.format(n=n) for n in range(3000))
    body = (
        f'--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token[1]}\r\n'
        f'--b\r\nContent-Disposition: form-data; name="files"; filename="t.csv"\r\n\r\n{table}\r\n--b--\r\n'
    ).encode()
    head = (
        f"POST /add/files HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie[1]}\r\nConnection: close\r\n"
        f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    answer = served.ask(head + body).decode()
    at = re.search(r"location: (/add/jobs/\w+)", answer)
    assert at, answer[:500]
    for _ in range(400):
        if re.search(r"<dd>[1-9]", served.get(at[1], cookie[1]).decode()):
            break
        time.sleep(0.05)
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(30)
    with Store(str(served.database)) as store:
        count = store.count()
        assert 0 < count <= 3000
        assert len(store.list()) == count
    assert not list(tmp_path.glob("rasd-desk-*")), "the files that were given are gone"
