"""Which machines may be asked: those of the public internet, told by the address that is then connected to.

A name is looked up once, all that it leads to is checked, and the connection is made to the checked address itself;
a second look-up could answer otherwise.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Sequence

from rasd.sources.fetching.refusal import Fault, FetchError

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# Gives the numbers that a host's name leads to. Raises OSError.
Resolve = Callable[[str, int], Sequence[str]]

# What the library calls public or does not know: carriers' inner networks, those of protocols, a cloud's own service;
# addresses that carry another one in them by ways that are given up.
_CLOSED: tuple[Network, ...] = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "168.63.129.16/32",
        "240.0.0.0/4", "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2002::/16", "3fff::/20", "5f00::/16",
        "fec0::/10",
    )
)  # fmt: skip
# Addresses of the old internet as those without one of their own see them: the old one lies in the last 32 bits.
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: IP) -> bool:
    """Whether an address is one of the public internet, also by the older one that it may carry."""
    if isinstance(address, ipaddress.IPv6Address):
        carried = address.ipv4_mapped
        if carried is None and address in _TRANSLATED:
            carried = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if carried is not None:
            return is_public(carried)
    if address.is_multicast or address.is_reserved or address.is_loopback or address.is_link_local:
        return False
    if address.is_unspecified or address.is_private or not address.is_global:
        return False
    return not any(address in closed for closed in _CLOSED if closed.version == address.version)


def resolved(host: str, port: int) -> list[str]:
    """What the system's look-up gives for a name, or a number in any of its spellings (``0x7f.1``). Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked(
    url: str, host: str, port: int, *, resolve: Resolve, allowed: Sequence[Network], seconds: float
) -> list[str]:
    """The addresses that ``host`` leads to, all of them public or in ``allowed``.

    Raises `FetchError` where one is not, where there is none, or where no answer comes within ``seconds``.
    """
    numbers = _in_time(url, lambda: resolve(host, port), seconds)
    found: list[str] = []
    for number in numbers:
        try:
            address = ipaddress.ip_address(number.partition("%")[0])
        except ValueError as error:
            raise FetchError(url, Fault.UNREACHABLE, "its host leads nowhere") from error
        # Not said which: what names mean in a network is not for everybody who may give an address.
        if not is_public(address) and not any(address in net for net in allowed if net.version == address.version):
            raise FetchError(url, Fault.PRIVATE, "leads into a private network, which is not fetched from")
        found.append(str(address))
    if not found:
        raise FetchError(url, Fault.UNREACHABLE, "no such host")
    return found


def _in_time(url: str, look: Callable[[], Sequence[str]], seconds: float) -> Sequence[str]:
    """What a look-up gives; it knows no limit of its own, so that it is waited for from beside."""
    answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(look())
        except Exception as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=max(0.0, seconds))
    except queue.Empty:
        raise FetchError(url, Fault.SLOW, "its host's name takes too long to look up") from None
    if isinstance(answer, (OSError, UnicodeError)):
        raise FetchError(url, Fault.UNREACHABLE, "no such host") from answer
    if isinstance(answer, Exception):
        raise answer
    return answer
