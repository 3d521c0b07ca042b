"""Why an address gives nothing: one kind and one sentence for each."""

from __future__ import annotations

from enum import StrEnum

from rasd.errors import RasdError

_SHOWN = 200


class Fault(StrEnum):
    """What kind of thing is wrong with an address, for programs that go on by it."""

    ADDRESS = "address"
    """It is no address that is fetched: no http or https, a password in it, a port of other services."""
    PRIVATE = "private"
    """It leads into a private network or to this machine."""
    UNREACHABLE = "unreachable"
    """No such host, or nobody answers there."""
    UNTRUSTED = "untrusted"
    """Its certificate is not valid."""
    BROKEN = "broken"
    """The answer breaks off or is no HTTP."""
    SLOW = "slow"
    LARGE = "large"
    TYPE = "type"
    """It is of a type that is not wanted."""
    REDIRECTS = "redirects"
    ROBOTS = "robots"
    """The site's robots.txt asks not to fetch it."""
    STATUS = "status"
    """The server answered with an error."""
    BUSY = "busy"
    """Too much is asked of that host already."""


class FetchError(RasdError):
    """Nothing can be had from ``url``, for ``reason`` (a clause for people), a ``fault`` of one kind.

    ``status`` is the server's answer where there is one, ``retry_after`` the seconds that it asks to wait.
    """

    def __init__(self, url: str, fault: Fault, reason: str, *, status: int | None = None,
                 retry_after: float | None = None) -> None:  # fmt: skip
        super().__init__(f"{shown(url)}: {reason}")
        self.url = url
        self.fault = fault
        self.reason = reason
        self.status = status
        self.retry_after = retry_after


def shown(url: str) -> str:
    """An address as messages show it: printable, of bearable length, without a password."""
    head, at, tail = url.partition("@")
    if at and "/" not in head.partition("//")[2]:
        url = f"{head.partition('//')[0]}//…@{tail}"
    url = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in url[: _SHOWN + 1])
    return url if len(url) <= _SHOWN else f"{url[:_SHOWN]}…"
