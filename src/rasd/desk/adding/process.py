"""The process that reads jobs, as the desk holds it: started when needed, kept for the next job, ended at rest."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable

import msgspec

from rasd.desk.adding.task import Asked, Done, Failed, Told

Start = Callable[[], "subprocess.Popen[bytes]"]
_TOLD: msgspec.json.Decoder[Told] = msgspec.json.Decoder(Told)
_SAID = 50


def started() -> subprocess.Popen[bytes]:
    """The process of `rasd.desk.adding.worker`. Nothing in the folder where the desk was started is imported (-P)."""
    command = [sys.executable, "-P", "-m", "rasd.desk.adding.worker"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True)


class Reading:
    """A process that was started. Used by one thread; `stop` may be called by others."""

    def __init__(self, start: Start) -> None:
        self._process = start()
        self._said: deque[bytes] = deque(maxlen=_SAID)
        self._listening = threading.Thread(target=self._said.extend, args=(self._process.stderr,), daemon=True)
        self._listening.start()

    @property
    def alive(self) -> bool:
        """Whether it can be asked for something."""
        return self._process.poll() is None

    @property
    def said(self) -> str:
        """The last lines that it wrote for nobody in particular: what went wrong, if it ended by itself."""
        self._listening.join(1.0)
        return b"".join(self._said).decode("utf-8", "replace")

    def ask(self, what: Asked) -> None:
        """Ask for something; nothing where the process has ended."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(msgspec.json.encode(what) + b"\n")
            self._process.stdin.flush()

    def hear(self, told: Callable[[Told], None], seconds: float) -> int | None:
        """Hand on what the process tells of a task, until it is done: None, or the exit code where it ended first.

        It is killed when ``seconds`` have passed. Raises `msgspec.DecodeError` where it tells what nobody knows.
        """
        assert self._process.stdout is not None
        late = threading.Timer(seconds, self._process.kill)
        late.daemon = True
        late.start()
        try:
            for line in self._process.stdout:
                what = _TOLD.decode(line)
                told(what)
                if isinstance(what, (Done, Failed)):
                    return None
        finally:
            late.cancel()
        return self._process.wait()

    def stop(self, seconds: float) -> None:
        """Have it stop after the batch that it writes; what does not within ``seconds`` is killed."""
        self._process.terminate()
        ending = threading.Timer(seconds, self._process.kill)
        ending.daemon = True
        ending.start()

    def end(self, seconds: float) -> None:
        """Have it end, and wait until it has."""
        if self.alive:
            self._process.terminate()
        with contextlib.suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                self._listening.join(1.0)
                stream.close()
