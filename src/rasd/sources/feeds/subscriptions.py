"""Lists of feeds: OPML, as feed readers write it, or addresses, one a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rasd.sources.article import SourceError, os_reason, source_name
from rasd.sources.decoding import UndecodableError, decode
from rasd.sources.feeds.listing import kind_of
from rasd.sources.fetching import Address, FetchError
from rasd.sources.libraries import library, missing

_MAX = 8 * 1024 * 1024


@dataclass(slots=True, frozen=True)
class Subscription:
    """A feed that is followed: its address, and what its list calls it."""

    url: str
    title: str | None = None


def subscriptions(path: str, on_bad: Callable[[str], None] | None = None) -> list[Subscription]:
    """The feeds of a file, each address once, in its order.

    What is no address that can be followed is passed over, and ``on_bad`` told why. Raises `SourceError` where there is
    nothing else.
    """
    name = source_name(path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(_MAX + 1)
    except (OSError, ValueError) as error:
        raise SourceError(name, os_reason(error) if isinstance(error, OSError) else str(error)) from error
    if len(data) > _MAX:
        raise SourceError(name, "too large for a list of feeds")
    found = _of_opml(name, data) if kind_of(data) == "opml" else _of_lines(name, data)
    once: dict[str, Subscription] = {}
    bad: list[str] = []
    for each in found:
        try:
            url = _address(each.url)
        except FetchError as error:
            bad.append(str(error))
        else:
            once.setdefault(url, Subscription(url, each.title))
    if not once:
        raise SourceError(name, f"names no feed that can be followed: {bad[0]}" if bad else "names no feed")
    if on_bad is not None:
        for why in bad:
            on_bad(f"{name}: {why}")
    return list(once.values())


def _of_opml(name: str, data: bytes) -> list[Subscription]:
    try:
        xml, common = library("defusedxml.ElementTree"), library("defusedxml.common")
    except ImportError:
        raise missing("OPML", "defusedxml") from None
    try:
        root = xml.fromstring(data, forbid_dtd=True)
    except common.DefusedXmlException as error:
        raise SourceError(name, "it defines entities (a bomb?)") from error
    except (xml.ParseError, ValueError, LookupError) as error:
        raise SourceError(name, f"no OPML: {error}") from error
    found: list[Subscription] = []
    for outline in root.iter("outline"):
        facts = {str(key).lower(): str(value).strip() for key, value in outline.attrib.items()}
        if url := facts.get("xmlurl"):
            found.append(Subscription(url, facts.get("title") or facts.get("text") or None))
    return found


def _of_lines(name: str, data: bytes) -> list[Subscription]:
    try:
        text = decode(data, arabic=False)
    except UndecodableError as error:
        raise SourceError(name, str(error)) from error
    lines = (line.strip() for line in text.splitlines())
    return [Subscription(line) for line in lines if line and not line.startswith("#")]


def _address(url: str) -> str:
    # Feed readers write so what they should ask for with http.
    return Address.parsed("http" + url[4:] if url.lower().startswith("feed://") else url).url
