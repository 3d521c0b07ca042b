"""Bodies of requests, taken in whole before anything looks at them: so large, in so long, so many at a time."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Protocol, cast

from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.types import Message, Receive, Scope

from rasd.desk.guard.refusal import Refusal
from rasd.desk.guard.settings import Limits

_CHUNK = 1 << 16
# What is larger than this is laid down in a file, and so many of those are taken in at a time.
_IN_MEMORY = 1 << 20
_CLOSE = {"Connection": "close"}


class _Spool(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...
    def write(self, data: bytes, /) -> int: ...
    def seek(self, offset: int, /) -> int: ...


class Gate:
    """Takes bodies in. One serves all requests of a server."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._large = asyncio.Semaphore(limits.uploads)

    @asynccontextmanager
    async def body(self, scope: Scope, receive: Receive, most: int) -> AsyncGenerator[Body]:
        """The body of a request, of ``most`` bytes. Raises `Refusal` where it is larger, too slow, or cut off."""
        headers = Headers(scope=scope)
        said = _length(headers)
        if said is not None and said > most:
            raise Refusal(413, "guard.large", f"a body of {said} bytes, {most} are taken", _CLOSE)
        large = (most > _IN_MEMORY and (said or 0) > _IN_MEMORY) or "transfer-encoding" in headers
        if large and self._large.locked():
            raise Refusal(503, "guard.busy", "too many large bodies at a time", {"Retry-After": "10", **_CLOSE})
        if large:
            await self._large.acquire()
        try:
            with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
                size = await self._take(receive, cast(_Spool, spool), most)
                yield Body(cast(_Spool, spool), size, receive)
        finally:
            if large:
                self._large.release()

    async def _take(self, receive: Receive, spool: _Spool, most: int) -> int:
        """Lay a body down; how many bytes it has."""
        loop = asyncio.get_running_loop()
        began, size, more = loop.time(), 0, True
        while more:
            ends = began + self._limits.body_seconds + size / self._limits.body_rate
            try:
                async with asyncio.timeout_at(ends):
                    message = await receive()
            except TimeoutError:
                raise Refusal(408, "guard.slow", f"a body of which {size} bytes came in time", _CLOSE) from None
            if message["type"] == "http.disconnect":
                raise Refusal(400, "guard.cut", "the body was cut off", _CLOSE)
            data: bytes = message.get("body", b"")
            size += len(data)
            if size > most:
                raise Refusal(413, "guard.large", f"a body of over {most} bytes", _CLOSE)
            spool.write(data)
            more = message.get("more_body", False)
        return size


class Body:
    """A body that has been taken in, to be read any number of times."""

    def __init__(self, spool: _Spool, size: int, receive: Receive) -> None:
        self._spool = spool
        self._receive = receive
        self.size = size

    async def chunks(self) -> AsyncGenerator[bytes]:
        """The body from its beginning."""
        self._spool.seek(0)
        while chunk := self._spool.read(_CHUNK):
            yield chunk
        yield b""

    def again(self) -> Receive:
        """A ``receive`` that gives the body to the application."""
        self._spool.seek(0)
        left, ended = self.size, False

        async def receive() -> Message:
            nonlocal left, ended
            if ended:
                return await self._receive()
            data = self._spool.read(_CHUNK)
            left -= len(data)
            ended = left <= 0 or not data
            return {"type": "http.request", "body": data, "more_body": not ended}

        return receive

    async def field(self, headers: Headers, name: str, limits: Limits) -> str | None:
        """The value of a field of a form; None where it has none. Raises `Refusal` where the form is malformed."""
        kind, parameters = content_type(headers)
        if parameters.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
            raise Refusal(400, "guard.form", "a form in another encoding than UTF-8")
        try:
            if kind == "multipart/form-data":
                parser = MultiPartParser(
                    headers, self.chunks(), max_files=limits.files, max_fields=limits.fields, max_part_size=limits.form
                )
            elif kind == "application/x-www-form-urlencoded":
                parser = FormParser(headers, self.chunks(), max_fields=limits.fields, max_part_size=limits.form)
            else:
                return None
            form = await parser.parse()
        except MultiPartException as error:
            raise Refusal(400, "guard.form", f"a malformed form: {error.message}") from None
        try:
            values = form.getlist(name)
            return values[0] if len(values) == 1 and not isinstance(values[0], UploadFile) else None
        finally:
            await form.close()


def content_type(headers: Headers) -> tuple[str, dict[str, str]]:
    """The type of a body in small letters, and its parameters."""
    kind, found = parse_options_header(headers.get("content-type", ""))
    parameters = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in found.items()}
    return kind.decode("latin-1").strip().lower(), parameters


def _length(headers: Headers) -> int | None:
    """The length that a body is said to have."""
    said = headers.get("content-length")
    if said is None:
        return None
    if not said.isascii() or not said.isdigit() or len(said) > 15:
        raise Refusal(400, "guard.form", "no length of a body", _CLOSE)
    return int(said)
