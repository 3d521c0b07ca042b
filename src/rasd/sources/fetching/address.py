"""An address of the web taken apart once, so that what is checked is what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from rasd.sources.fetching.refusal import Fault, FetchError

_PORTS = {"http": 80, "https": 443}
# Below it lie the ports of mail, shells and databases of old: no page is there, but orders can be slipped in.
_FIRST_FREE_PORT = 1024
_LONGEST = 4096
# What stays as it is in a path or query: marks that have a meaning, and what is escaped already.
_PATH, _QUERY = "/%:@!$&'()*+,;=~-._", "/%:@!$&'()*+,;=~-._?"


@dataclass(slots=True, frozen=True)
class Address:
    """An http or https address. ``host`` is in small letters, ASCII, without brackets; ``target`` is path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @classmethod
    def parsed(cls, url: str) -> Address:
        """The address that ``url`` writes; its fragment is left off. Raises `FetchError`."""
        text = url.strip()
        if len(text) > _LONGEST:
            raise _wrong(url, f"an address of over {_LONGEST:,} letters")
        if any(ord(c) < 0x20 or c in "\x7f\\" for c in text):
            raise _wrong(url, "no address: it has letters that no address has")
        try:
            parts = urlsplit(text)
            port = parts.port
        except ValueError as error:
            raise _wrong(url, "no address of the web") from error
        if parts.scheme not in _PORTS:
            raise _wrong(url, "only http and https addresses are fetched")
        if "@" in parts.netloc:
            raise _wrong(url, "addresses with a user or password in them are not fetched")
        port = _PORTS[parts.scheme] if port is None else port
        if port not in _PORTS.values() and port < _FIRST_FREE_PORT:
            raise _wrong(url, f"port {port} is not one of the web")
        target = quote(parts.path or "/", safe=_PATH) + (f"?{quote(parts.query, safe=_QUERY)}" if parts.query else "")
        return cls(parts.scheme, _host(url, parts.hostname), port, target)

    def joined(self, location: str) -> Address:
        """Where a redirect to ``location`` leads from here. Raises `FetchError`."""
        return Address.parsed(urljoin(self.url, location.strip()))

    @property
    def origin(self) -> str:
        """Scheme, host and port, as they stand before the path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """The address in one."""
        return self.origin + self.target


def _host(url: str, host: str | None) -> str:
    if not host:
        raise _wrong(url, "an address without a host")
    try:
        # Names in Arabic too, as servers know them.
        plain = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise _wrong(url, "its host is no name") from error
    plain = plain.lower()
    if not all(c.isalnum() or c in "-._:" for c in plain):
        raise _wrong(url, "its host is no name")
    return plain


def _wrong(url: str, reason: str) -> FetchError:
    return FetchError(url, Fault.ADDRESS, reason)
