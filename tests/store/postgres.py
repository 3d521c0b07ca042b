"""A PostgreSQL server for the tests: started from Debian's packages on a port of its own, thrown away afterwards."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

USERS = ("postgres", "nobody")


def programs() -> Path | None:
    """The folder with ``initdb`` and ``pg_ctl`` of the newest server installed, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    known = shutil.which("initdb")
    return Path(known).parent if known else None


@contextlib.contextmanager
def server(bin: Path) -> Iterator[str]:
    """A running server; gives the URL of its maintenance database. The server refuses to run as root."""
    user = next((u for u in USERS if _exists(u)), None) if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="rasd-pg-"))
    try:
        if user is not None:
            shutil.chown(folder, user)
        data, port = folder / "data", _free_port()
        _run([bin / "initdb", "-D", data, "-U", "rasd", "-A", "trust", "-E", "UTF8", "--no-sync"], user)
        settings = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
        _run([bin / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", settings, "start"], user)
        try:
            yield f"postgresql://rasd@127.0.0.1:{port}/postgres"
        finally:
            _run([bin / "pg_ctl", "-D", data, "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _run(command: list[object], user: str | None) -> None:
    done = subprocess.run(
        list(map(str, command)), user=user, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, timeout=120, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr.decode(errors='replace')[-2000:]}")
