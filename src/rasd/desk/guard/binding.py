"""Where a desk may be served: on this machine as it is, beyond it only to who signs in."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from typing import TYPE_CHECKING, Any

from rasd.desk.guard.addresses import BindingError, is_loopback
from rasd.desk.guard.attempts import address_key
from rasd.desk.guard.guarding import Guarding
from rasd.desk.guard.settings import Limits

if TYPE_CHECKING:
    from uvicorn.protocols.http.h11_impl import H11Protocol

_LOG = logging.getLogger("rasd.desk")


def check(guarding: Guarding, *, tls: bool) -> list[str]:
    """What to warn of before serving. Raises `BindingError` where others could reach a desk without signing in."""
    settings, accounts = guarding.settings, guarding.accounts
    local = is_loopback(settings.host) and settings.public is None
    if not local and not accounts:
        where = settings.public or settings.host
        raise BindingError(f"{where} is reached by others: first 'rasd desk user add NAME --role editor'")
    warnings: list[str] = []
    encrypted = tls or (settings.public or "").startswith("https:")
    if not is_loopback(settings.host) and not tls:
        if settings.public is None or not encrypted:
            warnings.append("passwords and pages are sent unencrypted: give --certificate and --key, or use a proxy")
        else:
            warnings.append(f"{settings.host} is reached past the proxy too: let it listen at 127.0.0.1")
    if not local and not settings.names and settings.public is None:
        warnings.append("only numeric addresses are answered to: give each name of this machine by --name")
    return warnings


def server_options(guarding: Guarding) -> dict[str, Any]:
    """Options of uvicorn: how much and how long a client may make the server wait, and whether a proxy is believed."""
    limits, public = guarding.settings.limits, guarding.settings.public
    return {
        "http": protocol(limits),
        "ws": "none",
        "limit_concurrency": limits.requests,
        "timeout_keep_alive": 5,
        "timeout_graceful_shutdown": 10,
        "h11_max_incomplete_event_size": 4 * limits.target,
        "server_header": False,
        "access_log": False,
        # A proxy runs on this machine; what others say of whom they are is not believed.
        "proxy_headers": public is not None,
        "forwarded_allow_ips": ["127.0.0.1", "::1"],
    }


def protocol(limits: Limits) -> type[H11Protocol]:
    """HTTP/1.1 that lets go of clients which do not finish the head of a request in time, or take all connections."""
    import h11
    from uvicorn.protocols.http.h11_impl import H11Protocol

    # Connections by address.
    held: Counter[str] = Counter()

    class Punctual(H11Protocol):
        """Between a connection, or the end of an answer, and the whole head of the next request runs a clock."""

        _clock: asyncio.TimerHandle | None = None
        _from: str | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
            super().connection_made(transport)
            address = (self.client or ("",))[0]
            if address and not is_loopback(address):
                self._from = address_key(address)
                held[self._from] += 1
                if held[self._from] > limits.connections:
                    _LOG.warning("too many connections from %s", address)
                    transport.abort()
                    return
            self._wait()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.conn.their_state is not h11.IDLE:
                self._stop()
            elif self._clock is None:
                self._wait()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop()
            if self._from is not None:
                held[self._from] -= 1
                if held[self._from] <= 0:
                    del held[self._from]
                self._from = None
            super().connection_lost(exc)

        def _wait(self) -> None:
            self._clock = self.loop.call_later(limits.head_seconds, self._late)

        def _stop(self) -> None:
            if self._clock is not None:
                self._clock.cancel()
                self._clock = None

        def _late(self) -> None:
            self._clock = None
            if not self.transport.is_closing() and self.conn.their_state is h11.IDLE:
                _LOG.warning("no request came in time from %s", (self.client or ("",))[0])
                self.transport.abort()

    return Punctual
