"""How the desk bears many readers while articles are being added.

    python benchmarks/load.py [--seconds 60] [--connections 50] [--db DATABASE] [--path PATH ...]

Starts a desk of its own, asks for a pair's page and a search by turns over that many connections, each asking again as
soon as it is answered, while one more visitor pastes article after article. Prints requests, errors, times. Without
``--db`` the sample is asked; a database that is given is copied first. Readers, desk and the reading of what is added
share this machine: the load average is printed beside the figures.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from desk_tour import kinds_of_page, running_desk  # noqa: E402

AIM = 1.0
# Seconds after which an answer is an error.
TIMEOUT = 10.0
_TOKEN = re.compile(r'name="csrf" value="([^"]*)"')
# A text that is new each time: the day moves.
_TEXT = (
    "وصل وزير خارجية بوليفيا إلى مونتيفيديو في {day} مارس وبحث مع نظيره في أوروغواي التعاون في النقل. النشرة رقم {n}."
)


@dataclass
class Tally:
    """Seconds that answers took, by path; what went wrong; articles handed in."""

    times: dict[str, list[float]] = field(default_factory=dict)
    errors: dict[str, int] = field(default_factory=dict)
    added: int = 0

    def fault(self, what: str) -> None:
        self.errors[what] = self.errors.get(what, 0) + 1


async def read(host: str, port: int, paths: list[str], first: int, end: float, tally: Tally) -> None:
    """One connection's reader, until ``end``. A client that parses answers would take more time than the desk does."""
    turn = first
    connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    while time.monotonic() < end:
        path = paths[turn % len(paths)]
        turn += 1
        begun = time.monotonic()
        try:
            if connection is None:
                connection = await asyncio.open_connection(host, port, limit=1 << 20)
            status = await asyncio.wait_for(asked(*connection, f"{host}:{port}", path), TIMEOUT)
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            tally.fault(f"{path}: {type(error).__name__}")
            if connection is not None:
                connection[1].close()
            connection = None
            continue
        if status == 200:
            tally.times.setdefault(path, []).append(time.monotonic() - begun)
        else:
            tally.fault(f"{path}: {status}")
    if connection is not None:
        connection[1].close()


async def asked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, path: str) -> int:
    """The status of the answer to a request, read to its end. Raises `ValueError` where that is not said."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode("ascii"))
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    await reader.readexactly(int(head.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0]))
    return int(head.split(b" ", 2)[1])


async def add(client: httpx.AsyncClient, end: float, tally: Tally) -> None:
    """Paste articles one after the other, each as soon as the one before has been read, until ``end``."""
    while time.monotonic() < end:
        try:
            token = _TOKEN.search((await client.get("/add")).text)
            text = _TEXT.format(day=tally.added % 28 + 1, n=tally.added)
            files = {name: (None, value) for name, value in
                     {"csrf": token[1] if token else "", "text": text, "published": "2024-03-30"}.items()}  # fmt: skip
            answer = await client.post("/add/text", files=files)
            if answer.status_code != 303:
                tally.fault(f"/add/text: {answer.status_code}")
                await asyncio.sleep(1)
                continue
            tally.added += 1
            while time.monotonic() < end and 'data-over="no"' in (await client.get(answer.headers["location"])).text:
                await asyncio.sleep(0.5)
        except httpx.HTTPError as error:
            tally.fault(f"/add: {type(error).__name__}")


async def burden(base: str, paths: list[str], connections: int, seconds: float) -> Tally:
    """What so many readers and one who adds were answered in so many seconds."""
    tally = Tally()
    at = httpx.URL(base)
    async with httpx.AsyncClient(base_url=base, headers={"Origin": base}, timeout=60) as writer:
        end = time.monotonic() + seconds
        readers = (read(at.host, at.port or 80, paths, n, end, tally) for n in range(connections))
        await asyncio.gather(add(writer, end, tally), *readers)
    return tally


def at(times: list[float], share: float) -> float:
    """The time within which a share of the answers came."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--connections", type=int, default=50)
    arguments.add_argument("--db", type=Path)
    arguments.add_argument("--path", action="append", help="ask for this in place of a pair's page and a search")
    said = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, database = Path(name), None
        if said.db is not None:
            database = folder / "copy.db"
            shutil.copyfile(said.db, database)
        with running_desk(folder, database) as base:
            kinds = kinds_of_page(base)
            paths = said.path or [kinds.get("/relation/{first}/{second}", "/")]
            if not said.path and "/search" in kinds:
                paths.append("/search?q=%D9%88%D8%B2%D9%8A%D8%B1")
            before = os.getloadavg()[0]
            tally = asyncio.run(burden(base, paths, said.connections, said.seconds))
    asked = sum(map(len, tally.times.values()))
    print(f"{said.connections} connections, {said.seconds:.0f} s, {os.cpu_count()} cores, load {before:.1f} before")
    faults = sum(tally.errors.values())
    print(f"{asked} answers ({asked / said.seconds:.0f}/s), {faults} errors, {tally.added} articles added")
    for path, times in sorted(tally.times.items()):
        p99 = at(times, 0.99)
        verdict = "" if p99 < AIM else f" (aim: under {AIM:.0f} s)"
        print(f"  {path}: {len(times)}, p50 {at(times, 0.5) * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms{verdict}")
    for what, n in sorted(tally.errors.items()):
        print(f"  error {what} x{n}")


if __name__ == "__main__":
    main()
