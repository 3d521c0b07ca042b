"""By which names a browser may call the desk, and whether a request comes from one of its own pages.

A page of another site can point its own name at this machine (DNS rebinding) and then reach the desk as if it were its
own; its requests still carry that name. A numeric address cannot be pointed anywhere, so it is taken as it is.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from rasd.errors import RasdError

_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+)(?::(\d{1,5}))?")
_LOCAL_NAMES = ("localhost",)


class BindingError(RasdError):
    """The desk may not be served so; the message says what to do first."""


def public_address(text: str) -> str:
    """The address by which a proxy shows the desk: ``https://desk.example.org``. Raises `BindingError` on others."""
    try:
        parts = urlsplit(text.strip())
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        known, parts = False, urlsplit("")
    if not known or parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise BindingError("--public is an address without a path, as https://desk.example.org")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def is_loopback(host: str) -> bool:
    """Whether an address to listen at is reached from this machine alone."""
    if host.lower() in _LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def host_name(header: str) -> str | None:
    """The name or address in a ``Host`` header, in small letters, without the port; None where it is malformed."""
    match = _HOST.fullmatch(header)
    if match is None or (match[2] is not None and int(match[2]) > 65535):
        return None
    return match[1].lower().strip("[]").rstrip(".")


class Names:
    """The names that a desk answers to, by where it listens and what it is called.

    ``host`` is the address it listens at: where that is of this machine alone, only such names are taken.
    """

    def __init__(self, host: str, names: tuple[str, ...] = (), public: str | None = None) -> None:
        self._local = is_loopback(host)
        self._names = {name.lower().rstrip(".") for name in (*names, *_LOCAL_NAMES)}
        if public is not None:
            self._names.add((urlsplit(public).hostname or "").lower())
        bound = host_name(host)
        if bound is not None:
            self._names.add(bound)

    def known(self, header: str) -> bool:
        """Whether a ``Host`` header names this desk."""
        name = host_name(header)
        if not name:
            return False
        if name in self._names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback if self._local else not address.is_unspecified


def is_visit(method: str, site: str | None, mode: str | None, destination: str | None) -> bool:
    """Whether a request may come from a page of another site, as far as the browser says: only by following a link.

    ``site``, ``mode`` and ``destination`` are the headers ``Sec-Fetch-Site``, ``-Mode`` and ``-Dest``. Whatever else
    another site has a browser ask for (a picture, a script, data) is to find out what is here.
    """
    if site is None or site in ("same-origin", "none"):
        return True
    return method in ("GET", "HEAD") and mode == "navigate" and destination == "document"


def from_own_page(host: str, scheme: str, origin: str | None, referer: str | None, site: str | None) -> bool:
    """Whether a request that changes something comes from a page of the desk, as far as the browser says.

    ``origin``, ``referer`` and ``site`` are the headers ``Origin``, ``Referer`` and ``Sec-Fetch-Site``. Programs send
    none of them: for these there is nothing to check.
    """
    if origin is not None:
        return _same(host, scheme, origin)
    if site is not None and site not in ("same-origin", "none"):
        return False
    return referer is None or _same(host, scheme, referer)


def _same(host: str, scheme: str, address: str) -> bool:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    if usual is None or parts.scheme != scheme:
        return False
    name, _, own = host.lower().rpartition(":") if re.search(r":\d+$", host) else (host.lower(), "", "")
    return (parts.hostname or "") == name.strip("[]") and (port or usual) == int(own or usual)


def local_path(target: str | None) -> str:
    """Where to go after signing in: a path of the desk itself, else its first page.

    Whatever a browser could take for another site (``//x``, ``/\\x``, ``https:x``, control characters) is none.
    """
    if not target or len(target) > 2000 or not target.startswith("/") or target.startswith(("//", "/\\")):
        return "/"
    if "\\" in target or any(ord(c) <= 0x20 or 0x7F <= ord(c) < 0xA0 for c in target):
        return "/"
    try:
        parts = urlsplit(target)
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc or listed_away(parts.path):
        return "/"
    return target


def listed_away(path: str) -> bool:
    """Whether a path is no place to go back to: the sign-in itself."""
    return path in ("/sign-in", "/sign-out")
