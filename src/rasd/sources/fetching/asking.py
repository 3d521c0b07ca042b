"""One question to one server, over a connection to an address that has been checked."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from rasd.sources.fetching.address import Address
from rasd.sources.fetching.refusal import Fault, FetchError

_PACKINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_PIECE = 1 << 16
# Seconds for one address to take the call, where a host has several.
_CALL = 10.0


class Deadline:
    """The moment until which all of a fetch must be done; waiting one's turn puts it off."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left, none below 0."""
        return max(0.0, self._end - time.monotonic())

    def put_off(self, seconds: float) -> None:
        self._end += seconds


@dataclass(slots=True, frozen=True)
class Answer:
    """What a server answered; ``headers`` by their names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


# Told the status and the headers: how many bytes of the body are wanted, 0 for none. Raises `FetchError`.
Wanted = Callable[[int, Mapping[str, str]], int]


def secure_context() -> ssl.SSLContext:
    """Certificates are checked by the system's authorities, where it has none by those that `certifi` brings."""
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        with contextlib.suppress(ImportError, OSError):
            import certifi

            context.load_verify_locations(certifi.where())
    return context


def ask(
    address: Address, numbers: Sequence[str], headers: Mapping[str, str], wanted: Wanted, deadline: Deadline,
    context: ssl.SSLContext,
) -> Answer:  # fmt: skip
    """The answer to a GET of ``address`` at the first of ``numbers`` that takes the call.

    Raises `FetchError`: nobody answers, it takes until after the deadline, more comes than is wanted, it breaks off.
    """
    with _connected(address, numbers, deadline, context) as (connection, late):
        try:
            connection.request(
                "GET", address.target, headers={"Host": address.origin.partition("//")[2], **headers},
                preload_content=False, decode_content=False,
            )  # fmt: skip
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.headers.items()}
            most = wanted(response.status, found)
            body = _body(address, response, found, most) if most else b""
        except FetchError:
            if late.is_set():
                raise _slow(address, deadline) from None
            raise
        except (OSError, ValueError, http.client.HTTPException, urllib3.exceptions.HTTPError) as error:
            if late.is_set() or isinstance(error, TimeoutError):
                raise _slow(address, deadline) from error
            raise FetchError(address.url, Fault.BROKEN, "the answer breaks off or is no HTTP") from error
        # A connection cut by the watch below looks like the end of what came.
        if late.is_set():
            raise _slow(address, deadline)
    return Answer(response.status, found, body)


@contextlib.contextmanager
def _connected(
    address: Address, numbers: Sequence[str], deadline: Deadline, context: ssl.SSLContext
) -> Generator[tuple[HTTPConnection, threading.Event], None, None]:
    """A connection, and whether the deadline has come; it is then cut, whatever is being waited for."""
    connection = _call(address, numbers, deadline, context)
    late = threading.Event()
    line = connection.sock
    line.settimeout(max(0.01, deadline.left))

    def cut() -> None:
        late.set()
        with contextlib.suppress(OSError, ValueError):
            line.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(deadline.left, cut)
    watch.daemon = True
    watch.start()
    try:
        yield connection, late
    finally:
        watch.cancel()
        connection.close()


def _call(
    address: Address, numbers: Sequence[str], deadline: Deadline, context: ssl.SSLContext
) -> HTTPConnection:  # fmt: skip
    last: Exception | None = None
    for number in numbers:
        if not deadline.left:
            raise _slow(address, deadline)
        seconds = max(0.01, min(_CALL, deadline.left))
        # Called by its number, so that no name is looked up again; the certificate is checked for the name.
        connection = (
            HTTPSConnection(number, address.port, timeout=seconds, ssl_context=context, server_hostname=address.host)
            if address.scheme == "https"
            else HTTPConnection(number, address.port, timeout=seconds)
        )
        try:
            connection.connect()
        except (OSError, ValueError, http.client.HTTPException, urllib3.exceptions.HTTPError) as error:
            connection.close()
            if isinstance(error, ssl.SSLCertVerificationError):
                raise FetchError(address.url, Fault.UNTRUSTED, "its certificate is not valid") from error
            last = error
            continue
        return connection
    if not deadline.left:
        raise _slow(address, deadline) from last
    raise FetchError(address.url, Fault.UNREACHABLE, "nobody answers there") from last


def _body(address: Address, response: urllib3.BaseHTTPResponse, headers: Mapping[str, str], most: int) -> bytes:
    """The body, unpacked, in pieces, so that no more than a piece over the limit is ever held."""
    if headers.get("content-encoding", "").strip().lower() not in _PACKINGS:
        raise FetchError(address.url, Fault.BROKEN, "it is packed in a way that was not asked for")
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > most:
        raise _large(address, most)
    pieces: list[bytes] = []
    size = 0
    while piece := response.read(_PIECE, decode_content=True):
        size += len(piece)
        if size > most:
            raise _large(address, most)
        pieces.append(piece)
    return b"".join(pieces)


def _large(address: Address, most: int) -> FetchError:
    size = f"{most / 1024 / 1024:.3g} MB" if most >= 1024 * 1024 else f"{most:,} bytes"
    return FetchError(address.url, Fault.LARGE, f"larger than {size}")


def _slow(address: Address, deadline: Deadline) -> FetchError:
    return FetchError(address.url, Fault.SLOW, f"took longer than {deadline.seconds:g} seconds")
